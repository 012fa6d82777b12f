#include "feat/thread/thread_web.h"

#include <inttypes.h>

#include "feat/share/share.h"
#include "feat/thread/thread.h"
#include "q_thread.h"
#include "web/sheet.h"

static enum err thread_page(struct request *rq, struct response *rs, struct web_sheet *s,
    const struct q_thread_now *now, int64_t item)
{
	struct share_what what = { .child = rq->child,
		.kind = "thread",
		.item = item,
		.holder = rq->actor.drawer,
		.harm = rq->form.n ? form_checked(&rq->form, S("harm")) : now && now->harm };
	struct share_readers readers;
	struct web_field *f;
	struct html h;

	web_sheet_field(rq, s, WEB_TEXT, "title", MSG_thread_title, MSG_thread_title_hint,
	    now ? now->title : S(""));
	f = web_sheet_field(
	    rq, s, WEB_SELECT, "state", MSG_thread_state, MSG_none, now ? now->state : S("active"));
	web_options(rq, f, THREAD_STATE_COUNT);
	for (int i = 0; i < THREAD_STATE_COUNT; i++) {
		enum msg m;

		must(msg_of_key(str_fmt(rq->mem, "thread_%.*s", STR(thread_states[i])), &m));
		web_option(f, thread_states[i], web_text(rq, m), S(""));
	}
	web_sheet_field(rq, s, WEB_DATE, "next", MSG_thread_next_date, MSG_thread_next_hint,
	    now ? date_iso(rq->mem, now->next) : S(""));
	web_sheet_field(rq, s, WEB_TEXT, "next_words", MSG_thread_next_words, MSG_none,
	    now ? now->next_words : S(""));
	web_sheet_field(rq, s, WEB_AREA, "meanwhile", MSG_thread_meanwhile, MSG_none,
	    now ? now->meanwhile : S(""));
	web_sheet_field(rq, s, WEB_CHECK, "harm", MSG_step_harm, MSG_step_harm_hint,
	    now && now->harm ? S("1") : S(""));
	TRY(share_readers(rq->db, rq->permit, rq->mem, &what, &readers));
	html_init(&h, rq->mem, rq->lang, rq->today);
	share_readers_html(&h, &readers);
	s->readers = html_raw(buf_text(&h.out));
	s->version = now ? now->version : 0;
	s->advice = true;
	rs->wide = true;
	web_sheet_show(rq, rs, s);
	return OK;
}

static struct thread_now read_thread(struct request *rq)
{
	struct form *f = &rq->form;
	struct thread_now n = { .title = form_text(f, S("title"), 1, 120),
		.state = form_choice(f, S("state"), thread_states, THREAD_STATE_COUNT, true),
		.next = form_date(f, S("next"), false),
		.next_words = form_text(f, S("next_words"), 0, 400),
		.meanwhile = form_text(f, S("meanwhile"), 0, 1000),
		.harm = form_checked(f, S("harm")) };

	if (n.state != THREAD_ended && !date_known(n.next))
		form_mark(f, S("next"), MSG_thread_next_needed);
	if (n.state != THREAD_ended && date_known(n.next) && date_cmp(n.next, rq->today) < 0)
		form_mark(f, S("next"), MSG_step_past);
	if (n.next_words.n == 0)
		n.next_words = (struct str){ 0 };
	if (n.meanwhile.n == 0)
		n.meanwhile = (struct str){ 0 };
	return n;
}

static struct web_sheet *sheet(struct request *rq, enum msg title, struct str action)
{
	return web_sheet(rq, title, MSG_frame_save,
	    str_fmt(rq->mem, "/children/%" PRId64, rq->child.v), web_text(rq, MSG_step_back),
	    action);
}

static struct web_sheet *new_sheet(struct request *rq)
{
	return sheet(
	    rq, MSG_thread_add, str_fmt(rq->mem, "/children/%" PRId64 "/threads/new", rq->child.v));
}

static enum err thread_new(struct request *rq, struct response *rs)
{
	return thread_page(rq, rs, new_sheet(rq), NULL, 0);
}

static enum err thread_new_save(struct request *rq, struct response *rs)
{
	struct thread_now n = read_thread(rq);
	struct q_thread_plan plan;
	struct thread_id id;

	if (rq->form.bad)
		return thread_page(rq, rs, new_sheet(rq), NULL, 0);
	TRY(q_thread_plan(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), &plan));
	TRY(thread_add(rq->db, rq->permit, rq->mem, plan.plan, rq->actor.authority, &n, &id));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
}

static struct web_sheet *edit_sheet(struct request *rq)
{
	return sheet(rq, MSG_thread_edit,
	    str_fmt(rq->mem, "/threads/%" PRId64 "/edit", web_id(rq, "thread")));
}

static enum err thread_change(struct request *rq, struct response *rs)
{
	struct thread_id id = { web_id(rq, "thread") };
	struct q_thread_now now;

	TRY(q_thread_now(rq->db, rq->permit, rq->mem, id, permit_since_ms(rq->permit), &now));
	return now.found ? thread_page(rq, rs, edit_sheet(rq), &now, id.v) : ERR_NOT_FOUND;
}

static enum err thread_change_save(struct request *rq, struct response *rs)
{
	struct thread_id id = { web_id(rq, "thread") };
	struct thread_now n = read_thread(rq);
	int64_t version = web_version(rq);
	struct web_sheet *s = edit_sheet(rq);
	struct q_thread_now now;

	TRY(q_thread_now(rq->db, rq->permit, rq->mem, id, permit_since_ms(rq->permit), &now));
	if (!now.found)
		return ERR_NOT_FOUND;
	if (rq->form.bad)
		return thread_page(rq, rs, s, &now, id.v);
	if (now.version != version) {
		s->conflict = true;
		return thread_page(rq, rs, s, &now, id.v);
	}
	TRY(thread_edit(rq->db, rq->permit, rq->mem, id, version, &n));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
}

const struct route thread_routes[] = {
	{ HTTP_GET, "/children/{child}/threads/new", thread_new, ACT_THREAD_EDIT },
	{ HTTP_POST, "/children/{child}/threads/new", thread_new_save, ACT_THREAD_EDIT },
	{ HTTP_GET, "/threads/{thread}/edit", thread_change, ACT_THREAD_EDIT },
	{ HTTP_POST, "/threads/{thread}/edit", thread_change_save, ACT_THREAD_EDIT },
	{ 0 },
};
