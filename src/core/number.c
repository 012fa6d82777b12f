#include "core/number.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"

#define INTERIM_LETTERS "TRSUWXJKLMN"
#define RESERVE_LETTERS "ABCDEFGHJKLMNPRSTUXYZ" /* all but I O Q V W: mistaken for others */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_one_of(char c, const char *set)
{
	return c != 0 && strchr(set, c) != NULL;
}

static bool all_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_digit(p[i]))
			return false;
	}
	return true;
}

static int value(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (p[i] - '0');
	return v;
}

static int digit_sum(int v)
{
	return v < 10 ? v : v % 10 + digit_sum(v / 10);
}

/* Luhn over the last ten of twelve characters; an interim letter counts as 1. */
static bool luhn(const char *ten)
{
	int sum = 0;

	for (int i = 0; i < 10; i++)
		sum += digit_sum((is_digit(ten[i]) ? ten[i] - '0' : 1) * (i % 2 ? 1 : 2));
	return sum % 10 == 0;
}

/* Reserve numbers weigh all twelve characters, letters by their ASCII value. */
static bool luhn_reserve(const char *twelve)
{
	int sum = 0;

	for (int i = 0; i < 12; i++)
		sum += digit_sum(
		    (is_digit(twelve[i]) ? twelve[i] - '0' : twelve[i]) * (i % 2 ? 1 : 2));
	return sum % 10 == 0;
}

/* What stands in the text once the separator is out. */
struct parts {
	char c[13];     /* upper case */
	size_t n;       /* 10 or 12 */
	char separator; /* 0: none */
};

static enum number_reason split(struct str s, struct parts *out)
{
	*out = (struct parts){ 0 };
	if (s.n == 0)
		return NUMBER_BAD_EMPTY;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '-' || c == '+') {
			if (out->separator || i + 5 != s.n)
				return NUMBER_BAD_SEPARATOR;
			out->separator = c;
			continue;
		}
		c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
		if (!is_digit(c) && !(c >= 'A' && c <= 'Z'))
			return NUMBER_BAD_CHARACTER;
		if (out->n == 12)
			return NUMBER_BAD_LENGTH;
		out->c[out->n++] = c;
	}
	return out->n == 10 || out->n == 12 ? NUMBER_BAD_OK : NUMBER_BAD_LENGTH;
}

static enum number_kind kind_of(const struct parts *p)
{
	const char *last = p->c + p->n - 4, *date = p->c + p->n - 10;

	if (!all_digits(p->c, p->n - 4))
		return NUMBER_NONE;
	if (all_digits(last, 4)) {
		/* A month can't be 20 or more: that is how organisations are told apart. */
		if (date[2] >= '2' && (p->n == 10 || memcmp(p->c, "16", 2) == 0))
			return NUMBER_ORGANISATION;
		return date[4] >= '6' ? NUMBER_COORDINATION : NUMBER_PERSON;
	}
	if (is_one_of(last[0], INTERIM_LETTERS) && all_digits(last + 1, 3))
		return NUMBER_INTERIM;
	if (p->n == 12 && memcmp(last, "TF", 2) == 0 && all_digits(last + 2, 2))
		/* A reserve number begins with 22 or more, or with 00: the two never meet. */
		if (value(p->c, 2) >= 18 && value(p->c, 2) <= 21)
			return NUMBER_TEMPORARY;
	if (p->n == 12 && is_one_of(last[0], RESERVE_LETTERS) &&
	    is_one_of(last[1], RESERVE_LETTERS) &&
	    (is_digit(last[2]) || is_one_of(last[2], RESERVE_LETTERS)) && is_digit(last[3]))
		return NUMBER_RESERVE;
	return NUMBER_NONE;
}

/* Puts the century in front of a number written with ten characters. */
static enum number_reason century(struct parts *p, struct date today)
{
	int year, last_of_era = today.y;

	if (p->n == 10) {
		if (!all_digits(p->c, 2))
			return NUMBER_BAD_CHARACTER;
		if (p->separator == '+')
			last_of_era = today.y - 100;
		year = value(p->c, 2);
		year += (last_of_era - year) / 100 * 100;
		memmove(p->c + 2, p->c, 10);
		p->c[0] = (char)('0' + year / 1000);
		p->c[1] = (char)('0' + year / 100 % 10);
		p->n = 12;
		return NUMBER_BAD_OK;
	}
	/* '-' is often kept with four-digit years; '+' says that somebody is 100 this year. */
	if (p->separator == '+' && value(p->c, 4) > today.y - 100)
		return NUMBER_BAD_SEPARATOR;
	return NUMBER_BAD_OK;
}

/* The day in a person, interim or temporary number has to exist and to have come. */
static enum number_reason real_day(int y, int m, int d, struct date today, struct date *born)
{
	if (!date_exists(y, m, d))
		return NUMBER_BAD_DATE;
	*born = (struct date){ (int16_t)y, (int8_t)m, (int8_t)d };
	return date_cmp(*born, today) > 0 ? NUMBER_BAD_FUTURE : NUMBER_BAD_OK;
}

