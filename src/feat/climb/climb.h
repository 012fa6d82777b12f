/*
 * What nobody has read, answered or said anew climbs: lead, deputy, manager (promises 1, 11, 13). A
 * job of the program, once a minute: what is due is searched for in a reader's snapshot, and made
 * on the writer's connection. A task says that something waits and where,
 * never what.
 */
#ifndef CLIMB_H
#define CLIMB_H

#include <stddef.h>

#include "access/book.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

/* Changes in one round: a round is one commit on the writer's thread, and nobody waits long for it
 * (design.md section 4: at most 50 ms). What is left comes in the next. Fewer than
 * BOOK_CHANGES_MOST. */
#define CLIMB_ROUND 24

/* What a round changed, one record each for the book; ids are the caller's. */
struct climb_made {
	struct book_entry *v;
	size_t n;
};
/* What is due for one round; closed. */
struct climb_found;

/* Searches, in the caller's snapshot, away from the writer: over a county it takes longer than
 * anybody should wait. *out lives in mem; NULL: nothing is due. */
enum err climb_find(
    struct db *db, struct arena *mem, int64_t now_ms, const struct climb_found **out);
/*
 * One round, inside the caller's write scope: makes the tasks of what was found and closes those
 * whose cause is gone, as far as it still stands. *made lives in mem. Safe to run again and by
 * several copies at once: a cause gives one task for each person it has reached.
 */
enum err climb_make(struct db *db, struct arena *mem, int64_t now_ms, const struct climb_found *f,
    struct climb_made *made);

#endif
