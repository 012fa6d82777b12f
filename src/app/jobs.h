/* What the program does by itself, once a minute, on the writer's connection and thread. */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include <stdbool.h>

#include "access/book.h"
#include "base/arena.h"
#include "db/db.h"

#define JOBS_EVERY_MS 60000
#define JOBS_SOON_MS 2000 /* while a round left something over */

/* One round in a write transaction of its own: its records first, then its changes (promise 6). An
 * error is logged and tried again the next time: a job never takes an answer with it. mem is
 * rewound. true: the round was full, so there may be more to do soon. */
bool jobs_run(struct db *db, struct book *book, struct arena *mem);

#endif
