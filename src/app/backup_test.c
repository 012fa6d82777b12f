#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access/book.h"
#include "access/book_verify.h"
#include "app/app.h"
#include "t.h"

/* A data folder with a demo's mode and a book that has begun. */
static void make_data(const char *dir, const char *key)
{
	char file[4200];
	struct book_options o = { .where = file, .copy = "main", .version = "test" };
	struct keys *keys;
	struct db *db;
	struct book *book;
	size_t voided;

	assert_ok(keys_make(key));
	assert_ok(keys_open(key, &keys));
	o.keys = keys;
	snprintf(file, sizeof file, "%.4000s/tillsammans.db", dir);
	assert_ok(db_open(file, DB_WRITER, &db));
	assert_ok(db_migrate(db, DB_STORE_MAIN));
	assert_ok(db_script(db, "INSERT INTO setting VALUES ('mode', 'demo')"));
	snprintf(file, sizeof file, "%.4000s/book.db", dir);
	assert_ok(book_open(&o, &book));
	assert_ok(book_settle(book, db, &voided));
	book_close(book);
	db_close(db);
	keys_close(keys);
}

static int run(int (*cmd)(int, char **), const char *data, const char *arg)
{
	char name[] = "x", option[] = "--data";
	char *argv[] = { name, option, strdup(data), strdup(arg), NULL };
	int code = cmd(4, argv);

	free(argv[2]);
	free(argv[3]);
	return code;
}

TEST(promise_17_a_backup_comes_back_and_a_changed_one_does_not)
{
	char data[4000], copy[4100], back[4100], key[4100], file[4200];
	FILE *f;

	snprintf(data, sizeof data, "%.3900s", t_dir());
	snprintf(key, sizeof key, "%.3900s/key", t_dir());
	snprintf(copy, sizeof copy, "%.3900s/copy", t_dir());
	snprintf(back, sizeof back, "%.3900s/back", t_dir());
	make_data(data, key);
	assert_int_equal(run(cmd_backup, data, copy), 0);
	assert_int_equal(run(cmd_backup, data, copy), 1); /* never over another one */
	assert_int_equal(run(cmd_restore, back, copy), 0);
	assert_int_equal(run(cmd_restore, back, copy), 1); /* never over a database */
	snprintf(file, sizeof file, "%s/tillsammans.db", back);
	assert_int_equal(access(file, R_OK), 0);
	snprintf(file, sizeof file, "%s/book.db", copy);
	f = fopen(file, "r+b");
	assert_non_null(f);
	fseek(f, 5000, SEEK_SET);
	fputc('!', f);
	fclose(f);
	snprintf(back, sizeof back, "%.3900s/back2", t_dir());
	assert_int_equal(run(cmd_restore, back, copy), 1);
	assert_int_not_equal(access(back, F_OK), 0);
}

/* A book as the program kept it before its records had a place (migrations/book/0005). */
static void make_older_book(const char *file)
{
	const struct db_migration *m = db_migrations_book;
	struct db *db;
	char note[200];

	unlink(file);
	assert_ok(db_open(file, DB_WRITER, &db));
	assert_ok(db_script(db,
	    "CREATE TABLE schema_migration (store INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (store, number)) STRICT"));
	for (; m->name && m->number < 5; m++) {
		assert_ok(db_script(db, m->sqlite));
		snprintf(note, sizeof note, "INSERT INTO schema_migration VALUES (%d, %d, '%s')",
		    (int)DB_STORE_BOOK, (int)m->number, m->name);
		assert_ok(db_script(db, note));
	}
	assert_ok(
	    db_script(db, "INSERT INTO book_chain (chain, copy, opened_ms) VALUES (7, 'main', 1)"));
	db_close(db);
}

TEST(promise_17_a_backup_of_an_older_program_comes_back)
{
	char data[4000], copy[4100], back[4100], key[4100], file[4200];
	struct book_sum sum = { 0 };
	struct db *db;

	snprintf(data, sizeof data, "%.3900s", t_dir());
	snprintf(key, sizeof key, "%.3900s/key", t_dir());
	snprintf(copy, sizeof copy, "%.3900s/copy", t_dir());
	snprintf(back, sizeof back, "%.3900s/back", t_dir());
	make_data(data, key);
	snprintf(file, sizeof file, "%s/book.db", data);
	make_older_book(file);
	assert_int_equal(run(cmd_backup, data, copy), 0);
	assert_int_equal(run(cmd_restore, back, copy), 0);
	snprintf(file, sizeof file, "%s/book.checked", back);
	assert_int_not_equal(access(file, F_OK), 0); /* nothing is left of the check */
	snprintf(file, sizeof file, "%s/book.db", back);
	assert_ok(db_open(file, DB_WRITER, &db));
	assert_ok(db_migrate(db, DB_STORE_BOOK));
	assert_ok(book_verify(db, &(struct book_trust){ 0 }, NULL, NULL, &sum));
	assert_int_equal(sum.chains, 1);
	db_close(db);
}
