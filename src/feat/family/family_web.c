#include "feat/family/family_web.h"

#include "family_html.h"
#include "feat/family/family_line.h"
#include "feat/family/family_views.h"
#include "feat/plan/plan.h"
#include "web/kept.h"

/* Everything a plan's page needs while it is put together. */
struct making {
	struct request *rq;
	struct family_eye eye;
	struct family_plan *v;
	struct q_family_disputes_list disputes;
	struct q_family_times_list times;
	struct q_family_measures_list measures;
	struct q_family_goals_list goals;
	/* Under which goal each measure stands, and under which need each goal: its place in the
	 * list, or NOWHERE. */
	size_t *goal_of, *need_of;
};
#define NOWHERE SIZE_MAX

static bool is_about(const struct q_family_disputes *d, const char *kind, int64_t item)
{
	return d->about.v == item && str_eq(d->about_kind, str_of(kind));
}

static struct family_said said_of(struct making *k, const char *kind, int64_t item)
{
	struct family_said s = { .kind = kind,
		.item = item,
		.child = k->rq->child,
		.may = !k->v->closed,
		.self = k->v->self };
	size_t n = 0;

	for (size_t i = 0; i < k->disputes.n; i++)
		n += is_about(&k->disputes.v[i], kind, item);
	s.disputes.v = arena_array(k->rq->mem, const struct q_family_disputes *, n);
	for (size_t i = 0; i < k->disputes.n; i++)
		if (is_about(&k->disputes.v[i], kind, item))
			s.disputes.v[s.disputes.n++] = &k->disputes.v[i];
	return s;
}

static struct family_measure measure_of(struct making *k, const struct q_family_measures *row)
{
	return (struct family_measure){ row, date_cmp(row->from, k->rq->today) > 0,
		family_state(k->rq, row->state), family_color(row->state),
		said_of(k, "measure", row->id.v) };
}

/* How many of n stand under this one. */
static size_t under(const size_t *of, size_t n, size_t one)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		k += of[i] == one;
	return k;
}

/* The support under one goal; NOWHERE: that of no goal shown. */
static struct family_measures measures_of(struct making *k, size_t goal)
{
	struct family_measures out = { 0 };

	out.v =
	    arena_array(k->rq->mem, struct family_measure, under(k->goal_of, k->measures.n, goal));
	for (size_t i = 0; i < k->measures.n; i++) {
		const struct q_family_measures *m = &k->measures.v[i];

		if (k->goal_of[i] == goal &&
		    family_sees_agreed(&k->eye, ITEM_MEASURE, m->harm != 0))
			out.v[out.n++] = measure_of(k, m);
	}
	return out;
}

static struct family_goals goals_of(struct making *k, size_t need)
{
	struct family_goals out = { 0 };

	out.v = arena_array(k->rq->mem, struct family_goal, under(k->need_of, k->goals.n, need));
	for (size_t i = 0; i < k->goals.n; i++) {
		const struct q_family_goals *g = &k->goals.v[i];

		if (k->need_of[i] == need && family_sees_agreed(&k->eye, ITEM_PLAN, g->harm != 0))
			out.v[out.n++] =
			    (struct family_goal){ g, web_word(k->rq, "plan_result_", g->result),
				    measures_of(k, i), said_of(k, "goal", g->id.v) };
	}
	return out;
}

/* Once for all, so that a plan that has grown costs what is in it, and not that squared. */
static void place_all(struct making *k, const struct q_family_needs_list *needs)
{
	k->goal_of = arena_array(k->rq->mem, size_t, k->measures.n);
	k->need_of = arena_array(k->rq->mem, size_t, k->goals.n);
	for (size_t i = 0; i < k->measures.n; i++) {
		k->goal_of[i] = NOWHERE;
		for (size_t j = 0; j < k->goals.n; j++)
			if (k->goals.v[j].id.v == k->measures.v[i].goal.v)
				k->goal_of[i] = j;
	}
	for (size_t i = 0; i < k->goals.n; i++) {
		k->need_of[i] = NOWHERE;
		for (size_t j = 0; j < needs->n; j++)
			if (needs->v[j].id.v == k->goals.v[i].need.v)
				k->need_of[i] = j;
	}
}

