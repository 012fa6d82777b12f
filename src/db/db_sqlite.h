/* SQLite's two halves: db_sqlite.c (file, errors, scopes, WAL) and db_sqlite_rows.c (queries). */
#ifndef DB_DB_SQLITE_H
#define DB_DB_SQLITE_H

#include <sqlite3.h>

#include "db/db_engine.h"

enum own { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, SAVE, RELEASE, UNDO, OTHERS, OWN_COUNT };

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

static inline struct sqlite *sqlite_of(struct db *db)
{
	return (struct sqlite *)(void *)db;
}

/* Logs what went wrong and says which error it is. */
#define SQLITE_BORN(s, what) sqlite_born((s), (what), __FILE__, __LINE__)
enum err sqlite_born(struct sqlite *s, const char *what, const char *file, int line);

enum err sqlite_prepare(struct db *db, const struct db_query *q);
enum err sqlite_run(struct db *db, const struct db_query *q, const struct db_value *in);
enum err sqlite_next(struct db *db, bool *more);
void sqlite_done(struct db *db);
enum err sqlite_fill(
    struct db *db, const struct db_query *q, struct arena *mem, unsigned char *row);
enum err sqlite_value(struct db *db, int col, enum db_type type, struct db_value *out);
int64_t sqlite_changed(struct db *db);

#endif
