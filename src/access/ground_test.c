#include "access/ground.h"

#include <string.h>

#include "base/csv.h"
#include "msg.h"
#include "test/t.h"

TEST(promise_04_grounds_are_a_dated_table)
{
	struct date before = { 2026, 1, 14 }, from = { 2026, 1, 15 };
	struct date old = { 2025, 6, 30 }, new = { 2025, 7, 1 };

	assert_false(ground_in_force(GROUND_FEEDBACK, before));
	assert_true(ground_in_force(GROUND_FEEDBACK, from));
	assert_non_null(strstr(ground_on(GROUND_REPORT, old)->provision, "2001:453"));
	assert_non_null(strstr(ground_on(GROUND_REPORT, new)->provision, "SoL 19:1"));
	assert_null(ground_on(GROUND_NONE, from));
	assert_false(ground_in_force(GROUND_WAIVER, (struct date){ 2009, 6, 29 }));
	for (int g = 1; g < GROUND_COUNT; g++)
		assert_true(ground_in_force((enum ground)g, ground_read_on()));
}

TEST(ground_codes_read_back)
{
	enum ground g;
	enum msg words;

	for (int i = 0; i < GROUND_COUNT; i++) {
		assert_true(ground_of_code(str_of(ground_code((enum ground)i)), &g));
		assert_int_equal(g, i);
		assert_true(msg_of_key(str_of(ground_message(g)), &words));
		assert_int_equal(strlen(ground_message(g)), i ? strlen(ground_code(g)) + 7 : 11);
	}
	assert_false(ground_of_code(S("COOPERATION"), &g)); /* 1.48b: never itself a ground */
	assert_false(ground_of_code(S("NONE"), &g));
}

TEST(ground_table_has_the_shared_codes_and_provisions)
{
	struct csv csv;
	struct arena *mem = t_mem();

	if (!t_data())
		t_skip("no shared data: third-party examples stay outside the repo");
	assert_true(csv_read(mem,
	    t_file(mem, str_c(mem, str_fmt(mem, "%s/law/legal-grounds.csv", t_data()))), &csv));
	assert_int_equal(csv.n, GROUND_COUNT); /* the header in place of NONE */
	for (size_t i = 1; i < csv.n; i++) {
		enum ground g;

		assert_true(ground_of_code(csv.v[i].v[0], &g));
		assert_true(
		    str_eq(csv.v[i].v[1], str_of(ground_on(g, ground_read_on())->provision)));
	}
}
