#include "feat/plan/plan.h"

#include "core/calendar.h"
#include "feat/share/share.h"
#include "q_plan.h"

/* A filler gives the lead a working week to say what happens next. */
#define FILLER_DAYS 7

/* The step that the program itself puts there (promise 1): the lead says what happens next. */
struct plan_next plan_filler(struct assignment_id lead, struct date today)
{
	return (struct plan_next){ .pattern = S("pattern_says_next"),
		.words = S("says_next"),
		.due = calendar_next_weekday(date_add_days(today, FILLER_DAYS)),
		.due_minute = -1,
		.assignment = lead };
}

/* Who may not see the step may not know of it: the same answer as for none (promise 7; OSL 12:3).
 */
static enum err may_see(
    struct db *db, const struct permit *permit, struct arena *mem, struct step_id step, bool harm)
{
	struct q_plan_step_seen seen;

	if (permit_family(permit))
		return harm && permit_stand(permit) != STAND_SELF ? ERR_NOT_FOUND : OK;
	TRY(q_plan_step_seen(db, permit, mem, step, permit_since_ms(permit), &seen));
	return seen.found ? OK : ERR_NOT_FOUND;
}

static enum err put_step(struct db *db, const struct permit *permit, struct plan_id plan,
    int64_t number, struct step_id id, struct drawer_id holder, struct str state,
    const struct plan_next *s, bool fills)
{
	return q_plan_step_add(db, permit, plan, number, id, holder, state, s->pattern, s->words,
	    s->reason, s->place, s->due, s->due_minute < 0 ? 0 : s->due_minute, s->due_minute < 0,
	    s->assignment, s->person, s->party, fills, s->harm);
}

enum err plan_step_done(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version, const struct plan_next *next)
{
	struct q_plan_step_next now;
	struct step_id id = { id_random() };
	struct plan_next fill;
	bool named = next && next->words.n;

	TRY(q_plan_step_next(db, permit, mem, step, &now));
	TRY(may_see(db, permit, mem, step, now.harm != 0));
	/* Each of the family marks what it has taken on itself, and its guardians the child's; what
	 * a service does, that service marks. */
	if (permit_family(permit) && now.person.v != permit_actor(permit).v && !now.childs)
		return ERR_NOT_FOUND;
	if (now.version != version)
		return ERR_CONFLICT;
	fill = plan_filler(now.lead, permit_day(permit));
	if (!named)
		next = &fill;
	TRY(q_plan_step_mark_done(db, permit, now.plan, now.number, version));
	TRY(put_step(db, permit, now.plan, now.last_step + 1, id,
	    named && !permit_family(permit) ? permit_drawer(permit) : now.drawer, S("next"), next,
	    !named));
	TRY(q_plan_points_at(db, permit, now.plan, now.last_step + 1, now.plan_version));
	return plan_item_saved(db, permit, mem, "step", id.v);
}

enum err plan_item_saved(
    struct db *db, const struct permit *permit, struct arena *mem, const char *kind, int64_t item)
{
	return share_save(db, permit, mem, permit_child(permit), kind, item, (struct str){ 0 });
}

enum err plan_open(struct db *db, const struct permit *permit, struct arena *mem,
    const struct plan_opening *o, struct plan_id *out)
{
	struct plan_next fill = plan_filler(o->lead, permit_day(permit));
	const struct plan_next *next = o->next.words.n ? &o->next : &fill;

	*out = (struct plan_id){ id_random() };
	TRY(q_plan_open_row(db, permit, *out, o->drawer, o->lead, o->noticed, o->authority));
	TRY(put_step(db, permit, *out, 1, (struct step_id){ id_random() }, o->drawer, S("next"),
	    next, next == &fill));
	return share_all(db, permit, mem, permit_child(permit));
}

enum err plan_step_put(struct db *db, const struct permit *permit, struct arena *mem,
    struct plan_id plan, const struct plan_next *step, struct step_id *out)
{
	struct q_plan_now now;

	TRY(q_plan_now(db, permit, mem, permit_since_ms(permit), &now));
	if (!now.found || now.plan.v != plan.v)
		return ERR_NOT_FOUND;
	*out = (struct step_id){ id_random() };
	TRY(q_plan_gives_number(db, permit, plan, now.last_step + 1, now.version));
	TRY(put_step(db, permit, plan, now.last_step + 1, *out, permit_drawer(permit), S("later"),
	    step, false));
	return plan_item_saved(db, permit, mem, "step", out->v);
}

enum err plan_step_change(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version, const struct plan_next *to)
{
	TRY(q_plan_step_change(db, permit, step, version, to->pattern, to->words, to->reason,
	    to->place, to->due, to->due_minute < 0 ? 0 : to->due_minute, to->due_minute < 0,
	    to->assignment, to->person, to->party, to->harm));
	return plan_item_saved(db, permit, mem, "step", step.v);
}

enum err plan_step_drop(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version)
{
	TRY(q_plan_step_drop_row(db, permit, step, version));
	return plan_item_saved(db, permit, mem, "step", step.v);
}

enum err plan_step_make_next(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version)
{
	struct q_plan_now plan;
	struct q_plan_step_now s;
	struct q_plan_next_now next;

	TRY(q_plan_now(db, permit, mem, permit_since_ms(permit), &plan));
	TRY(q_plan_step_now(db, permit, mem, step, &s));
	if (!plan.found || !s.found || s.plan.v != plan.plan.v ||
	    s.drawer.v != permit_drawer(permit).v)
		return ERR_NOT_FOUND;
	if (s.version != version || !str_eq(s.state, S("later")))
		return ERR_CONFLICT;
	if (!date_known(s.due) || !plan.reaches)
		return ERR_INVALID;
	TRY(q_plan_next_now(db, permit, mem, plan.plan, &next));
	TRY(may_see(db, permit, mem, next.step, false));
	/* The old one gives way first: there is never more than one next step (promise 1). */
	TRY(q_plan_step_state(db, permit, plan.plan, next.number, S("next"), S("later")));
	TRY(q_plan_step_state(db, permit, plan.plan, s.number, S("later"), S("next")));
	TRY(q_plan_moves_next(db, permit, plan.plan, s.number, plan.version));
	return plan_item_saved(db, permit, mem, "step", step.v);
}

enum err plan_hold_open(struct db *db, const struct permit *permit, struct plan_id plan)
{
	return q_plan_hold_open(db, permit, plan);
}

enum err plan_step_how(
    struct db *db, const struct permit *permit, struct step_id step, struct str how)
{
	return q_plan_step_how(db, permit, step, how);
}
