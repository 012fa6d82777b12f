/* What the administrator's pages are filled with. */
#ifndef ORG_VIEWS_H
#define ORG_VIEWS_H

#include "feat/org/org.h"
#include "q_org.h"

struct org_page {
	struct q_org_authority authority;
	struct q_org_units_list units;
	struct web_field name, phone;
	struct web_fields errors;
};

struct org_row {
	const struct q_org_unit_staff *row;
	struct str role, regime;
	bool ended;
};

struct org_unit_page {
	struct q_org_unit unit;
	struct {
		struct org_row *v;
		size_t n;
	} staff;
	struct web_field who, name, phone, title, role, drawer, from, to;
	struct web_fields errors;
};

struct org_one_page {
	struct assignment_id id;
	struct q_org_one row;
	struct str role, regime;
	bool ended;
	bool refused; /* carries plans that nobody covers */
	struct org_deputy_form deputy;
	struct web_field last;
	struct web_fields errors;
};

#endif
