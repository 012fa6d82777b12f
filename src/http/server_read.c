/* Reading: what libmicrohttpd calls while a request arrives, until the handler has it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/err.h"
#include "base/log.h"
#include "http/http_in.h"
#include "http/server_in.h"

/* Fields in one query or form. The largest form of ours (my work, one row per child) has a few per
 * row. */
#define PAIRS_MOST 2000

/* A body over the limit is read past up to this much, so that a browser sees the answer instead of
 * a broken connection; the body's deadline still holds. */
#define PAST_MOST ((size_t)16 << 20)

/* Bytes that came but were not read would make close() take back what we answered (RST). */
static void read_past(int fd)
{
	char waste[16384];
	size_t n = 0;
	ssize_t got;

	while (n < PAST_MOST && (got = recv(fd, waste, sizeof waste, MSG_DONTWAIT)) > 0)
		n += (size_t)got;
}

void server_on_connection(void *cls, struct MHD_Connection *c, void **socket_context,
    enum MHD_ConnectionNotificationCode code)
{
	struct worker *w = cls;
	struct conn *k = *socket_context;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		reaper_remove(k);
		if (k->unread)
			read_past(k->fd);
		w->closed = true;
		atomic_fetch_sub(&w->open, 1);
		free(k);
		return;
	}
	k = calloc(1, sizeof *k);
	must(k);
	k->server = w->server;
	k->worker = w;
	k->mhd = c;
	k->fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	atomic_store(&k->deadline_ms, mono_ms() + w->server->cfg.header_ms);
	*socket_context = k;
	atomic_fetch_add(&w->open, 1);
	reaper_add(k);
}

/* The request line is here: from now on the clock for headers runs. */
void *server_on_uri(void *cls, const char *uri, struct MHD_Connection *c)
{
	const struct worker *w = cls;
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct conn *k = info->socket_context;

	(void)uri;
	k->begun = false;
	atomic_store_explicit(
	    &k->deadline_ms, mono_ms() + w->server->cfg.header_ms, memory_order_relaxed);
	return k;
}

static void see(struct conn *k, struct str *at, struct str value)
{
	k->seen.bad = k->seen.bad || at->p || !str_is_clean(value);
	*at = value;
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name_c,
    size_t name_n, const char *value_c, size_t value_n)
{
	struct conn *k = cls;
	struct str name = { name_c, name_n };
	struct str value = { value_c ? value_c : "", value_n };

	(void)kind;
	/* "Content-Length : 3" comes through libmicrohttpd as a header of another name: one reader
	 * in front would have seen a length, we would not (RFC 9112 5.1). */
	if (!http_is_token(name))
		k->seen.bad = true;
	/* A lone CR is a line's end to some readers and none to others (RFC 9110 5.5). */
	if (memchr(value.p, '\r', value.n) || memchr(value.p, '\n', value.n))
		k->seen.bad = true;
	switch (name_n) { /* by length first: most headers are none of ours */
	case 4:
		if (http_same_word(name, S("Host")))
			see(k, &k->host, value);
		break;
	case 6:
		if (http_same_word(name, S("Origin")))
			see(k, &k->origin, value);
		else if (http_same_word(name, S("Cookie")))
			see(k, &k->seen.cookie, value);
		else if (http_same_word(name, S("Expect")))
			see(k, &k->seen.expect, value);
		break;
	case 12:
		if (http_same_word(name, S("Content-Type")))
			see(k, &k->content_type, value);
		break;
	case 13:
		if (http_same_word(name, S("If-None-Match")))
			see(k, &k->if_none_match, value);
		break;
	case 14:
		if (http_same_word(name, S("Content-Length")))
			see(k, &k->seen.content_length, value);
		else if (http_same_word(name, S("Sec-Fetch-Site")))
			see(k, &k->sec_fetch_site, value);
		break;
	case 15:
		if (http_same_word(name, S("Accept-Language")))
			see(k, &k->accept_language, value);
		else if (http_same_word(name, S("Accept-Encoding")))
			see(k, &k->accept_encoding, value);
		break;
	case 17:
		if (http_same_word(name, S("Transfer-Encoding")))
			see(k, &k->seen.transfer_encoding, value);
		break;
	default:
		break;
	}
	return MHD_YES;
}

/* How long the body is. RFC 9112 6.1-6.3: what two readers could measure in two ways is refused,
 * else a proxy in front and we would see different requests. */
static bool body_length(struct conn *k)
{
	struct str length = k->seen.content_length;
	int64_t n = 0;

	k->length = 0;
	if (k->seen.transfer_encoding.p) {
		k->length = SIZE_MAX;
		return !length.p && http_same_word(k->seen.transfer_encoding, S("chunked"));
	}
	if (!length.p)
		return true;
	if (length.n == 0 || length.n > 18 || length.p[0] == '-' ||
	    !str_to_i64(length, 0, INT64_MAX, &n))
		return false;
	k->length = (size_t)n;
	return true;
}

