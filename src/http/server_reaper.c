/*
 * The reaper closes connections whose deadline has passed. libmicrohttpd's own timeout is one of
 * idleness: a client that sends a byte a second would stay for ever. It only shuts the socket down;
 * the worker then finds it at its end and cleans up. A connection leaves the list, under the lock,
 * before its descriptor is closed, so that a descriptor used again is never shut down by mistake.
 */
#include <sys/socket.h>
#include <time.h>

#include "base/err.h"
#include "http/server_in.h"

int64_t mono_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void reaper_add(struct conn *k)
{
	struct http_server *s = k->server;

	pthread_mutex_lock(&s->lock);
	k->after = s->conns;
	if (k->after)
		k->after->before = k;
	s->conns = k;
	pthread_mutex_unlock(&s->lock);
	atomic_fetch_add(&s->open, 1);
}

void reaper_remove(struct conn *k)
{
	struct http_server *s = k->server;

	pthread_mutex_lock(&s->lock);
	if (k->before)
		k->before->after = k->after;
	else
		s->conns = k->after;
	if (k->after)
		k->after->before = k->before;
	pthread_mutex_unlock(&s->lock);
	atomic_fetch_sub(&s->open, 1);
}

/* Under the lock. */
static void reap(struct http_server *s)
{
	int64_t now = mono_ms();

	for (struct conn *k = s->conns; k; k = k->after) {
		int64_t deadline = atomic_load(&k->deadline_ms);

		/* Only if nobody has moved it meanwhile: then the request was in time. */
		if (deadline && deadline < now &&
		    atomic_compare_exchange_strong(&k->deadline_ms, &deadline, 0)) {
			shutdown(k->fd, SHUT_RDWR);
			atomic_fetch_add(&s->reaped, 1);
		}
	}
}

/* Looks often enough for the shortest deadline, and seldom enough to cost nothing. */
static int64_t pause_ms(const struct http_server_config *cfg)
{
	int least = cfg->header_ms;

	least = cfg->body_ms < least ? cfg->body_ms : least;
	least = cfg->send_ms < least ? cfg->send_ms : least;
	least = cfg->idle_ms < least ? cfg->idle_ms : least;
	least /= 8;
	return least < 10 ? 10 : least > 500 ? 500 : least;
}

static void *reaper_run(void *arg)
{
	struct http_server *s = arg;
	int64_t pause = pause_ms(&s->cfg);

	pthread_mutex_lock(&s->lock);
	while (!s->reaper_ends) {
		struct timespec until;

		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += pause * 1000000;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&s->wake, &s->lock, &until);
		reap(s);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

void reaper_start(struct http_server *s)
{
	pthread_condattr_t attr;

	must(pthread_mutex_init(&s->lock, NULL) == 0);
	must(pthread_condattr_init(&attr) == 0);
	must(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
	must(pthread_cond_init(&s->wake, &attr) == 0);
	pthread_condattr_destroy(&attr);
	must(pthread_create(&s->reaper, NULL, reaper_run, s) == 0);
}

void reaper_end(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	s->reaper_ends = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	must(pthread_join(s->reaper, NULL) == 0);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
}
