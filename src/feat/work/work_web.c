#include "feat/work/work_web.h"

#include <inttypes.h>

#include "feat/handover/handover.h"
#include "feat/plan/plan.h"
#include "feat/thread/thread.h"
#include "feat/work/work_views.h"
#include "work_html.h"

#define ROWS 40 /* children on one page: each is a look of its own */

/* What the user did to one row, kept while the page may have to come back. */
struct edit {
	struct thread_id thread;
	struct str state, date; /* as posted */
	int64_t version;        /* the form was opened with */
	bool conflict;
	enum msg problem; /* MSG_none: none */
};

struct edits {
	struct edit *v;
	size_t n, problems;
	bool gone; /* the step to be marked done was changed or done already */
};

static const struct edit *edit_of(const struct edits *edits, struct thread_id thread)
{
	for (size_t i = 0; edits && i < edits->n; i++)
		if (edits->v[i].thread.v == thread.v &&
		    (edits->v[i].conflict || edits->v[i].problem))
			return &edits->v[i];
	return NULL;
}

static void choices(const struct request *rq, struct work_row *r, struct str chosen)
{
	r->states.v = arena_array(rq->mem, struct work_choice, THREAD_STATE_COUNT);
	for (size_t i = 0; i < THREAD_STATE_COUNT; i++)
		r->states.v[r->states.n++] = (struct work_choice){ thread_states[i],
			web_word(rq, "thread_", thread_states[i]),
			str_eq(thread_states[i], chosen) };
}

static struct str sentence_of(const struct request *rq, const struct q_work_rows *row)
{
	struct plan_sentence s = { .pattern = row->pattern,
		.words = row->words,
		.who = row->owner_assignment.v == rq->actor.assignment.v ? web_text(rq, MSG_who_you)
									 : row->owner,
		.child = web_called(rq, row->given),
		.due = row->due,
		.due_minute = row->due_minute_null ? -1 : row->due_minute };

	return row->step.v ? plan_say(rq->mem, rq->lang, rq->today, &s) : S("");
}

/* One row as it stands; what the user wrote and could not be saved stands in its fields. */
static struct work_row row_of(
    const struct request *rq, const struct q_work_rows *q, const struct edits *edits)
{
	const struct edit *e = edit_of(edits, q->thread);
	struct work_row r = { .row = q,
		.name = q->given.n    ? str_fmt(rq->mem, "%.*s %.*s", STR(q->given), STR(q->family))
			: q->shielded ? web_text(rq, MSG_work_protected)
				      : web_called(rq, S("")),
		.age = age_years(q->born, rq->today),
		.sentence = q->shielded ? S("") : sentence_of(rq, q),
		.late = q->step.v && date_cmp(q->due, rq->today) < 0,
		.date = date_iso(rq->mem, q->next) };

	if (q->thread.v == 0)
		return r;
	r.was = str_fmt(
	    rq->mem, "%" PRId64 " %.*s %.*s", q->thread_version, STR(q->state), STR(r.date));
	choices(rq, &r, e ? e->state : q->state);
	if (e && e->conflict) {
		struct msg_arg args[] = { msg_arg_text(web_word(rq, "thread_", q->state)),
			msg_arg_date(q->next) };

		r.theirs = i18n_text(rq->mem, rq->lang, rq->today,
		    date_known(q->next) ? MSG_work_stands : MSG_work_stands_ended, args, 2);
	}
	if (e && e->problem)
		r.problem = web_text(rq, e->problem);
	if (e)
		r.date = e->date;
	return r;
}

static int64_t page_of(const struct request *rq)
{
	int64_t page = 1;

	if (!str_to_i64(http_get(&rq->http->query, S("page")), 1, 10000, &page))
		page = 1;
	return page;
}

static struct str lead_of(
    const struct request *rq, const struct work_page *v, bool more, size_t late)
{
	struct msg_arg args[] = { msg_arg_size(v->rows.n), msg_arg_size(late) };

	if (v->rows.n == 0)
		return web_text(rq, MSG_work_none);
	if (more || v->page > 1)
		return web_text(rq, MSG_work_lead_page);
	return late ? str_fmt(rq->mem, "%.*s %.*s",
			  STR(i18n_text(rq->mem, rq->lang, rq->today, MSG_work_lead, args, 1)),
			  STR(i18n_text(
			      rq->mem, rq->lang, rq->today, MSG_work_lead_late, args + 1, 1)))
		    : i18n_text(rq->mem, rq->lang, rq->today, MSG_work_lead, args, 1);
}

static enum err work_page(
    struct request *rq, struct response *rs, int status, const struct edits *edits)
{
	struct work_page v = { .page = page_of(rq) };
	struct q_work_rows_list rows;
	size_t late = 0, n;

	TRY(q_work_rows(rq->db, rq->permit, rq->mem, ROWS + 1, (v.page - 1) * ROWS, &rows));
	n = rows.n > ROWS ? ROWS : rows.n;
	v.rows.v = arena_array(rq->mem, struct work_row, n);
	for (size_t i = 0; i < n; i++) {
		struct work_row *r = &v.rows.v[v.rows.n++];

		*r = row_of(rq, &rows.v[i], edits);
		late +=
		    r->late || (date_known(r->row->next) && date_cmp(r->row->next, rq->today) < 0);
		v.problems += r->theirs.n || r->problem.n;
		rs_look(rs, r->row->child, "work", r->row->thread.v,
		    r->row->deputy ? STAND_DEPUTY : STAND_ENGAGEMENT);
	}
	v.before = v.page - 1;
	v.after = rows.n > ROWS ? v.page + 1 : 0;
	v.lead = edits && edits->gone ? web_text(rq, MSG_work_step_gone)
				      : lead_of(rq, &v, v.after != 0, late);
	rs->wide = true;
	rs_page(rs, status, web_text(rq, MSG_nav_work));
	TRY(handover_waiting(rq->db, rq->permit, rq->mem, &v.asked));
	work_page_html(&rs->html, &v);
	return OK;
}

