/*
 * Typed once (promise 21): the text of a SIP, pasted, becomes suggestions for needs, goals and
 * steps. It goes by headings ("Behov", "Mål", "Insatser") and lines of who, what and when. Pure;
 * guesses are shown and chosen by a person before anything is saved, and what is not recognised is
 * given back whole.
 */
#ifndef PLAN_PASTE_H
#define PLAN_PASTE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

#define PASTE_MOST 11

enum paste_kind { PASTE_NEED, PASTE_GOAL, PASTE_STEP };

struct paste_item {
	enum paste_kind kind;
	struct str words; /* never empty; a step's begins with who does it where the text says so */
	struct date due;  /* of a step or a goal; unknown: none in the text */
};

struct paste {
	struct paste_item v[PASTE_MOST];
	size_t n;
	struct str rest; /* the lines that were not recognised, or for which there was no room */
};

/* text: clean UTF-8. today: a day without a year is the next such day. Texts live in mem. */
void plan_paste(struct arena *mem, struct str text, struct date today, struct paste *out);
/* The first day a text names: 2026-12-01, 1/12, 1/12 2026, "1 december", "1 dec 2026". Unknown:
 * none. */
struct date plan_paste_day(struct str text, struct date today);

#endif
