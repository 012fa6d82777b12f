#include "feat/family/family_line.h"

#include <inttypes.h>
#include <stdlib.h>

#include "family_html.h"
#include "feat/family/family_views.h"
#include "feat/plan/plan.h"
#include "web/kept.h"

/* Events on a page: with fewer than this there is no older page, and nothing is counted. */
#define PAGE 20

struct line {
	struct request *rq;
	struct family_eye eye;
	struct str name;
	struct family_event *v;
	size_t n;
};

static struct str say(const struct line *l, enum msg m, struct str arg)
{
	struct msg_arg a = msg_arg_text(arg);

	return i18n_text(l->rq->mem, l->rq->lang, l->rq->today, (int)m, &a, 1);
}

static void put(
    struct line *l, int64_t at_ms, int64_t id, const char *kind, struct str title, struct str text)
{
	l->v[l->n++] = (struct family_event){ at_ms, id, date_of_ms(at_ms), kind, title, text };
}

static void put_day(struct line *l, const struct q_family_days *d)
{
	struct request *rq = l->rq;
	int64_t at = date_start_ms(d->day), id = d->id.v;
	enum msg m;

	if (str_eq(d->kind, S("thread"))) {
		if (family_sees_thread(&l->eye, d->regime, d->in_plan != 0, d->harm != 0))
			put(l, at, id, str_eq(d->state, S("waiting_you")) ? "now" : "", d->words,
			    family_state(rq, d->state));
		return;
	}
	if (!family_sees_agreed(&l->eye, ITEM_PLAN, d->harm != 0))
		return;
	if (str_eq(d->kind, S("began")))
		put(l, at, id, "", web_text(rq, MSG_line_plan_began), S(""));
	else if (str_eq(d->kind, S("closed")))
		put(l, at, id, "", web_text(rq, MSG_line_plan_closed), d->words);
	else if (str_eq(d->kind, S("measure")))
		put(l, at, id, "", d->words, web_text(rq, MSG_line_measure_began));
	else if (str_eq(d->kind, S("measure_end")))
		put(l, at, id, "", d->words, web_text(rq, MSG_line_measure_ended));
	else if (msg_of_key(str_fmt(rq->mem, "sip_kind_%.*s", STR(d->words)), &m))
		put(l, at, id, "", web_text(rq, m), S(""));
}

static void put_moment(struct line *l, const struct q_family_moments *t)
{
	struct request *rq = l->rq;
	struct plan_sentence p = { .pattern = t->pattern,
		.words = t->words,
		.who = t->owner.v == rq->actor.person.v && t->owner.v ? web_text(rq, MSG_who_you)
		       : t->owner.v                                   ? t->owner_given
								      : t->who,
		.child = l->name,
		.you = l->eye.stand == STAND_SELF ? l->name : S(""),
		.due = t->due,
		.due_minute = t->due_minute_null ? -1 : t->due_minute,
		.done = true };

	if (!family_sees_agreed(&l->eye, ITEM_STEP, t->harm != 0))
		return;
	if (str_eq(t->kind, S("strength")))
		put(l, t->at_ms, t->id.v, "strength", web_text(rq, MSG_line_strength), t->words);
	else
		put(l, t->at_ms, t->id.v, "",
		    say(l, MSG_line_done, plan_say(rq->mem, rq->lang, rq->today, &p)),
		    t->pattern.n || !p.who.n ? S("") : p.who);
}

/* Newest first; what happened at one moment keeps one order on every page. */
static int newer(const void *a, const void *b)
{
	const struct family_event *x = a, *y = b;

	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? 1 : -1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* ?before=MS-ID: only what is older than that. */
static void cut(struct line *l, struct family_timeline *v)
{
	struct str from = http_get(&l->rq->http->query, S("before")), ms = str_cut(&from, '-');
	int64_t at_ms = INT64_MAX, id = INT64_MAX;
	size_t i = 0;

	if (!str_to_i64(ms, 1, INT64_MAX, &at_ms) || !str_to_i64(from, 1, INT64_MAX, &id))
		at_ms = id = INT64_MAX;
	while (i < l->n && (l->v[i].at_ms > at_ms || (l->v[i].at_ms == at_ms && l->v[i].id >= id)))
		i++;
	v->events.v = l->v + i;
	v->events.n = l->n - i;
	if (v->events.n > PAGE) {
		const struct family_event *last = &v->events.v[PAGE - 1];

		v->events.n = PAGE;
		v->more = str_fmt(l->rq->mem, "%" PRId64 "-%" PRId64, last->at_ms, last->id);
	}
}

enum err family_line(struct request *rq, struct response *rs)
{
	struct family_timeline v = { .child = rq->child };
	struct line l = { .rq = rq, .eye = family_eye_of(rq) };
	struct q_family_child child;
	struct q_family_days_list days;
	struct q_family_moments_list moments;

	if (kept_again(rq, rs))
		return OK;
	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	TRY(q_family_days(rq->db, rq->permit, rq->mem, family_sees_harm(&l.eye), &days));
	TRY(q_family_moments(rq->db, rq->permit, rq->mem, family_sees_harm(&l.eye), &moments));
	l.name = v.name = child.name;
	l.v = arena_array(rq->mem, struct family_event, days.n + moments.n + 1);
	for (size_t i = 0; i < days.n; i++)
		put_day(&l, &days.v[i]);
	for (size_t i = 0; i < moments.n; i++)
		put_moment(&l, &moments.v[i]);
	qsort(l.v, l.n, sizeof *l.v, newer);
	cut(&l, &v);
	rs_page(rs, 200, web_text(rq, MSG_line_title_short));
	family_timeline_html(&rs->html, &v);
	kept_this(rq, rs);
	return OK;
}
