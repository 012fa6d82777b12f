/*
 * Records as persons. Long: both standards fill the same record with the same rules for
 * names that hide, numbers and days, and two files would share all of those.
 */
#include "feat/import/import_read.h"

#include <string.h>

/* What SS 12000 and HL7 Sweden have in common here: names that hide, numbers, days. */

struct reading {
	struct arena *mem;
	struct json_fields f;
	struct import_record *r;
	struct date today;
};

static void note(struct import_record *r, const char *what)
{
	for (size_t i = 0; i < r->n_notes; i++)
		if (r->notes[i] == what)
			return;
	if (r->n_notes < IMPORT_NOTES)
		r->notes[r->n_notes++] = what;
}

static void mark(struct reading *rd, const struct json_val *obj, const char *key, const char *what)
{
	json_mark(&rd->f, obj, key, what);
}

/* Lower-case letters of ASCII alone are enough for the words that hide a name. */
static bool hides(struct str name)
{
	static const char *const words[] = { "skyddad uppgift", "skyddade uppgifter",
		"skyddad identitet", "skyddad person", "sekretessmarkerad" };
	char low[32];
	size_t n = 0;

	name = str_trim(name);
	for (; n < name.n && n + 1 < sizeof low; n++)
		low[n] = (char)(name.p[n] >= 'A' && name.p[n] <= 'Z' ? name.p[n] + 32 : name.p[n]);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_starts((struct str){ low, n }, str_of(words[i])))
			return true;
	return false;
}

static void raise_to(struct import_record *r, enum person_protection p)
{
	if (r->protection < p)
		r->protection = p;
}

static void hidden_names(struct import_record *r, struct str one)
{
	if (hides(one))
		raise_to(r, PERSON_SEKRETESSMARKERING);
}

static const char *number_why(enum number_reason reason)
{
	static const char *const say[] = {
		[NUMBER_BAD_EMPTY] = "is empty; leave civicNo out for somebody without a number",
		[NUMBER_BAD_LENGTH] = "is no Swedish number: write 12 digits",
		[NUMBER_BAD_CHARACTER] =
		    "holds a character that no number has there: write 12 digits",
		[NUMBER_BAD_SEPARATOR] = "has its separator at a wrong place: write 12 digits",
		[NUMBER_BAD_DATE] =
		    "begins with a day that does not exist: look it up at the source",
		[NUMBER_BAD_FUTURE] =
		    "begins with a day that has not come: look it up at the source",
		[NUMBER_BAD_BIRTH_NUMBER] =
		    "has the birth number 000, which nobody has: look it up at the source",
		[NUMBER_BAD_CHECK_DIGIT] =
		    "is mistyped (the check digit does not fit): look it up at the source",
	};

	if ((size_t)reason < sizeof say / sizeof say[0] && say[reason])
		return say[reason];
	return number_reason_code(reason);
}

static void read_number(
    struct reading *rd, const struct json_val *obj, const char *key, struct str text)
{
	struct import_record *r = rd->r;

	if (!number_read(text, rd->today, &r->number))
		mark(rd, obj, key, number_why(r->number.reason));
	else if (r->number.kind == NUMBER_ORGANISATION)
		mark(rd, obj, key, "is an organisation's number, not a person's");
	else
		r->numbered = true;
}

/*
 * The birth date: as the source says. Where it says none (Skolverket's subset has no field for it)
 * the day in a personal number serves for somebody without a mark; never a coordination number's
 * (sweden.md 2.14), never a protected person's.
 */
static void settle_birth(struct import_record *r, struct date today)
{
	struct date day = r->numbered ? r->number.born : (struct date){ 0 };
	enum number_kind kind = r->numbered ? r->number.kind : NUMBER_NONE;

	if (date_known(r->born)) {
		if (date_known(day) && date_cmp(day, r->born) != 0)
			note(r, "the number's day is not the birth date; both are kept");
		return;
	}
	if (r->protection <= PERSON_UNKNOWN && date_known(day) && date_cmp(day, today) <= 0 &&
	    (kind == NUMBER_PERSON || kind == NUMBER_INTERIM || kind == NUMBER_TEMPORARY))
		r->born = day;
}

