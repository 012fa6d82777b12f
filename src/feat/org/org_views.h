/* What the administrator's pages are filled with. */
#ifndef ORG_VIEWS_H
#define ORG_VIEWS_H

#include "feat/org/org.h"
#include "q_org.h"

struct org_page {
	struct q_org_authority authority;
	struct q_org_units_list units;
	struct q_org_unmanaged_list unmanaged;
	struct org_asks asks;
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

struct org_ask_page {
	struct ask_id id;
	const struct q_org_ask *row;
	struct str path, back, role, regime, number;
	struct date asked;
	struct q_org_ask_others_list others;
	struct web_field answer, words;
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
