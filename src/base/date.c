#include "base/date.h"

#include <stdatomic.h>
#include <time.h>

#include "base/err.h"

#define DAY_MS INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)

static bool leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int month_days(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return m == 2 && leap(y) ? 29 : days[m - 1];
}

bool date_exists(int y, int m, int d)
{
	return y >= 1800 && y <= 2999 && m >= 1 && m <= 12 && d >= 1 && d <= month_days(y, m);
}

static bool digits(const char *p, int n, int *out)
{
	*out = 0;
	for (int i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		*out = *out * 10 + (p[i] - '0');
	}
	return true;
}

bool date_parse(struct str s, struct date *out)
{
	int y, m, d;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !digits(s.p, 4, &y) ||
	    !digits(s.p + 5, 2, &m) || !digits(s.p + 8, 2, &d) || !date_exists(y, m, d))
		return false;
	*out = (struct date){ (int16_t)y, (int8_t)m, (int8_t)d };
	return true;
}

struct str date_iso(struct arena *mem, struct date d)
{
	if (!date_known(d))
		return S("");
	return str_fmt(mem, "%04d-%02d-%02d", d.y, d.m, d.d);
}

int date_cmp(struct date a, struct date b)
{
	int x = a.y * 10000 + a.m * 100 + a.d, y = b.y * 10000 + b.m * 100 + b.d;

	return (x > y) - (x < y);
}

/* Days since 1970-01-01 (Fliegel and Van Flandern's formula, shifted). */
static int day_number(struct date d)
{
	int a = (14 - d.m) / 12, y = d.y + 4800 - a, m = d.m + 12 * a - 3;

	return d.d + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32045 - 2440588;
}

static struct date day_of_number(int n)
{
	int a = n + 2440588 + 32044, b = (4 * a + 3) / 146097, c = a - 146097 * b / 4;
	int d = (4 * c + 3) / 1461, e = c - 1461 * d / 4, m = (5 * e + 2) / 153;

	return (struct date){ (int16_t)(100 * b + d - 4800 + m / 10),
		(int8_t)(m + 3 - 12 * (m / 10)), (int8_t)(e - (153 * m + 2) / 5 + 1) };
}

struct date date_add_days(struct date d, int days)
{
	must(date_known(d));
	return day_of_number(day_number(d) + days);
}

struct date date_add_months(struct date d, int months)
{
	int m = d.y * 12 + d.m - 1 + months, most;

	must(date_known(d));
	most = month_days(m / 12, m % 12 + 1);
	return (struct date){ (int16_t)(m / 12), (int8_t)(m % 12 + 1),
		(int8_t)(d.d < most ? d.d : most) };
}

int date_days_between(struct date from, struct date to)
{
	must(date_known(from) && date_known(to));
	return day_number(to) - day_number(from);
}

int date_weekday(struct date d)
{
	must(date_known(d));
	return ((day_number(d) + 3) % 7 + 7) % 7 + 1;
}

int age_years(struct date born, struct date on)
{
	if (!date_known(born) || !date_known(on) || date_cmp(born, on) > 0)
		return -1;
	return on.y - born.y - (on.m * 100 + on.d < born.m * 100 + born.d);
}

static _Atomic int64_t stands_at_ms;

int64_t clock_now_ms(void)
{
	int64_t fixed = atomic_load(&stands_at_ms);
	struct timespec now;

	if (fixed)
		return fixed;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_set_ms(int64_t now_ms)
{
	atomic_store(&stands_at_ms, now_ms);
}

/* The last Sunday of that month, 01:00 UTC: when EU summer time turns (directive 2000/84/EC). */
static int64_t turn_ms(int y, int m)
{
	struct date last = { (int16_t)y, (int8_t)m, 31 };

	last = date_add_days(last, -(date_weekday(last) % 7));
	return day_number(last) * DAY_MS + HOUR_MS;
}

static int64_t local_ms(int64_t at_ms)
{
	int64_t n = at_ms / DAY_MS - (at_ms % DAY_MS < 0);
	int y = day_of_number((int)n).y;
	bool summer = at_ms >= turn_ms(y, 3) && at_ms < turn_ms(y, 10);

	return at_ms + (summer ? 2 : 1) * HOUR_MS;
}

struct date date_of_ms(int64_t at_ms)
{
	int64_t local = local_ms(at_ms);

	return day_of_number((int)(local / DAY_MS - (local % DAY_MS < 0)));
}

int minute_of_ms(int64_t at_ms)
{
	int64_t in_day = local_ms(at_ms) % DAY_MS;

	return (int)((in_day < 0 ? in_day + DAY_MS : in_day) / 60000);
}

int64_t date_start_ms(struct date d)
{
	int64_t utc = day_number(d) * DAY_MS;

	/* Sweden is one or two hours ahead: the day began when the local clock showed midnight. */
	return local_ms(utc - 2 * HOUR_MS) >= utc ? utc - 2 * HOUR_MS : utc - HOUR_MS;
}
