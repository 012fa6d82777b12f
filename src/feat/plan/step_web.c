/* Steps: "done, and the next step is ...", one more, other words, made next, not to be. From a
 * sentence pattern that exists in every language, or free text (promise 18). */
#include <inttypes.h>

#include "feat/plan/plan.h"
#include "feat/plan/plan_web.h"
#include "feat/share/share.h"
#include "q_plan.h"
#include "web/sheet.h"

/* Patterns that staff choose from, each with {1} who, {2} by when, {3} whom or what. */
static const char *const patterns[] = { "pattern_call", "pattern_call_by", "pattern_write",
	"pattern_meet", "pattern_book", "pattern_invite", "pattern_visit", "pattern_walk",
	"pattern_ask", "pattern_answer", "pattern_refer", "pattern_apply", "pattern_start",
	"pattern_try", "pattern_follow", "pattern_tell_queue", "pattern_decide", "pattern_assess",
	"pattern_come_along", "pattern_show", "pattern_give", "pattern_choose", "pattern_schedule",
	"pattern_adapt", "pattern_talk_child", "pattern_visit_together", "pattern_back" };
#define PATTERNS (sizeof patterns / sizeof patterns[0])
#define EXAMPLE_DAYS 7

struct step_form {
	struct web_sheet *sheet;
	struct q_plan_now plan;
	struct q_plan_people_list people;
};

/* Where the reader's own page of the child is. */
static struct str child_path(const struct request *rq)
{
	return str_fmt(rq->mem, "/children/%" PRId64, rq->child.v);
}

static void pattern_field(struct request *rq, struct web_sheet *s, struct str now)
{
	struct web_field *f = web_sheet_field(rq, s, WEB_SELECT, "pattern", MSG_step_pattern,
	    MSG_step_pattern_hint, now.n ? now : S("free"));

	web_options(rq, f, PATTERNS + 1);
	web_option(f, S("free"), web_text(rq, MSG_step_free), S(""));
	for (size_t i = 0; i < PATTERNS; i++) {
		struct plan_sentence example = { .pattern = str_of(patterns[i]),
			.words = S("…"),
			.who = web_text(rq, MSG_step_somebody),
			.due = date_add_days(rq->today, EXAMPLE_DAYS),
			.due_minute = -1 };

		web_option(f, str_of(patterns[i]), plan_say(rq->mem, rq->lang, rq->today, &example),
		    S(""));
	}
}

static void who_field(struct request *rq, struct step_form *sf, struct str now)
{
	struct web_field *f =
	    web_sheet_field(rq, sf->sheet, WEB_SELECT, "who", MSG_step_who, MSG_none, now);

	web_options(rq, f, sf->people.n);
	for (size_t i = 0; i < sf->people.n; i++) {
		const struct q_plan_people *p = &sf->people.v[i];
		bool me = p->rank == 0;

		if (i && p->who == sf->people.v[i - 1].who)
			continue; /* known by two sources: once */
		web_option(f, str_fmt(rq->mem, "%.*s%" PRId64, STR(p->kind), p->who),
		    me             ? web_text(rq, MSG_step_me)
		    : p->rank == 4 ? web_called(rq, p->name)
				   : p->name,
		    S(""));
	}
}

static struct str who_of(const struct request *rq, const struct q_plan_step_now *s)
{
	if (s->assignment.v)
		return str_fmt(rq->mem, "a%" PRId64, s->assignment.v);
	return s->person.v ? str_fmt(rq->mem, "p%" PRId64, s->person.v)
			   : str_fmt(rq->mem, "y%" PRId64, s->party.v);
}

static struct str clock_of(const struct request *rq, const struct q_plan_step_now *s)
{
	return s->due_minute_null ? S("")
				  : str_fmt(rq->mem, "%02d.%02d", (int)(s->due_minute / 60),
					(int)(s->due_minute % 60));
}

