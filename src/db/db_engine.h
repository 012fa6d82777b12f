/* What an engine gives to db.c. For db_*.c only. */
#ifndef DB_DB_ENGINE_H
#define DB_DB_ENGINE_H

#include <pthread.h>

#include "db/db.h"

#define DB_MOST_INS 64 /* parameters of one query; gen/queries holds to it */

/* Calls answer as the functions of db.h with the same names; db.c has checked the scope before. */
struct db_ops {
	void (*close)(struct db *db);
	enum err (*prepare)(struct db *db, const struct db_query *q);
	enum err (*run)(struct db *db, const struct db_query *q, const struct db_value *in);
	enum err (*next)(struct db *db, bool *more);
	void (*done)(struct db *db);
	/* Puts the current row into a row struct. */
	enum err (*fill)(
	    struct db *db, const struct db_query *q, struct arena *mem, unsigned char *row);
	/* One column, borrowed until the next row. */
	enum err (*value)(struct db *db, int col, enum db_type type, struct db_value *out);
	int64_t (*changed)(struct db *db);
	enum err (*script)(struct db *db, const char *sql);
	enum err (*begin)(struct db *db, enum db_scope_kind kind);
	enum err (*end)(struct db *db);
	enum err (*release)(struct db *db); /* on error the savepoint is not yet rolled back */
	enum err (*rollback)(struct db *db, enum db_scope_kind kind);
	enum err (*commit)(struct db *db);
	enum err (*others)(struct db *db, int64_t *out); /* NULL: this engine can't tell */
	/* A transaction in which one program at a time migrates. */
	enum err (*begin_migration)(struct db *db);
	int64_t (*wal_bytes)(const struct db *db);
	enum err (*checkpoint)(struct db *db);
	enum err (*backup)(struct db *db, const char *to);
};

/* The front of both engines' connections. */
struct db {
	const struct db_ops *ops;
	enum db_engine engine;
	enum db_use use;
	pthread_t owner; /* the one thread that uses it */
	bool in_scope, in_savepoint;
	enum db_scope_kind scope; /* of in_scope: DB_SNAPSHOT, DB_STILL or DB_WRITE */
	bool failed;              /* an error stands in this scope */
	enum err lost; /* not OK: the whole DB_WRITE, not only the savepoint, must end with it */
	const struct db_query *open; /* the query whose rows are being read */
	int64_t commits;
	struct db_log *log;                /* NULL: nobody else moves it */
	int64_t seen_commits, seen_others; /* at the last db_changed_since */
};

enum err db_sqlite_open(const char *where, enum db_use use, struct db **out);
enum err db_pg_open(const char *where, enum db_use use, struct db **out);
/* As db_places. */
void db_sqlite_places(const char *where, db_place_fn see, void *ctx);
void db_pg_places(const char *where, db_place_fn see, void *ctx);

/* ISO text, 10 characters without NUL. */
static inline void db_day(struct date d, char out[10])
{
	int parts[] = { d.y / 1000, d.y / 100 % 10, d.y / 10 % 10, d.y % 10, -1, d.m / 10, d.m % 10,
		-1, d.d / 10, d.d % 10 };

	for (int i = 0; i < 10; i++)
		out[i] = parts[i] < 0 ? '-' : (char)('0' + parts[i]);
}

/* Puts a value where a column of a row struct says; text and bytes are copied into mem. */
static inline enum err db_put(const struct db_query *q, const struct db_column *c,
    const struct db_value *v, struct arena *mem, unsigned char *row)
{
	void *at = row + c->at;

	if (v->null) {
		if (!c->nullable)
			return fail(ERR_INTERNAL, "query=%s column=%s null=1", q->name, c->name);
		if (c->null_at)
			*(bool *)(void *)(row + c->null_at) = true;
		return OK; /* the row is zeroed: {NULL, 0}, day unknown, id 0 */
	}
	switch (v->type) {
	case DB_INT64:
		*(int64_t *)at = v->i;
		break;
	case DB_TEXT:
	case DB_BLOB:
		*(struct str *)at = str_copy(mem, v->s);
		break;
	case DB_DATE:
		*(struct date *)at = v->d;
		break;
	}
	return OK;
}

#endif
