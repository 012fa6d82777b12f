#include "feat/org/org_ask.h"

#include <inttypes.h>

#include "access/version.h"
#include "feat/org/org_views.h"
#include "org_html.h"

#define WORDS_MOST 500

static const struct str answers[] = { { "yes", 3 }, { "no", 2 } };

enum err org_ask_is_me(
    struct db *db, const struct permit *permit, struct arena *mem, struct staff_id staff, bool *out)
{
	struct q_org_staff_of_me me;

	TRY(q_org_staff_of_me(db, permit, mem, &me));
	*out = staff.v != 0 && staff.v == me.staff.v;
	return OK;
}

enum err org_ask_put(struct db *db, const struct permit *permit, struct arena *mem,
    const struct org_ask_facts *f, bool *waits)
{
	struct ask_id id = { id_random() };
	struct q_org_asks_list rows;

	TRY(q_org_ask_put(
	    db, permit, id, f->staff, f->unit, f->drawer, f->role, f->title, f->from, f->to));
	TRY(q_org_asks(db, permit, mem, &rows));
	*waits = true;
	for (size_t i = 0; i < rows.n; i++)
		*waits = *waits && rows.v[i].id.v != id.v;
	return OK;
}

enum err org_asks(struct request *rq, const char *path, struct org_asks *out)
{
	struct q_org_asks_list rows;

	TRY(q_org_asks(rq->db, rq->permit, rq->mem, &rows));
	*out = (struct org_asks){ .path = str_of(path) };
	out->rows.v = arena_array(rq->mem, struct org_ask_row, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		out->rows.v[out->rows.n++] =
		    (struct org_ask_row){ rows.v[i].id, rows.v[i].name, rows.v[i].title,
			    web_word(rq, "admin_role_", rows.v[i].role), rows.v[i].unit };
	return OK;
}

static const char *path_of(const struct request *rq)
{
	return rq->route->act == ACT_UNIT_READ || rq->route->act == ACT_UNIT_EDIT ? "/unit"
										  : "/admin";
}

static enum err page(struct request *rq, struct response *rs, const struct q_org_ask *row)
{
	struct ask_id id = { web_id(rq, "ask") };
	struct org_ask_page v = { .id = id,
		.row = row,
		.path = str_of(path_of(rq)),
		.back = web_text(
		    rq, str_eq(str_of(path_of(rq)), S("/unit")) ? MSG_nav_unit : MSG_admin_title),
		.role = web_word(rq, "admin_role_", row->role),
		.regime = web_word(rq, "regime_", row->regime),
		.asked = date_of_ms(row->asked_ms),
		.number = str_of_i64(rq->mem, id.v) };

	TRY(q_org_ask_others(rq->db, rq->permit, rq->mem, id, &v.others));
	v.answer = web_field(rq, WEB_RADIO, "do", MSG_own_ask_answer, MSG_none, S(""));
	web_options(rq, &v.answer, 2);
	web_option(&v.answer, answers[0], web_text(rq, MSG_own_ask_yes),
	    web_text(rq, MSG_own_ask_yes_hint));
	web_option(
	    &v.answer, answers[1], web_text(rq, MSG_own_ask_no), web_text(rq, MSG_own_ask_no_hint));
	v.words = web_field(rq, WEB_AREA, "words", MSG_own_ask_words, MSG_none, S(""));
	v.errors = web_errors(rq, (const struct web_field *const[]){ &v.answer, &v.words, NULL });
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_own_ask_title));
	org_ask_html(&rs->html, &v);
	return OK;
}

enum err org_ask_show(struct request *rq, struct response *rs)
{
	struct q_org_ask row;

	TRY(q_org_ask(rq->db, rq->permit, rq->mem, (struct ask_id){ web_id(rq, "ask") }, &row));
	return page(rq, rs, &row);
}

/* The assignment that a yes makes: from today at the earliest, since nobody worked in it before. */
static enum err make(struct request *rq, const struct q_org_ask *row, struct assignment_id id)
{
	struct date from = date_cmp(row->from_on, rq->today) < 0 ? rq->today : row->from_on;

	TRY(q_org_assignment_add(rq->db, rq->permit, id, row->staff, row->unit, row->drawer,
	    row->role, row->title, from, row->to_on));
	return version_covered(rq->db, id, (struct assignment_id){ 0 });
}

enum err org_ask_save(struct request *rq, struct response *rs)
{
	struct ask_id id = { web_id(rq, "ask") };
	struct form *f = &rq->form;
	struct assignment_id made = { 0 };
	struct q_org_ask row;
	int answer = form_choice(f, S("do"), answers, 2, true);
	struct str words = form_text(f, S("words"), 0, WORDS_MOST);
	int64_t version = web_version(rq);

	TRY(q_org_ask(rq->db, rq->permit, rq->mem, id, &row));
	if (row.mine)
		return ERR_NOT_FOUND; /* nothing here is the reader's to answer */
	if (answer == 1 && words.n == 0)
		form_mark(f, S("words"), MSG_own_ask_words_missing);
	if (answer == 0 && date_known(row.to_on) && date_cmp(row.to_on, rq->today) < 0)
		form_mark(f, S("do"), MSG_own_ask_over);
	if (f->bad)
		return page(rq, rs, &row);
	if (answer == 0) {
		made.v = id_random();
		TRY(make(rq, &row, made));
	}
	TRY(q_org_ask_answer(rq->db, rq->permit, id, version, answers[answer],
	    words.n ? words : (struct str){ 0 }, made));
	return rs_go_said(rq, rs, MSG_said_saved, "%s", path_of(rq));
}
