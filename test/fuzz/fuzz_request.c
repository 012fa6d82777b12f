/*
 * Raw bytes against the whole server, over a socket pair; and the bytes up to the first line end as
 * a path against routes. What the handler is given keeps its promises, and each answer of the
 * server is one it may give.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "http/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static _Atomic int asked;

static void clean(const struct http_pairs *pairs, bool values)
{
	for (size_t i = 0; i < pairs->n; i++)
		must(
		    str_is_clean(pairs->v[i].name) && (!values || str_is_clean(pairs->v[i].value)));
}

static void handle(void *ctx, struct http_exchange *x)
{
	struct http_request *rq = &x->rq;
	bool file = str_has(rq->content_type, S("multipart"));

	(void)ctx;
	atomic_fetch_add(&asked, 1);
	must(rq->id != 0 && str_starts(rq->path, S("/")));
	must(rq->method == HTTP_GET || rq->method == HTTP_HEAD || rq->method == HTTP_POST);
	must(rq->body.n <= 4096 && (rq->method == HTTP_POST || rq->form.n == 0));
	clean(&rq->query, true);
	clean(&rq->form, !file);
	clean(&rq->cookies, true);
	must(str_is_clean(rq->host) && str_is_clean(rq->origin));
	must(str_is_clean(rq->accept_language) && str_is_clean(rq->content_type));
	if (http_route_match("/a/{a}/b/{b}", rq))
		must(http_param(rq, "a") > 0 && http_param(rq, "b") > 0);
	struct form f = form_of(&x->mem, &rq->form);
	form_text(&f, S("a"), 1, 20);
	form_date(&f, S("b"), true);
	x->rs.status = f.bad ? 422 : 200;
	buf_str(&x->rs.body, S("ok"));
	http_exchange_send(x);
}

static bool may_answer(const char *p, ssize_t n)
{
	static const char *const begins[] = { "HTTP/1.1 100 ", "HTTP/1.1 200 ", "HTTP/1.1 400 ",
		"HTTP/1.1 405 ", "HTTP/1.1 413 ", "HTTP/1.1 414 ", "HTTP/1.1 422 ", "HTTP/1.1 431 ",
		"HTTP/1.1 505 ", "HTTP/1.0 " };

	if (n < 13)
		return n <= 0;
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (memcmp(p, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

static struct http_server *server_here(void)
{
	static struct http_server *s;

	if (!s) {
		struct http_server_config cfg = { .threads = 1,
			.body_bytes = 4096,
			.header_bytes = 2048,
			.exchange_bytes = 1 << 20,
			/* Half a request and its end in one piece: libmicrohttpd misses the end,
			 * and the reaper closes. */
			.header_ms = 40,
			.body_ms = 40,
			.idle_ms = 40 };

		s = http_server_start(&cfg, handle, NULL);
		must(s);
	}
	return s;
}

static void over_the_wire(const uint8_t *data, size_t n)
{
	char answer[65536];
	ssize_t got;
	bool first = true;
	int fd[2];

	must(socketpair(AF_UNIX, SOCK_STREAM, 0, fd) == 0);
	must(http_server_adopt(server_here(), fd[1]) == OK);
	while (n) {
		ssize_t sent = send(fd[0], data, n, MSG_NOSIGNAL);

		if (sent <= 0)
			break;
		data += sent, n -= (size_t)sent;
	}
	shutdown(fd[0], SHUT_WR);
	while ((got = recv(fd[0], answer, sizeof answer, 0)) > 0) {
		must(!first || may_answer(answer, got));
		first = false;
	}
	close(fd[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *end = n ? memchr(data, '\n', n) : NULL;
	struct http_request rq = { .path = { (const char *)data, end ? (size_t)(end - data) : n } };

	if (http_route_match("/plans/{plan}/steps/{step}", &rq))
		must(rq.n_params == 2 && rq.params[0] > 0 && rq.params[1] > 0);
	http_route_match("/", &rq);
	over_the_wire(data, n);
	return 0;
}
