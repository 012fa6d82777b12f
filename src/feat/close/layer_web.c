/*
 * Legal forms as layers on the one plan. A SIP is saved only with its four blocks and the consent
 * (SoL 10:8, HSL 16:4, patientlagen 6:4); else the same words are a plan together, and the page
 * says so.
 */
#include <inttypes.h>

#include "close_html.h"
#include "feat/close/close_views.h"
#include "feat/close/close_web.h"
#include "feat/plan/plan.h"

#define WORDS_MOST 4000

static const char *const kinds[] = { "coordination", "sip", "school_programme", "care_plan",
	"implementation_plan" };
enum { KIND_COORDINATION, KIND_SIP, KINDS = 5 };

static enum err load(struct request *rq, struct layer_page *v)
{
	struct q_layer_plan p;
	struct q_layer_list_list rows;
	int64_t since = permit_since_ms(rq->permit);

	v->plan.v = web_id(rq, "plan");
	TRY(q_layer_plan(rq->db, rq->permit, rq->mem, v->plan, since, &p));
	v->child = p.child;
	v->name = web_called(rq, p.name);
	TRY(q_layer_list(rq->db, rq->permit, rq->mem, v->plan, since, &rows));
	v->layers.v = arena_array(rq->mem, struct layer_item, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_layer_list *r = &rows.v[i];

		v->layers.v[v->layers.n++] =
		    (struct layer_item){ r, web_word(rq, "sip_kind_", r->kind),
			    web_word(rq, "regime_", r->drawer_regime),
			    str_eq(r->kind, S("sip")) || str_eq(r->kind, S("coordination")) };
	}
	return OK;
}

static enum err page(struct request *rq, struct response *rs, struct layer_page *v)
{
	const struct web_field *all[] = { &v->kind, &v->from, &v->to, &v->measures, &v->who,
		&v->others, &v->main, NULL };

	v->kind = web_field(rq, WEB_SELECT, "kind", MSG_sip_kind, MSG_none, S("sip"));
	web_options(rq, &v->kind, KINDS);
	for (size_t i = 0; i < KINDS; i++)
		web_option(
		    &v->kind, str_of(kinds[i]), web_word(rq, "sip_kind_", str_of(kinds[i])), S(""));
	v->from =
	    web_field(rq, WEB_DATE, "from", MSG_sip_from, MSG_none, date_iso(rq->mem, rq->today));
	v->to = web_field(rq, WEB_DATE, "to", MSG_sip_to, MSG_none, S(""));
	v->measures =
	    web_field(rq, WEB_AREA, "measures", MSG_sip_measures, MSG_sip_measures_hint, S(""));
	v->who = web_field(rq, WEB_AREA, "who", MSG_sip_who, MSG_none, S(""));
	v->others = web_field(rq, WEB_AREA, "others", MSG_sip_others, MSG_sip_others_hint, S(""));
	v->main = web_field(rq, WEB_AREA, "main_words", MSG_sip_main, MSG_none, S(""));
	v->errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad || v->no_sip ? 422 : 200, web_text(rq, MSG_sip_title));
	layer_page_html(&rs->html, v);
	return OK;
}

static enum err layer_show(struct request *rq, struct response *rs)
{
	struct layer_page v = { 0 };
	struct q_layer_consent consent;

	TRY(load(rq, &v));
	TRY(q_layer_consent(rq->db, rq->permit, rq->mem, &consent));
	v.consent_to = consent.found ? consent.to_on : (struct date){ 0 };
	return page(rq, rs, &v);
}

/* A block that is left out: marked on a SIP, simply not there on another form. */
static struct str block(struct request *rq, const char *name, bool needed)
{
	return form_text(&rq->form, str_of(name), needed, WORDS_MOST);
}

static enum err layer_save(struct request *rq, struct response *rs)
{
	struct layer_page v = { 0 };
	struct plan_layer l = { 0 };
	struct q_layer_consent consent;
	struct str codes[KINDS];
	int kind;
	bool sip;

	TRY(load(rq, &v));
	TRY(q_layer_consent(rq->db, rq->permit, rq->mem, &consent));
	v.consent_to = consent.found ? consent.to_on : (struct date){ 0 };
	for (int i = 0; i < KINDS; i++)
		codes[i] = str_of(kinds[i]);
	kind = form_choice(&rq->form, S("kind"), codes, KINDS, true);
	if (str_eq(form_text(&rq->form, S("as"), 0, 20), codes[KIND_COORDINATION]))
		kind = KIND_COORDINATION;
	sip = kind == KIND_SIP;
	l.from = form_date(&rq->form, S("from"), true);
	l.to = form_date(&rq->form, S("to"), false);
	l.measures = block(rq, "measures", true);
	l.who = block(rq, "who", sip);
	l.others = block(rq, "others", sip);
	l.main = block(rq, "main_words", sip);
	v.no_block = sip && (!l.measures.n || !l.who.n || !l.others.n || !l.main.n);
	v.no_consent = sip && !consent.found;
	v.no_sip = v.no_block || v.no_consent;
	if (rq->form.bad || v.no_sip)
		return page(rq, rs, &v);
	l.kind = codes[kind];
	l.consent = sip ? consent.id : (struct waiver_id){ 0 };
	TRY(plan_layer_add(rq->db, rq->permit, v.plan, (struct layer_id){ id_random() }, &l));
	return rs_go_said(
	    rq, rs, sip ? MSG_said_sip : MSG_said_layer, "/plans/%" PRId64 "/layers", v.plan.v);
}

const struct route layer_routes[] = {
	{ HTTP_GET, "/plans/{plan}/layers", layer_show, ACT_PLAN_EDIT },
	{ HTTP_POST, "/plans/{plan}/layers", layer_save, ACT_PLAN_EDIT },
	{ 0 },
};
