/*
 * Swedish numbers for persons and organisations. A number says who is meant, never how old somebody
 * is: a coordination number's day may be unknown or impossible (8.6 % of the official test
 * numbers), and a protected person's number need not carry the birth date. Birth dates are stored
 * beside it.
 */
#ifndef CORE_NUMBER_H
#define CORE_NUMBER_H

#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"

#define NUMBER_KINDS(X) \
	X(NONE, "none") \
	X(PERSON, "personnummer") \
	X(COORDINATION, "samordningsnummer") /* day + 60 */ \
	X(INTERIM, "interim")                /* a letter where the birth number begins */ \
	X(ORGANISATION, "organisation")      /* third digit at least 2 */ \
	X(RESERVE, "reserve")     /* national reserve number of health care: 98240301AA06 */ \
	X(TEMPORARY, "temporary") /* SS 12000, schools: 20130101TF01 */

enum number_kind {
#define X(name, code) NUMBER_##name,
	NUMBER_KINDS(X)
#undef X
};

#define NUMBER_REASONS(X) \
	X(OK, "ok") \
	X(EMPTY, "empty") \
	X(LENGTH, "length")             /* neither 10 nor 12 characters beside the separator */ \
	X(CHARACTER, "character")       /* a character that no kind has at that place */ \
	X(SEPARATOR, "separator")       /* at a wrong place, or '+' on somebody under 100 */ \
	X(DATE, "date")                 /* no such day */ \
	X(FUTURE, "future")             /* a day that has not come */ \
	X(BIRTH_NUMBER, "birth_number") /* 000 is given to nobody */ \
	X(CHECK_DIGIT, "check_digit")   /* mistyped */

enum number_reason {
#define X(name, code) NUMBER_BAD_##name,
	NUMBER_REASONS(X)
#undef X
};

#define NUMBER_MASKED 32 /* bytes; a bullet takes three */

struct number {
	enum number_kind kind;     /* NONE: not valid, see reason */
	enum number_reason reason; /* OK when valid */
	char canonical[13];        /* 12 characters and NUL; empty when not valid */
	char masked[NUMBER_MASKED]; /* for the screen: "20150916-••••" (DSL 3:10); NUL-ended */
	struct date born; /* the day a person, interim, reserve or temporary number carries:
			   * a hint to compare with, never the birth date itself; unknown
			   * for coordination numbers and organisations */
};

/*
 * Reads 10 or 12 characters with or without '-' or '+' before the last four; blanks around are
 * forgiven. today decides the century of a number written with two-digit year: without '+' its
 * owner is at most 99 this year, with '+' at least 100. Returns out->kind != NUMBER_NONE.
 */
bool number_read(struct str text, struct date today, struct number *out);

/* The code as `tillsammans number` prints it. Static text. */
const char *number_kind_code(enum number_kind kind);
const char *number_reason_code(enum number_reason reason);

#endif
