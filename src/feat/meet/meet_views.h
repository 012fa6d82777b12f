/* What "time and way" is filled with. */
#ifndef MEET_VIEWS_H
#define MEET_VIEWS_H

#include "feat/family/family.h"
#include "web/field.h"

struct meet_page {
	struct child_id child;
	struct step_id step;
	struct str name, sentence;
	struct str place; /* empty: none is agreed */
	const struct family_helper
	    *lead;               /* who gets "the time does not suit"; NULL: nobody is known */
	struct family_time time; /* this reader has said so already */
	bool self;
	struct web_field words, how;
	struct web_fields errors;
};

#endif
