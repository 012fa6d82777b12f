#include "access/deadline.h"

#include <string.h>

#include "core/calendar.h"
#include "test/t.h"

static struct date day(const char *iso)
{
	struct date d = { 0 };

	if (iso[0] && !date_parse(str_of(iso), &d))
		fail_msg("%s is no day", iso);
	return d;
}

TEST(promise_13_clocks)
{
	static const struct {
		enum clock_rule rule;
		const char *start, *due, *rolled;
	} rows[] = {
		{ CLOCK_PROTECTIVE_ASSESSMENT, "2026-03-02", "2026-03-02", "" },
		{ CLOCK_DECIDE_OPEN, "2026-03-02", "2026-03-16", "2026-03-16" },
		{ CLOCK_DECIDE_OPEN, "2026-03-20", "2026-04-03", "2026-04-07" }, /* Good Friday */
		{ CLOCK_DECIDE_OPEN, "2026-12-10", "2026-12-24", "2026-12-28" }, /* Christmas */
		{ CLOCK_DECIDE_OPEN, "2026-06-05", "2026-06-19", "2026-06-22" }, /* midsummer eve */
		{ CLOCK_DECIDE_OPEN, "2026-12-17", "2026-12-31", "2027-01-04" },
		{ CLOCK_INVESTIGATION_DONE, "2025-10-31", "2026-02-28", "2026-03-02" },
		{ CLOCK_INVESTIGATION_DONE, "2027-10-31", "2028-02-29", "2028-02-29" },
		{ CLOCK_INVESTIGATION_DONE, "2026-01-15", "2026-05-15", "2026-05-15" },
		{ CLOCK_REPORTER_FEEDBACK, "2026-04-07", "2026-04-14", "2026-04-14" },
		{ CLOCK_ABSENCE_NOTICE, "2026-09-14", "2026-09-14", "" },
		{ CLOCK_PURGE_DUE, "2026-02-10", "2031-02-10", "" },
		{ CLOCK_PURGE_LATEST, "2026-02-10", "2032-12-31", "" },
		{ CLOCK_KEEP_INVESTIGATION, "2016-05-02", "2046-05-02", "" },
		{ CLOCK_KEEP_INVESTIGATION, "2016-02-29", "2046-02-28", "" },
		{ CLOCK_KEEP_HEALTH_RECORD, "2026-02-10", "2036-02-10", "" },
		{ CLOCK_ACCESS_REPLY, "2026-01-31", "2026-02-28", "2026-03-02" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct deadline d = deadline_of(rows[i].rule, day(rows[i].start));

		assert_str(date_iso(t_mem(), d.due), rows[i].due);
		assert_str(date_iso(t_mem(), d.rolled), rows[i].rolled);
	}
}

TEST(promise_13_warned_before_on_and_after)
{
	struct deadline d = deadline_of(CLOCK_DECIDE_OPEN, day("2026-03-02"));

	assert_int_equal(deadline_stage(d, day("2026-03-11")), DEADLINE_FAR);
	assert_int_equal(deadline_stage(d, day("2026-03-12")), DEADLINE_SOON);
	assert_int_equal(deadline_stage(d, day("2026-03-15")), DEADLINE_SOON);
	assert_int_equal(deadline_stage(d, day("2026-03-16")), DEADLINE_TODAY);
	assert_int_equal(deadline_stage(d, day("2026-03-17")), DEADLINE_PAST);
}

/* A clock that may roll lands on a weekday, never before the strict day, never past a long Easter.
 */
TEST(promise_13_rolled_day_is_a_weekday_soon_after)
{
	struct date start = { 2020, 1, 1 };

	for (int i = 0; i < 4000; i++) {
		struct date s = date_add_days(start, i);

		for (int r = 0; r < CLOCK_COUNT; r++) {
			struct deadline d = deadline_of((enum clock_rule)r, s);

			assert_true(date_cmp(d.due, s) >= 0);
			assert_true(date_cmp(d.warn, d.due) <= 0);
			if (!date_known(d.rolled))
				continue;
			assert_false(calendar_is_rest_day(d.rolled));
			assert_in_range(date_days_between(d.due, d.rolled), 0, 5);
		}
	}
}
