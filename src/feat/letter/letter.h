/* What other features may do with letters. */
#ifndef LETTER_H
#define LETTER_H

#include "access/access.h"
#include "base/err.h"

/* "The time does not suit", about a step and the time it has (day unknown, minute -1: none), from
 * the reader of the permit (ACT_LETTER_WRITE, of the family) to one of staff: its writer's alone
 * and the receiver's (promise 20). The caller has found both. */
enum err letter_about_time(struct db *db, const struct permit *permit, struct step_id step,
    struct date due, int64_t due_minute, struct assignment_id to, struct str words);

#endif
