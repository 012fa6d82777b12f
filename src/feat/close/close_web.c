#include "feat/close/close_web.h"

#include <inttypes.h>

#include "close_html.h"
#include "feat/close/close_views.h"
#include "feat/handover/handover.h"
#include "feat/measure/measure.h"
#include "feat/plan/plan.h"

#define WORDS_MOST 4000

static const char *const results[] = { "reached", "partly", "not", "stopped" };

/* What came of each. */
struct came {
	struct q_close_measures_list ms;
	struct q_close_goals_list gs;
	struct str *measures, *goals;
};

static enum err load(struct request *rq, struct close_page *v)
{
	struct carrier c;
	struct plan_sentence s;

	v->plan.v = web_id(rq, "plan");
	TRY(q_close_plan(
	    rq->db, rq->permit, rq->mem, v->plan, permit_since_ms(rq->permit), &v->row));
	v->row.name = web_called(rq, v->row.name);
	TRY(carrier_of_plan(rq->db, rq->mem, v->plan, rq->today, &c));
	/* Only who carries the plan closes it (promise 2). */
	if (c.assignment.v != rq->actor.assignment.v && v->row.lead.v != rq->actor.assignment.v)
		return ERR_DENIED;
	if (v->row.step_mine) {
		s = (struct plan_sentence){ .pattern = v->row.step_pattern,
			.words = v->row.step_words,
			.who = v->row.step_who,
			.child = v->row.name,
			.due = v->row.step_due,
			.due_minute = v->row.step_minute_null ? -1 : v->row.step_minute };
		v->sentence = plan_say(rq->mem, rq->lang, rq->today, &s);
	}
	return OK;
}

static const char *field_name(struct request *rq, const char *what, int64_t id)
{
	return str_c(rq->mem, str_fmt(rq->mem, "%s-%" PRId64, what, id));
}

/* One field for the result of each measure and goal of the own drawer. */
static enum err items(struct request *rq, struct close_page *v)
{
	struct q_close_measures_list ms;
	struct q_close_goals_list gs;

	TRY(q_close_measures(rq->db, rq->permit, rq->mem, v->plan, &ms));
	TRY(q_close_goals(rq->db, rq->permit, rq->mem, v->plan, &gs));
	v->measures.v = arena_array(rq->mem, struct close_item, ms.n + 1);
	v->goals.v = arena_array(rq->mem, struct close_item, gs.n + 1);
	for (size_t i = 0; i < ms.n; i++) {
		struct close_item *it = &v->measures.v[v->measures.n++];
		struct str name = measure_kind_name(rq->mem, rq->lang, rq->today, ms.v[i].kind);
		struct msg_arg arg = msg_arg_text(name.n ? name : ms.v[i].words);

		it->id = ms.v[i].id.v;
		it->field = web_field(rq, WEB_TEXT, field_name(rq, "measure", it->id),
		    MSG_close_measures, MSG_none, S(""));
		it->field.label =
		    i18n_text(rq->mem, rq->lang, rq->today, MSG_close_measure, &arg, 1);
	}
	for (size_t i = 0; i < gs.n; i++) {
		struct close_item *it = &v->goals.v[v->goals.n++];

		it->id = gs.v[i].id.v;
		it->field = web_field(rq, WEB_SELECT, field_name(rq, "goal", it->id),
		    MSG_close_goals, MSG_none, S(""));
		it->field.label = gs.v[i].words;
		web_options(rq, &it->field, 5);
		web_option(&it->field, S(""), web_text(rq, MSG_close_goal_choose), S(""));
		for (size_t k = 0; k < 4; k++) {
			enum msg m;

			must(msg_of_key(str_fmt(rq->mem, "close_result_%s", results[k]), &m));
			web_option(&it->field, str_of(results[k]), web_text(rq, m), S(""));
		}
	}
	return OK;
}

static enum err page(struct request *rq, struct response *rs, struct close_page *v)
{
	const struct web_field **all;
	struct q_close_me me;
	size_t n = 0;

