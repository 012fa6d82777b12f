/* Needs, strengths, goals and outside parties of a plan: what the own drawer holds. */
#include <inttypes.h>

#include "feat/plan/plan.h"
#include "feat/plan/plan_web.h"
#include "q_plan.h"
#include "web/sheet.h"

/* Neutral areas (sweden.md 4.3); messages area_... */
static const struct str areas[] = { { "health", 6 }, { "learning", 8 }, { "feelings", 8 },
	{ "relations", 9 }, { "self", 4 }, { "care", 4 }, { "safety", 6 }, { "warmth", 6 },
	{ "guidance", 8 }, { "home", 4 }, { "network", 7 }, { "background", 10 } };
#define AREAS ((int)(sizeof areas / sizeof areas[0]))
static const struct str results[] = { { "reached", 7 }, { "partly", 6 }, { "not", 3 },
	{ "stopped", 7 }, { "none", 4 } };
#define RESULTS 4 /* and "not followed up yet" */
static const struct str sorts[] = { { "need", 4 }, { "strength", 8 } };

/* A part's own form. What is the same for all: advice, "not for the guardians to see" (12:3), who
 * will read, and that somebody else was first. */
static struct web_sheet *sheet(struct request *rq, enum msg title, struct str action)
{
	struct web_sheet *s = web_sheet(rq, title, MSG_frame_save,
	    str_fmt(rq->mem, "/children/%" PRId64, rq->child.v), web_text(rq, MSG_step_back),
	    action);

	s->advice = true;
	return s;
}

static struct web_sheet *new_sheet(struct request *rq, enum msg title, const char *parts)
{
	return sheet(
	    rq, title, str_fmt(rq->mem, "/plans/%" PRId64 "/%s/new", web_id(rq, "plan"), parts));
}

static struct web_sheet *edit_sheet(struct request *rq, enum msg title, const char *part)
{
	return sheet(rq, title, str_fmt(rq->mem, "/%ss/%" PRId64 "/edit", part, web_id(rq, part)));
}

static void words_field(struct request *rq, struct web_sheet *s, enum msg label, struct str now)
{
	web_sheet_field(rq, s, WEB_AREA, "words", label, MSG_none, now);
}

static void harm_field(struct request *rq, struct web_sheet *s, bool now)
{
	web_sheet_field(
	    rq, s, WEB_CHECK, "harm", MSG_step_harm, MSG_step_harm_hint, now ? S("1") : S(""));
}

/* To mend, or changed since the form was opened: then what stands there now is shown beside the
 * user's own words. */
static bool comes_back(struct request *rq, struct web_sheet *s, int64_t version)
{
	s->conflict = web_version(rq) != version && !rq->form.bad;
	return rq->form.bad || s->conflict;
}

static enum err show(struct request *rq, struct response *rs, struct web_sheet *s)
{
	rs->wide = true;
	web_sheet_show(rq, rs, s);
	return OK;
}

static enum err saved(struct request *rq, struct response *rs, const char *kind, int64_t item)
{
	TRY(plan_item_saved(rq->db, rq->permit, rq->mem, kind, item));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, rq->child.v);
}

/* The plan in the path, as far as the reader's drawer sees it. */
static enum err plan_here(struct request *rq, struct q_plan_now *plan)
{
	TRY(q_plan_now(rq->db, rq->permit, rq->mem, permit_since_ms(rq->permit), plan));
	return plan->found && plan->plan.v == web_id(rq, "plan") ? OK : ERR_NOT_FOUND;
}

static void named_options(
    struct request *rq, struct web_field *f, const char *noun, const struct str *codes, int n)
{
	web_options(rq, f, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		enum msg m;

		must(msg_of_key(str_fmt(rq->mem, "%s_%.*s", noun, STR(codes[i])), &m));
		web_option(f, codes[i], web_text(rq, m), S(""));
	}
}

/* --- needs and strengths --- */

void plan_area_field(struct request *rq, struct web_sheet *s, struct str now)
{
	named_options(rq, web_sheet_field(rq, s, WEB_SELECT, "area", MSG_need_area, MSG_none, now),
	    "area", areas, AREAS);
}

struct str plan_read_area(struct request *rq)
{
	int area = form_choice(&rq->form, S("area"), areas, AREAS, true);

	return area >= 0 ? areas[area] : S("");
}