static enum number_reason coordination_day(int y, int m, int d, struct date today)
{
	/* Month 00, day 60 and days a month does not have are given out: a part may be unknown. */
	if (y < 1800 || m > 12 || d < 60 || d > 91)
		return NUMBER_BAD_DATE;
	return y > today.y ? NUMBER_BAD_FUTURE : NUMBER_BAD_OK;
}

/* Its first two characters are the century plus a multiple of three (23, 26 ... 98 for 20); 00 says
 * that the birth date is unknown, and then month 20-99 and day 40-59 are a running number. */
static enum number_reason reserve_day(const char *c, struct date today, struct date *born)
{
	int x = value(c, 2), yy = value(c + 2, 2), m = value(c + 4, 2), d = value(c + 6, 2);

	if (x == 0)
		return m >= 20 && d >= 40 && d <= 59 ? NUMBER_BAD_OK : NUMBER_BAD_DATE;
	if (x < 22)
		return NUMBER_BAD_DATE;
	for (int era = 18; era <= 20; era++) {
		if ((x - era) % 3 == 0)
			return real_day(era * 100 + yy, m, d, today, born);
	}
	return NUMBER_BAD_DATE;
}

static enum number_reason check(
    enum number_kind kind, const struct parts *p, struct date today, struct date *born)
{
	int y = value(p->c, 4), m = value(p->c + 4, 2), d = value(p->c + 6, 2);
	enum number_reason day = NUMBER_BAD_OK;
	bool sum = true;

	switch (kind) {
	case NUMBER_PERSON:
	case NUMBER_INTERIM:
		day = real_day(y, m, d, today, born);
		sum = luhn(p->c + 2);
		break;
	case NUMBER_COORDINATION:
		day = coordination_day(y, m, d, today);
		sum = luhn(p->c + 2);
		break;
	case NUMBER_ORGANISATION:
		sum = luhn(p->c + 2);
		break;
	case NUMBER_RESERVE:
		day = reserve_day(p->c, today, born);
		sum = luhn_reserve(p->c);
		break;
	case NUMBER_TEMPORARY: /* has no check digit */
		day = real_day(y, m, d, today, born);
		break;
	case NUMBER_NONE:
		return NUMBER_BAD_CHARACTER;
	}
	if (day != NUMBER_BAD_OK)
		return day;
	if ((kind == NUMBER_PERSON || kind == NUMBER_COORDINATION) &&
	    memcmp(p->c + 8, "000", 3) == 0)
		return NUMBER_BAD_BIRTH_NUMBER;
	return sum ? NUMBER_BAD_OK : NUMBER_BAD_CHECK_DIGIT;
}

static void mask(struct number *n)
{
	if (n->kind == NUMBER_ORGANISATION) /* nobody's secret */
		snprintf(
		    n->masked, sizeof n->masked, "%.6s-%.4s", n->canonical + 2, n->canonical + 8);
	else
		snprintf(n->masked, sizeof n->masked, "%.8s-••••", n->canonical);
}

bool number_read(struct str text, struct date today, struct number *out)
{
	struct parts p;
	enum number_kind kind = NUMBER_NONE;
	struct date born = { 0 };

	must(date_known(today));
	*out = (struct number){ 0 };
	out->reason = split(str_trim(text), &p);
	if (out->reason != NUMBER_BAD_OK)
		return false;
	kind = kind_of(&p);
	if (kind == NUMBER_NONE)
		out->reason = NUMBER_BAD_CHARACTER;
	else if (kind != NUMBER_ORGANISATION)
		out->reason = century(&p, today);
	else if (p.separator == '+')
		out->reason = NUMBER_BAD_SEPARATOR;
	else if (p.n == 10) { /* 16 stands for "organisation" where twelve characters are needed */
		memmove(p.c + 2, p.c, 10);
		memcpy(p.c, "16", 2);
		p.n = 12;
	}
	if (out->reason == NUMBER_BAD_OK)
		out->reason = check(kind, &p, today, &born);
	if (out->reason != NUMBER_BAD_OK)
		return false;
	out->kind = kind;
	out->born = born;
	memcpy(out->canonical, p.c, 13);
	mask(out);
	return true;
}

const char *number_kind_code(enum number_kind kind)
{
	static const char *const codes[] = {
#define X(name, code) code,
		NUMBER_KINDS(X)
#undef X
	};

	must((unsigned)kind < sizeof codes / sizeof *codes);
	return codes[kind];
}

const char *number_reason_code(enum number_reason reason)
{
	static const char *const codes[] = {
#define X(name, code) code,
		NUMBER_REASONS(X)
#undef X
	};

	must((unsigned)reason < sizeof codes / sizeof *codes);
	return codes[reason];
}
