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

TEST_DB(promise_06_looks_are_on_record_and_verify)
{
	struct shelf s = shelf_open(db, "a");
	struct book_entry batch[16];
	struct book_looks looks;
	struct db *reader;

	put_looks(s.book, 7, 3);
	for (size_t i = 0; i < 16; i++)
		batch[i] = a_look(i % 2 ? 7 : 8, 100 + (int64_t)i);
	assert_ok(book_append(s.book, batch, 16));
	assert_int_equal(book_seq(s.book), 20); /* and the start */
	assert_ok(db_open(s.o.where, DB_READER, &reader));
	assert_ok(
	    book_looks(reader, mem, (struct child_id){ 7 }, INT64_MAX, INT64_MAX, 100, &looks));
	assert_int_equal(looks.n, 11);
	assert_int_equal(looks.v[10].entry.unit, 14);
	assert_str(looks.v[10].entry.why, "engagement");
	assert_int_equal(looks.v[10].entry.why_id, 15);
	assert_ok(
	    book_looks(reader, mem, (struct child_id){ 9 }, INT64_MAX, INT64_MAX, 100, &looks));
	assert_int_equal(looks.n, 0);
	db_close(reader);
	shelf_close(&s);
	s = shelf_open(db, "a");
	assert_good(&s, 22); /* stop and start */
	shelf_close(&s);
}

TEST_DB(promise_06_changed_content_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(
	    &s, "UPDATE look SET content = replace(content, 'unit=14', 'unit=99') WHERE seq = 5;");
	assert_found(&s, BOOK_WRONG_CONTENT, 5);
	shelf_close(&s);
}

TEST_DB(promise_06_changed_instant_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s, "UPDATE look SET at_ms = at_ms - 86400000 WHERE seq = 5;");
	assert_found(&s, BOOK_WRONG_SELF, 5);
	shelf_close(&s);
}

TEST_DB(promise_06_deleted_middle_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s, "DELETE FROM look WHERE seq IN (5, 6);");
	assert_found(&s, BOOK_WRONG_MISSING, 5);
	shelf_close(&s);
}

/* Moves all records from one number on by some places, by way of high numbers. */
#define SHIFT(from, by) \
	"UPDATE look SET place = place + 1000000 WHERE seq >= " from ";" \
	"UPDATE look SET place = place - 1000000 + (" by ") WHERE seq >= 1000000;"

TEST_DB(promise_06_deleted_and_renumbered_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s, "DELETE FROM look WHERE seq = 5;" SHIFT("6", "-1"));
	assert_found(&s, BOOK_WRONG_PLACE, 5);
	shelf_close(&s);
}

TEST_DB(promise_06_deleted_first_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s, "DELETE FROM look WHERE seq = 1;");
	assert_found(&s, BOOK_WRONG_MISSING, 1);
	shelf_close(&s);
}

TEST_DB(promise_06_reordered_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s,
	    "UPDATE look SET place = place + 1000000 WHERE seq = 5; UPDATE look SET place = place - 1 WHERE seq = 6;"
	    "UPDATE look SET place = place - 999999 WHERE seq > 1000000;");
	assert_found(&s, BOOK_WRONG_PLACE, 5);
	shelf_close(&s);
}

TEST_DB(promise_06_inserted_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s,
	    SHIFT("5",
		"1") "INSERT INTO look (place, at_ms, id, child, salt, content, commitment, "
		     "link) SELECT place + 1, at_ms, id + 1, child, salt, content, commitment, link "
		     "FROM look WHERE seq = 4;");
	assert_found(&s, BOOK_WRONG_PLACE, 5);
	shelf_close(&s);
}

/* In no chain's walk, and in no export, which goes by chains; but in the book. */
TEST_DB(promise_06_a_record_of_no_chain_is_found)
{
	struct shelf s = shelf_open(db, "a");
	struct book_trust t = trust_of(&s);
	struct book_sum sum;
	struct findings l;

	put_looks(s.book, 7, 9);
	tamper(&s, "INSERT INTO look (place, at_ms, id, child, salt, content, commitment, link) "
		   "SELECT place + 5497558138880, at_ms, id + 1, child, salt, content, commitment, "
		   "link FROM look WHERE seq = 4;");
	l = verify_with(&s, &t, &sum);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.v[0].wrong, BOOK_WRONG_CHAIN);
	assert_int_equal(l.v[0].seq, 4);
	shelf_close(&s);
}

/* Longer than any that the program writes. */
TEST_DB(promise_06_a_content_of_any_length_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s,
	    "UPDATE look SET content = replace(content, 'unit=14', 'unit=' || "
	    "substr('00000000000000000000000000000000000000000000000000000000000000', 1, 60)) WHERE seq = 5;"
	    "UPDATE look SET content = replace(content, '0', '0000000000000000000000000000') WHERE seq = 5;");
	assert_found(&s, BOOK_WRONG_CONTENT, 5);
	shelf_close(&s);
}

