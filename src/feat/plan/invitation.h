/* The invitation to a plan: asked by staff, answered by everybody who decides for the child. */
#ifndef INVITATION_H
#define INVITATION_H

#include "access/access.h"

struct invitation_ask {
	struct str words, with_whom, parties, next_words;
	struct date noticed, next;
	struct str child_view, child_how; /* as the asker heard it; p NULL: not asked yet */
};

/* Who has to say yes: those who decide for the child, and the child itself from the age for that.
 */
struct invitation_person {
	struct person_id person;
	struct str name; /* empty: the asker's drawer does not know that person */
	bool child;
};
struct invitation_people {
	struct invitation_person *v;
	size_t n;
	bool nobody; /* nobody known can say yes: a person has to find out who can */
};
/* permit: ACT_PLAN_START */
enum err invitation_people(
    struct db *db, const struct permit *permit, struct arena *mem, struct invitation_people *out);
enum err invitation_ask(struct db *db, const struct permit *permit, struct arena *mem,
    const struct invitation_ask *ask, const struct invitation_people *people,
    struct invitation_id *out);

struct invitation_said {
	struct person_id person;
	bool yes;
	struct str how, checked; /* checked: p NULL when signed in */
	struct assignment_id by; /* who wrote it down; 0: signed in */
};
/*
 * One answer. The last yes opens the plan with the asker as its lead (promises 1 and 2), or lets
 * the asker's drawer into the plan there is; the first no ends the question. ERR_CONFLICT: not
 * asked, or answered already. permit: ACT_INVITATION_ANSWER, or ACT_PAPER_ANSWER for a yes on paper
 * that another has seen (feat/share/paper.h).
 */
enum err invitation_hear(struct db *db, const struct permit *permit, struct arena *mem,
    struct invitation_id invitation, const struct invitation_said *said);
/* A yes on paper that counted while others still answer is its person's to take back: asked again.
 * permit: ACT_INVITATION_ANSWER. */
enum err invitation_unhear(
    struct db *db, const struct permit *permit, struct invitation_id invitation);

#endif
