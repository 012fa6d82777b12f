/* What "find a child" is filled with. */
#ifndef FIND_VIEWS_H
#define FIND_VIEWS_H

#include "q_find.h"
#include "web/field.h"

struct find_hit {
	struct child_id child;
	struct str name;
};

struct find_page {
	struct web_field number, name;
	struct web_fields errors;
	bool none;     /* somebody was looked for, and there is none to show */
	bool too_many; /* tries */
	struct {
		struct find_hit *v;
		size_t n;
	} hits;
};

#endif
