/*
 * The keeper: a thread beside the writer that does once a second what would make the writer wait.
 * It moves the WAL into its file and searches for what is due (jobs.h); what it found is made by
 * the writer, between two batches.
 */
#ifndef APP_KEEPER_H
#define APP_KEEPER_H

#include <stdbool.h>

#include "app/config.h"
#include "app/jobs.h"
#include "base/err.h"

struct keeper; /* closed */
struct writer;

/* The logs of both stores, which the writer shares (db/db.h); they outlive it. */
struct logs {
	struct db_log main, book;
};
enum err keeper_open(const struct config *cfg, struct logs *logs, struct keeper **out);
/* Starts its thread, which ticks the writer. */
void keeper_run(struct keeper *k, struct writer *wr);
void keeper_stop(struct keeper *k);  /* waits for its thread; takes NULL */
void keeper_close(struct keeper *k); /* takes NULL */

/* Searches here and now (its thread does it when it is time); climb: see jobs_find. */
void keeper_search(struct keeper *k, bool climb);
/* For the writer: what was found and not made yet, the keeper's; NULL: nothing. */
const struct jobs_found *keeper_found(struct keeper *k);
/* For the writer: it is made, and gone. more: the round was full. */
void keeper_made(struct keeper *k, bool more);

#endif
