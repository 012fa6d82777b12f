/* A yes on paper: the asker's page while a question waits, and that of who has to have seen it. */
#include <inttypes.h>

#include "access/consent.h"
#include "feat/plan/invitation.h"
#include "feat/plan/plan_views.h"
#include "feat/plan/plan_web.h"
#include "feat/share/share.h"
#include "plan_html.h"
#include "q_invitation.h"
#include "q_waiver.h"

static const struct str hows[] = { { "meeting", 7 }, { "letter", 6 } };
static const struct str views[] = { { "agrees", 6 }, { "objects", 7 } };
static const enum msg view_words[] = { MSG_disclose_says_agrees, MSG_disclose_says_objects };

enum err plan_paper_told(struct request *rq, struct str *out)
{
	struct paper_second second;
	struct msg_arg name;

	TRY(paper_second(rq->db, rq->permit, rq->mem, &second));
	name = msg_arg_text(second.name);
	*out = second.found ? i18n_text(rq->mem, rq->lang, rq->today, MSG_paper_how_plan, &name, 1)
			    : web_text(rq, MSG_paper_nobody);
	return OK;
}

/* --- the asker waits --- */

static enum err load_asked(struct request *rq, struct asked_page *v)
{
	struct q_invitation_open open;
	struct q_invitation_child child;
	struct paper_second second;

	*v = (struct asked_page){ .child = rq->child };
	TRY(q_invitation_open(rq->db, rq->permit, rq->mem, &open));
	if (!open.found)
		return ERR_NOT_FOUND;
	v->id = open.id;
	TRY(q_invitation_show(rq->db, rq->permit, rq->mem, v->id, &v->row));
	TRY(q_invitation_child(rq->db, rq->permit, rq->mem, &child));
	v->name = web_called(rq, child.name);
	TRY(paper_second(rq->db, rq->permit, rq->mem, &second));
	v->second = second.name;
	/* From 12 the child's view has to be on record (1.37). */
	v->needs_view = !v->row.child_view.n || str_eq(v->row.child_view, S("unknown"));
	return paper_rows(rq, v->id.v, true, S(""), &v->papers);
}

/* Those of the asked that the drawer knows by name; the others answer for themselves. */
static enum err asked_fields(struct request *rq, struct asked_page *v)
{
	const struct web_field *all[] = { &v->person, &v->how, &v->checked, &v->view, &v->view_how,
		NULL };
	struct q_invitation_waiting_list rows;

	TRY(q_invitation_waiting(rq->db, rq->permit, rq->mem, v->id, &rows));
	v->person = web_field(rq, WEB_RADIO, "person", MSG_paper_who, MSG_none, S(""));
	web_options(rq, &v->person, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].name.n)
			web_option(&v->person, str_of_i64(rq->mem, rows.v[i].person.v),
			    rows.v[i].name, S(""));
	v->may_write = v->person.options.n > 0 && v->second.n > 0;
	v->how = web_field(rq, WEB_RADIO, "how", MSG_waiver_record_how, MSG_none, S(""));
	web_options(rq, &v->how, 2);
	web_option(&v->how, hows[0], web_text(rq, MSG_waiver_how_meeting), S(""));
	web_option(&v->how, hows[1], web_text(rq, MSG_waiver_how_letter), S(""));
	v->checked =
	    web_field(rq, WEB_TEXT, "checked", MSG_start_checked, MSG_waiver_checked_hint, S(""));
	v->view = web_field(rq, WEB_RADIO, "view", MSG_ask_child_view, MSG_start_view_hint, S(""));
	web_options(rq, &v->view, 2);
	for (size_t i = 0; i < 2; i++)
		web_option(&v->view, views[i], web_text(rq, view_words[i]), S(""));
	v->view_how = web_field(rq, WEB_TEXT, "view_how", MSG_ask_child_how, MSG_none, S(""));
	v->errors = web_errors(rq, all);
	return OK;
}

static enum err asked_form(
    struct request *rq, struct response *rs, struct asked_page *v, int status)
{
	TRY(asked_fields(rq, v));
	rs->wide = true;
	rs_page(rs, status, web_text(rq, MSG_asked_title));
	asked_page_html(&rs->html, v);
	return OK;
}

