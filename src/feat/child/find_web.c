/* Find a child by exact number, or among those one helps; never by browsing (promises 3 and 7). */
#include <inttypes.h>

#include "child_html.h"
#include "core/number.h"
#include "feat/child/child_web.h"
#include "feat/child/find_views.h"
#include "feat/person/person.h"

#define HITS_MOST 40

static enum err find_page(struct request *rq, struct response *rs, int status, struct find_page *v)
{
	const struct web_field *fields[2] = { &v->number, NULL };

	v->number = web_field(rq, WEB_TEXT, "number", MSG_find_number, MSG_find_number_hint, S(""));
	v->name = web_field(rq, WEB_TEXT, "name", MSG_find_name, MSG_none, S(""));
	v->errors = web_errors(rq, fields);
	rs->wide = true;
	rs_page(rs, status, web_text(rq, MSG_find_title));
	find_page_html(&rs->html, v);
	return OK;
}

static enum err find_show(struct request *rq, struct response *rs)
{
	struct find_page v = { 0 };

	return find_page(rq, rs, 200, &v);
}

/* The same answer for a child that is not here and one that is not mine, and the book says that I
 * asked. */
static enum err by_number(struct request *rq, struct response *rs, const struct number *number)
{
	struct find_page v = { .none = true };
	struct person_id person;
	struct q_find_child child = { 0 };
	const struct permit *permit;
	enum err e;

	TRY(person_find_by_number(rq->db, rq->permit, rq->mem, rq->site->keys, number, &person));
	TRY(q_find_child(rq->db, rq->permit, rq->mem, person, &child));
	e = access_permit(
	    rq->db, rq->mem, &rq->actor, ACT_CHILD_SHOW, child.child, rq->now_ms, &permit);
	if (e == OK || e == ERR_DENIED) { /* known to me; a protected one's page says what to do */
		rs_look(rs, child.child, "find", 0, permit_stand(permit));
		return rs_go(rs, "/children/%" PRId64, child.child.v);
	}
	if (e != ERR_NOT_FOUND)
		return e;
	rs->refused = true;
	rs->refused_child = child.child;
	return find_page(rq, rs, 200, &v);
}

static enum err by_name(struct request *rq, struct response *rs, struct str name)
{
	struct find_page v = { 0 };
	struct str folded = i18n_folded(rq->mem, name);
	struct q_find_mine_list rows;

	TRY(q_find_mine(rq->db, rq->permit, rq->mem, &rows));
	v.hits.v = arena_array(rq->mem, struct find_hit, HITS_MOST);
	for (size_t i = 0; i < rows.n && v.hits.n < HITS_MOST; i++) {
		struct str full =
		    str_fmt(rq->mem, "%.*s %.*s", STR(rows.v[i].given), STR(rows.v[i].family));

		if (!str_has(i18n_folded(rq->mem, full), folded))
			continue;
		v.hits.v[v.hits.n++] = (struct find_hit){ rows.v[i].child, full };
		rs_look(rs, rows.v[i].child, "find", 0, STAND_ENGAGEMENT);
	}
	v.none = v.hits.n == 0;
	return find_page(rq, rs, 200, &v);
}

static enum err find(struct request *rq, struct response *rs)
{
	struct str name = form_text(&rq->form, S("name"), 0, 120);
	struct str text = form_text(&rq->form, S("number"), name.n ? 0 : 1, 40);
	struct find_page v = { 0 };
	struct number number;

	if (rq->form.bad == 0 && name.n)
		return by_name(rq, rs, name);
	TRY(find_too_many(rq, rs, &v.too_many));
	if (v.too_many)
		return find_page(rq, rs, 429, &v);
	if (rq->form.bad == 0 &&
	    (!number_read(text, rq->today, &number) || number.kind == NUMBER_ORGANISATION))
		form_mark(&rq->form, S("number"), MSG_find_bad);
	if (rq->form.bad)
		return find_page(rq, rs, 422, &v);
	return by_number(rq, rs, &number);
}

const struct route find_routes[] = {
	{ HTTP_GET, "/children/find", find_show, ACT_CHILD_FIND },
	{ HTTP_POST, "/children/find", find, ACT_CHILD_FIND },
	{ 0 },
};
