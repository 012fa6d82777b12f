/*
 * A source has let go of somebody around a child, and the relation stands for a mark's sake
 * (import_deleted.c, drop_missing). A person says whether it has ended. The page names nobody: who
 * it is says the source's own register, by its ids (promise 8). What ends is the view; the child's
 * shield goes with the mark alone, since who is protected may be gone from a register for that.
 */
#include "feat/import/left_web.h"

#include <inttypes.h>

#include "feat/import/import_views.h"
#include "feat/person/person.h"
#include "import_html.h"

#define DAYS_OLD 90 /* as a check of protection: longer ago says nothing of today */
#define ANSWER_MOST 500

static const struct str choices[] = { { "end", 3 }, { "keep", 4 } };

static enum err page(struct request *rq, struct response *rs, const struct q_left_one *row)
{
	struct left_id id = { web_id(rq, "left") };
	struct left_page v = { .id = id,
		.row = row,
		.why = web_word(rq, "left_why_", row->why),
		.kind = web_word(rq, "relation_", row->kind),
		.source = web_word(rq, "quarantine_source_", row->source),
		.holder = str_fmt(rq->mem, "%.*s (%.*s)", STR(row->name),
		    STR(web_word(rq, "regime_", row->regime))),
		.since = date_of_ms(row->made_ms) };

	v.choice = web_field(rq, WEB_RADIO, "choice", MSG_left_choice, MSG_none, S(""));
	web_options(rq, &v.choice, 2);
	web_option(
	    &v.choice, choices[0], web_text(rq, MSG_left_end), web_text(rq, MSG_left_end_hint));
	web_option(
	    &v.choice, choices[1], web_text(rq, MSG_left_keep), web_text(rq, MSG_left_keep_hint));
	v.last = web_field(rq, WEB_DATE, "last", MSG_left_last, MSG_left_last_hint, S(""));
	v.checked =
	    web_field(rq, WEB_DATE, "checked", MSG_left_checked, MSG_left_checked_hint, S(""));
	v.answer = web_field(
	    rq, WEB_AREA, "answer", MSG_quarantine_answer, MSG_quarantine_answer_hint, S(""));
	v.errors = web_errors(rq,
	    (const struct web_field *const[]){ &v.choice, &v.last, &v.checked, &v.answer, NULL });
	rs_look(rs, row->child, "relation", row->relation.v, STAND_ADMIN);
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, v.why);
	left_page_html(&rs->html, &v);
	return OK;
}

static enum err left_show(struct request *rq, struct response *rs)
{
	struct q_left_one row;

	TRY(q_left_one(rq->db, rq->permit, rq->mem, (struct left_id){ web_id(rq, "left") }, &row));
	return page(rq, rs, &row);
}

/* An end has its last day, which is over, and the day the register was asked. */
static void ask_days(
    struct request *rq, const struct q_left_one *row, struct date last, struct date checked)
{
	struct form *f = &rq->form;

	if (!date_known(last))
		form_mark(f, S("last"), MSG_left_last_missing);
	else if (date_cmp(last, rq->today) >= 0 || date_cmp(last, row->from_on) < 0)
		form_mark(f, S("last"), MSG_left_last_wrong);
	if (!date_known(checked))
		form_mark(f, S("checked"), MSG_left_checked_missing);
	else if (date_cmp(checked, rq->today) > 0 ||
		 date_days_between(checked, rq->today) > DAYS_OLD)
		form_mark(f, S("checked"), MSG_protect_checked_old);
}

static enum err left_save(struct request *rq, struct response *rs)
{
	struct left_id id = { web_id(rq, "left") };
	struct form *f = &rq->form;
	struct date none = { 0 };
	struct q_left_one row;
	int choice = form_choice(f, S("choice"), choices, 2, true);
	struct date last = form_date(f, S("last"), false);
	struct date checked = form_date(f, S("checked"), false);
	struct str answer = form_text(f, S("answer"), 1, ANSWER_MOST);
	int64_t version = web_version(rq);
	bool ends = choice == 0;

	TRY(q_left_one(rq->db, rq->permit, rq->mem, id, &row));
	if (ends && !f->bad)
		ask_days(rq, &row, last, checked);
	if (f->bad)
		return page(rq, rs, &row);
	TRY(q_left_answer(rq->db, rq->permit, id, version, ends ? S("ended") : S("kept"),
	    ends ? last : none, ends ? checked : none, answer));
	if (ends)
		TRY(relation_end_one(rq->db, rq->permit, rq->mem, row.child, row.relation, last));
	rs_look(rs, row.child, "relation", row.relation.v, STAND_ADMIN);
	return rs_go_said(rq, rs, MSG_quarantine_said, "/quarantine");
}

const struct route left_routes[] = {
	{ HTTP_GET, "/quarantine/relations/{left}", left_show, ACT_QUARANTINE_READ },
	{ HTTP_POST, "/quarantine/relations/{left}", left_save, ACT_QUARANTINE_ANSWER },
	{ 0 },
};
