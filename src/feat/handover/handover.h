/*
 * Handing over the lead (promise 2): asked, then accepted or declined with a reason, or taken back.
 * Until somebody has accepted, the giver carries. Owner of the table handover.
 */
#ifndef HANDOVER_H
#define HANDOVER_H

#include "access/access.h"
#include "feat/handover/carrier.h"

/* The reader's drawer must be the plan's, or have a live disclosure of it. ERR_CONFLICT: somebody
 * has been asked already. ERR_INVALID: nobody who can take over. permit: ACT_HANDOVER_ASK. */
enum err handover_ask(struct db *db, const struct permit *permit, struct arena *mem,
    struct plan_id plan, struct assignment_id receiver, struct str words);
/* ERR_CONFLICT: answered already. permit: ACT_HANDOVER_ASK. */
enum err handover_take_back(
    struct db *db, const struct permit *permit, struct handover_id h, int64_t version);
/*
 * Counts from now: the plan's lead is the reader, who is engaged with the child from now if not
 * before. *open false: the receiver's drawer may not read the plan any more (a yes was taken back):
 * nothing is changed. ERR_CONFLICT: taken back, answered, or the plan changed hands. permit:
 * ACT_HANDOVER_ANSWER.
 */
enum err handover_accept(struct db *db, const struct permit *permit, struct arena *mem,
    struct handover_id h, int64_t version, struct child_id *child, bool *open);
enum err handover_decline(struct db *db, const struct permit *permit, struct arena *mem,
    struct handover_id h, int64_t version, struct str why);
/* A manager gives on what a lead of the unit carries; nothing of the child is read. *asked: how
 * many receivers-to-be were asked. permit: ACT_UNIT_EDIT. */
enum err handover_give_all(struct db *db, const struct permit *permit, struct arena *mem,
    struct assignment_id lead, struct assignment_id receiver, struct str words, int *asked);

/* How many ask the reader to take over. permit: ACT_WORK_READ, ACT_WORK_SAVE or
 * ACT_HANDOVER_ANSWER. */
enum err handover_waiting(
    struct db *db, const struct permit *permit, struct arena *mem, int64_t *n);
/* A plan that is closed needs nobody to take it over. permit: ACT_PLAN_CLOSE. */
enum err handover_plan_closed(struct db *db, const struct permit *permit, struct plan_id plan);

#endif
