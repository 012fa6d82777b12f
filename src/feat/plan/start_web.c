/* Starting a plan: the asker's form, and the family's answer. */
#include <inttypes.h>

#include "access/consent.h"
#include "feat/plan/invitation.h"
#include "feat/plan/plan_views.h"
#include "feat/plan/plan_web.h"
#include "plan_html.h"
#include "q_invitation.h"
#include "q_plan.h"
#include "web/sheet.h"

static const struct str whom[] = { { "family", 6 }, { "own", 3 }, { "several", 7 } };
static const struct str hows[] = { { "meeting", 7 }, { "letter", 6 } };
static const struct str views[] = { { "agrees", 6 }, { "objects", 7 }, { "unknown", 7 } };

static const enum msg view_words[] = { MSG_disclose_says_agrees, MSG_disclose_says_objects,
	MSG_disclose_says_unknown };

/* Names that one form has room for; more who decide are asked, but answer for themselves. */
#define SAID_MOST 16

static struct str yes_name(const struct request *rq, struct person_id p)
{
	return str_fmt(rq->mem, "yes-%" PRId64, p.v);
}

static void whom_field(struct request *rq, struct web_sheet *s)
{
	struct web_field *f =
	    web_sheet_field(rq, s, WEB_RADIO, "with", MSG_start_with, MSG_none, S("own"));

	web_options(rq, f, 3);
	web_option(f, whom[0], web_text(rq, MSG_start_family), S(""));
	web_option(f, whom[1], web_text(rq, MSG_start_one), S(""));
	web_option(f, whom[2], web_text(rq, MSG_start_many), web_text(rq, MSG_start_many_text));
}

/* A yes at a meeting or on paper: who said it, and how staff knew who it was. */
static enum err said_fields(
    struct request *rq, struct web_sheet *s, const struct invitation_people *people)
{
	struct web_field *f;
	struct str told;

	TRY(plan_paper_told(rq, &told));

	for (size_t i = 0; i < people->n && i < SAID_MOST; i++) {
		struct msg_arg name = msg_arg_text(people->v[i].name);

		if (people->v[i].name.n == 0)
			continue; /* not known to the asker's drawer: asked, but not named */
		f = web_sheet_field(rq, s, WEB_CHECK,
		    str_c(rq->mem, yes_name(rq, people->v[i].person)), MSG_start_how, MSG_none,
		    S(""));
		f->label = i18n_text(rq->mem, rq->lang, rq->today, MSG_start_said, &name, 1);
	}
	f = web_sheet_field(rq, s, WEB_SELECT, "how", MSG_start_how, MSG_none, S("meeting"));
	f->hint = told;
	web_options(rq, f, 2);
	web_option(f, hows[0], web_text(rq, MSG_start_how_meeting), S(""));
	web_option(f, hows[1], web_text(rq, MSG_start_how_letter), S(""));
	web_sheet_field(rq, s, WEB_TEXT, "checked", MSG_start_checked, MSG_none, S(""));
	/* What the child says of it is on record beside a yes on paper, too (SoL 3:1, 1.37). */
	f = web_sheet_field(
	    rq, s, WEB_RADIO, "view", MSG_ask_child_view, MSG_start_view_hint, S(""));
	web_options(rq, f, 3);
	for (size_t i = 0; i < 3; i++)
		web_option(f, views[i], web_text(rq, view_words[i]), S(""));
	web_sheet_field(rq, s, WEB_TEXT, "view_how", MSG_ask_child_how, MSG_none, S(""));
	return OK;
}

static enum err start_page(
    struct request *rq, struct response *rs, const struct invitation_people *people)
{
	struct q_invitation_child child;
	struct web_sheet *s;
	struct str back = str_fmt(rq->mem, "/children/%" PRId64, rq->child.v);

	TRY(q_invitation_child(rq->db, rq->permit, rq->mem, &child));
	s = web_sheet(rq, MSG_start_title, MSG_start_send, back, web_called(rq, child.name),
	    str_fmt(rq->mem, "/children/%" PRId64 "/plan/start", rq->child.v));
	s->lead = web_text(rq, MSG_start_lead);
	if (people->nobody)
		s->note = web_text(rq, MSG_start_nobody);
	whom_field(rq, s);
	web_sheet_field(rq, s, WEB_AREA, "words", MSG_start_words, MSG_none, S(""));
	web_sheet_field(
	    rq, s, WEB_DATE, "noticed", MSG_start_noticed, MSG_start_noticed_hint, S(""));
	web_sheet_field(rq, s, WEB_TEXT, "next_words", MSG_start_next, MSG_start_next_hint, S(""));
	web_sheet_field(rq, s, WEB_DATE, "next", MSG_step_by, MSG_none, S(""));
	web_sheet_field(
	    rq, s, WEB_AREA, "parties", MSG_start_outside, MSG_start_outside_hint, S(""));
	TRY(said_fields(rq, s, people));
	s->advice = true;
	rs->wide = true;
	web_sheet_show(rq, rs, s);
	return OK;
}