TEST_DB(promise_06_swapped_salts_are_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 9);
	tamper(&s, "CREATE TABLE swap AS SELECT seq, salt FROM look WHERE seq IN (5, 6);"
		   "UPDATE look SET salt = (SELECT o.salt FROM swap o WHERE o.seq = 11 - look.seq) "
		   "WHERE seq IN (5, 6);"
		   "DROP TABLE swap;");
	assert_found(&s, BOOK_WRONG_CONTENT, 5);
	assert_found(&s, BOOK_WRONG_CONTENT, 6);
	shelf_close(&s);
}

TEST_DB(promise_06_cut_tail_is_found)
{
	struct shelf s = shelf_open(db, "a"), again;

	put_looks(s.book, 7, 5);
	again = s;
	book_close(s.book);
	again.book = NULL;
	tamper(&again, "DELETE FROM look WHERE seq >= 5;");
	/* the stop is record 7, and signed; the program does not write over it */
	assert_int_equal(book_open(&again.o, &again.book), ERR_DENIED);
	{
		struct book_trust t = trust_of(&again);
		struct book_sum sum;
		struct findings l = verify_with(&again, &t, &sum);

		assert_int_equal(l.n, 1);
		assert_int_equal(l.v[0].wrong, BOOK_WRONG_TAIL);
		assert_int_equal(l.v[0].seq, 7);
		assert_int_equal(stranger(&again, NULL), 1);
	}
	keys_close((struct keys *)(uintptr_t)again.o.keys);
}

TEST_DB(promise_06_tail_cut_with_its_checkpoints_is_found_by_a_witness)
{
	struct shelf s = shelf_open(db, "a");
	const char *witness = str_c(mem, str_fmt(mem, "%s/witness", t_dir()));
	struct book_trust t = trust_of(&s);
	struct book_sum sum;
	struct findings l;
	size_t voided;

	book_close(s.book);
	s.o.witness = witness;
	assert_ok(book_open(&s.o, &s.book));
	assert_ok(book_settle(s.book, db, &voided));
	put_looks(s.book, 7, 5);
	book_close(s.book);
	s.book = NULL;
	tamper(&s, "DELETE FROM look WHERE seq > 1; DELETE FROM look_checkpoint WHERE seq > 1;");
	assert_int_equal(verify_with(&s, &t, &sum).n, 0); /* the book alone can't tell */
	assert_int_equal(stranger(&s, NULL), 0);
	assert_true(book_witness_of(mem, t_file(mem, witness), &t.witnesses[0]));
	t.n_witnesses = 1;
	l = verify_with(&s, &t, &sum);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.v[0].wrong, BOOK_WRONG_TAIL);
	assert_int_equal(l.v[0].seq, 9);
	assert_int_equal(stranger(&s, witness), 1);
	assert_int_equal(book_open(&s.o, &s.book), ERR_DENIED);
	/* and without one, the data itself knows of more */
	s.o.witness = NULL;
	assert_ok(book_open(&s.o, &s.book));
	assert_ok(q_change_token_put(db, book_chain(s.book), 0, 77, 4));
	assert_int_equal(book_settle(s.book, db, &voided), ERR_DENIED);
	shelf_close(&s);
}

TEST_DB(promise_06_forged_checkpoint_is_found)
{
	struct shelf s = shelf_open(db, "a");

	put_looks(s.book, 7, 5);
	tamper(&s, "UPDATE look_checkpoint SET at_ms = at_ms + 1 WHERE seq = 1;");
	assert_found(&s, BOOK_WRONG_SIGNATURE, 1);
	shelf_close(&s);
}

/* Somebody with the disk but without the key rewrites a record and every link after it, and signs
 * with a key of their own. */