/* now: the step as it stands; NULL: a new one. */
static void fields(struct request *rq, struct step_form *sf, const struct q_plan_step_now *now)
{
	struct web_sheet *s = sf->sheet;

	pattern_field(rq, s, now ? now->pattern : S(""));
	web_sheet_field(
	    rq, s, WEB_TEXT, "words", MSG_step_what, MSG_step_what_hint, now ? now->words : S(""));
	who_field(
	    rq, sf, now ? who_of(rq, now) : str_fmt(rq->mem, "a%" PRId64, rq->actor.assignment.v));
	web_sheet_field(rq, s, WEB_DATE, "due", MSG_step_by, MSG_none,
	    now ? date_iso(rq->mem, now->due) : S(""));
	web_sheet_field(rq, s, WEB_TEXT, "clock", MSG_step_time, MSG_step_time_hint,
	    now ? clock_of(rq, now) : S(""));
	web_sheet_field(
	    rq, s, WEB_TEXT, "place", MSG_step_place, MSG_none, now ? now->place : S(""));
	web_sheet_field(
	    rq, s, WEB_TEXT, "reason", MSG_step_reason, MSG_none, now ? now->reason : S(""));
	web_sheet_field(rq, s, WEB_CHECK, "harm", MSG_step_harm, MSG_step_harm_hint,
	    now && now->harm ? S("1") : S(""));
	s->advice = true;
}

static struct html_raw readers_box(struct request *rq, const struct share_readers *readers)
{
	struct html h;

	html_init(&h, rq->mem, rq->lang, rq->today);
	share_readers_html(&h, readers);
	return html_raw(buf_text(&h.out));
}

enum err plan_readers(struct request *rq, const char *kind, int64_t item, struct html_raw *out)
{
	struct share_what what = { .child = rq->child,
		.kind = kind,
		.item = item,
		.holder = rq->actor.drawer,
		.harm = rq->form.pairs && form_checked(&rq->form, S("harm")) };
	struct share_readers readers;

	TRY(share_readers(rq->db, rq->permit, rq->mem, &what, &readers));
	*out = readers_box(rq, &readers);
	return OK;
}

/* "15.30", "15:30" or "15" in minutes after midnight; -1: none given. */
static int64_t read_clock(struct request *rq)
{
	struct str rest = form_text(&rq->form, S("clock"), 0, 5), hours;
	int64_t h = 0, m = 0;

	if (rest.n == 0)
		return -1;
	hours = str_cut(&rest, str_has(rest, S(":")) ? ':' : '.');
	if (!str_to_i64(hours, 0, 23, &h) || (rest.n && !str_to_i64(rest, 0, 59, &m)))
		form_mark(&rq->form, S("clock"), MSG_step_clock_wrong);
	return h * 60 + m;
}

static void read_who(struct request *rq, const struct step_form *sf, struct plan_next *out)
{
	struct str who = form_text(&rq->form, S("who"), 1, 24);
	bool known = false;

	for (size_t i = 0; i < sf->people.n; i++) {
		const struct q_plan_people *p = &sf->people.v[i];

		if (!str_eq(who, str_fmt(rq->mem, "%.*s%" PRId64, STR(p->kind), p->who)))
			continue;
		known = true;
		if (str_eq(p->kind, S("a")))
			out->assignment.v = p->who;
		else if (str_eq(p->kind, S("p")))
			out->person.v = p->who;
		else
			out->party.v = p->who;
		break;
	}
	if (!known)
		form_mark(&rq->form, S("who"), MSG_step_no_who);
}

/* Every field is read; a next step needs a day (promise 1). was: the day it had, which may lie
 * behind. */
static struct plan_next read_step(
    struct request *rq, const struct step_form *sf, bool next, struct date was)
{
	struct form *f = &rq->form;
	struct str pattern = form_text(f, S("pattern"), 0, 40);
	struct plan_next n = { .words = form_text(f, S("words"), 0, 400),
		.place = form_text(f, S("place"), 0, 120),
		.reason = form_text(f, S("reason"), 0, 1000),
		.due = form_date(f, S("due"), false),
		.harm = form_checked(f, S("harm")) };

	for (size_t i = 0; i < PATTERNS; i++)
		if (str_eq(pattern, str_of(patterns[i])))
			n.pattern = str_of(patterns[i]);
	if (n.words.n == 0)
		form_mark(f, S("words"), MSG_step_no_words);
	if ((next || n.pattern.n) && !date_known(n.due))
		form_mark(f, S("due"), MSG_step_no_date);
	if (date_known(n.due) && date_cmp(n.due, rq->today) < 0 && date_cmp(n.due, was) != 0)
		form_mark(f, S("due"), MSG_step_past);
	n.due_minute = read_clock(rq);
	read_who(rq, sf, &n);
	return n;
}

