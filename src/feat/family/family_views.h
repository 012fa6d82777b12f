/* What the plan's and the timeline's pages are filled with. */
#ifndef FAMILY_VIEWS_H
#define FAMILY_VIEWS_H

#include "feat/family/family.h"
#include "feat/measure/measure.h"
#include "q_family.h"

/* What somebody says against an item. */
struct family_said {
	const char *kind;
	int64_t item;
	struct child_id child;
	bool may;  /* this reader may say so */
	bool self; /* the child itself: its own words are not shown again by login alone (promise
		      11) */
	struct {
		const struct q_family_disputes **v;
		size_t n;
	} disputes;
};

struct family_step {
	const struct q_family_steps *row;
	struct str sentence, who;
	struct str wants; /* how the youth wants to meet; empty: not said */
	bool done, dropped, next, mine;
	struct family_time time;
	struct family_said said;
};

struct family_measure {
	const struct q_family_measures *row;
	bool later; /* has not begun */
	struct str state;
	const char *color;
	struct family_said said;
};
struct family_measures {
	struct family_measure *v;
	size_t n;
};

struct family_goal {
	const struct q_family_goals *row;
	struct str result;
	struct family_measures measures;
	struct family_said said;
};
struct family_goals {
	struct family_goal *v;
	size_t n;
};

struct family_need {
	const struct q_family_needs *row;
	struct str area;
	struct family_goals goals;
	struct family_said said;
};
struct family_needs {
	struct family_need *v;
	size_t n;
};

struct family_thread {
	const struct q_family_threads *row;
	struct str state;
	const char *color;
	const struct family_helper
	    *answers; /* who gets the answer to what waits; NULL: it waits not */
	struct family_said said;
};

struct family_layer {
	const struct q_family_layers *row;
	struct str name;
};

struct family_voice {
	const struct q_family_voices *row;
	struct str mood;
};

struct family_plan {
	struct child_id child;
	struct str name;
	bool self;
	bool names; /* may say what the child is called: who decides for it, or the child */
	struct date today;
	const struct q_family_plan *plan; /* NULL: none */
	bool closed;
	const struct family_step *next; /* said first on the page, and not again among the steps */
	struct family_needs needs, strengths;
	struct family_goals other_goals; /* of no need shown */
	struct family_measures other_measures;
	struct measure_pairs
	    alike; /* two measures that are alike: only what this reader may see (promise 15) */
	struct {
		struct family_step *v;
		size_t n;
	} steps;
	struct {
		struct family_thread *v;
		size_t n;
	} threads;
	struct {
		struct family_layer *v;
		size_t n;
	} layers;
	struct {
		struct family_voice *v;
		size_t n;
	} voices;
	struct family_helpers helpers;
	struct q_family_parties_list parties;
};

struct family_event {
	int64_t at_ms, id;
	struct date day;
	const char *kind; /* data-kind: "now", "strength", "" */
	struct str title, text;
};

struct family_timeline {
	struct child_id child;
	struct str name;
	struct {
		struct family_event *v;
		size_t n;
	} events;
	struct str more; /* where the next page begins; empty: no more */
};

#endif
