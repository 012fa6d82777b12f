/* What the pages of closing and of legal forms are filled with. */
#ifndef CLOSE_VIEWS_H
#define CLOSE_VIEWS_H

#include "q_close.h"
#include "web/field.h"

struct close_item {
	int64_t id;
	struct web_field field;
};
struct close_items {
	struct close_item *v;
	size_t n;
};

struct close_page {
	struct plan_id plan;
	struct q_close_plan row;
	struct str sentence; /* the next step; empty: another drawer's, not shown here */
	bool conflict;
	struct web_field came, view, no_view, call, next;
	struct close_items measures, goals;
	struct web_fields errors;
};

struct layer_item {
	const struct q_layer_list *row;
	struct str kind, from_drawer;
	bool together; /* has the four blocks: a SIP, or the same without the consent */
};

struct layer_page {
	struct plan_id plan;
	struct child_id child;
	struct str name;
	struct {
		struct layer_item *v;
		size_t n;
	} layers;
	bool no_sip;            /* asked for as a SIP, but something is missing */
	bool no_consent;        /* that is the consent */
	bool no_block;          /* that is a block */
	struct date consent_to; /* unknown: no consent */
	struct web_field kind, from, to, measures, who, others, main;
	struct web_fields errors;
};

#endif