static enum err begin(struct request *rq, struct step_form *sf, enum msg title, enum msg submit,
    struct str action, int64_t item)
{
	TRY(q_plan_now(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), &sf->plan));
	if (!sf->plan.found)
		return ERR_NOT_FOUND;
	TRY(q_plan_people(rq->db, rq->permit, rq->mem, sf->plan.plan, &sf->people));
	sf->sheet =
	    web_sheet(rq, title, submit, child_path(rq), web_text(rq, MSG_step_back), action);
	return plan_readers(rq, "step", item, &sf->sheet->readers);
}

static enum err show(struct request *rq, struct response *rs, struct step_form *sf)
{
	rs->wide = true;
	web_sheet_show(rq, rs, sf->sheet);
	return OK;
}

/* --- done, and the next step is ... --- */

static enum err begin_next(struct request *rq, struct step_form *sf, struct q_plan_step_now *now)
{
	struct step_id step = { web_id(rq, "step") };
	struct q_plan_step_seen seen;

	if (permit_family(rq->permit))
		return ERR_NOT_FOUND; /* the family marks what it did; the lead says what comes */
	TRY(q_plan_step_seen(
	    rq->db, rq->permit, rq->mem, step, permit_since_ms(rq->permit), &seen));
	TRY(q_plan_step_now(rq->db, rq->permit, rq->mem, step, now));
	if (!seen.found || !now->found)
		return ERR_NOT_FOUND;
	/* Who may see it is told that somebody else was first, not that there is no such step. */
	if (!str_eq(now->state, S("next")))
		return ERR_CONFLICT;
	return begin(rq, sf, MSG_step_next_title, MSG_step_next_save,
	    str_fmt(rq->mem, "/steps/%" PRId64 "/next", step.v), 0);
}

static enum err next_page(struct request *rq, struct response *rs, struct step_form *sf,
    const struct q_plan_step_now *now)
{
	struct plan_sentence s = { .pattern = now->pattern,
		.words = now->words,
		.who = now->assignment.v == rq->actor.assignment.v ? web_text(rq, MSG_who_you)
								   : sf->plan.lead_name,
		.due = now->due,
		.due_minute = -1,
		.done = true };
	struct msg_arg done = msg_arg_text(plan_say(rq->mem, rq->lang, rq->today, &s));
	struct msg_arg lead = msg_arg_text(sf->plan.lead_name);

	sf->sheet->lead = i18n_text(rq->mem, rq->lang, rq->today, MSG_step_next_lead, &done, 1);
	if (!sf->plan.reaches)
		sf->sheet->note =
		    i18n_text(rq->mem, rq->lang, rq->today, MSG_step_not_reached, &lead, 1);
	sf->sheet->version = now->version;
	fields(rq, sf, NULL);
	return show(rq, rs, sf);
}

static enum err next_show(struct request *rq, struct response *rs)
{
	struct step_form sf;
	struct q_plan_step_now now;

	TRY(begin_next(rq, &sf, &now));
	return next_page(rq, rs, &sf, &now);
}

static enum err next_save(struct request *rq, struct response *rs)
{
	struct step_form sf;
	struct q_plan_step_now now;
	struct plan_next next;
	int64_t version = web_version(rq);

	TRY(begin_next(rq, &sf, &now));
	next = read_step(rq, &sf, true, (struct date){ 0 });
	if (!sf.plan.reaches)
		form_mark(&rq->form, S("words"), MSG_form_wrong);
	if (rq->form.bad)
		return next_page(rq, rs, &sf, &now);
	TRY(plan_step_done(rq->db, rq->permit, rq->mem, now.id, version, &next));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
}

/* --- one more step, for later --- */

static enum err begin_new(struct request *rq, struct step_form *sf)
{
	TRY(begin(rq, sf, MSG_step_add, MSG_frame_save,
	    str_fmt(rq->mem, "/plans/%" PRId64 "/steps/new", web_id(rq, "plan")), 0));
	return sf->plan.plan.v == web_id(rq, "plan") ? OK : ERR_NOT_FOUND;
}

