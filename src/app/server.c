/* Between a socket and a handler: static files and public pages at once, reads on a reader's
 * connection and then through the book, writes on the writer's. */
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/app.h"
#include "app/sandbox.h"
#include "base/log.h"
#include "q_app.h"
#include "web/frame.h"
#include "web/kept.h"
#include "web/staff.h"

#define READ_TRIES 3

struct reader { /* one per server thread */
	struct db *db, *book_db;
	struct staff_cards *cards;
	bool adopted;
};

struct server {
	struct site site;
	struct keys *keys;
	struct token_keys *tokens;
	struct http_server *http;
	struct writer *writer;
	struct reader *readers;
	int n_readers;
	atomic_bool ready;
};

/* Runs an attempt in a snapshot, again when the store asks for it. */
static void read_once(struct work *w, struct reader *r, struct writer *writer)
{
	if (!r->adopted) { /* this worker's first page */
		db_adopt(r->db);
		db_adopt(r->book_db);
		r->adopted = true;
	}
	for (int i = 0; i < READ_TRIES; i++) {
		w->seen = writer_seen(writer);
		if (db_begin(r->db, DB_SNAPSHOT) != OK)
			continue;
		if (serve_attempt(w, r->db, r->book_db, r->cards) == OK)
			db_end(r->db);
		else
			db_rollback(r->db, DB_SNAPSHOT);
		if (w->result != ERR_RETRY)
			return;
	}
	w->result = ERR_RETRY; /* the writer tries once more */
}

/* Public pages with nothing personal in them need no record. */
static bool goes_to_the_book(const struct work *w)
{
	return w->writes || w->n_entries > 0 || w->result == ERR_RETRY;
}

static void health(struct server *s, struct http_exchange *x)
{
	bool ready = str_eq(x->rq.path, S("/healthz")) || atomic_load(&s->ready);

	x->rs.status = ready ? 200 : 503;
	x->rs.content_type = S("text/plain; charset=utf-8");
	buf_str(&x->rs.body, ready ? S("ok\n") : S("starting or stopping\n"));
	http_exchange_send(x);
}

static void handle(void *ctx, struct http_exchange *x)
{
	struct server *s = ctx;
	struct work *w;

	log_request(x->rq.id);
	if (str_eq(x->rq.path, S("/healthz")) || str_eq(x->rq.path, S("/readyz"))) {
		health(s, x);
		return;
	}
	if (app_asset(x))
		return;
	w = arena_new(&x->mem, struct work);
	serve_work(w, x, &x->mem, &s->site);
	if (!w->writes) {
		read_once(w, &s->readers[x->worker], s->writer);
		/* Here and not by the writer, for which all wait. One that it has to make again it
		 * lays again. */
		if (w->result != ERR_RETRY)
			serve_lay(w);
	}
	if (goes_to_the_book(w))
		writer_take(s->writer, w);
	else
		serve_send(w);
	log_request(0);
}

static void sleeps(void *ctx, bool asleep)
{
	struct server *s = ctx;

	writer_company(s->writer, !asleep);
}

static int processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 16 ? 16 : (int)n;
}

/* Demo or live: written into the database when it was made, so that neither can pass for the other.
 */
static enum err mode_is_demo(const struct config *cfg, bool *demo)
{
	struct arena mem;
	struct q_setting row = { 0 };
	struct db *db;
	enum err e = db_open(cfg->database, DB_READER, &db);

	if (e != OK)
		return e;
	arena_init(&mem, 1 << 20);
	e = q_setting(db, &mem, S("mode"), &row);
	*demo = e == OK && row.found && str_eq(row.value, S("demo"));
	arena_fini(&mem);
	db_close(db);
	return e;
}

static enum err open_readers(struct server *s, const struct config *cfg)
{
	for (int i = 0; i < s->n_readers; i++) {
		TRY(db_open(cfg->database, DB_READER, &s->readers[i].db));
		TRY(db_open(cfg->book, DB_READER, &s->readers[i].book_db));
		s->readers[i].cards = staff_cards_open();
	}
	return OK;
}

static enum err start(struct server *s, const struct config *cfg)
{
	struct http_server_config http = { .address = cfg->address,
		.port = (uint16_t)cfg->port,
		.threads = s->n_readers,
		.tls_in_front = cfg->tls_in_front,
		.refusal = frame_refusal,
		.refusal_ctx = &s->site,
		.sleep = sleeps };

	TRY(keys_open(cfg->key_file[0] ? cfg->key_file : NULL, &s->keys));
	s->tokens = token_keys_open(s->keys);
	s->site = (struct site){ .keys = s->keys,
		.tokens = s->tokens,
		.tls_in_front = cfg->tls_in_front,
		.version = PROGRAM_VERSION,
		.session_ms = cfg->session_minutes * 60000,
		.kept = kept_open((size_t)cfg->kept_mb << 20) };
	TRY(writer_open(cfg, &s->site, &s->writer));
	TRY(mode_is_demo(cfg, &s->site.demo));
	TRY(open_readers(s, cfg));
	sandbox_files(cfg);
	writer_run(s->writer);
	s->http = http_server_start(&http, handle, s);
	if (!s->http)
		return fail(ERR_INTERNAL, "the server could not start");
	sandbox_calls(cfg);
	atomic_store(&s->ready, true);
	return OK;
}

enum err server_start(const struct config *cfg, struct server **out)
{
	struct server *s = calloc(1, sizeof *s);
	enum err e;

	must(s != NULL);
	s->n_readers = cfg->threads ? (int)cfg->threads : processors();
	s->readers = calloc((size_t)s->n_readers, sizeof *s->readers);
	must(s->readers != NULL);
	e = start(s, cfg);
	if (e != OK) {
		server_stop(s);
		return e;
	}
	*out = s;
	return OK;
}

uint16_t server_port(const struct server *s)
{
	return http_server_port(s->http);
}

void server_stop(struct server *s)
{
	if (!s)
		return;
	atomic_store(&s->ready, false);
	/* Drain first: MHD_stop_daemon with a suspended connection aborts. */
	if (s->http && http_server_stop(s->http, 10000) != OK)
		log_line(LOG_WARN, "stop", "some answers were not sent in time");
	writer_stop(s->writer);
	writer_close(s->writer);
	for (int i = 0; i < s->n_readers; i++) {
		db_close(s->readers[i].db);
		db_close(s->readers[i].book_db);
		staff_cards_close(s->readers[i].cards);
	}
	if (s->site.kept) {
		struct kept_stats k;

		kept_stats(s->site.kept, &k);
		log_line(LOG_INFO, "kept",
		    "given again=%ju put in=%ju pages=%ju bytes=%ju packed=%ju", (uintmax_t)k.found,
		    (uintmax_t)k.made, (uintmax_t)k.pages, (uintmax_t)k.plain, (uintmax_t)k.packed);
	}
	kept_close(s->site.kept);
	token_keys_close(s->tokens);
	keys_close(s->keys);
	free(s->readers);
	free(s);
}