static struct str first_word(struct str s)
{
	s = str_trim(s);
	return str_cut(&s, ' ');
}

/* ---- SS 12000 ---- */

static const char *relation_of(struct import_record *r, struct str type)
{
	/* RelationTypesEnum: a Förälder is not a guardian (FB 6:2-3) */
	static const struct {
		const char *type, *kind;
	} kinds[] = { { "Vårdnadshavare", "guardian" }, { "God man", "god_man" },
		{ "Förälder", "parent" }, { "Annan ansvarig", "other" },
		{ "Annan behörig", "other" } };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(type, str_of(kinds[i].type)))
			return kinds[i].kind;
	note(r, "a relation of an unknown type: taken as \"other\", which opens nothing");
	return "other";
}

static struct import_ref read_ref(struct reading *rd, const struct json_val *v)
{
	const struct json_val *who = json_get_obj(&rd->f, v, "person", true);
	struct import_ref ref = { 0 };

	ref.id = json_get_text(&rd->f, who, "id", true, IMPORT_ID_MOST);
	ref.kind = relation_of(rd->r, json_get_text(&rd->f, v, "relationType", false, 60));
	ref.from = json_get_date(&rd->f, v, "x_from", false);
	ref.to = json_get_date(&rd->f, v, "x_to", false);
	return ref;
}

static void read_refs(struct reading *rd, const struct json_val *v)
{
	const struct json_val *list = json_get_list(&rd->f, v, "responsibles", false);

	rd->r->refs_said = list != NULL;
	for (const struct json_val *one = list ? list->first : NULL; one; one = one->next) {
		if (rd->r->n_refs == IMPORT_REFS) {
			mark(rd, v, "responsibles",
			    "has more than 24 people: send those who are responsible");
			return;
		}
		rd->r->refs[rd->r->n_refs++] = read_ref(rd, one);
		if (rd->f.bad)
			return;
	}
}

static void read_enrolments(struct reading *rd, const struct json_val *v)
{
	const struct json_val *list = json_get_list(&rd->f, v, "enrolments", false);

	for (const struct json_val *one = list ? list->first : NULL; one; one = one->next) {
		const struct json_val *at = json_get_obj(&rd->f, one, "enroledAt", true);
		struct import_enrolment e = { 0 };

		if (rd->f.bad)
			return;
		e.at = json_get_text(&rd->f, at, "id", true, IMPORT_ID_MOST);
		e.code = json_get_text(&rd->f, at, "schoolUnitCode", false, 40);
		e.from = json_get_date(&rd->f, one, "startDate", false);
		e.to = json_get_date(&rd->f, one, "endDate", false);
		e.cancelled = json_get_bool(&rd->f, one, "cancelled", false);
		if (rd->r->n_enrolments == IMPORT_ENROLMENTS) {
			mark(rd, v, "enrolments",
			    "has more than 24 lines: send those that still matter");
			return;
		}
		rd->r->enrolments[rd->r->n_enrolments++] = e;
	}
}

static void read_marking(struct reading *rd, const struct json_val *v)
{
	static const struct {
		const char *says;
		enum person_protection means;
	} marks[] = { { "Ingen", PERSON_NONE }, { "Sekretessmarkering", PERSON_SEKRETESSMARKERING },
		{ "Skyddad folkbokföring", PERSON_SKYDDAD_FOLKBOKFORING } };
	const struct json_val *says = json_find(v, "securityMarking");

	rd->r->protection = PERSON_UNKNOWN;
	if (!says || says->kind == JSON_IS_NULL)
		return;
	for (size_t i = 0; says->kind == JSON_IS_TEXT && i < sizeof marks / sizeof marks[0]; i++) {
		if (str_eq(says->s, str_of(marks[i].says))) {
			rd->r->protection = marks[i].means;
			return;
		}
	}
	note(rd->r, "securityMarking has an unknown value: taken as unknown, so as protected");
}

