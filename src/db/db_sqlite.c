/* SQLite: one file, WAL, one connection per thread. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db_sqlite.h"

#define BUSY_MS 2000 /* other programs commit at most 50 ms at a time (design.md, many readers) */

static const char *const own_sql[OWN_COUNT] = { "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK",
	"SAVEPOINT one", "RELEASE one", "ROLLBACK TO one", "PRAGMA data_version" };

static const struct db_ops ops;

/* SQLite's messages name tables, columns and constraints, never values. */
enum err sqlite_born(struct sqlite *s, const char *what, const char *file, int line)
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
	    e, file, line, "query=%s code=%d says=\"%s\"", what, code, sqlite3_errmsg(s->h));
}

static enum err sqlite_script(struct db *db, const char *sql)
{
	struct sqlite *s = sqlite_of(db);

	return sqlite3_exec(s->h, sql, NULL, NULL, NULL) == SQLITE_OK ? OK
								      : SQLITE_BORN(s, "script");
}

/* --- scopes --- */

static enum err own_ready(struct sqlite *s, enum own which)
{
	return s->own[which] || sqlite3_prepare_v3(s->h, own_sql[which], -1,
				    SQLITE_PREPARE_PERSISTENT, &s->own[which], NULL) == SQLITE_OK
		   ? OK
		   : SQLITE_BORN(s, own_sql[which]);
}

static enum err own(struct sqlite *s, enum own which)
{
	int rc;

	TRY(own_ready(s, which));
	rc = sqlite3_step(s->own[which]);
	if (rc != SQLITE_DONE) {
		enum err e = SQLITE_BORN(s, own_sql[which]);
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
	case DB_STILL:
		return own(sqlite_of(db), BEGIN_READ);
	case DB_WRITE:
		return own(sqlite_of(db), BEGIN_WRITE);
	case DB_SAVEPOINT:
		return own(sqlite_of(db), SAVE);
	}
	return ERR_INTERNAL;
}

static enum err sqlite_begin_migration(struct db *db)
{
	return own(sqlite_of(db), BEGIN_WRITE);
}

static enum err sqlite_end(struct db *db)
{
	return own(sqlite_of(db), COMMIT);
}

/*
 * A savepoint with an open deferred key would release silently and then refuse the whole COMMIT,
 * and with it what everybody else in the batch was about to be told is kept.
 */
static enum err sqlite_release(struct db *db)
{
	struct sqlite *s = sqlite_of(db);
	int open = 0, high = 0;

	if (sqlite3_get_autocommit(s->h))
		return fail(ERR_BUSY, "release: sqlite ended the transaction itself");
	if (sqlite3_db_status(s->h, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &high, 0) != SQLITE_OK)
		return SQLITE_BORN(s, "deferred keys");
	if (open)
		return fail(ERR_CONFLICT, "release: a deferred key does not hold");
	return own(s, RELEASE);
}

static enum err sqlite_rollback(struct db *db, enum db_scope_kind kind)
{
	struct sqlite *s = sqlite_of(db);

	if (sqlite3_get_autocommit(s->h))
		return OK; /* SQLite rolled it back by itself (full disk, out of memory) */
	if (kind != DB_SAVEPOINT)
		return own(s, ROLLBACK);
	TRY(own(s, UNDO));
	return own(s, RELEASE);
}

static enum err sqlite_commit(struct db *db)
{
	if (sqlite3_get_autocommit(sqlite_of(db)->h))
		return fail(ERR_BUSY, "commit: sqlite ended the transaction itself");
	return own(sqlite_of(db), COMMIT);
}

/* What others have committed; of what this connection commits db.c keeps count. */
static enum err sqlite_others(struct db *db, int64_t *out)
{
	struct sqlite *s = sqlite_of(db);

	TRY(own_ready(s, OTHERS));
	if (sqlite3_step(s->own[OTHERS]) != SQLITE_ROW) {
		enum err e = SQLITE_BORN(s, own_sql[OTHERS]);
		sqlite3_reset(s->own[OTHERS]);
		return e;
	}
	*out = sqlite3_column_int64(s->own[OTHERS], 0);
	sqlite3_reset(s->own[OTHERS]);
	return OK;
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
	struct sqlite *s = sqlite_of(db);
	int rc = sqlite3_wal_checkpoint_v2(s->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

	return rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED
		   ? OK
		   : SQLITE_BORN(s, "checkpoint");
}

static enum err sqlite_backup(struct db *db, const char *to)
{
	struct sqlite *s = sqlite_of(db);
	sqlite3_backup *b;
	sqlite3 *copy;
	int fd, rc;

	/* Its own mode from the first byte: a backup is as secret as the data. */
	fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? ERR_CONFLICT
				       : fail(ERR_INTERNAL, "backup errno=%d", errno);
	close(fd);
	rc = sqlite3_open_v2(to, &copy, SQLITE_OPEN_READWRITE, NULL);
	b = rc == SQLITE_OK ? sqlite3_backup_init(copy, "main", s->h, "main") : NULL;
	if (b) {
		sqlite3_backup_step(b, -1);
		rc = sqlite3_backup_finish(b);
	}
	sqlite3_close(copy);
	return b && rc == SQLITE_OK ? OK : SQLITE_BORN(s, "backup");
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
	struct sqlite *s = sqlite_of(db);

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
		/* For its owner alone. Only when it is new: closing any descriptor of a file drops
		 * all this process's locks on it (POSIX), and another program that closes the
		 * database would then take itself for the last one and remove the log we still
		 * write to. */
		int fd = open(where, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

		if (fd < 0 && errno != EEXIST)
			return fail(ERR_INTERNAL, "database can't be opened errno=%d", errno);
		if (fd >= 0)
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
		enum err e = SQLITE_BORN(s, "open");
		sqlite_close(&s->db);
		return e;
	}
	*out = &s->db;
	return OK;
}

/* The file's folder: its log, the log's map and what takes their place come and go in it. */
void db_sqlite_places(const char *where, db_place_fn see, void *ctx)
{
	struct str path = str_of(where);
	char folder[4096] = ".";

	if (str_starts(path, S("file:")))
		path = (struct str){ path.p + 5, path.n - 5 };
	path = str_cut(&path, '?');
	while (path.n && path.p[path.n - 1] != '/')
		path.n--;
	if (path.n && path.n < sizeof folder)
		snprintf(folder, sizeof folder, "%.*s", STR(path));
	see(ctx, folder, true);
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
	.others = sqlite_others,
	.begin_migration = sqlite_begin_migration,
	.wal_bytes = sqlite_wal_bytes,
	.checkpoint = sqlite_checkpoint,
	.backup = sqlite_backup,
};
