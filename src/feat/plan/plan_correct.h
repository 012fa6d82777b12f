/* What was written on the wrong child leaves the plan; promise 1 holds meanwhile. */
#ifndef PLAN_CORRECT_H
#define PLAN_CORRECT_H

#include "access/access.h"

/* Of the reader's own drawer; ERR_NOT_FOUND otherwise. Where it was the next step, the lead says
 * what happens next. permit: ACT_CHILD_CORRECT. */
enum err plan_take_back_step(
    struct db *db, const struct permit *permit, struct arena *mem, struct step_id step);
enum err plan_take_back_need(struct db *db, const struct permit *permit, struct need_id need);

#endif
