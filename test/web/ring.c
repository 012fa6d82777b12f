/* Long: the plays' words, the actors and the batch share one ring. */
#include "web/ring.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access/book.h"
#include "auth/session.h"
#include "db/db_engine.h"
#include "feat/home/overview.h"
#include "http/http_in.h"
#include "t.h"
#include "web/frame.h"
#include "web/kept.h"
#include "web/staff.h"

/* 18 November 2026, 10:00 in Sweden: a Wednesday. */
#define WORLD_MS INT64_C(1794992400000)
#define KEEPS 32
#define SEEN 64

struct ring {
	struct arena mem;  /* of the play */
	struct arena page; /* of the running answer */
	struct http_exchange x;
	struct keys *keys;
	struct site site;
	struct config cfg;
	struct writer *writer;
	struct db *db, *book_db;
	struct staff_cards *cards;
	uint64_t last_request;
	const char *language; /* chosen; NULL: not */
	struct {
		char name[32];
		struct str value;
	} keeps[KEEPS];
	int n_keeps;
	struct { /* pages that were asked for in this play */
		char actor[32], path[200];
	} seen[SEEN];
	int n_seen;
	const char *file;
	int line;
};

void ring_adopt(struct ring *r)
{
	db_adopt(r->db);
	db_adopt(r->book_db);
	writer_adopt(r->writer);
}

struct db *ring_db(struct ring *r)
{
	return r->db;
}

struct arena *ring_mem(struct ring *r)
{
	return &r->mem;
}

void ring_language(struct ring *r, const char *tag)
{
	r->language = tag;
}

void ring_jobs(struct ring *r)
{
	writer_jobs(r->writer);
}

struct db *ring_book_db(struct ring *r)
{
	return r->book_db;
}

const struct keys *ring_keys(const struct ring *r)
{
	return r->keys;
}

void (*ring_before)(void), (*ring_after)(void);
void (*ring_between)(struct ring *r);
void (*ring_works)(struct work **works, size_t n);

static void carry_out(struct ring *r, struct work **works, size_t n)
{
	if (ring_before)
		ring_before();
	if (ring_works)
		ring_works(works, n);
	writer_carry_out(r->writer, works, n);
	if (ring_after)
		ring_after();
}

static void put_world(struct ring *r)
{
	const char *path = str_c(&r->mem, str_fmt(&r->mem, "%s/test/web/world.sql", t_source()));

	assert_ok(db_migrate(r->db, DB_STORE_MAIN));
	assert_ok(db_script(r->db, str_c(&r->mem, t_file(&r->mem, path))));
	arena_rewind(&r->mem, 0);
}

struct ring *ring_open(void)
{
	return ring_open_at(t_where(), "", "", true);
}

struct ring *ring_open_at(const char *database, const char *book, const char *copy, bool fresh)
{
	struct ring *r = arena_new(t_mem(), struct ring);
	const char *key = str_c(t_mem(), str_fmt(t_mem(), "%s/key", t_dir()));

	clock_set_ms(WORLD_MS);
	arena_init(&r->mem, (size_t)64 << 20);
	arena_init(&r->page, (size_t)8 << 20);
	if (access(key, R_OK) != 0)
		assert_ok(keys_make(key));
	assert_ok(keys_open(key, &r->keys));
	r->site = (struct site){ .keys = r->keys,
		.tokens = token_keys_open(r->keys),
		.version = "test",
		.demo = true,
		.session_ms = INT64_C(400) * 86400000,
		.kept = kept_open((size_t)8 << 20) };
	assert_ok(config_load(NULL, &r->cfg));
	snprintf(r->cfg.database, sizeof r->cfg.database, "%s", database);
	snprintf(r->cfg.book, sizeof r->cfg.book, "%s", book);
	snprintf(r->cfg.data, sizeof r->cfg.data, "%s", t_dir());
	if (copy[0])
		snprintf(r->cfg.copy, sizeof r->cfg.copy, "%s", copy);
	config_finish(&r->cfg);
	assert_ok(db_open(r->cfg.database, DB_WRITER, &r->db));
	if (fresh)
		put_world(r);
	assert_ok(writer_open(&r->cfg, &r->site, &r->writer));
	assert_ok(db_open(r->cfg.book, DB_READER, &r->book_db));
	r->cards = staff_cards_open();
	return r;
}

