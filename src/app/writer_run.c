/* The writer's queue and its thread, which gathers what waits and carries it out. */
#include <time.h>

#include "app/jobs.h"
#include "app/writer_in.h"

#define GATHER_ENOUGH 16 /* no more waiting once so many are here */
#define GATHER_NS 500000 /* and never longer than this */

/* --- the queue --- */

void writer_queue_init(struct writer *wr)
{
	pthread_condattr_t attr;

	wr->last = &wr->first;
	pthread_mutex_init(&wr->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&wr->some, &attr);
	pthread_condattr_destroy(&attr);
}

void writer_queue_fini(struct writer *wr)
{
	pthread_mutex_destroy(&wr->lock);
	pthread_cond_destroy(&wr->some);
}

void writer_take(struct writer *wr, struct work *w)
{
	w->x->user = w;
	w->x->next = NULL;
	pthread_mutex_lock(&wr->lock);
	*wr->last = w->x;
	wr->last = &w->x->next;
	wr->waiting++;
	if (wr->waiting == 1 || wr->waiting == GATHER_ENOUGH)
		pthread_cond_signal(&wr->some);
	pthread_mutex_unlock(&wr->lock);
}

void writer_company(struct writer *wr, bool awake)
{
	if (awake) {
		atomic_fetch_add(&wr->awake, 1);
		return;
	}
	if (atomic_fetch_sub(&wr->awake, 1) > 1 || !atomic_load(&wr->gathering))
		return;
	pthread_mutex_lock(&wr->lock);
	pthread_cond_signal(&wr->some);
	pthread_mutex_unlock(&wr->lock);
}

/* Waits a little for company, but only where company came the last time and while anybody is awake
 * to bring it: one user alone never waits. */
static void gather(struct writer *wr)
{
	struct timespec until;

	if (wr->last_batch <= 1 || wr->waiting >= GATHER_ENOUGH || wr->stopping)
		return;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += GATHER_NS;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	atomic_store(&wr->gathering, true);
	while (wr->waiting < GATHER_ENOUGH && !wr->stopping && atomic_load(&wr->awake) > 0 &&
	       pthread_cond_timedwait(&wr->some, &wr->lock, &until) == 0)
		;
	atomic_store(&wr->gathering, false);
}

/* What the keeper found is due, between two batches. */
static void run_jobs(struct writer *wr)
{
	const struct jobs_found *found = keeper_found(wr->keeper);

	if (found)
		keeper_made(wr->keeper, jobs_make(wr->db, wr->book, &wr->mem, found));
}

void writer_jobs(struct writer *wr)
{
	keeper_search(wr->keeper, true);
	run_jobs(wr);
}

void writer_tick(struct writer *wr)
{
	pthread_mutex_lock(&wr->lock);
	wr->tick = true;
	pthread_cond_signal(&wr->some);
	pthread_mutex_unlock(&wr->lock);
}

/*
 * A WAL begins anew once all of it has been moved, which under a load without end never is: each
 * second the keeper moves all but what came meanwhile. Just after that, and where a WAL has grown,
 * the writer moves the little that is left, on connections of its own: some milliseconds in which
 * nobody writes. Where the keeper came by in the middle of a commit, that is after the next one
 * (db_log in db/db.h).
 */
void writer_rest(struct writer *wr)
{
	bool book = book_log_rest(wr->book, wr->wal_most);
	bool main = db_log_rest(wr->db, wr->wal_most);

	wr->unrested = !book || !main;
}

/* The keeper has just come by. */
static bool ticked(struct writer *wr)
{
	bool is;

	pthread_mutex_lock(&wr->lock);
	is = wr->tick;
	wr->tick = false;
	pthread_mutex_unlock(&wr->lock);
	return is;
}

/* Up to GATHER_MOST works; 0: the writer is to end. */
static size_t next_batch(struct writer *wr, struct work **batch)
{
	size_t n = 0;

	pthread_mutex_lock(&wr->lock);
	while (!wr->first && !wr->stopping) {
		pthread_cond_wait(&wr->some, &wr->lock);
		if (wr->tick && !wr->first) {
			wr->tick = false;
			pthread_mutex_unlock(&wr->lock);
			book_tick(wr->book);
			run_jobs(wr);
			writer_rest(wr);
			pthread_mutex_lock(&wr->lock);
		}
	}
	gather(wr);
	while (wr->first && n < GATHER_MOST) {
		struct http_exchange *x = wr->first;

		wr->first = x->next;
		batch[n++] = x->user;
		wr->waiting--;
	}
	if (!wr->first)
		wr->last = &wr->first;
	wr->last_batch = n;
	pthread_mutex_unlock(&wr->lock);
	return n;
}

void writer_adopt(struct writer *wr)
{
	db_adopt(wr->db);
	db_adopt(wr->book_db);
	book_adopt(wr->book);
}

static void *gather_and_carry_out(void *arg)
{
	struct writer *wr = arg;
	struct work *batch[GATHER_MOST];

	writer_adopt(wr);
	for (size_t n; (n = next_batch(wr, batch)) != 0;) {
		writer_carry_out(wr, batch, n);
		for (size_t i = 0; i < n; i++)
			serve_send(batch[i]);
		run_jobs(wr);
		if (ticked(wr) || wr->unrested)
			writer_rest(wr);
	}
	return NULL;
}

void writer_run(struct writer *wr)
{
	must(pthread_create(&wr->thread, NULL, gather_and_carry_out, wr) == 0);
	keeper_run(wr->keeper, wr);
	wr->running = true;
}

void writer_stop(struct writer *wr)
{
	if (!wr || !wr->running)
		return;
	keeper_stop(wr->keeper);
	pthread_mutex_lock(&wr->lock);
	wr->stopping = true;
	pthread_cond_signal(&wr->some);
	pthread_mutex_unlock(&wr->lock);
	pthread_join(wr->thread, NULL);
	writer_adopt(wr); /* it is closed from here */
	wr->running = false;
}