static enum err asked_show(struct request *rq, struct response *rs)
{
	struct asked_page v;

	TRY(load_asked(rq, &v));
	return asked_form(rq, rs, &v, 200);
}

/* One that is asked and known here by name; nobody else's answer is staff's to write down. */
static enum err may_be_written(struct request *rq, const struct asked_page *v, int64_t person)
{
	struct q_invitation_waiting_list rows;

	TRY(q_invitation_waiting(rq->db, rq->permit, rq->mem, v->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].person.v == person && rows.v[i].name.n)
			return OK;
	return ERR_NOT_FOUND;
}

static enum err asked_save(struct request *rq, struct response *rs)
{
	struct form *f = &rq->form;
	struct paper_note note = { .kind = PAPER_INVITATION };
	int how = form_choice(f, S("how"), hows, 2, true);
	int view = form_choice(f, S("view"), views, 2, false);
	struct str view_how = form_text(f, S("view_how"), 0, 300);
	struct paper_second second;
	struct asked_page v;
	bool waits;

	note.person.v = form_id(f, S("person"), true);
	note.checked = form_text(f, S("checked"), 3, 400);
	TRY(load_asked(rq, &v));
	TRY(paper_second(rq->db, rq->permit, rq->mem, &second));
	if (!second.found)
		form_mark(f, S("how"), MSG_paper_nobody);
	if (v.needs_view && view < 0 && permit_age(rq->permit) >= waiver_ages_usual().view_from)
		form_mark(f, S("view"), MSG_law_child_view_missing);
	if (v.needs_view && view >= 0 && !view_how.n)
		form_mark(f, S("view_how"), MSG_start_view_how);
	TRY(paper_waits(rq->db, rq->permit, rq->mem, v.id.v, note.person, &waits));
	if (waits)
		form_mark(f, S("person"), MSG_paper_waits_already);
	if (f->bad)
		return asked_form(rq, rs, &v, 422);
	TRY(may_be_written(rq, &v, note.person.v));
	note.question = v.id.v;
	note.how = hows[how];
	if (v.needs_view && view >= 0)
		TRY(q_invitation_view_told(rq->db, rq->permit, v.id, views[view], view_how));
	TRY(paper_write(rq->db, rq->permit, &note, &second));
	return rs_go_said(rq, rs, MSG_paper_said, "/children/%" PRId64 "/plan/asked", rq->child.v);
}

/* --- has it been seen? --- */

/* With whom: the paper has to name the same. */
static enum err load_sides(struct request *rq, struct paper_page *v)
{
	struct q_waiver_sides_list sides;
	struct drawer_id last = { 0 };

	TRY(q_waiver_sides(rq->db, rq->permit, rq->mem, rq->child, &sides));
	v->to.v = arena_array(rq->mem, struct str, sides.n + 1);
	for (size_t i = 0; i < sides.n; i++) {
		const struct q_waiver_sides *s = &sides.v[i];
		bool own = s->drawer.v == permit_drawer(rq->permit).v;

		if (s->waiver.v != v->paper.question || !str_eq(s->side, S("recipient")))
			continue;
		v->mutual = v->mutual || own;
		if (own || s->drawer.v == last.v)
			continue;
		last = s->drawer;
		v->to.v[v->to.n++] = share_place_text(rq, s->regime, s->authority);
	}
	return OK;
}

static enum err load_waiver(struct request *rq, struct paper_page *v)
{
	struct q_waiver_list_list rows;

	TRY(q_waiver_list(rq->db, rq->permit, rq->mem, rq->child, 0, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].id.v != v->paper.question)
			continue;
		v->asks = web_text(rq, MSG_waiver_title);
		v->words = rows.v[i].purpose;
		v->view = rows.v[i].child_view;
		v->what = web_word(rq, "content_", rows.v[i].content);
		v->until = rows.v[i].until;
		return load_sides(rq, v);
	}
	return ERR_NOT_FOUND;
}

static enum err load_paper(struct request *rq, struct paper_page *v)
{
	struct q_invitation_child child;
	struct q_invitation_show row;

