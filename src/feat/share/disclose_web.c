#include <inttypes.h>

#include "access/ground.h"
#include "core/calendar.h"
#include "feat/person/person.h"
#include "feat/share/disclose_views.h"
#include "feat/share/share_web.h"
#include "share_html.h"

/* A working week to assess; a due date never falls on a day of rest. */
#define ASSESS_DAYS 7

static const struct str investigations[] = { { "none", 4 }, { "reported", 8 }, { "open", 4 },
	{ "asked", 5 } };
static const struct str says_codes[] = { { "unknown", 7 }, { "agrees", 6 }, { "objects", 7 } };

static struct str message_of(const struct request *rq, const char *key)
{
	enum msg m;

	return msg_of_key(str_of(key), &m) ? web_text(rq, m) : S("");
}

/* --- the form --- */

struct disclose_load {
	struct share_facts facts;
	struct q_share_items_list items; /* of the own drawer */
	struct str *words;
	struct q_disclose_places_list places;
	struct q_disclose_assessors_list assessors;
};

static enum err load(struct request *rq, struct disclose_load *l)
{
	struct q_share_items_list all;

	/* Who does not see all of the own drawer yet discloses nothing of it. */
	if (permit_since_ms(rq->permit))
		return ERR_DENIED;
	TRY(share_facts(rq->db, rq->permit, rq->mem, rq->child, &l->facts));
	TRY(q_disclose_places(rq->db, rq->permit, rq->mem, &l->places));
	TRY(q_disclose_assessors(rq->db, rq->permit, rq->mem, &l->assessors));
	TRY(q_share_items(rq->db, rq->permit, rq->mem, rq->child, &all));
	l->items.v = arena_array(rq->mem, struct q_share_items, all.n + 1);
	l->words = arena_array(rq->mem, struct str, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct q_share_items *it = &all.v[i];
		struct q_share_item row;

		TRY(q_share_item(rq->db, rq->permit, rq->mem, it->kind, it->item, rq->child, &row));
		/* A child's words go where the child said (promise 11). */
		if (!row.found || row.drawer.v != permit_drawer(rq->permit).v ||
		    str_eq(it->kind, S("voice")))
			continue;
		TRY(share_words(rq->db, rq->permit, rq->mem, rq->child, str_c(rq->mem, it->kind),
		    it->item.v, row.drawer, &l->words[l->items.n]));
		l->items.v[l->items.n++] = *it;
	}
	return OK;
}

static struct str item_value(struct request *rq, const struct q_share_items *it)
{
	return str_fmt(rq->mem, "%.*s-%" PRId64, STR(it->kind), it->item.v);
}

static void radio(struct request *rq, struct web_field *f, const struct str *values,
    const enum msg *texts, size_t n)
{
	web_options(rq, f, n);
	for (size_t i = 0; i < n; i++)
		web_option(f, values[i], web_text(rq, texts[i]), S(""));
}

