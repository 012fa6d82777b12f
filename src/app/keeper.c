#include "app/keeper.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "base/date.h"

#define SEARCH_BYTES ((size_t)16 << 20) /* address space for what one search finds */

struct keeper {
	struct db *main, *book; /* for the WAL alone */
	struct db *reader;
	struct writer *wr;
	pthread_t thread;
	bool running;
	atomic_bool stopping;
	struct arena mem; /* of one search; the writer's to read while found is set */
	_Atomic(const struct jobs_found *) found;
	atomic_bool more;  /* the last round was full */
	int64_t search_ms; /* when it searched last; 0: not yet */
};

void keeper_search(struct keeper *k, bool climb)
{
	if (atomic_load(&k->found))
		return; /* the writer has not come to it yet */
	arena_rewind(&k->mem, 0);
	atomic_store(&k->more, false);
	atomic_store(&k->found, jobs_find(k->reader, &k->mem, climb));
	if (climb)
		k->search_ms = clock_now_ms();
}

const struct jobs_found *keeper_found(struct keeper *k)
{
	return atomic_load(&k->found);
}

void keeper_made(struct keeper *k, bool more)
{
	atomic_store(&k->more, more);
	atomic_store(&k->found, NULL);
}

static void checkpoint(struct keeper *k)
{
	db_checkpoint(k->main);
	db_checkpoint(k->book);
}

static void *keep(void *arg)
{
	struct keeper *k = arg;

	db_adopt(k->main);
	db_adopt(k->book);
	db_adopt(k->reader);
	while (!atomic_load(&k->stopping)) {
		struct timespec second = { 1, 0 };
		int64_t every;

		nanosleep(&second, NULL);
		checkpoint(k);
		checkpoint(k); /* what came meanwhile: little is left to the writer */
		every = atomic_load(&k->more) ? JOBS_SOON_MS : JOBS_EVERY_MS;
		keeper_search(k, clock_now_ms() - k->search_ms >= every);
		writer_tick(k->wr);
	}
	return NULL;
}

enum err keeper_open(const struct config *cfg, struct logs *logs, struct keeper **out)
{
	struct keeper *k = calloc(1, sizeof *k);
	enum err e;

	must(k != NULL);
	arena_init(&k->mem, SEARCH_BYTES);
	e = db_open(cfg->database, DB_WRITER, &k->main);
	if (e == OK)
		e = db_open(cfg->book, DB_WRITER, &k->book);
	if (e == OK)
		e = db_open(cfg->database, DB_READER, &k->reader);
	if (e != OK) {
		keeper_close(k);
		return e;
	}
	db_log_share(k->main, &logs->main);
	db_log_share(k->book, &logs->book);
	*out = k;
	return OK;
}

void keeper_run(struct keeper *k, struct writer *wr)
{
	k->wr = wr;
	must(pthread_create(&k->thread, NULL, keep, k) == 0);
	k->running = true;
}

void keeper_stop(struct keeper *k)
{
	if (!k || !k->running)
		return;
	atomic_store(&k->stopping, true);
	pthread_join(k->thread, NULL);
	k->running = false;
}

void keeper_close(struct keeper *k)
{
	if (!k)
		return;
	db_close(k->main);
	db_close(k->book);
	db_close(k->reader);
	arena_fini(&k->mem);
	free(k);
}
