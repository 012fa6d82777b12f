#include "feat/home/home_web.h"

#include <inttypes.h>

#include "feat/home/home_views.h"
#include "feat/plan/plan.h"
#include "home_html.h"

static const char *color_of(struct str state)
{
	static const struct {
		const char *state, *color;
	} colors[] = { { "waiting_you", "warning" }, { "active", "success" }, { "decided", "success" } };

	for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++)
		if (str_eq(state, str_of(colors[i].state)))
			return colors[i].color;
	return "info";
}

static enum err load_threads(struct request *rq, struct home_child *c)
{
	struct q_home_threads_list rows;
	bool sees_harm = c->subject->stand == STAND_SELF;

	TRY(q_home_threads(rq->db, rq->permit, rq->mem, c->subject->child, sees_harm, &rows));
	c->threads.v = arena_array(rq->mem, struct home_thread, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		enum msg m;
		struct str key = str_fmt(rq->mem, "state_%.*s", STR(rows.v[i].state));

		must(msg_of_key(key, &m));
		c->threads.v[c->threads.n++] =
		    (struct home_thread){ &rows.v[i], web_text(rq, m), color_of(rows.v[i].state) };
	}
	return OK;
}

static enum err load_child(struct request *rq, struct home_child *c)
{
	struct plan_sentence s;

	TRY(q_home_child(rq->db, rq->permit, rq->mem, c->subject->child, &c->row));
	c->age = age_years(c->subject->born, rq->today);
	if (c->row.step.v) {
		s = (struct plan_sentence){ .pattern = c->row.pattern,
			.words = c->row.words,
			.who = c->row.owner_person.v == rq->actor.person.v ? web_text(rq, MSG_who_you) :
									      c->row.who,
			.child = c->row.name,
			.due = c->row.due,
			.due_minute = c->row.due_minute_null ? -1 : c->row.due_minute };
		c->sentence = plan_say(rq->mem, rq->lang, rq->today, &s);
	}
	return load_threads(rq, c);
}

static enum err home(struct request *rq, struct response *rs)
{
	struct home_page v = { 0 };
	struct q_home_person me;
	size_t n;
	const struct subject_child *children = permit_children(rq->permit, &n);

	TRY(q_home_person(rq->db, rq->permit, rq->mem, &me));
	v.given = me.found ? me.given : S("");
	v.children.v = arena_array(rq->mem, struct home_child, n);
	for (size_t i = 0; i < n; i++) {
		struct home_child *c = &v.children.v[v.children.n];

		if (children[i].shielded)
			continue; /* promise 8: no digital plan; the page says what to do instead */
		c->subject = &children[i];
		TRY(load_child(rq, c));
		v.children.n++;
		if (c->row.step.v && (!v.nearest || date_cmp(c->row.due, v.nearest->row.due) < 0))
			v.nearest = c;
	}
	rs->look_self = true;
	rs_page(rs, 200, web_text(rq, MSG_home_title));
	home_page_html(&rs->html, &v);
	return OK;
}

const struct route home_routes[] = {
	{ HTTP_GET, "/home", home, ACT_HOME_READ },
	{ 0 },
};
