#include "feat/story/story_web.h"

#include <inttypes.h>

#include "access/version.h"
#include "feat/story/story_views.h"
#include "q_family.h"
#include "story_html.h"

#define WORDS_MOST 8000
#define LOAN_MONTHS 6       /* proposed */
#define LOAN_MONTHS_MOST 12 /* then it is lent anew, so that nothing lies open forgotten */

static enum err lend_fields(struct request *rq, struct story_page *v)
{
	struct family_helpers all;

	TRY(family_helpers(rq, &all));
	v->reader = web_field(rq, WEB_SELECT, "to", MSG_story_lend_to, MSG_none, S(""));
	web_options(rq, &v->reader, all.n);
	for (size_t i = 0; i < all.n; i++)
		web_option(&v->reader, str_of_i64(rq->mem, all.v[i].assignment.v),
		    str_fmt(rq->mem, "%.*s, %.*s", STR(all.v[i].name), STR(all.v[i].unit)), S(""));
	v->to = web_field(rq, WEB_DATE, "until", MSG_story_lend_until, MSG_none,
	    date_iso(rq->mem, date_add_months(rq->today, LOAN_MONTHS)));
	v->may_lend = v->mine.found && all.n > 0;
	return OK;
}

/* theirs: what stands now, when it was changed since the form was opened. */
static enum err own_page(struct request *rq, struct response *rs, int status, struct str theirs)
{
	struct story_page v = { .child = rq->child, .theirs = theirs };
	struct q_family_child child;

	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v.name = web_called(rq, child.name);
	TRY(q_story_mine(rq->db, rq->permit, rq->mem, &v.mine));
	if (v.mine.found) {
		v.version = v.mine.version;
		TRY(q_story_loans(rq->db, rq->permit, rq->mem, v.mine.id, &v.loans));
	}
	v.self = permit_stand(rq->permit) == STAND_SELF;
	v.words = web_field(rq, WEB_AREA, "words", MSG_story_words,
	    v.self ? MSG_story_words_hint_self : MSG_story_words_hint,
	    v.mine.found ? v.mine.words : S(""));
	TRY(lend_fields(rq, &v));
	v.errors =
	    web_errors(rq, (const struct web_field *const[]){ &v.words, &v.reader, &v.to, NULL });
	rs_page(rs, status, web_text(rq, MSG_home_do_story));
	story_own_html(&rs->html, &v);
	return OK;
}

static enum err show(struct request *rq, struct response *rs)
{
	struct story_staff v = { .child = rq->child };
	struct q_family_child child;

	if (permit_family(rq->permit))
		return own_page(rq, rs, 200, S(""));
	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v.name = web_called(rq, child.name);
	TRY(q_story_lent(rq->db, rq->permit, rq->mem, &v.lent));
	for (size_t i = 0; i < v.lent.n; i++) {
		v.lent.v[i].author = web_one_of_family(rq, v.lent.v[i].author);
		rs_look(rs, rq->child, "story", v.lent.v[i].id.v, permit_stand(rq->permit));
	}
	rs_page(rs, 200, web_text(rq, MSG_story_lent_short));
	story_staff_html(&rs->html, &v);
	return OK;
}

static enum err save(struct request *rq, struct response *rs)
{
	struct str words = form_text(&rq->form, S("words"), 1, WORDS_MOST);
	int64_t version = form_i64(&rq->form, S("version"), 0, INT64_MAX);
	struct q_story_mine mine;

	if (rq->form.bad)
		return own_page(rq, rs, 422, S(""));
	TRY(q_story_mine(rq->db, rq->permit, rq->mem, &mine));
	if (mine.found ? mine.version != version
		       : version != 0) /* changed in another window: both shown */
		return own_page(rq, rs, 409, mine.found ? mine.words : S(""));
	if (mine.found)
		TRY(q_story_save(rq->db, rq->permit, mine.id, version, words));
	else
		TRY(q_story_new(rq->db, rq->permit, (struct story_id){ id_random() }, words));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64 "/story", rq->child.v);
}

static enum err lend(struct request *rq, struct response *rs)
{
	int64_t to = form_id(&rq->form, S("to"), true);
	struct date until = form_date(&rq->form, S("until"), true);
	const struct family_helper *who;
	struct family_helpers all;
	struct q_story_mine mine;

	TRY(q_story_mine(rq->db, rq->permit, rq->mem, &mine));
	TRY(family_helpers(rq, &all));
	who = family_helper_by(&all, to);
	if (!mine.found || (!rq->form.bad && !who))
		return ERR_NOT_FOUND;
	if (date_known(until) &&
	    (date_cmp(until, rq->today) < 0 ||
		date_cmp(until, date_add_months(rq->today, LOAN_MONTHS_MOST)) > 0))
		form_mark(&rq->form, S("until"), MSG_story_until_range);
	if (rq->form.bad)
		return own_page(rq, rs, 422, S(""));
	TRY(q_story_end(
	    rq->db, rq->permit, mine.id, who->assignment)); /* one loan each: the new one counts */
	TRY(q_story_lend(rq->db, rq->permit, (struct story_loan_id){ id_random() }, mine.id,
	    who->assignment, until));
	TRY(version_access(rq->db, rq->child));
	return rs_go_said(rq, rs, MSG_said_story_lent, "/children/%" PRId64 "/story", rq->child.v);
}

static enum err take_back(struct request *rq, struct response *rs)
{
	struct assignment_id who = { form_id(&rq->form, S("to"), true) };
	struct q_story_mine mine;

	if (rq->form.bad)
		return ERR_INVALID;
	TRY(q_story_mine(rq->db, rq->permit, rq->mem, &mine));
	if (!mine.found)
		return ERR_NOT_FOUND;
	TRY(q_story_end(rq->db, rq->permit, mine.id, who));
	TRY(version_access(rq->db, rq->child)); /* pages being made at this moment are made again */
	return rs_go_said(rq, rs, MSG_said_story_back, "/children/%" PRId64 "/story", rq->child.v);
}

const struct route story_routes[] = {
	{ HTTP_GET, "/children/{child}/story", show, ACT_STORY_READ },
	{ HTTP_POST, "/children/{child}/story", save, ACT_STORY_WRITE },
	{ HTTP_POST, "/children/{child}/story/lend", lend, ACT_STORY_WRITE },
	{ HTTP_POST, "/children/{child}/story/back", take_back, ACT_STORY_WRITE },
	{ 0 },
};
