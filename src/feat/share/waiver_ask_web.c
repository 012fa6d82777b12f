/* The page that asks a family for a yes: whom to share with, what, until when. */
#include <inttypes.h>

#include "feat/share/share_web.h"
#include "feat/share/waiver_views.h"
#include "share_html.h"

static const struct str contents[] = { { "plan", 4 }, { "steps", 5 }, { "school", 6 },
	{ "health", 6 }, { "social", 6 } };
static const struct str views[] = { { "agrees", 6 }, { "objects", 7 }, { "unknown", 7 } };

/* "Sara", "Sara och Erik". */
static struct str and_also(const struct request *rq, struct str all, struct str name)
{
	const struct msg_arg both[] = { msg_arg_text(all), msg_arg_text(name) };

	return all.n ? i18n_text(rq->mem, rq->lang, rq->today, MSG_child_and, both, 2) : name;
}

static struct str askees(const struct request *rq, const struct waiver_needs *needs,
    const struct share_facts *f, const struct q_waiver_deciders_list *deciders)
{
	struct str all = S("");

	for (size_t i = 0; needs->guardians && i < deciders->n; i++)
		all = and_also(rq, all, web_one_of_family(rq, deciders->v[i].name));
	return needs->child_yes ? and_also(rq, all, f->name) : all;
}

static void new_fields(
    struct request *rq, struct waiver_new_page *v, const struct q_waiver_places_list *places)
{
	static const char *const names[] = { "to1", "to2", "to3", "to4" };
	const struct web_field *all[] = { &v->to[0], &v->to[1], &v->to[2], &v->to[3], &v->both,
		&v->content, &v->purpose, &v->until, &v->view, &v->view_how, NULL };

	for (int i = 0; i < WAIVER_TO; i++) {
		v->to[i] = web_field(
		    rq, WEB_SELECT, names[i], i ? MSG_ask_to_more : MSG_ask_to, MSG_none, S(""));
		web_options(rq, &v->to[i], places->n + 1);
		web_option(
		    &v->to[i], S(""), web_text(rq, i ? MSG_ask_nobody : MSG_ask_choose), S(""));
		for (size_t k = 0; k < places->n; k++)
			web_option(&v->to[i], str_of_i64(rq->mem, places->v[k].id.v),
			    share_place_text(rq, places->v[k].regime, places->v[k].authority),
			    S(""));
	}
	v->both = web_field(rq, WEB_CHECK, "both", MSG_ask_both_ways, MSG_none, S(""));
	v->content = web_field(rq, WEB_RADIO, "content", MSG_ask_what, MSG_none, S("plan"));
	web_options(rq, &v->content, 5);
	for (int i = 0; i < 5; i++)
		web_option(
		    &v->content, contents[i], waiver_code_text(rq, "content_", contents[i]), S(""));
	v->purpose = web_field(rq, WEB_AREA, "purpose", MSG_ask_why, MSG_ask_why_hint, S(""));
	v->until = web_field(
	    rq, WEB_DATE, "until", MSG_ask_until, MSG_ask_until_hint, date_iso(rq->mem, v->last));
	v->view = web_field(rq, WEB_RADIO, "view", MSG_ask_child_view, MSG_none, S(""));
	web_options(rq, &v->view, 3);
	for (int i = 0; i < 3; i++)
		web_option(&v->view, views[i],
		    waiver_with_name(rq,
			i == 0   ? MSG_waiver_child_agrees
			: i == 1 ? MSG_waiver_child_objects
				 : MSG_waiver_child_unknown,
			v->name),
		    S(""));
	v->view_how = web_field(rq, WEB_TEXT, "view_how", MSG_ask_child_how, MSG_none, S(""));
	v->errors = web_errors(rq, all);
}

static enum err ask_form(struct request *rq, struct response *rs, int status)
{
	struct waiver_new_page v = { .child = rq->child };
	struct q_waiver_deciders_list deciders;
	struct q_waiver_places_list places;
	struct waiver_needs needs;
	struct share_facts f;

