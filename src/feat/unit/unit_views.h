/* What the manager's pages are filled with. */
#ifndef UNIT_VIEWS_H
#define UNIT_VIEWS_H

#include "feat/org/org.h"
#include "q_handover.h"
#include "q_unit.h"

struct unit_row {
	const struct q_unit_staff *row;
	bool away;    /* today */
	bool soon;    /* away from a later day */
	bool unowned; /* carries plans, and nobody is there to cover them but the manager */
};

struct unit_waits {
	struct str giver, receiver, answer;
	struct date on;
};
struct unit_waits_list {
	struct unit_waits *v;
	size_t n;
};

struct unit_page {
	struct str name;
	struct {
		struct unit_row *v;
		size_t n;
	} staff;
	struct unit_waits_list waiting, declined;
	struct org_asks asks;
	int64_t late, voices, tasks, unowned; /* of the whole unit */
};

struct unit_one_page {
	struct assignment_id id;
	struct q_unit_one row;
	bool away;
	struct web_field from, to;
	struct org_deputy_form deputy;
	struct web_fields errors;
};

struct unit_plan {
	const struct q_handover_of_lead *row;
	int number; /* 1, 2 ...: the plan has no name here */
};

struct unit_give_page {
	struct assignment_id id;
	struct q_unit_one row;
	struct {
		struct unit_plan *v;
		size_t n;
	} plans;
	bool nobody, all_asked;
	struct web_field to, words;
	struct web_fields errors;
};

#endif