static enum err need_page(struct request *rq, struct response *rs, struct web_sheet *s,
    const struct q_plan_need_now *now, int64_t item)
{
	struct web_field *f = web_sheet_field(rq, s, WEB_RADIO, "sort", MSG_need_sort, MSG_none,
	    now && now->strength ? sorts[1] : sorts[0]);

	web_options(rq, f, 2);
	web_option(f, sorts[0], web_text(rq, MSG_need_need), S(""));
	web_option(f, sorts[1], web_text(rq, MSG_need_strength), S(""));
	plan_area_field(rq, s, now ? now->area : S(""));
	words_field(rq, s, MSG_need_words, now ? now->words : S(""));
	harm_field(rq, s, now && now->harm);
	s->version = now ? now->version : 0;
	TRY(plan_readers(rq, "need", item, &s->readers));
	if (now)
		web_sheet_button(rq, s, "do", "end", MSG_need_end);
	return show(rq, rs, s);
}

struct need_words {
	struct str area, words;
	bool strength, harm;
};

static struct need_words read_need(struct request *rq)
{
	int sort = form_choice(&rq->form, S("sort"), sorts, 2, true);

	return (struct need_words){ .strength = sort == 1,
		.area = plan_read_area(rq),
		.words = form_text(&rq->form, S("words"), 1, 600),
		.harm = form_checked(&rq->form, S("harm")) };
}

static enum err need_new(struct request *rq, struct response *rs)
{
	struct q_plan_now plan;

	TRY(plan_here(rq, &plan));
	return need_page(rq, rs, new_sheet(rq, MSG_need_add, "needs"), NULL, 0);
}

static enum err need_new_save(struct request *rq, struct response *rs)
{
	struct q_plan_now plan;
	struct need_words n;
	struct need_id id = { id_random() };

	TRY(plan_here(rq, &plan));
	n = read_need(rq);
	if (rq->form.bad)
		return need_page(rq, rs, new_sheet(rq, MSG_need_add, "needs"), NULL, 0);
	TRY(q_plan_need_add(
	    rq->db, rq->permit, id, plan.plan, n.area, n.words, n.strength, n.harm));
	return saved(rq, rs, "need", id.v);
}

static enum err need_edit(struct request *rq, struct response *rs)
{
	struct need_id id = { web_id(rq, "need") };
	struct q_plan_need_now now;

	TRY(q_plan_need_now(rq->db, rq->permit, rq->mem, id, permit_since_ms(rq->permit), &now));
	return now.found ? need_page(rq, rs, edit_sheet(rq, MSG_need_edit, "need"), &now, id.v)
			 : ERR_NOT_FOUND;
}

static enum err need_edit_save(struct request *rq, struct response *rs)
{
	struct need_id id = { web_id(rq, "need") };
	struct web_sheet *s = edit_sheet(rq, MSG_need_edit, "need");
	struct q_plan_need_now now;
	struct need_words n = read_need(rq);
	bool ends = str_eq(http_get(&rq->http->form, S("do")), S("end"));

	TRY(q_plan_need_now(rq->db, rq->permit, rq->mem, id, permit_since_ms(rq->permit), &now));
	if (!now.found)
		return ERR_NOT_FOUND;
	if (comes_back(rq, s, now.version))
		return need_page(rq, rs, s, &now, id.v);
	TRY(q_plan_need_change(rq->db, rq->permit, id, now.version, n.area, n.words, n.strength,
	    n.harm, ends ? rq->today : (struct date){ 0 }));
	return saved(rq, rs, "need", id.v);
}

/* --- goals --- */

static enum err goal_page(struct request *rq, struct response *rs, struct web_sheet *s,
    struct plan_id plan, const struct q_plan_goal_now *now, int64_t item)
{
	struct q_plan_needs_list needs;
	struct web_field *f;

	TRY(q_plan_needs(rq->db, rq->permit, rq->mem, plan, permit_since_ms(rq->permit),
	    now ? now->need : (struct need_id){ 0 }, &needs));
	f = web_sheet_field(rq, s, WEB_SELECT, "need", MSG_goal_need, MSG_none,
	    now && now->need.v ? str_of_i64(rq->mem, now->need.v) : S("0"));
	web_options(rq, f, needs.n + 1);
	web_option(f, S("0"), web_text(rq, MSG_goal_no_need), S(""));
	for (size_t i = 0; i < needs.n; i++)
		web_option(f, str_of_i64(rq->mem, needs.v[i].id.v), needs.v[i].words, S(""));
	words_field(rq, s, MSG_goal_words, now ? now->words : S(""));
	web_sheet_field(rq, s, WEB_DATE, "followed", MSG_goal_followed, MSG_none,
	    now ? date_iso(rq->mem, now->followed) : S(""));
	if (now) {
		f = web_sheet_field(rq, s, WEB_SELECT, "result", MSG_goal_result, MSG_none,
		    now->result.n ? now->result : S("none"));
		named_options(rq, f, "plan_result", results, RESULTS);
		web_option(f, S("none"), web_text(rq, MSG_goal_no_result), S(""));
	}
	harm_field(rq, s, now && now->harm);
	s->version = now ? now->version : 0;
	TRY(plan_readers(rq, "goal", item, &s->readers));
	return show(rq, rs, s);
}

