/* What the pages of a told story are filled with. */
#ifndef STORY_VIEWS_H
#define STORY_VIEWS_H

#include "feat/family/family.h"
#include "q_story.h"
#include "web/field.h"

struct story_page {
	struct child_id child;
	struct str name;
	struct q_story_mine mine;
	int64_t version;   /* 0: a new one */
	struct str theirs; /* what stands now, when somebody saved meanwhile */
	struct q_story_loans_list loans;
	struct web_field words, reader, to;
	struct web_fields errors;
	bool self;     /* the child's own */
	bool may_lend; /* there is a text and somebody to lend it to */
};

struct story_staff {
	struct child_id child;
	struct str name;
	struct q_story_lent_list lent;
};

#endif
