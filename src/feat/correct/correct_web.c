#include "feat/correct/correct_web.h"

#include <inttypes.h>

#include "access/version.h"
#include "correct_html.h"
#include "feat/correct/correct_views.h"
#include "feat/measure/measure.h"
#include "feat/plan/plan.h"
#include "feat/share/share.h"
#include "feat/thread/thread.h"

#define REASON_MOST 1000
#define READERS_MOST 60
#define LOOKS_AT_ONCE 200
#define LOOKS_PAGES 10 /* of the book, back to when the item was written */

/* An item as it stands on the page, and as it is kept afterwards. */
static struct str words_of(struct request *rq, const struct q_correct_items *r, struct str name)
{
	struct plan_sentence s = { .pattern = r->pattern,
		.words = r->words,
		.who = r->who,
		.child = name,
		.due = r->due,
		.due_minute = -1 };

	return r->pattern.n ? plan_say(rq->mem, rq->lang, rq->today, &s) : r->words;
}

static struct str key_of(struct request *rq, const struct q_correct_items *r)
{
	return str_fmt(rq->mem, "%.*s-%" PRId64, STR(r->kind), r->item.v);
}

/* Adds one look to those who could have read it; who may not be named here is left out. */
static enum err note_look(
    struct request *rq, const struct book_entry *e, int64_t at_ms, struct correct_before *b)
{
	struct q_correct_reader who;

	if (!str_eq(e->outcome, S("ok")))
		return OK;
	if (e->assignment == 0) {
		b->family = b->family || e->actor != 0;
		return OK;
	}
	TRY(q_correct_reader(rq->db, rq->permit, rq->mem, (struct assignment_id){ e->assignment },
	    b->row->kind, b->row->item, &who));
	if (!who.found)
		return OK;
	for (size_t i = 0; i < b->readers.n; i++)
		if (str_eq(b->readers.v[i].name, who.name) &&
		    str_eq(b->readers.v[i].unit, who.unit))
			return OK; /* newest first: the last time stands there already */
	if (b->readers.n < READERS_MOST)
		b->readers.v[b->readers.n++] = (struct correct_reader){ who.name, who.unit, at_ms };
	return OK;
}

/* The incident (GDPR art. 33): who opened the child while the item stood there. */
static enum err readers_of(struct request *rq, struct correct_before *b)
{
	int64_t before_ms = b->row->at_ms, before_id = INT64_MAX;

	b->readers.v = arena_array(rq->mem, struct correct_reader, READERS_MOST);
	for (int page = 0; page < LOOKS_PAGES; page++) {
		struct book_looks looks = { 0 };
		size_t mark = arena_mark(rq->mem), before = b->readers.n;

		TRY(book_looks(
		    rq->book_db, rq->mem, rq->child, before_ms, before_id, LOOKS_AT_ONCE, &looks));
		for (size_t i = 0; i < looks.n; i++) {
			if (looks.v[i].at_ms < b->row->written_ms)
				return OK;
			TRY(note_look(rq, &looks.v[i].entry, looks.v[i].at_ms, b));
			before_ms = looks.v[i].at_ms;
			before_id = looks.v[i].id;
		}
		if (looks.n < LOOKS_AT_ONCE)
			return OK;
		if (b->readers.n == before) /* nothing of it is kept: a long history fits too */
			arena_rewind(rq->mem, mark);
	}
	return OK;
}

static enum err load_before(struct request *rq, struct correct_page *v)
{
	struct q_correct_before_list rows;

	TRY(q_correct_before(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), &rows));
	v->before.v = arena_array(rq->mem, struct correct_before, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		struct correct_before *b = &v->before.v[v->before.n++];

		b->row = &rows.v[i];
		b->kind = web_word(rq, "correct_kind_", rows.v[i].kind);
		b->id = str_of_i64(rq->mem, (int64_t)i + 1);
		TRY(readers_of(rq, b));
	}
	return OK;
}

static enum err page(struct request *rq, struct response *rs)
{
	struct correct_page v = { .child = rq->child };
	const struct web_field *all[] = { &v.item, &v.reason, NULL };
	struct q_correct_child child;
	struct q_correct_items_list rows;

	TRY(q_correct_child(rq->db, rq->permit, rq->mem, &child));
	TRY(q_correct_items(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), &rows));
	v.name = web_called(rq, child.name);
	v.nothing = rows.n == 0;
	v.item = web_field(rq, WEB_RADIO, "item", MSG_correct_what, MSG_none, S(""));
	web_options(rq, &v.item, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		web_option(&v.item, key_of(rq, &rows.v[i]),
		    str_fmt(rq->mem, "%.*s: %.*s",
			STR(web_word(rq, "correct_kind_", rows.v[i].kind)),
			STR(words_of(rq, &rows.v[i], v.name))),
		    S(""));
	v.reason =
	    web_field(rq, WEB_AREA, "reason", MSG_correct_reason, MSG_correct_reason_hint, S(""));
	v.errors = web_errors(rq, all);
	TRY(load_before(rq, &v));
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_correct_title));
	correct_page_html(&rs->html, &v);
	return OK;
}

static enum err correct_show(struct request *rq, struct response *rs)
{
	return page(rq, rs);
}

static enum err take_back(struct request *rq, const struct q_correct_items *r)
{
	if (str_eq(r->kind, S("step")))
		return plan_take_back_step(
		    rq->db, rq->permit, rq->mem, (struct step_id){ r->item.v });
	if (str_eq(r->kind, S("need")))
		return plan_take_back_need(rq->db, rq->permit, (struct need_id){ r->item.v });
	if (str_eq(r->kind, S("measure")))
		return measure_take_back(rq->db, rq->permit, (struct measure_id){ r->item.v });
	return thread_take_back(rq->db, rq->permit, (struct thread_id){ r->item.v });
}

static enum err correct_save(struct request *rq, struct response *rs)
{
	struct q_correct_child child;
	struct q_correct_items_list rows;
	const struct q_correct_items *r = NULL;
	struct str item = form_text(&rq->form, S("item"), 1, 60);
	struct str reason = form_text(&rq->form, S("reason"), 1, REASON_MOST);

	TRY(q_correct_child(rq->db, rq->permit, rq->mem, &child));
	TRY(q_correct_items(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), &rows));
	for (size_t i = 0; i < rows.n && !r; i++)
		r = str_eq(key_of(rq, &rows.v[i]), item) ? &rows.v[i] : NULL;
	if (!r && !rq->form.bad)
		form_mark(&rq->form, S("item"), MSG_correct_gone);
	if (rq->form.bad || !r)
		return page(rq, rs);
	TRY(q_correct_add(rq->db, rq->permit, (struct item_id){ id_random() }, r->kind, r->item,
	    words_of(rq, r, web_called(rq, child.name)), reason, r->made_ms));
	TRY(share_take_back(rq->db, rq->permit, str_c(rq->mem, r->kind), r->item.v));
	TRY(take_back(rq, r));
	TRY(version_access(rq->db, rq->child));
	rs_look(rs, rq->child, str_c(rq->mem, r->kind), r->item.v, permit_stand(rq->permit));
	return rs_go_said(rq, rs, MSG_said_corrected, "/children/%" PRId64 "/correct", rq->child.v);
}

const struct route correct_routes[] = {
	{ HTTP_GET, "/children/{child}/correct", correct_show, ACT_CHILD_CORRECT },
	{ HTTP_POST, "/children/{child}/correct", correct_save, ACT_CHILD_CORRECT },
	{ 0 },
};