static enum err new_show(struct request *rq, struct response *rs)
{
	struct step_form sf;

	TRY(begin_new(rq, &sf));
	fields(rq, &sf, NULL);
	return show(rq, rs, &sf);
}

static enum err new_save(struct request *rq, struct response *rs)
{
	struct step_form sf;
	struct step_id made;
	struct plan_next step;

	TRY(begin_new(rq, &sf));
	step = read_step(rq, &sf, false, (struct date){ 0 });
	if (rq->form.bad) {
		fields(rq, &sf, NULL);
		return show(rq, rs, &sf);
	}
	TRY(plan_step_put(rq->db, rq->permit, rq->mem, sf.plan.plan, &step, &made));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
}

/* --- other words; made next; not to be --- */

static enum err begin_edit(struct request *rq, struct step_form *sf, struct q_plan_step_now *now)
{
	struct step_id step = { web_id(rq, "step") };
	struct q_plan_step_seen seen;

	TRY(q_plan_step_seen(
	    rq->db, rq->permit, rq->mem, step, permit_since_ms(rq->permit), &seen));
	TRY(q_plan_step_now(rq->db, rq->permit, rq->mem, step, now));
	if (!seen.found || !now->found || now->drawer.v != rq->actor.drawer.v ||
	    (!str_eq(now->state, S("next")) && !str_eq(now->state, S("later"))))
		return ERR_NOT_FOUND;
	return begin(rq, sf, MSG_step_edit_title, MSG_frame_save,
	    str_fmt(rq->mem, "/steps/%" PRId64 "/edit", step.v), step.v);
}

static enum err edit_page(struct request *rq, struct response *rs, struct step_form *sf,
    const struct q_plan_step_now *now)
{
	sf->sheet->version = now->version;
	fields(rq, sf, now);
	if (str_eq(now->state, S("later"))) {
		web_sheet_button(rq, sf->sheet, "do", "next", MSG_step_make_next);
		web_sheet_button(rq, sf->sheet, "do", "drop", MSG_step_drop);
	}
	return show(rq, rs, sf);
}

static enum err edit_show(struct request *rq, struct response *rs)
{
	struct step_form sf;
	struct q_plan_step_now now;

	TRY(begin_edit(rq, &sf, &now));
	return edit_page(rq, rs, &sf, &now);
}

static enum err edit_save(struct request *rq, struct response *rs)
{
	struct str what = http_get(&rq->http->form, S("do"));
	struct step_form sf;
	struct q_plan_step_now now;
	struct plan_next step;
	int64_t version = web_version(rq);

	TRY(begin_edit(rq, &sf, &now));
	if (str_eq(what, S("drop"))) {
		TRY(plan_step_drop(rq->db, rq->permit, rq->mem, now.id, version));
		return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
	}
	step = read_step(rq, &sf, str_eq(now.state, S("next")) || what.n, now.due);
	if (str_eq(what, S("next")) && !sf.plan.reaches)
		form_mark(&rq->form, S("words"), MSG_form_wrong);
	if (rq->form.bad)
		return edit_page(rq, rs, &sf, &now);
	sf.sheet->conflict = now.version != version;
	if (sf.sheet->conflict)
		return edit_page(rq, rs, &sf, &now);
	TRY(plan_step_change(rq->db, rq->permit, rq->mem, now.id, version, &step));
	if (str_eq(what, S("next")))
		TRY(plan_step_make_next(rq->db, rq->permit, rq->mem, now.id, version + 1));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
}

const struct route step_routes[] = {
	{ HTTP_GET, "/steps/{step}/next", next_show, ACT_STEP_DONE },
	{ HTTP_POST, "/steps/{step}/next", next_save, ACT_STEP_DONE },
	{ HTTP_GET, "/plans/{plan}/steps/new", new_show, ACT_STEP_EDIT },
	{ HTTP_POST, "/plans/{plan}/steps/new", new_save, ACT_STEP_EDIT },
	{ HTTP_GET, "/steps/{step}/edit", edit_show, ACT_STEP_EDIT },
	{ HTTP_POST, "/steps/{step}/edit", edit_save, ACT_STEP_EDIT },
	{ 0 },
};