	TRY(q_close_me(rq->db, rq->permit, rq->mem, &me));
	TRY(items(rq, v));
	all = arena_array(rq->mem, const struct web_field *, 6 + v->measures.n + v->goals.n);
	v->came = web_field(rq, WEB_AREA, "came", MSG_close_came, MSG_close_came_hint, S(""));
	v->view = web_field(rq, WEB_AREA, "view", MSG_close_view, MSG_none, S(""));
	v->no_view = web_field(rq, WEB_AREA, "no_view", MSG_close_no_view, MSG_none, S(""));
	v->call = web_field(rq, WEB_TEXT, "call", MSG_close_call, MSG_close_call_hint,
	    str_fmt(rq->mem, "%.*s%s%.*s", STR(me.name), me.phone.n ? ", " : "", STR(me.phone)));
	v->next = web_field(rq, WEB_RADIO, "next", MSG_close_next, MSG_none, S(""));
	web_options(rq, &v->next, 2);
	web_option(&v->next, S("done"), web_text(rq, MSG_close_next_done), S(""));
	web_option(&v->next, S("dropped"), web_text(rq, MSG_close_next_dropped), S(""));
	all[n++] = &v->came;
	for (size_t i = 0; i < v->goals.n; i++)
		all[n++] = &v->goals.v[i].field;
	for (size_t i = 0; i < v->measures.n; i++)
		all[n++] = &v->measures.v[i].field;
	all[n++] = &v->view;
	all[n++] = &v->call;
	all[n++] = &v->next;
	v->errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, v->conflict ? 409 : rq->form.bad ? 422 : 200, web_text(rq, MSG_close_title));
	close_page_html(&rs->html, v);
	return OK;
}

static enum err close_show(struct request *rq, struct response *rs)
{
	struct close_page v = { 0 };

	TRY(load(rq, &v));
	return page(rq, rs, &v);
}

/* What came of each measure and goal, in *r; reading marks what is missing. */
static enum err read_items(struct request *rq, const struct close_page *v, struct came *r)
{
	struct str choices[4];

	for (int i = 0; i < 4; i++)
		choices[i] = str_of(results[i]);
	TRY(q_close_measures(rq->db, rq->permit, rq->mem, v->plan, &r->ms));
	TRY(q_close_goals(rq->db, rq->permit, rq->mem, v->plan, &r->gs));
	r->measures = arena_array(rq->mem, struct str, r->ms.n + 1);
	r->goals = arena_array(rq->mem, struct str, r->gs.n + 1);
	for (size_t i = 0; i < r->ms.n; i++)
		r->measures[i] = form_text(
		    &rq->form, str_of(field_name(rq, "measure", r->ms.v[i].id.v)), 1, WORDS_MOST);
	for (size_t i = 0; i < r->gs.n; i++) {
		int k = form_choice(
		    &rq->form, str_of(field_name(rq, "goal", r->gs.v[i].id.v)), choices, 4, true);

		r->goals[i] = k >= 0 ? choices[k] : S("");
	}
	return OK;
}

static enum err close_save(struct request *rq, struct response *rs)
{
	static const struct str nexts[] = { { "done", 4 }, { "dropped", 7 } };
	struct close_page v = { 0 };
	struct plan_closing c = { 0 };
	struct came r;
	struct form *f = &rq->form;
	int64_t version = web_version(rq);

	TRY(load(rq, &v));
	c.came = form_text(f, S("came"), 1, WORDS_MOST);
	TRY(read_items(rq, &v, &r));
	c.view = form_text(f, S("view"), 0, WORDS_MOST);
	c.no_view = form_text(f, S("no_view"), 0, WORDS_MOST);
	c.call = form_text(f, S("call"), 1, 300);
	c.next_done = form_choice(f, S("next"), nexts, 2, true) == 0;
	/* Promise 11, SoL 3:1-4, BK art. 12: the child's view, or why nobody asked. */
	if (c.view.n == 0 && c.no_view.n == 0)
		form_mark(f, S("view"), MSG_close_view_missing);
	v.conflict = version != v.row.version;
	if (f->bad || v.conflict)
		return page(rq, rs, &v);
	c.view = c.view.n ? c.view : (struct str){ 0 };
	c.no_view = c.no_view.n ? c.no_view : (struct str){ 0 };
	for (size_t i = 0; i < r.ms.n; i++)
		TRY(measure_end_with_plan(rq->db, rq->permit, v.plan, r.ms.v[i].id, r.measures[i]));
	for (size_t i = 0; i < r.gs.n; i++)
		TRY(plan_close_goal(rq->db, rq->permit, v.plan, r.gs.v[i].id, r.goals[i]));
	TRY(handover_plan_closed(rq->db, rq->permit, v.plan));
	TRY(plan_close(rq->db, rq->permit, v.plan, version, &c));
	return rs_go_said(rq, rs, MSG_said_closed, "/children/%" PRId64, v.row.child.v);
}

const struct route close_routes[] = {
	{ HTTP_GET, "/plans/{plan}/close", close_show, ACT_PLAN_CLOSE },
	{ HTTP_POST, "/plans/{plan}/close", close_save, ACT_PLAN_CLOSE },
	{ 0 },
};
