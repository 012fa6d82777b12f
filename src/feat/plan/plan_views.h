/* What the plan's pages are filled with. */
#ifndef PLAN_VIEWS_H
#define PLAN_VIEWS_H

#include "q_invitation.h"
#include "web/web.h"

struct invitation_page {
	struct invitation_id id;
	struct q_invitation_show row;
	struct str child;
	int age;
	bool has_plan, open, yes;
	bool asks_view; /* a guardian tells what the child thinks (SoL 3:1) */
};

#endif
