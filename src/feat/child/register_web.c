/* Register a child and its guardians by hand: source, the day it was checked, protection. A child
 * that the installation knows already attaches silently: the page afterwards is the same (promise
 * 7). */
#include <inttypes.h>

#include "access/version.h"
#include "feat/child/child_web.h"
#include "feat/child/register_form.h"
#include "feat/person/person.h"
#include "feat/share/share.h"
#include "q_find.h"

/* From conception to the day a child is expected, and some for a day that was reckoned wrong. */
#define CARRIED_DAYS 300

static enum err register_show(struct request *rq, struct response *rs)
{
	struct register_asking ask = { 0 };

	return register_page(rq, rs, &ask);
}

/* Letters other than those that stand. */
static bool differs(const struct register_name *n, const struct register_entry *e)
{
	return n->stands && (!str_eq(n->given, e->given) || !str_eq(n->family, e->family));
}

static bool any_differs(const struct registration *r)
{
	bool any = differs(&r->names[0], &r->child);

	for (int i = 0; i < REGISTER_PEOPLE; i++)
		any = any || (r->people[i].given.n && differs(&r->names[i + 1], &r->people[i]));
	return any;
}

/* Who the people of the form are already, and what stands of them; the child's person is known. */
static enum err load_names(struct request *rq, struct registration *r)
{
	struct q_register_child_of child = { 0 };

	if (r->names[0].person.v)
		TRY(q_register_child_of(rq->db, rq->permit, rq->mem, r->names[0].person, &child));
	TRY(register_stands(rq, &r->names[0]));
	for (int i = 0; i < REGISTER_PEOPLE; i++) {
		const struct register_entry *e = &r->people[i];
		struct register_name *n = &r->names[i + 1];

		*n = (struct register_name){ 0 };
		if (e->given.n == 0)
			continue;
		if (e->numbered)
			TRY(person_find_by_number(
			    rq->db, rq->permit, rq->mem, rq->site->keys, &e->number, &n->person));
		else if (child.found)
			TRY(register_around(
			    rq, child.child, r->kinds[i], e->given, e->family, &n->person));
		TRY(register_stands(rq, n));
	}
	return OK;
}

static enum err put_person(struct request *rq, const struct registration *r,
    const struct register_entry *e, bool child, const struct register_name *name,
    struct person_id *out)
{
	static const enum person_protection says[] = { PERSON_NONE, PERSON_SEKRETESSMARKERING,
		PERSON_UNKNOWN };
	struct person_facts f = { .source = SOURCE_HAND,
		.drawer = rq->actor.drawer,
		.given = e->given,
		.family = e->family,
		.number = e->numbered ? &e->number : NULL,
		.protection = says[r->protection],
		.checked = r->checked };

	if (name->stands && !r->mine) {
		f.given = name->given;
		f.family = name->family;
	}
	if (child) {
		f.born = r->born;
		f.expected = r->expected;
	}
	return person_put(rq->db, rq->permit, rq->mem, rq->site->keys, &f, out, NULL);
}

static enum err put_people(
    struct request *rq, const struct registration *r, struct child_id child, bool proven)
{
	for (int i = 0; i < REGISTER_PEOPLE; i++) {
		bool guardian = str_eq(r->kinds[i], S("guardian"));
		/* A guardian is one from birth; since when a family home or god man is, nobody has
		 * said: from the day it was checked. */
		struct relation_facts rel = { .child = child,
			.kind = r->kinds[i],
			.from = guardian && date_known(r->born) ? r->born : r->checked,
			.source = SOURCE_HAND,
			.drawer = rq->actor.drawer,
			.checked = r->checked,
			.unproven = !proven };

		if (r->people[i].given.n == 0)
			continue;
		rel.person = r->names[i + 1].person;
		TRY(put_person(rq, r, &r->people[i], false, &r->names[i + 1], &rel.person));
		TRY(relation_set(rq->db, rq->permit, rq->mem, &rel, NULL));
	}
	return OK;
}

/* Who was said no to before asks again, and sees nothing until somebody else has said yes. */
static enum err engage_refused(
    struct request *rq, struct child_id child, struct engagement_id id, struct str reason)
{
	struct q_register_waits waits;

	TRY(q_register_waits(rq->db, rq->permit, rq->mem, child, &waits));
	if (waits.found)
		return OK;
	TRY(q_register_engage_closed(
	    rq->db, rq->permit, id, child, reason, date_add_days(rq->today, -1)));
	return share_task_confirm(rq->db, rq->permit, rq->mem, child, id, reason);
}

/* An own engagement, with the reason; the manager is told. *closed: it opens nothing yet. */
static enum err engage(
    struct request *rq, const struct registration *r, struct child_id child, bool *closed)
{
	struct q_register_engaged before;
	struct q_register_refused refused;
	struct engagement_id id = { id_random() };
	struct str reason =
	    str_fmt(rq->mem, "%.*s (%.*s)", STR(r->reason), STR(web_text(rq, r->source)));

