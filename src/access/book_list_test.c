/* The list of a child's looks (book_list.h). */
#include "access/book_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "access/book_shelf.h"
#include "q_book.h"
#include "q_book_list.h"
#include "test/t.h"

TEST_DB(promise_06_looks_are_paged_without_a_gap)
{
	struct shelf s = shelf_open(db, "a");
	int64_t before_ms = INT64_MAX, before_id = INT64_MAX;
	struct book_entry batch[50];
	struct book_looks page;
	struct db *reader;
	size_t n = 0;

	for (size_t i = 0; i < 50; i++)
		batch[i] = a_look(7, 1 + (int64_t)i);
	clock_set_ms(1700000000000); /* all of one instant: the random id alone orders them */
	assert_ok(book_append(s.book, batch, 50));
	assert_ok(db_open(s.o.where, DB_READER, &reader));
	do {
		assert_ok(book_looks(
		    reader, mem, (struct child_id){ 7 }, before_ms, before_id, 7, &page));
		for (size_t i = 0; i < page.n; i++) {
			assert_true(page.v[i].at_ms < before_ms || page.v[i].id < before_id);
			before_ms = page.v[i].at_ms;
			before_id = page.v[i].id;
		}
		n += page.n;
	} while (page.n == 7);
	assert_int_equal(n, 50);
	db_close(reader);
	clock_set_ms(0);
	shelf_close(&s);
}

TEST_DB(promise_06_look_hidden_from_a_child_is_found)
{
	struct shelf s = shelf_open(db, "a");
	struct book_trust t = trust_of(&s);
	struct book_sum sum;
	struct findings l;

	put_looks(s.book, 7, 9);
	tamper(&s, "UPDATE look SET child = NULL WHERE seq = 5;");
	l = verify_with(&s, &t, &sum); /* the list's column is not part of the export */
	assert_int_equal(l.n, 1);
	assert_int_equal(l.v[0].wrong, BOOK_WRONG_COLUMN);
	assert_int_equal(l.v[0].seq, 5);
	shelf_close(&s);
}

/* Writes a part of the list of looks as nobody should. */
static void put_part(const struct shelf *s, int64_t bucket, struct str entries)
{
	struct db *w;

	assert_ok(db_open(s->o.where, DB_WRITER, &w));
	assert_ok(db_begin(w, DB_WRITE));
	assert_ok(q_look_part_put(w, book_chain(s->book), bucket, 0, entries));
	assert_ok(db_commit(w));
	db_close(w);
}

TEST_DB(promise_06_look_taken_off_its_child_s_list_is_found)
{
	struct shelf s = shelf_open(db, "a");
	struct book_trust t = trust_of(&s);
	static const int64_t seqs[] = { 700 };
	struct book_entry batch[900];
	struct book_looks looks;
	struct book_sum sum;
	struct findings l;
	struct db *reader;

	for (size_t i = 0; i < 900; i++)
		batch[i] = a_look(1 + (int64_t)i % 100, 1);
	assert_ok(book_append(s.book, batch, 900));
	assert_ok(book_append(s.book, batch, 900));
	assert_ok(book_append(s.book, batch, 900)); /* 2,048 are listed now, the rest not yet */
	assert_ok(db_open(s.o.where, DB_READER, &reader));
	assert_ok(
	    book_looks(reader, mem, (struct child_id){ 7 }, INT64_MAX, INT64_MAX, 100, &looks));
	assert_int_equal(looks.n, 27);
	assert_ok(book_erase(s.book, book_chain(s.book), seqs, 1, S("rule")));
	assert_int_equal(verify_with(&s, &t, &sum).n, 0);
	/* The first segment's part with child 7 (22 of its looks) and 71 is gone. */
	tamper(&s, "DELETE FROM look_part WHERE bucket = 7 AND segment = 0;");
	l = verify_with(&s, &t, &sum);
	assert_true(l.n >= 20);
	assert_int_equal(l.v[0].wrong, BOOK_WRONG_UNLISTED);
	assert_int_equal(l.v[0].seq, 8);
	put_part(&s, 40, S("\0\0\0\0\0\0\x03\xe8\0\x07")); /* child 1000, record 8 */
	/* What is put on a child's list does not show it another child's look: 1000 has bucket 40.
	 */
	assert_ok(
	    book_looks(reader, mem, (struct child_id){ 1000 }, INT64_MAX, INT64_MAX, 100, &looks));
	assert_int_equal(looks.n, 0);
	db_close(reader);
	shelf_close(&s);
}
