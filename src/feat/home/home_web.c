#include "feat/home/home_web.h"

#include <stdlib.h>

#include "feat/family/family.h"
#include "feat/handover/handover.h"
#include "feat/home/home_views.h"
#include "feat/plan/plan.h"
#include "home_html.h"
#include "web/kept.h"

/* What comes after the next step: so many are shown on this page (home.sql reads no more); the plan
 * has them all. */
#define LATER_SHOWN 3

/* What waits for the family first, then by its next date. */
static int by_urgency(const void *a, const void *b)
{
	const struct q_home_threads *x = a, *y = b;
	int mine = str_eq(y->state, S("waiting_you")) - str_eq(x->state, S("waiting_you"));

	return mine ? mine : date_cmp(x->next, y->next);
}

static enum err load_threads(struct request *rq, struct home_child *c)
{
	struct family_eye eye = { c->subject->stand, c->subject->born, rq->today };
	struct q_home_threads_list *rows = &c->of.threads;

	if (rows->n > 1)
		qsort(rows->v, rows->n, sizeof *rows->v, by_urgency);
	c->threads.v = arena_array(rq->mem, struct home_thread, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_home_threads *t = &rows->v[i];
		struct str regime;

		TRY(staff_regime(rq, t->drawer, &regime));
		if (family_sees_thread(&eye, regime, t->plan.v != 0, t->harm != 0))
			c->threads.v[c->threads.n++] =
			    (struct home_thread){ t, family_state(rq, t->state),
				    family_color(t->state), str_eq(t->state, S("waiting_you")) };
	}
	return OK;
}

/* What this reader, and nobody else here, has said of the step's time (promise 20). */
static enum err load_time(struct request *rq, const struct home_child *c, struct home_step *s)
{
	for (size_t i = 0; i < c->of.times.n; i++) {
		const struct q_home_times *t = &c->of.times.v[i];
		const struct staff_card *to;

		if (t->step.v != s->row->step.v || t->author.v != rq->actor.person.v)
			continue;
		TRY(staff_card(rq, t->to, &to));
		s->time = family_time_said(rq, c->subject->child, t->sent_ms, to ? to->name : S(""),
		    t->read_ms_null ? 0 : t->read_ms, t->answered_ms_null ? 0 : t->answered_ms);
	}
	return OK;
}

/* Who carries it: the reader, the child, the other guardian by given name (what was agreed in the
 * plan is known to both), somebody at work. */
static enum err step_of(struct request *rq, const struct home_child *c,
    const struct q_home_steps *row, struct home_step *out)
{
	bool mine = row->owner_person.v && row->owner_person.v == rq->actor.person.v;
	struct str who = mine ? web_text(rq, MSG_who_you) : row->owner_given;
	struct plan_sentence s = { .pattern = row->pattern,
		.words = row->words,
		.child = c->row->name,
		.you = c->self ? c->row->name : S(""),
		.due = row->due,
		.due_minute = row->due_minute_null ? -1 : row->due_minute,
		.done = !row->done_ms_null };

	if (!row->owner_person.v) {
		const struct staff_card *card = NULL;

		if (row->carries.v)
			TRY(staff_card(rq, row->carries, &card));
		who = card ? card->name : row->party;
	}
	s.who = who;
	*out = (struct home_step){ .row = row,
		.sentence = plan_say(rq->mem, rq->lang, rq->today, &s),
		.who = row->pattern.n ? S("") : who,
		.mine = mine,
		.done = row->done_ms_null ? (struct date){ 0 } : date_of_ms(row->done_ms) };
	return load_time(rq, c, out);
}

/* Those with a day by their day; those without one last, in their order. */
static int by_day(const void *a, const void *b)
{
	const struct home_step *x = a, *y = b;

	if (date_known(x->row->due) != date_known(y->row->due))
		return date_known(x->row->due) ? -1 : 1;
	return date_cmp(x->row->due, y->row->due);
}

/* The later one of two that are done; a may be NULL. */
static bool done_after(const struct q_home_steps *b, const struct q_home_steps *a)
{
	if (!a || b->done_ms != a->done_ms)
		return !a || b->done_ms > a->done_ms;
	return b->number > a->number;
}

/* A step marked "harm to child" (OSL 12:3) is no step for the others: it is not there, and nothing
 * counts it. */
static enum err load_steps(struct request *rq, struct home_child *c)
{
	struct family_eye eye = { c->subject->stand, c->subject->born, rq->today };
	const struct q_home_steps_list *rows = &c->of.steps;
	const struct q_home_steps *done = NULL;

