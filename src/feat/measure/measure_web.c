#include "feat/measure/measure_web.h"

#include <inttypes.h>

#include "feat/measure/measure.h"
#include "feat/measure/measure_views.h"
#include "measure_html.h"

#define WORDS_MOST 1000

/* sweden.md 4.7: neutral need areas. */
static const char *const areas[] = { "health", "learning", "feelings", "relations", "self", "care",
	"safety", "warmth", "guidance", "home", "network", "background" };
static const char *const layers[] = { "promoting", "preventive", "remedial" };
static const char *const ways[] = { "replace", "complement", "same" };
enum { WAY_REPLACE, WAY_COMPLEMENT, WAY_SAME };

static struct str kind_name(const struct request *rq, struct str kind)
{
	return measure_kind_name(rq->mem, rq->lang, rq->today, kind);
}

static struct measure_likes likes_of(struct request *rq, const struct q_measure_similar_list *rows)
{
	struct measure_likes l = { arena_array(rq->mem, struct measure_like, rows->n + 1), 0 };

	for (size_t i = 0; i < rows->n; i++) {
		struct str name = kind_name(rq, rows->v[i].kind);

		l.v[l.n++] = (struct measure_like){ &rows->v[i], name.n ? name : rows->v[i].words };
	}
	return l;
}

static enum err similar(struct request *rq, const struct measure_new *n, struct measure_id but,
    struct q_measure_similar_list *out)
{
	return q_measure_similar(rq->db, rq->permit, rq->mem, n->kind, n->words, n->area, n->from,
	    date_known(n->to) ? date_iso(rq->mem, n->to) : S("9999-12-31"), but,
	    permit_since_ms(rq->permit), out);
}

/* --- a new one --- */

static enum err load_new(struct request *rq, struct plan_id plan, struct measure_page *v)
{
	struct q_measure_plan p;

	TRY(q_measure_plan(rq->db, rq->permit, rq->mem, plan, permit_since_ms(rq->permit), &p));
	v->plan = plan;
	v->child = p.child;
	v->name = web_called(rq, p.name);
	return OK;
}

static enum err choose_kind(struct request *rq, struct measure_page *v)
{
	struct q_measure_kinds_list kinds;

	TRY(q_measure_kinds(rq->db, rq->permit, rq->mem, permit_age(rq->permit), &kinds));
	v->kind = web_field(rq, WEB_SELECT, "kind", MSG_measure_kind, MSG_measure_kind_hint, S(""));
	web_options(rq, &v->kind, kinds.n + 1);
	web_option(&v->kind, S(""), web_text(rq, MSG_measure_kind_own), S(""));
	for (size_t i = 0; i < kinds.n; i++) {
		struct str name = kind_name(rq, kinds.v[i].code);

		if (name.n)
			web_option(&v->kind, kinds.v[i].code,
			    str_fmt(rq->mem, "%.*s%.*s", STR(name),
				STR(kinds.v[i].assessed ? web_text(rq, MSG_measure_kind_assessed)
							: S(""))),
			    S(""));
	}
	return OK;
}

static void choose_words(struct request *rq, struct measure_page *v)
{
	v->words =
	    web_field(rq, WEB_TEXT, "words", MSG_measure_words, MSG_measure_words_hint, S(""));
	v->area = web_field(rq, WEB_SELECT, "area", MSG_measure_area, MSG_none, S(""));
	web_options(rq, &v->area, sizeof areas / sizeof areas[0] + 1);
	web_option(&v->area, S(""), web_text(rq, MSG_measure_usual), S(""));
	for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++)
		web_option(
		    &v->area, str_of(areas[i]), web_word(rq, "area_", str_of(areas[i])), S(""));
	v->layer = web_field(rq, WEB_SELECT, "layer", MSG_measure_layer, MSG_none, S(""));
	web_options(rq, &v->layer, 4);
	web_option(&v->layer, S(""), web_text(rq, MSG_measure_usual), S(""));
	for (size_t i = 0; i < 3; i++)
		web_option(
		    &v->layer, str_of(layers[i]), web_word(rq, "layer_", str_of(layers[i])), S(""));
	v->from = web_field(
	    rq, WEB_DATE, "from", MSG_measure_from, MSG_none, date_iso(rq->mem, rq->today));
	v->to = web_field(rq, WEB_DATE, "to", MSG_measure_to, MSG_measure_to_hint, S(""));
	v->harm = web_field(rq, WEB_CHECK, "harm", MSG_step_harm, MSG_step_harm_hint, S(""));
}

