/* What other features may do with the child's own words. */
#ifndef VOICE_H
#define VOICE_H

#include "access/access.h"
#include "base/err.h"

/* Words that nobody has read have climbed to this rung: 1 the lead, 2 the reader's deputy, 3 the
 * manager (promise 11). A job's permit for ACT_TASK_ANSWER. Never back. */
enum err voice_climbed(
    struct db *db, const struct permit *permit, struct voice_id voice, int64_t rung);

#endif
