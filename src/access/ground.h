/*
 * The grounds that let something cross a drawer's wall: a dated table, because the law changes
 * (sweden.md 1.16). A new law is a new row; a ground that ended keeps its row, so that what was
 * disclosed on it can still be explained.
 */
#ifndef ACCESS_GROUND_H
#define ACCESS_GROUND_H

#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"

#define GROUNDS(X) \
	X(NONE) \
	X(OWN) \
	X(WAIVER) \
	X(GUARDIAN) \
	X(OWN_TASK) \
	X(TECH) \
	X(GENERAL) \
	X(DUTY) X(HEALTH_U18) X(SOCIAL_U18) X(PUPIL_HEALTH) X(REPORT) X(INVESTIGATION) X(FEEDBACK) \
	    X(ABSENCE_GUARDIAN) X(ABSENCE_HOME) X(CRIME_VS_CHILD) X(CRIME_PREVENT)

enum ground {
#define X(name) GROUND_##name,
	GROUNDS(X)
#undef X
	    GROUND_COUNT
};

struct ground_row {
	enum ground ground;
	const char *provision; /* as it is quoted: "OSL 25:12" */
	struct date from;      /* first day in force */
	struct date to;        /* last day in force; unknown: until further notice */
};

/* The code in data/law/legal-grounds.csv and in the database; "" for none. Static text. */
const char *ground_code(enum ground g);
/* The key of the words "because ..." for a reader: "ground_waiver". Static text. */
const char *ground_message(enum ground g);
bool ground_of_code(struct str code, enum ground *out); /* empty text: GROUND_NONE */
/* Is there a rule with that code in force on that day? */
bool ground_in_force(enum ground g, struct date day);
/* The rule in force on that day; NULL: none. */
const struct ground_row *ground_on(enum ground g, struct date day);
/* The day to which the statutes were read. Amendments after it are not in the table. */
struct date ground_read_on(void);

#endif
