/* What the child page is filled with. Texts live in the request's arena. */
#ifndef CHILD_VIEWS_H
#define CHILD_VIEWS_H

#include "q_child.h"
#include "web/web.h"

/* That the family does not agree with a thing; to_me: the reader has the letter about it. */
struct child_said {
	struct child_id child;
	bool disputed, to_me;
};

/* One thing on the page; why: why the reader may see it, empty for what the own drawer holds. */
struct child_thread {
	const struct q_child_show_threads *row;
	struct str state, why;
	struct child_said said;
	const char *color;
	bool own;
};

struct child_step {
	const struct q_child_show_steps *row;
	struct str wants;               /* how the youth wants to meet; empty: not said */
	struct str sentence, why, copy; /* copy: the block for the journal */
	struct child_said said;
	struct date done;
	bool late, own;
};

struct child_measure {
	const struct q_child_show_measures *row;
	struct str name, state, why;
	struct child_said said;
	const char *color;
};

struct child_goal {
	const struct q_child_show_goals *row;
	struct str why, result;
	struct child_said said;
	bool own;
	struct {
		struct child_measure *v;
		size_t n;
	} measures;
};

struct child_need {
	const struct q_child_show_needs *row;
	struct str area, why;
	struct child_said said;
	bool own;
	struct {
		struct child_goal *v;
		size_t n;
	} goals;
};

struct child_received {
	const struct q_child_show_received *row;
	struct str kind, from;
	struct date at, closed;
	struct child_said said;
};

struct child_voice {
	struct str words;
	struct date at;
};

struct child_steps {
	struct child_step *v;
	size_t n;
};

struct child_page {
	struct child_id child;
	struct str name, given, number, guardians, others, initials;
	struct date expected;
	int age;            /* -1: unknown */
	bool closed_before; /* an engagement by oneself that nobody has confirmed yet */
	bool lead;          /* the reader carries the plan */
	bool own_plan;      /* it stands in the reader's drawer */
	struct date asked;  /* the reader has asked the family for a plan; unknown: no */
	struct q_child_show_plan plan;
	const struct child_step *next; /* NULL: none that the reader may see */
	struct child_steps later, done;
	struct {
		struct child_thread *v;
		size_t n;
	} threads;
	struct {
		struct child_need *v;
		size_t n;
	} needs, strengths;
	struct {
		struct child_goal *v;
		size_t n;
	} goals; /* of no need that the reader sees */
	struct {
		struct child_measure *v;
		size_t n;
	} measures; /* of no goal that the reader sees */
	struct q_child_show_parties_list parties;
	struct {
		struct child_received *v;
		size_t n;
	} received;
	struct {
		struct child_voice *v;
		size_t n;
	} voices;
};

#endif
