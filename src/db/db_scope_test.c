/* The well: scopes, several connections, lost ones. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db_test.h"

TEST_DB(db_one_bad_change_does_not_spoil_the_batch)
{
	const bool lite = db_engine(db) == DB_SQLITE;

	make_item(db);
	assert_ok(db_script(
	    db, lite ? "CREATE TABLE t_part (item INTEGER NOT NULL REFERENCES t_item (id) "
		       "DEFERRABLE INITIALLY DEFERRED) STRICT"
		     : "CREATE TABLE t_part (item BIGINT NOT NULL REFERENCES t_item (id) "
		       "DEFERRABLE INITIALLY DEFERRED)"));
	assert_ok(db_begin(db, DB_WRITE));

	assert_ok(db_begin(db, DB_SAVEPOINT)); /* good; the order needs the deferring */
	assert_ok(change(db, "INSERT INTO t_part (item) VALUES (1)"));
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (1)"));
	assert_ok(db_release(db));

	assert_ok(db_begin(db, DB_SAVEPOINT)); /* refused at once */
	assert_int_equal(change(db, "INSERT INTO t_item (id) VALUES (1)"), ERR_CONFLICT);
	assert_int_equal(change(db, "INSERT INTO t_item (id) VALUES (2)"), ERR_INTERNAL);
	assert_ok(db_rollback(db, DB_SAVEPOINT));

	assert_ok(db_begin(db, DB_SAVEPOINT)); /* refused when it is released */
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (3)"));
	assert_ok(change(db, "INSERT INTO t_part (item) VALUES (99)"));
	assert_int_equal(db_release(db), ERR_CONFLICT);

	assert_ok(db_begin(db, DB_SAVEPOINT)); /* failed, then released by mistake */
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (5)"));
	assert_int_equal(change(db, "UPDATE t_item SET n = 13"), ERR_CONFLICT);
	assert_int_equal(db_release(db), ERR_INTERNAL);

	assert_ok(db_begin(db, DB_SAVEPOINT)); /* good; deferring works again after a release */
	assert_ok(change(db, "INSERT INTO t_part (item) VALUES (4)"));
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (4)"));
	assert_ok(db_release(db));

	assert_ok(db_begin(db, DB_SAVEPOINT)); /* nothing in it */
	assert_ok(db_release(db));
	assert_ok(db_begin(db, DB_SAVEPOINT));
	assert_ok(db_rollback(db, DB_SAVEPOINT));
	assert_ok(db_commit(db));
	assert_int_equal(db_commits(db), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM t_item"), 2);
	assert_int_equal(number(db, "SELECT CAST(sum(item) AS BIGINT) FROM t_part"), 5);
}

TEST_DB(db_rolling_back_a_write_takes_its_savepoints_with_it)
{
	make_item(db);
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_begin(db, DB_SAVEPOINT));
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (1)"));
	assert_ok(db_release(db));
	assert_ok(db_begin(db, DB_SAVEPOINT));
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (2)"));
	assert_ok(db_rollback(db, DB_WRITE));
	assert_int_equal(number(db, "SELECT count(*) FROM t_item"), 0);
	assert_ok(db_begin(db, DB_WRITE)); /* nothing in it */
	assert_ok(db_commit(db));
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_rollback(db, DB_WRITE));
}

TEST_DB(db_a_snapshot_stands_still_while_others_write)
{
	struct db *reader;

	make_item(db);
	reader = another(DB_READER);
	assert_ok(db_begin(reader, DB_SNAPSHOT));
	assert_int_equal(number(reader, "SELECT count(*) FROM t_item"), 0);
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (1)"));
	assert_int_equal(number(reader, "SELECT count(*) FROM t_item"), 0);
	assert_ok(db_commit(db));
	assert_int_equal(number(reader, "SELECT count(*) FROM t_item"), 0);
	assert_ok(db_checkpoint(db)); /* waits for nobody */
	assert_int_equal(number(reader, "SELECT count(*) FROM t_item"), 0);
	assert_ok(db_end(reader));
	assert_int_equal(number(reader, "SELECT count(*) FROM t_item"), 1);
	assert_ok(db_begin(reader, DB_SNAPSHOT)); /* nothing in it */
	assert_ok(db_end(reader));
	db_close(reader);
}

