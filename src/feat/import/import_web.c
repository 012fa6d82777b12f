#include "feat/import/import_web.h"

#include <inttypes.h>

#include "auth/seal.h"
#include "feat/import/import.h"
#include "feat/import/import_views.h"
#include "import_html.h"

#define ANSWER_MOST 500

/* A case with its record opened. */
struct opened {
	struct q_quarantine_case row;
	struct import_record r;
	struct q_quarantine_candidate_list
	    known; /* what this authority may know of the candidate */
	bool part; /* the person is in; a part of the record waits */
};

static struct str holder_text(const struct request *rq, struct str name, struct str regime)
{
	return str_fmt(rq->mem, "%.*s (%.*s)", STR(name), STR(web_word(rq, "regime_", regime)));
}

static enum err quarantine_list(struct request *rq, struct response *rs)
{
	struct quarantine_list_page v = { 0 };
	struct q_quarantine_list_list rows;
	struct q_quarantine_count all;
	struct q_left_list_list left;

	TRY(q_quarantine_list(rq->db, rq->permit, rq->mem, &rows));
	TRY(q_quarantine_count(rq->db, rq->permit, rq->mem, &all));
	TRY(q_left_list(rq->db, rq->permit, rq->mem, &left));
	v.all = all.n;
	v.cases.v = arena_array(rq->mem, struct quarantine_row, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v.cases.v[v.cases.n++] = (struct quarantine_row){ &rows.v[i],
			web_word(rq, "quarantine_short_",
			    rows.v[i].seen ? rows.v[i].reason : S("uncertain")),
			holder_text(rq, rows.v[i].authority, rows.v[i].regime),
			web_word(rq, "quarantine_source_", rows.v[i].source),
			date_of_ms(rows.v[i].made_ms) };
	v.left.v = arena_array(rq->mem, struct left_row, left.n + 1);
	for (size_t i = 0; i < left.n; i++)
		v.left.v[v.left.n++] =
		    (struct left_row){ &left.v[i], web_word(rq, "left_why_", left.v[i].why),
			    holder_text(rq, left.v[i].authority, left.v[i].regime),
			    web_word(rq, "quarantine_source_", left.v[i].source),
			    date_of_ms(left.v[i].made_ms) };
	rs->wide = true;
	rs_page(rs, 200, web_text(rq, MSG_quarantine_title));
	quarantine_list_page_html(&rs->html, &v);
	return OK;
}

static enum err open_case(struct request *rq, struct opened *o)
{
	struct quarantine_id id = { web_id(rq, "quarantine") };
	struct json_problem problem;
	struct str text;

	TRY(q_quarantine_case(rq->db, rq->permit, rq->mem, id, &o->row));
	TRY(seal_open(rq->site->keys, rq->mem, "quarantine", id.v, o->row.payload, &text));
	if (import_read(rq->mem, text, rq->today, &o->r, &problem) != IMPORT_PERSON)
		return fail(
		    ERR_INTERNAL, "a quarantined record can't be read, quarantine=%" PRId64, id.v);
	o->part =
	    str_eq(o->row.reason, S("guardian_missing")) || str_eq(o->row.reason, S("no_receiver"));
	if (!o->row.candidate.v)
		return OK;
	return q_quarantine_candidate(
	    rq->db, rq->permit, rq->mem, o->row.candidate, o->row.drawer, &o->known);
}

/* Masked: enough to recognise somebody, not enough to write the number down. */
static struct str masked(struct request *rq, const struct q_quarantine_candidate *c)
{
	struct number n;
	struct str text;

	if (!c->number_sealed.n ||
	    seal_open(rq->site->keys, rq->mem, "identity", c->id.v, c->number_sealed, &text) !=
		OK ||
	    !number_read(text, rq->today, &n))
		return S("");
	return str_copy(rq->mem, str_of(n.masked));
}

/* Everything with a mark shows no name, no number and no day, the record sent as well as the person
 * known: an administrator answers by the source's own register (promise 8). */
static enum err show_people(struct request *rq, const struct opened *o, struct quarantine_page *v)
{
	struct q_quarantine_candidate_marked marked = { 0 };
	bool hide;

	if (o->row.candidate.v && o->known.n)
		TRY(q_quarantine_candidate_marked(
		    rq->db, rq->permit, rq->mem, o->row.candidate, &marked));
	hide = marked.n > 0;
	v->hidden = hide || o->r.protection > PERSON_UNKNOWN;
	if (!v->hidden)
		v->sent = (struct quarantine_facts){ .name = str_fmt(rq->mem, "%.*s %.*s",
							 STR(o->r.given), STR(o->r.family)),
			.number = o->r.numbered ? str_of(o->r.number.masked) : S(""),
			.born = o->r.born };
	v->known.v = arena_array(rq->mem, struct quarantine_facts, o->known.n + 1);
	for (size_t i = 0; i < o->known.n && !o->part; i++) {
		const struct q_quarantine_candidate *c = &o->known.v[i];
		struct quarantine_facts f = { .source =
						  web_word(rq, "quarantine_source_", c->source),
			.checked = c->checked };

		if (!v->hidden) {
			f.name = str_fmt(rq->mem, "%.*s %.*s", STR(c->given), STR(c->family));
			f.number = masked(rq, c);
			f.born = c->born;
		}
		v->known.v[v->known.n++] = f;
	}
	return OK;
}

static void choices(struct request *rq, const struct opened *o, struct quarantine_page *v)
{
	v->choice = web_field(rq, WEB_RADIO, "choice", MSG_quarantine_choice, MSG_none, S(""));
	web_options(rq, &v->choice, 3);
	if (o->part)
		web_option(&v->choice, S("join"), web_text(rq, MSG_quarantine_again),
		    web_text(rq, MSG_quarantine_again_hint));
	else if (o->known.n)
		web_option(&v->choice, S("join"), web_text(rq, MSG_quarantine_join),
		    web_text(rq, MSG_quarantine_join_hint));
	if (str_eq(o->row.reason, S("name_match")))
		web_option(&v->choice, S("make"), web_text(rq, MSG_quarantine_make),
		    web_text(rq, MSG_quarantine_make_hint));
	web_option(&v->choice, S("throw"), web_text(rq, MSG_quarantine_throw),
	    web_text(rq, MSG_quarantine_throw_hint));
	v->answer = web_field(
	    rq, WEB_AREA, "answer", MSG_quarantine_answer, MSG_quarantine_answer_hint, S(""));
}

static enum err case_page(struct request *rq, struct response *rs, const struct opened *o)
{
	struct quarantine_page v = { .id = { web_id(rq, "quarantine") },
		.version = o->row.version,
		.holder = holder_text(rq, o->row.name, o->row.regime),
		.source = web_word(rq, "quarantine_source_", o->row.source),
		.external_id = o->r.id,
		.since = date_of_ms(o->row.made_ms) };
	const struct web_field *all[] = { &v.choice, &v.answer, NULL };
	/* Whom only others know of: the reason would tell that they do (promise 7). */
	bool unseen = o->row.candidate.v && o->known.n == 0;
	struct str reason = unseen ? S("uncertain") : o->row.reason;
	struct q_quarantine_candidate_child child;