void ring_close(struct ring *r)
{
	writer_close(r->writer);
	db_close(r->db);
	db_close(r->book_db);
	kept_close(r->site.kept);
	staff_cards_close(r->cards);
	token_keys_close((struct token_keys *)r->site.tokens);
	keys_close(r->keys);
	arena_fini(&r->page);
	arena_fini(&r->mem);
	clock_set_ms(0);
}

/* A query of the test's own. */
static bool one_row(struct db *db, const char *sql, int cols, int64_t *out)
{
	static const struct db_column numbers[] = { { "a", DB_INT64, true, 0, 0 },
		{ "b", DB_INT64, true, 0, 0 } };
	struct db_query q = {
		.name = "ring", .sqlite = sql, .pg = sql, .index = -1, .outs = cols, .cols = numbers
	};
	bool more;

	assert_ok(db_run(db, &q, NULL));
	assert_ok(db_next(db, &more));
	for (int i = 0; more && i < cols; i++)
		out[i] = db_col_null(db, i) ? 0 : db_col_i64(db, i);
	db_done(db);
	return more;
}

/* A fresh session for each request: an actor is always signed in. */
static void sign_in(struct ring *r, const char *actor, struct token *token)
{
	int64_t who[2] = { 0, 0 };
	char sql[200];

	*token = (struct token){ 0 };
	if (strcmp(actor, "nobody") == 0)
		return;
	snprintf(sql, sizeof sql, "SELECT person, assignment FROM actor WHERE name = '%s'", actor);
	if (!one_row(r->db, sql, 2, who))
		fail_msg("%s:%d: there is no actor %s in world.sql", r->file, r->line, actor);
	assert_ok(db_begin(r->db, DB_WRITE));
	assert_ok(session_begin(r->db, &r->page, r->site.tokens, (struct person_id){ who[0] },
	    (struct assignment_id){ who[1] }, clock_now_ms(), clock_now_ms() + 3600000, token));
	assert_ok(db_commit(r->db));
}

/* An exchange as the server would have made it. */
static void make_exchange(struct http_exchange *x, struct arena *mem, struct ring *r,
    const char *actor, const char *path, const char *form)
{
	struct str target = str_of(str_c(mem, str_of(path))), csrf;
	struct token token;
	struct http_pair *cookie = arena_array(mem, struct http_pair, 2);

	sign_in(r, actor, &token);
	*x = (struct http_exchange){ .mem = *mem };
	x->rq = (struct http_request){ .mem = mem,
		.id = (uint64_t)id_random(),
		.method = form ? HTTP_POST : HTTP_GET,
		.path = str_cut(&target, '?'),
		.accept_language = S("sv") };
	assert_ok(http_parse_urlencoded(mem, target, 64, &x->rq.query));
	*cookie = (struct http_pair){ S(COOKIE_SESSION), token_text(mem, &token) };
	x->rq.cookies = (struct http_pairs){ cookie, strcmp(actor, "nobody") != 0 };
	if (r->language)
		cookie[x->rq.cookies.n++] =
		    (struct http_pair){ S(COOKIE_LANGUAGE), str_of(r->language) };
	csrf = csrf_make(r->site.tokens, mem, &token, S("form"));
	if (form && !str_has(str_of(form), S("csrf=")))
		form = str_c(mem, str_fmt(mem, "%s%scsrf=%.*s", form, *form ? "&" : "", STR(csrf)));
	if (form)
		assert_ok(http_parse_urlencoded(mem, str_of(form), 128, &x->rq.form));
	http_response_reset(&x->rs, mem);
}

static struct str header(const struct http_response *rs, struct str name)
{
	for (int i = 0; i < rs->n_headers; i++)
		if (str_eq(rs->headers[i].name, name))
			return rs->headers[i].value;
	return S("");
}

/* Random bytes in a page can spell any short word: tokens are blacked out before words are looked
 * for. */
static void black_out(struct buf *body, struct str before)
{
	char *at = body->p, *end = body->p + body->n;

	while (at && (at = memmem(at, (size_t)(end - at), before.p, before.n)) != NULL)
		for (at += before.n; at < end && *at != '"'; at++)
			*at = '*';
}

