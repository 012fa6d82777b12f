/* Register a child and its guardians by hand: source, the day it was checked, protection. A child
 * that the installation knows already attaches silently: the page afterwards is the same (promise
 * 7). */
#include <inttypes.h>

#include "access/version.h"
#include "feat/child/child_web.h"
#include "feat/child/register_names.h"
#include "feat/person/person.h"
#include "feat/share/share.h"
#include "q_find.h"
#include "web/sheet.h"

#define PEOPLE 6 /* around the child, in one form */
#define PEOPLE_FIRST 2
/* From conception to the day a child is expected, and some for a day that was reckoned wrong. */
#define CARRIED_DAYS 300

static const struct str protections[] = { { "none", 4 }, { "yes", 3 }, { "unknown", 7 } };
/* Who somebody is to the child: never self-declared, always with a source (sweden.md 2.12). */
static const struct str kinds[] = { { "guardian", 8 }, { "carer", 5 }, { "god_man", 7 } };
static const enum msg kind_words[] = { MSG_register_kind_guardian, MSG_register_kind_carer,
	MSG_register_kind_god_man };
static const struct str sames[] = { { "yes", 3 }, { "no", 2 } };
static const struct str sources[] = { { "register", 8 }, { "papers", 6 }, { "family", 6 } };
static const enum msg source_words[] = { MSG_register_source_register, MSG_register_source_hand,
	MSG_register_source_family };

struct entry {
	struct str given, family;
	struct number number;
	bool numbered;
};

struct registration {
	struct entry child, people[PEOPLE];
	int kinds[PEOPLE];
	struct date born, expected, checked;
	int protection, source;
	struct str reason;
	int same;                               /* index in sames; -1: not asked, or not answered */
	struct register_name names[1 + PEOPLE]; /* the child's, then theirs */
	bool mine; /* the form was shown what stands: its own names are to replace that */
};

/* What the page says besides its fields. */
struct asking {
	bool more;     /* one more person */
	bool same;     /* is it the same child? */
	bool several;  /* there are more than one of that name */
	bool too_many; /* tries */
	/* All is saved but names that stand in other letters; NULL: not that. */
	const struct registration *names;
	struct child_id child;
};

static const char *of_person(struct arena *mem, const char *field, int i)
{
	return str_c(mem, str_fmt(mem, "%s-%d", field, i + 1));
}

static void three_fields(struct request *rq, struct web_sheet *s, int i)
{
	static const enum msg names[] = { MSG_register_guardian_given, MSG_register_guardian_family,
		MSG_register_guardian_number };
	static const char *const keys[] = { "given", "family", "number" };
	struct msg_arg nth = msg_arg_int(i + 1);

	for (int k = 0; k < 3; k++) {
		struct web_field *f = web_sheet_field(rq, s, WEB_TEXT,
		    of_person(rq->mem, keys[k], i), MSG_register_kind_guardian, MSG_none, S(""));

		f->label = i18n_text(rq->mem, rq->lang, rq->today, (int)names[k], &nth, 1);
	}
}

static void kind_field(struct request *rq, struct web_sheet *s, int i)
{
	struct msg_arg nth = msg_arg_int(i + 1);
	struct web_field *f = web_sheet_field(rq, s, WEB_SELECT, of_person(rq->mem, "kind", i),
	    MSG_register_kind_guardian, MSG_none, kinds[0]);

	f->label = i18n_text(rq->mem, rq->lang, rq->today, (int)MSG_register_guardian, &nth, 1);
	web_options(rq, f, 3);
	for (int k = 0; k < 3; k++)
		web_option(f, kinds[k], web_text(rq, kind_words[k]), S(""));
}

/* Two from the start; as many as the form had when it came back. */
static int people_shown(struct request *rq, bool more)
{
	int n = PEOPLE_FIRST;

	while (n < PEOPLE && rq->form.pairs &&
	       http_get(&rq->http->form, str_of(of_person(rq->mem, "given", n))).p)
		n++;
	return more && n < PEOPLE ? n + 1 : n;
}

static void same_field(struct request *rq, struct web_sheet *s, const struct asking *ask)
{
	struct web_field *f =
	    web_sheet_field(rq, s, WEB_RADIO, "same", MSG_register_same, MSG_none, S(""));

	web_options(rq, f, 2);
	if (!ask->several)
		web_option(f, sames[0], web_text(rq, MSG_register_same_yes),
		    web_text(rq, MSG_register_same_yes_text));
	web_option(f, sames[1], web_text(rq, MSG_register_same_no),
	    web_text(rq, MSG_register_same_no_text));
}

