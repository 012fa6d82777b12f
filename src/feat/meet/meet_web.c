#include "feat/meet/meet_web.h"

#include <inttypes.h>

#include "feat/letter/letter.h"
#include "feat/meet/ics.h"
#include "feat/meet/meet_views.h"
#include "feat/plan/plan.h"
#include "meet_html.h"
#include "q_family.h"
#include "q_meet.h"

#define WORDS_MOST 1000

static const struct str ways[] = { { "chat", 4 }, { "walk", 4 }, { "home", 4 }, { "video", 5 },
	{ "phone", 5 } };
#define WAYS 5

static bool sees_harm(const struct request *rq)
{
	struct family_eye eye = family_eye_of(rq);

	return family_sees_harm(&eye);
}

/* --- the calendar file --- */

/* Steps at which people meet; the others are things to be done by a day. */
static bool meets(struct str pattern)
{
	static const char *const all[] = { "pattern_meet", "pattern_visit", "pattern_walk",
		"pattern_come_along" };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (str_eq(pattern, str_of(all[i])))
			return true;
	return false;
}

static enum err calendar(struct request *rq, struct response *rs)
{
	struct q_meet_calendar_list rows;
	struct buf b;

	TRY(q_meet_calendar(rq->db, rq->permit, rq->mem, sees_harm(rq), &rows));
	buf_init(&b, rq->mem, 1024);
	ics_begin(&b, web_text(rq, MSG_meet_calendar_name));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_meet_calendar *r = &rows.v[i];
		struct ics_event e = { .id = r->id.v,
			.version = r->version,
			.title = web_text(rq, meets(r->pattern)             ? MSG_meet_title_meeting
					      : str_eq(r->state, S("next")) ? MSG_meet_title_next
									    : MSG_meet_title_step),
			.text = web_text(rq, MSG_meet_event_text),
			.day = r->due,
			.minute = r->due_minute_null ? -1 : r->due_minute };

		ics_put(&b, &e, rq->now_ms);
	}
	ics_end(&b);
	rs_raw(rs, 200, S("text/calendar; charset=utf-8"));
	http_header(rs->http, S("Content-Disposition"), S("attachment; filename=\"kalender.ics\""));
	buf_str(&rs->http->body, buf_text(&b));
	return OK;
}

/* --- time and way --- */

/* The family's contact reads; where there is none, the first that the family knows. */
static enum err load(struct request *rq, struct meet_page *v, struct q_meet_step *row)
{
	struct family_helpers *all = arena_new(rq->mem, struct family_helpers);
	struct q_family_child child;

	v->step.v = web_id(rq, "step");
	v->child = rq->child;
	v->self = permit_stand(rq->permit) == STAND_SELF;
	TRY(q_meet_step(rq->db, rq->permit, rq->mem, v->step, sees_harm(rq), row));
	if (!row->found)
		return ERR_NOT_FOUND;
	v->place = row->place;
	TRY(family_item(rq, S("step"), v->step.v, true, &v->sentence));
	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v->name = child.name;
	TRY(family_helpers(rq, all));
	v->lead = all->n ? &all->v[0] : NULL;
	for (size_t i = 0; i < all->n; i++)
		v->lead = all->v[i].contact && !v->lead->contact ? &all->v[i] : v->lead;
	return OK;
}

static enum err load_time(struct request *rq, struct meet_page *v)
{
	struct q_family_times_list rows;

	TRY(q_family_times(rq->db, rq->permit, rq->mem, sees_harm(rq), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_family_times *t = &rows.v[i];

		if (t->step.v == v->step.v)
			v->time = family_time_said(rq, rq->child, t->sent_ms, t->to_name,
			    t->read_ms_null ? 0 : t->read_ms,
			    t->answered_ms_null ? 0 : t->answered_ms);
	}
	return OK;
}

static enum err page(
    struct request *rq, struct response *rs, struct meet_page *v, const struct q_meet_step *row)
{
	v->words = web_field(rq, WEB_AREA, "words", MSG_meet_words, MSG_meet_words_hint, S(""));
	v->how = web_field(rq, WEB_RADIO, "how", MSG_meet_how, MSG_none, row->how);
	web_options(rq, &v->how, WAYS);
	for (size_t i = 0; i < WAYS; i++)
		web_option(&v->how, ways[i], web_word(rq, "meet_way_", ways[i]), S(""));
	TRY(load_time(rq, v));
	v->errors = web_errors(rq, (const struct web_field *const[]){ &v->words, &v->how, NULL });
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_meet_page));
	meet_page_html(&rs->html, v);
	return OK;
}

