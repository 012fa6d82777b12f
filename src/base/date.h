/* Civil days and instants. A day is Gregorian, without time zone; all zero means unknown. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct date {
	int16_t y;
	int8_t m, d; /* 1-12, 1-31 */
};

static inline bool date_known(struct date d)
{
	return d.y != 0;
}
bool date_exists(int y, int m, int d); /* years 1800-2999 */
/* "2026-11-21" and nothing else. */
bool date_parse(struct str s, struct date *out);
/* ISO 8601, 10 characters; empty for unknown. */
struct str date_iso(struct arena *mem, struct date d);
int date_cmp(struct date a, struct date b); /* unknown sorts first */
struct date date_add_days(struct date d, int days);
/* To the same number, else the last day of the month (lag 1930:173 section 1). */
struct date date_add_months(struct date d, int months);
int date_days_between(struct date from, struct date to);
int date_weekday(struct date d); /* 1 Monday - 7 Sunday (ISO 8601) */
/* Whole years on that day; -1: born unknown, or born later. A birthday counts from that day;
 * someone born 29 February comes of age on 1 March in a common year. */
int age_years(struct date born, struct date on);

/* Instants are milliseconds since 1970-01-01 UTC, as int64_t with a name that ends in _ms. */
int64_t clock_now_ms(void);
/* Makes the clock stand still at that instant (tests, demo); 0: runs again. Before threads start,
 * or from one thread only. */
void clock_set_ms(int64_t now_ms);
/* The civil day in Sweden (Europe/Stockholm: EU summer time rule) at that instant. */
struct date date_of_ms(int64_t at_ms);
/* Minutes since midnight in Sweden at that instant. */
int minute_of_ms(int64_t at_ms);
/* The instant at which that day begins in Sweden. */
int64_t date_start_ms(struct date d);

#endif