	*v = (struct paper_page){ 0 };
	TRY(paper_of(
	    rq->db, rq->permit, rq->mem, (struct paper_id){ web_id(rq, "paper") }, &v->paper));
	TRY(q_invitation_child(rq->db, rq->permit, rq->mem, &child));
	v->child = web_called(rq, child.name);
	v->who = v->paper.child ? v->child : web_one_of_family(rq, v->paper.name);
	v->how = web_text(
	    rq, str_eq(v->paper.how, S("letter")) ? MSG_waiver_how_letter : MSG_waiver_how_meeting);
	v->may_confirm = v->paper.asked && v->paper.decides;
	if (v->paper.kind == PAPER_WAIVER) {
		TRY(load_waiver(rq, v));
	} else {
		TRY(q_invitation_show(rq->db, rq->permit, rq->mem,
		    (struct invitation_id){ v->paper.question }, &row));
		if (!row.found)
			return ERR_NOT_FOUND;
		v->asks = web_text(rq, MSG_paper_asks_plan);
		v->words = row.words;
		v->view = row.child_view;
	}
	v->view = web_word(rq, "disclose_says_", v->view.n ? v->view : S("unknown"));
	return OK;
}

static enum err paper_form(
    struct request *rq, struct response *rs, struct paper_page *v, int status)
{
	const struct web_field *all[] = { &v->seen, &v->answer, NULL };

	v->seen = web_field(rq, WEB_CHECK, "seen", MSG_paper_i_saw, MSG_none, S(""));
	v->answer =
	    web_field(rq, WEB_AREA, "answer", MSG_paper_reason, MSG_paper_reason_hint, S(""));
	v->errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, status, web_text(rq, MSG_task_paper_yes));
	paper_page_html(&rs->html, v);
	return OK;
}

static enum err paper_show(struct request *rq, struct response *rs)
{
	struct paper_page v;

	TRY(load_paper(rq, &v));
	return paper_form(rq, rs, &v, 200);
}

/* The paper has been seen: the yes counts now, as if its person had said it here. With the last
 * one it opens a new plan, or lets the asker's drawer into the one there is; the answer is the
 * same.
 */
static enum err counts(struct request *rq, const struct paper *p)
{
	TRY(paper_confirm(rq->db, rq->permit, p));
	if (p->kind == PAPER_WAIVER)
		return waiver_hear(rq->db, rq->permit, rq->mem, (struct waiver_id){ p->question },
		    &(struct waiver_heard){ p->person, true, p->how, p->checked, p->written_by });
	return invitation_hear(rq->db, rq->permit, rq->mem, (struct invitation_id){ p->question },
	    &(struct invitation_said){ p->person, true, p->how, p->checked, p->written_by });
}

static enum err paper_save(struct request *rq, struct response *rs)
{
	static const struct str dos[] = { { "yes", 3 }, { "no", 2 } };
	int what = form_choice(&rq->form, S("do"), dos, 2, true);
	struct str words = form_text(&rq->form, S("answer"), 0, 1000);
	bool seen = form_checked(&rq->form, S("seen"));
	int64_t version = web_version(rq);
	struct paper_page v;

	TRY(load_paper(rq, &v));
	if (what == 0 && !seen)
		form_mark(&rq->form, S("seen"), MSG_paper_must_see);
	if (what == 1 && words.n < 3)
		form_mark(&rq->form, S("answer"), MSG_paper_must_say);
	if (rq->form.bad)
		return paper_form(rq, rs, &v, 422);
	if (version != v.paper.version || (what == 0 && !v.may_confirm))
		return ERR_CONFLICT;
	if (what == 0)
		TRY(counts(rq, &v.paper));
	else
		TRY(paper_deny(rq->db, rq->permit, &v.paper, words));
	return rs_go_said(rq, rs, MSG_said_saved, "/tasks");
}

const struct route paper_routes[] = {
	{ HTTP_GET, "/children/{child}/plan/asked", asked_show, ACT_PLAN_START },
	{ HTTP_POST, "/children/{child}/plan/asked", asked_save, ACT_PLAN_START },
	{ HTTP_GET, "/papers/{paper}", paper_show, ACT_PAPER_READ },
	{ HTTP_POST, "/papers/{paper}", paper_save, ACT_PAPER_ANSWER },
	{ 0 },
};
