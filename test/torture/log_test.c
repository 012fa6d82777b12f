/*
 * A log that is moved over and over beside a writer (db_log, src/db/db.h); the readers stand for
 * the server's workers. With the rule left out, SQLite 3.40.1 spoilt the file in two of three long
 * runs of 12 seconds.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>

#include "db/db.h"
#include "test/t.h"
#include "torture/torture.h"

#define READERS 2

struct beside {
	const char *where;
	struct db_log *log;
	atomic_bool stop;
	int64_t moves;
};

static void *moves(void *arg)
{
	struct beside *b = arg;
	struct db *db;

	must(db_open(b->where, DB_WRITER, &db) == OK);
	db_log_share(db, b->log);
	while (!atomic_load(&b->stop)) {
		int64_t before = atomic_load(&b->log->moved);

		must(db_checkpoint(db) == OK);
		b->moves += atomic_load(&b->log->moved) != before;
	}
	db_close(db);
	return NULL;
}

static void *reads(void *arg)
{
	struct beside *b = arg;
	struct db *db;

	must(db_open(b->where, DB_READER, &db) == OK);
	while (!atomic_load(&b->stop)) {
		must(db_begin(db, DB_SNAPSHOT) == OK);
		(void)torture_number(db, "SELECT max(id) FROM t_row", 0);
		must(db_end(db) == OK);
	}
	db_close(db);
	return NULL;
}

TEST(promise_17_a_log_moved_beside_a_writer_loses_nothing)
{
	const char *where = str_c(t_mem(), str_fmt(t_mem(), "%s/log.db", t_dir()));
	struct db_log log;
	struct beside b = { .where = where, .log = &log };
	pthread_t mover, readers[READERS];
	int64_t n = 0, most = torture_times(3000, 60000);
	const char *insert = "INSERT INTO t_row (words) VALUES (hex(randomblob(40)))";
	struct db *db;

	assert_ok(db_open(where, DB_WRITER, &db));
	assert_ok(db_script(db, "CREATE TABLE t_row (id INTEGER PRIMARY KEY, words TEXT) STRICT;"
				"CREATE INDEX t_words ON t_row (words)"));
	db_log_init(&log);
	db_log_share(db, &log);
	assert_int_equal(pthread_create(&mover, NULL, moves, &b), 0);
	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&readers[i], NULL, reads, &b), 0);
	for (; n < most; n++) {
		assert_ok(db_begin(db, DB_WRITE));
		assert_ok(db_script(db, insert));
		assert_ok(db_commit(db));
	}
	atomic_store(&b.stop, true);
	pthread_join(mover, NULL);
	for (int i = 0; i < READERS; i++)
		pthread_join(readers[i], NULL);
	assert_int_equal(torture_number(db, "SELECT count(*) FROM t_row", -1), n);
	db_close(db);
	assert_ok(db_open(where, DB_WRITER, &db)); /* as whoever comes next finds it */
	assert_int_equal(torture_number(db, "SELECT count(*) FROM t_row", -1), n);
	assert_int_equal(torture_number(db,
			     "SELECT CASE WHEN integrity_check = 'ok' THEN 1 ELSE 0 END "
			     "FROM pragma_integrity_check",
			     -1),
	    1);
	assert_true(b.moves > 0);
	db_close(db);
	torture_says(
	    "a log moved %" PRId64 " times beside %" PRId64 " commits: all there", b.moves, n);
	db_log_fini(&log);
}