	v.why = web_word(rq, "quarantine_short_", reason);
	v.advice = web_word(rq, "quarantine_why_", reason);
	TRY(show_people(rq, o, &v));
	if (o->known.n) {
		TRY(q_quarantine_candidate_child(
		    rq->db, rq->permit, rq->mem, o->row.candidate, &child));
		if (child.found)
			rs_look(rs, child.child, "quarantine", v.id.v, STAND_ADMIN);
	}
	choices(rq, o, &v);
	v.errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, v.why);
	quarantine_page_html(&rs->html, &v);
	return OK;
}

static enum err quarantine_show(struct request *rq, struct response *rs)
{
	struct opened o = { 0 };

	TRY(open_case(rq, &o));
	return case_page(rq, rs, &o);
}

/* The person is in; the missing part is read in again. waits: it is still missing. */
static enum err try_again(
    struct request *rq, struct import *im, const struct opened *o, struct str answer, bool *waits)
{
	struct import_outcome out;

	TRY(import_around(im, rq->mem, &o->r, &out));
	*waits = out.waiting > 0;
	return *waits ? OK
		      : q_quarantine_say(rq->db, rq->permit,
			    (struct quarantine_id){ web_id(rq, "quarantine") }, answer);
}

static enum err answer_case(struct request *rq, struct import *im, const struct opened *o,
    struct str choice, int64_t version, struct str answer)
{
	struct quarantine_id id = { web_id(rq, "quarantine") };
	struct person_id person = o->row.candidate;
	struct import_outcome out = { 0 };
	const char *state = str_eq(choice, S("join"))   ? "joined"
			    : str_eq(choice, S("make")) ? "made"
							: "thrown";

	if (!str_eq(choice, S("throw"))) {
		TRY(import_person(im, rq->mem, &o->r,
		    str_eq(choice, S("make")) ? DECIDE_NEW : DECIDE_JOIN, person, &out));
		person = out.person;
	}
	TRY(q_quarantine_answer(rq->db, rq->permit, id, version, str_of(state), answer, person));
	if (!str_eq(choice, S("throw")))
		TRY(import_around(im, rq->mem, &o->r, &out));
	if (o->row.candidate.v)
		TRY(protection_recompute_around(rq->db, rq->permit, rq->mem, o->row.candidate));
	return OK;
}

static enum err quarantine_save(struct request *rq, struct response *rs)
{
	static const struct str all[] = { { "join", 4 }, { "make", 4 }, { "throw", 5 } };
	struct opened o = { 0 };
	struct import im;
	struct str answer;
	int64_t version = web_version(rq);
	int choice;
	bool waits = false;

	TRY(open_case(rq, &o));
	choice = form_choice(&rq->form, S("choice"), all, 3, true);
	answer = form_text(&rq->form, S("answer"), 1, ANSWER_MOST);
	/* only what the page offers: a hidden person is never joined, a number never made twice */
	if ((choice == 0 && o.known.n == 0) ||
	    (choice == 1 && !str_eq(o.row.reason, S("name_match"))))
		form_mark(&rq->form, S("choice"), MSG_quarantine_not_this);
	if (rq->form.bad)
		return case_page(rq, rs, &o);
	im = (struct import){ .db = rq->db,
		.permit = rq->permit,
		.keys = rq->site->keys,
		.drawer = o.row.drawer,
		.authority = o.row.authority,
		.today = rq->today };
	if (o.row.version != version)
		return ERR_CONFLICT;
	if (o.part && choice == 0) {
		TRY(try_again(rq, &im, &o, answer, &waits));
		if (waits) {
			form_mark(&rq->form, S("choice"), MSG_quarantine_still);
			return case_page(rq, rs, &o);
		}
	} else {
		TRY(answer_case(rq, &im, &o, all[choice], version, answer));
	}
	return rs_go_said(rq, rs, MSG_quarantine_said, "/quarantine");
}

const struct route import_routes[] = {
	{ HTTP_GET, "/quarantine", quarantine_list, ACT_QUARANTINE_READ },
	{ HTTP_GET, "/quarantine/{quarantine}", quarantine_show, ACT_QUARANTINE_READ },
	{ HTTP_POST, "/quarantine/{quarantine}", quarantine_save, ACT_QUARANTINE_ANSWER },
	{ 0 },
};
