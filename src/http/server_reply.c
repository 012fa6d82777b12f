/* Responses: the fixed headers, refusals made once, and bodies that leave from their arena. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/err.h"
#include "http/server_in.h"

/* Nothing but our own files; no frame around us; no other page may look in. Referrer-Policy lets
 * Origin through to ourselves: the check against forged forms needs it. */
static const struct {
	const char *name, *value;
} fixed_headers[] = {
	{ "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
	    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
	    "base-uri 'none'; manifest-src 'self'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
};

#define STRICT_TRANSPORT_AGE "max-age=63072000; includeSubDomains"
#define STRICT_TRANSPORT "Strict-Transport-Security: " STRICT_TRANSPORT_AGE

static void add(struct MHD_Response *r, const char *name, const char *value)
{
	must(MHD_add_response_header(r, name, value) == MHD_YES);
}

static void add_fixed(const struct http_server *s, struct MHD_Response *r)
{
	for (size_t i = 0; i < sizeof fixed_headers / sizeof *fixed_headers; i++)
		add(r, fixed_headers[i].name, fixed_headers[i].value);
	if (s->cfg.tls_in_front)
		add(r, "Strict-Transport-Security", STRICT_TRANSPORT_AGE);
}

static const struct {
	int status;
	const char *text;
} refusals[] = {
#define X(status, text) [REFUSAL_##status] = { status, #status " " text "\n" },
	REFUSALS(X)
#undef X
};

typedef enum MHD_Result (*queue_fn)(struct MHD_Connection *, unsigned, struct MHD_Response *);

/* The library's own, which the one of the same name below stands in front of. */
static queue_fn queue;

/* What the library would have made of a refusal, but for its first two lines. */
static void write_refusal(struct http_server *s, int i, const char *type, struct str body)
{
	size_t room = 4096 + body.n;
	char *p = malloc(room);
	int n;

	must(p);
	n = snprintf(p, room,
	    "Content-Type: %s\r\nContent-Length: %zu\r\nCache-Control: no-store\r\nConnection: close\r\n",
	    type, body.n);
	for (size_t k = 0; k < sizeof fixed_headers / sizeof *fixed_headers; k++)
		n += snprintf(p + n, room - (size_t)n, "%s: %s\r\n", fixed_headers[k].name,
		    fixed_headers[k].value);
	n += snprintf(
	    p + n, room - (size_t)n, "%s\r\n", s->cfg.tls_in_front ? STRICT_TRANSPORT "\r\n" : "");
	must(n > 0 && (size_t)n + body.n <= room);
	memcpy(p + n, body.p, body.n);
	s->refusal_bytes[i].p = p;
	s->refusal_bytes[i].n = (size_t)n + body.n;
}

void refusals_init(struct http_server *s)
{
	void *found = dlsym(RTLD_NEXT, "MHD_queue_response");

	must(found != NULL);
	memcpy(&queue, &found, sizeof queue); /* ISO C knows no cast from object to function */
	for (int i = 0; i < REFUSALS_N; i++) {
		struct str type = S("text/plain; charset=utf-8");
		struct str body = str_of(refusals[i].text);
		char type_c[128];
		struct MHD_Response *r;

		if (s->cfg.refusal)
			s->cfg.refusal(s->cfg.refusal_ctx, refusals[i].status, &type, &body);
		must(type.n < sizeof type_c);
		snprintf(type_c, sizeof type_c, "%.*s", STR(type));
		r = MHD_create_response_from_buffer(
		    body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
		must(r);
		add_fixed(s, r);
		add(r, "Content-Type", type_c);
		add(r, "Cache-Control", "no-store");
		add(r, "Connection", "close");
		if (refusals[i].status == 405)
			add(r, "Allow", "GET, HEAD, POST");
		if (refusals[i].status == 503)
			add(r, "Retry-After", "1");
		s->refusals[i] = r;
		write_refusal(s, i, type_c, body);
	}
}

void refusals_fini(struct http_server *s)
{
	for (int i = 0; i < REFUSALS_N; i++) {
		if (s->refusals[i])
			MHD_destroy_response(s->refusals[i]);
		free(s->refusal_bytes[i].p);
	}
}

/* REFUSALS_N: none. */
static int refusal_of(int status)
{
	int i = 0;

	while (i < REFUSALS_N && refusals[i].status != status)
		i++;
	return i;
}

static enum MHD_Result refuse(struct conn *k, int status, int i)
{
	struct http_server *s = k->server;

	atomic_fetch_add(&s->refused, 1);
	atomic_store(&k->deadline_ms, mono_ms() + s->cfg.send_ms);
	return queue(k->mhd, (unsigned)status, s->refusals[i]);
}

enum MHD_Result reply_refusal(struct conn *k, int status)
{
	int i = refusal_of(status);

	must(i < REFUSALS_N);
	return refuse(k, status, i);
}

/* All of it at once: a fresh answer fits into the socket's buffer, and nobody waits for a sender of
 * nonsense. */
static void send_refusal(const struct conn *k, int i)
{
	const struct http_server *s = k->server;
	const char *reason = strchr(refusals[i].text, ' ') + 1;
	time_t now = time(NULL);
	char first[160], date[40];
	struct tm t;
	int n;

	gmtime_r(&now, &t);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &t); /* the C locale, always */
	n = snprintf(first, sizeof first, "HTTP/1.1 %d %.*s\r\nDate: %s\r\n", refusals[i].status,
	    (int)strcspn(reason, "\n"), reason, date);
	if (send(k->fd, first, (size_t)n, MSG_NOSIGNAL | MSG_DONTWAIT | MSG_MORE) == n)
		(void)!send(k->fd, s->refusal_bytes[i].p, s->refusal_bytes[i].n,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
}

/*
 * libmicrohttpd (0.9.75) answers by itself what it can't read (a request line or headers that do
 * not fit, a chunk without a length ...), with an English page of its own, without our headers, and
 * has no way to be told otherwise. But it queues that answer with the same function that everybody
 * calls, through the dynamic linker, and a program's own symbol comes first there. We call the
 * library's (queue) directly, so whoever comes here is the library. The test
 * server_the_librarys_own_refusals_are_ours holds it: should a later version call past us, it says
 * so.
 *
 * What it refuses after the headers (no Host, a length that is none) it would send with its head
 * twice, the second as the first one's body: it goes on with the request as if nothing had been
 * queued. So we say it ourselves and have the connection closed.
 */
enum MHD_Result MHD_queue_response(
    struct MHD_Connection *c, unsigned status, struct MHD_Response *theirs)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct conn *k = info->socket_context;
	int i = refusal_of((int)status);

	(void)theirs; /* the library lets it go itself */
	k->unread = true;
	if (i == REFUSALS_N)
		i = status < 500 ? REFUSAL_400 : REFUSAL_500;
	atomic_fetch_add(&k->server->refused, 1);
	send_refusal(k, i);
	return MHD_NO;
}

static void body_left(void *cls)
{
	slot_let_go(cls);
}

/* A text of ours as C: headers are short. */
static const char *c_of(struct arena *mem, struct str s)
{
	return str_c(mem, s);
}

enum MHD_Result reply_exchange(struct conn *k)
{
	struct slot *slot = k->slot;
	struct http_response *rs = &slot->x.rs;
	const struct http_server *s = k->server;
	const void *body = rs->static_body ? rs->static_body : rs->body.p;
	size_t n = rs->static_body ? rs->static_n : rs->body.n;
	struct arena *mem = &slot->x.mem;
	struct MHD_Response *r;
	enum MHD_Result sent;

	must(rs->status >= 200 && rs->status <= 599);
	if (mem->budget - mem->used <
	    (size_t)16 * 1024) { /* an arena all but full: no room for headers */
		mem->over = NULL;
		return reply_refusal(k, 500);
	}
	r = MHD_create_response_from_buffer_with_free_callback_cls(
	    n, (void *)(uintptr_t)body, body_left, slot);
	must(r);
	slot->holds++;
	add_fixed(s, r);
	if (rs->content_type.n)
		add(r, "Content-Type", c_of(mem, rs->content_type));
	if (!rs->is_static)
		add(r, "Cache-Control", "no-store");
	for (int i = 0; i < rs->n_headers; i++)
		add(r, c_of(mem, rs->headers[i].name), c_of(mem, rs->headers[i].value));
	if (atomic_load_explicit(&s->stopping, memory_order_relaxed))
		add(r, "Connection", "close");
	atomic_store_explicit(&k->deadline_ms, mono_ms() + s->cfg.send_ms, memory_order_relaxed);
	sent = queue(k->mhd, (unsigned)rs->status, r);
	MHD_destroy_response(r);
	return sent;
}