	*closed = false;
	TRY(q_register_engaged(rq->db, rq->permit, rq->mem, child, &before));
	if (before.found)
		return OK;
	TRY(q_register_refused(rq->db, rq->permit, rq->mem, child, &refused));
	*closed = refused.found;
	if (refused.found)
		return engage_refused(rq, child, id, reason);
	TRY(q_register_engage(rq->db, rq->permit, id, child, reason));
	return share_task_confirm(rq->db, rq->permit, rq->mem, child, id, reason);
}

/* Children of this drawer that have the name and may have the day: how many, and the last of them.
 */
static enum err of_that_name(
    struct request *rq, const struct registration *r, size_t *n, struct person_id *one)
{
	struct str given = i18n_folded(rq->mem, r->child.given);
	struct str family = i18n_folded(rq->mem, r->child.family);
	struct q_register_same_days_list rows;
	struct date since = { 0 };

	if (!date_known(r->born) && date_known(r->expected))
		since = date_add_days(r->expected, -CARRIED_DAYS);
	TRY(q_register_same_days(rq->db, rq->permit, rq->mem, r->born, r->expected, since, &rows));
	*n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		if (!str_eq(i18n_folded(rq->mem, rows.v[i].given), given) ||
		    !str_eq(i18n_folded(rq->mem, rows.v[i].family), family))
			continue;
		*n += *n == 0 || rows.v[i].person.v != one->v; /* one may have two sources */
		*one = rows.v[i].person;
	}
	return OK;
}

/* Without a number two children of one name can't be told apart by the program: a person says
 * whether it is the same. *person is the one that is meant, when the answer is yes. */
static enum err same_child(struct request *rq, struct registration *r, struct register_asking *ask,
    struct person_id *person)
{
	struct person_id one = { 0 };
	size_t n;

	TRY(register_again(rq, person));
	if (person->v) {
		r->mine = true; /* if the version is the one of today, too */
		return OK;
	}
	if (r->child.numbered)
		return person_find_by_number(
		    rq->db, rq->permit, rq->mem, rq->site->keys, &r->child.number, person);
	TRY(of_that_name(rq, r, &n, &one));
	ask->several = n > 1;
	ask->same = n && (r->same < 0 || (ask->several && r->same == 0));
	if (n == 1 && r->same == 0)
		*person = one;
	if (ask->same)
		form_mark(&rq->form, S("same"), MSG_form_choose);
	return OK;
}

/* All is saved but the names. A protected child's page says what to do instead: nothing of it is
 * shown here either (promise 8). */
static enum err ask_names(
    struct request *rq, struct response *rs, struct registration *r, struct child_id child)
{
	struct register_asking ask = { .names = r, .child = child };
	struct q_register_child_of is;

	TRY(load_names(rq, r));
	TRY(q_register_child_of(rq->db, rq->permit, rq->mem, r->names[0].person, &is));
	if (is.shielded)
		return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, child.v);
	return register_page(rq, rs, &ask);
}

static enum err register_save(struct request *rq, struct response *rs)
{
	struct register_asking ask = { .more =
					   str_eq(http_get(&rq->http->form, S("do")), S("more")) };
	struct registration r;
	struct q_register_proven proven;
	struct person_id person = { 0 };
	struct child_id child;
	int64_t version = 0;
	bool made, closed;

	if (ask.more) { /* nothing is asked of the words yet: they only come back */
		(void)form_text(&rq->form, S("given"), 0, 120);
		return register_page(rq, rs, &ask);
	}
	r = register_read(rq);
	if (rq->form.bad)
		return register_page(rq, rs, &ask);
	TRY(find_too_many(rq, rs, &ask.too_many));
	if (ask.too_many)
		return register_page(rq, rs, &ask);
	TRY(same_child(rq, &r, &ask, &person));
	if (ask.same)
		return register_page(rq, rs, &ask);
	r.names[0].person = person;
	TRY(load_names(rq, &r));
	(void)str_to_i64(http_get(&rq->http->form, S("version")), 1, INT64_MAX, &version);
	r.mine = r.mine && version && version == register_version(r.names, 1 + REGISTER_PEOPLE);
	TRY(put_person(rq, &r, &r.child, true, &r.names[0], &person));
	TRY(child_attach(rq->db, rq->permit, rq->mem, person, r.child.given, r.born, r.expected,
	    rq->actor.authority, &child, &made));
	TRY(q_register_proven(rq->db, rq->permit, rq->mem, child, &proven));
	TRY(put_people(rq, &r, child, made || proven.found));
	TRY(engage(rq, &r, child, &closed));
	TRY(share_task_mark(rq->db, rq->permit, rq->mem, child));
	TRY(protection_recompute(rq->db, rq->permit, rq->mem, child));
	TRY(version_access(rq->db, child));
	rs_look(rs, child, "child", child.v, STAND_ENGAGEMENT);
	if (closed)
		return rs_go_said(rq, rs, MSG_engage_closed, "/work");
	if (!r.mine && any_differs(&r))
		return ask_names(rq, rs, &r, child);
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, child.v);
}

const struct route register_routes[] = {
	{ HTTP_GET, "/children/register", register_show, ACT_CHILD_REGISTER },
	{ HTTP_POST, "/children/register", register_save, ACT_CHILD_REGISTER },
	{ 0 },
};