TEST_DB(db_two_writers_of_one_row_do_not_overwrite_each_other)
{
	struct db *other;
	enum err e;

	make_item(db);
	assert_ok(change(db, "INSERT INTO t_item (id, n) VALUES (1, 0)"));
	other = another(DB_WRITER);
	assert_ok(db_begin(db, DB_WRITE));
	assert_int_equal(number(db, "SELECT n FROM t_item"), 0);
	if (db_engine(db) == DB_SQLITE) {
		assert_int_equal(db_begin(other, DB_WRITE), ERR_RETRY); /* one writer at a time */
		assert_ok(change(db, "UPDATE t_item SET n = n + 1"));
		assert_ok(db_commit(db));
		assert_ok(db_begin(other, DB_WRITE));
	} else {
		assert_ok(db_begin(other, DB_WRITE));
		assert_ok(change(other, "UPDATE t_item SET n = n + 1"));
		assert_ok(db_commit(other));
		assert_ok(db_begin(db, DB_SAVEPOINT));
		assert_int_equal(change(db, "UPDATE t_item SET n = n + 1"), ERR_RETRY);
		assert_ok(db_rollback(db, DB_SAVEPOINT));
		assert_int_equal(db_begin(db, DB_SAVEPOINT), ERR_RETRY); /* the whole must again */
		assert_int_equal(db_commit(db), ERR_RETRY);
		assert_ok(db_begin(other, DB_WRITE));
	}
	e = change(other, "UPDATE t_item SET n = n + 1");
	assert_ok(e);
	assert_ok(db_commit(other));
	assert_int_equal(number(db, "SELECT n FROM t_item"), 2);
	db_close(other);
}

TEST_DB(db_a_lost_connection_asks_to_try_again_and_comes_back)
{
	struct db *other;
	int64_t pid;

	if (db_engine(db) == DB_SQLITE)
		return; /* no connection to lose */
	make_item(db);
	other = another(DB_WRITER);
	for (int when = 0; when < 3; when++) {
		pid = number(other, "SELECT pg_backend_pid()");
		if (when > 0)
			assert_ok(db_begin(other, DB_WRITE));
		if (when > 1)
			assert_ok(change(other, "INSERT INTO t_item (id) VALUES (1)"));
		(void)number(db,
		    str_c(mem, str_fmt(mem, "SELECT pg_terminate_backend(%d, 5000)", (int)pid)));
		assert_int_equal(change(other, "INSERT INTO t_item (id) VALUES (2)"), ERR_RETRY);
		if (when > 0) {
			assert_int_equal(
			    change(other, "INSERT INTO t_item (id) VALUES (3)"), ERR_RETRY);
			assert_int_equal(db_commit(other), ERR_RETRY);
		}
		assert_ok(db_begin(other, DB_WRITE));
		assert_ok(db_begin(other, DB_SAVEPOINT));
		assert_int_equal(number(other, "SELECT count(*) FROM t_item"), 0);
		assert_ok(db_release(other));
		assert_ok(db_commit(other));
	}
	/* between the last change and COMMIT: the server says that it did not land */
	pid = number(other, "SELECT pg_backend_pid()");
	assert_ok(db_begin(other, DB_WRITE));
	assert_ok(change(other, "INSERT INTO t_item (id) VALUES (1)"));
	(void)number(
	    db, str_c(mem, str_fmt(mem, "SELECT pg_terminate_backend(%d, 5000)", (int)pid)));
	assert_int_equal(db_commit(other), ERR_RETRY);
	assert_int_equal(number(other, "SELECT count(*) FROM t_item"), 0);
	db_close(other);
}

