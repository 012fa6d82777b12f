#include "access/cases.h"

#include "access/consent.h"
#include "access/deadline.h"
#include "access/policy.h"
#include "base/csv.h"
#include "base/err.h"

struct judge {
	struct arena *mem;
	const struct csv *csv;
	const struct csv_row *row;
	struct date day;
	struct cases *out;
};

/* The field of that column; empty when the table has no such column. */
static struct str field(const struct judge *j, const char *column)
{
	int i = csv_column(j->csv, column);

	return i < 0 ? S("") : str_trim(j->row->v[i]);
}

static bool unknown_value(struct judge *j, const char *column)
{
	struct str id = field(j, "id"), value = field(j, column);

	if (j->out->problem.n == 0)
		j->out->problem =
		    str_fmt(j->mem, "row %.*s (line %zu), column %s: unknown value \"%.*s\"",
			STR(id), j->row->line, column, STR(value));
	return false;
}

static bool yes_no(struct judge *j, const char *column, bool *out)
{
	struct str s = field(j, column);

	*out = str_eq(s, S("yes"));
	return *out || str_eq(s, S("no")) || unknown_value(j, column);
}

static bool number(struct judge *j, const char *column, int most, int if_empty, int *out)
{
	int64_t v = if_empty;

	if (field(j, column).n && !str_to_i64(field(j, column), 0, most, &v))
		return unknown_value(j, column);
	*out = (int)v;
	return true;
}

static bool age(struct judge *j, int *out)
{
	if (str_eq(field(j, "child_age"), S("unborn"))) {
		*out = AGE_UNBORN;
		return true;
	}
	return number(j, "child_age", 120, AGE_UNKNOWN, out);
}

#define READ(function, column, out) \
	do { \
		if (!function(field(j, column), out)) \
			return unknown_value(j, column); \
	} while (0)

static bool read_disclosure(struct judge *j, struct disclosure_case *c)
{
	*c = (struct disclosure_case){ .day = j->day };
	READ(party_of_code, "holder", &c->holder);
	READ(party_of_code, "recipient", &c->recipient);
	READ(content_of_code, "content", &c->content);
	READ(says_of_code, "child_says", &c->says);
	READ(need_of_code, "need_recorded", &c->need);
	READ(waiver_state_of_code, "waiver", &c->waiver);
	READ(investigation_of_code, "investigation", &c->investigation);
	READ(suspicion_of_code, "suspicion", &c->suspicion);
	READ(protection_of_code, "protection", &c->protection);
	READ(asker_of_code, "asks", &c->asks);
	return age(j, &c->age_years) &&
	       number(j, "guardians_agreeing", 9, GUARDIANS_UNKNOWN, &c->guardians_agreeing) &&
	       number(j, "guardians_total", 9, GUARDIANS_UNKNOWN, &c->guardians_total) &&
	       yes_no(j, "same_authority", &c->same_authority) &&
	       yes_no(j, "harm_mark", &c->harm_mark);
}

/* What the table expects has to be an answer too: a misspelt one would hide a difference. */
static bool read_expected(struct judge *j, struct case_row *r)
{
	enum verdict v;

	r->expected = field(j, "expected");
	if (r->expected.n && !verdict_of_code(r->expected, &v))
		return unknown_value(j, "expected");
	return true;
}

static bool judge_disclosure(struct judge *j, struct case_row *r)
{
	struct disclosure_case c;
	struct decision d;
	enum ground g;
	struct str want = field(j, "ground");

	if (!read_disclosure(j, &c) || !read_expected(j, r))
		return false;
	if (!ground_of_code(want, &g))
		return unknown_value(j, "ground");
	d = policy_disclose(&c);
	r->decision = str_of(verdict_code(d.verdict));
	r->ground = str_of(ground_code(d.ground));
	r->reason = str_of(d.reason);
	if (r->expected.n && (!str_eq(r->expected, r->decision) || d.ground != g))
		r->difference = str_fmt(j->mem, "expected %.*s %.*s", STR(r->expected), STR(want));
	return true;
}

/* "1/2", or "-" for nobody counted. */
static bool guardians(struct judge *j, int *agreeing, int *total)
{
	struct str s = field(j, "guardians_agreeing"), first;
	int64_t a, t;

	*agreeing = *total = GUARDIANS_UNKNOWN;
	if (str_eq(s, S("-")))
		return true;
	first = str_cut(&s, '/');
	if (!str_to_i64(first, 0, 9, &a) || !str_to_i64(s, 0, 9, &t) || a > t)
		return unknown_value(j, "guardians_agreeing");
	*agreeing = (int)a;
	*total = (int)t;
	return true;
}

static bool child_says(struct judge *j, enum says *out)
{
	struct str s = field(j, "child_says");

	if (str_eq(s, S("asks for it")))
		*out = SAYS_ASKS;
	else if (str_eq(s, S("-")))
		*out = SAYS_UNKNOWN;
	else if (!says_of_code(s, out))
		return unknown_value(j, "child_says");
	return true;
}

