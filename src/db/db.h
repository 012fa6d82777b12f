/*
 * The well: one small interface over SQLite and PostgreSQL. Features never call it directly: they
 * call the functions that gen/queries makes from their .sql files. Only db_sqlite.c and db_pg.c
 * know which engine it is.
 *
 * A struct db is one connection, used by one thread at a time. Statements are prepared once per
 * connection and kept.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct db; /* closed: see db_open */

enum db_engine { DB_SQLITE, DB_POSTGRES };

/* What a connection is for. A reader sees snapshots and can't write. */
enum db_use { DB_READER, DB_WRITER };

enum db_type { DB_INT64, DB_TEXT, DB_DATE, DB_BLOB };

/* One value in or out. null stands above the rest. */
struct db_value {
	enum db_type type;
	bool null;
	int64_t i;     /* DB_INT64 */
	struct str s;  /* DB_TEXT, DB_BLOB: borrowed until the query is done */
	struct date d; /* DB_DATE: stored as ISO text; unknown is stored as NULL */
};

enum db_store { DB_STORE_MAIN, DB_STORE_BOOK };

/* A column of a row struct: where its value goes. DB_INT64 stands for ids too. */
struct db_column {
	const char *name;
	enum db_type type;
	bool nullable; /* a NULL where this is false is ERR_INTERNAL: the query's header is wrong */
	size_t at;     /* offset in the row struct */
	size_t null_at; /* offset of the bool beside a nullable int64; 0: none */
};

/* A query as gen/queries makes it. index is unique in the program, from 0 to db_query_count - 1;
 * -1: not kept, prepared anew each time. */
struct db_query {
	const char *name;   /* "child_by_id" */
	const char *sqlite; /* parameters ?1, ?2 ... */
	const char *pg;     /* parameters $1, $2 ... */
	int index;
	int ins, outs; /* number of parameters and of columns */
	const enum db_type *in_types;
	const struct db_column *cols;
	size_t row;     /* size of the row struct */
	uint64_t shape; /* db_shape, made by the build for what is packed; 0: not made */
	bool writes;
	enum db_store store; /* whose tables it speaks of */
};
/* All queries of the program, for the test that prepares each on both engines (made by the build).
 */
extern const struct db_query *const db_queries[];
extern const int db_query_count;

/*
 * where: a file's path or "file:" URI (SQLite; "file:x?vfs=NAME" names a VFS, for crash tests), or
 * "postgresql://...". Creates a missing SQLite file (mode 0600) when use is DB_WRITER. SQLite: WAL,
 * synchronous=FULL, foreign keys on, own statements kept, no mutex. ERR_RETRY: the server does not
 * answer.
 */
enum err db_open(const char *where, enum db_use use, struct db **out);
void db_close(struct db *db); /* takes NULL */
/* A connection is used by one thread at a time, first by the one that opened it: must() holds it,
 * since two that take turns by mistake spoil a database without a sign (one did, in a bench). The
 * calling thread has it from now on; whoever had it before has ended or waits. */
void db_adopt(struct db *db);
/* The places that connections to where use or open again while the program runs: see is told each
 * path (a folder: with all in it), and whether files in it are written and made. For the sandbox.
 */
typedef void (*db_place_fn)(void *ctx, const char *path, bool writes);
void db_places(const char *where, db_place_fn see, void *ctx);
/* True: where is a server, which is connected to again after it was lost. */
bool db_connects(const char *where);
enum db_engine db_engine(const struct db *db);

/* What made code calls. Rows and their texts lie in mem. */
enum err db_one(struct db *db, const struct db_query *q, const struct db_value *in,
    struct arena *mem, void *row); /* no row: ERR_NOT_FOUND; two rows: ERR_INTERNAL */
enum err db_maybe(struct db *db, const struct db_query *q, const struct db_value *in,
    struct arena *mem, void *row, bool *found);
enum err db_many(struct db *db, const struct db_query *q, const struct db_value *in,
    struct arena *mem, void **rows, size_t *n);
#define DB_ANY (-1)
/* ERR_CONFLICT when the change touched another number of rows than want (DB_ANY: any number). */
enum err db_change(
    struct db *db, const struct db_query *q, const struct db_value *in, int64_t want);
/* Prepares q and holds its columns and parameters against the header; for tests and the start. */
enum err db_prepare(struct db *db, const struct db_query *q);

/*
 * Runs a query by hand. Rows come by db_next until *more is false (or db_done ends it early). Only
 * one query of a connection is open at a time. Columns are read by place. Errors of all calls:
 * ERR_RETRY (serialization failure, lost connection, busy for too long), ERR_CONFLICT (a constraint
 * or trigger refused the change), ERR_BUSY (the disk is full, the server has no room),
 * ERR_INTERNAL. After an error inside a DB_WRITE or DB_SAVEPOINT that scope answers nothing but
 * errors, on both engines, until it is rolled back. A RETRY or BUSY inside a DB_SAVEPOINT spoils
 * the whole DB_WRITE: every later call answers the same, until that is rolled back and run again.
 */
enum err db_run(struct db *db, const struct db_query *q, const struct db_value *in);
enum err db_next(struct db *db, bool *more);
void db_done(struct db *db);
bool db_col_null(struct db *db, int col);
int64_t db_col_i64(struct db *db, int col);
struct str db_col_text(struct db *db, int col, struct arena *mem); /* copied into mem */
struct date db_col_date(struct db *db, int col);                   /* NULL: unknown */
struct str db_col_blob(struct db *db, int col, struct arena *mem); /* bytes; on PostgreSQL bytea */
/* Rows that the last change touched. */
int64_t db_changed(struct db *db);