/* However often it was made and laid: one page, and no header twice. */
static void made_once(const struct http_response *rs)
{
	static const char doctype[] = "<!doctype html>";
	const char *at = rs->body.p;

	for (int i = 0; i < rs->n_headers; i++)
		for (int k = 0; k < i; k++)
			if (str_eq(rs->headers[i].name, rs->headers[k].name) &&
			    str_eq(rs->headers[i].value, rs->headers[k].value))
				fail_msg("a header twice: %.*s", STR(rs->headers[i].name));
	if (!rs->body.n || !(at = memmem(at, rs->body.n, doctype, sizeof doctype - 1)))
		return;
	at += sizeof doctype - 1;
	assert_null(
	    memmem(at, (size_t)(rs->body.p + rs->body.n - at), doctype, sizeof doctype - 1));
}

struct ring_answer ring_do(struct ring *r, const char *actor, const char *path, const char *form)
{
	struct work *w;

	arena_rewind(&r->page, 0);
	make_exchange(&r->x, &r->page, r, actor, path, form);
	r->x.rq.mem = &r->page;
	w = arena_new(&r->page, struct work);
	serve_work(w, &r->x, &r->page, &r->site);
	carry_out(r, &w, 1);
	frame_lay(&w->rq, &w->rs);
	made_once(&r->x.rs);
	black_out(&r->x.rs.body, S("name=\"csrf\" value=\""));
	black_out(&r->x.rs.body, S("name=\"once\" value=\""));
	r->last_request = r->x.rq.id;
	return (struct ring_answer){ r->x.rs.status, buf_text(&r->x.rs.body),
		header(&r->x.rs, S("Location")) };
}

/* As a server's reader makes a page before the writer has its batch. */
static void make_before(struct ring *r, struct work *w)
{
	w->seen = writer_seen(r->writer);
	assert_ok(db_begin(r->db, DB_SNAPSHOT));
	if (serve_attempt(w, r->db, r->book_db, r->cards) == OK)
		assert_ok(db_end(r->db));
	else
		assert_ok(db_rollback(r->db, DB_SNAPSHOT));
	if (w->result != ERR_RETRY)
		serve_lay(w);
}

void ring_do_together(struct ring *r, struct ring_ask *asks, size_t n)
{
	size_t mark = arena_mark(&r->mem);

	ring_do_beside(r, asks, arena_array(&r->mem, struct ring_beside, n), n);
	arena_rewind(&r->mem, mark);
}

void ring_do_beside(struct ring *r, struct ring_ask *asks, struct ring_beside *beside, size_t n)
{
	size_t mark = arena_mark(&r->mem);
	struct work **works = arena_array(&r->mem, struct work *, n);
	struct arena *mems = arena_array(&r->mem, struct arena, n);
	struct http_exchange *xs = arena_array(&r->mem, struct http_exchange, n);

	arena_rewind(&r->page, 0);
	for (size_t i = 0; i < n; i++) {
		arena_init(&mems[i], (size_t)8 << 20);
		make_exchange(&xs[i], &mems[i], r, asks[i].actor, asks[i].path, asks[i].form);
		xs[i].rq.mem = &mems[i];
		works[i] = arena_new(&mems[i], struct work);
		serve_work(works[i], &xs[i], &mems[i], &r->site);
		if (beside[i].made_before)
			make_before(r, works[i]);
	}
	if (ring_between)
		ring_between(r);
	carry_out(r, works, n);
	for (size_t i = 0; i < n; i++) {
		serve_lay(works[i]); /* as the server does before it sends */
		made_once(&xs[i].rs);
		asks[i].status = xs[i].rs.status;
		beside[i].request = xs[i].rq.id;
		beside[i].location = str_copy(&r->page, header(&xs[i].rs, S("Location")));
		beside[i].body = str_copy(
		    &r->page, buf_text(xs[i].rs.body.n ? &xs[i].rs.body : &works[i]->rs.html.out));
		arena_fini(&mems[i]);
	}
	arena_rewind(&r->mem, mark);
}

const struct site *ring_site(const struct ring *r)
{
	return &r->site;
}

