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

struct shelf shelf_of(struct db *main, const char *copy)
{
	struct arena *mem = t_mem();
	struct shelf s = { .main = main };
	const char *key = str_c(mem, str_fmt(mem, "%s/key", t_dir()));
	struct keys *k;

	if (access(key, F_OK) != 0)
		assert_ok(keys_make(key));
	assert_ok(keys_open(key, &k));
	s.o = (struct book_options){
		.where = db_engine(main) == DB_POSTGRES
			     ? t_where()
			     : str_c(mem, str_fmt(mem, "%s/book.db", t_dir())),
		.copy = copy,
		.version = "test",
		.keys = k,
	};
	return s;
}

struct shelf shelf_open(struct db *main, const char *copy)
{
	struct shelf s = shelf_of(main, copy);
	size_t voided;

	assert_ok(book_open(&s.o, &s.book));
	assert_ok(book_settle(s.book, main, &voided));
	assert_int_equal(voided, 0);
	return s;
}

void shelf_close(struct shelf *s)
{
	book_close(s->book);
	keys_close((struct keys *)(uintptr_t)s->o.keys);
}

struct book_entry a_look(int64_t child, int64_t item)
{
	return (struct book_entry){ .kind = BOOK_LOOK,
		.child = child,
		.actor = 11,
		.staff = 12,
		.assignment = 13,
		.unit = 14,
		.act = S("child.show"),
		.item = S("plan"),
		.item_id = item,
		.why = S("engagement"),
		.why_id = 15,
		.outcome = S("ok"),
		.request = 0xfedcba9876543210u };
}

void put_looks(struct book *b, int64_t child, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct book_entry e = a_look(child, (int64_t)i + 1);

		assert_ok(book_append(b, &e, 1));
	}
}

/* Changes the store as somebody with the disk in hand can. */
void tamper(const struct shelf *s, const char *sql)
{
	struct db *db;
	bool pg = db_engine(s->main) == DB_POSTGRES;

	assert_ok(db_open(s->o.where, DB_WRITER, &db));
	assert_ok(db_script(db,
	    pg ? "DROP TRIGGER IF EXISTS look_stays ON look; DROP TRIGGER IF EXISTS "
		 "look_is_only_erased ON look; DROP TRIGGER IF EXISTS look_checkpoint_stays "
		 "ON look_checkpoint;"
	       : "DROP TRIGGER IF EXISTS look_stays; DROP TRIGGER IF EXISTS look_is_only_erased; "
		 "DROP TRIGGER IF EXISTS look_checkpoint_stays; DROP TRIGGER IF EXISTS "
		 "look_checkpoint_is_fixed;"));
	assert_ok(db_script(db, sql));
	db_close(db);
}

void note(void *to, const struct book_finding *f)
{
	struct findings *l = to;

	if (l->n < 64)
		l->v[l->n++] = *f;
}

struct book_trust trust_of(const struct shelf *s)
{
	struct book_trust t = { .n_keys = 1 };
	unsigned char secret[64];

	book_keys(s->o.keys, keys_newest(s->o.keys), t.keys[0], secret);
	return t;
}

struct findings verify_with(const struct shelf *s, const struct book_trust *t, struct book_sum *sum)
{
	struct findings l = { .n = 0 };
	struct db *db;

	assert_ok(db_open(s->o.where, DB_READER, &db));
	assert_ok(book_verify(db, t, note, &l, sum));
	db_close(db);
	return l;
}

/* The other checker's answer: 0 nothing found. */
int stranger(const struct shelf *s, const char *witness)
{
	struct arena *mem = t_mem();
	struct book_trust t = trust_of(s);
	struct str pem = book_key_pem(mem, t.keys[0]), cmd;
	struct db *db;
	FILE *f;
	int fd, status;

	f = fopen(str_c(mem, str_fmt(mem, "%s/key.pem", t_dir())), "w");
	assert_non_null(f);
	fprintf(f, "%.*s", STR(pem));
	fclose(f);
	fd = open(
	    str_c(mem, str_fmt(mem, "%s/book.tsv", t_dir())), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_ok(db_open(s->o.where, DB_READER, &db));
	assert_ok(book_export(db, fd));
	db_close(db);
	close(fd);
	cmd = str_fmt(mem, "perl '%s/test/book_check.pl' '%s/book.tsv' '%s/key.pem' %s > '%s/said'",
	    t_source(), t_dir(), t_dir(), witness ? witness : "", t_dir());
	status = system(str_c(mem, cmd));
	assert_true(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 1));
	return WEXITSTATUS(status);
}

void assert_good(const struct shelf *s, int64_t records)
{
	struct book_trust t = trust_of(s);
	struct book_sum sum;
	struct findings l = verify_with(s, &t, &sum);

	assert_int_equal(l.n, 0);
	assert_int_equal(sum.findings, 0);
	assert_int_equal(sum.records, records);
	assert_int_equal(stranger(s, NULL), 0);
}

/* Both checkers find it, and ours says which record and what. */
void assert_found(const struct shelf *s, enum book_wrong wrong, int64_t seq)
{
	struct book_trust t = trust_of(s);
	struct book_sum sum;
	struct findings l = verify_with(s, &t, &sum);
	bool there = false;

	assert_true(l.n > 0);
	for (size_t i = 0; i < l.n; i++)
		there = there || (l.v[i].wrong == wrong && l.v[i].seq == seq &&
				     l.v[i].chain == book_chain(s->book));
	if (!there)
		for (size_t i = 0; i < l.n; i++)
			print_message(
			    "found %s at %" PRId64 "\n", book_wrong_word(l.v[i].wrong), l.v[i].seq);
	assert_true(there);
	assert_int_equal(stranger(s, NULL), 1);
}
