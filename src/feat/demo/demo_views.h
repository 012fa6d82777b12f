#ifndef DEMO_VIEWS_H
#define DEMO_VIEWS_H

#include "q_demo.h"
#include "web/web.h"

struct demo_role {
	const struct q_demo_roles *row;
	struct str name; /* of the role */
};

struct demo_group {
	struct str name, anchor;
	struct {
		struct demo_role *v;
		size_t n;
	} roles;
};

struct demo_page {
	struct {
		struct demo_group *v;
		size_t n;
	} groups;
};

#endif
