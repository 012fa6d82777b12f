#ifndef DEMO_VIEWS_H
#define DEMO_VIEWS_H

#include "q_demo.h"
#include "web/web.h"

struct demo_role {
	const struct q_demo_roles *row;
	struct str name; /* of the role */
};

struct demo_page {
	struct {
		struct demo_role *v;
		size_t n;
	} roles;
};

#endif