TEST(db_a_new_file_is_for_its_owner_alone)
{
	char path[600];
	struct stat st;
	struct db *db;

	snprintf(path, sizeof path, "%s/fresh.db", t_dir());
	assert_int_equal(db_open(path, DB_READER, &db), ERR_INTERNAL);
	umask(0);
	assert_ok(db_open(path, DB_WRITER, &db));
	assert_ok(db_script(db, "CREATE TABLE x (a INTEGER) STRICT"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(path, sizeof path, "%s/fresh.db-wal", t_dir());
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(db_wal_bytes(db) > 0);
	db_close(db);
}

static void commit_one(struct db *db)
{
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_script(db, "INSERT INTO x (a) VALUES (2)"));
	assert_ok(db_commit(db));
}

TEST(db_the_log_begins_anew_when_all_of_it_was_moved)
{
	char path[600];
	struct db *db, *other;
	int64_t grown;

	snprintf(path, sizeof path, "%s/log.db", t_dir());
	assert_ok(db_open(path, DB_WRITER, &db));
	assert_ok(db_script(db, "CREATE TABLE x (a INTEGER) STRICT"));
	assert_ok(db_open(path, DB_READER, &other));
	for (int i = 0; i < 20; i++)
		assert_ok(db_script(db, "INSERT INTO x (a) VALUES (2)"));
	grown = db_wal_bytes(db);
	assert_ok(db_checkpoint(other));
	assert_ok(db_script(db, "INSERT INTO x (a) VALUES (3)"));
	assert_true(db_wal_bytes(db) < grown);
	db_close(other);
	db_close(db);
}

/* The one that commits may not move the log in the middle of what the rule of db_log keeps apart:
 * it is told to ask again, and after the next commit the log begins anew. */
TEST(db_a_log_that_has_grown_waits_for_a_commit_and_begins_anew)
{
	const char *where = str_c(t_mem(), str_fmt(t_mem(), "%s/grown.db", t_dir()));
	struct db_log log;
	struct db *db;
	int64_t grown;

	assert_ok(db_open(where, DB_WRITER, &db));
	assert_ok(db_script(db, "CREATE TABLE x (a INTEGER) STRICT"));
	db_log_init(&log);
	db_log_share(db, &log);
	for (int i = 0; i < 20; i++)
		commit_one(db);
	grown = db_wal_bytes(db);
	assert_true(db_log_rest(db, grown + 1)); /* not long */
	assert_int_equal(log.moved, 0);
	log.moved = log.begun; /* the keeper has moved while the last commit was on its way */
	assert_false(db_log_rest(db, grown));
	commit_one(db);
	assert_true(db_log_rest(db, grown));
	assert_int_equal(log.moved, log.begun);
	commit_one(db);
	assert_true(db_wal_bytes(db) < grown);
	db_close(db);
	db_log_fini(&log);
}

/* Another program, begun before this one opens anything (locks do not survive a fork): when told,
 * it opens the file, does sql and ends. */
struct elsewhere {
	pid_t pid;
	int tell;
};

static struct elsewhere elsewhere_begin(const char *path, const char *sql)
{
	struct elsewhere e;
	int ends[2];
	char go;

	assert_int_equal(pipe(ends), 0);
	e = (struct elsewhere){ .pid = fork(), .tell = ends[1] };
	assert_true(e.pid >= 0);
	if (e.pid == 0) {
		struct db *db;

		close(ends[1]);
		if (read(ends[0], &go, 1) != 1 || db_open(path, DB_WRITER, &db) != OK ||
		    db_script(db, sql) != OK)
			_exit(1);
		db_close(db);
		_exit(0);
	}
	close(ends[0]);
	return e;
}

static int elsewhere_end(struct elsewhere e)
{
	int status;

	assert_int_equal(write(e.tell, "g", 1), 1);
	assert_int_equal(waitpid(e.pid, &status, 0), e.pid);
	close(e.tell);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(promise_17_another_program_that_ends_does_not_take_the_log_away)
{
	struct elsewhere looks, adds;
	struct db *db, *second;
	char path[600];

	snprintf(path, sizeof path, "%s/shared.db", t_dir());
	adds = elsewhere_begin(path, "INSERT INTO x (a) VALUES (1)");
	looks = elsewhere_begin(path, "SELECT 1");
	assert_ok(db_open(path, DB_WRITER, &db));
	assert_ok(db_script(db, "CREATE TABLE x (a INTEGER PRIMARY KEY) STRICT"));
	assert_ok(db_open(path, DB_WRITER, &second));
	assert_int_equal(elsewhere_end(looks), 0);
	assert_ok(db_script(db, "INSERT INTO x (a) VALUES (1)"));
	assert_int_equal(elsewhere_end(adds), 1); /* it sees the row, and may not add its twin */
	db_close(second);
	db_close(db);
}

TEST(db_a_vfs_can_be_named)
{
	char path[600];
	struct db *db;

	snprintf(path, sizeof path, "file:%s/v.db?vfs=unix-excl", t_dir());
	assert_ok(db_open(path, DB_WRITER, &db));
	db_close(db);
	snprintf(path, sizeof path, "file:%s/v.db?vfs=nowhere", t_dir());
	assert_int_equal(db_open(path, DB_WRITER, &db), ERR_INTERNAL);
}

TEST(db_a_full_disk_spoils_no_more_than_its_batch)
{
	char path[600];
	struct db *db;

	snprintf(path, sizeof path, "%s/full.db", t_dir());
	assert_ok(db_open(path, DB_WRITER, &db));
	make_item(db);
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (1)"));
	assert_ok(db_script(db, "PRAGMA max_page_count = 20"));
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_begin(db, DB_SAVEPOINT));
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (2)"));
	assert_ok(db_release(db));
	assert_ok(db_begin(db, DB_SAVEPOINT));
	assert_int_equal(
	    change(db, "INSERT INTO t_item (id, raw) VALUES (3, zeroblob(200000))"), ERR_BUSY);
	assert_ok(db_rollback(db, DB_SAVEPOINT));
	assert_int_equal(db_begin(db, DB_SAVEPOINT), ERR_BUSY); /* nobody is told that 2 is kept */
	assert_int_equal(db_commit(db), ERR_BUSY);
	assert_int_equal(number(db, "SELECT count(*) FROM t_item"), 1);
	assert_ok(db_begin(db, DB_WRITE)); /* there is room for small things still */
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (4)"));
	assert_ok(db_commit(db));
	assert_int_equal(number(db, "SELECT count(*) FROM t_item"), 2);
	db_close(db);
}

/* A WAL is moved only when a commit has ended that began after the last moving: the rule that keeps
 * SQLite's WAL-reset bug away (db.h). The numbers of the log say whether it was. */
TEST_DB(promise_17_a_log_is_moved_only_when_something_is_left_in_it)
{
	struct db_log log;
	struct db *mover;

	make_item(db);
	assert_ok(db_open(t_where(), DB_WRITER, &mover));
	db_log_init(&log);
	db_log_share(db, &log);
	db_log_share(mover, &log);
	assert_ok(db_checkpoint(mover)); /* nothing committed yet */
	assert_int_equal(log.moved, 0);
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (1)"));
	assert_ok(db_commit(db));
	assert_int_equal(log.done, 1);
	assert_ok(db_checkpoint(mover));
	assert_int_equal(log.moved, 1);
	log.begun = 2; /* a commit on its way may begin the log anew at any moment */
	assert_ok(db_checkpoint(mover));
	assert_int_equal(log.moved, 1);
	log.done = 2; /* it has ended, and what it wrote is left in the log */
	assert_ok(db_checkpoint(mover));
	assert_int_equal(log.moved, 2);
	log.begun = log.done = 3;
	assert_int_equal(pthread_mutex_lock(&log.moving), 0); /* another is at it */
	assert_ok(db_checkpoint(mover));
	assert_int_equal(log.moved, 2);
	pthread_mutex_unlock(&log.moving);
	db_close(mover);
	db_log_share(db, NULL);
	db_log_fini(&log);
}

static void *reads(void *arg)
{
	assert_ok(db_begin(arg, DB_SNAPSHOT));
	return NULL;
}

static void *takes_over(void *arg)
{
	db_adopt(arg);
	return reads(arg);
}

/* In a process of its own: how it ends. */
static int ends(const char *where, void *(*run)(void *))
{
	pid_t pid = fork();
	pthread_t thread;
	struct db *db;
	int status;

	must(pid >= 0);
	if (pid == 0) {
		(void)!freopen("/dev/null", "w", stderr);
		signal(SIGABRT, SIG_DFL);
		must(db_open(where, DB_READER, &db) == OK);
		must(pthread_create(&thread, NULL, run, db) == 0);
		pthread_join(thread, NULL);
		_exit(0);
	}
	must(waitpid(pid, &status, 0) == pid);
	return status;
}

/* Two threads that take turns on one connection by mistake spoil a database without a sign. */
TEST_DB(db_connection_is_one_threads)
{
	int status = ends(t_where(), reads);

	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_int_equal(ends(t_where(), takes_over), 0);
}
