/* What the pages of a hand-over are filled with. */
#ifndef HANDOVER_VIEWS_H
#define HANDOVER_VIEWS_H

#include "feat/handover/carrier.h"
#include "q_handover.h"
#include "web/field.h"

struct handover_before {
	const struct q_handover_before *row;
	struct date asked;
	bool open;
	struct str state; /* in words */
};

struct handover_page {
	struct plan_id plan;
	struct child_id child;
	struct str name;
	struct carrier carrier;
	bool nobody;                         /* there is nobody to hand over to */
	const struct handover_before *asked; /* NULL: nobody is asked now */
	struct {
		struct handover_before *v;
		size_t n;
	} before;
	struct web_field to, words;
	struct web_fields errors;
};

struct handover_asked {
	const struct q_handover_mine *row;
	struct date on;
	struct str id; /* for labels: the row's number as text */
	bool bad;      /* this one's answer is to be mended */
};

struct handovers_page {
	struct {
		struct handover_asked *v;
		size_t n;
	} asked;
	struct str why; /* what the user wrote */
};

#endif
