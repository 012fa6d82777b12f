#include "feat/child/register_form.h"

#include <inttypes.h>

#include "q_find.h"
#include "web/sheet.h"

#define PEOPLE_FIRST 2

static const struct str protections[] = { { "none", 4 }, { "yes", 3 }, { "unknown", 7 } };
static const struct str kinds[] = { { "guardian", 8 }, { "carer", 5 }, { "god_man", 7 } };
static const enum msg kind_words[] = { MSG_register_kind_guardian, MSG_register_kind_carer,
	MSG_register_kind_god_man };
static const struct str sames[] = { { "yes", 3 }, { "no", 2 } };
static const struct str sources[] = { { "register", 8 }, { "papers", 6 }, { "family", 6 } };
static const enum msg source_words[] = { MSG_register_source_register, MSG_register_source_hand,
	MSG_register_source_family };

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

	while (n < REGISTER_PEOPLE && rq->form.pairs &&
	       http_get(&rq->http->form, str_of(of_person(rq->mem, "given", n))).p)
		n++;
	return more && n < REGISTER_PEOPLE ? n + 1 : n;
}

static void same_field(struct request *rq, struct web_sheet *s, const struct register_asking *ask)
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

enum err register_page(struct request *rq, struct response *rs, const struct register_asking *ask)
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
	if (people < REGISTER_PEOPLE)
		web_sheet_button(rq, s, "do", "more", MSG_register_more);
	if (ask->too_many)
		s->status = 429;
	if (ask->names) {
		s->action = str_fmt(rq->mem, "/children/register?child=%" PRId64, ask->child.v);
		register_beside(rq, s, ask->names->names, 1 + REGISTER_PEOPLE,
		    str_fmt(rq->mem, "/children/%" PRId64, ask->child.v));
		rs->changed = true;
	}
	rs->wide = true;
	web_sheet_show(rq, rs, s);
	return OK;
}

static void read_number(struct request *rq, struct str field, struct register_entry *e)
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
static void read_one(struct request *rq, int i, struct register_entry *e)
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

struct registration register_read(struct request *rq)
{
	struct form *f = &rq->form;
	int source = form_choice(f, S("source"), sources, 3, true);
	struct registration r = { .child = { .given = form_text(f, S("given"), 1, 120),
				      .family = form_text(f, S("family"), 1, 120) },
		.born = form_date(f, S("born"), false),
		.expected = form_date(f, S("expected"), false),
		.protection = form_choice(f, S("protection"), protections, 3, true),
		.source = source_words[source < 0 ? 0 : source],
		.checked = form_date(f, S("checked"), true),
		.reason = form_text(f, S("reason"), 1, 400) };

	read_number(rq, S("number"), &r.child);
	/* The register's own number: no day beside it makes a child of somebody of age. */
	if (r.child.numbered && r.child.number.kind == NUMBER_PERSON &&
	    age_years(r.child.number.born, rq->today) >= 18)
		form_mark(f, S("number"), MSG_register_born_wrong);
	r.same = form_choice(f, S("same"), sames, 2, false);
	for (int i = 0; i < REGISTER_PEOPLE; i++) {
		int kind = form_choice(f, str_of(of_person(rq->mem, "kind", i)), kinds, 3, false);

		r.kinds[i] = kinds[kind > 0 ? kind : 0];
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
