/* "Ge vidare": what a family member may read, sent on as its own message (walks.md 1). The receiver
 * registers it as received; inside the program it is a letter, outside a text to print or copy. */
#include <inttypes.h>

#include "feat/letter/letter_views.h"
#include "feat/letter/letter_web.h"
#include "letter_html.h"
#include "q_family.h"

/* Most things handed on in one message. */
#define WHATS 40

static bool was_chosen(const struct request *rq, struct str value)
{
	for (size_t i = 0; i < rq->http->form.n; i++)
		if (str_eq(rq->http->form.v[i].name, S("what")) &&
		    str_eq(rq->http->form.v[i].value, value))
			return true;
	return false;
}

static enum err put_what(
    struct request *rq, struct letter_hand_on *v, const char *kind, int64_t item)
{
	struct str words, value = str_fmt(rq->mem, "%s-%" PRId64, kind, item), part;
	enum msg name;
	enum err e;

	if (v->whats.n == WHATS)
		return OK;
	e = family_item(rq, str_of(kind), item, false, &words);
	if (e == OK) {
		must(msg_of_key(str_fmt(rq->mem, "item_%s", kind), &name));
		part = web_text(rq, name);
		v->whats.v[v->whats.n++] = (struct letter_what){ value, words,
			str_eq(part, v->part) ? S("") : part, was_chosen(rq, value) };
		v->part = part;
	}
	return e == ERR_NOT_FOUND ? OK : e;
}

/* All that this reader may hand on: what it sees in the plan. */
static enum err load_whats(struct request *rq, struct letter_hand_on *v)
{
	struct family_eye eye = family_eye_of(rq);
	bool harm = family_sees_harm(&eye);
	struct q_family_plan plan;
	struct q_family_steps_list steps;
	struct q_family_measures_list measures;
	struct q_family_goals_list goals;
	struct q_family_threads_list threads;

	v->whats.v = arena_array(rq->mem, struct letter_what, WHATS);
	TRY(q_family_threads(rq->db, rq->permit, rq->mem, harm, &threads));
	for (size_t i = 0; i < threads.n; i++)
		TRY(put_what(rq, v, "thread", threads.v[i].id.v));
	TRY(q_family_plan(rq->db, rq->permit, rq->mem, &plan));
	if (!plan.found)
		return OK;
	TRY(q_family_steps(rq->db, rq->permit, rq->mem, plan.plan, harm, &steps));
	for (size_t i = 0; i < steps.n; i++)
		if (!str_eq(steps.v[i].state, S("done")) && !str_eq(steps.v[i].state, S("dropped")))
			TRY(put_what(rq, v, "step", steps.v[i].id.v));
	TRY(q_family_goals(rq->db, rq->permit, rq->mem, plan.plan, harm, &goals));
	for (size_t i = 0; i < goals.n; i++)
		TRY(put_what(rq, v, "goal", goals.v[i].id.v));
	TRY(q_family_measures(rq->db, rq->permit, rq->mem, plan.plan, harm, &measures));
	for (size_t i = 0; i < measures.n; i++)
		TRY(put_what(rq, v, "measure", measures.v[i].id.v));
	return OK;
}

static enum err hand_on_form(struct request *rq, struct response *rs, int status, bool nothing)
{
	struct letter_hand_on v = { .child = rq->child, .nothing = nothing };
	struct family_helpers all;
	struct q_family_child child;

	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	TRY(family_helpers(rq, &all));
	TRY(load_whats(rq, &v));
	v.name = web_called(rq, child.name);
	v.self = permit_stand(rq->permit) == STAND_SELF;
	v.reader = web_field(rq, WEB_SELECT, "to", MSG_handon_to, MSG_none, S(""));
	web_options(rq, &v.reader, all.n + 1);
	web_option(&v.reader, S("other"), web_text(rq, MSG_handon_to_other), S(""));
	for (size_t i = 0; i < all.n; i++)
		web_option(&v.reader, str_of_i64(rq->mem, all.v[i].assignment.v),
		    str_fmt(rq->mem, "%.*s, %.*s", STR(all.v[i].name), STR(all.v[i].unit)), S(""));
	v.other = web_field(rq, WEB_TEXT, "other", MSG_handon_other_name, MSG_none, S(""));
	v.own = web_field(rq, WEB_AREA, "own", MSG_handon_own, MSG_none, S(""));
	v.errors =
	    web_errors(rq, (const struct web_field *const[]){ &v.reader, &v.other, &v.own, NULL });
	rs_page(rs, status, web_text(rq, MSG_handon_title));
	letter_hand_on_html(&rs->html, &v);
	return OK;
}

