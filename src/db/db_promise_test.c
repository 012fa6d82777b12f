/*
 * The shape in which promises 1 and 2 live in the database (design.md section 4): an open plan has
 * exactly one next step, whatever code runs. The key is deferred, so that one change can go from
 * one next step to another, and is checked when that change is released.
 */
#include "db/db_test.h"

static const char plan_sqlite[] =
    "CREATE TABLE t_plan (id INTEGER PRIMARY KEY,"
    " state TEXT NOT NULL CHECK (state IN ('open', 'closed')), next_step INTEGER,"
    " next_state TEXT GENERATED ALWAYS AS (CASE WHEN state = 'open' THEN 'next' END) STORED,"
    " CHECK ((state = 'open') = (next_step IS NOT NULL)),"
    " FOREIGN KEY (id, next_step, next_state) REFERENCES t_step (plan, number, state)"
    " DEFERRABLE INITIALLY DEFERRED) STRICT;"
    "CREATE TABLE t_step (plan INTEGER NOT NULL REFERENCES t_plan (id), number INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('next', 'later', 'done')),"
    " PRIMARY KEY (plan, number), UNIQUE (plan, number, state)) STRICT;"
    "CREATE UNIQUE INDEX t_step_one_next ON t_step (plan) WHERE state = 'next'";

/* The same; only the key that goes both ways is added behind, and types have other names. */
static const char plan_pg[] =
    "CREATE TABLE t_plan (id BIGINT PRIMARY KEY,"
    " state TEXT NOT NULL CHECK (state IN ('open', 'closed')), next_step BIGINT,"
    " next_state TEXT GENERATED ALWAYS AS (CASE WHEN state = 'open' THEN 'next' END) STORED,"
    " CHECK ((state = 'open') = (next_step IS NOT NULL)));"
    "CREATE TABLE t_step (plan BIGINT NOT NULL REFERENCES t_plan (id), number BIGINT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('next', 'later', 'done')),"
    " PRIMARY KEY (plan, number), UNIQUE (plan, number, state));"
    "CREATE UNIQUE INDEX t_step_one_next ON t_step (plan) WHERE state = 'next';"
    "ALTER TABLE t_plan ADD FOREIGN KEY (id, next_step, next_state)"
    " REFERENCES t_step (plan, number, state) DEFERRABLE INITIALLY DEFERRED";

/* Each row: statements of one change, one a line, and what becomes of it. It begins with plan 1
 * open (step 1 done, step 2 next, step 3 later) and plan 2 closed (step 1 done). */
static const struct {
	const char *what, *sql[4];
	enum err e;
} changes[] = {
	{ "done, and another becomes next",
	    { "UPDATE t_step SET state = 'done' WHERE plan = 1 AND number = 2",
		"UPDATE t_step SET state = 'next' WHERE plan = 1 AND number = 3",
		"UPDATE t_plan SET next_step = 3 WHERE id = 1" },
	    OK },
	{ "done, and a new one is next",
	    { "UPDATE t_step SET state = 'done' WHERE plan = 1 AND number = 2",
		"INSERT INTO t_step (plan, number, state) VALUES (1, 4, 'next')",
		"UPDATE t_plan SET next_step = 4 WHERE id = 1" },
	    OK },
	{ "closed with its last step",
	    { "UPDATE t_plan SET state = 'closed', next_step = NULL WHERE id = 1",
		"UPDATE t_step SET state = 'done' WHERE plan = 1" },
	    OK },
	{ "opened with its first step, plan before step",
	    { "INSERT INTO t_plan (id, state, next_step) VALUES (3, 'open', 1)",
		"INSERT INTO t_step (plan, number, state) VALUES (3, 1, 'next')" },
	    OK },
	{ "opened again",
	    { "INSERT INTO t_step (plan, number, state) VALUES (2, 2, 'next')",
		"UPDATE t_plan SET state = 'open', next_step = 2 WHERE id = 2" },
	    OK },
	{ "done without a new one",
	    { "UPDATE t_step SET state = 'done' WHERE plan = 1 AND number = 2" }, ERR_CONFLICT },
	{ "the next one is taken away", { "DELETE FROM t_step WHERE plan = 1 AND number = 2" },
	    ERR_CONFLICT },
	{ "the plan loses its next", { "UPDATE t_plan SET next_step = NULL WHERE id = 1" },
	    ERR_CONFLICT },
	{ "the plan points to a step that is done",
	    { "UPDATE t_plan SET next_step = 1 WHERE id = 1" }, ERR_CONFLICT },
	{ "the plan points to a step of another plan",
	    { "INSERT INTO t_step (plan, number, state) VALUES (2, 9, 'next')",
		"UPDATE t_plan SET next_step = 9 WHERE id = 1" },
	    ERR_CONFLICT },
	{ "the plan points to nothing", { "UPDATE t_plan SET next_step = 77 WHERE id = 1" },
	    ERR_CONFLICT },
	{ "two are next", { "UPDATE t_step SET state = 'next' WHERE plan = 1 AND number = 3" },
	    ERR_CONFLICT },
	{ "opened without a step",
	    { "INSERT INTO t_plan (id, state, next_step) VALUES (3, 'open', 1)" }, ERR_CONFLICT },
	{ "opened without even a number", { "INSERT INTO t_plan (id, state) VALUES (3, 'open')" },
	    ERR_CONFLICT },
	{ "opened again without a step", { "UPDATE t_plan SET state = 'open' WHERE id = 2" },
	    ERR_CONFLICT },
	{ "closed with a next step", { "UPDATE t_plan SET state = 'closed' WHERE id = 1" },
	    ERR_CONFLICT },
};

