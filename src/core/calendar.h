/*
 * Which days are days of rest in Sweden, and when school is open. Computed: no list to keep.
 */
#ifndef CORE_CALENDAR_H
#define CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

/* Easter Sunday of that year (Gregorian), 1800-2999. */
struct date calendar_easter(int year);
/* A public holiday that is not just a Sunday (lag 1989:253). */
bool calendar_is_holiday(struct date d);
/* Days that a period may not end on (lag 1930:173 section 2): Saturday, Sunday, public holiday,
 * midsummer eve, Christmas eve, New Year's eve. */
bool calendar_is_rest_day(struct date d);
/* d itself, or the next day that is not a day of rest. */
struct date calendar_next_weekday(struct date d);

/* Days on which school is open, both ends included. Each school organiser decides its own. */
struct school_period {
	struct date from, to;
};
struct school_terms {
	const struct school_period
	    *v; /* in order, not overlapping; n = 0: the terms usual in Sörmland */
	size_t n;
};

/* The usual terms reckoned for any year: autumn 18 August - 20 December without week 44, spring
 * 8 January - 12 June without week 8 and the Tuesday to Friday after Easter. */
bool school_is_open(struct school_terms terms, struct date d);
/* d itself, or the next day on which school is open: a due day for school staff. Beyond the last
 * period that terms tells of, the usual terms are reckoned with, so that July never floods anyone.
 */
struct date school_next_day(struct school_terms terms, struct date d);

#endif