static enum err load_needs(struct making *k, struct plan_id plan)
{
	struct request *rq = k->rq;
	struct family_plan *v = k->v;
	bool harm = family_sees_harm(&k->eye);
	struct q_family_needs_list needs;

	TRY(q_family_needs(rq->db, rq->permit, rq->mem, plan, harm, &needs));
	TRY(q_family_goals(rq->db, rq->permit, rq->mem, plan, harm, &k->goals));
	TRY(q_family_measures(rq->db, rq->permit, rq->mem, plan, harm, &k->measures));
	place_all(k, &needs);
	v->needs.v = arena_array(rq->mem, struct family_need, needs.n);
	v->strengths.v = arena_array(rq->mem, struct family_need, needs.n);
	for (size_t i = 0; i < needs.n; i++) {
		const struct q_family_needs *n = &needs.v[i];
		struct family_need one = { n, web_word(rq, "area_", n->area), goals_of(k, i),
			said_of(k, "need", n->id.v) };

		if (!family_sees_agreed(&k->eye, ITEM_PLAN, n->harm != 0))
			continue;
		if (n->strength)
			v->strengths.v[v->strengths.n++] = one;
		else
			v->needs.v[v->needs.n++] = one;
	}
	v->other_goals = goals_of(k, NOWHERE);
	v->other_measures = measures_of(k, NOWHERE);
	return OK;
}

/* What this reader has said of the step's time. */
static struct family_time time_of(const struct making *k, struct step_id step)
{
	for (size_t i = 0; i < k->times.n; i++) {
		const struct q_family_times *t = &k->times.v[i];

		if (t->step.v == step.v)
			return family_time_said(k->rq, k->rq->child, t->sent_ms, t->to_name,
			    t->read_ms_null ? 0 : t->read_ms,
			    t->answered_ms_null ? 0 : t->answered_ms);
	}
	return (struct family_time){ 0 };
}

static struct family_step step_of(struct making *k, const struct q_family_steps *t)
{
	struct request *rq = k->rq;
	struct family_step s = { .row = t,
		.mine = t->owner.v && t->owner.v == rq->actor.person.v,
		.done = str_eq(t->state, S("done")),
		.dropped = str_eq(t->state, S("dropped")),
		.next = str_eq(t->state, S("next")),
		.time = time_of(k, t->id),
		.said = said_of(k, "step", t->id.v) };
	struct plan_sentence p = { .pattern = t->pattern,
		.words = t->words,
		.who = s.mine       ? web_text(rq, MSG_who_you)
		       : t->owner.v ? t->owner_given
				    : t->who,
		.child = k->v->name,
		.you = k->v->self ? k->v->name : S(""),
		.due = t->due,
		.due_minute = t->due_minute_null ? -1 : t->due_minute,
		.done = s.done };

	s.sentence = plan_say(rq->mem, rq->lang, rq->today, &p);
	if (t->how.n) {
		struct msg_arg wants[] = { msg_arg_text(k->v->name),
			msg_arg_text(web_word(rq, "meet_way_", t->how)) };

		s.wants = i18n_text(rq->mem, rq->lang, rq->today,
		    k->v->self ? MSG_meet_wants_mine : MSG_meet_wants, wants + k->v->self,
		    2 - k->v->self);
	}
	if (!t->pattern.n)
		s.who = p.who;
	return s;
}

static enum err load_steps(struct making *k, struct plan_id plan)
{
	struct request *rq = k->rq;
	struct family_plan *v = k->v;
	struct family_step *next, s;
	struct q_family_steps_list rows;

	TRY(q_family_steps(rq->db, rq->permit, rq->mem, plan, family_sees_harm(&k->eye), &rows));
	if (!v->closed)
		TRY(q_family_times(
		    rq->db, rq->permit, rq->mem, family_sees_harm(&k->eye), &k->times));
	v->steps.v = arena_array(rq->mem, struct family_step, rows.n);
	next = arena_array(rq->mem, struct family_step, 1);
	for (size_t i = 0; i < rows.n; i++) {
		if (!family_sees_agreed(&k->eye, ITEM_STEP, rows.v[i].harm != 0))
			continue;
		s = step_of(k, &rows.v[i]);
		if (s.next)
			*next = s, v->next = next;
		else
			v->steps.v[v->steps.n++] = s;
	}
	return OK;
}

