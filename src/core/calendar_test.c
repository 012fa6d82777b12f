#include "core/calendar.h"

#include <string.h>

#include "test/t.h"

static struct date day(const char *iso)
{
	struct date d;

	if (!date_parse(str_of(iso), &d))
		fail_msg("%s is no day", iso);
	return d;
}

TEST(calendar_easter_days)
{
	static const char *const easters[] = { "1818-03-22", "1943-04-25", "2000-04-23",
		"2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
		"2038-04-25", "2285-03-22" };

	for (size_t i = 0; i < sizeof easters / sizeof *easters; i++)
		assert_str(date_iso(t_mem(), calendar_easter(day(easters[i]).y)), easters[i]);
}

TEST(calendar_days_of_rest_in_2026)
{
	/* All that are not just Saturdays and Sundays. */
	static const char *const rest[] = { "2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06",
		"2026-05-01", "2026-05-14", "2026-06-19", "2026-12-24", "2026-12-25",
		"2026-12-31" };
	static const char *const weekday[] = { "2026-01-05", "2026-04-02", "2026-04-07",
		"2026-06-05", "2026-06-18", "2026-10-30", "2026-12-23", "2026-12-28",
		"2026-12-30" };
	int n = 0;

	for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
		assert_true(calendar_is_rest_day(day(rest[i])));
	for (size_t i = 0; i < sizeof weekday / sizeof *weekday; i++)
		assert_false(calendar_is_rest_day(day(weekday[i])));
	for (struct date d = day("2026-01-01"); d.y == 2026; d = date_add_days(d, 1))
		n += calendar_is_rest_day(d) && date_weekday(d) < 6;
	assert_int_equal(n, sizeof rest / sizeof *rest);
	assert_true(calendar_is_holiday(day("2026-06-20"))); /* midsummer day */
	assert_true(calendar_is_holiday(day("2026-10-31"))); /* All Saints, its earliest day */
	assert_true(calendar_is_holiday(day("2027-11-06"))); /* its latest */
	assert_false(calendar_is_holiday(day("2026-11-07")));
	assert_false(calendar_is_holiday(day("2026-12-24"))); /* an eve: rest, not a holiday */
	assert_true(calendar_is_holiday(day("2026-05-24")));  /* Whit Sunday */
}

TEST(calendar_next_weekday_steps_over_christmas)
{
	assert_str(date_iso(t_mem(), calendar_next_weekday(day("2026-12-24"))), "2026-12-28");
	assert_str(date_iso(t_mem(), calendar_next_weekday(day("2026-04-03"))), "2026-04-07");
	assert_str(date_iso(t_mem(), calendar_next_weekday(day("2026-03-16"))), "2026-03-16");
}

TEST(promise_02_july_floods_no_school)
{
	struct school_terms usual = { 0 };

	for (struct date d = day("2020-01-01"); d.y < 2040; d = date_add_days(d, 1)) {
		struct date due = school_next_day(usual, d);

		assert_true(date_cmp(due, d) >= 0);
		assert_true(due.m != 7);
		assert_false(calendar_is_rest_day(due));
		assert_in_range(date_days_between(d, due), 0, 75);
	}
	assert_str(date_iso(t_mem(), school_next_day(usual, day("2026-06-15"))), "2026-08-18");
	assert_str(date_iso(t_mem(), school_next_day(usual, day("2026-10-26"))), "2026-11-02");
	assert_str(date_iso(t_mem(), school_next_day(usual, day("2026-12-21"))), "2027-01-08");
	assert_str(date_iso(t_mem(), school_next_day(usual, day("2026-09-14"))), "2026-09-14");
}

TEST(promise_02_a_school_has_its_own_terms)
{
	struct school_period own[] = { { day("2026-01-12"), day("2026-06-10") },
		{ day("2026-08-20"), day("2026-12-18") } };
	struct school_terms terms = { own, 2 };

	assert_str(date_iso(t_mem(), school_next_day(terms, day("2026-06-11"))), "2026-08-20");
	assert_str(date_iso(t_mem(), school_next_day(terms, day("2026-06-10"))), "2026-06-10");
	/* Past the last period told: the usual terms, not "never". */
	assert_str(date_iso(t_mem(), school_next_day(terms, day("2027-07-01"))), "2027-08-18");
}