static enum err start_show(struct request *rq, struct response *rs)
{
	struct invitation_people people;
	struct q_plan_now plan;

	TRY(q_plan_now(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), &plan));
	if (plan.found)
		return rs_go(rs, "/children/%" PRId64, rq->child.v);
	TRY(invitation_people(rq->db, rq->permit, rq->mem, &people));
	return start_page(rq, rs, &people);
}

static struct invitation_ask read_ask(struct request *rq)
{
	struct form *f = &rq->form;
	int with = form_choice(f, S("with"), whom, 3, true);
	int view = form_choice(f, S("view"), views, 3, false);
	struct invitation_ask a = { .words = form_text(f, S("words"), 1, 2000),
		.noticed = form_date(f, S("noticed"), false),
		.next_words = form_text(f, S("next_words"), 0, 400),
		.next = form_date(f, S("next"), false),
		.parties = form_text(f, S("parties"), 0, 800) };

	a.child_view = view >= 0 ? views[view] : (struct str){ 0 };
	a.child_how = form_text(f, S("view_how"), 0, 300);
	if (a.child_how.n == 0)
		a.child_how = (struct str){ 0 };
	a.with_whom = with >= 0 ? whom[with] : S("");
	if (date_cmp(a.noticed, rq->today) > 0)
		form_mark(f, S("noticed"), MSG_start_noticed_future);
	if (a.next_words.n && !date_known(a.next))
		form_mark(f, S("next"), MSG_step_no_date);
	if (date_known(a.next) && date_cmp(a.next, rq->today) < 0)
		form_mark(f, S("next"), MSG_step_past);
	if (date_known(a.next) && a.next_words.n == 0)
		form_mark(f, S("next_words"), MSG_step_no_words);
	return a;
}

/* What was said already; every yes on paper needs to say how staff knew who it was. */
static struct paper_note *read_said(struct request *rq, const struct invitation_people *people,
    const struct invitation_ask *ask, size_t *n)
{
	struct paper_note *all = arena_array(rq->mem, struct paper_note, people->n);
	struct str checked = form_text(&rq->form, S("checked"), 0, 400);
	int how = form_choice(&rq->form, S("how"), hows, 2, false);

	*n = 0;
	for (size_t i = 0; i < people->n && i < SAID_MOST; i++)
		if (people->v[i].name.n &&
		    form_checked(&rq->form, yes_name(rq, people->v[i].person)))
			all[(*n)++] = (struct paper_note){ .kind = PAPER_INVITATION,
				.person = people->v[i].person,
				.how = how >= 0 ? hows[how] : hows[0],
				.checked = checked };
	if (*n && checked.n == 0)
		form_mark(&rq->form, S("checked"), MSG_start_checked_needed);
	/* From 12 the child's view has to be on record (1.37). */
	if (*n && permit_age(rq->permit) >= waiver_ages_usual().view_from &&
	    (!ask->child_view.n || str_eq(ask->child_view, S("unknown"))))
		form_mark(&rq->form, S("view"), MSG_law_child_view_missing);
	if (*n && ask->child_view.n && !str_eq(ask->child_view, S("unknown")) && !ask->child_how.n)
		form_mark(&rq->form, S("view_how"), MSG_start_view_how);
	return all;
}

static enum err start_save(struct request *rq, struct response *rs)
{
	struct invitation_people people;
	struct invitation_ask ask;
	struct paper_note *said;
	struct invitation_id invitation;
	struct q_invitation_open open;
	struct paper_second second;
	size_t n;

	TRY(invitation_people(rq->db, rq->permit, rq->mem, &people));
	ask = read_ask(rq);
	said = read_said(rq, &people, &ask, &n);
	if (people.nobody)
		form_mark(&rq->form, S("words"), MSG_start_nobody);
	TRY(q_invitation_open(rq->db, rq->permit, rq->mem, &open));
	if (open.found)
		form_mark(&rq->form, S("words"), MSG_start_asked_already);
	TRY(paper_second(rq->db, rq->permit, rq->mem, &second));
	if (n && !second.found)
		form_mark(&rq->form, S("how"), MSG_paper_nobody);
	if (rq->form.bad)
		return start_page(rq, rs, &people);
	TRY(invitation_ask(rq->db, rq->permit, rq->mem, &ask, &people, &invitation));
	/* A yes on paper opens nothing here, whatever there is elsewhere (promise 7): it counts
	 * when another has seen the paper. */
	for (size_t i = 0; i < n; i++) {
		said[i].question = invitation.v;
		TRY(paper_write(rq->db, rq->permit, &said[i], &second));
	}
	return rs_go_said(rq, rs, MSG_start_sent, "/children/%" PRId64, rq->child.v);
}

