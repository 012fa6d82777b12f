/* What the page for a wrong child is filled with. */
#ifndef CORRECT_VIEWS_H
#define CORRECT_VIEWS_H

#include "q_correct.h"
#include "web/field.h"

struct correct_reader {
	struct str name, unit;
	int64_t at_ms; /* the last time */
};

struct correct_before {
	const struct q_correct_before *row;
	struct str kind, id;
	struct {
		struct correct_reader *v;
		size_t n;
	} readers;
	bool family; /* somebody of the family opened the plan meanwhile */
};

struct correct_page {
	struct child_id child;
	struct str name;
	bool nothing;
	struct web_field item, reason;
	struct {
		struct correct_before *v;
		size_t n;
	} before;
	struct web_fields errors;
};

#endif