static void fields(struct request *rq, const struct disclose_load *l, struct disclose_page *v)
{
	static const enum msg inv[] = { MSG_disclose_inv_none, MSG_disclose_inv_reported,
		MSG_disclose_inv_open, MSG_disclose_inv_asked };
	static const enum msg says[] = { MSG_disclose_says_unknown, MSG_disclose_says_agrees,
		MSG_disclose_says_objects };
	const struct web_field *all[] = { &v->what, &v->to, &v->need, &v->assessor, NULL };

	v->what = web_field(rq, WEB_SELECT, "what", MSG_disclose_what, MSG_none, S(""));
	web_options(rq, &v->what, l->items.n + 1);
	web_option(&v->what, S(""), web_text(rq, MSG_ask_choose), S(""));
	for (size_t i = 0; i < l->items.n; i++)
		web_option(&v->what, item_value(rq, &l->items.v[i]), l->words[i], S(""));
	v->to = web_field(rq, WEB_SELECT, "to", MSG_disclose_to, MSG_none, S(""));
	web_options(rq, &v->to, l->places.n + 1);
	web_option(&v->to, S(""), web_text(rq, MSG_ask_choose), S(""));
	for (size_t i = 0; i < l->places.n; i++)
		web_option(&v->to, str_of_i64(rq->mem, l->places.v[i].id.v),
		    share_place_text(rq, l->places.v[i].regime, l->places.v[i].authority), S(""));
	v->need = web_field(rq, WEB_AREA, "need", MSG_disclose_need, MSG_disclose_need_hint, S(""));
	v->investigation = web_field(
	    rq, WEB_RADIO, "investigation", MSG_disclose_investigation, MSG_none, S("none"));
	if (!v->investigation.value.n)
		v->investigation.value = S("none");
	radio(rq, &v->investigation, investigations, inv, 4);
	v->view = web_field(rq, WEB_RADIO, "view", MSG_ask_child_view, MSG_none, S("unknown"));
	if (!v->view.value.n)
		v->view.value = S("unknown");
	radio(rq, &v->view, says_codes, says, 3);
	v->assessor = web_field(rq, WEB_SELECT, "assessor", MSG_disclose_assessor, MSG_none, S(""));
	web_options(rq, &v->assessor, l->assessors.n);
	for (size_t i = 0; i < l->assessors.n; i++)
		web_option(&v->assessor, str_of_i64(rq->mem, l->assessors.v[i].id.v),
		    str_fmt(rq->mem, "%.*s, %.*s, %.*s", STR(l->assessors.v[i].name),
			STR(l->assessors.v[i].title), STR(l->assessors.v[i].unit)),
		    S(""));
	v->errors = web_errors(rq, all);
}

static enum err form_page(struct request *rq, struct response *rs, const struct disclose_load *l,
    struct disclose_page *v, int status)
{
	v->child = rq->child;
	v->name = web_called(rq, l->facts.name);
	fields(rq, l, v);
	rs->wide = true;
	rs_page(rs, status, web_text(rq, MSG_disclose_title));
	disclose_form_html(&rs->html, v);
	return OK;
}

static enum err disclose_page(struct request *rq, struct response *rs)
{
	struct disclose_page v = { 0 };
	struct disclose_load l = { 0 };

	TRY(load(rq, &l));
	return form_page(rq, rs, &l, &v, 200);
}

/* What the form says; only what the own drawer holds, and only to a drawer that exists. */
static void read_form(struct request *rq, const struct disclose_load *l, struct disclose_ask *ask,
    struct disclose_page *v)
{
	struct str what = form_text(&rq->form, S("what"), 1, 60);
	int64_t to = form_id(&rq->form, S("to"), true);
	int inv = form_choice(&rq->form, S("investigation"), investigations, 4, false);
	int says = form_choice(&rq->form, S("view"), says_codes, 3, false);
	bool known = false;

	*ask = (struct disclose_ask){
		.child = rq->child, .holder = permit_drawer(rq->permit), .to = { to }
	};
	ask->need = form_text(&rq->form, S("need"), 0, 600);
	for (size_t i = 0; i < l->items.n; i++) {
		if (!str_eq(what, item_value(rq, &l->items.v[i])))
			continue;
		ask->kind = str_c(rq->mem, l->items.v[i].kind);
		ask->item = l->items.v[i].item.v;
	}
	for (size_t i = 0; i < l->places.n; i++) {
		if (l->places.v[i].id.v != to)
			continue;
		known = true;
		v->ask_investigation = str_eq(l->places.v[i].regime, S("SOC"));
	}
	if (what.n && !ask->kind)
		form_mark(&rq->form, S("what"), MSG_form_choose);
	if (to && !known)
		form_mark(&rq->form, S("to"), MSG_form_choose);
	v->ask_view = l->facts.age >= waiver_ages_usual().view_from;
	if (v->ask_investigation && inv > 0) {
		ask->investigation = inv == 1 ? INVESTIGATION_REPORTED : INVESTIGATION_OPEN;
		ask->investigator_asks = inv == 3;
	}
	if (v->ask_view && says > 0)
		ask->says = says == 1 ? SAYS_AGREES : SAYS_OBJECTS;
}

static struct date due_day(struct date today)
{
	return calendar_next_weekday(date_add_days(today, ASSESS_DAYS));
}