static enum err show(struct request *rq, struct response *rs)
{
	struct meet_page v = { 0 };
	struct q_meet_step row;

	TRY(load(rq, &v, &row));
	return page(rq, rs, &v, &row);
}

/* As staff read it: in Swedish, with names and not "you". */
static enum err step_for_staff(struct request *rq, struct meet_page *v, struct str *out)
{
	struct q_family_item_step r;
	struct plan_sentence s;

	TRY(q_family_item_step(
	    rq->db, rq->permit, rq->mem, (struct item_id){ v->step.v }, sees_harm(rq), &r));
	if (!r.found)
		return ERR_NOT_FOUND;
	s = (struct plan_sentence){ .pattern = r.pattern,
		.words = r.words,
		.who = r.owner.v ? r.owner_given : r.who,
		.child = v->name,
		.due = r.due,
		.due_minute = r.due_minute_null ? -1 : r.due_minute };
	*out = plan_say(rq->mem, i18n_langs[0], rq->today, &s);
	return OK;
}

/* Who is unsure whether it was received sends it twice: words that wait for an answer already are
 * not sent again, and none add nothing. After an answer it is a new question. */
static enum err said_before(
    struct request *rq, struct step_id step, struct str own, struct str letter, bool *before)
{
	struct q_meet_said_list rows;

	TRY(q_meet_said(rq->db, rq->permit, rq->mem, step, &rows));
	*before = false;
	for (size_t i = 0; i < rows.n && rows.v[i].answered_ms_null; i++)
		*before = *before || !own.n || str_eq(rows.v[i].words, letter);
	return OK;
}

/* One tap: a letter to who carries the plan, with one's own words if there are any. It climbs as
 * letters do when nobody reads it (promise 11). */
static enum err other_time(struct request *rq, struct response *rs)
{
	struct meet_page v = { 0 };
	struct q_meet_step row;
	struct str words = form_text(&rq->form, S("words"), 0, WORDS_MOST), step;
	struct msg_arg arg;
	bool before;

	TRY(load(rq, &v, &row));
	if (!v.lead)
		return ERR_NOT_FOUND;
	if (rq->form.bad)
		return page(rq, rs, &v, &row);
	TRY(step_for_staff(rq, &v, &step));
	arg = msg_arg_text(step);
	step = i18n_text(rq->mem, i18n_langs[0], rq->today, MSG_meet_letter, &arg, 1);
	if (words.n)
		step = str_fmt(rq->mem, "%.*s\n\n%.*s", STR(step), STR(words));
	TRY(said_before(rq, v.step, words, step, &before));
	if (!before)
		TRY(letter_about_time(rq->db, rq->permit, v.step, row.due,
		    row.due_minute_null ? -1 : row.due_minute, v.lead->assignment, step));
	rs_look(rs, rq->child, "step", v.step.v, permit_stand(rq->permit));
	return rs_go_said(rq, rs, before ? MSG_said_meet_before : MSG_said_meet_sent,
	    "/children/%" PRId64 "/letters", rq->child.v);
}

/* The youth's own choice, and nobody else's. */
static enum err choose_how(struct request *rq, struct response *rs)
{
	struct meet_page v = { 0 };
	struct q_meet_step row;
	int way = form_choice(&rq->form, S("how"), ways, WAYS, true);

	if (permit_stand(rq->permit) != STAND_SELF)
		return ERR_DENIED;
	TRY(load(rq, &v, &row));
	if (rq->form.bad)
		return page(rq, rs, &v, &row);
	TRY(plan_step_how(rq->db, rq->permit, v.step, ways[way]));
	rs_look(rs, rq->child, "step", v.step.v, permit_stand(rq->permit));
	return rs_go_said(rq, rs, MSG_said_saved, "/steps/%" PRId64 "/meet", v.step.v);
}

const struct route meet_routes[] = {
	{ HTTP_GET, "/children/{child}/calendar.ics", calendar, ACT_PLAN_READ },
	{ HTTP_GET, "/steps/{step}/meet", show, ACT_PLAN_READ },
	{ HTTP_POST, "/steps/{step}/other-time", other_time, ACT_LETTER_WRITE },
	{ HTTP_POST, "/steps/{step}/how", choose_how, ACT_STEP_HOW },
	{ 0 },
};