static enum err run_change(struct db *db, const char *const *sql)
{
	for (int i = 0; i < 4 && sql[i]; i++)
		TRY(change(db, sql[i]));
	return OK;
}

TEST_DB(promise_01_an_open_plan_has_one_next_step_by_any_sql)
{
	assert_ok(db_script(db, db_engine(db) == DB_SQLITE ? plan_sqlite : plan_pg));
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_script(db,
	    "INSERT INTO t_plan (id, state, next_step) VALUES (1, 'open', 2), (2, 'closed', NULL);"
	    "INSERT INTO t_step (plan, number, state) VALUES (1, 1, 'done'), (1, 2, 'next'),"
	    " (1, 3, 'later'), (2, 1, 'done')"));
	assert_ok(db_commit(db));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		enum err e;

		/* Alone in its commit ... */
		assert_ok(db_begin(db, DB_WRITE));
		e = run_change(db, changes[i].sql);
		if (e != OK || changes[i].e == OK)
			assert_ok(db_rollback(db, DB_WRITE));
		else
			e = db_commit(db);
		if (e != changes[i].e)
			fail_msg("alone, \"%s\": %s", changes[i].what, err_name(e));

		/* ... and as one of three in a batch, of which the others stay. */
		assert_ok(db_begin(db, DB_WRITE));
		assert_ok(db_begin(db, DB_SAVEPOINT));
		assert_ok(change(db, "UPDATE t_plan SET state = state"));
		assert_ok(db_release(db));
		assert_ok(db_begin(db, DB_SAVEPOINT));
		e = run_change(db, changes[i].sql);
		if (e != OK)
			assert_ok(db_rollback(db, DB_SAVEPOINT));
		else
			e = db_release(db);
		if (e != changes[i].e)
			fail_msg("in a batch, \"%s\": %s", changes[i].what, err_name(e));
		assert_ok(db_begin(db, DB_SAVEPOINT));
		assert_ok(change(db, "INSERT INTO t_plan (id, state) VALUES (99, 'closed')"));
		assert_ok(db_release(db));
		if (changes[i].e != OK) {
			assert_ok(db_commit(db));
			assert_int_equal(
			    number(db, "SELECT count(*) FROM t_plan WHERE id = 99"), 1);
			assert_ok(change(db, "DELETE FROM t_plan WHERE id = 99"));
		} else {
			assert_ok(db_rollback(db, DB_WRITE));
		}
		assert_int_equal(
		    number(db, "SELECT count(*) FROM t_plan p JOIN t_step s ON s.plan = p.id "
			       "AND s.number = p.next_step AND s.state = 'next'"),
		    1);
	}
}