static void show_answer(struct request *rq, const struct disclose_load *l,
    const struct disclose_answer *a, struct disclose_page *v)
{
	const struct ground_row *g =
	    a->d.ground == GROUND_NONE ? NULL : ground_on(a->d.ground, rq->today);

	v->judged = true;
	v->verdict = a->d.verdict;
	v->reason = message_of(rq, a->d.reason);
	v->provision = str_of(g ? g->provision : "");
	v->words = a->words;
	v->can_ask = a->d.ground != GROUND_NONE && l->assessors.n > 0;
	v->due = due_day(rq->today);
	if (v->can_ask)
		v->deputy_name = l->assessors.v[0].deputy_name;
}

static enum err ask_person(struct request *rq, struct response *rs, const struct disclose_load *l,
    const struct disclose_ask *ask, const struct disclose_answer *a)
{
	int64_t to = form_id(&rq->form, S("assessor"), true);
	const struct q_disclose_assessors *who = NULL;
	struct assignment_id deputy;

	for (size_t i = 0; i < l->assessors.n; i++)
		if (l->assessors.v[i].id.v == to)
			who = &l->assessors.v[i];
	if (!who)
		return ERR_INVALID;
	/* Somebody stands behind where there is anybody: the named deputy, or another of these; one
	 * person in two assignments is one person. */
	deputy = who->deputy;
	for (size_t i = 0; i < l->assessors.n && deputy.v == 0; i++)
		if (l->assessors.v[i].staff.v != who->staff.v)
			deputy = l->assessors.v[i].id;
	TRY(q_disclose_put_task(rq->db, rq->permit, (struct task_id){ id_random() }, a->plan,
	    who->id, deputy, str_of(ask->kind), (struct item_id){ ask->item }, ask->to,
	    str_of(ground_code(a->d.ground)), ask->need, due_day(rq->today)));
	return rs_go_said(rq, rs, MSG_said_assess_asked, "/children/%" PRId64, rq->child.v);
}

static enum err disclose_save(struct request *rq, struct response *rs)
{
	static const struct str dos[] = { { "check", 5 }, { "share", 5 }, { "ask", 3 } };
	struct disclose_page v = { 0 };
	struct disclose_load l = { 0 };
	struct disclose_answer a;
	struct disclose_ask ask;
	int what = form_choice(&rq->form, S("do"), dos, 3, false);

	TRY(load(rq, &l));
	read_form(rq, &l, &ask, &v);
	if (rq->form.bad)
		return form_page(rq, rs, &l, &v, 422);
	TRY(disclose_judge(rq->db, rq->permit, rq->mem, &ask, &a));
	if (what == 1 && a.d.verdict == VERDICT_ALLOW) {
		TRY(disclose_do(rq->db, rq->permit, &ask, &a, (struct task_id){ 0 }));
		return rs_go_said(rq, rs, MSG_said_disclosed, "/children/%" PRId64, rq->child.v);
	}
	if (what == 2 && a.d.verdict == VERDICT_HUMAN && a.d.ground != GROUND_NONE) {
		if (!ask.need.n) /* the one who assesses has to know why */
			form_mark(&rq->form, S("need"), MSG_law_need_missing);
		else
			return ask_person(rq, rs, &l, &ask, &a);
	}
	show_answer(rq, &l, &a, &v);
	return form_page(rq, rs, &l, &v, rq->form.bad ? 422 : 200);
}

/* --- what waits for a person --- */

/* A letter is not the child's words, and not everybody it has climbed to may open it. */
static struct str task_kind(const struct request *rq, struct str kind, struct str item_kind)
{
	if (str_eq(kind, S("read_voice")) && str_eq(item_kind, S("letter")))
		return web_text(rq, MSG_task_read_letter);
	if (str_eq(kind, S("protected")) && str_eq(item_kind, S("assignment")))
		return web_text(rq, MSG_task_mark);
	return message_of(rq, str_c(rq->mem, str_fmt(rq->mem, "task_%.*s", STR(kind))));
}