TEST_DB(promise_06_rewritten_chain_is_found)
{
	struct shelf s = shelf_open(db, "a");
	struct q_look_walk_list rows;
	unsigned char link[BOOK_HASH] = { 0 }, commitment[BOOK_HASH];
	struct db *raw;

	put_looks(s.book, 7, 3);
	clock_set_ms(clock_now_ms() + BOOK_SIGN_EVERY_MS);
	put_looks(s.book, 7, 1); /* signed: record 5 */
	clock_set_ms(0);
	tamper(&s, "SELECT 1;");
	assert_ok(db_open(s.o.where, DB_WRITER, &raw));
	assert_ok(q_look_walk(raw, mem, book_chain(s.book), 0, 100, &rows));
	assert_int_equal(rows.n, 5);
	for (size_t i = 0; i < rows.n; i++) {
		struct q_look_walk *r = &rows.v[i];
		struct str content = r->content, sql;

		if (r->seq == 3)
			content = S("look id=1 child=7 actor=666");
		book_commitment((const unsigned char *)r->salt.p, content, commitment);
		book_link(link, book_chain(s.book), r->seq, r->at_ms, commitment, link);
		sql = str_fmt(mem,
		    db_engine(db) == DB_POSTGRES
			? "UPDATE look SET content = '%.*s', id = %lld, commitment = '\\x%.*s', "
			  "link = '\\x%.*s' WHERE seq = %d;"
			: "UPDATE look SET content = '%.*s', id = %lld, commitment = x'%.*s', "
			  "link = x'%.*s' WHERE seq = %d;",
		    STR(content), r->seq == 3 ? 1LL : (long long)r->id.v,
		    STR(book_hex(mem, commitment, BOOK_HASH)), STR(book_hex(mem, link, BOOK_HASH)),
		    (int)r->seq);
		assert_ok(db_script(raw, str_c(mem, sql)));
	}
	db_close(raw);
	assert_found(&s, BOOK_WRONG_REWRITTEN, 5);
	shelf_close(&s);
}

TEST_DB(promise_06_erased_records_still_verify)
{
	struct shelf s = shelf_open(db, "a");
	static const int64_t seqs[] = { 3, 4, 5, 8 };
	struct book_looks looks;
	struct db *reader;

	put_looks(s.book, 7, 9);
	assert_ok(book_erase(s.book, book_chain(s.book), seqs, 4, S("retention-2y")));
	assert_good(&s, 11);
	assert_ok(db_open(s.o.where, DB_READER, &reader));
	assert_ok(
	    book_looks(reader, mem, (struct child_id){ 7 }, INT64_MAX, INT64_MAX, 100, &looks));
	assert_int_equal(looks.n, 5);
	db_close(reader);
	/* what is erased already, or says nothing of anybody, is refused before anything changes */
	assert_int_equal(book_erase(s.book, book_chain(s.book), seqs, 1, S("again")), ERR_INVALID);
	assert_int_equal(
	    book_erase(s.book, book_chain(s.book), (int64_t[]){ 1 }, 1, S("x")), ERR_INVALID);
	assert_int_equal(
	    book_erase(s.book, book_chain(s.book), (int64_t[]){ 99 }, 1, S("x")), ERR_NOT_FOUND);
	assert_good(&s, 11);
	shelf_close(&s);
}

TEST_DB(promise_19_erasing_many_names_each)
{
	struct shelf s = shelf_open(db, "a");
	struct book_entry batch[400];
	int64_t seqs[200];

	for (size_t i = 0; i < 400; i++)
		batch[i] = a_look(7, 1 + (int64_t)i);
	assert_ok(book_append(s.book, batch, 400));
	for (size_t i = 0; i < 200; i++)
		seqs[i] = 2 + 2 * (int64_t)i; /* every other: no ranges, several records */
	assert_ok(book_erase(s.book, book_chain(s.book), seqs, 200, S("retention-2y")));
	assert_true(book_seq(s.book) > 402);
	assert_good(&s, book_seq(s.book));
	shelf_close(&s);
}

TEST_DB(promise_06_erasing_without_a_rule_is_found)
{
	struct shelf s = shelf_open(db, "a");
	static const int64_t seqs[] = { 3 };

	put_looks(s.book, 7, 9);
	assert_ok(book_erase(s.book, book_chain(s.book), seqs, 1, S("retention-2y")));
	tamper(&s, "UPDATE look SET content = NULL, salt = NULL, id = NULL, child = NULL, "
		   "erased_by = 11 WHERE seq = 6;");
	assert_found(&s, BOOK_WRONG_ERASED, 6);
	shelf_close(&s);
}

TEST_DB(promise_06_two_copies_write_two_chains)
{
	struct shelf a = shelf_open(db, "a"), b;

	/* two copies share a store on PostgreSQL only; on SQLite they take turns */
	if (db_engine(db) == DB_SQLITE) {
		put_looks(a.book, 7, 2);
		shelf_close(&a);
		b = shelf_open(db, "b");
		put_looks(b.book, 7, 3);
		assert_good(&b, 2 + 2 + 3 + 1 - 1 + 1);
		shelf_close(&b);
		return;
	}
	b = shelf_open(db, "b");
	assert_true(book_chain(a.book) != book_chain(b.book));
	for (int i = 0; i < 5; i++) {
		put_looks(a.book, 7, 1);
		put_looks(b.book, 7, 1);
	}
	assert_good(&b, 12);
	tamper(&a, "DELETE FROM look WHERE seq = 3 AND place / 1099511627776 = (SELECT nth FROM "
		   "book_chain WHERE copy = 'a');");
	assert_found(&a, BOOK_WRONG_MISSING, 3);
	shelf_close(&a);
	shelf_close(&b);
}

