/*
 * The wire over sockets: libmicrohttpd with epoll and a few threads. Each complete request (headers
 * and body, read under limits) becomes an exchange and is given to the handler in one of the
 * server's threads. The handler answers at once, or keeps the exchange and lets any other thread
 * answer it later (the writer, after its fsync): the connection sleeps meanwhile and costs nothing.
 *
 *   static void page(void *ctx, struct http_exchange *x)
 *   {
 *           x->rs.status = 200;
 *           x->rs.content_type = S("text/html; charset=utf-8");
 *           buf_str(&x->rs.body, S("<!doctype html>..."));
 *           http_exchange_send(x);     // now, or later from another thread
 *   }
 *
 * What the server refuses by itself (the handler never sees it): 400 malformed, 405 other methods,
 * 413 body over the limit, 414 and 431 address or headers over the limit, 501 and 505 what we do
 * not speak, 503 no exchange free. All of them carry our headers and the refusal's page, also where
 * it is libmicrohttpd that refuses.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "http/http.h"

struct http_server;

/* One request and its answer. Whoever holds it (the handler, then whom it was handed to) may use
 * all of it until http_exchange_send; never after. */
struct http_exchange {
	struct arena mem;           /* of rq, rs and the handler; wiped after the last byte left.
				     * mem.over is NULL: set it before taking (dispatcher) */
	struct http_request rq;     /* rq.mem is &mem; form and query are parsed already */
	struct http_response rs;    /* rs.mem is &mem; reset; the body's buffer is started */
	int worker;                 /* 0 .. threads - 1: the server thread that read the request */
	struct http_exchange *next; /* the holder's own: a link for its queue. NULL at first */
	void *user;                 /* the holder's own. NULL at first */
};

/* Called in a server thread, at most one call at a time per x->worker. It must call
 * http_exchange_send, or hand x to somebody who will. */
typedef void (*http_handle_fn)(void *ctx, struct http_exchange *x);

/* The page for a refusal by the server itself. Both texts must outlive the server; called once per
 * status at start. */
typedef void (*http_refusal_fn)(void *ctx, int status, struct str *content_type, struct str *body);

/* A server thread goes to sleep because there is nothing for it to do (true), or has woken (false).
 * In that thread, often: it must be quick. */
typedef void (*http_sleep_fn)(void *ctx, bool sleeps);

/* Zero means the default. */
struct http_server_config {
	const char *address;   /* numeric, IPv4 or IPv6; default "127.0.0.1" */
	uint16_t port;         /* 0: any free one (ask http_server_port) */
	int threads;           /* default: the number of processors, at most 16 */
	int connections_most;  /* default 4096; raises RLIMIT_NOFILE */
	int exchanges_most;    /* read, waiting or being sent at once; default 1024; beyond: 503.
				* At most half of them may be bodies still arriving */
	size_t exchange_bytes; /* address space per exchange; default 8 MiB */
	size_t header_bytes;   /* request line and headers; default 8 KiB; beyond: 431 (up to twice
				* as much goes through where there is no cookie to copy) */
	size_t body_bytes;     /* default 1 MiB; beyond: 413 */
	int header_ms;         /* from connect to the last header; default 10 000 */
	int body_ms;           /* from the last header to the end of the body; default 30 000 */
	int send_ms;           /* from http_exchange_send to the last byte; default 60 000 */
	int idle_ms;           /* keep-alive: until the next request begins; default 15 000 */
	int nap_ms;            /* a thread's longest sleep when nothing happens; default 500. Only a
				* net: no request waits for it (tests make it long to show that) */
	bool tls_in_front;     /* adds Strict-Transport-Security */
	http_sleep_fn sleep;   /* NULL: nobody wants to know; with the handler's ctx */
	http_refusal_fn refusal; /* NULL: a short plain text */
	void *refusal_ctx;
};

/* Starts listening. NULL: logged why (address in use, no descriptors). */
struct http_server *http_server_start(
    const struct http_server_config *cfg, http_handle_fn handle, void *ctx);
/* The port it listens on. */
uint16_t http_server_port(const struct http_server *s);
/* The number of server threads: x->worker is below it. */
int http_server_threads(const struct http_server *s);

/*
 * Stops: accepts nothing more at once, gives exchanges in flight wait_ms to be answered and sent,
 * then closes all and frees s. ERR_BUSY: some are still unanswered; s lives on (accepting nothing)
 * and may be stopped again, or the program may end without. NULL: OK.
 */
enum err http_server_stop(struct http_server *s, int wait_ms);

/* Sends x->rs. Once, from any thread. A client that has gone is not an error. */
void http_exchange_send(struct http_exchange *x);

struct http_server_stats {
	uint64_t requests;    /* given to the handler since the start */
	uint64_t refused;     /* answered by the server itself: 400, 405, 413, 503 ... */
	uint64_t reaped;      /* connections closed at a deadline */
	uint64_t connections; /* open now */
	uint64_t exchanges;   /* in use now: arriving, waiting or being sent */
	uint64_t waiting;     /* of these: kept by the handler, not sent yet */
};
void http_server_stats(const struct http_server *s, struct http_server_stats *out);

/* Gives the server a connected stream socket as if it had been accepted (fuzzers, tests; one end
 * of a socketpair). The server closes it. */
enum err http_server_adopt(struct http_server *s, int fd);

#endif