static void read_ss12000(struct reading *rd, const struct json_val *v)
{
	struct import_record *r = rd->r;
	const struct json_val *civic;
	struct str middle, status, nation, value;

	r->source = json_find(v, "x_care") ? SOURCE_CARE : SOURCE_SCHOOL;
	r->id = json_get_text(&rd->f, v, "id", true, IMPORT_ID_MOST);
	r->given = str_trim(json_get_text(&rd->f, v, "givenName", true, IMPORT_NAME_MOST));
	middle = str_trim(json_get_text(&rd->f, v, "middleName", false, IMPORT_NAME_MOST));
	r->family = str_trim(json_get_text(&rd->f, v, "familyName", true, IMPORT_NAME_MOST));
	r->called = json_get_text(&rd->f, v, "x_called", false, IMPORT_NAME_MOST);
	civic = json_get_obj(&rd->f, v, "civicNo", false);
	value = json_get_text(&rd->f, civic, "value", civic != NULL, 40);
	nation = json_get_text(&rd->f, civic, "nationality", false, 40);
	r->born = json_get_date(&rd->f, v, "birthDate", false);
	status = json_get_text(&rd->f, v, "personStatus", false, 60);
	read_marking(rd, v);
	read_refs(rd, v);
	read_enrolments(rd, v);
	r->contact_decides = json_find(v, "x_contact") != NULL;
	if (json_find(v, "x_of"))
		r->of = read_ref(rd, json_find(v, "x_of"));
	if (rd->f.bad)
		return;
	hidden_names(r, r->given);
	hidden_names(r, middle);
	hidden_names(r, r->family);
	if (middle.n && !str_starts(r->family, middle))
		r->family = str_fmt(rd->mem, "%.*s %.*s", STR(middle), STR(r->family));
	r->gone = str_eq(status, S("Avliden")) || str_eq(status, S("Utvandrad"));
	/* ISO 3166: what a foreign number says is not for us to check */
	if (civic && nation.n && !str_eq(nation, S("SWE")) && !str_eq(nation, S("SE")))
		note(r, "a number of another country is left out");
	else if (civic)
		read_number(rd, civic, "value", value);
}

/* ---- HL7 Sweden (FHIR R4) ---- */

#define HL7_NUMBER "http://electronichealth.se/identifier/"
#define HL7_LABELS "http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel"

/* Which of somebody's numbers says best who is meant: 1 first; 0: not a person's number. */
static int number_rank(struct str system)
{
	static const struct {
		const char *system;
		int rank;
	} known[] = { { HL7_NUMBER "personnummer", 1 }, { HL7_NUMBER "samordningsnummer", 2 },
		{ HL7_NUMBER "nationelltReservnummer", 3 }, { "urn:oid:1.2.752.129.2.1.3.1", 1 },
		{ "1.2.752.129.2.1.3.1", 1 }, { "urn:oid:1.2.752.129.2.1.3.3", 2 },
		{ "1.2.752.129.2.1.3.3", 2 }, { "urn:oid:1.2.752.129.2.1.3.2", 3 } };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (str_eq(system, str_of(known[i].system)))
			return known[i].rank;
	return 0;
}

static void read_identifiers(struct reading *rd, const struct json_val *v)
{
	const struct json_val *list = json_get_list(&rd->f, v, "identifier", false), *best = NULL;
	struct str best_value = { 0 };
	int best_rank = 9;

	for (const struct json_val *one = list ? list->first : NULL; one; one = one->next) {
		int rank = number_rank(json_get_text(&rd->f, one, "system", false, 300));
		struct str use = json_get_text(&rd->f, one, "use", false, 20);
		struct str value = json_get_text(&rd->f, one, "value", rank != 0, 60);

		if (rd->f.bad)
			return;
		if (rank == 0 || rank >= best_rank || str_eq(use, S("old")))
			continue;
		best = one;
		best_rank = rank;
		best_value = value;
	}
	if (best)
		read_number(rd, best, "value", best_value);
}

