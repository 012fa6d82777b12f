/* What the family's home is filled with. */
#ifndef HOME_VIEWS_H
#define HOME_VIEWS_H

#include "q_home.h"
#include "web/web.h"

struct home_thread {
	const struct q_home_threads *row;
	struct str state; /* in words */
	const char *color;
};

struct home_child {
	const struct subject_child *subject;
	struct q_home_child row;
	int age; /* -1: unknown */
	struct str sentence;
	struct {
		struct home_thread *v;
		size_t n;
	} threads;
};

struct home_page {
	struct str given; /* the reader's */
	struct {
		struct home_child *v;
		size_t n;
	} children;
	const struct home_child *nearest; /* whose next step comes first; NULL: none has a plan */
};

#endif
