/* People of whom the source did not say whether they are protected: treated as protected until a
 * person has checked (promise 8). Many at once, with source, day and words, on record. */
#include "feat/import/protection_web.h"

#include <inttypes.h>

#include "feat/import/import.h"
#include "feat/import/import_views.h"
#include "import_html.h"

#define AT_ONCE 50
#define DAYS_OLD 90 /* a check of longer ago says nothing of today */

static const struct str withs[] = { { "register", 8 }, { "source", 6 }, { "meeting", 7 } };
static const struct str says[] = { { "none", 4 }, { "marked", 6 } };

static bool ticked(const struct request *rq, struct str value)
{
	for (size_t i = 0; i < rq->http->form.n; i++)
		if (str_eq(rq->http->form.v[i].name, S("who")) &&
		    str_eq(rq->http->form.v[i].value, value))
			return true;
	return false;
}

static void fields(struct request *rq, struct protection_page *v)
{
	v->with = web_field(rq, WEB_RADIO, "with", MSG_protect_with, MSG_none, S(""));
	web_options(rq, &v->with, 3);
	web_option(&v->with, withs[0], web_text(rq, MSG_protect_with_register), S(""));
	web_option(&v->with, withs[1], web_text(rq, MSG_protect_with_source), S(""));
	web_option(&v->with, withs[2], web_text(rq, MSG_protect_with_meeting), S(""));
	v->says = web_field(rq, WEB_RADIO, "says", MSG_protect_says, MSG_none, S(""));
	web_options(rq, &v->says, 2);
	web_option(&v->says, says[0], web_text(rq, MSG_protect_says_none),
	    web_text(rq, MSG_protect_says_none_hint));
	web_option(&v->says, says[1], web_text(rq, MSG_protect_says_marked),
	    web_text(rq, MSG_protect_says_marked_hint));
	v->checked = web_field(rq, WEB_DATE, "checked", MSG_protect_checked, MSG_none, S(""));
	v->words =
	    web_field(rq, WEB_AREA, "words", MSG_protect_words, MSG_protect_words_hint, S(""));
	v->errors = web_errors(rq,
	    (const struct web_field *const[]){ &v->says, &v->with, &v->checked, &v->words, NULL });
}

static enum err page(struct request *rq, struct response *rs, bool nobody)
{
	struct protection_page v = { .nobody = nobody };
	struct q_protection_unknown_list rows;
	int64_t after = 0;

	(void)str_to_i64(http_get(&rq->http->query, S("after")), 1, INT64_MAX, &after);
	TRY(q_protection_unknown(rq->db, rq->permit, rq->mem, (struct person_id){ after }, &rows));
	v.people.v = arena_array(rq->mem, struct protection_row, AT_ONCE + 1);
	for (size_t i = 0; i < rows.n && i < AT_ONCE; i++) {
		const struct q_protection_unknown *r = &rows.v[i];
		struct str value =
		    str_fmt(rq->mem, "%" PRId64 "-%" PRId64, r->person.v, r->drawer.v);

		v.people.v[v.people.n++] = (struct protection_row){ r, value,
			web_word(rq, "quarantine_source_", r->source), ticked(rq, value) };
		v.after = r->person.v;
		if (r->child.v)
			rs_look(rs, r->child, "protection", 0, STAND_ADMIN);
	}
	if (rows.n <= AT_ONCE)
		v.after = 0;
	fields(rq, &v);
	rs->wide = true;
	rs_page(rs, rq->form.bad || nobody ? 422 : 200, web_text(rq, MSG_protect_title));
	protection_page_html(&rs->html, &v);
	return OK;
}

static enum err protection_list(struct request *rq, struct response *rs)
{
	return page(rq, rs, false);
}

struct checking {
	enum person_protection says;
	struct str code, with, words;
	struct date on;
};

/* One person: if somebody else has answered meanwhile, nothing. */
static enum err check_one(
    struct request *rq, struct response *rs, struct str value, const struct checking *c, int *n)
{
	struct q_protection_unknown_one row;
	struct str rest = value, first = str_cut(&rest, '-');
	struct person_id person;
	struct drawer_id drawer;

	if (!str_to_i64(first, 1, INT64_MAX, &person.v) ||
	    !str_to_i64(rest, 1, INT64_MAX, &drawer.v))
		return ERR_INVALID;
	TRY(q_protection_unknown_one(rq->db, rq->permit, rq->mem, person, drawer, &row));
	if (!row.found)
		return OK;
	TRY(protection_say(rq->db, rq->permit, rq->mem, person, drawer, c->says, c->on));
	TRY(q_protection_check_put(rq->db, rq->permit, (struct item_id){ id_random() }, person,
	    drawer, c->code, c->with, c->on, c->words));
	if (row.child.v)
		rs_look(rs, row.child, "protection", 0, STAND_ADMIN);
	++*n;
	return OK;
}

static enum err protection_save(struct request *rq, struct response *rs)
{
	struct form *f = &rq->form;
	int said = form_choice(f, S("says"), says, 2, true);
	int with = form_choice(f, S("with"), withs, 3, true);
	struct checking c = { .on = form_date(f, S("checked"), true),
		.words = form_text(f, S("words"), 1, 500) };
	int n = 0, asked = 0;

	if (date_known(c.on) &&
	    (date_cmp(c.on, rq->today) > 0 || date_days_between(c.on, rq->today) > DAYS_OLD))
		form_mark(f, S("checked"), MSG_protect_checked_old);
	for (size_t i = 0; i < rq->http->form.n; i++)
		asked += str_eq(rq->http->form.v[i].name, S("who"));
	if (f->bad || asked == 0)
		return page(rq, rs, asked == 0);
	c.says = said == 0 ? PERSON_NONE : PERSON_SEKRETESSMARKERING;
	c.code = str_of(person_protection_code(c.says));
	c.with = withs[with];
	for (size_t i = 0; i < rq->http->form.n; i++)
		if (str_eq(rq->http->form.v[i].name, S("who")))
			TRY(check_one(rq, rs, rq->http->form.v[i].value, &c, &n));
	return n ? rs_go_said(rq, rs, MSG_protect_said, "/protection") : ERR_CONFLICT;
}

const struct route protection_routes[] = {
	{ HTTP_GET, "/protection", protection_list, ACT_QUARANTINE_READ },
	{ HTTP_POST, "/protection", protection_save, ACT_QUARANTINE_ANSWER },
	{ 0 },
};
