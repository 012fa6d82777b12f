/* A disclosure with a ground: what the rules answer for one item and one recipient. */
#ifndef DISCLOSE_H
#define DISCLOSE_H

#include "feat/share/share_in.h"

/* What somebody wants to tell, and the facts that only a person knows. */
struct disclose_ask {
	struct child_id child;
	const char *kind;
	int64_t item;
	struct drawer_id holder, to;
	struct str need; /* in words; empty: not said */
	enum investigation investigation;
	bool investigator_asks;
	enum says says;
};

struct disclose_answer {
	struct decision d;
	struct waiver_id waiver; /* for GROUND_WAIVER */
	struct str words;        /* the text that would be received */
	struct plan_id plan;     /* v = 0: none */
};

/* Asks the rules, with what the database knows. ERR_NOT_FOUND: not an item of that drawer. */
enum err disclose_judge(struct db *db, const struct permit *permit, struct arena *mem,
    const struct disclose_ask *ask, struct disclose_answer *out);
/* Makes the row. The answer must be ALLOW, or HUMAN with a task whose assessor allowed it. */
enum err disclose_do(struct db *db, const struct permit *permit, const struct disclose_ask *ask,
    const struct disclose_answer *answer, struct task_id task);

#endif
