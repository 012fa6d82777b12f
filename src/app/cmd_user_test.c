/* Where nobody else is there to say yes to an administrator's own assignment, the operator does. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "access/book.h"
#include "access/book_verify.h"
#include "app/app.h"
#include "q_book.h"
#include "test/t.h"
#include "test/web/ring.h"

/* Where the ring has it. */
static const char *book_of(struct ring *r)
{
	return db_engine(ring_db(r)) == DB_POSTGRES
		   ? t_where()
		   : str_c(t_mem(), str_fmt(t_mem(), "%s/book.db", t_dir()));
}

static int user(const char *what, const char *which)
{
	char *argv[] = { (char *)(uintptr_t) "user", (char *)(uintptr_t)what,
		(char *)(uintptr_t)which, NULL };

	return cmd_user(which ? 3 : 2, argv);
}

static void found(void *to, const struct book_finding *f)
{
	(void)f;
	++*(int *)to;
}

static void on_record(struct ring *r, int64_t assignment)
{
	struct arena *mem = t_mem();
	struct str what =
	    str_fmt(mem, " act=admin.edit item=assignment:%" PRId64 " why=operator ", assignment);
	struct book_trust trust = { .n_keys = 1 };
	unsigned char secret[64];
	struct book_sum sum;
	struct q_book_chains_list chains;
	int n = 0, findings = 0;

	assert_ok(q_book_chains(ring_book_db(r), mem, &chains));
	assert_int_equal(chains.n, 2);
	for (size_t i = 0; i < chains.n; i++) {
		struct q_look_walk_list rows;

		assert_ok(q_look_walk(ring_book_db(r), mem, chains.v[i].chain, 0, 500, &rows));
		for (size_t j = 0; j < rows.n; j++)
			n += str_starts(rows.v[j].content, S("change ")) &&
			     str_has(rows.v[j].content, what);
	}
	assert_int_equal(n, 1);
	book_keys(ring_keys(r), keys_newest(ring_keys(r)), trust.keys[0], secret);
	assert_ok(book_verify(ring_book_db(r), &trust, found, &findings, &sum));
	assert_int_equal(findings, 0);
}

/* No record, no right: without the key nothing is let through. */
TEST_DB(promise_06_the_operator_lets_nothing_count_without_a_record)
{
	struct ring *r = ring_open();

	setenv("TILLSAMMANS_DATABASE", t_where(), 1);
	setenv("TILLSAMMANS_BOOK", book_of(r), 1);
	setenv("TILLSAMMANS_KEY_FILE", str_c(mem, str_fmt(mem, "%s/no-key", t_dir())), 1);
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO assignment_ask (id, staff, unit, drawer, role, title, from_on, asked_by, asked_ms, state) "
	    "VALUES (5, 910, 201, 21, 'manager', 'chef', '2026-11-18', 1110, 1, 'open')"));
	assert_int_equal(user("allow", "5"), 1);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM assignment_ask WHERE state = 'open'"), 1);
	ring_close(r);
}

TEST_DB(promise_03_an_own_assignment_counts_by_the_operator_where_nobody_else_is)
{
	struct ring *r = ring_open();
	struct str form = S(
	    "who=910&title=enhetschef&role=manager&drawer=21&from=2026-11-10&to=2099-01-01&once=a");
	struct ring_answer a;
	const char *ask;

	setenv("TILLSAMMANS_DATABASE", t_where(), 1);
	setenv("TILLSAMMANS_BOOK", book_of(r), 1);
	setenv("TILLSAMMANS_KEY_FILE", str_c(mem, str_fmt(mem, "%s/key", t_dir())), 1);
	assert_ok(
	    db_script(ring_db(r), "UPDATE assignment SET to_on = '2026-01-02' WHERE id = 1108"));
	assert_int_equal(ring_do(r, "ada", "/admin/units/201", str_c(mem, form)).status, 303);
	ask = str_c(mem, str_of_i64(mem, ring_number(r, "SELECT id FROM assignment_ask")));
	a = ring_do(r, "ada", str_c(mem, str_fmt(mem, "/admin/asked/%s", ask)), NULL);
	assert_true(str_has(a.body, S("Be den som sköter driften")));
	assert_true(str_has(a.body, str_of(ask)));
	assert_int_equal(ring_number(r, "SELECT count(*) FROM assignment WHERE staff = 910"), 1);
	assert_int_equal(user("asked", NULL), 0);
	assert_int_equal(user("allow", "x"), 2);
	assert_int_equal(user("allow", "77"), 1);
	assert_int_equal(user("allow", ask), 0);
	assert_int_equal(user("allow", ask), 1);
	assert_int_equal(
	    ring_number(r,
		"SELECT count(*) FROM assignment a JOIN assignment_ask k ON k.assignment = a.id WHERE a.staff = 910 AND a.role = 'manager' AND a.from_on > '2026-11-10' AND k.state = 'yes' AND k.answered_by IS NULL"),
	    1);
	/* It is on record which assignment that is, once, and the chains hold (promise 6). */
	on_record(r, ring_number(r, "SELECT assignment FROM assignment_ask"));
	ring_close(r);
}

/* What the pages hold, the database holds too: nobody answers for themselves. */
TEST_DB(promise_03_the_database_lets_nobody_answer_for_their_own_assignment)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "INSERT INTO assignment_ask (id, staff, unit, drawer, role, title, from_on, asked_by, asked_ms, state) "
	    "VALUES (5, 910, 201, 21, 'manager', 'chef', '2026-11-18', 1110, 1, 'open')"));
	assert_int_not_equal(
	    db_script(ring_db(r),
		"UPDATE assignment_ask SET state = 'no', answered_by = 1110, answered_ms = 2 WHERE id = 5"),
	    OK);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM assignment_ask WHERE state = 'open'"), 1);
	ring_close(r);
}