static enum err register_page(struct request *rq, struct response *rs, const struct asking *ask)
{
	struct web_sheet *s = web_sheet(rq, MSG_register_title, MSG_register_save,
	    S("/children/find"), web_text(rq, MSG_find_title), S("/children/register"));
	struct web_field *f;
	int people;

	if (ask->too_many)
		s->note = web_text(rq, MSG_error_429_text);
	if (ask->same) {
		s->note =
		    web_text(rq, ask->several ? MSG_register_same_several : MSG_register_same_note);
		same_field(rq, s, ask);
	}
	web_sheet_field(rq, s, WEB_TEXT, "given", MSG_register_given, MSG_none, S(""));
	web_sheet_field(rq, s, WEB_TEXT, "family", MSG_register_family, MSG_none, S(""));
	web_sheet_field(
	    rq, s, WEB_TEXT, "number", MSG_register_number, MSG_register_number_hint, S(""));
	web_sheet_field(rq, s, WEB_DATE, "born", MSG_register_born, MSG_none, S(""));
	web_sheet_field(rq, s, WEB_DATE, "expected", MSG_register_expected, MSG_none, S(""));
	f = web_sheet_field(
	    rq, s, WEB_RADIO, "protection", MSG_register_protected, MSG_none, S(""));
	web_options(rq, f, 3);
	web_option(f, protections[0], web_text(rq, MSG_register_protected_no), S(""));
	web_option(f, protections[1], web_text(rq, MSG_register_protected_yes),
	    web_text(rq, MSG_register_protected_yes_text));
	web_option(f, protections[2], web_text(rq, MSG_register_protected_unknown),
	    web_text(rq, MSG_register_protected_unknown_text));
	people = people_shown(rq, ask->more);
	for (int i = 0; i < people; i++) {
		kind_field(rq, s, i);
		three_fields(rq, s, i);
	}
	f = web_sheet_field(
	    rq, s, WEB_SELECT, "source", MSG_register_source, MSG_none, S("register"));
	web_options(rq, f, 3);
	for (int i = 0; i < 3; i++)
		web_option(f, sources[i], web_text(rq, source_words[i]), S(""));
	web_sheet_field(rq, s, WEB_DATE, "checked", MSG_register_checked, MSG_none,
	    date_iso(rq->mem, rq->today));
	web_sheet_field(rq, s, WEB_AREA, "reason", MSG_engage_reason, MSG_engage_told, S(""));
	if (people < PEOPLE)
		web_sheet_button(rq, s, "do", "more", MSG_register_more);
	if (ask->too_many)
		s->status = 429;
	if (ask->names) {
		s->action = str_fmt(rq->mem, "/children/register?child=%" PRId64, ask->child.v);
		register_beside(rq, s, ask->names->names, 1 + PEOPLE,
		    str_fmt(rq->mem, "/children/%" PRId64, ask->child.v));
		rs->changed = true;
	}
	rs->wide = true;
	web_sheet_show(rq, rs, s);
	return OK;
}

static enum err register_show(struct request *rq, struct response *rs)
{
	struct asking ask = { 0 };

	return register_page(rq, rs, &ask);
}

static void read_number(struct request *rq, struct str field, struct entry *e)
{
	struct str text = form_text(&rq->form, field, 0, 40);

	if (text.n == 0)
		return;
	e->numbered =
	    number_read(text, rq->today, &e->number) && e->number.kind != NUMBER_ORGANISATION;
	if (!e->numbered)
		form_mark(&rq->form, field, MSG_find_bad);
}

/* Somebody is named whole or not at all. */
static void read_one(struct request *rq, int i, struct entry *e)
{
	struct str given = str_of(of_person(rq->mem, "given", i));
	struct str family = str_of(of_person(rq->mem, "family", i));

	read_number(rq, str_of(of_person(rq->mem, "number", i)), e);
	e->given = form_text(&rq->form, given, 0, 120);
	e->family = form_text(&rq->form, family, 0, 120);
	if ((e->family.n || e->numbered) && e->given.n == 0)
		form_mark(&rq->form, given, MSG_form_missing);
	if (e->given.n && e->family.n == 0)
		form_mark(&rq->form, family, MSG_form_missing);
}