int64_t ring_number(struct ring *r, const char *sql)
{
	static const struct db_column col[] = { { "v", DB_INT64, true, 0, 0 } };
	struct db_query q = {
		.name = "ring_number", .sqlite = sql, .pg = sql, .index = -1, .outs = 1, .cols = col
	};
	int64_t v = -1;
	bool more, own = !ring_db(r)->in_scope;

	/* In a scope, its own or the test's: a column of another type is told there alone. */
	if (own)
		assert_ok(db_begin(ring_db(r), DB_WRITE));
	assert_ok(db_run(ring_db(r), &q, NULL));
	assert_ok(db_next(ring_db(r), &more));
	if (more && !db_col_null(ring_db(r), 0))
		v = db_col_i64(ring_db(r), 0);
	db_done(ring_db(r));
	assert_false(ring_db(r)->failed);
	if (own)
		assert_ok(db_commit(ring_db(r)));
	return v;
}

bool ring_booked(struct ring *r, const char *kind, const char *act, int64_t child)
{
	static const char sql[] = "SELECT content FROM look ORDER BY seq DESC LIMIT 40";
	static const struct db_column content[] = { { "content", DB_TEXT, true, 0, 0 } };
	struct db_query q = { .name = "ring_looks",
		.sqlite = sql,
		.pg = sql,
		.index = -1,
		.outs = 1,
		.cols = content };
	bool found = false;

	assert_ok(db_begin(r->book_db, DB_SNAPSHOT));
	assert_ok(db_run(r->book_db, &q, NULL));
	for (bool more; !found && db_next(r->book_db, &more) == OK && more;) {
		struct book_entry e;

		assert_true(book_entry_of(db_col_text(r->book_db, 0, &r->mem), &e));
		found = e.request == r->last_request && str_eq(e.act, str_of(act)) &&
			(child == 0 || e.child == child) &&
			strcmp(book_kind_word(e.kind), kind) == 0;
	}
	db_done(r->book_db);
	assert_ok(db_end(r->book_db));
	return found;
}

/* --- plays --- */

static _Noreturn void broken(
    struct ring *r, const char *what, struct str detail, const struct ring_answer *a)
{
	fail_msg("test/web/%s.http:%d: %s %.*s\nstatus %d, location %.*s, body:\n%.*s", r->file,
	    r->line, what, STR(detail), a ? a->status : 0, STR(a ? a->location : S("")),
	    STR(a ? a->body : S("")));
	abort();
}

/* The next word: bare, or "in quotes" with \" and \\ inside; $name is replaced by what was kept. */
static bool word(struct ring *r, struct str *rest, struct str *out)
{
	struct buf b;
	bool quoted = false;

	*rest = str_trim(*rest);
	if (rest->n == 0)
		return false;
	buf_init(&b, &r->mem, 64);
	while (rest->n && (quoted || !isspace((unsigned char)*rest->p))) {
		char c = *rest->p;

		rest->p++;
		rest->n--;
		if (c == '"') {
			quoted = !quoted;
		} else if (c == '\\' && rest->n) {
			buf_char(&b, *rest->p);
			rest->p++;
			rest->n--;
		} else if (c == '$') {
			size_t n = 0;
			bool found = false;

			while (n < rest->n &&
			       (isalnum((unsigned char)rest->p[n]) || rest->p[n] == '_'))
				n++;
			for (int i = 0; i < r->n_keeps; i++) {
				if (str_eq(str_of(r->keeps[i].name), (struct str){ rest->p, n })) {
					buf_str(&b, r->keeps[i].value);
					found = true;
				}
			}
			if (!found)
				broken(r, "nothing is kept as", (struct str){ rest->p, n }, NULL);
			rest->p += n;
			rest->n -= n;
		} else {
			buf_char(&b, c);
		}
	}
	*out = buf_text(&b);
	return true;
}

static void put_form(struct buf *b, struct str field)
{
	struct str value = field, name = str_cut(&value, '=');

	if (b->n)
		buf_char(b, '&');
	buf_str(b, name);
	buf_char(b, '=');
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (isalnum(c) || c == '-' || c == '_' || c == '.')
			buf_char(b, (char)c);
		else
			buf_fmt(b, "%%%02X", c);
	}
}