static enum err choose_goal(struct request *rq, struct measure_page *v)
{
	struct q_measure_goals_list goals;
	struct q_measure_parties_list parties;

	TRY(q_measure_goals(
	    rq->db, rq->permit, rq->mem, v->plan, permit_since_ms(rq->permit), &goals));
	v->goal = web_field(rq, WEB_SELECT, "goal", MSG_measure_goal, MSG_none, S(""));
	web_options(rq, &v->goal, goals.n + 1);
	web_option(&v->goal, S(""), web_text(rq, MSG_measure_goal_none), S(""));
	for (size_t i = 0; i < goals.n; i++)
		web_option(&v->goal, str_of_i64(rq->mem, goals.v[i].id.v), goals.v[i].words, S(""));
	TRY(q_measure_parties(rq->db, rq->permit, rq->mem, v->plan, &parties));
	v->who = web_field(rq, WEB_SELECT, "who", MSG_measure_who, MSG_none, S(""));
	web_options(rq, &v->who, parties.n + 1);
	web_option(&v->who, S(""), rq->actor.unit_name, S(""));
	for (size_t i = 0; i < parties.n; i++)
		web_option(
		    &v->who, str_of_i64(rq->mem, parties.v[i].id.v), parties.v[i].name, S(""));
	return OK;
}

static void choose_way(struct request *rq, struct measure_page *v)
{
	static const enum msg names[] = { MSG_measure_replace, MSG_measure_complement,
		MSG_measure_same };
	static const enum msg hints[] = { MSG_measure_replace_text, MSG_measure_complement_text,
		MSG_measure_same_text };

	v->chosen = web_field(rq, WEB_RADIO, "chosen", MSG_measure_how, MSG_none, S(""));
	web_options(rq, &v->chosen, 3);
	for (size_t i = 0; i < 3; i++)
		web_option(
		    &v->chosen, str_of(ways[i]), web_text(rq, names[i]), web_text(rq, hints[i]));
	v->how = web_field(rq, WEB_AREA, "how", MSG_measure_how_words, MSG_none, S(""));
	v->similar = web_field(rq, WEB_SELECT, "similar", MSG_measure_which, MSG_none, S(""));
	web_options(rq, &v->similar, v->likes.n);
	for (size_t i = 0; i < v->likes.n; i++)
		web_option(&v->similar, str_of_i64(rq->mem, v->likes.v[i].row->id.v),
		    v->likes.v[i].name, S(""));
}

static enum err new_page(struct request *rq, struct response *rs, struct measure_page *v)
{
	const struct web_field *all[] = { &v->chosen, &v->how, &v->kind, &v->words, &v->area,
		&v->layer, &v->from, &v->to, NULL };
	struct share_what what = { .child = v->child,
		.kind = "measure",
		.harm = rq->form.pairs && form_checked(&rq->form, S("harm")) };

	TRY(choose_kind(rq, v));
	choose_words(rq, v);
	TRY(choose_goal(rq, v));
	choose_way(rq, v);
	TRY(share_readers(rq->db, rq->permit, rq->mem, &what, &v->readers));
	v->errors = web_errors(rq, all);
	for (size_t i = 0; i < v->likes.n; i++)
		rs_look(rs, v->child, "measure", v->likes.v[i].row->id.v, permit_stand(rq->permit));
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_measure_title));
	measure_new_html(&rs->html, v);
	return OK;
}

static enum err measure_new(struct request *rq, struct response *rs)
{
	struct measure_page v = { 0 };

	TRY(load_new(rq, (struct plan_id){ web_id(rq, "plan") }, &v));
	return new_page(rq, rs, &v);
}

