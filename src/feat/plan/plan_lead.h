/* The plan's lead changes hands (promise 2): exactly one at every instant. */
#ifndef PLAN_LEAD_H
#define PLAN_LEAD_H

#include "access/access.h"

/*
 * The lead goes from one assignment to another; a contact chosen beside the lead stays, one who was
 * the giver follows. What the program filled in ("[lead] says what happens next") follows too, and
 * so does the next step of somebody whose assignment has ended. ERR_CONFLICT: from is no longer the
 * lead, or the plan is closed. permit: ACT_HANDOVER_ANSWER.
 */
enum err plan_lead_becomes(struct db *db, const struct permit *permit, struct plan_id plan,
    struct assignment_id from, struct assignment_id to);

#endif
