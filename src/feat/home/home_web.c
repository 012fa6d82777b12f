#include "feat/home/home_web.h"

#include "feat/family/family.h"
#include "feat/handover/handover.h"
#include "feat/home/home_views.h"
#include "feat/plan/plan.h"
#include "home_html.h"

static void put_threads(
    const struct request *rq, struct home_child *c, const struct q_home_threads_list *rows)
{
	struct family_eye eye = { c->subject->stand, c->subject->born, rq->today };

	c->threads.v = arena_array(rq->mem, struct home_thread, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_home_threads *t = &rows->v[i];

		if (t->child.v == c->row.child.v &&
		    family_sees_thread(&eye, t->regime, t->plan.v != 0, t->harm != 0))
			c->threads.v[c->threads.n++] = (struct home_thread){ t,
				family_state(rq, t->state), family_color(t->state) };
	}
}

/* Who carries it: the reader, the child, the other guardian by given name (what was agreed in the
 * plan is known to both), somebody at work. */
static struct str owner(const struct request *rq, const struct home_child *c)
{
	if (c->mine)
		return web_text(rq, MSG_who_you);
	return c->row.owner_person.v ? c->row.owner_given : c->row.who;
}

static void say_step(struct request *rq, struct home_child *c)
{
	struct plan_sentence s = { .pattern = c->row.pattern,
		.words = c->row.words,
		.who = owner(rq, c),
		.child = c->row.name,
		.due = c->row.due,
		.due_minute = c->row.due_minute_null ? -1 : c->row.due_minute };

	c->sentence = plan_say(rq->mem, rq->lang, rq->today, &s);
	if (!c->row.pattern.n)
		c->who = s.who;
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

/* false: no row for this child (it was erased this moment). */
static bool find_child(struct home_child *c, const struct q_home_child_list *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->v[i].child.v == c->subject->child.v) {
			c->row = rows->v[i];
			return true;
		}
	}
	return false;
}

static enum err load_child(
    struct request *rq, struct home_child *c, const struct q_home_threads_list *threads)
{
	c->self = c->subject->stand == STAND_SELF;
	c->carer = c->subject->stand == STAND_CARER;
	c->age = age_years(c->subject->born, rq->today);
	if (c->row.step.v) {
		c->mine = c->row.owner_person.v && c->row.owner_person.v == rq->actor.person.v;
		say_step(rq, c);
	}
	put_threads(rq, c, threads);
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

/* Each contact once, with the children it is for only where there are several. */
static void gather_contacts(struct request *rq, struct home_page *v)
{
	v->contacts.v = arena_array(rq->mem, struct home_contact, v->children.n);
	for (size_t i = 0; i < v->children.n + 1; i++) {
		/* The one of the nearest step first. */
		const struct home_child *c = i ? &v->children.v[i - 1] : v->nearest;
		const struct home_contact *k = c ? &c->contact : NULL;
		bool there = !k || !k->assignment.v;

		for (size_t j = 0; !there && j < v->contacts.n; j++)
			there = v->contacts.v[j].assignment.v == k->assignment.v;
		if (!there)
			v->contacts.v[v->contacts.n++] = *k;
	}
	if (v->contacts.n == 1)
		v->contacts.v[0].about = S("");
}

static enum err home(struct request *rq, struct response *rs)
{
	struct home_page v = { 0 };
	struct q_home_person me;
	struct q_home_child_list rows;
	struct q_home_threads_list threads;
	size_t n;
	const struct subject_child *children = permit_children(rq->permit, &n);

	TRY(q_home_person(rq->db, rq->permit, rq->mem, &me));
	TRY(q_home_child(rq->db, rq->permit, rq->mem, &rows));
	TRY(q_home_threads(rq->db, rq->permit, rq->mem, &threads));
	v.given = me.found ? me.given : S("");
	v.children.v = arena_array(rq->mem, struct home_child, n);
	for (size_t i = 0; i < n; i++) {
		struct home_child *c = &v.children.v[v.children.n];

		if (children[i].shielded) {
			v.shielded =
			    true; /* promise 8: no digital plan; the page says what to do instead */
			continue;
		}
		c->subject = &children[i];
		if (!find_child(c, &rows))
			continue;
		TRY(load_child(rq, c, &threads));
		v.children.n++;
		if (c->row.step.v && (!v.nearest || date_cmp(c->row.due, v.nearest->row.due) < 0))
			v.nearest = c;
		if (c->self)
			v.self = c;
	}
	TRY(load_asks(rq, &v));
	if (v.self)
		TRY(q_home_led(rq->db, rq->permit, rq->mem, v.self->subject->child, &v.led));
	gather_contacts(rq, &v);
	if (v.children.n == 1)
		v.children.v[0].alone = true;
	rs->look_self = true;
	rs_page(rs, 200, web_text(rq, MSG_home_title));
	home_page_html(&rs->html, &v);
	return OK;
}

const struct route home_routes[] = {
	{ HTTP_GET, "/home", home, ACT_HOME_READ },
	{ 0 },
};
