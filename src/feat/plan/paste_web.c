/* Paste a SIP's text: what can be recognised is suggested, a person chooses, nothing is lost
 * (promise 21). */
#include <inttypes.h>

#include "feat/plan/plan.h"
#include "feat/plan/plan_paste.h"
#include "feat/plan/plan_web.h"
#include "q_plan.h"
#include "web/sheet.h"

#define TEXT_MOST 20000

static const struct str kinds[] = { { "need", 4 }, { "goal", 4 }, { "step", 4 }, { "none", 4 } };
static const enum msg kind_words[] = { MSG_paste_need, MSG_paste_goal, MSG_paste_step,
	MSG_paste_none };

static const char *nth(struct request *rq, const char *name, size_t i)
{
	return str_c(rq->mem, str_fmt(rq->mem, "%s-%zu", name, i + 1));
}

static struct web_sheet *sheet(struct request *rq, enum msg submit)
{
	struct web_sheet *s = web_sheet(rq, MSG_paste_title, submit,
	    str_fmt(rq->mem, "/children/%" PRId64, rq->child.v), web_text(rq, MSG_step_back),
	    str_fmt(rq->mem, "/plans/%" PRId64 "/paste", web_id(rq, "plan")));

	s->lead = web_text(rq, MSG_paste_lead);
	return s;
}

static enum err show(struct request *rq, struct response *rs, struct web_sheet *s)
{
	rs->wide = true;
	web_sheet_show(rq, rs, s);
	return OK;
}

static enum err plan_here(struct request *rq, struct q_plan_now *plan)
{
	TRY(q_plan_now(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), plan));
	return plan->found && plan->plan.v == web_id(rq, "plan") ? OK : ERR_NOT_FOUND;
}

static enum err paste_show(struct request *rq, struct response *rs)
{
	struct web_sheet *s = sheet(rq, MSG_paste_read);
	struct q_plan_now plan;

	TRY(plan_here(rq, &plan));
	web_sheet_field(rq, s, WEB_AREA, "text", MSG_paste_text, MSG_paste_hint, S(""));
	return show(rq, rs, s);
}

/* One suggestion: what it is, its words, its day. */
static void item_fields(
    struct request *rq, struct web_sheet *s, size_t i, const struct paste_item *item)
{
	struct web_field *f = web_sheet_field(rq, s, WEB_SELECT, nth(rq, "kind", i), MSG_paste_kind,
	    MSG_none, item ? kinds[item->kind] : S(""));

	web_options(rq, f, 4);
	for (int k = 0; k < 4; k++)
		web_option(f, kinds[k], web_text(rq, kind_words[k]), S(""));
	web_sheet_field(rq, s, WEB_TEXT, nth(rq, "words", i), MSG_paste_words, MSG_none,
	    item ? item->words : S(""));
	web_sheet_field(rq, s, WEB_DATE, nth(rq, "due", i), MSG_paste_day, MSG_none,
	    item ? date_iso(rq->mem, item->due) : S(""));
}

/* The suggestions to choose from; the form that was read is forgotten, so its fields begin anew. */
static enum err suggest(struct request *rq, struct response *rs, struct str text)
{
	struct web_sheet *s;
	struct paste *p = arena_new(rq->mem, struct paste);

	plan_paste(rq->mem, text, rq->today, p);
	rq->form = (struct form){ 0 };
	if (p->n == 0) {
		s = sheet(rq, MSG_paste_read);
		s->note = web_text(rq, MSG_paste_nothing);
		web_sheet_field(rq, s, WEB_AREA, "text", MSG_paste_text, MSG_paste_hint, text);
		return show(rq, rs, s);
	}
	s = sheet(rq, MSG_frame_save);
	s->note = web_text(rq, MSG_paste_choose);
	for (size_t i = 0; i < p->n; i++)
		item_fields(rq, s, i, &p->v[i]);
	plan_area_field(rq, s, S("learning"));
	if (p->rest.n)
		web_sheet_field(
		    rq, s, WEB_AREA, "rest", MSG_paste_rest, MSG_paste_rest_hint, p->rest);
	s->advice = true;
	TRY(plan_readers(rq, "step", 0, &s->readers));
	return show(rq, rs, s);
}

struct chosen {
	int kind; /* of kinds[] */
	struct str words;
	struct date due;
};

/* A goal needs the day when it is looked at again; a step may wait for its day. */
static struct chosen read_item(struct request *rq, size_t i)
{
	struct form *f = &rq->form;
	struct chosen c = { .kind = form_choice(f, str_of(nth(rq, "kind", i)), kinds, 4, true) };
	bool taken = c.kind >= 0 && c.kind < 3;

	c.words = form_text(f, str_of(nth(rq, "words", i)), taken ? 1 : 0, 400);
	c.due = form_date(f, str_of(nth(rq, "due", i)), c.kind == 1);
	if (c.kind == 2 && date_known(c.due) && date_cmp(c.due, rq->today) < 0)
		form_mark(f, str_of(nth(rq, "due", i)), MSG_step_past);
	return c;
}

static enum err put_item(
    struct request *rq, struct plan_id plan, struct str area, const struct chosen *c)
{
	struct plan_next step = { .words = c->words,
		.due = c->due,
		.due_minute = -1,
		.assignment = rq->actor.assignment };
	struct need_id need = { id_random() };
	struct goal_id goal = { id_random() };
	struct step_id id;

	if (c->kind == 0) {
		TRY(q_plan_need_add(rq->db, rq->permit, need, plan, area, c->words, 0, 0));
		return plan_item_saved(rq->db, rq->permit, rq->mem, "need", need.v);
	}
	if (c->kind == 1) {
		TRY(q_plan_goal_add(
		    rq->db, rq->permit, goal, plan, (struct need_id){ 0 }, c->words, c->due, 0));
		return plan_item_saved(rq->db, rq->permit, rq->mem, "goal", goal.v);
	}
	return c->kind == 2 ? plan_step_put(rq->db, rq->permit, rq->mem, plan, &step, &id) : OK;
}

static enum err paste_save(struct request *rq, struct response *rs)
{
	struct chosen all[PASTE_MOST];
	struct q_plan_now plan;
	struct web_sheet *s;
	struct str area;
	size_t n = 0;

	TRY(plan_here(rq, &plan));
	if (!http_get(&rq->http->form, S("kind-1")).p) {
		struct str text = form_text(&rq->form, S("text"), 1, TEXT_MOST);

		return rq->form.bad ? paste_show(rq, rs) : suggest(rq, rs, text);
	}
	while (n < PASTE_MOST && http_get(&rq->http->form, str_of(nth(rq, "kind", n))).p) {
		all[n] = read_item(rq, n);
		n++;
	}
	area = plan_read_area(rq);
	if (rq->form.bad) {
		s = sheet(rq, MSG_frame_save);
		for (size_t i = 0; i < n; i++)
			item_fields(rq, s, i, NULL);
		plan_area_field(rq, s, S(""));
		web_sheet_field(
		    rq, s, WEB_AREA, "rest", MSG_paste_rest, MSG_paste_rest_hint, S(""));
		return show(rq, rs, s);
	}
	for (size_t i = 0; i < n; i++)
		TRY(put_item(rq, plan.plan, area, &all[i]));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
}

const struct route paste_routes[] = {
	{ HTTP_GET, "/plans/{plan}/paste", paste_show, ACT_PLAN_EDIT },
	{ HTTP_POST, "/plans/{plan}/paste", paste_save, ACT_PLAN_EDIT },
	{ 0 },
};
