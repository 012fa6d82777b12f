#include "feat/unit/unit_web.h"

#include <inttypes.h>

#include "feat/handover/handover.h"
#include "feat/org/org.h"
#include "feat/unit/unit_views.h"
#include "unit_html.h"

#define SILENT_DAYS 30
#define DECLINED_DAYS 14
#define WORDS_MOST 2000

static enum err waits(struct request *rq, struct unit_page *v)
{
	struct q_unit_handovers_list hs;
	struct q_unit_declined_list ds;

	TRY(q_unit_handovers(rq->db, rq->permit, rq->mem, &hs));
	TRY(q_unit_declined(
	    rq->db, rq->permit, rq->mem, rq->now_ms - (int64_t)DECLINED_DAYS * 86400000, &ds));
	v->waiting.v = arena_array(rq->mem, struct unit_waits, hs.n + 1);
	for (size_t i = 0; i < hs.n; i++)
		v->waiting.v[v->waiting.n++] = (struct unit_waits){ hs.v[i].giver, hs.v[i].receiver,
			S(""), date_of_ms(hs.v[i].asked_ms) };
	v->declined.v = arena_array(rq->mem, struct unit_waits, ds.n + 1);
	for (size_t i = 0; i < ds.n; i++)
		v->declined.v[v->declined.n++] = (struct unit_waits){ ds.v[i].giver,
			ds.v[i].receiver, ds.v[i].answer, date_of_ms(ds.v[i].answered_ms) };
	return OK;
}

static enum err unit_show(struct request *rq, struct response *rs)
{
	struct unit_page v = { .name = rq->actor.unit_name };
	struct q_unit_staff_list rows;

	TRY(q_unit_staff(
	    rq->db, rq->permit, rq->mem, date_add_days(rq->today, -SILENT_DAYS), &rows));
	v.staff.v = arena_array(rq->mem, struct unit_row, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_unit_staff *r = &rows.v[i];
		bool away = date_known(r->away_from) && date_cmp(r->away_from, rq->today) <= 0;
		bool unowned = r->plans && (away || r->left) && r->deputy.n == 0;

		v.staff.v[v.staff.n++] =
		    (struct unit_row){ r, away, date_known(r->away_from) && !away, unowned };
		v.late += r->late;
		v.voices += r->voices;
		v.tasks += r->tasks;
		v.unowned += unowned ? r->plans : 0;
	}
	TRY(waits(rq, &v));
	TRY(org_asks(rq, "/unit", &v.asks));
	rs->wide = true;
	rs_page(rs, 200, web_text(rq, MSG_nav_unit));
	unit_page_html(&rs->html, &v);
	return OK;
}

/* --- one colleague: away, deputy --- */

static enum err load_one(struct request *rq, struct assignment_id id, struct unit_one_page *v)
{
	v->id = id;
	TRY(q_unit_one(rq->db, rq->permit, rq->mem, id, &v->row));
	v->away = date_known(v->row.away_from);
	return OK;
}

static enum err one_page(struct request *rq, struct response *rs, struct unit_one_page *v)
{
	const struct web_field *all[] = { &v->from, &v->to, &v->deputy.field, NULL };

	TRY(org_deputy_form(rq, v->id, v->row.deputy, v->row.version,
	    str_fmt(rq->mem, "/unit/staff/%" PRId64 "/deputy", v->id.v), &v->deputy));
	v->from = web_field(
	    rq, WEB_DATE, "from", MSG_unit_away_from, MSG_none, date_iso(rq->mem, rq->today));
	v->to = web_field(rq, WEB_DATE, "to", MSG_unit_away_to, MSG_unit_away_to_hint, S(""));
	v->errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_unit_person));
	unit_one_html(&rs->html, v);
	return OK;
}

static enum err one_show(struct request *rq, struct response *rs)
{
	struct unit_one_page v = { 0 };

	TRY(load_one(rq, (struct assignment_id){ web_id(rq, "assignment") }, &v));
	return one_page(rq, rs, &v);
}

static enum err absence_save(struct request *rq, struct response *rs)
{
	struct unit_one_page v = { 0 };
	struct date from = form_date(&rq->form, S("from"), true),
		    to = form_date(&rq->form, S("to"), false);

	TRY(load_one(rq, (struct assignment_id){ web_id(rq, "assignment") }, &v));
	if (!rq->form.bad && date_known(to) && date_cmp(to, from) < 0)
		form_mark(&rq->form, S("to"), MSG_unit_to_before);
	if (rq->form.bad)
		return one_page(rq, rs, &v);
	TRY(org_absence_add(rq->db, rq->permit, v.id, from, to));
	return rs_go_said(rq, rs, MSG_said_unit_absence, "/unit/staff/%" PRId64, v.id.v);
}

static enum err back_save(struct request *rq, struct response *rs)
{
	struct unit_one_page v = { 0 };

