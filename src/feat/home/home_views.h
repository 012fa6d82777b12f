/* What the family's home is filled with. */
#ifndef HOME_VIEWS_H
#define HOME_VIEWS_H

#include "feat/family/family.h"
#include "feat/home/overview.h"
#include "web/staff.h"

struct home_thread {
	const struct q_home_threads *row;
	struct str state; /* in words */
	const char *color;
	bool waits; /* for the family: it stands among what waits, and is not said twice */
};

/* Something that goes on and waits for the family, right below the next step. */
struct home_wait {
	const struct home_thread *thread;
	struct child_id child;
	struct str about; /* the child's name; empty: there is one child, or it is the reader */
	struct assignment_id to; /* who gets the answer; none: chosen on the next page */
	struct str to_name;
};

/* Somebody to call: the contact, or who covers for it. */
struct home_contact {
	struct assignment_id assignment;
	struct child_id child;
	struct str name, title, unit, phone;
	struct str about;    /* the child's name where there are several contacts */
	struct date away_to; /* of the contact itself; unknown: is there */
	bool away;
	bool back_known;
	struct str cover_for; /* the contact that is away; empty: none is */
};

/* A step as the family reads it. */
struct home_step {
	const struct q_home_steps *row;
	struct str sentence;
	struct str who; /* carries the step, where the sentence does not say it; empty: it does */
	bool mine;      /* the reader carries the step */
	struct family_time time; /* what the reader has said of its time */
	struct date done;        /* unknown: not done */
};

struct home_child {
	const struct subject_child *subject;
	struct overview of;
	const struct q_home_child *row; /* in it */
	int age;                        /* -1: unknown */
	struct home_step *next;         /* NULL: none that the reader may see */
	struct {
		struct home_step *v; /* what comes then, the nearest first */
		size_t n;
	} later;
	struct home_step *done; /* what was done last, not counting the program's own; NULL: none */
	bool self;              /* the reader is this child */
	bool carer;
	struct date
	    closed;      /* no plan is open and the last one ended then; unknown: there was none */
	struct str call; /* whom the closing plan said to call; empty: nobody */
	bool first;      /* its next step stands in the card at the top, and is not said twice */
	bool alone;      /* the only child of this home: everything lies open */
	bool call_above; /* what waits stands between its next step and its contact: it is called
			    from the step too */
	struct home_contact contact;
	struct {
		struct home_thread *v;
		size_t n;
	} threads;
};

struct home_ask {
	const struct q_home_asks *row;
	struct str child; /* its name */
	bool invitation;
};

struct home_page {
	struct str given; /* the reader's */
	bool named;       /* a child's overview has said it */
	bool asked;       /* something may wait for this reader's answer */
	struct {
		struct home_child *v;
		size_t n;
	} children;
	struct {
		struct home_ask *v;
		size_t n;
	} asks;
	struct {
		struct home_wait *v;
		size_t n;
	} waits;
	struct {
		struct home_contact *v; /* each once */
		size_t n;
	} contacts;
	const struct home_child *nearest; /* whose next step comes first; NULL: none has one */
	const struct home_child *self;    /* the reader's own plan; NULL: the reader is no youth */
	struct {
		struct str words, by; /* what the reader's own words led to; empty: nothing yet */
	} led;
	bool shielded; /* a child of this home has no digital plan */
};

#endif