/* Reads the form; what a kind of the catalogue says itself (area, layer) need not be chosen. */
static enum err read_new(struct request *rq, struct measure_new *n)
{
	struct form *f = &rq->form;
	struct str list[12];
	struct q_measure_kinds_list kinds;
	const struct q_measure_kinds *kind = NULL;
	int i;

	n->kind = form_text(f, S("kind"), 0, 60);
	TRY(q_measure_kinds(rq->db, rq->permit, rq->mem, permit_age(rq->permit), &kinds));
	for (size_t k = 0; k < kinds.n; k++)
		kind = str_eq(kinds.v[k].code, n->kind) ? &kinds.v[k] : kind;
	if (n->kind.n && !kind)
		form_mark(f, S("kind"), MSG_form_choose);
	n->words = form_text(f, S("words"), kind ? 0 : 1, WORDS_MOST);
	if (kind && n->words.n == 0)
		n->words = kind_name(rq, n->kind);
	for (i = 0; i < 12; i++)
		list[i] = str_of(areas[i]);
	i = form_choice(f, S("area"), list, 12, kind == NULL);
	n->area = i >= 0 ? list[i] : kind ? kind->area : S("");
	for (i = 0; i < 3; i++)
		list[i] = str_of(layers[i]);
	i = form_choice(f, S("layer"), list, 3, kind == NULL);
	n->layer = i >= 0 ? list[i] : kind ? kind->layer : S("");
	n->goal.v = form_id(f, S("goal"), false);
	n->party.v = form_id(f, S("who"), false);
	n->from = form_date(f, S("from"), true);
	n->to = form_date(f, S("to"), false);
	if (date_known(n->to) && date_cmp(n->to, n->from) < 0)
		form_mark(f, S("to"), MSG_measure_to_before);
	n->how = form_text(f, S("how"), 0, WORDS_MOST);
	n->chosen = form_text(f, S("chosen"), 0, 20);
	n->similar.v = form_id(f, S("similar"), false);
	n->harm = form_checked(f, S("harm"));
	return OK;
}

/* A goal or a party that the reader's page did not offer is no choice. */
static enum err check_new(struct request *rq, const struct measure_page *v, struct measure_new *n)
{
	struct q_measure_goals_list goals;
	struct q_measure_parties_list parties;
	bool goal = n->goal.v == 0, party = n->party.v == 0;

	TRY(q_measure_goals(
	    rq->db, rq->permit, rq->mem, v->plan, permit_since_ms(rq->permit), &goals));
	for (size_t i = 0; i < goals.n; i++)
		goal = goal || goals.v[i].id.v == n->goal.v;
	TRY(q_measure_parties(rq->db, rq->permit, rq->mem, v->plan, &parties));
	for (size_t i = 0; i < parties.n; i++)
		party = party || parties.v[i].id.v == n->party.v;
	return goal && party ? OK : ERR_INVALID;
}

/* Promise 15: a similar one that the planner may see asks for an answer before anything is saved.
 */
static bool answered(struct request *rq, const struct measure_page *v, const struct measure_new *n)
{
	bool one = false, way = false;

	if (v->likes.n == 0)
		return true;
	for (size_t i = 0; i < v->likes.n; i++)
		one = one || v->likes.v[i].row->id.v == n->similar.v;
	for (size_t i = 0; i < 3; i++)
		way = way || str_eq(n->chosen, str_of(ways[i]));
	if (!one || !way) {
		form_mark(&rq->form, S("chosen"), MSG_measure_choose);
		return false;
	}
	if (str_eq(n->chosen, str_of(ways[WAY_COMPLEMENT])) && n->how.n == 0) {
		form_mark(&rq->form, S("how"), MSG_measure_how_missing);
		return false;
	}
	return true;
}

