/* "Ja till att dela": rules of asking, answering and taking back. Pages are in waiver_web.c. */
#ifndef WAIVER_H
#define WAIVER_H

#include "access/consent.h"
#include "feat/share/share_in.h"

struct share_facts; /* share_in.h */

#define WAIVER_TO 4 /* recipients in one question */

struct waiver_ask {
	struct str purpose, content, child_view, child_how;
	struct date until;
	struct drawer_id to[WAIVER_TO];
	int n_to;
	bool both_ways; /* they may tell us too */
};

/* Who has to say yes, by the child's age that day and those who decide for it. */
struct waiver_needs waiver_needs_for(const struct share_facts *f);
/* The last day a yes may name: waiver_holds_to (promise 12). */
struct date waiver_last_day(const struct share_facts *f, bool view_known, struct date today);

/* Asks everybody who has to say yes. permit: ACT_WAIVER_ASK. */
enum err waiver_ask(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_facts *f, const struct waiver_ask *ask, struct waiver_id *out);

/* How a yes or no was given. */
struct waiver_heard {
	struct person_id person;
	bool yes;
	struct str how;          /* 'signed_in', 'meeting', 'letter' */
	struct str checked;      /* how staff knew who it was; empty when signed in */
	struct assignment_id by; /* who wrote it down; 0: signed in */
};
/* One answer. The last yes makes it valid and shares what it speaks of; the first no ends the
 * question. A yes on paper is heard when another has seen the paper (paper.h). ERR_CONFLICT: no
 * longer asked. */
enum err waiver_hear(struct db *db, const struct permit *permit, struct arena *mem,
    struct waiver_id waiver, const struct waiver_heard *heard);
/* A yes on paper that counted while others still answer is its person's to take back: asked again.
 * ERR_CONFLICT: it holds already, or is none. permit: ACT_WAIVER_ANSWER. */
enum err waiver_unhear(struct db *db, const struct permit *permit, struct waiver_id waiver);
/* Any one who had to say yes takes it back: every live view ends with this transaction.
 * new_guardian: one who decides today and was never asked. ERR_CONFLICT: not valid any more. */
enum err waiver_withdraw(
    struct db *db, const struct permit *permit, struct waiver_id waiver, bool never_asked);

#endif
