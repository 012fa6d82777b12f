#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "t.h"

/* Queries of these tests alone: not kept, so they need no number. */
#define INT_ DB_INT64
#define QUERY(name_, writes_, ins_, outs_, sql_sqlite, sql_pg, ...) \
	static const struct db_query name_ = { .name = #name_, \
		.sqlite = sql_sqlite, \
		.pg = sql_pg, \
		.index = -1, \
		.ins = ins_, \
		.outs = outs_, \
		.in_types = (const enum db_type[]){ __VA_ARGS__ }, \
		.writes = writes_ }

static const char *text_c(struct db *db, const char *sqlite, const char *pg)
{
	return db_engine(db) == DB_SQLITE ? sqlite : pg;
}

TEST_DB(every_query_prepares_on_both_engines)
{
	struct db *book = NULL;
	char path[600];

	assert_ok(db_migrate(db, DB_STORE_MAIN));
	if (db_engine(db) == DB_SQLITE) {
		snprintf(path, sizeof path, "%s/book.db", t_dir());
		assert_ok(db_open(path, DB_WRITER, &book));
	} else {
		assert_ok(db_open(t_where(), DB_WRITER, &book));
	}
	assert_ok(db_migrate(book, DB_STORE_BOOK));
	for (int i = 0; i < db_query_count; i++) {
		assert_int_equal(db_queries[i]->index, i);
		if (db_prepare(db_queries[i]->store == DB_STORE_BOOK ? book : db, db_queries[i]) !=
		    OK)
			fail_msg("query %s", db_queries[i]->name);
	}
	db_close(book);
}
