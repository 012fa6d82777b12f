#include "http/kit_test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "t.h"

int64_t t_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void t_nap(int ms)
{
	struct timespec t = { ms / 1000, (ms % 1000) * 1000000L };

	nanosleep(&t, NULL);
}

static void *writer_run(void *arg)
{
	struct t_server *t = arg;

	pthread_mutex_lock(&t->lock);
	while (!t->writer_ends || t->later) {
		struct http_exchange *batch = t->later;

		t->later = NULL;
		if (!batch) {
			pthread_cond_wait(&t->changed, &t->lock);
			continue;
		}
		pthread_mutex_unlock(&t->lock);
		while (batch) {
			struct http_exchange *x = batch;

			batch = x->next;
			http_exchange_send(x);
		}
		pthread_mutex_lock(&t->lock);
	}
	pthread_mutex_unlock(&t->lock);
	return NULL;
}

static void echo_pairs(struct buf *b, const char *what, const struct http_pairs *pairs)
{
	for (size_t i = 0; i < pairs->n; i++)
		buf_fmt(b, "%s %.*s=%.*s\n", what, STR(pairs->v[i].name), STR(pairs->v[i].value));
}

static void handle(void *ctx, struct http_exchange *x)
{
	struct t_server *t = ctx;
	struct buf *b = &x->rs.body;
	bool keep = str_eq(x->rq.path, S("/keep"));
	bool later = str_starts(x->rq.path, S("/later"));

	x->rs.status = 200;
	x->rs.content_type = S("text/plain; charset=utf-8");
	buf_fmt(b, "path %.*s\nlength %zu\n", STR(x->rq.path), x->rq.body.n);
	echo_pairs(b, "query", &x->rq.query);
	echo_pairs(b, "form", &x->rq.form);
	echo_pairs(b, "cookie", &x->rq.cookies);
	if (x->rq.body.n < 1000)
		buf_fmt(b, "body %.*s\n", STR(x->rq.body));
	if (x->rq.origin.p)
		buf_fmt(b, "origin %.*s\n", STR(x->rq.origin));
	if (str_eq(x->rq.path, S("/worker")))
		buf_fmt(b, "worker %d\n", x->worker);
	if (str_eq(x->rq.path, S("/big")))
		for (int i = 0; i < 6 << 10; i++)
			buf_fmt(b, "%01024d", i);
	if (!keep && !later) {
		http_exchange_send(x);
		return;
	}
	pthread_mutex_lock(&t->lock);
	x->next = keep ? t->kept : t->later;
	*(keep ? &t->kept : &t->later) = x;
	t->n_kept += keep;
	pthread_cond_broadcast(&t->changed);
	pthread_mutex_unlock(&t->lock);
}

void t_server_start(struct t_server *t, const struct http_server_config *cfg)
{
	struct http_server_config c = *cfg;

	*t = (struct t_server){ 0 };
	c.threads = c.threads ? c.threads : 2;
	c.nap_ms = c.nap_ms ? c.nap_ms : 60000; /* who waited for it would be seen */
	c.exchange_bytes = c.exchange_bytes ? c.exchange_bytes : (size_t)16 << 20;
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->changed, NULL);
	t->http = http_server_start(&c, handle, t);
	assert_non_null(t->http);
	t->port = http_server_port(t->http);
	assert_int_equal(pthread_create(&t->writer, NULL, writer_run, t), 0);
}

void t_kept(struct t_server *t, int n)
{
	int64_t until = t_ms() + PATIENCE_MS;
	int have = -1;

	while (have != n && t_ms() < until) {
		pthread_mutex_lock(&t->lock);
		have = t->n_kept;
		pthread_mutex_unlock(&t->lock);
		t_nap(1);
	}
	assert_int_equal(have, n);
}

void t_stats_are(const struct t_server *t, uint64_t exchanges, uint64_t waiting)
{
	struct http_server_stats s;
	int64_t until = t_ms() + PATIENCE_MS;

	do {
		http_server_stats(t->http, &s);
		t_nap(2);
	} while ((s.exchanges != exchanges || s.waiting != waiting) && t_ms() < until);
	assert_int_equal(s.exchanges, exchanges);
	assert_int_equal(s.waiting, waiting);
}

void t_release(struct t_server *t)
{
	struct http_exchange *x, *next;

	pthread_mutex_lock(&t->lock);
	x = t->kept;
	t->kept = NULL;
	t->n_kept = 0;
	pthread_mutex_unlock(&t->lock);
	for (; x; x = next) {
		next = x->next;
		http_exchange_send(x);
	}
}

void t_server_stop(struct t_server *t)
{
	t_release(t);
	assert_ok(http_server_stop(t->http, PATIENCE_MS));
	pthread_mutex_lock(&t->lock);
	t->writer_ends = true;
	pthread_cond_broadcast(&t->changed);
	pthread_mutex_unlock(&t->lock);
	pthread_join(t->writer, NULL);
	pthread_mutex_destroy(&t->lock);
	pthread_cond_destroy(&t->changed);
}

int t_connect(const struct t_server *t)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(t->port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (const void *)&at, sizeof at), 0);
	return fd;
}

bool t_try_send(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		bytes = (struct str){ bytes.p + n, bytes.n - (size_t)n };
	}
	return true;
}

void t_send(int fd, struct str bytes)
{
	assert_true(t_try_send(fd, bytes));
}

/* How many whole answers stand in s; HEAD is not for this. */
static int whole(struct str s)
{
	int n = 0;

	for (;;) {
		const char *end = s.n ? memmem(s.p, s.n, "\r\n\r\n", 4) : NULL;
		const char *length;
		size_t head, body = 0;

		if (!end)
			return n;
		head = (size_t)(end - s.p) + 4;
		length = memmem(s.p, head, "Content-Length: ", 16);
		if (length)
			body = strtoul(length + 16, NULL, 10);
		if (s.n < head + body)
			return n;
		s = (struct str){ s.p + head + body, s.n - head - body };
		n++;
	}
}

struct str t_answers(int fd, int n, int wait_ms)
{
	int64_t until = t_ms() + wait_ms;
	struct pollfd poll_in = { .fd = fd, .events = POLLIN };
	struct buf b;
	char *piece = malloc(65536);

	buf_init(&b, t_mem(), 65536);
	assert_non_null(piece);
	while (whole(buf_text(&b)) < n && t_ms() < until) {
		ssize_t got;

		if (poll(&poll_in, 1, (int)(until - t_ms())) <= 0)
			break;
		got = recv(fd, piece, 65536, 0);
		if (got <= 0)
			break;
		buf_put(&b, piece, (size_t)got);
	}
	free(piece);
	buf_char(&b, '\0'); /* so that strstr works on it */
	b.n--;
	return buf_text(&b);
}

struct str t_rest(int fd, int wait_ms)
{
	struct str s = t_answers(fd, 1000000, wait_ms);

	close(fd);
	return s;
}

struct str t_ask(const struct t_server *t, struct str bytes)
{
	int fd = t_connect(t);

	t_send(fd, bytes);
	return t_rest(fd, PATIENCE_MS);
}

bool t_closed(int fd, int wait_ms)
{
	int64_t until = t_ms() + wait_ms;
	char c[4096];

	while (t_ms() < until) {
		ssize_t n = recv(fd, c, sizeof c, MSG_DONTWAIT);

		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return true;
		t_nap(5);
	}
	return false;
}