	c->later.v = arena_array(rq->mem, struct home_step, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_home_steps *row = &rows->v[i];

		if (row->harm && !family_sees_harm(&eye))
			continue;
		if (str_eq(row->state, S("later"))) {
			TRY(step_of(rq, c, row, &c->later.v[c->later.n++]));
		} else if (str_eq(row->state, S("next"))) {
			c->next = arena_new(rq->mem, struct home_step);
			TRY(step_of(rq, c, row, c->next));
		} else if (done_after(row, done)) {
			done = row;
		}
	}
	if (done) {
		c->done = arena_new(rq->mem, struct home_step);
		TRY(step_of(rq, c, done, c->done));
	}
	if (c->later.n > 1)
		qsort(c->later.v, c->later.n, sizeof *c->later.v, by_day);
	if (c->later.n > LATER_SHOWN)
		c->later.n = LATER_SHOWN;
	return OK;
}

/* Who covers for one who is away; 0: nobody. */
static enum err cover_of(struct request *rq, struct assignment_id of, struct assignment_id *cover)
{
	struct carrier c;

	if (staff_cover(rq, of, cover))
		return OK;
	TRY(carrier_of_assignment(rq->db, rq->mem, of, rq->today, &c));
	*cover = c.how == CARRIER_LEAD || c.how == CARRIER_NOBODY ? (struct assignment_id){ 0 }
								  : c.assignment;
	staff_cover_is(rq, of, *cover);
	return OK;
}

static void put_card(
    struct home_contact *k, struct assignment_id assignment, const struct staff_card *card)
{
	k->assignment = assignment;
	k->name = card->name;
	k->title = card->title;
	k->unit = card->unit;
	k->phone = card->phone;
}

/* The contact, or who covers while it is away: never nobody (promise 2). */
static enum err load_contact(struct request *rq, struct home_child *c)
{
	struct home_contact *k = &c->contact;
	const struct staff_card *card;
	struct assignment_id cover;

	if (!c->row->contact.v)
		return OK;
	TRY(staff_card(rq, c->row->contact, &card));
	if (!card)
		return OK;
	put_card(k, c->row->contact, card);
	k->child = c->subject->child;
	k->about = c->row->name;
	k->away_to = staff_away_to(card, rq->today);
	k->away = date_known(k->away_to);
	k->back_known = k->away && date_cmp(k->away_to, STAFF_NOBODY_KNOWS) < 0;
	if (!k->away)
		return OK;
	TRY(cover_of(rq, k->assignment, &cover));
	if (!cover.v)
		return OK;
	TRY(staff_card(rq, cover, &card));
	if (!card)
		return OK;
	k->cover_for = k->name;
	put_card(k, cover, card);
	return OK;
}

/* The reader as this child's family has it: its own name, and whether something waits for it. */
static void load_reader(const struct request *rq, struct home_page *v, const struct overview *of)
{
	for (size_t i = 0; i < of->family.n; i++) {
		const struct q_home_family *f = &of->family.v[i];

		if (f->person.v != rq->actor.person.v)
			continue;
		v->named = true;
		v->given = f->given;
		v->asked = v->asked || f->asked;
	}
}

/* *there is false when the child was erased this moment. */
static enum err load_child(
    struct request *rq, struct home_page *v, struct home_child *c, bool *there)
{
	const struct subject_child *s = c->subject;

	TRY(overview_of(rq->db, rq->permit, rq->mem, s->child, s->content_version, &c->of));
	*there = c->of.child.n > 0;
	if (!*there)
		return OK;
	c->row = &c->of.child.v[0];
	c->self = s->stand == STAND_SELF;
	c->carer = s->stand == STAND_CARER;
	c->age = age_years(s->born, rq->today);
	load_reader(rq, v, &c->of);
	if (!c->row->plan.v && c->of.closed.n) {
		c->closed = c->of.closed.v[0].closed;
		c->call = c->of.closed.v[0].call;
	}
	TRY(load_steps(rq, c));
	TRY(load_threads(rq, c));
	return load_contact(rq, c);
}

/* What waits for this reader's answer, about the children shown. */
static enum err load_asks(struct request *rq, struct home_page *v)
{
	struct q_home_asks_list rows;

	TRY(q_home_asks(rq->db, rq->permit, rq->mem, rq->actor.person, &rows));
	v->asks.v = arena_array(rq->mem, struct home_ask, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < v->children.n; k++)
			if (v->children.v[k].subject->child.v == rows.v[i].child.v &&
			    !v->children.v[k].carer)
				v->asks.v[v->asks.n++] =
				    (struct home_ask){ &rows.v[i], v->children.v[k].row->name,
					    str_eq(rows.v[i].kind, S("invitation")) };
	return OK;
}

/* Who gets the answer: whoever answers for it, where the family knows that one (family_helpers);
 * else the family's contact. */
static enum err answer_goes_to(struct request *rq, const struct home_child *c, struct home_wait *w)
{
	const struct q_home_threads *t = w->thread->row;
	const struct staff_card *card = NULL;

