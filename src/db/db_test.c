/* The well: values, rows and answers, each on both engines. */
#include <stdio.h>
#include <string.h>

#include "db/db_test.h"

#define N_OF(a) ((int)(sizeof(a) / sizeof *(a)))

TEST_DB(every_query_prepares_on_both_engines)
{
	struct db *book = NULL;
	char path[600];

	assert_ok(db_migrate(db, DB_STORE_MAIN));
	if (db_engine(db) == DB_SQLITE) {
		snprintf(path, sizeof path, "%s/book.db", t_dir());
		assert_ok(db_open(path, DB_WRITER, &book));
	} else {
		book = another(DB_WRITER);
	}
	assert_ok(db_migrate(book, DB_STORE_BOOK));
	for (int i = 0; i < db_query_count; i++) {
		const struct db_query *q = db_queries[i];

		assert_int_equal(q->index, i);
		if (db_prepare(q->store == DB_STORE_BOOK ? book : db, q) != OK)
			fail_msg("query %s", q->name);
	}
	db_close(book);
}

/* --- values --- */

struct item {
	int64_t n;
	bool n_null;
	struct str name;
	struct date born;
	struct str raw;
};
static const struct db_column item_cols[] = {
	{ "n", DB_INT64, true, offsetof(struct item, n), offsetof(struct item, n_null) },
	{ "name", DB_TEXT, true, offsetof(struct item, name), 0 },
	{ "born", DB_DATE, true, offsetof(struct item, born), 0 },
	{ "raw", DB_BLOB, true, offsetof(struct item, raw), 0 },
};
static const enum db_type item_in[] = { DB_INT64, DB_INT64, DB_TEXT, DB_DATE, DB_BLOB };

static struct item round_trip(struct db *db, int64_t id, const struct db_value *in)
{
	const struct db_value key[] = { { .type = DB_INT64, .i = id } };
	struct item item;

	assert_ok(db_change(db,
	    query("INSERT INTO t_item (id, n, name, born, raw) VALUES ($1, $2, $3, $4, $5)", 5,
		item_in, 0, NULL, 0, true),
	    in, 1));
	assert_ok(db_one(db,
	    query("SELECT n, name, born, raw FROM t_item WHERE id = $1", 1, one_i64, 4, item_cols,
		sizeof item, false),
	    key, t_mem(), &item));
	return item;
}

TEST_DB(db_types_come_back_as_they_went_in)
{
	static const int64_t numbers[] = { 0, 1, -1, 127, 128, 255, 256, -256, INT32_MAX,
		(int64_t)INT32_MAX + 1, INT64_MAX, INT64_MIN };
	char bytes[256];

	make_item(db);
	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	for (int i = 0; i < N_OF(numbers); i++) {
		const struct db_value in[] = {
			{ .type = DB_INT64, .i = i + 1 },
			{ .type = DB_INT64, .i = numbers[i] },
			{ .type = DB_TEXT, .s = S("Åsa 'O\"Neil\\ \xf0\x9f\x90\xa3 $1 ?2") },
			{ .type = DB_DATE, .d = { 2008, 2, 29 } },
			{ .type = DB_BLOB, .s = { bytes, 256 } },
		};
		struct item it = round_trip(db, i + 1, in);

		assert_true(it.n == numbers[i] && !it.n_null);
		assert_true(str_eq(it.name, in[2].s));
		assert_int_equal(date_cmp(it.born, in[3].d), 0);
		assert_true(str_eq(it.raw, in[4].s));
	}
}

