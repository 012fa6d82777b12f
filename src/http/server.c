/* Starting and stopping. Reading a request is in server_read.c, answering in server_reply.c. */
#include "http/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "http/server_in.h"

#define THREADS_MOST 64

static int or_int(int v, int otherwise)
{
	return v > 0 ? v : otherwise;
}

static size_t or_size(size_t v, size_t otherwise)
{
	return v > 0 ? v : otherwise;
}

static struct http_server_config with_defaults(const struct http_server_config *given)
{
	struct http_server_config c = *given;
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	c.address = c.address ? c.address : "127.0.0.1";
	c.threads = or_int(c.threads, cpus < 1 ? 1 : cpus > 16 ? 16 : (int)cpus);
	c.threads = c.threads > THREADS_MOST ? THREADS_MOST : c.threads;
	c.connections_most = or_int(c.connections_most, 4096);
	c.exchanges_most = or_int(c.exchanges_most, 1024);
	c.exchange_bytes = or_size(c.exchange_bytes, (size_t)8 << 20);
	c.header_bytes = or_size(c.header_bytes, (size_t)8 << 10);
	c.body_bytes = or_size(c.body_bytes, (size_t)1 << 20);
	c.header_ms = or_int(c.header_ms, 10000);
	c.body_ms = or_int(c.body_ms, 30000);
	c.send_ms = or_int(c.send_ms, 60000);
	c.idle_ms = or_int(c.idle_ms, 15000);
	c.nap_ms = or_int(c.nap_ms, 500);
	must(c.exchange_bytes / 4 >= c.body_bytes); /* a body, its fields and the page fit */
	return c;
}

/* Descriptors for all connections and what else the program opens. A soft limit below is only
 * logged: the program runs with fewer connections. */
static void raise_descriptors(int connections)
{
	rlim_t want = (rlim_t)connections + 256;
	struct rlimit lim;

	if (getrlimit(RLIMIT_NOFILE, &lim) != 0 || lim.rlim_cur >= want)
		return;
	lim.rlim_cur = lim.rlim_max < want ? lim.rlim_max : want;
	if (setrlimit(RLIMIT_NOFILE, &lim) != 0 || lim.rlim_cur < want)
		log_line(LOG_WARN, "http_descriptors", "have=%ju want=%ju", (uintmax_t)lim.rlim_cur,
		    (uintmax_t)want);
}

/* A listening socket, -1: logged why. */
static int listen_at(const struct http_server_config *cfg, uint16_t *port)
{
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(cfg->port) };
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(cfg->port) };
	bool is_v4 = inet_pton(AF_INET, cfg->address, &v4.sin_addr) == 1;
	const struct sockaddr *at = is_v4 ? (const void *)&v4 : (const void *)&v6;
	socklen_t n = is_v4 ? sizeof v4 : sizeof v6;
	int fd, one = 1;

	if (!is_v4 && inet_pton(AF_INET6, cfg->address, &v6.sin6_addr) != 1) {
		log_line(LOG_ERROR, "http_listen", "not a numeric address");
		return -1;
	}
	fd = socket(at->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
	    bind(fd, at, n) != 0 || listen(fd, 1024) != 0) {
		log_line(LOG_ERROR, "http_listen", "port=%u errno=%d %s", cfg->port, errno,
		    strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	n = sizeof v6;
	must(getsockname(fd, (void *)&v6, &n) == 0);
	*port = ntohs(v6.sin6_port); /* at the same place in both */
	return fd;
}

struct http_server *http_server_start(
    const struct http_server_config *cfg, http_handle_fn handle, void *ctx)
{
	struct http_server *s = calloc(1, sizeof *s);
	must(s);
	s->cfg = with_defaults(cfg);
	s->handle = handle;
	s->ctx = ctx;
	raise_descriptors(s->cfg.connections_most);
	s->listener = listen_at(&s->cfg, &s->port);
	if (s->listener < 0) {
		free(s);
		return NULL;
	}
	refusals_init(s);
	reaper_start(s);
	if (!workers_start(s)) {
		close(s->listener);
		reaper_end(s);
		refusals_fini(s);
		free(s);
		return NULL;
	}
	return s;
}

uint16_t http_server_port(const struct http_server *s)
{
	return s->port;
}

int http_server_threads(const struct http_server *s)
{
	return s->cfg.threads;
}

enum err http_server_stop(struct http_server *s, int wait_ms)
{
	struct timespec nap = { .tv_nsec = 2000000 };
	int64_t until = mono_ms() + wait_ms;

	if (!s)
		return OK;
	if (!atomic_exchange(&s->stopping, true)) {
		workers_quiet(s);
		close(s->listener);
	}
	/* A suspended connection makes MHD_stop_daemon abort, and a handler's exchange must not be
	 * pulled away under it: first all that is asked is answered. New requests on open
	 * connections are refused from now on, so this ends. */
	while (atomic_load(&s->in_use) > 0) {
		if (mono_ms() > until && atomic_load(&s->waiting) > 0)
			return fail(ERR_BUSY, "http_stop waiting=%d", atomic_load(&s->waiting));
		if (mono_ms() > until)
			break; /* answered, but the client reads slowly or sends slowly: cut */
		nanosleep(&nap, NULL);
	}
	workers_end(s);
	reaper_end(s);
	must(atomic_load(&s->in_use) == 0 && s->conns == NULL);
	refusals_fini(s);
	free(s);
	return OK;
}

void http_server_stats(const struct http_server *s, struct http_server_stats *out)
{
	*out = (struct http_server_stats){ .refused = atomic_load(&s->refused),
		.reaped = atomic_load(&s->reaped),
		.connections = (uint64_t)atomic_load(&s->open),
		.exchanges = (uint64_t)atomic_load(&s->in_use),
		.waiting = (uint64_t)atomic_load(&s->waiting) };
	for (int i = 0; i < s->cfg.threads; i++)
		out->requests += atomic_load(&s->workers[i].requests);
}