static enum err add(struct request *rq, const struct measure_page *v, const struct measure_new *n)
{
	struct measure_id id = { id_random() }, none = { 0 };
	bool replace = v->likes.n && str_eq(n->chosen, str_of(ways[WAY_REPLACE]));
	bool beside = v->likes.n && str_eq(n->chosen, str_of(ways[WAY_COMPLEMENT]));
	struct unit_id unit = n->party.v ? (struct unit_id){ 0 } : rq->actor.unit;

	TRY(q_measure_add(rq->db, rq->permit, id, v->plan, n->goal,
	    n->kind.n ? n->kind : (struct str){ 0 }, n->words, n->layer, n->area, unit, n->party,
	    n->from, n->to, date_cmp(n->from, rq->today) > 0 ? S("planned") : S("active"),
	    replace ? n->similar : none, beside ? n->similar : none,
	    beside ? n->how : (struct str){ 0 }, replace || beside ? n->chosen : (struct str){ 0 },
	    n->harm));
	/* One of the own drawer ends at once; another drawer's is ended by whoever gives it. */
	for (size_t i = 0; replace && i < v->likes.n; i++) {
		const struct q_measure_similar *old = v->likes.v[i].row;

		if (old->id.v == n->similar.v && old->own)
			TRY(q_measure_change(rq->db, rq->permit, old->id, old->version, S("ended"),
			    rq->today, web_text(rq, MSG_measure_replaced_result), old->harm));
	}
	return share_save(rq->db, rq->permit, rq->mem, v->child, "measure", id.v, S(""));
}

static enum err measure_save(struct request *rq, struct response *rs)
{
	struct measure_page v = { 0 };
	struct measure_new n = { 0 };
	struct q_measure_similar_list rows = { 0 };

	TRY(load_new(rq, (struct plan_id){ web_id(rq, "plan") }, &v));
	TRY(read_new(rq, &n));
	if (rq->form.bad)
		return new_page(rq, rs, &v);
	TRY(check_new(rq, &v, &n));
	TRY(similar(rq, &n, (struct measure_id){ 0 }, &rows));
	v.likes = likes_of(rq, &rows);
	if (!answered(rq, &v, &n))
		return new_page(rq, rs, &v);
	if (v.likes.n && str_eq(n.chosen, str_of(ways[WAY_SAME])))
		return rs_go_said(rq, rs, MSG_said_measure_same, "/measures/%" PRId64, n.similar.v);
	TRY(add(rq, &v, &n));
	return rs_go_said(rq, rs, MSG_said_measure_added, "/children/%" PRId64, v.child.v);
}

/* --- one that is there --- */

static enum err load_show(struct request *rq, struct measure_show_page *v)
{
	struct q_measure_one *row = arena_new(rq->mem, struct q_measure_one);
	struct q_measure_replaced_by *by = arena_new(rq->mem, struct q_measure_replaced_by);
	struct q_measure_similar_list rows;
	struct measure_new n;
	int64_t since = permit_since_ms(rq->permit);

	v->id.v = web_id(rq, "measure");
	TRY(q_measure_one(rq->db, rq->permit, rq->mem, v->id, since, row));
	row->name = web_called(rq, row->name);
	v->row = row;
	v->title = kind_name(rq, row->kind);
	v->title = v->title.n ? v->title : row->words;
	v->state = web_word(rq, "measure_", row->state);
	v->area = web_word(rq, "area_", row->area);
	v->layer = web_word(rq, "layer_", row->layer);
	v->color = str_eq(row->state, S("active"))    ? "success"
		   : str_eq(row->state, S("planned")) ? "info"
						      : "neutral";
	v->open = !str_eq(row->state, S("ended"));
	v->mine = row->own != 0 && v->open;
	TRY(q_measure_replaced_by(rq->db, rq->permit, rq->mem, v->id, since, by));
	v->by = by->found && v->open ? by : NULL;
	n = (struct measure_new){ .kind = row->kind,
		.words = row->words,
		.area = row->area,
		.from = row->from_on,
		.to = row->to_on };
	if (v->open) {
		TRY(similar(rq, &n, v->id, &rows));
		v->likes = likes_of(rq, &rows);
	}
	return OK;
}