TEST_DB(db_null_and_empty_are_two_things)
{
	const struct db_value none[] = {
		{ .type = DB_INT64, .i = 1 },
		{ .type = DB_INT64, .null = true, .i = 7 },
		{ .type = DB_TEXT, .null = true, .s = S("left out") },
		{ .type = DB_DATE },
		{ .type = DB_BLOB, .null = true },
	};
	const struct db_value empty[] = {
		{ .type = DB_INT64, .i = 2 },
		{ .type = DB_INT64, .i = 0 },
		{ .type = DB_TEXT },
		{ .type = DB_DATE, .null = true, .d = { 2020, 1, 1 } },
		{ .type = DB_BLOB },
	};
	struct item it;

	make_item(db);
	it = round_trip(db, 1, none);
	assert_true(it.n_null && it.n == 0 && !it.name.p && !it.raw.p && !date_known(it.born));
	it = round_trip(db, 2, empty);
	assert_true(!it.n_null && it.name.p && it.name.n == 0 && it.raw.p && it.raw.n == 0);
	assert_false(date_known(it.born));
	assert_int_equal(number(db, "SELECT count(*) FROM t_item WHERE name IS NULL"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM t_item WHERE born IS NULL"), 2);
}

TEST_DB(db_a_null_that_the_header_denies_is_an_error)
{
	struct number n;

	make_item(db);
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (1)"));
	assert_int_equal(
	    db_one(db, query("SELECT n FROM t_item", 0, NULL, 1, number_cols, sizeof n, false),
		NULL, t_mem(), &n),
	    ERR_INTERNAL);
	assert_int_equal(
	    db_one(db, query("SELECT name FROM t_item", 0, NULL, 1, number_cols, sizeof n, false),
		NULL, t_mem(), &n),
	    ERR_INTERNAL);
	assert_int_equal(number(db, "SELECT count(*) FROM t_item"), 1); /* and goes on */
}

TEST_DB(db_truth_and_counts_are_numbers_on_both_engines)
{
	make_item(db);
	assert_int_equal(number(db, "SELECT 2 > 1"), 1);
	assert_int_equal(number(db, "SELECT -5"), -5);
	assert_int_equal(number(db, "SELECT EXISTS (SELECT 1 FROM t_item)"), 0);
	assert_ok(change(db, "INSERT INTO t_item (id, n) VALUES (1, 40), (2, 2)"));
	assert_int_equal(number(db, "SELECT CAST(sum(n) AS BIGINT) FROM t_item"), 42);
}

TEST_DB(db_text_is_compared_by_bytes_on_both_engines)
{
	static const struct db_column cols[] = { { "name", DB_TEXT, false, 0, 0 } };
	struct str *names;
	void *rows;
	size_t n;

	make_item(db);
	assert_ok(change(
	    db, "INSERT INTO t_item (id, name) VALUES (1, 'a'), (2, 'B'), (3, 'Å'), (4, 'b')"));
	assert_ok(db_many(db,
	    query("SELECT name FROM t_item ORDER BY name", 0, NULL, 1, cols, sizeof(struct str),
		false),
	    NULL, t_mem(), &rows, &n));
	assert_int_equal(n, 4);
	names = rows;
	assert_str(names[0], "B");
	assert_str(names[1], "a");
	assert_str(names[2], "b");
	assert_str(names[3], "Å");
}

TEST_DB(db_many_rows_come_in_order_and_whole)
{
	static const struct db_column cols[] = {
		{ "n", DB_INT64, false, offsetof(struct item, n), 0 },
		{ "name", DB_TEXT, false, offsetof(struct item, name), 0 },
	};
	struct item *v;
	void *rows;
	size_t n;

	make_item(db);
	assert_ok(db_begin(db, DB_WRITE));
	for (int64_t i = 1; i <= 1000; i++) {
		const struct db_value in[] = {
			{ .type = DB_INT64, .i = i },
			{ .type = DB_INT64, .i = i * 100 },
			{ .type = DB_TEXT, .s = str_fmt(mem, "name %d", (int)i) },
			{ .type = DB_DATE },
			{ .type = DB_BLOB, .null = true },
		};

		assert_ok(db_change(db,
		    query("INSERT INTO t_item (id, n, name, born, raw) "
			  "VALUES ($1, $2, $3, $4, $5)",
			5, item_in, 0, NULL, 0, true),
		    in, 1));
	}
	assert_ok(db_commit(db));
	assert_ok(db_many(db,
	    query("SELECT n, name FROM t_item ORDER BY id", 0, NULL, 2, cols, sizeof *v, false),
	    NULL, mem, &rows, &n));
	assert_int_equal(n, 1000);
	v = rows;
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(v[i].n, (int64_t)(i + 1) * 100);
		assert_true(str_eq(v[i].name, str_fmt(mem, "name %d", (int)i + 1)));
	}
}

/* --- answers --- */

TEST_DB(db_one_maybe_and_change_answer_by_number_of_rows)
{
	const struct db_query *none = query("SELECT n FROM t_item WHERE id = 9", 0, NULL, 1,
	    number_cols, sizeof(struct number), false);
	const struct db_query *all =
	    query("SELECT id FROM t_item", 0, NULL, 1, number_cols, sizeof(struct number), false);
	const struct db_query *rename =
	    query("UPDATE t_item SET name = 'x' WHERE id = 9", 0, NULL, 0, NULL, 0, true);
	struct number n = { 5 };
	bool found = true;

	make_item(db);
	assert_ok(change(db, "INSERT INTO t_item (id) VALUES (1), (2)"));
	assert_int_equal(db_one(db, none, NULL, mem, &n), ERR_NOT_FOUND);
	assert_ok(db_maybe(db, none, NULL, mem, &n, &found));
	found = false;
	assert_ok(db_maybe(db, none, NULL, mem, &n, &found));
	assert_false(found);
	assert_int_equal(db_one(db, all, NULL, mem, &n), ERR_INTERNAL);
	assert_int_equal(db_change(db, rename, NULL, 1), ERR_CONFLICT);
	assert_ok(db_change(db, rename, NULL, DB_ANY));
}

TEST_DB(db_what_a_constraint_refuses_is_a_conflict)
{
	const bool lite = db_engine(db) == DB_SQLITE;

	make_item(db);
	assert_ok(db_script(
	    db, lite ? "CREATE TABLE t_part (item INTEGER NOT NULL REFERENCES t_item (id)) STRICT;"
		       "CREATE TRIGGER t_keep BEFORE DELETE ON t_item BEGIN "
		       "SELECT RAISE(ABORT, 'kept'); END"
		     : "CREATE TABLE t_part (item BIGINT NOT NULL REFERENCES t_item (id));"
		       "CREATE FUNCTION t_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
		       "RAISE EXCEPTION 'kept'; END $$;"
		       "CREATE TRIGGER t_keep BEFORE DELETE ON t_item "
		       "FOR EACH ROW EXECUTE FUNCTION t_kept()"));
	assert_ok(change(db, "INSERT INTO t_item (id, n) VALUES (1, 1)"));
	assert_int_equal(change(db, "INSERT INTO t_item (id) VALUES (1)"), ERR_CONFLICT);
	assert_int_equal(change(db, "UPDATE t_item SET n = 13"), ERR_CONFLICT);
	assert_int_equal(change(db, "INSERT INTO t_part (item) VALUES (2)"), ERR_CONFLICT);
	assert_int_equal(change(db, "INSERT INTO t_part (item) VALUES (NULL)"), ERR_CONFLICT);
	assert_int_equal(change(db, "DELETE FROM t_item"), ERR_CONFLICT);
	assert_int_equal(change(db, "INSERT INTO t_nowhere VALUES (1)"), ERR_INTERNAL);
	assert_int_equal(number(db, "SELECT count(*) FROM t_item"), 1);
}

TEST_DB(db_a_header_that_does_not_fit_its_sql_is_found_when_prepared)
{
	make_item(db);
	assert_ok(db_prepare(
	    db, query("SELECT n FROM t_item WHERE id = $1", 1, one_i64, 1, number_cols, 8, false)));
	assert_int_equal(db_prepare(db, query("SELECT n, id FROM t_item WHERE id = $1", 1, one_i64,
					    1, number_cols, 8, false)),
	    ERR_INTERNAL);
	assert_int_equal(
	    db_prepare(db, query("SELECT nn FROM t_item", 0, NULL, 1, number_cols, 8, false)),
	    ERR_INTERNAL);
}

TEST_DB(db_a_reader_can_not_write)
{
	struct db *reader;
	/* Its header lies: the engine must refuse it too. */
	const struct db_query *sly =
	    query("INSERT INTO t_item (id) VALUES (1)", 0, NULL, 0, NULL, 0, false);

	make_item(db);
	reader = another(DB_READER);
	assert_int_equal(db_change(reader, sly, NULL, DB_ANY), ERR_INTERNAL);
	assert_int_equal(number(reader, "SELECT count(*) FROM t_item"), 0);
	db_close(reader);
}
