#include "core/calendar.h"

#include "base/err.h"

/* The anonymous Gregorian computus. */
struct date calendar_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
	int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	must(year >= 1800 && year <= 2999);
	return (struct date){ (int16_t)year, (int8_t)(n / 31), (int8_t)(n % 31 + 1) };
}

/* The Saturday from 20 to 26 June, and from 31 October to 6 November. */
static bool is_midsummer_day(struct date d)
{
	return d.m == 6 && d.d >= 20 && d.d <= 26 && date_weekday(d) == 6;
}

static bool is_all_saints(struct date d)
{
	return ((d.m == 10 && d.d == 31) || (d.m == 11 && d.d <= 6)) && date_weekday(d) == 6;
}

bool calendar_is_holiday(struct date d)
{
	static const struct {
		int m, d;
	} fixed[] = { { 1, 1 }, { 1, 6 }, { 5, 1 }, { 6, 6 }, { 12, 25 }, { 12, 26 } };
	/* Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday */
	static const int from_easter[] = { -2, 0, 1, 39, 49 };
	int after = date_days_between(calendar_easter(d.y), d);

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		if (d.m == fixed[i].m && d.d == fixed[i].d)
			return true;
	}
	for (size_t i = 0; i < sizeof from_easter / sizeof *from_easter; i++) {
		if (after == from_easter[i])
			return true;
	}
	return is_midsummer_day(d) || is_all_saints(d);
}

bool calendar_is_rest_day(struct date d)
{
	if (date_weekday(d) >= 6 || calendar_is_holiday(d))
		return true;
	if (d.m == 12 && (d.d == 24 || d.d == 31))
		return true;
	return is_midsummer_day(date_add_days(d, 1));
}

struct date calendar_next_weekday(struct date d)
{
	while (calendar_is_rest_day(d))
		d = date_add_days(d, 1);
	return d;
}

/* ISO 8601 week: that of the same week's Thursday. */
static int week_of(struct date d)
{
	struct date thursday = date_add_days(d, 4 - date_weekday(d));
	struct date first = { thursday.y, 1, 1 };

	return date_days_between(first, thursday) / 7 + 1;
}

static bool usually_open(struct date d)
{
	int day = d.m * 100 + d.d, after_easter = date_days_between(calendar_easter(d.y), d);

	if (day > 612 && day < 818)
		return false;
	if (day > 1220 || day < 108)
		return false;
	return week_of(d) != 8 && week_of(d) != 44 && !(after_easter >= 2 && after_easter <= 5);
}

bool school_is_open(struct school_terms terms, struct date d)
{
	if (calendar_is_rest_day(d))
		return false;
	if (terms.n == 0 || date_cmp(d, terms.v[terms.n - 1].to) > 0)
		return usually_open(d);
	for (size_t i = 0; i < terms.n; i++) {
		if (date_cmp(d, terms.v[i].from) >= 0 && date_cmp(d, terms.v[i].to) <= 0)
			return true;
	}
	return false;
}

struct date school_next_day(struct school_terms terms, struct date d)
{
	while (!school_is_open(terms, d))
		d = date_add_days(d, 1);
	return d;
}