static bool judge_consent(struct judge *j, struct case_row *r)
{
	struct consent_case c = { 0 };
	struct consent d;

	READ(consent_measure_of_code, "measure", &c.measure);
	if (!age(j, &c.age_years) || !child_says(j, &c.says) ||
	    !guardians(j, &c.agreeing, &c.total) || !yes_no(j, "suitable", &c.suitable) ||
	    !read_expected(j, r))
		return false;
	d = consent_decide(&c);
	r->decision = str_of(verdict_code(d.verdict));
	r->ground = str_of(d.provision);
	r->reason = str_of(d.reason);
	if (r->expected.n && !str_eq(r->expected, r->decision))
		r->difference = str_fmt(j->mem, "expected %.*s", STR(r->expected));
	return true;
}

/* A day in a column; empty stays unknown. */
static bool day_in(struct judge *j, const char *column, bool may_be_empty, struct date *out)
{
	*out = (struct date){ 0 };
	if (may_be_empty && field(j, column).n == 0)
		return true;
	return date_parse(field(j, column), out) || unknown_value(j, column);
}

static bool judge_deadline(struct judge *j, struct case_row *r)
{
	enum clock_rule rule;
	struct date start, due, rolled;
	struct deadline d;

	READ(clock_rule_of_code, "rule", &rule);
	if (!day_in(j, "start", false, &start) || !day_in(j, "due", true, &due) ||
	    !day_in(j, "due_if_rolled_to_weekday", true, &rolled))
		return false;
	if (start.y > 2900) /* the reckoning ends with the year 2999 */
		return unknown_value(j, "start");
	d = deadline_of(rule, start);
	r->expected = field(j, "due");
	r->decision = date_iso(j->mem, d.due);
	r->ground = date_iso(j->mem, d.rolled);
	r->reason = str_of(clock_rule_provision(rule));
	if (r->expected.n && (date_cmp(due, d.due) != 0 || date_cmp(rolled, d.rolled) != 0))
		r->difference = str_fmt(j->mem, "expected %.*s %.*s", STR(r->expected),
		    STR(field(j, "due_if_rolled_to_weekday")));
	return true;
}

struct form {
	const char *columns[20];
	bool (*judge)(struct judge *, struct case_row *);
};

/* A table's form is the first whose columns it all has. */
static const struct form forms[] = {
	{ { "id", "holder", "recipient", "content", "child_age", "child_says", "guardians_agreeing",
	      "guardians_total", "need_recorded", "same_authority", "waiver", "investigation",
	      "harm_mark", "suspicion", "protection", "asks", "expected", "ground" },
	    judge_disclosure },
	{ { "id", "measure", "child_age", "child_says", "guardians_agreeing", "suitable",
	      "expected" },
	    judge_consent },
	{ { "id", "rule", "start", "due", "due_if_rolled_to_weekday" }, judge_deadline },
};

/* NULL: it has them all; else the first one missing. */
static const char *missing(const struct csv *csv, const struct form *f, int *have)
{
	const char *first = NULL;

	*have = 0;
	for (int i = 0; f->columns[i]; i++) {
		if (csv_column(csv, f->columns[i]) >= 0)
			(*have)++;
		else if (!first)
			first = f->columns[i];
	}
	return first;
}

static const struct form *form_of(struct arena *mem, const struct csv *csv, struct cases *out)
{
	const char *nearest = NULL;
	int most = 1, have; /* every form has an id: that alone tells nothing */

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *gap = missing(csv, &forms[i], &have);

		if (!gap)
			return &forms[i];
		if (have > most) {
			most = have;
			nearest = gap;
		}
	}
	out->problem =
	    nearest
		? str_fmt(mem, "line 1: column %s is missing", nearest)
		: S("line 1: not the header of disclosure-cases, consent-cases or deadline-cases");
	return NULL;
}

bool cases_judge(struct arena *mem, struct str text, struct date day, struct cases *out)
{
	struct csv csv;
	struct judge j = { .mem = mem, .csv = &csv, .day = day, .out = out };
	const struct form *f;

	*out = (struct cases){ 0 };
	if (!csv_read(mem, text, &csv)) {
		out->problem = str_fmt(mem, "line %zu: %s", csv.bad_line, csv.bad_what);
		return false;
	}
	f = form_of(mem, &csv, out);
	if (!f)
		return false;
	out->v = arena_array(mem, struct case_row, csv.n);
	for (size_t i = 1; i < csv.n; i++) {
		struct case_row *r = &out->v[out->n];

		j.row = &csv.v[i];
		r->id = field(&j, "id");
		if (!f->judge(&j, r))
			return false;
		out->n++;
		out->differences += r->difference.n > 0;
	}
	return true;
}
