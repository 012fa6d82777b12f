/* What a permit is made of: for access.c, which alone makes one, and permit.c, which reads it. */
#ifndef ACCESS_PERMIT_IN_H
#define ACCESS_PERMIT_IN_H

#include "access/access.h"

struct permit {
	enum act act;
	struct actor actor;
	struct date day;
	int64_t now_ms;
	int64_t until_ms; /* every rule by day holds until the next midnight in Sweden */
	int64_t since_ms;
	enum stand stand;
	struct subject_child subject;
	struct subject_child *children;
	size_t n_children;
	int64_t work_children, work_versions; /* staff's own lists: see access_work */
};

/* As which kind of user somebody acts who stands so: bits of enum user; 0: nobody, or a job. */
unsigned stand_user(enum stand s);

#endif