/* PostgreSQL would refuse to count such places, and the check would end without saying why. */
TEST_DB(promise_06_a_chain_with_an_impossible_number_is_found)
{
	static const char *const nths[] = { "0", "-1", "8388607", "9223372036854775807" };
	struct shelf a = shelf_open(db, "a");
	struct book *again;

	put_looks(a.book, 7, 3);
	book_close(a.book);
	for (size_t i = 0; i < sizeof nths / sizeof nths[0]; i++) {
		struct book_trust t = trust_of(&a);
		struct book_sum sum;
		struct findings l;

		tamper(&a, str_c(mem, str_fmt(mem, "UPDATE book_chain SET nth = %s", nths[i])));
		l = verify_with(&a, &t, &sum);
		assert_true(l.n > 0);
		assert_int_equal(l.v[0].wrong, BOOK_WRONG_CHAIN);
		assert_int_equal(stranger(&a, NULL), 1);
		assert_int_equal(book_open(&a.o, &again), ERR_DENIED); /* nothing written over it */
	}
	a.book = NULL;
	shelf_close(&a);
}

TEST_DB(book_of_one_chain_is_written_by_one_program)
{
	struct shelf a = shelf_open(db, "a");
	struct book_entry e = a_look(7, 1);
	struct book *second;
	size_t voided;

	assert_ok(book_open(&a.o, &second));
	assert_ok(book_settle(second, db, &voided));
	assert_ok(book_append(second, &e, 1));
	/* the first learns it and writes nothing more: no fork, no lost record */
	assert_int_equal(book_append(a.book, &e, 1), ERR_INTERNAL);
	assert_int_equal(book_append(a.book, &e, 1), ERR_INTERNAL);
	assert_ok(book_append(second, &e, 1));
	book_close(second);
	shelf_close(&a);
	a = shelf_open(db, "a");
	assert_good(&a, 1 + 1 + 2 + 1 + 1);
	shelf_close(&a);
}

TEST_DB(promise_06_checkpoints_come_by_number_and_by_time)
{
	struct shelf s = shelf_open(db, "a");
	struct book_trust t = trust_of(&s);
	struct book_entry batch[700];
	struct book_sum sum;

	for (size_t i = 0; i < 700; i++)
		batch[i] = a_look(7, 1);
	clock_set_ms(clock_now_ms());
	assert_ok(book_append(s.book, batch, 700));
	assert_int_equal(verify_with(&s, &t, &sum).n, 0);
	assert_int_equal(sum.unsigned_tail, 700);
	assert_ok(book_append(s.book, batch, 700)); /* over the thousand: signed with it */
	assert_int_equal(verify_with(&s, &t, &sum).n, 0);
	assert_int_equal(sum.unsigned_tail, 0);
	assert_int_equal(sum.checkpoints, 2);
	assert_ok(book_append(s.book, batch, 1));
	assert_ok(book_tick(s.book));
	assert_int_equal(verify_with(&s, &t, &sum).n, 0);
	assert_int_equal(sum.unsigned_tail, 1);
	clock_set_ms(clock_now_ms() + BOOK_SIGN_EVERY_MS);
	assert_ok(book_tick(s.book));
	assert_ok(book_tick(s.book));
	assert_int_equal(verify_with(&s, &t, &sum).n, 0);
	assert_int_equal(sum.unsigned_tail, 0);
	assert_int_equal(sum.checkpoints, 3);
	clock_set_ms(0);
	shelf_close(&s);
}

TEST_DB(promise_06_the_store_refuses_to_forget)
{
	struct shelf s = shelf_open(db, "a");
	struct db *raw;

	put_looks(s.book, 7, 3);
	assert_ok(db_open(s.o.where, DB_WRITER, &raw));
	assert_true(db_script(raw, "DELETE FROM look WHERE seq = 2;") != OK);
	assert_true(db_script(raw, "UPDATE look SET at_ms = 1 WHERE seq = 2;") != OK);
	assert_true(db_script(raw, "UPDATE look SET content = 'look' WHERE seq = 2;") != OK);
	assert_true(db_script(raw, "DELETE FROM look_checkpoint;") != OK);
	assert_true(db_script(raw, "UPDATE look_checkpoint SET seq = 2;") != OK);
	db_close(raw);
	assert_good(&s, 4);
	shelf_close(&s);
}

TEST_DB(promise_06_another_key_proves_nothing)
{
	struct shelf s = shelf_open(db, "a");
	struct book_trust t = trust_of(&s);
	struct book_sum sum;
	struct findings l;

	t.keys[0][0] ^= 1;
	l = verify_with(&s, &t, &sum);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.v[0].wrong, BOOK_WRONG_SIGNATURE);
	shelf_close(&s);
}