struct goal_words {
	struct need_id need;
	struct str words, result;
	struct date followed;
	bool harm;
};

/* kept: the need that it is for already. One that the reader's page did not offer is no choice, and
 * a goal never loses its need in silence. */
static enum err read_goal(
    struct request *rq, struct plan_id plan, struct need_id kept, struct goal_words *out)
{
	struct q_plan_needs_list needs;
	int64_t need = form_i64(&rq->form, S("need"), 0, INT64_MAX);
	int result = form_choice(&rq->form, S("result"), results, RESULTS + 1, false);

	*out = (struct goal_words){ .words = form_text(&rq->form, S("words"), 1, 600),
		.followed = form_date(&rq->form, S("followed"), true),
		.harm = form_checked(&rq->form, S("harm")),
		.result = result >= 0 && result < RESULTS ? results[result] : (struct str){ 0 } };
	TRY(q_plan_needs(
	    rq->db, rq->permit, rq->mem, plan, permit_since_ms(rq->permit), kept, &needs));
	for (size_t i = 0; i < needs.n; i++)
		if (needs.v[i].id.v == need)
			out->need = needs.v[i].id;
	if (out->need.v != need)
		form_mark(&rq->form, S("need"), MSG_form_choose);
	return OK;
}

static enum err goal_new(struct request *rq, struct response *rs)
{
	struct q_plan_now plan;

	TRY(plan_here(rq, &plan));
	return goal_page(rq, rs, new_sheet(rq, MSG_goal_add, "goals"), plan.plan, NULL, 0);
}

static enum err goal_new_save(struct request *rq, struct response *rs)
{
	struct q_plan_now plan;
	struct goal_words g;
	struct goal_id id = { id_random() };

	TRY(plan_here(rq, &plan));
	TRY(read_goal(rq, plan.plan, (struct need_id){ 0 }, &g));
	if (rq->form.bad)
		return goal_page(rq, rs, new_sheet(rq, MSG_goal_add, "goals"), plan.plan, NULL, 0);
	TRY(q_plan_goal_add(
	    rq->db, rq->permit, id, plan.plan, g.need, g.words, g.followed, g.harm));
	return saved(rq, rs, "goal", id.v);
}

static enum err goal_edit(struct request *rq, struct response *rs)
{
	struct goal_id id = { web_id(rq, "goal") };
	struct q_plan_goal_now now;

	TRY(q_plan_goal_now(rq->db, rq->permit, rq->mem, id, permit_since_ms(rq->permit), &now));
	return now.found
		   ? goal_page(rq, rs, edit_sheet(rq, MSG_goal_edit, "goal"), now.plan, &now, id.v)
		   : ERR_NOT_FOUND;
}

static enum err goal_edit_save(struct request *rq, struct response *rs)
{
	struct goal_id id = { web_id(rq, "goal") };
	struct web_sheet *s = edit_sheet(rq, MSG_goal_edit, "goal");
	struct q_plan_goal_now now;
	struct goal_words g;

	TRY(q_plan_goal_now(rq->db, rq->permit, rq->mem, id, permit_since_ms(rq->permit), &now));
	if (!now.found)
		return ERR_NOT_FOUND;
	TRY(read_goal(rq, now.plan, now.need, &g));
	if (comes_back(rq, s, now.version))
		return goal_page(rq, rs, s, now.plan, &now, id.v);
	TRY(q_plan_goal_change(
	    rq->db, rq->permit, id, now.version, g.need, g.words, g.followed, g.result, g.harm));
	return saved(rq, rs, "goal", id.v);
}

/* --- outside parties: the plan's own drawer writes for them --- */

/* A party is read where its plan is: said before it is saved (promise 4). */
static enum err party_page(struct request *rq, struct response *rs, struct web_sheet *s,
    const struct q_plan_party_now *now)
{
	s->lead = web_text(rq, MSG_party_lead);
	web_sheet_field(rq, s, WEB_TEXT, "name", MSG_party_name, MSG_none, now ? now->name : S(""));
	web_sheet_field(
	    rq, s, WEB_TEXT, "phone", MSG_party_phone, MSG_none, now ? now->phone : S(""));
	if (now) {
		web_sheet_field(
		    rq, s, WEB_AREA, "answered", MSG_party_answered, MSG_none, now->answered);
		web_sheet_field(rq, s, WEB_DATE, "answered_on", MSG_party_answered_on, MSG_none,
		    date_iso(rq->mem, now->answered_on));
	}
	TRY(plan_readers(rq, "plan", web_id(rq, "plan"), &s->readers));
	s->version = now ? now->version : 0;
	return show(rq, rs, s);
}

