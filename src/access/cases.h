/*
 * Tables of law cases (data/law/COLUMNS.md) judged by the rules: the form is known by the header.
 * What `tillsammans rules` prints, and what the tests run row by row.
 */
#ifndef ACCESS_CASES_H
#define ACCESS_CASES_H

#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"

struct case_row {
	struct str id;
	struct str decision;   /* ALLOW, DENY, HUMAN; for clocks the day that counts */
	struct str ground;     /* code; for consents the provision; for clocks the rolled day */
	struct str reason;     /* message key; for clocks the provision */
	struct str expected;   /* as the table has it; empty: nothing expected */
	struct str difference; /* empty: as expected */
};

struct cases {
	struct case_row *v;
	size_t n;
	size_t differences;
	struct str
	    problem; /* empty: all was read; else one line for a person, with row and column */
};

/* Judges every row by the law of that day. All texts live in mem or text. false: problem is set. */
bool cases_judge(struct arena *mem, struct str text, struct date day, struct cases *out);

#endif
