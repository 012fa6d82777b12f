/* Writing: the reader is chosen first, and said again before the words are sent. */
#include <inttypes.h>

#include "feat/letter/letter_views.h"
#include "feat/letter/letter_web.h"
#include "letter_html.h"
#include "q_family.h"

#define WORDS_MOST 4000

static const struct str kinds[] = { { "words", 5 }, { "question", 8 } };
static const struct str against[] = { { "disagree", 8 }, { "wrong", 5 } };

/* May the writer show it to another guardian? Only a guardian is asked, and only where there is
 * one. */
static enum err other_guardian(struct request *rq, bool *there)
{
	struct q_letter_other_guardian row;
	enum stand s = permit_stand(rq->permit);

	*there = false;
	if (s != STAND_GUARDIAN && s != STAND_GOD_MAN)
		return OK;
	TRY(q_letter_other_guardian(rq->db, rq->permit, rq->mem, &row));
	*there = row.n > 0;
	return OK;
}

static struct web_field kind_field(struct request *rq, bool disagrees)
{
	struct web_field f =
	    web_field(rq, WEB_RADIO, "kind", disagrees ? MSG_disagree_kind : MSG_letter_kind,
		MSG_none, disagrees ? S("disagree") : S("words"));

	web_options(rq, &f, 2);
	if (disagrees) {
		web_option(&f, S("disagree"), web_text(rq, MSG_disagree_no), S(""));
		web_option(&f, S("wrong"), web_text(rq, MSG_disagree_wrong),
		    web_text(rq, MSG_disagree_wrong_text));
	} else {
		web_option(&f, S("words"), web_text(rq, MSG_letter_ask_words), S(""));
		web_option(&f, S("question"), web_text(rq, MSG_letter_ask_question), S(""));
	}
	return f;
}

static enum err write_form(struct request *rq, struct response *rs, int status,
    const struct family_helper *to, bool may_show)
{
	struct letter_write v = { .child = rq->child, .to = to, .may_show = may_show };
	struct q_family_child child;

	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v.name = web_called(rq, child.name);
	v.kind = kind_field(rq, false);
	v.words = web_field(rq, WEB_AREA, "words", MSG_write_text, MSG_write_text_hint, S(""));
	v.shown = web_field(rq, WEB_CHECK, "shown", MSG_disagree_show, MSG_none, S(""));
	v.errors = web_errors(rq, (const struct web_field *const[]){ &v.kind, &v.words, NULL });
	rs_page(rs, status, web_text(rq, MSG_write_page));
	letter_write_html(&rs->html, &v);
	return OK;
}

enum err letter_write_page(struct request *rq, struct response *rs)
{
	struct family_helpers all;
	struct letter_choose v = { .child = rq->child, .helpers = &all };
	const struct family_helper *to = NULL;
	struct q_family_child child;
	int64_t chosen;
	bool may_show;

	if (!permit_family(rq->permit))
		return ERR_NOT_FOUND;
	if (!str_to_i64(http_get(&rq->http->query, S("to")), 1, INT64_MAX, &chosen))
		chosen = 0;
	/* A youth's words have rules of their own (promise 11). */
	if (permit_stand(rq->permit) == STAND_SELF && chosen)
		return rs_go(rs, "/children/%" PRId64 "/voice?to=%" PRId64, rq->child.v, chosen);
	if (permit_stand(rq->permit) == STAND_SELF)
		return rs_go(rs, "/children/%" PRId64 "/voice", rq->child.v);
	TRY(family_helpers(rq, &all));
	if (chosen)
		to = family_helper_by(&all, chosen);
	if (to) {
		TRY(other_guardian(rq, &may_show));
		return write_form(rq, rs, 200, to, may_show);
	}
	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v.name = web_called(rq, child.name);
	rs_page(rs, 200, web_text(rq, MSG_write_title));
	letter_choose_html(&rs->html, &v);
	return OK;
}

enum err letter_send_form(struct request *rq, struct response *rs)
{
	struct family_helpers all;
	const struct family_helper *to;
	int kind = form_choice(&rq->form, S("kind"), kinds, 2, true);
	struct str words = form_text(&rq->form, S("words"), 1, WORDS_MOST);
	bool may_show, shown = form_checked(&rq->form, S("shown"));

