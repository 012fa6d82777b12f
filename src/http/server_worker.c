/*
 * Workers: each is a thread that runs its own daemon of libmicrohttpd. Its loop is ours, because
 * (0.9.75) the library's own sleeps without end when epoll gives it exactly 128 events at once, and
 * because a batch of answers then wakes a worker once and not once per answer. All workers listen
 * on the same socket.
 */
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "http/server_in.h"

typedef int accept4_fn(int, struct sockaddr *, socklen_t *, int);

static void ring(struct worker *w)
{
	uint64_t one = 1;

	must(write(w->bell, &one, sizeof one) == sizeof one);
}

void worker_wake(struct slot *slot)
{
	struct worker *w = slot->home;
	struct slot *top = atomic_load(&w->sent);

	do
		slot->below = top;
	while (!atomic_compare_exchange_weak(&w->sent, &top, slot));
	if (!top) /* else the bell was rung by who pushed the first */
		ring(w);
}

static void wake_sent(struct worker *w)
{
	struct slot *slot = atomic_exchange(&w->sent, NULL);
	struct slot *first = NULL;

	while (slot) { /* who was sent first is woken first */
		struct slot *below = slot->below;

		slot->below = first;
		first = slot;
		slot = below;
	}
	for (; first; first = first->below)
		MHD_resume_connection(first->conn->mhd);
}

/* How long a worker leaves a newcomer to those who have fewer: they may be in a long handler. */
#define DECLINE_MS 100

static __thread struct worker *me; /* the worker whose thread this is */

static bool others_have_fewer(const struct worker *w)
{
	const struct http_server *s = w->server;
	int mine = atomic_load_explicit(&w->open, memory_order_relaxed);

	for (int i = 0; i < s->cfg.threads; i++)
		if (atomic_load_explicit(&s->workers[i].open, memory_order_relaxed) < mine)
			return true;
	return false;
}

static bool declines(struct worker *w)
{
	int64_t now = mono_ms();

	if (others_have_fewer(w)) {
		if (!w->declined_ms)
			w->declined_ms = now;
		if (now - w->declined_ms < DECLINE_MS)
			return true;
	}
	w->declined_ms = 0;
	return false;
}

/*
 * All workers listen on one socket, and whoever is awake takes who comes: of 16 connections one of
 * two had 12 (measured), and a third of the machine stood idle. libmicrohttpd has no word in that
 * but accept4, which it calls through the dynamic linker, where a program's own symbol comes first
 * (as MHD_queue_response, server_reply.c): a worker with more connections than another says that
 * nobody is there, and the other takes them. The test server_connections_are_shared_out holds it.
 */
int accept4(int fd, struct sockaddr *from, socklen_t *n, int flags)
{
	static accept4_fn *_Atomic libc;
	accept4_fn *f = atomic_load_explicit(&libc, memory_order_relaxed);

	if (!f) {
		void *found = dlsym(RTLD_NEXT, "accept4");

		must(found != NULL);
		memcpy(&f, &found, sizeof f);
		atomic_store_explicit(&libc, f, memory_order_relaxed);
	}
	if (me && declines(me)) {
		sched_yield();
		errno = EAGAIN;
		return -1;
	}
	return f(fd, from, n, flags);
}

static void take_adopted(struct worker *w)
{
	struct sockaddr_in from = { .sin_family = AF_INET };
	int fd = atomic_load(&w->adopted);

	if (fd < 0)
		return;
	MHD_add_connection(w->mhd, fd, (const void *)&from, sizeof from); /* closes it on failure */
	atomic_store(&w->adopted, -1);
}

static void tell(const struct worker *w, bool sleeps)
{
	const struct http_server *s = w->server;

	if (s->cfg.sleep)
		s->cfg.sleep(s->ctx, sleeps);
}

/* Waits for something to do; not at all while there is. */
static int look(const struct worker *w, struct epoll_event *events, int most, bool busy)
{
	int n;

	if (busy)
		return epoll_wait(w->epoll, events, most, 0);
	tell(w, true);
	n = epoll_wait(w->epoll, events, most, w->server->cfg.nap_ms);
	tell(w, false);
	return n;
}

static void *worker_run(void *arg)
{
	struct worker *w = arg;
	bool busy = true;

	me = w;
	tell(w, false);
	while (!atomic_load(&w->ends)) {
		struct epoll_event events[2];
		MHD_UNSIGNED_LONG_LONG ms;
		int n = look(w, events, 2, busy);

		must(n >= 0 || errno == EINTR);
		for (int i = 0; i < n; i++) {
			uint64_t rung;

			if (events[i].data.fd == w->bell)
				must(read(w->bell, &rung, sizeof rung) == sizeof rung);
		}
		wake_sent(w);
		take_adopted(w);
		if (atomic_load(&w->server->stopping) && !atomic_load(&w->quiet)) {
			MHD_quiesce_daemon(w->mhd);
			atomic_store(&w->quiet, true);
		}
		w->closed = false;
		must(MHD_run(w->mhd) == MHD_YES);
		/* A full worker stops listening, and the library listens again at the beginning of
		 * its next run: whoever came meanwhile must not wait until we have slept. */
		busy = (MHD_get_timeout(w->mhd, &ms) == MHD_YES && ms == 0) || w->closed;
	}
	tell(w, true);
	return NULL;
}

