/*
 * What nobody has read, answered or said anew climbs: lead, deputy, manager (promises 1, 11, 13). A
 * job of the program, run by the writer once a minute. A task says that something waits and where,
 * never what.
 */
#ifndef CLIMB_H
#define CLIMB_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

/*
 * One round, inside the caller's write scope: makes the tasks that are due now and closes those
 * whose cause is gone. Made tasks are counted in *made. Safe to run again and by several copies at
 * once: a cause gives one task for each person it has reached. At most CLIMB_MOST of each kind in a
 * round.
 */
enum err climb_run(struct db *db, struct arena *mem, int64_t now_ms, size_t *made);

#define CLIMB_MOST 100

#endif
