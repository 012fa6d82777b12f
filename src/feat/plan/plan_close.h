/* Closing a plan, and the legal forms laid on its timeline. */
#ifndef PLAN_CLOSE_H
#define PLAN_CLOSE_H

#include "access/access.h"

/* Promise 11: view (what the child thinks) or no_view (why nobody asked) is needed; came and call
 * too. */
struct plan_closing {
	struct str came, view, no_view, call;
	bool next_done; /* what stood as the next step was done; false: it is no longer needed */
};
/* Closes; the next step and those that waited are closed with it. ERR_CONFLICT: somebody changed
 * the plan since that version (a step was added, it changed hands, it is closed already). permit:
 * ACT_PLAN_CLOSE. */
enum err plan_close(struct db *db, const struct permit *permit, struct plan_id plan,
    int64_t version, const struct plan_closing *c);
/* result: "reached", "partly", "not" or "stopped"; only a goal of the reader's own drawer. */
enum err plan_close_goal(struct db *db, const struct permit *permit, struct plan_id plan,
    struct goal_id goal, struct str result);

/* A legal form. A SIP needs all four blocks and the consent (SoL 10:8, HSL 16:4). */
struct plan_layer {
	struct str kind; /* "coordination", "sip", "school_programme", "care_plan",
			    "implementation_plan" */
	struct date from, to;
	struct str measures, who, others,
	    main; /* the four blocks; of other forms, measures is a reference */
	struct waiver_id consent;
};
/* ERR_CONFLICT: a SIP that lacks a block or the consent. permit: ACT_PLAN_EDIT. */
enum err plan_layer_add(struct db *db, const struct permit *permit, struct plan_id plan,
    struct layer_id id, const struct plan_layer *l);

#endif