/* Who gets the answer to what waits for the family: whoever answers for it, where the family knows
 * that one; else its contact. NULL: nobody waits, or nobody is known. */
static const struct family_helper *answers(const struct making *k, const struct q_family_threads *t)
{
	const struct family_helpers *all = &k->v->helpers;
	const struct family_helper *to = NULL;

	if (k->v->closed || !str_eq(t->state, S("waiting_you")))
		return NULL;
	if (t->plan.v)
		to = family_helper_by(all, t->assignment.v);
	for (size_t i = 0; !to && i < all->n; i++)
		if (all->v[i].contact)
			to = &all->v[i];
	return to;
}

static enum err load_around(struct making *k, struct plan_id plan)
{
	struct request *rq = k->rq;
	struct family_plan *v = k->v;
	struct q_family_threads_list threads;
	struct q_family_layers_list layers;
	struct q_family_voices_list voices;

	TRY(family_helpers(rq, &v->helpers));
	TRY(q_family_threads(rq->db, rq->permit, rq->mem, family_sees_harm(&k->eye), &threads));
	v->threads.v = arena_array(rq->mem, struct family_thread, threads.n);
	for (size_t i = 0; i < threads.n; i++) {
		const struct q_family_threads *t = &threads.v[i];

		if (family_sees_thread(&k->eye, t->regime, t->plan.v != 0, t->harm != 0))
			v->threads.v[v->threads.n++] = (struct family_thread){ t,
				family_state(rq, t->state), family_color(t->state), answers(k, t),
				said_of(k, "thread", t->id.v) };
	}
	TRY(q_family_layers(rq->db, rq->permit, rq->mem, plan, &layers));
	v->layers.v = arena_array(rq->mem, struct family_layer, layers.n);
	for (size_t i = 0; i < layers.n; i++)
		v->layers.v[v->layers.n++] = (struct family_layer){ &layers.v[i],
			web_word(rq, "sip_kind_", layers.v[i].kind) };
	TRY(q_family_voices(rq->db, rq->permit, rq->mem, &voices));
	v->voices.v = arena_array(rq->mem, struct family_voice, voices.n);
	for (size_t i = 0; i < voices.n; i++)
		v->voices.v[v->voices.n++] =
		    (struct family_voice){ &voices.v[i], web_word(rq, "mood_", voices.v[i].mood) };
	return q_family_parties(rq->db, rq->permit, rq->mem, plan, &v->parties);
}

static enum err plan_show(struct request *rq, struct response *rs)
{
	struct family_plan v = { .child = rq->child, .today = rq->today };
	struct making k = { .rq = rq, .eye = family_eye_of(rq), .v = &v };
	struct q_family_child child;
	struct q_family_plan plan;

	if (kept_again(rq, rs))
		return OK;
	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v.name = web_called(rq, child.name);
	v.self = k.eye.stand == STAND_SELF;
	v.names = k.eye.stand != STAND_CARER;
	TRY(q_family_plan(rq->db, rq->permit, rq->mem, &plan));
	if (plan.found) {
		v.plan = &plan;
		v.closed = str_eq(plan.state, S("closed"));
		TRY(q_family_disputes(rq->db, rq->permit, rq->mem,
		    k.eye.stand == STAND_GUARDIAN || k.eye.stand == STAND_GOD_MAN, &k.disputes));
		TRY(load_needs(&k, plan.plan));
		TRY(load_steps(&k, plan.plan));
		TRY(load_around(&k, plan.plan));
		if (!v.closed)
			TRY(measure_similar_for_family(rq->db, rq->permit, rq->mem, rq->lang,
			    rq->today, rq->child, v.self, &v.alike));
	}
	rs_page(rs, 200, web_text(rq, MSG_plan_title_short));
	family_plan_html(&rs->html, &v);
	kept_this(rq, rs);
	return OK;
}

const struct route family_routes[] = {
	{ HTTP_GET, "/children/{child}/plan", plan_show, ACT_PLAN_READ },
	{ HTTP_GET, "/children/{child}/timeline", family_line, ACT_TIMELINE_READ },
	{ 0 },
};
