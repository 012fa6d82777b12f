/*
 * The writer's two halves. writer.c carries out a batch; writer_run.c has the queue, who waits for
 * whom, and the two threads: one carries out, the other waits for the disk and sends.
 */
#ifndef APP_WRITER_IN_H
#define APP_WRITER_IN_H

#include <pthread.h>
#include <stdatomic.h>

#include "app/app.h"
#include "app/keeper.h"

#define GATHER_MOST 64                       /* answers in one batch */
#define EARLY_MOST ((size_t)4 * GATHER_MOST) /* answers that wait for the disk at once */

struct writer {
	struct db *db, *book_db;
	struct staff_cards *cards;
	struct book *book;
	struct arena mem;             /* of one batch */
	int64_t changes[GATHER_MOST]; /* ids of the changes kept in this batch */
	size_t n_changes;
	int64_t wal_most; /* bytes of a store's WAL, before the writer helps to move it */
	struct keeper *keeper;
	pthread_t thread, sender;
	pthread_mutex_t lock;
	pthread_cond_t some;
	bool early; /* the writer's only: something of this batch is in the book and not yet on disk
		     */
	struct http_exchange *first, **last; /* waiting, oldest first */
	size_t waiting;
	bool running, stopping, tick;
	/* Answers that are in the book, and leave when that is on disk; under lock. */
	struct work *soon[EARLY_MOST];
	size_t n_soon;
	pthread_cond_t some_soon, none;
	bool sending, last_sent; /* last_sent: no more come */
	size_t last_batch;
	atomic_int awake;          /* threads that may bring more */
	atomic_bool gathering;     /* it waits for company */
	atomic_uint_fast64_t seen; /* see writer_seen; 0: a page that never asked */
};

/* writer.c */
bool writer_any_writes(struct work **batch, size_t n);
/* As writer_carry_out, but where wr->early is set afterwards, what is in the book is not on disk
 * yet. */
void writer_carry_out_early(struct writer *wr, struct work **batch, size_t n);
/* Waits for the disk where something is early. Where it did not take the book, nothing is answered
 * but that. */
void writer_on_disk(struct writer *wr, struct work **batch, size_t n);

/* writer_run.c */
void writer_queue_init(struct writer *wr);
void writer_queue_fini(struct writer *wr);

#endif
