/* The well: migrations. */
#include <sys/wait.h>
#include <unistd.h>

#include "db/db_test.h"

static const struct db_migration list_one[] = {
	{ 1, "first", "CREATE TABLE t_a (n INTEGER) STRICT; INSERT INTO t_a VALUES (1);",
	    "CREATE TABLE t_a (n BIGINT); INSERT INTO t_a VALUES (1);" },
	{ 3, "third", "INSERT INTO t_a VALUES (3);", "INSERT INTO t_a VALUES (3);" },
	{ 0 },
};
static const struct db_migration list_two[] = {
	{ 1, "first", "SELECT broken;", "SELECT broken;" },
	{ 2, "landed_later", "INSERT INTO t_a VALUES (2);", "INSERT INTO t_a VALUES (2);" },
	{ 3, "third", "SELECT broken;", "SELECT broken;" },
	{ 4, "half", "INSERT INTO t_a VALUES (4); INSERT INTO t_none VALUES (4);",
	    "INSERT INTO t_a VALUES (4); INSERT INTO t_none VALUES (4);" },
	{ 0 },
};

/* The book's store is empty in a test's database: these lists take its place. */
TEST_DB(db_migrations_run_once_in_order_and_whole)
{
	assert_ok(db_script(db, "DROP TABLE schema_migration"));
	assert_ok(db_migrate_list(db, DB_STORE_BOOK, list_one));
	assert_ok(db_migrate_list(db, DB_STORE_BOOK, list_one));
	assert_int_equal(number(db, "SELECT CAST(sum(n) AS BIGINT) FROM t_a"), 4);
	/* 2 landed later than 3; 4 breaks half-way and leaves nothing */
	assert_int_equal(db_migrate_list(db, DB_STORE_BOOK, list_two), ERR_INTERNAL);
	assert_int_equal(number(db, "SELECT CAST(sum(n) AS BIGINT) FROM t_a"), 6);
	assert_int_equal(number(db, "SELECT count(*) FROM schema_migration"), 3);
}

TEST_DB(db_a_database_of_a_newer_program_is_refused)
{
	assert_ok(db_script(db, "DROP TABLE schema_migration"));
	assert_ok(db_migrate_list(db, DB_STORE_BOOK, list_one));
	assert_ok(change(
	    db, "INSERT INTO schema_migration (store, number, name) VALUES (1, 9, 'newer')"));
	assert_int_equal(db_migrate_list(db, DB_STORE_BOOK, list_one), ERR_INVALID);
	assert_ok(db_migrate_list(db, DB_STORE_MAIN, list_one + 2)); /* each store by itself */
}

TEST_DB(db_programs_that_migrate_at_once_do_not_harm_each_other)
{
	enum { PROGRAMS = 4 };
	pid_t pids[PROGRAMS];

	assert_ok(db_script(db, "DROP TABLE schema_migration"));
	for (int i = 0; i < PROGRAMS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0) {
			struct db *own;

			_exit((db_open(t_where(), DB_WRITER, &own) != OK ||
				  db_migrate_list(own, DB_STORE_BOOK, list_one) != OK)
				  ? 1
				  : 0);
		}
	}
	for (int i = 0; i < PROGRAMS; i++) {
		int status;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(number(db, "SELECT CAST(sum(n) AS BIGINT) FROM t_a"), 4);
	assert_int_equal(number(db, "SELECT count(*) FROM schema_migration"), 2);
}