static void read_labels(struct reading *rd, const struct json_val *v)
{
	const struct json_val *meta = json_get_obj(&rd->f, v, "meta", false);
	const struct json_val *list = json_get_list(&rd->f, meta, "security", false);

	rd->r->protection = PERSON_UNKNOWN; /* no label says that there is no protection (1.61) */
	for (const struct json_val *one = list ? list->first : NULL; one; one = one->next) {
		struct str system = json_get_text(&rd->f, one, "system", false, 300);
		struct str code = json_get_text(&rd->f, one, "code", false, 100);

		if (!str_eq(system, S(HL7_LABELS)))
			continue;
		if (str_eq(code, S("skyddadFolkbokforing")))
			raise_to(rd->r, PERSON_SKYDDAD_FOLKBOKFORING);
		else
			raise_to(rd->r, PERSON_SEKRETESSMARKERING); /* unknown labels too */
	}
}

/* The qualifier CL (iso21090) marks the given name that is used. */
static bool is_call_name(const struct json_val *extra)
{
	const struct json_val *ext = json_find(extra, "extension");

	for (const struct json_val *one = ext ? ext->first : NULL; one; one = one->next) {
		const struct json_val *code = json_find(one, "valueCode");

		if (code && code->kind == JSON_IS_TEXT && str_eq(code->s, S("CL")))
			return true;
	}
	return false;
}

static void read_given(struct reading *rd, const struct json_val *name)
{
	const struct json_val *given = json_get_list(&rd->f, name, "given", false);
	const struct json_val *extras = json_find(name, "_given"), *extra;
	struct buf b;

	buf_init(&b, rd->mem, 64);
	extra = extras && extras->kind == JSON_IS_LIST ? extras->first : NULL;
	for (const struct json_val *one = given ? given->first : NULL; one; one = one->next) {
		if (one->kind != JSON_IS_TEXT || !str_is_clean(one->s)) {
			mark(rd, name, "given", "must be a list of texts");
			return;
		}
		hidden_names(rd->r, one->s);
		if (b.n)
			buf_char(&b, ' ');
		buf_str(&b, one->s);
		if (is_call_name(extra))
			rd->r->called = one->s;
		extra = extra ? extra->next : NULL;
	}
	rd->r->given = str_trim(buf_text(&b));
	if (str_chars(rd->r->given) > IMPORT_NAME_MOST)
		mark(rd, name, "given", "is too long");
}

static void read_name(struct reading *rd, const struct json_val *v)
{
	const struct json_val *list = json_get_list(&rd->f, v, "name", true);
	const struct json_val *best = list ? list->first : NULL;

	for (const struct json_val *one = best; one; one = one->next) {
		const struct json_val *use = json_find(one, "use");

		if (use && use->kind == JSON_IS_TEXT && str_eq(use->s, S("official"))) {
			best = one;
			break;
		}
	}
	if (!best) {
		if (list)
			mark(rd, v, "name", "is empty: send the name in it");
		return;
	}
	read_given(rd, best);
	rd->r->family = str_trim(json_get_text(&rd->f, best, "family", false, IMPORT_NAME_MOST));
	hidden_names(rd->r, rd->r->family);
	if (!rd->f.bad && rd->r->given.n == 0 && rd->r->family.n == 0)
		mark(rd, best, NULL, "has neither given nor family name");
	if (rd->r->given.n == 0)
		rd->r->given = S("-");
	if (rd->r->family.n == 0)
		rd->r->family = S("-");
}

/* FHIR lets a day be a year or a month alone: then it is not known. */
static struct date read_day(struct reading *rd, const struct json_val *v, const char *key)
{
	struct str s = json_get_text(&rd->f, v, key, false, 40);
	struct date d = { 0 };