static enum err tasks(struct request *rq, struct response *rs)
{
	struct q_task_list_list rows;
	struct tasks_page v = { 0 };

	TRY(q_task_list(rq->db, rq->permit, rq->mem, &rows));
	v.tasks.v = arena_array(rq->mem, struct task_row, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_task_list *t = &rows.v[i];
		/* Whom a mark is about stands nowhere, not when it has been taken back either. */
		bool shown = t->child.v && !t->shielded && !str_eq(t->kind, S("protected"));

		v.tasks.v[v.tasks.n++] = (struct task_row){ t, task_kind(rq, t->kind, t->item_kind),
			shown ? web_called(rq, t->name) : S(""), date_cmp(t->due, rq->today) < 0,
			str_eq(t->kind, S("paper_yes")) };
		if (t->child.v)
			rs_look(rs, t->child, "task", t->id.v, permit_stand(rq->permit));
	}
	rs->wide = true;
	rs_page(rs, 200, web_text(rq, MSG_task_title));
	task_list_html(&rs->html, &v);
	return OK;
}

/* The rules again, on the day of the answer: what they closed meanwhile nobody opens. */
static enum err judge_again(struct request *rq, const struct q_task_one *row,
    struct disclose_ask *ask, struct disclose_answer *a, bool *open)
{
	enum ground g = GROUND_NONE;

	*ask = (struct disclose_ask){ .child = row->child,
		.kind = str_c(rq->mem, row->item_kind),
		.item = row->item.v,
		.holder = row->drawer,
		.to = row->to_drawer,
		.need = row->words };
	*open = false;
	if (!ground_of_code(row->ground, &g) || row->shielded)
		return OK;
	ask->investigation = g == GROUND_INVESTIGATION ? INVESTIGATION_OPEN : INVESTIGATION_NONE;
	TRY(disclose_judge(rq->db, rq->permit, rq->mem, ask, a));
	/* The rules may know better by now, but a ground they no longer name is none. */
	*open = a->d.verdict != VERDICT_DENY && a->d.ground != GROUND_NONE;
	return OK;
}

static enum err load_task(
    struct request *rq, struct task_page *v, struct disclose_ask *ask, struct disclose_answer *a)
{
	struct q_share_drawer to;
	enum err e;

	v->id = (struct task_id){ web_id(rq, "task") };
	TRY(q_task_one(rq->db, rq->permit, rq->mem, v->id, &v->row));
	if (!v->row.found)
		return ERR_NOT_FOUND;
	v->kind = task_kind(rq, v->row.kind, v->row.item_kind);
	v->name = v->row.shielded || v->row.child.v == 0 ? S("") : web_called(rq, v->row.name);
	if (v->row.shielded) /* free words can tell a name and a place (promise 8) */
		v->row.words = S("");
	v->assess = str_eq(v->row.kind, S("assess_disclosure"));
	v->mark = str_eq(v->row.kind, S("protected")) && str_eq(v->row.item_kind, S("assignment"));
	v->routine = str_eq(v->row.kind, S("protected")) && !v->mark;
	if (v->mark || v->routine) {
		v->name = v->row.words = S("");
		return OK;
	}
	/* A manager learns that words wait, never the words (promise 11). */
	v->child = v->row.child;
	v->read_letter = v->row.letter_mine && v->child.v && !v->row.shielded;
	v->read_voice = str_eq(v->row.kind, S("read_voice")) &&
			str_eq(v->row.item_kind, S("voice")) && v->child.v && !v->row.shielded &&
			!str_eq(rq->actor.role, S("manager"));
	v->confirm =
	    str_eq(v->row.kind, S("confirm_engagement")) && v->row.child.v && v->row.item.v;
	if (v->assess && v->row.drawer.v != permit_drawer(rq->permit).v) {
		/* Asked before the rule that an assessor is of the same drawer (OSL 8:2). */
		v->other_drawer = true;
		v->row.words = S("");
		return OK;
	}
	if (!v->assess || v->row.child.v == 0 || v->row.item.v == 0 || v->row.to_drawer.v == 0)
		return OK;
	TRY(q_share_drawer(rq->db, rq->permit, rq->mem, v->row.to_drawer, &to));
	v->to = share_place_text(rq, to.regime, to.name);
	e = judge_again(rq, &v->row, ask, a, &v->can_allow);
	if (e == ERR_NOT_FOUND)
		return OK; /* the item is gone: only a no is left */
	TRY(e);
	v->words = a->words;
	if (a->d.reason)
		v->reason = message_of(rq, a->d.reason);
	if (v->can_allow)
		v->ground = str_of(ground_on(a->d.ground, rq->today)->provision);
	return OK;
}