static enum MHD_Result begin(struct conn *k, const char *method, const char *version)
{
	struct http_server *s = k->server;

	k->begun = true;
	k->refuse = 0;
	k->past = 0;
	k->seen = (struct seen){ 0 };
	k->content_type = k->accept_language = k->accept_encoding = k->host = k->origin =
	    k->sec_fetch_site = k->if_none_match = (struct str){ NULL, 0 };
	MHD_get_connection_values_n(k->mhd, MHD_HEADER_KIND, on_header, k);
	if (k->seen.bad || !body_length(k))
		return reply_refusal(k, 400);
	if (strcmp(version, "HTTP/1.1") != 0 &&
	    (strcmp(version, "HTTP/1.0") != 0 || k->seen.transfer_encoding.p))
		return reply_refusal(k, 400);
	if (strcmp(method, "GET") == 0)
		k->method = HTTP_GET;
	else if (strcmp(method, "HEAD") == 0)
		k->method = HTTP_HEAD;
	else if (strcmp(method, "POST") == 0)
		k->method = HTTP_POST;
	else
		return reply_refusal(k, 405);
	if (k->length != SIZE_MAX && k->length > s->cfg.body_bytes) {
		if (k->length > PAST_MOST || k->seen.expect.p)
			return reply_refusal(k, 413);
		k->refuse = 413;
	}
	if (k->length)
		atomic_store_explicit(
		    &k->deadline_ms, mono_ms() + s->cfg.body_ms, memory_order_relaxed);
	return MHD_YES;
}

/* A place for the body. At most half of all exchanges: slow senders leave room for readers. */
static bool body_begin(struct conn *k)
{
	struct http_server *s = k->server;
	size_t room = k->length == SIZE_MAX ? 4096 : k->length;

	if (atomic_fetch_add(&s->arriving, 1) < (s->cfg.exchanges_most + 1) / 2)
		k->slot = slot_take(k);
	if (!k->slot) {
		atomic_fetch_sub(&s->arriving, 1);
		k->refuse = 503;
		return false;
	}
	k->arriving = true;
	buf_init(&k->slot->body, &k->slot->x.mem, room);
	return true;
}

static void body_end(struct conn *k)
{
	if (k->arriving)
		atomic_fetch_sub(&k->server->arriving, 1);
	k->arriving = false;
}

static enum MHD_Result body_more(struct conn *k, const char *p, size_t n)
{
	if (!k->refuse && !k->slot)
		body_begin(k);
	/* Growing doubles, in a budget of at least four bodies: it can't run over. */
	if (!k->refuse && n > k->server->cfg.body_bytes - k->slot->body.n) {
		k->refuse = 413;
		body_end(k);
		slot_let_go(k->slot);
		k->slot = NULL;
	}
	if (!k->refuse) {
		buf_put(&k->slot->body, p, n);
		return MHD_YES;
	}
	k->past += n;
	return k->past <= PAST_MOST ? MHD_YES : MHD_NO;
}

struct query {
	struct arena *mem;
	struct http_pairs *out;
	bool bad;
};

/* '+' is a space already. */
static enum MHD_Result on_query(void *cls, enum MHD_ValueKind kind, const char *name_c,
    size_t name_n, const char *value_c, size_t value_n)
{
	struct query *q = cls;
	struct http_pair *pair = &q->out->v[q->out->n];
	struct str name = { name_c, name_n };
	struct str value = { value_c ? value_c : "", value_n };

	(void)kind;
	if (name.n == 0 && value.n == 0)
		return MHD_YES;
	q->bad = http_unescape(q->mem, name, false, &pair->name) != OK ||
		 http_unescape(q->mem, value, false, &pair->value) != OK;
	q->out->n++;
	return q->bad ? MHD_NO : MHD_YES;
}

