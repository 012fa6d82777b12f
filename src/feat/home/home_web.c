#include "feat/home/home_web.h"

#include <stdlib.h>

#include "feat/family/family.h"
#include "feat/handover/handover.h"
#include "feat/home/home_views.h"
#include "feat/plan/plan.h"
#include "home_html.h"
#include "web/kept.h"

/* What comes after the next step: so many are shown on this page; the plan has them all. */
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
	struct q_home_threads_list rows;

	TRY(q_home_threads(rq->db, rq->permit, rq->mem, c->subject->child, c->self, &rows));
	if (rows.n > 1)
		qsort(rows.v, rows.n, sizeof *rows.v, by_urgency);
	c->threads.v = arena_array(rq->mem, struct home_thread, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_home_threads *t = &rows.v[i];

		if (family_sees_thread(&eye, t->regime, t->plan.v != 0, t->harm != 0))
			c->threads.v[c->threads.n++] = (struct home_thread){ t,
				family_state(rq, t->state), family_color(t->state) };
	}
	return OK;
}

/* Who carries it: the reader, the child, the other guardian by given name (what was agreed in the
 * plan is known to both), somebody at work. */
static struct home_step step_of(
    struct request *rq, const struct home_child *c, const struct q_home_steps *row)
{
	bool mine = row->owner_person.v && row->owner_person.v == rq->actor.person.v;
	struct plan_sentence s = { .pattern = row->pattern,
		.words = row->words,
		.who = mine                  ? web_text(rq, MSG_who_you)
		       : row->owner_person.v ? row->owner_given
					     : row->who,
		.child = c->row.name,
		.you = c->self ? c->row.name : S(""),
		.due = row->due,
		.due_minute = row->due_minute_null ? -1 : row->due_minute };

	return (struct home_step){ .row = row,
		.sentence = plan_say(rq->mem, rq->lang, rq->today, &s),
		.who = row->pattern.n ? S("") : s.who,
		.mine = mine,
		.done = row->done_ms_null ? (struct date){ 0 } : date_of_ms(row->done_ms) };
}

/* Those with a day by their day; those without one last, in their order. */
static int by_day(const void *a, const void *b)
{
	const struct home_step *x = a, *y = b;

	if (date_known(x->row->due) != date_known(y->row->due))
		return date_known(x->row->due) ? -1 : 1;
	return date_cmp(x->row->due, y->row->due);
}

static enum err load_steps(struct request *rq, struct home_child *c)
{
	struct q_home_steps_list rows;

	TRY(q_home_steps(rq->db, rq->permit, rq->mem, c->row.plan, c->self, &rows));
	c->later.v = arena_array(rq->mem, struct home_step, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_home_steps *row = &rows.v[i];

		if (str_eq(row->state, S("later"))) {
			c->later.v[c->later.n++] = step_of(rq, c, row);
		} else if (str_eq(row->state, S("next"))) {
			c->next = arena_new(rq->mem, struct home_step);
			*c->next = step_of(rq, c, row);
		} else {
			c->done = arena_new(rq->mem, struct home_step);
			*c->done = step_of(rq, c, row);
		}
	}
	if (c->later.n > 1)
		qsort(c->later.v, c->later.n, sizeof *c->later.v, by_day);
	if (c->later.n > LATER_SHOWN)
		c->later.n = LATER_SHOWN;
	return OK;
}

/* The contact, or who covers while it is away: never nobody (promise 2). */
static enum err load_contact(struct request *rq, struct home_child *c)
{
	static const struct date not_known = { 2999, 12, 31 };
	struct home_contact *k = &c->contact;
	struct carrier cover;

	if (!c->row.contact.v)
		return OK;
	*k = (struct home_contact){ .assignment = c->row.contact,
		.child = c->subject->child,
		.name = c->row.lead_name,
		.title = c->row.lead_title,
		.unit = c->row.lead_unit,
		.phone = c->row.lead_phone,
		.about = c->row.name,
		.away_to = c->row.away_to,
		.away = date_known(c->row.away_to),
		.back_known =
		    date_known(c->row.away_to) && date_cmp(c->row.away_to, not_known) < 0 };
	if (!k->away)
		return OK;
	TRY(carrier_of_assignment(rq->db, rq->mem, k->assignment, rq->today, &cover));
	if (cover.how == CARRIER_LEAD || cover.how == CARRIER_NOBODY)
		return OK;
	k->cover_for = k->name;
	k->assignment = cover.assignment;
	k->name = cover.name;
	k->title = cover.title;
	k->unit = cover.unit;
	k->phone = cover.phone;
	return OK;
}

/* *there is false when the child was erased this moment. */
static enum err load_child(struct request *rq, struct home_child *c, bool *there)
{
	struct q_home_child row;

	TRY(q_home_child(rq->db, rq->permit, rq->mem, c->subject->child, &row));
	*there = row.found;
	if (!row.found)
		return OK;
	c->row = row;
	c->self = c->subject->stand == STAND_SELF;
	c->carer = c->subject->stand == STAND_CARER;
	c->age = age_years(c->subject->born, rq->today);
	if (row.plan.v)
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
				    (struct home_ask){ &rows.v[i], v->children.v[k].row.name,
					    str_eq(rows.v[i].kind, S("invitation")) };
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
		TRY(load_child(rq, c, &there));
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

static enum err home(struct request *rq, struct response *rs)
{
	struct home_page v = { 0 };
	struct q_home_person me;

	if (kept_again(rq, rs))
		return OK;
	TRY(q_home_person(rq->db, rq->permit, rq->mem, &me));
	v.given = me.found ? me.given : S("");
	TRY(load_children(rq, &v));
	if (me.asked)
		TRY(load_asks(rq, &v));
	if (v.self)
		TRY(q_home_led(rq->db, rq->permit, rq->mem, v.self->subject->child, &v.led));
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