static enum err task_form(struct request *rq, struct response *rs, struct task_page *v, int status)
{
	const struct web_field *all[] = { &v->answer, NULL };

	v->answer =
	    web_field(rq, WEB_AREA, "answer", v->assess ? MSG_assess_words : MSG_task_answer,
		v->assess ? MSG_assess_hint : MSG_none, S(""));
	v->errors = web_errors(rq, all);
	if (v->row.child.v)
		rs_look(rs, v->row.child, "task", v->id.v, permit_stand(rq->permit));
	rs->wide = true;
	rs_page(rs, status, v->kind);
	task_show_html(&rs->html, v);
	return OK;
}

static enum err task_page(struct request *rq, struct response *rs)
{
	struct disclose_answer a = { 0 };
	struct disclose_ask ask;
	struct task_page v = { 0 };

	TRY(load_task(rq, &v, &ask, &a));
	if (str_eq(v.row.kind, S("paper_yes")))
		return rs_go(rs, "/papers/%" PRId64, v.row.item.v);
	if (v.mark)
		return mark_show(rq, rs, &v);
	return task_form(rq, rs, &v, 200);
}

static enum err task_save(struct request *rq, struct response *rs)
{
	static const struct str dos[] = { { "allow", 5 }, { "deny", 4 }, { "done", 4 } };
	static const struct str states[] = { { "allowed", 7 }, { "denied", 6 }, { "done", 4 } };
	struct disclose_answer a = { 0 };
	struct disclose_ask ask;
	struct task_page v = { 0 };
	int what = form_choice(&rq->form, S("do"), dos, 3, true);
	int64_t version = web_version(rq);
	struct str answer;

	TRY(load_task(rq, &v, &ask, &a));
	if (str_eq(v.row.kind, S("paper_yes")))
		return ERR_INVALID; /* answered on its own page, by who may (feat/plan) */
	if (v.mark)
		return mark_save(rq, rs, &v);
	answer = form_text(&rq->form, S("answer"), v.assess ? 10 : 0, 2000);
	if (rq->form.bad)
		return task_form(rq, rs, &v, 422);
	if (v.assess || v.confirm ? what == 2 : what != 2)
		return ERR_INVALID;
	if (v.confirm)
		TRY(child_engagement_answered(rq->db, rq->permit, v.row.child,
		    (struct engagement_id){ v.row.item.v }, what == 0));
	if (v.assess && what == 0 && !v.can_allow)
		return ERR_CONFLICT;
	if (v.assess && what == 0) {
		/* The assessor has decided; the ground is the one that was left to a person. */
		TRY(disclose_do(rq->db, rq->permit, &ask, &a, v.id));
	}
	TRY(q_task_answer_put(rq->db, rq->permit, v.id, states[what], answer, version));
	if (v.row.child.v)
		rs_look(rs, v.row.child, "task", v.id.v, permit_stand(rq->permit));
	return rs_go_said(rq, rs, MSG_said_saved, "/tasks");
}

const struct route disclose_routes[] = {
	{ HTTP_GET, "/children/{child}/disclose", disclose_page, ACT_DISCLOSE },
	{ HTTP_POST, "/children/{child}/disclose", disclose_save, ACT_DISCLOSE },
	{ HTTP_GET, "/tasks", tasks, ACT_TASK_READ },
	{ HTTP_GET, "/tasks/{task}", task_page, ACT_TASK_READ },
	{ HTTP_POST, "/tasks/{task}", task_save, ACT_TASK_ANSWER },
	{ 0 },
};
