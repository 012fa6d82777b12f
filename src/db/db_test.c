#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "t.h"

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