	if (s.n > 10)
		s.n = 10; /* a time behind it */
	if (s.n && !date_parse(s, &d)) {
		if (s.n == 4 || s.n == 7)
			note(rd->r, "a day of which only the year or month is known is left out");
		else
			mark(rd, v, key, "must be a day like 2026-11-21");
	}
	return d;
}

static struct str reference_id(struct str reference)
{
	for (size_t i = reference.n; i > 0; i--)
		if (reference.p[i - 1] == '/' || reference.p[i - 1] == ':')
			return (struct str){ reference.p + i, reference.n - i };
	return reference;
}

/* v3-RoleCode: GUARD is a guardian; a parent is one only by decision or law, so PRN opens nothing.
 */
static const char *role_of(const struct json_val *who)
{
	static const char *const parents[] = { "PRN", "MTH", "FTH", "NMTH", "NFTH", "STPPRN",
		"PRNFOST" };
	const struct json_val *list = json_find(who, "relationship");
	const char *kind = "other";

	for (const struct json_val *c = list ? list->first : NULL; c; c = c->next) {
		const struct json_val *codings = json_find(c, "coding");

		for (const struct json_val *o = codings ? codings->first : NULL; o; o = o->next) {
			const struct json_val *code = json_find(o, "code");

			if (!code || code->kind != JSON_IS_TEXT)
				continue;
			if (str_eq(code->s, S("GUARD")))
				return "guardian";
			for (size_t i = 0; i < sizeof parents / sizeof parents[0]; i++)
				if (str_eq(code->s, str_of(parents[i])))
					kind = "parent";
		}
	}
	return kind;
}

static void read_related(struct reading *rd, const struct json_val *v)
{
	const struct json_val *patient = json_get_obj(&rd->f, v, "patient", true);
	const struct json_val *period = json_get_obj(&rd->f, v, "period", false);
	struct import_ref *of = &rd->r->of;

	of->id = reference_id(json_get_text(&rd->f, patient, "reference", true, IMPORT_ID_MOST));
	of->kind = role_of(v);
	of->from = read_day(rd, period, "start");
	of->to = read_day(rd, period, "end");
	rd->r->id = str_fmt(rd->mem, "RelatedPerson/%.*s", STR(rd->r->id));
}

static void read_contacts(struct reading *rd, const struct json_val *v)
{
	const struct json_val *list = json_get_list(&rd->f, v, "contact", false);

	for (const struct json_val *one = list ? list->first : NULL; one; one = one->next)
		if (str_eq(str_of(role_of(one)), S("guardian"))) {
			rd->r->contact_decides = true;
			note(rd->r,
			    "a contact that is a guardian has no number of its own: send it as RelatedPerson");
		}
}

static void read_fhir(struct reading *rd, const struct json_val *v, bool patient)
{
	struct import_record *r = rd->r;
	const struct json_val *dead = json_find(v, "deceasedBoolean");

	r->source = SOURCE_CARE;
	r->id = json_get_text(&rd->f, v, "id", true, IMPORT_ID_MOST);
	read_labels(rd, v);
	read_identifiers(rd, v);
	read_name(rd, v);
	r->born = read_day(rd, v, "birthDate");
	r->gone =
	    json_find(v, "deceasedDateTime") || (dead && dead->kind == JSON_IS_BOOL && dead->i);
	if (rd->f.bad)
		return;
	if (patient)
		read_contacts(rd, v);
	else
		read_related(rd, v);
}

/* ---- both ---- */

static const struct json_val *unwrap(const struct json_val *v)
{
	const struct json_val *inner = json_find(v, "resource");

	return inner && inner->kind == JSON_IS_OBJECT ? inner : v;
}

enum import_reading import_read(struct arena *mem, struct str text, struct date today,
    struct import_record *out, struct json_problem *problem)
{
	struct reading rd = { .mem = mem, .f = json_fields_of(mem), .r = out, .today = today };
	const struct json_val *v, *type;
	struct date oldest = { 1850, 1, 1 };
	enum err e;

