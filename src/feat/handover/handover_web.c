#include "feat/handover/handover_web.h"

#include <inttypes.h>

#include "feat/handover/handover.h"
#include "feat/handover/handover_views.h"
#include "handover_html.h"

#define WORDS_MOST 2000

static enum err load(struct request *rq, struct plan_id plan, struct handover_page *v)
{
	struct q_handover_plan p;
	struct q_handover_before_list before;

	TRY(q_handover_plan(rq->db, rq->permit, rq->mem, plan, permit_since_ms(rq->permit), &p));
	v->plan = plan;
	v->child = p.child;
	v->name = web_called(rq, p.name);
	TRY(carrier_of_plan(rq->db, rq->mem, plan, rq->today, &v->carrier));
	if (v->carrier.assignment.v != rq->actor.assignment.v && p.lead.v != rq->actor.assignment.v)
		return ERR_DENIED;
	TRY(q_handover_before(rq->db, rq->permit, rq->mem, plan, &before));
	v->before.v = arena_array(rq->mem, struct handover_before, before.n + 1);
	for (size_t i = 0; i < before.n; i++) {
		struct handover_before *b = &v->before.v[v->before.n];

		*b = (struct handover_before){ &before.v[i], date_of_ms(before.v[i].asked_ms),
			str_eq(before.v[i].state, S("asked")),
			web_word(rq, "handover_state_", before.v[i].state) };
		if (b->open)
			v->asked = b;
		v->before.n++;
	}
	return OK;
}

static enum err page(struct request *rq, struct response *rs, struct handover_page *v)
{
	struct q_handover_receivers_list who;
	const struct web_field *all[] = { &v->to, &v->words, NULL };

	TRY(q_handover_receivers(rq->db, rq->permit, rq->mem, v->plan, &who));
	v->nobody = who.n == 0;
	v->to = web_field(rq, WEB_SELECT, "to", MSG_handover_to, MSG_none, S(""));
	web_options(rq, &v->to, who.n + 1);
	web_option(&v->to, S(""), web_text(rq, MSG_handover_choose), S(""));
	for (size_t i = 0; i < who.n; i++)
		web_option(&v->to, str_of_i64(rq->mem, who.v[i].assignment.v),
		    str_fmt(rq->mem, "%.*s, %.*s, %.*s%.*s", STR(who.v[i].name),
			STR(who.v[i].title), STR(who.v[i].unit),
			STR(who.v[i].away ? web_text(rq, MSG_handover_is_away) : S(""))),
		    S(""));
	v->words =
	    web_field(rq, WEB_AREA, "words", MSG_handover_words, MSG_handover_words_hint, S(""));
	v->errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_handover_title));
	handover_page_html(&rs->html, v);
	return OK;
}

static enum err handover_show(struct request *rq, struct response *rs)
{
	struct handover_page v = { 0 };

	TRY(load(rq, (struct plan_id){ web_id(rq, "plan") }, &v));
	return page(rq, rs, &v);
}

static enum err handover_save(struct request *rq, struct response *rs)
{
	struct handover_page v = { 0 };
	struct plan_id plan = { web_id(rq, "plan") };
	struct assignment_id to = { form_id(&rq->form, S("to"), true) };
	struct str words = form_text(&rq->form, S("words"), 1, WORDS_MOST);
	enum err e = ERR_INVALID;

	TRY(load(rq, plan, &v));
	if (!rq->form.bad)
		e = handover_ask(rq->db, rq->permit, rq->mem, plan, to, words);
	if (e == ERR_INVALID) {
		if (!rq->form.bad)
			form_mark(&rq->form, S("to"), MSG_form_choose);
		return page(rq, rs, &v);
	}
	TRY(e);
	return rs_go_said(rq, rs, MSG_said_handover_asked, "/plans/%" PRId64 "/handover", plan.v);
}

static enum err handover_back(struct request *rq, struct response *rs)
{
	struct handover_id h = { web_id(rq, "handover") };
	int64_t version = web_version(rq);
	struct q_handover_plan_of of;
	struct handover_page v = { 0 };

	if (rq->form.bad)
		return ERR_INVALID;
	TRY(q_handover_plan_of(rq->db, rq->permit, rq->mem, h, &of));
	TRY(load(rq, of.plan, &v)); /* only who carries it */
	TRY(handover_take_back(rq->db, rq->permit, h, version));
	return rs_go_said(rq, rs, MSG_said_handover_back, "/plans/%" PRId64 "/handover", of.plan.v);
}

static enum err list_page(struct request *rq, struct response *rs, int64_t bad)
{
	struct q_handover_mine_list rows;
	struct handovers_page v = { 0 };

	TRY(q_handover_mine(rq->db, rq->permit, rq->mem, &rows));
	v.asked.v = arena_array(rq->mem, struct handover_asked, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		rows.v[i].child_name = web_called(rq, rows.v[i].child_name);
		v.asked.v[v.asked.n++] =
		    (struct handover_asked){ &rows.v[i], date_of_ms(rows.v[i].asked_ms),
			    str_of_i64(rq->mem, rows.v[i].id.v), rows.v[i].id.v == bad };
		rs_look(rs, rows.v[i].child, "handover", rows.v[i].id.v, STAND_ENGAGEMENT);
	}
	v.why = bad ? form_value(&rq->form, S("why")) : S("");
	rs->wide = true;
	rs_page(rs, bad ? 422 : 200, web_text(rq, MSG_handovers_title));
	handovers_page_html(&rs->html, &v);
	return OK;
}

static enum err handovers(struct request *rq, struct response *rs)
{
	return list_page(rq, rs, 0);
}

static enum err handover_yes(struct request *rq, struct response *rs)
{
	struct child_id child;
	int64_t version = web_version(rq);
	bool open;

	if (rq->form.bad)
		return ERR_INVALID;
	TRY(handover_accept(rq->db, rq->permit, rq->mem,
	    (struct handover_id){ web_id(rq, "handover") }, version, &child, &open));
	rs_look(rs, child, "handover", web_id(rq, "handover"), STAND_ENGAGEMENT);
	if (!open)
		return rs_go_said(rq, rs, MSG_said_handover_no_yes, "/handovers");
	return rs_go_said(rq, rs, MSG_said_handover_accepted, "/children/%" PRId64, child.v);
}

static enum err handover_no(struct request *rq, struct response *rs)
{
	struct handover_id h = { web_id(rq, "handover") };
	int64_t version = web_version(rq);
	struct str why = form_text(&rq->form, S("why"), 1, WORDS_MOST);

	if (version && rq->form.bad)
		return list_page(rq, rs, h.v);
	TRY(handover_decline(rq->db, rq->permit, rq->mem, h, version, why));
	return rs_go_said(rq, rs, MSG_said_handover_declined, "/handovers");
}

const struct route handover_routes[] = {
	{ HTTP_GET, "/plans/{plan}/handover", handover_show, ACT_HANDOVER_ASK },
	{ HTTP_POST, "/plans/{plan}/handover", handover_save, ACT_HANDOVER_ASK },
	{ HTTP_POST, "/handovers/{handover}/take-back", handover_back, ACT_HANDOVER_ASK },
	{ HTTP_GET, "/handovers", handovers, ACT_HANDOVER_ANSWER },
	{ HTTP_POST, "/handovers/{handover}/accept", handover_yes, ACT_HANDOVER_ANSWER },
	{ HTTP_POST, "/handovers/{handover}/decline", handover_no, ACT_HANDOVER_ANSWER },
	{ 0 },
};
