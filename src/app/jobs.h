/* What the program does by itself, once a minute: searched for on the keeper's thread, made on the
 * writer's. */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include <stdbool.h>

#include "access/book.h"
#include "base/arena.h"
#include "db/db.h"
#include "feat/climb/climb.h"

#define JOBS_EVERY_MS 60000
#define JOBS_SOON_MS 2000 /* while a round left something over */

/* What is due. */
struct jobs_found {
	const struct climb_found *climb; /* NULL: nothing, or it was not searched for */
	bool overviews;                  /* children whose overview is to be made */
};

/* Searches in a snapshot of a reader's connection of its own; climb: also for what climbs, which
 * takes its time. NULL: nothing is due, or the search failed (logged) and is tried the next time.
 * What it gives lives in mem. */
const struct jobs_found *jobs_find(struct db *reader, struct arena *mem, bool climb);
/* One round, each kind in a write transaction of its own: its records first, then its changes
 * (promise 6). An error is logged and tried again the next time: a job never takes an answer with
 * it. mem is rewound. true: a round was full, so there may be more to do soon. */
bool jobs_make(struct db *db, struct book *book, struct arena *mem, const struct jobs_found *found);

#endif