/*
 * Rows of a query as bytes, put at the end of out, and back: what is kept of them in the database
 * itself (feat/home/overview.h). The bytes begin with the shape of the row, its columns by name and
 * type: another version of the program, with other columns, finds them to be none of its own.
 */
uint64_t db_shape(const struct db_query *q);
void db_pack(const struct db_query *q, const void *rows, size_t n, struct buf *out);
/* Takes its part off the front of *bytes. Texts point into it, rows live in mem. false: these are
 * not such rows, whole. */
bool db_unpack(
    const struct db_query *q, struct arena *mem, struct str *bytes, void **rows, size_t *n);

/* Text of our own (migrations, pragmas): several statements, no parameters, never user text. */
enum err db_script(struct db *db, const char *sql);

/*
 * Scopes. DB_SNAPSHOT: a read transaction (SQLite BEGIN; PostgreSQL REPEATABLE READ READ ONLY).
 * DB_WRITE: BEGIN IMMEDIATE / REPEATABLE READ, ended by db_commit. DB_SAVEPOINT: one change inside
 * a DB_WRITE, ended by db_release, which first checks every deferred constraint (SQLite:
 * SQLITE_DBSTATUS_DEFERRED_FKS; PostgreSQL: SET CONSTRAINTS ALL IMMEDIATE) and answers
 * ERR_CONFLICT, rolling back that savepoint alone, when one does not hold. DB_STILL: a read
 * transaction that sees all that was committed before it, and until whose end nothing of the main
 * store is committed by anybody (SQLite: as DB_SNAPSHOT, its one writer being the caller;
 * PostgreSQL: an advisory lock that every commit waits for, also those of other programs). Short:
 * all changes wait for it.
 */
enum db_scope_kind { DB_SNAPSHOT, DB_WRITE, DB_SAVEPOINT, DB_STILL };
enum err db_begin(struct db *db, enum db_scope_kind kind);
enum err db_end(struct db *db);     /* ends a DB_SNAPSHOT or DB_STILL */
enum err db_release(struct db *db); /* keeps a DB_SAVEPOINT's changes; not OK: it is rolled back */
/* Ends the scope without its changes; a DB_WRITE's ends an open savepoint too. Resets open queries.
 */
enum err db_rollback(struct db *db, enum db_scope_kind kind);
/* Durable when it returns OK. Otherwise the scope is rolled back, with one exception: ERR_BUSY from
 * PostgreSQL after a lost connection means that nobody knows whether it landed. */
enum err db_commit(struct db *db);

/*
 * Migrations made by the build from migrations/NNNN_name.sql and migrations/book/NNNN_name.sql:
 * each that the database has not had runs in its own transaction, in order, and is recorded in
 * table schema_migration. Two programs that migrate at once do not harm each other. ERR_INVALID:
 * the database has a migration that this program does not know (it is newer).
 */
struct db_migration {
	int number;
	const char *name, *sqlite, *pg;
};
extern const struct db_migration db_migrations_main[], db_migrations_book[]; /* end: name NULL */
enum err db_migrate(struct db *db, enum db_store store);
enum err db_migrate_list(struct db *db, enum db_store store, const struct db_migration *list);

/* In a scope: has anything been committed, by anybody, between what this connection saw the last
 * time it was asked and what it sees now? *changed is true at the first call, and always where the
 * engine can't tell (PostgreSQL). */
enum err db_changed_since(struct db *db, bool *changed);

/* In a DB_WRITE: what is read now may be taken back, and then never was. */
bool db_writing(const struct db *db);

/* Commits made by this connection, for tests and bench. */
int64_t db_commits(const struct db *db);
/* Bytes in the WAL after this writer's last commit (SQLite; 0 on PostgreSQL): when to checkpoint.
 */
int64_t db_wal_bytes(const struct db *db);
/*
 * Moves what it can of a SQLite WAL into the file without waiting for anybody; nothing on
 * PostgreSQL.
 *
 * SQLite 3.7.0 to 3.51.2 (Debian 12 has 3.40.1) can lose what was committed, or spoil the file,
 * when a WAL that has been moved whole is moved again at the moment in which somebody's commit
 * begins it anew (sqlite.org/wal.html, "The WAL-Reset Bug"; test/torture found it: two of nine runs
 * of eight seconds). So connections that commit and move beside each other share a db_log, and a
 * WAL is moved only after a commit that began when the last moving had ended: then something is
 * left in it, and nobody's commit begins it anew until that is moved. Whoever moves a WAL from
 * another program (a shell with SQLite's automatic checkpoints) is not held by this.
 */
struct db_log {
	pthread_mutex_t moving;
	atomic_int_fast64_t begun, done; /* commits, by number: the last begun, the last kept */
	atomic_int_fast64_t moved;       /* the last one begun when the last moving ended */
};
void db_log_init(struct db_log *log);
void db_log_fini(struct db_log *log);
/* log outlives db. Of those who share it one connection commits. */
void db_log_share(struct db *db, struct db_log *log);
enum err db_checkpoint(struct db *db);
/* For the connection that commits, outside a scope: moves the WAL where it holds more than most
 * bytes, so that the next commit begins it anew. false: it holds more, but no whole commit has come
 * since the last moving; ask again after the next. */
bool db_log_rest(struct db *db, int64_t most);
/* Copies the whole database, as the connection's open DB_SNAPSHOT sees it, into a new file.
 * ERR_CONFLICT: the file is there already. PostgreSQL: ERR_INVALID, its own tools do it. */
enum err db_backup(struct db *db, const char *to);

#endif