	TRY(load_one(rq, (struct assignment_id){ web_id(rq, "assignment") }, &v));
	TRY(org_absence_end(rq->db, rq->permit, v.id, rq->today));
	return rs_go_said(rq, rs, MSG_said_unit_back, "/unit");
}

static enum err deputy_save(struct request *rq, struct response *rs)
{
	struct unit_one_page v = { 0 };
	bool saved;

	TRY(load_one(rq, (struct assignment_id){ web_id(rq, "assignment") }, &v));
	TRY(org_deputy_save(rq, v.id, &saved));
	if (!saved)
		return one_page(rq, rs, &v);
	return rs_go_said(rq, rs, MSG_said_unit_deputy, "/unit");
}

/* --- give on --- */

static enum err give_load(struct request *rq, struct unit_give_page *v)
{
	struct q_handover_of_lead_list plans;

	v->id.v = web_id(rq, "assignment");
	TRY(q_unit_one(rq->db, rq->permit, rq->mem, v->id, &v->row));
	TRY(q_handover_of_lead(rq->db, rq->permit, rq->mem, v->id, &plans));
	v->plans.v = arena_array(rq->mem, struct unit_plan, plans.n + 1);
	v->all_asked = true;
	for (size_t i = 0; i < plans.n; i++) {
		v->plans.v[v->plans.n++] = (struct unit_plan){ &plans.v[i], (int)i + 1 };
		v->all_asked = v->all_asked && plans.v[i].asked;
	}
	return OK;
}

static enum err give_page(struct request *rq, struct response *rs, struct unit_give_page *v)
{
	const struct web_field *all[] = { &v->to, &v->words, NULL };
	struct q_handover_colleagues_list who = { 0 };

	if (v->plans.n)
		TRY(q_handover_colleagues(
		    rq->db, rq->permit, rq->mem, v->plans.v[0].row->drawer, v->id, &who));
	v->nobody = who.n == 0;
	v->to = web_field(rq, WEB_SELECT, "to", MSG_handover_to, MSG_none, S(""));
	web_options(rq, &v->to, who.n + 1);
	web_option(&v->to, S(""), web_text(rq, MSG_handover_choose), S(""));
	for (size_t i = 0; i < who.n; i++) {
		struct msg_arg args[] = { msg_arg_int(who.v[i].plans), msg_arg_text(who.v[i].name),
			msg_arg_text(who.v[i].title) };

		web_option(&v->to, str_of_i64(rq->mem, who.v[i].assignment.v),
		    i18n_text(rq->mem, rq->lang, rq->today, MSG_unit_give_to, args, 3), S(""));
	}
	v->words =
	    web_field(rq, WEB_AREA, "words", MSG_handover_words, MSG_unit_give_words_hint, S(""));
	v->errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_unit_give_title));
	unit_give_html(&rs->html, v);
	return OK;
}

static enum err give_show(struct request *rq, struct response *rs)
{
	struct unit_give_page v = { 0 };

	TRY(give_load(rq, &v));
	return give_page(rq, rs, &v);
}

static enum err give_save(struct request *rq, struct response *rs)
{
	struct unit_give_page v = { 0 };
	struct assignment_id to = { form_id(&rq->form, S("to"), true) };
	struct str words = form_text(&rq->form, S("words"), 1, WORDS_MOST);
	int asked = 0;

	TRY(give_load(rq, &v));
	if (!rq->form.bad)
		TRY(handover_give_all(rq->db, rq->permit, rq->mem, v.id, to, words, &asked));
	if (!rq->form.bad && asked == 0)
		form_mark(&rq->form, S("to"), MSG_form_choose);
	if (rq->form.bad)
		return give_page(rq, rs, &v);
	return rs_go_said(rq, rs, MSG_said_unit_given, "/unit");
}

const struct route unit_routes[] = {
	{ HTTP_GET, "/unit", unit_show, ACT_UNIT_READ },
	{ HTTP_GET, "/unit/asked/{ask}", org_ask_show, ACT_UNIT_READ },
	{ HTTP_POST, "/unit/asked/{ask}", org_ask_save, ACT_UNIT_EDIT },
	{ HTTP_GET, "/unit/staff/{assignment}", one_show, ACT_UNIT_READ },
	{ HTTP_POST, "/unit/staff/{assignment}/absence", absence_save, ACT_UNIT_EDIT },
	{ HTTP_POST, "/unit/staff/{assignment}/back", back_save, ACT_UNIT_EDIT },
	{ HTTP_POST, "/unit/staff/{assignment}/deputy", deputy_save, ACT_UNIT_EDIT },
	{ HTTP_GET, "/unit/staff/{assignment}/give", give_show, ACT_UNIT_READ },
	{ HTTP_POST, "/unit/staff/{assignment}/give", give_save, ACT_UNIT_EDIT },
	{ 0 },
};
