/* Somebody marked a person as protected by hand; somebody else says whether it holds. The page says
 * who marked and nothing of whom: they ask each other, by their routine (promise 8; OSL 22:1). */
#include "feat/person/person.h"
#include "feat/share/disclose_views.h"
#include "q_share_task.h"
#include "share_html.h"

#define DAYS_OLD 90 /* a check of longer ago says nothing of today */

static enum err page(
    struct request *rq, struct response *rs, const struct task_page *of, int status)
{
	struct mark_page v = { .id = of->id, .row = of->row, .made = date_of_ms(of->row.made_ms) };
	const struct web_field *all[] = { &v.checked, &v.answer, NULL };
	struct q_task_marker who;

	TRY(q_task_marker(rq->db, rq->permit, rq->mem, of->row.item, &who));
	if (!who.found)
		return ERR_NOT_FOUND;
	v.marker = who.name;
	v.title = who.title;
	v.checked =
	    web_field(rq, WEB_DATE, "checked", MSG_mark_checked, MSG_mark_checked_hint, S(""));
	v.answer = web_field(rq, WEB_AREA, "answer", MSG_mark_words, MSG_mark_words_hint, S(""));
	v.errors = web_errors(rq, all);
	if (of->row.child.v)
		rs_look(rs, of->row.child, "task", of->id.v, permit_stand(rq->permit));
	rs->wide = true;
	rs_page(rs, status, of->kind);
	mark_page_html(&rs->html, &v);
	return OK;
}

enum err mark_show(struct request *rq, struct response *rs, const struct task_page *of)
{
	return page(rq, rs, of, 200);
}

enum err mark_save(struct request *rq, struct response *rs, const struct task_page *of)
{
	static const struct str dos[] = { { "allow", 5 }, { "deny", 4 } };
	static const struct str states[] = { { "allowed", 7 }, { "denied", 6 } };
	struct form *f = &rq->form;
	int what = form_choice(f, S("do"), dos, 2, true);
	struct date checked = form_date(f, S("checked"), false);
	struct str words = form_text(f, S("answer"), 0, 1000);
	int64_t version = web_version(rq);

	if (what < 0)
		return ERR_INVALID;
	/* Down only on the register's word of these days, and with why (sweden.md 1.61). */
	if (what == 1 && !date_known(checked))
		form_mark(f, S("checked"), MSG_mark_must_check);
	if (what == 1 && date_known(checked) &&
	    (date_cmp(checked, rq->today) > 0 || date_days_between(checked, rq->today) > DAYS_OLD))
		form_mark(f, S("checked"), MSG_protect_checked_old);
	if (what == 1 && words.n < 10)
		form_mark(f, S("answer"), MSG_mark_must_say);
	if (f->bad)
		return page(rq, rs, of, 422);
	TRY(protection_mark_answer(rq->db, rq->permit, rq->mem, of->id, what == 0, checked));
	TRY(q_task_answer_put(rq->db, rq->permit, of->id, states[what], words, version));
	if (of->row.child.v)
		rs_look(rs, of->row.child, "task", of->id.v, permit_stand(rq->permit));
	return rs_go_said(rq, rs, MSG_said_saved, "/tasks");
}
