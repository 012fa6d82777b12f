/*
 * The overview of a child: what the family's home is made of, in one row (migrations/0080). Made
 * whenever anything of the child has changed, in the same transaction, from the same queries that
 * read the rows themselves; read while its version is the child's, else the rows are read. So it
 * can be absent or out of date without anybody seeing something else than what is true.
 *
 * It holds what is true of the child, for whoever may look; who sees what of it is decided after
 * reading, as for the rows.
 */
#ifndef HOME_OVERVIEW_H
#define HOME_OVERVIEW_H

#include "q_home.h"

struct overview {
	struct q_home_child_list child;   /* one; none: the child was erased this moment */
	struct q_home_closed_list closed; /* at most one, where no plan is open: the last one */
	struct q_home_steps_list steps;
	struct q_home_times_list times;
	struct q_home_threads_list threads;
	struct q_home_family_list family;
	struct q_home_led_list led;
};

/* version: the child's content_version in the same snapshot. Lives in mem. */
enum err overview_of(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, int64_t version, struct overview *out);

/* Whether there are children whose overview is to be made. */
enum err overview_waits(struct db *db, struct arena *mem, bool *out);
/* Makes those of at most so many, inside the caller's write scope. *made: how many; fewer than
 * most: none is left. What can't be made (more rows than mem has room for) is passed over, logged,
 * and tried again when its child changes; only ERR_RETRY and ERR_BUSY end it. mem is rewound. */
enum err overview_make(struct db *db, struct arena *mem, int64_t now_ms, size_t most, size_t *made);

/* Holds each overview that is read against the rows, in the caller's snapshot: calls wrong with the
 * child of each that differs. */
enum err overview_check(struct db *db, struct arena *mem, int64_t now_ms,
    void (*wrong)(void *to, struct child_id child), void *to, size_t *checked);

#endif