static enum err work_show(struct request *rq, struct response *rs)
{
	return work_page(rq, rs, 200, NULL);
}

static int state_of(struct str code)
{
	for (int i = 0; i < THREAD_STATE_COUNT; i++)
		if (str_eq(thread_states[i], code))
			return i;
	return -1;
}

/* Saves one row that the user changed; what stands in the way is noted in *e, not answered as an
 * error: the other rows are kept. */
static enum err save_row(struct request *rq, struct response *rs, struct edit *e, struct str was)
{
	struct q_work_thread now;
	struct str version = str_cut(&was, ' '), state = str_cut(&was, ' ');
	struct form f = form_of(rq->mem, &rq->http->form);
	struct date next;
	int to = state_of(e->state);

	if (!str_to_i64(version, 1, INT64_MAX, &e->version) || to < 0)
		return ERR_INVALID;
	if (str_eq(e->state, state) && str_eq(e->date, was))
		return OK; /* untouched: what somebody else wrote meanwhile stays */
	TRY(q_work_thread(rq->db, rq->permit, rq->mem, e->thread, &now));
	if (!now.found)
		return OK; /* no longer mine: the same as if it never was */
	next = form_date(&f, str_fmt(rq->mem, "date-%" PRId64, e->thread.v), to != THREAD_ended);
	if (f.bad) {
		e->problem = MSG_work_date_needed;
		return OK;
	}
	if (now.version != e->version) {
		e->conflict = !str_eq(now.state, e->state) || date_cmp(now.next, next) != 0;
		return OK;
	}
	if (to != state_of(state) && to != THREAD_ended && date_cmp(next, rq->today) < 0) {
		e->problem = MSG_step_past;
		return OK;
	}
	TRY(thread_move(rq->db, rq->permit, rq->mem, now.child, e->thread, e->version, to, next));
	rs_look(rs, now.child, "thread", e->thread.v,
	    now.stand_deputy ? STAND_DEPUTY : STAND_ENGAGEMENT);
	return OK;
}

static enum err save_rows(struct request *rq, struct response *rs, struct edits *out)
{
	const struct http_pairs *form = &rq->http->form;

	out->v = arena_array(rq->mem, struct edit, ROWS);
	for (size_t i = 0; i < form->n; i++) {
		struct str name = form->v[i].name;
		struct edit *e;
		int64_t id;

		if (!str_starts(name, S("was-")) ||
		    !str_to_i64((struct str){ name.p + 4, name.n - 4 }, 1, INT64_MAX, &id))
			continue;
		if (out->n == ROWS)
			return ERR_INVALID;
		e = &out->v[out->n++];
		*e = (struct edit){ .thread = { id },
			.state = http_get(form, str_fmt(rq->mem, "state-%" PRId64, id)),
			.date = str_trim(http_get(form, str_fmt(rq->mem, "date-%" PRId64, id))) };
		TRY(save_row(rq, rs, e, form->v[i].value));
		out->problems += e->conflict || e->problem;
	}
	return OK;
}

/* "Klart" in a row, after what was changed is saved: decided anew for that child, as its own page
 * does. */
static enum err row_done(
    struct request *rq, struct response *rs, struct str done, struct edits *edits)
{
	const struct permit *permit;
	struct str child = str_cut(&done, ' '), step = str_cut(&done, ' ');
	struct child_id c;
	struct step_id s;
	int64_t version;
	enum err e;

	if (!str_to_i64(child, 1, INT64_MAX, &c.v) || !str_to_i64(step, 1, INT64_MAX, &s.v) ||
	    !str_to_i64(done, 1, INT64_MAX, &version))
		return ERR_INVALID;
	TRY(access_permit(rq->db, rq->mem, &rq->actor, ACT_STEP_DONE, c, rq->now_ms, &permit));
	e = plan_step_done(rq->db, permit, rq->mem, s, version, NULL);
	edits->gone = e == ERR_CONFLICT;
	if (e == OK)
		rs_look(rs, c, "step", s.v, permit_stand(permit));
	return edits->gone ? OK : e;
}

static enum err work_save(struct request *rq, struct response *rs)
{
	struct str done = http_get(&rq->http->form, S("done"));
	struct edits edits = { 0 };

	TRY(save_rows(rq, rs, &edits));
	if (done.n && edits.problems == 0)
		TRY(row_done(rq, rs, done, &edits));
	if (edits.problems || edits.gone) {
		bool conflict = edits.gone;

		for (size_t i = 0; i < edits.n; i++)
			conflict = conflict || edits.v[i].conflict;
		rs->changed = rs->n_looks != 0;
		rs->n_looks = 0; /* the page that comes back shows each child: one record each */
		return work_page(rq, rs, conflict ? 409 : 422, &edits);
	}
	return rs_go_said(rq, rs, done.n ? MSG_said_step_done : MSG_said_saved,
	    "/work?page=%" PRId64, page_of(rq));
}

const struct route work_routes[] = {
	{ HTTP_GET, "/work", work_show, ACT_WORK_READ },
	{ HTTP_POST, "/work", work_save, ACT_WORK_SAVE },
	{ 0 },
};
