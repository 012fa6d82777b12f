#include "feat/family/family.h"

#include "feat/plan/plan.h"
#include "q_family.h"

struct family_eye family_eye_of(const struct request *rq)
{
	const struct subject_child *c = permit_subject(rq->permit);

	return (struct family_eye){ permit_stand(rq->permit), c->born, rq->today };
}

bool family_sees_harm(const struct family_eye *e)
{
	return e->stand == STAND_SELF;
}

/* A family home carries the plan with the others: it sees what was agreed, nothing else. */
static bool sees(
    const struct family_eye *e, enum item_kind kind, enum party holder, bool agreed, bool harm)
{
	struct family_item item = { .viewer = PARTY_GUARDIAN,
		.kind = kind,
		.holder = holder,
		.age_years = age_years(e->born, e->day),
		.harm_mark = harm,
		.day = e->day };

	if (e->stand == STAND_SELF) /* OSL 12:1: no secrecy towards oneself */
		return true;
	if (harm || (e->stand == STAND_CARER && !agreed))
		return false;
	/* Not born, or its day of birth not known: what was agreed with this family is its own
	 * plan. */
	if (item.age_years < 0 || e->stand == STAND_CARER)
		return agreed;
	return policy_guardian_view(&item).verdict == VERDICT_ALLOW;
}

bool family_sees_agreed(const struct family_eye *e, enum item_kind kind, bool harm)
{
	return sees(e, kind, PARTY_ANY, true, harm);
}

bool family_sees_thread(const struct family_eye *e, struct str regime, bool in_plan, bool harm)
{
	enum party holder = PARTY_ANY;

	if (in_plan)
		return sees(e, ITEM_PLAN, PARTY_ANY, true, harm);
	if (!party_of_code(regime, &holder))
		return false;
	return sees(e, ITEM_THREAD, holder, false, harm);
}

struct str family_state(const struct request *rq, struct str state)
{
	static const struct {
		const char *state;
		enum msg m;
	} states[] = { { "waiting_us", MSG_state_waiting_us },
		{ "waiting_you", MSG_state_waiting_you }, { "queue", MSG_state_queue },
		{ "active", MSG_state_active }, { "decided", MSG_state_decided },
		{ "ended", MSG_state_ended }, { "planned", MSG_state_planned } };

	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (str_eq(state, str_of(states[i].state)))
			return web_text(rq, states[i].m);
	return state;
}

const char *family_color(struct str state)
{
	static const struct {
		const char *state, *color;
	} colors[] = { { "waiting_you", "warning" }, { "active", "success" },
		{ "decided", "success" }, { "done", "success" }, { "queue", "info" } };

	for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++)
		if (str_eq(state, str_of(colors[i].state)))
			return colors[i].color;
	return "neutral";
}

struct family_time family_time_said(const struct request *rq, struct child_id child,
    int64_t sent_ms, struct str who, int64_t read_ms, int64_t answered_ms)
{
	struct msg_arg args[] = { msg_arg_int(sent_ms), msg_arg_text(who) };
	int m = answered_ms ? MSG_time_answered : read_ms ? MSG_time_read : MSG_time_sent;

	return (struct family_time){ i18n_text(rq->mem, rq->lang, rq->today, m, args, 2),
		answered_ms != 0, child };
}

enum err family_helpers(struct request *rq, struct family_helpers *out)
{
	struct family_eye eye = family_eye_of(rq);
	struct q_family_helper_rows_list rows;

	/* Who helps the child is no staff's to know past the walls (promise 7), and some acts that
	 * ask are staff's too. */
	must(permit_family(rq->permit));
	TRY(q_family_helper_rows(rq->db, rq->permit, rq->mem, family_sees_harm(&eye), &rows));
	out->v = arena_array(rq->mem, struct family_helper, rows.n + 1);
	out->n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_family_helper_rows *r = &rows.v[i];

		out->v[out->n++] = (struct family_helper){ r->assignment, r->name, r->title,
			r->unit, r->phone, r->contact != 0, r->away_to, r->cover };
	}
	return OK;
}

const struct family_helper *family_helper_by(const struct family_helpers *all, int64_t assignment)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].assignment.v == assignment)
			return &all->v[i];
	return NULL;
}

static enum err item_step(
    struct request *rq, struct item_id id, bool harm, bool you, struct str *words)
{
	struct q_family_item_step r;
	struct q_family_child child;
	struct plan_sentence s;

	TRY(q_family_item_step(rq->db, rq->permit, rq->mem, id, harm, &r));
	if (!r.found)
		return ERR_NOT_FOUND;
	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	s = (struct plan_sentence){ .pattern = r.pattern,
		.words = r.words,
		.who = you && r.owner.v == rq->actor.person.v ? web_text(rq, MSG_who_you)
		       : r.owner.v                            ? r.owner_given
							      : r.who,
		.child = child.name,
		.you = you && family_eye_of(rq).stand == STAND_SELF ? child.name : S(""),
		.due = r.due,
		.due_minute = r.due_minute_null ? -1 : r.due_minute };
	*words = plan_say(rq->mem, rq->lang, rq->today, &s);
	return OK;
}

enum err family_item(struct request *rq, struct str kind, int64_t item, bool you, struct str *words)
{
	struct family_eye eye = family_eye_of(rq);
	bool sees_harm = family_sees_harm(&eye);
	struct item_id id = { item };

#define ITEM(name, shown) \
	if (str_eq(kind, S(#name))) { \
		struct q_family_item_##name r; \
\
		TRY(q_family_item_##name(rq->db, rq->permit, rq->mem, id, sees_harm, &r)); \
		if (!r.found || !(shown)) \
			return ERR_NOT_FOUND; \
		*words = r.words; \
		return OK; \
	}
	ITEM(need, family_sees_agreed(&eye, ITEM_PLAN, r.harm != 0))
	ITEM(goal, family_sees_agreed(&eye, ITEM_PLAN, r.harm != 0))
	ITEM(measure, family_sees_agreed(&eye, ITEM_MEASURE, r.harm != 0))
	ITEM(thread, family_sees_thread(&eye, r.regime, r.plan.v != 0, r.harm != 0))
#undef ITEM
	return str_eq(kind, S("step")) ? item_step(rq, id, sees_harm, you, words) : ERR_NOT_FOUND;
}