/* What staff wrote down as a yes, and how to take it back: before it counts, and after. Where the
 * yes has let somebody into a plan it is a yes to sharing, which ends with its consequences told.
 */
static enum err papers(struct request *rq, struct invitation_page *v)
{
	bool asked = str_eq(v->row.state, S("asked"));

	TRY(paper_rows(rq, v->id.v, asked,
	    str_fmt(rq->mem, "/invitations/%" PRId64 "/paper", v->id.v), &v->papers));
	v->ends_sharing = v->papers.counted && !asked && v->row.waiver.v;
	v->tells_lead = v->papers.counted && !asked && !v->row.waiver.v && v->row.plan.v;
	return OK;
}

static enum err invitation_show(struct request *rq, struct response *rs)
{
	struct invitation_page v = { .id = { web_id(rq, "invitation") },
		.age = permit_age(rq->permit) };
	struct q_plan_of_child plan;
	struct q_invitation_child child;

	TRY(q_invitation_show(rq->db, rq->permit, rq->mem, v.id, &v.row));
	if (!v.row.found || v.row.says.n == 0)
		return ERR_NOT_FOUND; /* not asked: the same as none */
	TRY(q_invitation_child(rq->db, rq->permit, rq->mem, &child));
	TRY(q_plan_of_child(rq->db, rq->permit, rq->mem, &plan));
	v.child = web_called(rq, child.name);
	v.has_plan = plan.found;
	v.open = str_eq(v.row.state, S("asked")) && str_eq(v.row.says, S("asked"));
	v.yes = str_eq(v.row.says, S("yes"));
	v.asks_view = permit_stand(rq->permit) != STAND_SELF && v.age >= 12;
	TRY(papers(rq, &v));
	rs_page(rs, 200, web_text(rq, MSG_invite_title));
	invitation_page_html(&rs->html, &v);
	return OK;
}

static enum err invitation_answer(struct request *rq, struct response *rs)
{
	static const struct str answers[] = { { "yes", 3 }, { "no", 2 } };
	struct invitation_id id = { web_id(rq, "invitation") };
	int answer = form_choice(&rq->form, S("answer"), answers, 2, true);
	int view = form_choice(&rq->form, S("view"), views, 3, false);
	struct invitation_said said = {
		.person = rq->actor.person, .yes = answer == 0, .how = S("signed_in")
	};
	struct q_invitation_show row;

	if (rq->form.bad)
		return ERR_INVALID;
	TRY(q_invitation_show(rq->db, rq->permit, rq->mem, id, &row));
	if (!row.found || row.says.n == 0)
		return ERR_NOT_FOUND;
	if (view >= 0)
		TRY(q_invitation_view(rq->db, rq->permit, id, views[view]));
	TRY(invitation_hear(rq->db, rq->permit, rq->mem, id, &said));
	return rs_go_said(rq, rs, said.yes ? MSG_invite_said_yes : MSG_invite_said_no,
	    "/invitations/%" PRId64, id.v);
}

static enum err invitation_paper(struct request *rq, struct response *rs)
{
	struct invitation_id id = { web_id(rq, "invitation") };
	struct q_invitation_show row;
	bool counted;

	TRY(q_invitation_show(rq->db, rq->permit, rq->mem, id, &row));
	if (!row.found || row.says.n == 0)
		return ERR_NOT_FOUND;
	if (row.waiver.v)
		return ERR_CONFLICT; /* a yes to sharing: taken back at its own page */
	TRY(paper_take_back(rq->db, rq->permit, rq->mem, id.v, &counted));
	if (counted && str_eq(row.state, S("asked")))
		TRY(invitation_unhear(rq->db, rq->permit, id));
	if (counted && row.plan.v)
		TRY(paper_tell_lead(rq->db, rq->permit, row.plan));
	return rs_go_said(rq, rs, MSG_paper_said_back, "/invitations/%" PRId64, id.v);
}

const struct route start_routes[] = {
	{ HTTP_GET, "/children/{child}/plan/start", start_show, ACT_PLAN_START },
	{ HTTP_POST, "/children/{child}/plan/start", start_save, ACT_PLAN_START },
	{ HTTP_GET, "/invitations/{invitation}", invitation_show, ACT_INVITATION_ANSWER },
	{ HTTP_POST, "/invitations/{invitation}", invitation_answer, ACT_INVITATION_ANSWER },
	{ HTTP_POST, "/invitations/{invitation}/paper", invitation_paper, ACT_INVITATION_ANSWER },
	{ 0 },
};
