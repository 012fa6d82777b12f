/* SQLite: one file, WAL, one connection per thread. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db_engine.h"

#define BUSY_MS 2000 /* other programs commit at most 50 ms at a time (design.md, many readers) */

enum own { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, SAVE, RELEASE, UNDO, OWN_COUNT };

static const char *const own_sql[OWN_COUNT] = { "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK",
	"SAVEPOINT one", "RELEASE one", "ROLLBACK TO one" };

struct sqlite {
	struct db db;
	sqlite3 *h;
	sqlite3_stmt **kept; /* by db_query.index */
	sqlite3_stmt *own[OWN_COUNT];
	sqlite3_stmt *at;    /* runs now */
	bool at_kept, began; /* began: the first row was stepped to by run */
	int first;           /* what that step answered */
	int64_t wal_bytes;
};

static const struct db_ops ops;

static struct sqlite *of(struct db *db)
{
	return (struct sqlite *)(void *)db;
}

/* SQLite's messages name tables, columns and constraints, never values. */
static enum err born(struct sqlite *s, const char *what, int line)
{
	int code = sqlite3_extended_errcode(s->h);
	enum err e = ERR_INTERNAL;

	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		e = ERR_RETRY;
		break;
	case SQLITE_CONSTRAINT:
		e = ERR_CONFLICT;
		break;
	case SQLITE_FULL:
		e = ERR_BUSY;
		break;
	default:
		break;
	}
	return err_born(
	    e, __FILE__, line, "query=%s code=%d says=\"%s\"", what, code, sqlite3_errmsg(s->h));
}
#define BORN(s, what) born((s), (what), __LINE__)

/* --- statements --- */

static enum err prepare(struct sqlite *s, const struct db_query *q, sqlite3_stmt **out)
{
	const char *tail;

	if (q->index >= 0 && s->kept[q->index]) {
		*out = s->kept[q->index];
		return OK;
	}
	if (sqlite3_prepare_v3(s->h, q->sqlite, -1, q->index >= 0 ? SQLITE_PREPARE_PERSISTENT : 0,
		out, &tail) != SQLITE_OK)
		return BORN(s, q->name);
	if (sqlite3_bind_parameter_count(*out) != q->ins || sqlite3_column_count(*out) != q->outs) {
		enum err e = fail(ERR_INTERNAL, "query=%s parameters=%d columns=%d header=%d,%d",
		    q->name, sqlite3_bind_parameter_count(*out), sqlite3_column_count(*out), q->ins,
		    q->outs);
		sqlite3_finalize(*out);
		return e;
	}
	if (q->index >= 0)
		s->kept[q->index] = *out;
	return OK;
}

static enum err sqlite_prepare(struct db *db, const struct db_query *q)
{
	sqlite3_stmt *st;

	TRY(prepare(of(db), q, &st));
	if (!sqlite3_stmt_readonly(st) != q->writes) {
		if (q->index < 0)
			sqlite3_finalize(st);
		return fail(ERR_INTERNAL, "query=%s writes=%d", q->name, q->writes);
	}
	if (q->index < 0)
		sqlite3_finalize(st);
	return OK;
}

