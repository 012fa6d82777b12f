/*
 * The writer's two halves. writer.c carries out a batch; writer_run.c has the queue, who waits for
 * whom, and the thread.
 */
#ifndef APP_WRITER_IN_H
#define APP_WRITER_IN_H

#include <pthread.h>
#include <stdatomic.h>

#include "app/app.h"
#include "app/keeper.h"

#define GATHER_MOST 64 /* answers in one batch */

struct writer {
	struct db *db, *book_db;
	struct staff_cards *cards;
	struct book *book;
	struct arena mem;             /* of one batch */
	int64_t changes[GATHER_MOST]; /* ids of the changes kept in this batch */
	size_t n_changes;
	int64_t wal_most; /* bytes of a store's WAL, before the writer helps to move it */
	struct logs logs;
	struct keeper *keeper;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t some;
	struct http_exchange *first, **last; /* waiting, oldest first */
	size_t waiting;
	bool running, stopping, tick;
	size_t last_batch;
	bool unrested;             /* a log is longer than it should be, and waits for a commit */
	atomic_int awake;          /* threads that may bring more */
	atomic_bool gathering;     /* it waits for company */
	atomic_uint_fast64_t seen; /* see writer_seen; 0: a page that never asked */
};

/* writer_run.c */
void writer_queue_init(struct writer *wr);
void writer_queue_fini(struct writer *wr);
void writer_rest(struct writer *wr); /* after a batch: a log that has grown begins anew */

#endif
