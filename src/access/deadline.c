#include "access/deadline.h"

#include "base/err.h"
#include "core/calendar.h"

static const struct {
	const char *code;
	int years, months, days;
	bool to_year_end, rolls;
	int warn_days;
	const char *provision;
} clocks[] = {
#define X(name, code, y, m, d, end, roll, warn, provision) \
	{ code, y, m, d, end, roll, warn, provision },
	CLOCKS(X)
#undef X
};

const char *clock_rule_provision(enum clock_rule r)
{
	must((unsigned)r < CLOCK_COUNT);
	return clocks[r].provision;
}

bool clock_rule_of_code(struct str code, enum clock_rule *out)
{
	for (int i = 0; i < CLOCK_COUNT; i++) {
		if (str_eq(code, str_of(clocks[i].code))) {
			*out = (enum clock_rule)i;
			return true;
		}
	}
	return false;
}

struct deadline deadline_of(enum clock_rule r, struct date start)
{
	struct deadline d = { 0 };

	must((unsigned)r < CLOCK_COUNT && date_known(start));
	d.due = date_add_months(start, 12 * clocks[r].years + clocks[r].months);
	d.due = date_add_days(d.due, clocks[r].days);
	if (clocks[r]
		.to_year_end) /* "at latest by the end of the following calendar year" (1.62) */
		d.due = (struct date){ (int16_t)(d.due.y + 1), 12, 31 };
	if (clocks[r].rolls)
		d.rolled = calendar_next_weekday(d.due);
	d.warn = date_add_days(d.due, -clocks[r].warn_days);
	return d;
}

enum deadline_stage deadline_stage(struct deadline d, struct date today)
{
	int to_due = date_cmp(today, d.due);

	if (to_due > 0)
		return DEADLINE_PAST;
	if (to_due == 0)
		return DEADLINE_TODAY;
	return date_cmp(today, d.warn) >= 0 ? DEADLINE_SOON : DEADLINE_FAR;
}
