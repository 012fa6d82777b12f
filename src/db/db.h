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
	struct str s;  /* DB_TEXT, DB_BLOB: borrowed while the call runs */
	struct date d; /* DB_DATE: stored as ISO text; unknown is stored as NULL */
};

/* A query as gen/queries makes it. index is unique in the program, from 0 to db_query_count - 1. */
struct db_query {
	const char *name;   /* "child_by_id" */
	const char *sqlite; /* parameters ?1, ?2 ... */
	const char *pg;     /* parameters $1, $2 ... */
	int index;
	int ins, outs; /* number of parameters and of columns */
	bool writes;
};
/* All queries of the program, for the test that prepares each on both engines (made by the build).
 */
extern const struct db_query *const db_queries[];
extern const int db_query_count;

/* where: a file's path (SQLite), or "postgresql://..." . Creates a missing SQLite file when use is
 * DB_WRITER. SQLite: WAL, synchronous=FULL, foreign keys on, own statements kept, no mutex. */
enum err db_open(const char *where, enum db_use use, struct db **out);
void db_close(struct db *db); /* takes NULL */
enum db_engine db_engine(const struct db *db);

/*
 * Runs a query. Rows come by db_next until *more is false (or db_done ends it early). Only one
 * query of a connection is open at a time. Columns are read by place. Errors: ERR_RETRY
 * (serialization failure, lost connection, busy for too long), ERR_CONFLICT (a constraint refused
 * the change: unique, check, foreign key), ERR_INTERNAL.
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

/* Text of our own (migrations, pragmas): several statements, no parameters, never user text. */
enum err db_script(struct db *db, const char *sql);

/*
 * Scopes. DB_SNAPSHOT: a read transaction (SQLite BEGIN; PostgreSQL REPEATABLE READ READ ONLY).
 * DB_WRITE: BEGIN IMMEDIATE / REPEATABLE READ, ended by db_commit. DB_SAVEPOINT: one change inside
 * a DB_WRITE, ended by db_release, which first checks every deferred constraint (SQLite:
 * SQLITE_DBSTATUS_DEFERRED_FKS; PostgreSQL: SET CONSTRAINTS ALL IMMEDIATE) and answers
 * ERR_CONFLICT, rolling back that savepoint alone, when one does not hold.
 */
enum db_scope_kind { DB_SNAPSHOT, DB_WRITE, DB_SAVEPOINT };
enum err db_begin(struct db *db, enum db_scope_kind kind);
enum err db_end(struct db *db);                               /* ends a DB_SNAPSHOT */
enum err db_release(struct db *db);                           /* keeps a DB_SAVEPOINT's changes */
enum err db_rollback(struct db *db, enum db_scope_kind kind); /* resets open queries too */
enum err db_commit(struct db *db);                            /* durable when it returns OK */

/* Migrations made by the build from migrations/NNNN_name.sql, run forward in order, each in its own
 * transaction, and recorded in table schema_migration. store: DB_STORE_MAIN or DB_STORE_BOOK. Two
 * programs that migrate at once do not harm each other. Refuses a database newer than the program.
 */
enum db_store { DB_STORE_MAIN, DB_STORE_BOOK };
enum err db_migrate(struct db *db, enum db_store store);

/* Counters for tests and bench: commits made, and WAL bytes waiting for a checkpoint. */
int64_t db_commits(const struct db *db);
/* Moves a SQLite WAL into the file if it has grown (call off the writer); nothing on PostgreSQL. */
enum err db_checkpoint(struct db *db);

#endif