	if (permit_stand(rq->permit) == STAND_SELF)
		return ERR_DENIED;
	TRY(family_helpers(rq, &all));
	TRY(other_guardian(rq, &may_show));
	to = family_helper_by(&all, form_id(&rq->form, S("to"), true));
	if (!to) /* only staff whom this family knows */
		return ERR_NOT_FOUND;
	if (rq->form.bad)
		return write_form(rq, rs, 422, to, may_show);
	TRY(q_letter_send(rq->db, rq->permit, (struct letter_id){ id_random() }, kinds[kind],
	    (struct str){ 0 }, (struct item_id){ 0 }, to->assignment, (struct str){ 0 }, words,
	    shown && may_show));
	return rs_go_said(
	    rq, rs, MSG_said_letter_sent, "/children/%" PRId64 "/letters", rq->child.v);
}

static enum err disagree_form(struct request *rq, struct response *rs, int status,
    struct str about_kind, int64_t item, struct str about, const struct family_helpers *all)
{
	struct letter_write v = {
		.child = rq->child, .about = about, .about_kind = about_kind, .about_item = item
	};
	struct q_family_child child;

	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	TRY(other_guardian(rq, &v.may_show));
	v.name = web_called(rq, child.name);
	v.self = permit_stand(rq->permit) == STAND_SELF;
	v.kind = kind_field(rq, true);
	v.reader = web_field(rq, WEB_SELECT, "to", MSG_disagree_to, MSG_none, S(""));
	web_options(rq, &v.reader, all->n);
	for (size_t i = 0; i < all->n; i++)
		web_option(&v.reader, str_of_i64(rq->mem, all->v[i].assignment.v),
		    str_fmt(rq->mem, "%.*s, %.*s, %.*s", STR(all->v[i].name), STR(all->v[i].title),
			STR(all->v[i].unit)),
		    S(""));
	v.words = web_field(rq, WEB_AREA, "words", MSG_disagree_why, MSG_none, S(""));
	v.shown = web_field(rq, WEB_CHECK, "shown", MSG_disagree_show, MSG_none, S(""));
	v.errors =
	    web_errors(rq, (const struct web_field *const[]){ &v.kind, &v.reader, &v.words, NULL });
	rs_page(rs, status, web_text(rq, MSG_disagree_title));
	letter_disagree_html(&rs->html, &v);
	return OK;
}

enum err letter_disagree_page(struct request *rq, struct response *rs)
{
	struct str kind = http_get(&rq->http->query, S("about")), about;
	struct family_helpers all;
	int64_t item;

	if (!str_to_i64(http_get(&rq->http->query, S("item")), 1, INT64_MAX, &item))
		return ERR_NOT_FOUND;
	TRY(family_item(rq, kind, item, true, &about));
	TRY(family_helpers(rq, &all));
	return disagree_form(rq, rs, 200, kind, item, about, &all);
}

enum err letter_disagree_send(struct request *rq, struct response *rs)
{
	struct str about_kind = form_text(&rq->form, S("about"), 1, 20), about;
	int64_t item = form_id(&rq->form, S("item"), true), to = form_id(&rq->form, S("to"), true);
	int kind = form_choice(&rq->form, S("kind"), against, 2, true);
	struct str words = form_text(&rq->form, S("words"), 1, WORDS_MOST);
	bool may_show, shown = form_checked(&rq->form, S("shown"));
	struct family_helpers all;
	const struct family_helper *reader;

	TRY(family_item(rq, about_kind, item, true, &about));
	TRY(family_helpers(rq, &all));
	reader = family_helper_by(&all, to);
	if (!rq->form.bad && !reader)
		return ERR_NOT_FOUND;
	if (rq->form.bad)
		return disagree_form(rq, rs, 422, about_kind, item, about, &all);
	TRY(other_guardian(rq, &may_show));
	/* SoL 14:6: what an individual says is wrong stands with the item, for the one it was said
	 * to. */
	TRY(q_letter_send(rq->db, rq->permit, (struct letter_id){ id_random() }, against[kind],
	    about_kind, (struct item_id){ item }, reader->assignment, (struct str){ 0 }, words,
	    shown && may_show));
	return rs_go_said(rq, rs, MSG_said_letter_sent, "/children/%" PRId64 "/plan", rq->child.v);
}
