/* What the pages of measures are filled with. */
#ifndef MEASURE_VIEWS_H
#define MEASURE_VIEWS_H

#include "feat/share/share.h"
#include "q_measure.h"
#include "web/field.h"

struct measure_like {
	const struct q_measure_similar *row;
	struct str name; /* of the kind, or its words */
};
struct measure_likes {
	struct measure_like *v;
	size_t n;
};

/* What the form of a new measure says. */
struct measure_new {
	struct str kind, words, layer, area, how, chosen;
	struct goal_id goal;
	struct party_id party;
	struct date from, to;
	struct measure_id similar;
	bool harm; /* marked "harm to child" towards guardians (OSL 12:3) */
};

struct measure_page {
	struct plan_id plan;
	struct child_id child;
	struct str name;
	struct web_field kind, words, area, layer, goal, who, from, to, harm;
	struct web_field chosen, how, similar;
	struct measure_likes likes; /* caught: shown above the form with three choices */
	struct share_readers readers;
	struct web_fields errors;
};

struct measure_show_page {
	struct measure_id id;
	const struct q_measure_one *row;
	struct str title, state, area, layer;
	const char *color;
	bool mine, open; /* may be changed here; not ended */
	bool conflict;   /* somebody changed it while the user wrote */
	const struct q_measure_replaced_by *by;
	struct measure_likes likes;
	struct web_field next, to, result, harm;
	struct share_readers readers;
	struct web_fields errors;
};

#endif