	*out = (struct import_record){ 0 };
	e = json_read(mem, text, (struct json_limits){ (size_t)1 << 20, 24 }, &v, problem);
	if (e != OK) {
		/* what the parser says may hold a piece of somebody's record */
		if (problem->line)
			problem->what = S("is no well-formed JSON");
		return IMPORT_BAD;
	}
	v = unwrap(v);
	type = json_find(v, "resourceType");
	if (type && type->kind == JSON_IS_TEXT) {
		bool patient = str_eq(type->s, S("Patient"));

		if (!patient && !str_eq(type->s, S("RelatedPerson")))
			return IMPORT_NO_PERSON;
		read_fhir(&rd, v, patient);
	} else {
		read_ss12000(&rd, v);
	}
	if (!rd.f.bad && date_known(out->born) &&
	    (date_cmp(out->born, oldest) < 0 || date_cmp(out->born, today) > 0))
		mark(&rd, v, "birthDate", "is a day that nobody living was born on");
	if (rd.f.bad) {
		*problem = rd.f.problem;
		return IMPORT_BAD;
	}
	settle_birth(out, today);
	if (out->called.n == 0)
		out->called = first_word(out->given);
	return IMPORT_PERSON;
}

static void write_day(struct json *j, const char *key, struct date d)
{
	if (date_known(d))
		json_field(j, key, d);
}

static void write_ref(struct json *j, const struct import_ref *ref)
{
	static const struct {
		const char *kind, *type;
	} types[] = { { "guardian", "Vårdnadshavare" }, { "god_man", "God man" },
		{ "parent", "Förälder" }, { "other", "Annan ansvarig" } };

	json_obj(j);
	json_obj_in(j, "person");
	json_field(j, "id", ref->id);
	json_end(j);
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i].kind, ref->kind) == 0)
			json_field(j, "relationType", types[i].type);
	write_day(j, "x_from", ref->from);
	write_day(j, "x_to", ref->to);
	json_end(j);
}

static void write_lists(struct json *j, const struct import_record *r)
{
	if (r->refs_said) {
		json_arr_in(j, "responsibles");
		for (size_t i = 0; i < r->n_refs; i++)
			write_ref(j, &r->refs[i]);
		json_end(j);
	}
	json_arr_in(j, "enrolments");
	for (size_t i = 0; i < r->n_enrolments; i++) {
		const struct import_enrolment *e = &r->enrolments[i];

		json_obj(j);
		json_obj_in(j, "enroledAt");
		json_field(j, "id", e->at);
		if (e->code.n)
			json_field(j, "schoolUnitCode", e->code);
		json_end(j);
		write_day(j, "startDate", e->from);
		write_day(j, "endDate", e->to);
		json_field(j, "cancelled", e->cancelled);
		json_end(j);
	}
	json_end(j);
}

struct str import_write(struct arena *mem, const struct import_record *r)
{
	static const char *const marks[] = { "Ingen", NULL, "Sekretessmarkering",
		"Skyddad folkbokföring", "Skyddad folkbokföring" };
	struct json j;
	struct buf b;

	buf_init(&b, mem, 1024);
	json_init(&j, &b);
	json_obj(&j);
	json_field(&j, "id", r->id);
	json_field(&j, "givenName", r->given);
	json_field(&j, "familyName", r->family);
	json_field(&j, "x_called", r->called);
	if (r->source == SOURCE_CARE)
		json_field(&j, "x_care", true);
	if (r->numbered) {
		json_obj_in(&j, "civicNo");
		json_field(&j, "value", str_of(r->number.canonical));
		json_end(&j);
	}
	write_day(&j, "birthDate", r->born);
	if (marks[r->protection])
		json_field(&j, "securityMarking", marks[r->protection]);
	if (r->gone)
		json_field(&j, "personStatus", "Avliden");
	write_lists(&j, r);
	if (r->contact_decides)
		json_field(&j, "x_contact", true);
	if (r->of.id.n) {
		json_key(&j, "x_of");
		write_ref(&j, &r->of);
	}
	json_end(&j);
	return buf_text(&b);
}
