/* The shared tables of law cases, row by row, and what a table that can't be read is told. */
#include "access/cases.h"

#include <string.h>

#include "access/ground.h"
#include "test/t.h"

#define HEADER \
	"id,holder,recipient,content,child_age,child_says,guardians_agreeing,guardians_total," \
	"need_recorded,same_authority,waiver,investigation,harm_mark,suspicion,protection,asks," \
	"expected,ground,why\n"
#define ROW "X1,BVC,SOC,health,3,unknown,0,2,yes,no,none,none,no,none,none,,"

static bool judged(const char *text, struct cases *out)
{
	return cases_judge(t_mem(), str_of(text), ground_read_on(), out);
}

static void all_rows_of(const char *file, size_t at_least)
{
	struct arena *mem = t_mem();
	struct cases cases;

	if (!t_data())
		t_skip("no shared data: third-party examples stay outside the repo");
	if (!cases_judge(mem, t_file(mem, str_c(mem, str_fmt(mem, "%s/law/%s", t_data(), file))),
		ground_read_on(), &cases))
		fail_msg("%s: %.*s", file, STR(cases.problem));
	for (size_t i = 0; i < cases.n; i++) {
		const struct case_row *r = &cases.v[i];

		assert_true(r->expected.n > 0);
		if (r->difference.n)
			print_error("%.*s: %.*s, got %.*s %.*s\n", STR(r->id), STR(r->difference),
			    STR(r->decision), STR(r->ground));
	}
	assert_int_equal(cases.differences, 0);
	assert_true(cases.n >= at_least);
}

TEST(promise_04_every_row_of_disclosure_cases)
{
	all_rows_of("disclosure-cases.csv", 32);
}

TEST(promise_12_every_row_of_consent_cases)
{
	all_rows_of("consent-cases.csv", 10);
}

TEST(promise_13_every_row_of_deadline_cases)
{
	all_rows_of("deadline-cases.csv", 12);
}

TEST(cases_tell_a_difference)
{
	struct cases c;

	assert_true(judged(HEADER ROW "ALLOW,HEALTH_U18,\n", &c));
	assert_int_equal(c.differences, 0);
	assert_true(judged(HEADER ROW "DENY,,\n" ROW "ALLOW,WAIVER,\n" ROW ",,\n", &c));
	assert_int_equal(c.n, 3);
	assert_int_equal(c.differences, 2); /* another verdict; another ground; nothing expected */
	assert_str(c.v[0].decision, "ALLOW");
	assert_str(c.v[0].ground, "HEALTH_U18");
	assert_str(c.v[0].difference, "expected DENY ");
}

TEST(cases_name_row_and_column_of_an_unknown_value)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ HEADER "Q7,BVD,SOC,health,3,unknown,0,2,yes,no,none,none,no,none,none,,,,\n",
		    "holder" },
		{ HEADER "Q7,BVC,SOC,,3,unknown,0,2,yes,no,none,none,no,none,none,,,,\n",
		    "content" },
		{ HEADER "Q7,BVC,SOC,health,-3,unknown,0,2,yes,no,none,none,no,none,none,,,,\n",
		    "child_age" },
		{ HEADER "Q7,BVC,SOC,health,3,unknown,0,x,yes,no,none,none,no,none,none,,,,\n",
		    "guardians_total" },
		{ HEADER "Q7,BVC,SOC,health,3,unknown,0,2,maybe,no,none,none,no,none,none,,,,\n",
		    "need_recorded" },
		{ HEADER "Q7,BVC,SOC,health,3,unknown,0,2,yes,,none,none,no,none,none,,,,\n",
		    "same_authority" },
		{ HEADER "Q7,BVC,SOC,health,3,unknown,0,2,yes,no,none,none,no,none,,,,,\n",
		    "protection" },
		{ HEADER "Q7,BVC,SOC,health,3,unknown,0,2,yes,no,none,none,no,none,none,,ALOW,,\n",
		    "expected" },
		{ HEADER
		    "Q7,BVC,SOC,health,3,unknown,0,2,yes,no,none,none,no,none,none,,DENY,FOO,\n",
		    "ground" },
		{ "id,measure,child_age,child_says,guardians_agreeing,suitable,expected,rule\n"
		  "Q7,shared individual plan,9,agrees,3/2,yes,ALLOW,\n",
		    "guardians_agreeing" },
		{ "id,rule,start,due,due_if_rolled_to_weekday\nQ7,investigation_done,2026-02-30,,\n",
		    "start" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct cases c;

		assert_false(judged(rows[i].text, &c));
		assert_true(str_has(c.problem, S("row Q7 (line 2)")));
		if (!str_has(c.problem, str_fmt(t_mem(), "column %s:", rows[i].says)))
			fail_msg("%.*s", STR(c.problem));
	}
}

TEST(cases_know_the_form_by_the_header)
{
	struct cases c;

	assert_true(judged("\xef\xbb\xbf" HEADER, &c)); /* any program's byte order mark */
	assert_int_equal(c.n, 0);
	assert_false(judged("a,b\n1,2\n", &c));
	assert_true(str_has(c.problem, S("not the header")));
	assert_false(judged("", &c));
	assert_false(judged("id,holder,recipient,content\nX,BVC,SOC,health\n", &c));
	assert_true(str_has(c.problem, S("column child_age is missing")));
	assert_false(judged(HEADER "X1,BVC\n", &c));
	assert_true(str_has(c.problem, S("line 2")));
}

/* Columns may stand in any order. */
TEST(cases_go_by_the_columns_names)
{
	struct cases c;

	assert_true(judged("due_if_rolled_to_weekday,due,start,rule,id\n"
			   "2026-04-07,2026-04-03,2026-03-20,decide_open_investigation,T\n",
	    &c));
	assert_int_equal(c.differences, 0);
	assert_str(c.v[0].decision, "2026-04-03");
}
