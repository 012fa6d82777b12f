#include <stdio.h>

#include "access/book.h"
#include "app/writer_in.h"
#include "db/db.h"
#include "t.h"

#define LOG_MB 4 /* more than making the tables leaves in the other log */

static void fill(struct writer *wr, size_t batches)
{
	struct book_entry looks[BOOK_BATCH_MOST];

	for (size_t i = 0; i < BOOK_BATCH_MOST; i++)
		looks[i] = (struct book_entry){ .kind = BOOK_LOOK, .child = 7, .unit = 14 };
	for (size_t i = 0; i < batches; i++)
		assert_ok(book_append(wr->book, looks, BOOK_BATCH_MOST));
}

static int64_t size_of(const char *file)
{
	FILE *f = fopen(file, "rb");
	long n;

	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	n = ftell(f);
	fclose(f);
	return n;
}

/* The keeper nearly always comes by while a commit is on its way. The writer may not move the log
 * then; it does after the next batch, and does not wait for the keeper to come by again. */
TEST(a_log_under_load_begins_anew_although_the_keeper_came_by_in_a_commit)
{
	const char *dir = t_dir();
	const char *key = str_c(t_mem(), str_fmt(t_mem(), "%s/key", dir));
	const char *wal = str_c(t_mem(), str_fmt(t_mem(), "%s/book.db-wal", dir));
	struct site site = { .version = "test" };
	struct config cfg;
	struct writer *wr;
	struct keys *keys;
	int64_t grown;

	assert_ok(keys_make(key));
	assert_ok(keys_open(key, &keys));
	site.keys = keys;
	assert_ok(config_load(NULL, &cfg));
	snprintf(cfg.data, sizeof cfg.data, "%s", dir);
	cfg.database[0] = cfg.book[0] = 0;
	config_finish(&cfg);
	cfg.wal_mb = LOG_MB;
	assert_ok(writer_open(&cfg, &site, &wr));
	while (size_of(wal) < 2 * LOG_MB << 20)
		fill(wr, 1);
	atomic_store(&wr->logs.book.moved, atomic_load(&wr->logs.book.begun));
	writer_rest(wr);
	assert_true(wr->unrested);
	fill(wr, 1);
	writer_rest(wr);
	assert_false(wr->unrested);
	grown = size_of(wal);
	fill(wr, 4); /* written over what stood there */
	assert_int_equal(size_of(wal), grown);
	writer_close(wr);
	keys_close(keys);
}