	TRY(share_facts(rq->db, rq->permit, rq->mem, rq->child, &f));
	TRY(q_waiver_deciders(rq->db, rq->permit, rq->mem, &deciders));
	TRY(q_waiver_places(rq->db, rq->permit, rq->mem, &places));
	needs = waiver_needs_for(&f);
	f.name = web_called(rq, f.name);
	v.name = f.name;
	v.human = needs.human;
	v.last = waiver_last_day(&f, true, rq->today);
	v.turn = waiver_turn_text(rq, &f, v.last);
	v.askees = askees(rq, &needs, &f, &deciders);
	new_fields(rq, &v, &places);
	rs->wide = true;
	rs_page(rs, status, web_text(rq, MSG_ask_title));
	waiver_new_html(&rs->html, &v);
	return OK;
}

static enum err ask_page(struct request *rq, struct response *rs)
{
	return ask_form(rq, rs, 200);
}

/* Recipients, each once, never the asker's own drawer. */
static enum err read_recipients(struct request *rq, struct waiver_ask *ask)
{
	static const char *const names[] = { "to1", "to2", "to3", "to4" };
	struct q_waiver_places_list places;

	TRY(q_waiver_places(rq->db, rq->permit, rq->mem, &places));
	for (int i = 0; i < WAIVER_TO; i++) {
		int64_t id = form_id(&rq->form, str_of(names[i]), i == 0);
		bool known = false, twice = false;

		for (size_t k = 0; k < places.n; k++)
			known = known || places.v[k].id.v == id;
		for (int k = 0; k < ask->n_to; k++)
			twice = twice || ask->to[k].v == id;
		if (id && !known)
			form_mark(&rq->form, str_of(names[i]), MSG_form_choose);
		else if (id && !twice)
			ask->to[ask->n_to++] = (struct drawer_id){ id };
	}
	return OK;
}

static enum err ask_save(struct request *rq, struct response *rs)
{
	struct waiver_ask ask = { 0 };
	struct waiver_needs needs;
	struct share_facts f;
	struct waiver_id id;
	int content, view;

	TRY(share_facts(rq->db, rq->permit, rq->mem, rq->child, &f));
	needs = waiver_needs_for(&f);
	TRY(read_recipients(rq, &ask));
	ask.both_ways = form_checked(&rq->form, S("both"));
	content = form_choice(&rq->form, S("content"), contents, 5, true);
	ask.purpose = form_text(&rq->form, S("purpose"), 3, 600);
	ask.until = form_date(&rq->form, S("until"), true);
	view = form_choice(&rq->form, S("view"), views, 3, true);
	if (date_known(ask.until) &&
	    (date_cmp(ask.until, rq->today) <= 0 ||
		date_cmp(ask.until, waiver_last_day(&f, view != 2, rq->today)) > 0))
		form_mark(&rq->form, S("until"), MSG_ask_until_wrong);
	/* From 12 the child's view has to be on record before anybody is asked (1.37). */
	if (view == 2 && needs.child_view)
		form_mark(&rq->form, S("view"), MSG_law_child_view_missing);
	ask.child_how = form_text(&rq->form, S("view_how"), needs.child_view ? 3 : 0, 300);
	if (rq->form.bad || needs.human)
		return ask_form(rq, rs, 422);
	ask.content = contents[content];
	ask.child_view = views[view];
	TRY(waiver_ask(rq->db, rq->permit, rq->mem, &f, &ask, &id));
	return rs_go_said(rq, rs, MSG_said_waiver_asked, "/waivers/%" PRId64, id.v);
}

const struct route waiver_ask_routes[] = {
	{ HTTP_GET, "/children/{child}/waivers/new", ask_page, ACT_WAIVER_ASK },
	{ HTTP_POST, "/children/{child}/waivers/new", ask_save, ACT_WAIVER_ASK },
	{ 0 },
};