/* Paths and queries are taken apart by our own parser: libmicrohttpd leaves them as sent. */
static size_t leave_escaped(void *cls, struct MHD_Connection *c, char *s)
{
	(void)cls, (void)c;
	return strlen(s);
}

/* Its own words may hold what a client sent: only that something happened is logged. */
static void mhd_logs(void *cls, const char *fmt, va_list ap)
{
	(void)cls, (void)ap;
	log_line(LOG_DEBUG, "mhd", "text=%.60s", fmt);
}

static struct MHD_Daemon *daemon_start(struct worker *w)
{
	const struct http_server_config *cfg = &w->server->cfg;
	unsigned flags =
	    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG;
	unsigned connections = (unsigned)(cfg->connections_most / cfg->threads);

	/* No timeout: the reaper has the deadlines. Twice the headers: cookies are copied. */
	return MHD_start_daemon(flags, w->server->port, NULL, NULL, server_on_request, w,
	    MHD_OPTION_EXTERNAL_LOGGER, mhd_logs, NULL, MHD_OPTION_LISTEN_SOCKET,
	    w->server->listener, MHD_OPTION_CONNECTION_LIMIT, connections ? connections : 1,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, 2 * cfg->header_bytes + 2048,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_TIMEOUT, 0u,
	    MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_URI_LOG_CALLBACK,
	    server_on_uri, w, MHD_OPTION_NOTIFY_CONNECTION, server_on_connection, w,
	    MHD_OPTION_NOTIFY_COMPLETED, server_on_done, w, MHD_OPTION_END);
}

static bool watch(struct worker *w, int fd)
{
	struct epoll_event e = { .events = EPOLLIN, .data.fd = fd };

	return fd >= 0 && epoll_ctl(w->epoll, EPOLL_CTL_ADD, fd, &e) == 0;
}

/* The worker's descriptors and daemon. */
static bool worker_init(struct worker *w)
{
	w->epoll = epoll_create1(EPOLL_CLOEXEC);
	w->bell = eventfd(0, EFD_CLOEXEC);
	if (w->epoll < 0 || !watch(w, w->bell))
		return false;
	w->mhd = daemon_start(w);
	if (!w->mhd)
		return false;
	return watch(w, MHD_get_daemon_info(w->mhd, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd);
}

static void worker_fini(struct worker *w)
{
	if (w->mhd) {
		if (!atomic_load(&w->quiet))
			MHD_quiesce_daemon(w->mhd); /* else it would close the listener */
		MHD_stop_daemon(w->mhd);
	}
	if (atomic_load(&w->adopted) >= 0)
		close(atomic_load(&w->adopted));
	if (w->bell >= 0)
		close(w->bell);
	if (w->epoll >= 0)
		close(w->epoll);
	slots_fini(w);
}

bool workers_start(struct http_server *s)
{
	size_t bytes = (size_t)s->cfg.threads * sizeof *s->workers;
	sigset_t all, before;
	bool ok = true;

	must(posix_memalign((void **)&s->workers, _Alignof(struct worker), bytes) == 0);
	memset(s->workers, 0, bytes);
	for (int i = 0; i < s->cfg.threads; i++) {
		struct worker *w = &s->workers[i];

		w->server = s;
		w->index = i;
		w->bell = w->epoll = -1;
		atomic_store(&w->adopted, -1);
		must(getrandom(&w->random, sizeof w->random, 0) == sizeof w->random);
		ok = ok && worker_init(w);
	}
	if (!ok) {
		log_line(LOG_ERROR, "http_workers", "errno=%d %s", errno, strerror(errno));
		for (int i = 0; i < s->cfg.threads; i++)
			worker_fini(&s->workers[i]);
		free(s->workers);
		return false;
	}
	/* Signals are for the thread that waits for them, not for a worker in its work. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (int i = 0; i < s->cfg.threads; i++)
		must(pthread_create(&s->workers[i].thread, NULL, worker_run, &s->workers[i]) == 0);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return true;
}

void workers_quiet(struct http_server *s)
{
	for (int i = 0; i < s->cfg.threads; i++) {
		ring(&s->workers[i]);
		while (!atomic_load(&s->workers[i].quiet))
			sched_yield();
	}
}

void workers_end(struct http_server *s)
{
	for (int i = 0; i < s->cfg.threads; i++) {
		atomic_store(&s->workers[i].ends, true);
		ring(&s->workers[i]);
	}
	for (int i = 0; i < s->cfg.threads; i++) {
		must(pthread_join(s->workers[i].thread, NULL) == 0);
		wake_sent(&s->workers[i]); /* nothing asleep: MHD_stop_daemon would abort */
		worker_fini(&s->workers[i]);
	}
	free(s->workers);
}

enum err http_server_adopt(struct http_server *s, int fd)
{
	struct worker *w = &s->workers[(unsigned)fd % (unsigned)s->cfg.threads];
	int none = -1;

	while (!atomic_compare_exchange_weak(&w->adopted, &none, fd)) {
		if (atomic_load(&s->stopping)) {
			close(fd);
			return fail(ERR_BUSY, "http_adopt stopping");
		}
		none = -1;
		sched_yield();
	}
	ring(w);
	return OK;
}
