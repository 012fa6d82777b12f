#ifndef LOOKS_VIEWS_H
#define LOOKS_VIEWS_H

#include "web/web.h"

struct looks_row {
	int64_t at_ms;
	struct str unit, what, why;
	int64_t times;    /* the reader's own, one after another on one day, stand in one row */
	int64_t first_ms; /* of these */
	struct date day;
	bool own;
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