static enum err show_page(struct request *rq, struct response *rs, struct measure_show_page *v)
{
	static const enum msg next[] = { MSG_measure_planned, MSG_measure_active,
		MSG_measure_ended };
	static const char *const codes[] = { "planned", "active", "ended" };
	const struct web_field *all[] = { &v->next, &v->to, &v->result, NULL };
	struct share_what what = { .child = v->row->child,
		.kind = "measure",
		.item = v->id.v,
		.harm = rq->form.pairs ? form_checked(&rq->form, S("harm")) : v->row->harm != 0 };

	v->next = web_field(rq, WEB_SELECT, "state", MSG_measure_state, MSG_none, v->row->state);
	web_options(rq, &v->next, 3);
	for (size_t i = 0; i < 3; i++)
		web_option(&v->next, str_of(codes[i]), web_text(rq, next[i]), S(""));
	v->to = web_field(rq, WEB_DATE, "to", MSG_measure_to, MSG_measure_to_hint,
	    date_iso(rq->mem, v->row->to_on));
	v->result = web_field(
	    rq, WEB_AREA, "result", MSG_measure_result, MSG_measure_result_hint, v->row->result);
	v->harm = web_field(rq, WEB_CHECK, "harm", MSG_step_harm, MSG_step_harm_hint,
	    v->row->harm ? S("1") : S(""));
	TRY(share_readers(rq->db, rq->permit, rq->mem, &what, &v->readers));
	v->errors = web_errors(rq, all);
	rs_look(rs, v->row->child, "measure", v->id.v, permit_stand(rq->permit));
	for (size_t i = 0; i < v->likes.n; i++)
		rs_look(rs, v->row->child, "measure", v->likes.v[i].row->id.v,
		    permit_stand(rq->permit));
	rs->wide = true;
	rs_page(rs, v->conflict ? 409 : rq->form.bad ? 422 : 200, v->title);
	measure_show_html(&rs->html, v);
	return OK;
}

static enum err measure_show(struct request *rq, struct response *rs)
{
	struct measure_show_page v = { 0 };

	TRY(load_show(rq, &v));
	return show_page(rq, rs, &v);
}

static enum err measure_change(struct request *rq, struct response *rs)
{
	static const struct str codes[] = { { "planned", 7 }, { "active", 6 }, { "ended", 5 } };
	struct measure_show_page v = { 0 };
	int64_t version;
	int state;
	struct date to;
	struct str result;

	TRY(load_show(rq, &v));
	if (!v.row->own)
		return ERR_DENIED; /* another drawer's: only whoever gives it changes it */
	version = web_version(rq);
	state = form_choice(&rq->form, S("state"), codes, 3, true);
	to = form_date(&rq->form, S("to"), false);
	result = form_text(&rq->form, S("result"), state == 2, WORDS_MOST);
	if (!rq->form.bad && date_known(to) && date_cmp(to, v.row->from_on) < 0)
		form_mark(&rq->form, S("to"), MSG_measure_to_before);
	v.conflict = version != v.row->version || !v.open;
	if (rq->form.bad || v.conflict)
		return show_page(rq, rs, &v);
	if (state == 2 && !date_known(to))
		to = rq->today;
	TRY(q_measure_change(rq->db, rq->permit, v.id, version, codes[state], to,
	    state == 2 ? result : (struct str){ 0 }, form_checked(&rq->form, S("harm"))));
	TRY(share_save(rq->db, rq->permit, rq->mem, v.row->child, "measure", v.id.v, S("")));
	return rs_go_said(rq, rs, MSG_said_measure_saved, "/measures/%" PRId64, v.id.v);
}

const struct route measure_routes[] = {
	{ HTTP_GET, "/plans/{plan}/measures/new", measure_new, ACT_MEASURE_EDIT },
	{ HTTP_POST, "/plans/{plan}/measures/new", measure_save, ACT_MEASURE_EDIT },
	{ HTTP_GET, "/measures/{measure}", measure_show, ACT_MEASURE_EDIT },
	{ HTTP_POST, "/measures/{measure}", measure_change, ACT_MEASURE_EDIT },
	{ 0 },
};
