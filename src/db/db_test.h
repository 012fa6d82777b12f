/* What the tests of the well share. */
#ifndef DB_DB_TEST_H
#define DB_DB_TEST_H

#include "t.h"

#include "db/db.h"

/* Queries of these tests alone: not kept, so they need no number. Only $1 is written here. */
static inline const struct db_query *query(const char *sql, int ins, const enum db_type *in,
    int outs, const struct db_column *cols, size_t row, bool writes)
{
	struct db_query *q = arena_new(t_mem(), struct db_query);
	struct str s = str_of(sql);
	char *lite = arena_take(t_mem(), s.n + 1, 1, 1);

	for (size_t i = 0; i < s.n; i++)
		lite[i] = sql[i] == '$' ? '?' : sql[i];
	*q = (struct db_query){ .name = "test",
		.sqlite = lite,
		.pg = sql,
		.index = -1,
		.ins = ins,
		.outs = outs,
		.in_types = in,
		.cols = cols,
		.row = row,
		.writes = writes };
	return q;
}

static const enum db_type one_i64[] = { DB_INT64 };
struct number { /* a row of one number */
	int64_t v;
};
static const struct db_column number_cols[] = { { "v", DB_INT64, false, 0, 0 } };

static inline enum err change(struct db *db, const char *sql)
{
	return db_change(db, query(sql, 0, NULL, 0, NULL, 0, true), NULL, DB_ANY);
}

static inline int64_t number(struct db *db, const char *sql)
{
	struct number n = { -1 };

	assert_ok(
	    db_one(db, query(sql, 0, NULL, 1, number_cols, sizeof n, false), NULL, t_mem(), &n));
	return n.v;
}

/* A second connection to the database of the running TEST_DB. */
static inline struct db *another(enum db_use use)
{
	struct db *other = NULL;

	assert_ok(db_open(t_where(), use, &other));
	return other;
}

static inline void make_item(struct db *db)
{
	const bool lite = db_engine(db) == DB_SQLITE;

	assert_ok(db_script(db,
	    lite ? "CREATE TABLE t_item (id INTEGER PRIMARY KEY, n INTEGER, name TEXT, born TEXT, "
		   "raw BLOB, CHECK (n <> 13)) STRICT"
		 : "CREATE TABLE t_item (id BIGINT PRIMARY KEY, n BIGINT, name TEXT COLLATE \"C\", "
		   "born TEXT, raw BYTEA, CHECK (n <> 13))"));
}

#endif