static void keep(struct ring *r, struct str name, struct str behind, const struct ring_answer *a)
{
	struct str from = behind.n && behind.p[0] == '/' && a->location.n ? a->location : a->body;
	const char *at = from.n ? memmem(from.p, from.n, behind.p, behind.n) : NULL;
	size_t n = 0, room;
	int i = 0;

	if (!at)
		broken(r, "keep: the answer has no", behind, a);
	at += behind.n;
	room = (size_t)(from.p + from.n - at);
	while (n < room && !strchr("\"<&/", at[n]))
		n++;
	while (i < r->n_keeps && !str_eq(str_of(r->keeps[i].name), name))
		i++;
	assert_true(i < KEEPS);
	r->n_keeps = i == r->n_keeps ? i + 1 : r->n_keeps;
	snprintf(r->keeps[i].name, sizeof r->keeps[i].name, "%.*s", STR(name));
	r->keeps[i].value = str_copy(&r->mem, (struct str){ at, n });
}

static void audit(struct ring *r, struct str *rest, const struct ring_answer *a)
{
	struct str kind, act, child = { 0 };
	int64_t id = 0;

	if (!word(r, rest, &kind) || !word(r, rest, &act))
		broken(r, "audit wants KIND ACT", *rest, NULL);
	*rest = str_trim(*rest);
	if (str_starts(*rest, S("child="))) {
		if (!word(r, rest, &child) ||
		    !str_to_i64((struct str){ child.p + 6, child.n - 6 }, 1, INT64_MAX, &id))
			broken(r, "not a child", child, NULL);
	}
	if (!ring_booked(r, str_c(&r->mem, kind), str_c(&r->mem, act), id))
		broken(r, "not in the book:", act, a);
}

/* What the answer must hold: STATUS, has, hasnt, to, keep, audit. */
static void expect(struct ring *r, struct str rest, const struct ring_answer *a)
{
	struct str w, arg;

	while (word(r, &rest, &w)) {
		int64_t status;

		if (str_to_i64(w, 100, 599, &status)) {
			if (a->status != (int)status)
				broken(r, "not the status", w, a);
			continue;
		}
		if (str_eq(w, S("audit"))) {
			audit(r, &rest, a);
			continue;
		}
		if (!word(r, &rest, &arg))
			broken(r, "a text is missing behind", w, NULL);
		if (str_eq(w, S("has")) && !str_has(a->body, arg))
			broken(r, "the page has no", arg, a);
		else if (str_eq(w, S("hasnt")) && str_has(a->body, arg))
			broken(r, "the page has", arg, a);
		else if (str_eq(w, S("to")) && !str_starts(a->location, arg))
			broken(r, "does not lead to", arg, a);
		else if (str_eq(w, S("keep"))) {
			struct str name = arg;

			if (!word(r, &rest, &arg))
				broken(r, "keep wants NAME \"text\"", name, NULL);
			keep(r, name, arg, a);
		} else if (!str_eq(w, S("has")) && !str_eq(w, S("hasnt")) && !str_eq(w, S("to")))
			broken(r, "no such word", w, NULL);
	}
}

static void remember_page(struct ring *r, const char *actor, const char *path)
{
	if (r->n_seen == SEEN)
		return;
	for (int i = 0; i < r->n_seen; i++)
		if (strcmp(r->seen[i].actor, actor) == 0 && strcmp(r->seen[i].path, path) == 0)
			return;
	snprintf(r->seen[r->n_seen].actor, sizeof r->seen[0].actor, "%s", actor);
	snprintf(r->seen[r->n_seen++].path, sizeof r->seen[0].path, "%s", path);
}

static void act(struct ring *r, struct str line)
{
	struct str actor, method, path, w;
	struct buf form;
	struct ring_answer a;
	bool post;

	if (!word(r, &line, &actor) || !word(r, &line, &method) || !word(r, &line, &path))
		broken(r, "as ACTOR METHOD PATH ...", line, NULL);
	post = str_eq(method, S("POST"));
	buf_init(&form, &r->mem, 256);
	while (word(r, &line, &w) && !str_eq(w, S("=>")))
		put_form(&form, w);
	a = ring_do(r, str_c(&r->mem, actor), str_c(&r->mem, path),
	    post ? str_c(&r->mem, buf_text(&form)) : NULL);
	if (!post)
		remember_page(r, str_c(&r->mem, actor), str_c(&r->mem, path));
	expect(r, line, &a);
}

