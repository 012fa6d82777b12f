#ifndef LOOKS_VIEWS_H
#define LOOKS_VIEWS_H

#include "web/web.h"

/* People told apart in one row; with more of them another row begins. */
#define LOOKS_PEOPLE 16

struct looks_row {
	int64_t at_ms;
	struct str unit, what, why;
	int64_t times;    /* the reader's own, one after another on one day, stand in one row */
	int64_t first_ms; /* of these */
	struct date day;
	bool own;
	/* Looks of staff that would stand as rows alike: how many, by how many people. */
	int64_t looks, people;
	int64_t who[LOOKS_PEOPLE]; /* these people: never on the page */
};
struct looks_page {
	struct child_id child;
	struct str name;
	bool self;
	struct {
		struct looks_row *v;
		size_t n;
	} rows;
	bool older;
	int64_t before_ms, before_id; /* of the last one shown: never of one that is not */
};

#endif