enum err letter_hand_on_page(struct request *rq, struct response *rs)
{
	return hand_on_form(rq, rs, 200, false);
}

/* The message: own words, then each thing chosen on a line. Only what this reader may see now. */
static enum err compose(struct request *rq, struct str own, struct str *text)
{
	struct buf b;

	buf_init(&b, rq->mem, 1024);
	buf_str(&b, own);
	for (size_t i = 0; i < rq->http->form.n; i++) {
		struct str item = rq->http->form.v[i].value, kind, words;
		int64_t id;

		if (!str_eq(rq->http->form.v[i].name, S("what")))
			continue;
		kind = str_cut(&item, '-');
		if (!str_to_i64(item, 1, INT64_MAX, &id))
			return ERR_INVALID;
		TRY(family_item(rq, kind, id, false, &words));
		buf_fmt(&b, "%s- %.*s", b.n ? "\n" : "", STR(words));
	}
	*text = buf_text(&b);
	return OK;
}

enum err letter_hand_on_send(struct request *rq, struct response *rs)
{
	struct str to = form_text(&rq->form, S("to"), 1, 24);
	struct str other = form_text(&rq->form, S("other"), 0, 120),
		   own = form_text(&rq->form, S("own"), 0, 2000), text;
	struct letter_id id = { id_random() };
	struct family_helpers all;
	const struct family_helper *reader = NULL;
	int64_t assignment = 0;

	TRY(family_helpers(rq, &all));
	if (str_to_i64(to, 1, INT64_MAX, &assignment)) {
		reader = family_helper_by(&all, assignment);
		if (!reader)
			return ERR_NOT_FOUND;
	} else if (!other.n) {
		form_mark(&rq->form, S("other"), MSG_form_missing);
	}
	if (permit_stand(rq->permit) == STAND_SELF)
		own = S(""); /* a youth's own words go another way (promise 11) */
	TRY(compose(rq, own, &text));
	if (rq->form.bad || !http_get(&rq->http->form, S("what")).n)
		return hand_on_form(rq, rs, 422, !rq->form.bad);
	TRY(q_letter_send(rq->db, rq->permit, id, S("hand_on"), (struct str){ 0 },
	    (struct item_id){ 0 }, reader ? reader->assignment : (struct assignment_id){ 0 },
	    reader ? (struct str){ 0 } : other, text, 0));
	if (reader)
		return rs_go_said(
		    rq, rs, MSG_said_letter_sent, "/children/%" PRId64 "/letters", rq->child.v);
	return rs_go(rs, "/letters/%" PRId64, id.v);
}

enum err letter_out_page(struct request *rq, struct response *rs)
{
	struct letter_out v = { .child = rq->child };
	struct q_letter_own row;

	TRY(q_letter_own(
	    rq->db, rq->permit, rq->mem, (struct letter_id){ web_id(rq, "letter") }, &row));
	if (!row.found)
		return ERR_NOT_FOUND;
	v.to = row.to_words;
	v.words = row.words;
	v.sent_ms = row.sent_ms;
	rs_page(rs, 200, web_text(rq, MSG_handon_title));
	letter_out_html(&rs->html, &v);
	return OK;
}