static struct registration read_form(struct request *rq)
{
	struct form *f = &rq->form;
	struct registration r = { .child = { .given = form_text(f, S("given"), 1, 120),
				      .family = form_text(f, S("family"), 1, 120) },
		.born = form_date(f, S("born"), false),
		.expected = form_date(f, S("expected"), false),
		.protection = form_choice(f, S("protection"), protections, 3, true),
		.source = form_choice(f, S("source"), sources, 3, true),
		.checked = form_date(f, S("checked"), true),
		.reason = form_text(f, S("reason"), 1, 400) };

	read_number(rq, S("number"), &r.child);
	/* The register's own number: no day beside it makes a child of somebody of age. */
	if (r.child.numbered && r.child.number.kind == NUMBER_PERSON &&
	    age_years(r.child.number.born, rq->today) >= 18)
		form_mark(f, S("number"), MSG_register_born_wrong);
	r.same = form_choice(f, S("same"), sames, 2, false);
	for (int i = 0; i < PEOPLE; i++) {
		r.kinds[i] = form_choice(f, str_of(of_person(rq->mem, "kind", i)), kinds, 3, false);
		read_one(rq, i, &r.people[i]);
		if (r.child.numbered && r.people[i].numbered &&
		    str_eq(str_of(r.child.number.canonical), str_of(r.people[i].number.canonical)))
			form_mark(
			    f, str_of(of_person(rq->mem, "number", i)), MSG_register_same_number);
	}
	if (date_known(r.born) &&
	    (date_cmp(r.born, rq->today) > 0 || age_years(r.born, rq->today) >= 18))
		form_mark(f, S("born"), MSG_register_born_wrong);
	if (!date_known(r.born) && !date_known(r.expected) && !r.child.numbered)
		form_mark(f, S("born"), MSG_register_born_needed);
	if (date_known(r.checked) && date_cmp(r.checked, rq->today) > 0)
		form_mark(f, S("checked"), MSG_start_noticed_future);
	return r;
}

/* Letters other than those that stand. */
static bool differs(const struct register_name *n, const struct entry *e)
{
	return n->stands && (!str_eq(n->given, e->given) || !str_eq(n->family, e->family));
}

static bool any_differs(const struct registration *r)
{
	bool any = differs(&r->names[0], &r->child);

	for (int i = 0; i < PEOPLE; i++)
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
	for (int i = 0; i < PEOPLE; i++) {
		const struct entry *e = &r->people[i];
		struct register_name *n = &r->names[i + 1];

		*n = (struct register_name){ 0 };
		if (e->given.n == 0)
			continue;
		if (e->numbered)
			TRY(person_find_by_number(
			    rq->db, rq->permit, rq->mem, rq->site->keys, &e->number, &n->person));
		else if (child.found)
			TRY(register_around(rq, child.child,
			    kinds[r->kinds[i] > 0 ? r->kinds[i] : 0], e->given, e->family,
			    &n->person));
		TRY(register_stands(rq, n));
	}
	return OK;
}

static enum err put_person(struct request *rq, const struct registration *r, const struct entry *e,
    bool child, const struct register_name *name, struct person_id *out)
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
	for (int i = 0; i < PEOPLE; i++) {
		int kind = r->kinds[i] > 0 ? r->kinds[i] : 0;
		/* A guardian is one from birth; since when a family home or god man is, nobody has
		 * said: from the day it was checked. */
		struct relation_facts rel = { .child = child,
			.kind = kinds[kind],
			.from = kind == 0 && date_known(r->born) ? r->born : r->checked,
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
	struct str reason = str_fmt(
	    rq->mem, "%.*s (%.*s)", STR(r->reason), STR(web_text(rq, source_words[r->source])));

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
static enum err same_child(
    struct request *rq, struct registration *r, struct asking *ask, struct person_id *person)
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
	struct asking ask = { .names = r, .child = child };
	struct q_register_child_of is;

	TRY(load_names(rq, r));
	TRY(q_register_child_of(rq->db, rq->permit, rq->mem, r->names[0].person, &is));
	if (is.shielded)
		return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64, child.v);
	return register_page(rq, rs, &ask);
}

static enum err register_save(struct request *rq, struct response *rs)
{
	struct asking ask = { .more = str_eq(http_get(&rq->http->form, S("do")), S("more")) };
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
	r = read_form(rq);
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
	r.mine = r.mine && version && version == register_version(r.names, 1 + PEOPLE);
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