static enum err own_plan(struct request *rq, struct q_plan_now *plan)
{
	TRY(plan_here(rq, plan));
	return plan->drawer.v == rq->actor.drawer.v ? OK : ERR_DENIED;
}

static enum err party_new(struct request *rq, struct response *rs)
{
	struct q_plan_now plan;

	TRY(own_plan(rq, &plan));
	return party_page(rq, rs, new_sheet(rq, MSG_party_add, "parties"), NULL);
}

static enum err party_new_save(struct request *rq, struct response *rs)
{
	struct q_plan_now plan;
	struct str name = form_text(&rq->form, S("name"), 1, 120);
	struct str phone = form_text(&rq->form, S("phone"), 0, 40);

	TRY(own_plan(rq, &plan));
	if (rq->form.bad)
		return party_page(rq, rs, new_sheet(rq, MSG_party_add, "parties"), NULL);
	TRY(q_plan_party_add(
	    rq->db, rq->permit, (struct party_id){ id_random() }, plan.plan, name, phone));
	return saved(rq, rs, "plan", plan.plan.v);
}

static struct web_sheet *party_edit_sheet(struct request *rq)
{
	return sheet(rq, MSG_party_edit,
	    str_fmt(rq->mem, "/plans/%" PRId64 "/parties/%" PRId64, web_id(rq, "plan"),
		web_id(rq, "party")));
}

static enum err party_edit(struct request *rq, struct response *rs)
{
	struct q_plan_now plan;
	struct q_plan_party_now now;

	TRY(own_plan(rq, &plan));
	TRY(q_plan_party_now(rq->db, rq->permit, rq->mem, (struct party_id){ web_id(rq, "party") },
	    plan.plan, &now));
	return now.found ? party_page(rq, rs, party_edit_sheet(rq), &now) : ERR_NOT_FOUND;
}

static enum err party_edit_save(struct request *rq, struct response *rs)
{
	struct party_id id = { web_id(rq, "party") };
	struct q_plan_now plan;
	struct q_plan_party_now now;
	struct str name = form_text(&rq->form, S("name"), 1, 120);
	struct str phone = form_text(&rq->form, S("phone"), 0, 40);
	struct str answered = form_text(&rq->form, S("answered"), 0, 1000);
	struct date on = form_date(&rq->form, S("answered_on"), answered.n != 0);
	struct web_sheet *s = party_edit_sheet(rq);

	TRY(own_plan(rq, &plan));
	TRY(q_plan_party_now(rq->db, rq->permit, rq->mem, id, plan.plan, &now));
	if (!now.found)
		return ERR_NOT_FOUND;
	if (date_cmp(on, rq->today) > 0)
		form_mark(&rq->form, S("answered_on"), MSG_start_noticed_future);
	if (comes_back(rq, s, now.version))
		return party_page(rq, rs, s, &now);
	TRY(q_plan_party_edit(
	    rq->db, rq->permit, id, plan.plan, now.version, name, phone, answered, on));
	return saved(rq, rs, "plan", plan.plan.v);
}

const struct route parts_routes[] = {
	{ HTTP_GET, "/plans/{plan}/needs/new", need_new, ACT_PLAN_EDIT },
	{ HTTP_POST, "/plans/{plan}/needs/new", need_new_save, ACT_PLAN_EDIT },
	{ HTTP_GET, "/needs/{need}/edit", need_edit, ACT_PLAN_EDIT },
	{ HTTP_POST, "/needs/{need}/edit", need_edit_save, ACT_PLAN_EDIT },
	{ HTTP_GET, "/plans/{plan}/goals/new", goal_new, ACT_PLAN_EDIT },
	{ HTTP_POST, "/plans/{plan}/goals/new", goal_new_save, ACT_PLAN_EDIT },
	{ HTTP_GET, "/goals/{goal}/edit", goal_edit, ACT_PLAN_EDIT },
	{ HTTP_POST, "/goals/{goal}/edit", goal_edit_save, ACT_PLAN_EDIT },
	{ HTTP_GET, "/plans/{plan}/parties/new", party_new, ACT_PLAN_EDIT },
	{ HTTP_POST, "/plans/{plan}/parties/new", party_new_save, ACT_PLAN_EDIT },
	{ HTTP_GET, "/plans/{plan}/parties/{party}", party_edit, ACT_PLAN_EDIT },
	{ HTTP_POST, "/plans/{plan}/parties/{party}", party_edit_save, ACT_PLAN_EDIT },
	{ 0 },
};