/* Bound without copying: the values live until the statement is reset in done(). */
static int bind(sqlite3_stmt *st, int at, const struct db_value *v)
{
	const char *p = v->s.p ? v->s.p : ""; /* a NULL pointer would bind NULL */
	char day[16];

	if (v->null)
		return sqlite3_bind_null(st, at);
	switch (v->type) {
	case DB_INT64:
		return sqlite3_bind_int64(st, at, v->i);
	case DB_TEXT:
		return sqlite3_bind_text64(st, at, p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	case DB_BLOB:
		return sqlite3_bind_blob64(st, at, p, v->s.n, SQLITE_STATIC);
	case DB_DATE:
		if (!date_known(v->d))
			return sqlite3_bind_null(st, at);
		db_day(v->d, day);
		return sqlite3_bind_text(st, at, day, 10, SQLITE_TRANSIENT);
	}
	return SQLITE_MISUSE;
}

static void sqlite_done(struct db *db)
{
	struct sqlite *s = of(db);

	if (!s->at)
		return;
	sqlite3_reset(s->at);
	if (s->at_kept)
		sqlite3_clear_bindings(s->at); /* they borrow the caller's memory */
	else
		sqlite3_finalize(s->at);
	s->at = NULL;
}

static enum err sqlite_run(struct db *db, const struct db_query *q, const struct db_value *in)
{
	struct sqlite *s = of(db);

	if (db->in_scope && sqlite3_get_autocommit(s->h))
		return fail(ERR_BUSY, "query=%s sqlite ended the transaction itself", q->name);
	TRY(prepare(s, q, &s->at));
	s->at_kept = q->index >= 0;
	for (int i = 0; i < q->ins; i++) {
		if (bind(s->at, i + 1, &in[i]) != SQLITE_OK) {
			enum err e = BORN(s, q->name);
			sqlite_done(db);
			return e;
		}
	}
	/* The first step is taken here, while the caller's values still stand; the caller may
	 * build in[] on its stack. */
	s->first = sqlite3_step(s->at);
	s->began = true;
	if (s->first != SQLITE_ROW && s->first != SQLITE_DONE) {
		enum err e = BORN(s, q->name);
		sqlite_done(db);
		return e;
	}
	return OK;
}

static enum err sqlite_next(struct db *db, bool *more)
{
	struct sqlite *s = of(db);
	int rc = s->began ? s->first : sqlite3_step(s->at);

	s->began = false;
	*more = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : BORN(s, db->open->name);
}

static inline enum err value(
    sqlite3_stmt *st, const char *name, int col, enum db_type type, struct db_value *out)
{
	int is = sqlite3_column_type(st, col);

	*out = (struct db_value){ .type = type, .null = is == SQLITE_NULL };
	if (out->null)
		return OK;
	switch (type) {
	case DB_INT64:
		out->i = sqlite3_column_int64(st, col);
		if (is == SQLITE_INTEGER)
			return OK;
		break;
	case DB_TEXT:
		out->s.p = (const char *)sqlite3_column_text(st, col);
		out->s.n = (size_t)sqlite3_column_bytes(st, col);
		if (is == SQLITE_TEXT)
			return OK;
		break;
	case DB_BLOB:
		out->s.p = sqlite3_column_blob(st, col);
		out->s.n = (size_t)sqlite3_column_bytes(st, col);
		if (!out->s.p)
			out->s.p = "";
		if (is == SQLITE_BLOB)
			return OK;
		break;
	case DB_DATE:
		out->s.p = (const char *)sqlite3_column_text(st, col);
		out->s.n = (size_t)sqlite3_column_bytes(st, col);
		if (is == SQLITE_TEXT && date_parse(out->s, &out->d))
			return OK;
		break;
	}
	return fail(ERR_INTERNAL, "query=%s column=%d holds another type", name, col);
}

static enum err sqlite_value(struct db *db, int col, enum db_type type, struct db_value *out)
{
	return value(of(db)->at, db->open->name, col, type, out);
}

static enum err sqlite_fill(
    struct db *db, const struct db_query *q, struct arena *mem, unsigned char *row)
{
	sqlite3_stmt *st = of(db)->at;
	struct db_value v;

	for (int i = 0; i < q->outs; i++) {
		TRY(value(st, q->name, i, q->cols[i].type, &v));
		TRY(db_put(q, &q->cols[i], &v, mem, row));
	}
	return OK;
}

static int64_t sqlite_changed(struct db *db)
{
	return sqlite3_changes64(of(db)->h);
}

static enum err sqlite_script(struct db *db, const char *sql)
{
	struct sqlite *s = of(db);

	return sqlite3_exec(s->h, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : BORN(s, "script");
}

/* --- scopes --- */

static enum err own(struct sqlite *s, enum own which)
{
	int rc;

	if (!s->own[which] && sqlite3_prepare_v3(s->h, own_sql[which], -1,
				  SQLITE_PREPARE_PERSISTENT, &s->own[which], NULL) != SQLITE_OK)
		return BORN(s, own_sql[which]);
	rc = sqlite3_step(s->own[which]);
	if (rc != SQLITE_DONE) {
		enum err e = BORN(s, own_sql[which]);
		sqlite3_reset(s->own[which]);
		return e;
	}
	sqlite3_reset(s->own[which]);
	return OK;
}

static enum err sqlite_begin(struct db *db, enum db_scope_kind kind)
{
	switch (kind) {
	case DB_SNAPSHOT:
		return own(of(db), BEGIN_READ);
	case DB_WRITE:
		return own(of(db), BEGIN_WRITE);
	case DB_SAVEPOINT:
		return own(of(db), SAVE);
	}
	return ERR_INTERNAL;
}

static enum err sqlite_begin_migration(struct db *db)
{
	return own(of(db), BEGIN_WRITE);
}

static enum err sqlite_end(struct db *db)
{
	return own(of(db), COMMIT);
}

/*
 * A savepoint with an open deferred key would release silently and then refuse the whole COMMIT,
 * and with it what everybody else in the batch was about to be told is kept.
 */
static enum err sqlite_release(struct db *db)
{
	struct sqlite *s = of(db);
	int open = 0, high = 0;

	if (sqlite3_get_autocommit(s->h))
		return fail(ERR_BUSY, "release: sqlite ended the transaction itself");
	if (sqlite3_db_status(s->h, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &high, 0) != SQLITE_OK)
		return BORN(s, "deferred keys");
	if (open)
		return fail(ERR_CONFLICT, "release: a deferred key does not hold");
	return own(s, RELEASE);
}

static enum err sqlite_rollback(struct db *db, enum db_scope_kind kind)
{
	struct sqlite *s = of(db);

	if (sqlite3_get_autocommit(s->h))
		return OK; /* SQLite rolled it back by itself (full disk, out of memory) */
	if (kind != DB_SAVEPOINT)
		return own(s, ROLLBACK);
	TRY(own(s, UNDO));
	return own(s, RELEASE);
}

static enum err sqlite_commit(struct db *db)
{
	if (sqlite3_get_autocommit(of(db)->h))
		return fail(ERR_BUSY, "commit: sqlite ended the transaction itself");
	return own(of(db), COMMIT);
}

/* --- the WAL --- */

static int after_commit(void *ctx, sqlite3 *h, const char *name, int pages)
{
	(void)h, (void)name;
	((struct sqlite *)ctx)->wal_bytes = (int64_t)pages * 4096;
	return SQLITE_OK;
}

static int64_t sqlite_wal_bytes(const struct db *db)
{
	return ((const struct sqlite *)(const void *)db)->wal_bytes;
}

static enum err sqlite_checkpoint(struct db *db)
{
	struct sqlite *s = of(db);
	int rc = sqlite3_wal_checkpoint_v2(s->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

	return rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED ? OK
									   : BORN(s, "checkpoint");
}

/* --- open and close --- */

static void configure(void)
{
	/* Each connection stays with one thread: no mutexes. MISUSE when something (a crash test's
	 * VFS) has started SQLite already: then it is only slower. */
	(void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static void sqlite_close(struct db *db)
{
	struct sqlite *s = of(db);

	sqlite_done(db);
	for (int i = 0; s->kept && i < db_query_count; i++)
		sqlite3_finalize(s->kept[i]);
	for (int i = 0; i < OWN_COUNT; i++)
		sqlite3_finalize(s->own[i]);
	sqlite3_close(s->h);
	free(s->kept);
	free(s);
}

/* cache_size is in KiB below zero: what a connection keeps in its own memory; the file itself is
 * read through the map, which the kernel shares between connections. */
static const char setup_both[] =
    "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
    "PRAGMA mmap_size = 2147418112;";
static const char setup_reader[] = "PRAGMA cache_size = -1024; PRAGMA query_only = ON;";
static const char setup_writer[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
    "PRAGMA cache_size = -4096; PRAGMA journal_size_limit = 67108864;";

enum err db_sqlite_open(const char *where, enum db_use use, struct db **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	bool uri = strncmp(where, "file:", 5) == 0;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (uri ? SQLITE_OPEN_URI : 0);
	struct sqlite *s;
	int rc;

	pthread_once(&once, configure);
	if (use == DB_WRITER && !uri) {
		int fd = open(where, O_RDWR | O_CREAT | O_CLOEXEC, 0600); /* for its owner alone */

		if (fd < 0)
			return fail(ERR_INTERNAL, "database can't be opened errno=%d", errno);
		close(fd);
	}
	s = calloc(1, sizeof *s);
	must(s);
	s->db = (struct db){ .ops = &ops, .engine = DB_SQLITE, .use = use };
	s->kept = calloc((size_t)db_query_count + 1, sizeof *s->kept);
	must(s->kept);
	if (use == DB_WRITER)
		flags |= SQLITE_OPEN_CREATE;
	rc = sqlite3_open_v2(where, &s->h, flags, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_extended_result_codes(s->h, 1);
		sqlite3_busy_timeout(s->h, BUSY_MS);
		sqlite3_wal_hook(s->h, after_commit, s); /* in place of automatic checkpoints */
		rc = sqlite3_exec(s->h, setup_both, NULL, NULL, NULL);
	}
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(
		    s->h, use == DB_WRITER ? setup_writer : setup_reader, NULL, NULL, NULL);
	if (rc != SQLITE_OK) {
		enum err e = BORN(s, "open");
		sqlite_close(&s->db);
		return e;
	}
	*out = &s->db;
	return OK;
}

static const struct db_ops ops = {
	.close = sqlite_close,
	.prepare = sqlite_prepare,
	.run = sqlite_run,
	.next = sqlite_next,
	.done = sqlite_done,
	.fill = sqlite_fill,
	.value = sqlite_value,
	.changed = sqlite_changed,
	.script = sqlite_script,
	.begin = sqlite_begin,
	.end = sqlite_end,
	.release = sqlite_release,
	.rollback = sqlite_rollback,
	.commit = sqlite_commit,
	.begin_migration = sqlite_begin_migration,
	.wal_bytes = sqlite_wal_bytes,
	.checkpoint = sqlite_checkpoint,
};