	if (t->plan.v)
		TRY(staff_card(rq, t->assignment, &card));
	w->to = t->assignment;
	if (!card || (date_known(card->to) && date_cmp(card->to, rq->today) < 0)) {
		w->to = c->row->contact;
		card = NULL;
		if (w->to.v)
			TRY(staff_card(rq, w->to, &card));
	}
	w->to_name = card ? card->name : S("");
	return OK;
}

/* What waits for the family, in the order of the children. */
static enum err gather_waits(struct request *rq, struct home_page *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->children.n; i++)
		n += v->children.v[i].threads.n;
	v->waits.v = arena_array(rq->mem, struct home_wait, n);
	for (size_t i = 0; i < v->children.n; i++) {
		const struct home_child *c = &v->children.v[i];

		for (size_t k = 0; k < c->threads.n; k++) {
			struct home_wait *w = &v->waits.v[v->waits.n];

			if (!c->threads.v[k].waits)
				continue;
			*w = (struct home_wait){ .thread = &c->threads.v[k],
				.child = c->subject->child,
				.about = v->children.n > 1 && !c->self ? c->row->name : S("") };
			TRY(answer_goes_to(rq, c, w));
			v->waits.n++;
		}
	}
	if (v->nearest) { /* which is the first of them */
		struct home_child *c = &v->children.v[0];

		c->call_above = v->waits.n && c->contact.phone.n && !c->contact.away;
	}
	return OK;
}

/* Each contact once, the one of the nearest step first, with the children it is for only where
 * there are several. */
static void gather_contacts(struct request *rq, struct home_page *v)
{
	v->contacts.v = arena_array(rq->mem, struct home_contact, v->children.n);
	for (size_t i = 0; i < v->children.n; i++) {
		const struct home_contact *k = &v->children.v[i].contact;
		bool there = !k->assignment.v;

		for (size_t j = 0; !there && j < v->contacts.n; j++)
			there = v->contacts.v[j].assignment.v == k->assignment.v;
		if (!there)
			v->contacts.v[v->contacts.n++] = *k;
	}
	if (v->contacts.n == 1)
		v->contacts.v[0].about = S("");
}

static bool sooner(const struct home_child *a, const struct home_child *b)
{
	return a->next && (!b->next || date_cmp(a->next->row->due, b->next->row->due) < 0);
}

/* The child whose next step comes first stands first. */
static void nearest_first(struct home_page *v)
{
	for (size_t i = 1; i < v->children.n; i++) {
		for (size_t j = i; j > 0 && sooner(&v->children.v[j], &v->children.v[j - 1]); j--) {
			struct home_child c = v->children.v[j];

			v->children.v[j] = v->children.v[j - 1];
			v->children.v[j - 1] = c;
		}
	}
}

/* Promise 8: a shielded child has no digital plan; the page says what to do instead. */
static enum err load_children(struct request *rq, struct home_page *v)
{
	size_t n;
	const struct subject_child *children = permit_children(rq->permit, &n);

	v->children.v = arena_array(rq->mem, struct home_child, n);
	for (size_t i = 0; i < n; i++) {
		struct home_child *c = &v->children.v[v->children.n];
		bool there;

		if (children[i].shielded) {
			v->shielded = true;
			continue;
		}
		c->subject = &children[i];
		TRY(load_child(rq, v, c, &there));
		v->children.n += there;
	}
	nearest_first(v);
	for (size_t i = 0; i < v->children.n; i++)
		if (v->children.v[i].self)
			v->self = &v->children.v[i];
	if (v->children.n && v->children.v[0].next) {
		v->children.v[0].first = true;
		v->nearest = &v->children.v[0];
	}
	return OK;
}

/* For the youth itself: what its words led to, told by who read them. */
static enum err load_led(struct request *rq, struct home_page *v)
{
	const struct q_home_led_list *led = &v->self->of.led;
	const struct staff_card *by;

	if (led->n == 0)
		return OK;
	TRY(staff_card(rq, led->v[0].by, &by));
	v->led.words = led->v[0].led;
	v->led.by = by ? by->name : S("");
	return OK;
}

static enum err home(struct request *rq, struct response *rs)
{
	struct home_page v = { 0 };

	if (kept_again(rq, rs))
		return OK;
	TRY(load_children(rq, &v));
	if (!v.named) {
		struct q_home_person me;

		TRY(q_home_person(rq->db, rq->permit, rq->mem, &me));
		v.given = me.found ? me.given : S("");
	}
	if (v.asked)
		TRY(load_asks(rq, &v));
	if (v.self)
		TRY(load_led(rq, &v));
	TRY(gather_waits(rq, &v));
	gather_contacts(rq, &v);
	if (v.children.n == 1)
		v.children.v[0].alone = true;
	rs->look_self = true;
	rs_page(rs, 200, web_text(rq, MSG_home_title));
	home_page_html(&rs->html, &v);
	kept_this(rq, rs);
	return OK;
}

const struct route home_routes[] = {
	{ HTTP_GET, "/home", home, ACT_HOME_READ },
	{ 0 },
};