/* A page as one of the readers would make it now, its tokens blacked out. It leaves no record. */
static struct str page_now(
    struct ring *r, struct arena *mem, struct kept *kept, const char *actor, const char *path)
{
	struct http_exchange *x = arena_new(mem, struct http_exchange);
	struct site site = r->site;
	struct work *w = arena_new(mem, struct work);

	site.kept = kept;
	make_exchange(x, mem, r, actor, path, NULL);
	x->rq.mem = mem;
	x->rq.id = 1; /* error pages show it */
	serve_work(w, x, mem, &site);
	make_before(r, w);
	black_out(&w->rs.html.out, S("name=\"csrf\" value=\""));
	black_out(&w->rs.html.out, S("name=\"once\" value=\""));
	return str_fmt(mem, "%d %.*s: %.*s looks=%d self=%d wide=%d", x->rs.status,
	    STR(w->rs.title), STR(buf_text(&w->rs.html.out)), w->rs.n_looks, w->rs.look_self,
	    w->rs.wide);
}

static void overview_wrong(void *to, struct child_id child)
{
	const struct ring *r = to;

	fail_msg("%s:%d: the overview of child %lld is not what the rows say", r->file, r->line,
	    (long long)child.v);
}

/* After each line of a play: each overview that is read says what the rows say. */
static void hold_overviews_against_rows(struct ring *r)
{
	size_t checked;

	assert_ok(db_begin(r->db, DB_SNAPSHOT));
	assert_ok(overview_check(r->db, &r->mem, clock_now_ms(), overview_wrong, r, &checked));
	assert_ok(db_end(r->db));
}

/* After each line of a play: no page that is kept differs from the one that would be made now
 * (promise 5: whatever the line changed). */
static void hold_kept_against_fresh(struct ring *r)
{
	struct arena a, b;

	arena_init(&a, (size_t)8 << 20);
	arena_init(&b, (size_t)8 << 20);
	for (int i = 0; i < r->n_seen; i++) {
		const char *actor = r->seen[i].actor, *path = r->seen[i].path;
		struct str kept = page_now(r, &a, r->site.kept, actor, path);
		struct str fresh = page_now(r, &b, NULL, actor, path);

		if (!str_eq(kept, fresh)) {
			size_t at = 0;

			while (at < kept.n && at < fresh.n && kept.p[at] == fresh.p[at])
				at++;
			fail_msg("%s:%d: %s %s: the kept page is not the one made now: \"%.80s\" "
				 "and \"%.80s\"",
			    r->file, r->line, actor, path, str_c(&a, kept) + at,
			    str_c(&b, fresh) + at);
		}
		arena_rewind(&a, 0);
		arena_rewind(&b, 0);
	}
	arena_fini(&a);
	arena_fini(&b);
}

static void play_line(struct ring *r, struct str line)
{
	struct str rest = str_trim(line), days;
	int64_t n;

	if (rest.n == 0 || rest.p[0] == '#')
		return;
	if (str_starts(rest, S("as "))) {
		act(r, (struct str){ rest.p + 3, rest.n - 3 });
	} else if (str_starts(rest, S("sql "))) {
		assert_ok(db_script(r->db, str_c(&r->mem, (struct str){ rest.p + 4, rest.n - 4 })));
	} else if (str_starts(rest, S("days "))) {
		days = str_trim((struct str){ rest.p + 5, rest.n - 5 });
		assert_true(str_to_i64(days, -4000, 4000, &n));
		clock_set_ms(clock_now_ms() + n * 86400000);
	} else {
		broken(r, "a line begins with as, sql, days or #:", rest, NULL);
	}
	hold_kept_against_fresh(r);
	hold_overviews_against_rows(r);
}

void ring_play(const char *name)
{
	struct ring *r = ring_open();
	struct str all = t_file(
	    t_mem(), str_c(t_mem(), str_fmt(t_mem(), "%s/test/web/%s.http", t_source(), name)));
	struct buf line;

	r->file = name;
	buf_init(&line, t_mem(), 1024);
	while (all.n) {
		struct str part = str_cut(&all, '\n');

		r->line++;
		if (part.n && part.p[part.n - 1] == '\\') {
			buf_put(&line, part.p, part.n - 1);
			continue;
		}
		buf_str(&line, part);
		play_line(r, buf_text(&line));
		line.n = 0;
	}
	ring_close(r);
}
