/* What other features may do with letters. */
#ifndef LETTER_H
#define LETTER_H

#include "access/access.h"
#include "base/err.h"

/* A question about a step from the reader of the permit (ACT_LETTER_WRITE, of the family) to one of
 * staff: its writer's alone and the receiver's (promise 20). The caller has found both. */
enum err letter_about_step(struct db *db, const struct permit *permit, struct step_id step,
    struct assignment_id to, struct str words);

#endif
