/*
 * The writer's queue and its two threads. One gathers what waits and carries it out; the other
 * waits for the disk and sends, so that a long sync keeps nobody from the next batch.
 */
#include <string.h>
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
	pthread_cond_init(&wr->some_soon, NULL);
	pthread_cond_init(&wr->none, NULL);
}

void writer_queue_fini(struct writer *wr)
{
	pthread_mutex_destroy(&wr->lock);
	pthread_cond_destroy(&wr->some);
	pthread_cond_destroy(&wr->some_soon);
	pthread_cond_destroy(&wr->none);
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

/* Until all that was carried out is sent. */
static void wait_until_sent(struct writer *wr)
{
	pthread_mutex_lock(&wr->lock);
	while (wr->n_soon || wr->sending)
		pthread_cond_wait(&wr->none, &wr->lock);
	pthread_mutex_unlock(&wr->lock);
}

/* What the keeper found is due, between two batches. */
static void run_jobs(struct writer *wr)
{
	const struct jobs_found *found = keeper_found(wr->keeper);

	if (!found)
		return;
	wait_until_sent(wr);
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
 * nobody writes.
 */
static void rest(struct writer *wr)
{
	bool ticked;

	if (db_wal_bytes(wr->db) < wr->wal_most && book_wal_bytes(wr->book) < wr->wal_most)
		return;
	pthread_mutex_lock(&wr->lock);
	ticked = wr->tick;
	wr->tick = false;
	pthread_mutex_unlock(&wr->lock);
	if (!ticked)
		return;
	book_checkpoint(wr->book);
	(void)db_checkpoint(wr->db); /* logged */
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

static void send(struct work **batch, size_t n)
{
	for (size_t i = 0; i < n; i++)
		serve_send(batch[i]);
}

/* --- the sender: waits for the disk while the writer goes on with the next batch --- */

static void send_soon(struct writer *wr, struct work **batch, size_t n)
{
	pthread_mutex_lock(&wr->lock);
	while (wr->n_soon + n > EARLY_MOST)
		pthread_cond_wait(&wr->none, &wr->lock);
	memcpy(wr->soon + wr->n_soon, batch, n * sizeof *batch);
	wr->n_soon += n;
	pthread_cond_signal(&wr->some_soon);
	pthread_mutex_unlock(&wr->lock);
}

/* What waits, once there is something; 0: the sender is to end. */
static size_t next_to_send(struct writer *wr, struct work **out)
{
	size_t n;

	pthread_mutex_lock(&wr->lock);
	wr->sending = false;
	if (wr->n_soon == 0)
		pthread_cond_signal(&wr->none);
	while (wr->n_soon == 0 && !wr->last_sent)
		pthread_cond_wait(&wr->some_soon, &wr->lock);
	n = wr->n_soon;
	memcpy(out, wr->soon, n * sizeof *out);
	wr->n_soon = 0;
	wr->sending = n > 0;
	pthread_mutex_unlock(&wr->lock);
	return n;
}

static void *sync_and_send(void *arg)
{
	struct writer *wr = arg;
	struct work *batch[EARLY_MOST];

	for (size_t n; (n = next_to_send(wr, batch)) != 0;) {
		if (book_sync(wr->book) != OK)
			for (size_t i = 0; i < n; i++)
				serve_busy(batch[i]);
		send(batch, n);
	}
	return NULL;
}

static void *gather_and_carry_out(void *arg)
{
	struct writer *wr = arg;
	struct work *batch[GATHER_MOST];

	for (size_t n; (n = next_batch(wr, batch)) != 0;) {
		/* What was looked at before a change has left before the change begins (promise 5).
		 */
		if (writer_any_writes(batch, n))
			wait_until_sent(wr);
		writer_carry_out_early(wr, batch, n);
		if (wr->early && !writer_any_writes(batch, n)) {
			wr->early = false;
			send_soon(wr, batch, n);
		} else {
			writer_on_disk(wr, batch, n);
			send(batch, n);
		}
		run_jobs(wr);
		rest(wr);
	}
	return NULL;
}

void writer_run(struct writer *wr)
{
	must(pthread_create(&wr->thread, NULL, gather_and_carry_out, wr) == 0);
	must(pthread_create(&wr->sender, NULL, sync_and_send, wr) == 0);
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
	pthread_mutex_lock(&wr->lock);
	wr->last_sent = true;
	pthread_cond_signal(&wr->some_soon);
	pthread_mutex_unlock(&wr->lock);
	pthread_join(wr->sender, NULL);
	wr->running = false;
}