/* Fills the request. Returns 0 or the status to refuse with. */
static int fill(struct conn *k, const char *url)
{
	struct slot *slot = k->slot;
	struct http_request *rq = &slot->x.rq;
	struct query q = { .mem = &slot->x.mem, .out = &rq->query };
	struct str type = http_media_type(k->content_type);
	int n;

	*rq = (struct http_request){ .mem = q.mem,
		.id = 1,
		.method = k->method,
		.path = str_of(url),
		.body = buf_text(&slot->body),
		.content_type = k->content_type,
		.accept_language = k->accept_language,
		.accept_encoding = k->accept_encoding,
		.host = k->host,
		.origin = k->origin,
		.sec_fetch_site = k->sec_fetch_site,
		.if_none_match = k->if_none_match };
	if (!str_starts(rq->path, S("/")))
		return 400;
	n = MHD_get_connection_values_n(k->mhd, MHD_GET_ARGUMENT_KIND, NULL, NULL);
	if (n > PAIRS_MOST)
		return 400;
	if (n > 0) {
		rq->query.v = arena_array(q.mem, struct http_pair, (size_t)n);
		MHD_get_connection_values_n(k->mhd, MHD_GET_ARGUMENT_KIND, on_query, &q);
		if (q.bad)
			return 400;
	}
	if (k->seen.cookie.n)
		http_parse_cookies(q.mem, k->seen.cookie, &rq->cookies);
	if (k->method != HTTP_POST || rq->body.n == 0)
		return 0;
	if (http_same_word(type, S("application/x-www-form-urlencoded")) &&
	    http_parse_urlencoded(q.mem, rq->body, PAIRS_MOST, &rq->form) != OK)
		return 400;
	if (http_same_word(type, S("multipart/form-data")) &&
	    http_parse_multipart(q.mem, rq->content_type, rq->body, PAIRS_MOST, &rq->form) != OK)
		return 400;
	return 0;
}

static int fill_within_budget(struct conn *k, const char *url)
{
	struct arena *mem = &k->slot->x.mem;
	volatile int status = 413;
	jmp_buf over;

	mem->over = &over;
	if (setjmp(over) == 0)
		status = fill(k, url);
	mem->over = NULL;
	return status;
}

static uint64_t random_next(struct worker *w)
{
	uint64_t z = w->random += 0x9e3779b97f4a7c15; /* splitmix64: ids for the log only */

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* All of the request is here: gives it to the handler. */
static enum MHD_Result ask(struct conn *k, const char *url)
{
	struct http_server *s = k->server;
	struct worker *w = k->worker;
	struct slot *slot = k->slot ? k->slot : slot_take(k);
	int asked = SLOT_ASKED;
	int refuse;

	body_end(k);
	k->slot = slot;
	if (!slot || atomic_load(&s->stopping)) /* after in_use went up: see http_server_stop */
		return reply_refusal(k, 503);
	atomic_store_explicit(&k->deadline_ms, 0, memory_order_relaxed);
	refuse = fill_within_budget(k, url);
	if (refuse)
		return reply_refusal(k, refuse);
	do
		slot->x.rq.id = random_next(w);
	while (slot->x.rq.id == 0);
	http_response_reset(&slot->x.rs, &slot->x.mem);
	atomic_store_explicit(&w->requests,
	    atomic_load_explicit(&w->requests, memory_order_relaxed) + 1, memory_order_relaxed);
	atomic_store(&slot->state, SLOT_ASKED);
	atomic_fetch_add(&s->waiting, 1);
	s->handle(s->ctx, &slot->x);
	if (atomic_load(&slot->state) == SLOT_SENT)
		return reply_exchange(k);
	MHD_suspend_connection(k->mhd);
	if (!atomic_compare_exchange_strong(&slot->state, &asked, SLOT_ASLEEP))
		MHD_resume_connection(
		    k->mhd); /* sent between the two lines above: we are its worker */
	return MHD_YES;
}

void http_exchange_send(struct http_exchange *x)
{
	struct slot *slot = (struct slot *)x;
	int before;

	atomic_fetch_sub(&slot->home->server->waiting, 1);
	before = atomic_exchange(&slot->state, SLOT_SENT);
	must(before == SLOT_ASKED || before == SLOT_ASLEEP);
	if (before == SLOT_ASLEEP) /* asleep until it is woken: its connection is alive */
		worker_wake(slot);
}

enum MHD_Result server_on_request(void *cls, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_n, void **ctx)
{
	struct conn *k = *ctx;

	(void)cls, (void)c;
	if (!k->begun)
		return begin(k, method, version);
	if (*upload_n) {
		size_t n = *upload_n;

		*upload_n = 0;
		return body_more(k, upload, n);
	}
	if (k->refuse)
		return reply_refusal(k, k->refuse);
	if (k->slot && atomic_load(&k->slot->state) == SLOT_SENT)
		return reply_exchange(k);
	return ask(k, url);
}

void server_on_done(
    void *cls, struct MHD_Connection *c, void **ctx, enum MHD_RequestTerminationCode code)
{
	const struct worker *w = cls;
	struct conn *k = *ctx;

	(void)c, (void)code;
	if (!k)
		return;
	body_end(k);
	if (k->slot)
		slot_let_go(k->slot);
	k->slot = NULL;
	k->begun = false;
	atomic_store_explicit(
	    &k->deadline_ms, mono_ms() + w->server->cfg.idle_ms, memory_order_relaxed);
}
