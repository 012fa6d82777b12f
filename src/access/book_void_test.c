#include "access/book.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>

#include "access/book_shelf.h"
#include "access/book_verify.h"
#include "base/date.h"
#include "q_book.h"
#include "test/t.h"

static struct book_entry a_change(void)
{
	struct book_entry e = a_look(7, 1);

	e.kind = BOOK_CHANGE;
	e.id = id_random();
	e.act = S("step.done");
	return e;
}

/* How many voids of that change are on record. */
static size_t voids_of(const struct shelf *s, int64_t id)
{
	struct q_look_walk_list rows;
	struct book_entry e;
	struct db *db;
	size_t n = 0;

	assert_ok(db_open(s->o.where, DB_READER, &db));
	assert_ok(q_look_walk(db, t_mem(), book_chain(s->book), 0, 10000, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (book_entry_of(rows.v[i].content, &e) && e.kind == BOOK_VOID && e.of == id)
			n++;
	db_close(db);
	return n;
}

/* One change that landed, then a batch of two more and a look: the power goes between the book's
 * commit and the data's. In a process of its own that ends without a word. */
static void crash_between(const char *where)
{
	struct book_entry landed = a_change(), batch[3] = { a_change(), a_look(7, 2), a_change() };
	struct shelf s;
	struct db *db;

	landed.id = 101;
	batch[0].id = 102;
	batch[2].id = 103;
	assert_ok(db_open(where, DB_WRITER, &db));
	s = shelf_open(db, "a");
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(book_token(s.book, db, 0, landed.id));
	assert_ok(book_append(s.book, &landed, 1));
	assert_ok(db_commit(db));
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(book_token(s.book, db, 0, batch[0].id));
	assert_ok(book_token(s.book, db, 1, batch[2].id));
	assert_ok(book_append(s.book, batch, 3));
	_exit(0);
}

TEST_DB(promise_17_crash_between_book_and_data_gives_a_void)
{
	pid_t pid = fork();
	struct shelf s;
	size_t voided;
	bool there;
	int status;

	assert_true(pid >= 0);
	if (pid == 0)
		crash_between(t_where());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	s = shelf_of(db, "a");
	assert_ok(book_open(&s.o, &s.book));
	assert_ok(book_landed(s.book, db, 101, &there));
	assert_true(there);
	assert_ok(book_landed(s.book, db, 102, &there));
	assert_false(there);
	assert_ok(book_settle(s.book, db, &voided));
	assert_int_equal(voided, 2);
	assert_int_equal(voids_of(&s, 101), 0);
	assert_int_equal(voids_of(&s, 102), 1);
	assert_int_equal(voids_of(&s, 103), 1);
	/* the next start finds nothing to void again */
	book_close(s.book);
	assert_ok(book_open(&s.o, &s.book));
	assert_ok(book_settle(s.book, db, &voided));
	assert_int_equal(voided, 0);
	assert_good(&s, book_seq(s.book));
	shelf_close(&s);
}

/* Dies before it is settled, again and again: the void is not forgotten. */
TEST_DB(promise_17_crash_while_settling_forgets_no_void)
{
	struct shelf s = shelf_of(db, "a");
	size_t voided;
	int status;

	for (int i = 0; i < 3; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			struct shelf dying;

			if (i == 0)
				crash_between(t_where());
			dying = shelf_of(db, "a");
			assert_ok(book_open(&dying.o, &dying.book));
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_ok(book_open(&s.o, &s.book));
	assert_ok(book_settle(s.book, db, &voided));
	assert_int_equal(voided, 2);
	shelf_close(&s);
}

TEST_DB(promise_17_a_change_that_landed_is_never_voided)
{
	struct shelf s = shelf_open(db, "a");
	int64_t ids[700];
	size_t voided;

	/* the ring goes round, batches are of every size, and starts come between */
	for (size_t i = 0, batch = 1; i < 700; batch = batch % 60 + 7) {
		struct book_entry e[80];
		size_t n = batch < 700 - i ? batch : 700 - i;

		assert_ok(db_begin(db, DB_WRITE));
		for (size_t k = 0; k < n; k++) {
			e[k] = a_change();
			ids[i + k] = e[k].id;
			assert_ok(book_token(s.book, db, k, e[k].id));
		}
		assert_ok(book_append(s.book, e, n));
		assert_ok(db_commit(db));
		i += n;
		if (batch % 5 == 0) {
			book_close(s.book);
			assert_ok(book_open(&s.o, &s.book));
			assert_ok(book_settle(s.book, db, &voided));
			assert_int_equal(voided, 0);
		}
	}
	for (size_t i = 0; i < 700; i += 50)
		assert_int_equal(voids_of(&s, ids[i]), 0);
	shelf_close(&s);
}

TEST_DB(promise_17_a_commit_that_the_store_refuses_is_voided_by_whoever_writes)
{
	struct shelf s = shelf_open(db, "a");
	struct book_entry refused = a_change(), kept = a_change();

	assert_ok(db_script(db,
	    "CREATE TABLE t_parent (id INTEGER PRIMARY KEY);"
	    "CREATE TABLE t_waits (parent INTEGER REFERENCES t_parent (id) DEFERRABLE INITIALLY DEFERRED)"));
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(book_token(s.book, db, 0, refused.id));
	assert_ok(db_script(db, "INSERT INTO t_waits (parent) VALUES (1)"));
	assert_int_not_equal(book_commit(s.book, db, &refused, 1), OK);
	assert_int_equal(voids_of(&s, refused.id), 1);

	/* a batch in which every change was refused has nothing to void, and the program lives */
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_script(db, "INSERT INTO t_waits (parent) VALUES (1)"));
	assert_int_not_equal(book_commit(s.book, db, NULL, 0), OK);
	assert_int_equal(book_commit_failed(s.book, db, NULL, 0), ERR_RETRY);

	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(book_token(s.book, db, 0, kept.id));
	assert_ok(book_commit(s.book, db, &kept, 1));
	assert_ok(book_commit_failed(s.book, db, &kept.id, 1)); /* only the answer was lost */
	assert_int_equal(voids_of(&s, kept.id), 0);
	assert_good(&s, book_seq(s.book));
	shelf_close(&s);
}

TEST_DB(promise_17_a_failed_data_commit_is_voided_at_once)
{
	struct shelf s = shelf_open(db, "a");
	struct book_entry e = a_change();
	size_t voided;

	assert_ok(book_append(s.book, &e, 1));
	assert_ok(book_void(s.book, &e.id, 1));
	assert_int_equal(voids_of(&s, e.id), 1);
	book_close(s.book);
	assert_ok(book_open(&s.o, &s.book));
	assert_ok(book_settle(s.book, db, &voided));
	assert_int_equal(voided, 0);
	shelf_close(&s);
}
