/* Rows as bytes and back (db_pack.c). */
#include <string.h>

#include "db/db_test.h"

struct thing {
	int64_t n;
	bool n_null;
	struct str name;
	struct date born;
	int64_t id;
};
static const struct db_column cols[] = {
	{ "n", DB_INT64, true, offsetof(struct thing, n), offsetof(struct thing, n_null) },
	{ "name", DB_TEXT, true, offsetof(struct thing, name), 0 },
	{ "born", DB_DATE, true, offsetof(struct thing, born), 0 },
	{ "id", DB_INT64, false, offsetof(struct thing, id), 0 },
};
static const struct db_query things = {
	.name = "things", .outs = 4, .cols = cols, .row = sizeof(struct thing)
};

static const struct thing two[] = {
	{ .n = INT64_MIN, .name = { "Åsa", 4 }, .born = { 2026, 11, 28 }, .id = INT64_MAX },
	{ .n_null = true, .name = { NULL, 0 }, .born = { 0 }, .id = -1 },
	{ .n = 0, .name = { "", 0 }, .born = { 1800, 1, 1 }, .id = 255 },
};
#define THINGS (sizeof two / sizeof *two)

static struct str packed(struct arena *mem)
{
	struct buf b;

	buf_init(&b, mem, 1);
	db_pack(&things, two, THINGS, &b);
	return buf_text(&b);
}

TEST(db_packed_rows_come_back_as_they_were)
{
	struct str bytes = packed(t_mem());
	void *rows;
	size_t n;

	assert_true(db_unpack(&things, t_mem(), &bytes, &rows, &n));
	assert_int_equal(bytes.n, 0);
	assert_int_equal(n, THINGS);
	for (size_t i = 0; i < THINGS; i++) {
		const struct thing *a = &two[i], *b = (const struct thing *)rows + i;

		assert_int_equal(a->n, b->n);
		assert_int_equal(a->n_null, b->n_null);
		assert_true(str_eq(a->name, b->name));
		assert_int_equal(a->name.p == NULL, b->name.p == NULL);
		assert_int_equal(date_cmp(a->born, b->born), 0);
		assert_int_equal(a->id, b->id);
	}
}

/* Cut anywhere, changed anywhere: never read beyond its end (ASan says so), and what is cut is not
 * whole. */
TEST(db_packed_rows_that_are_cut_are_none)
{
	struct str whole = packed(t_mem());
	void *rows;
	size_t n;

	for (size_t k = 0; k < whole.n; k++) {
		char *copy = memcpy(arena_array(t_mem(), char, k + 1), whole.p, k);
		struct str part = { copy, k };

		assert_false(
		    db_unpack(&things, t_mem(), &part, &rows, &n) && part.n == 0 && n == THINGS);
	}
	for (size_t k = 0; k < whole.n; k++) {
		char *copy = memcpy(arena_array(t_mem(), char, whole.n), whole.p, whole.n);
		struct str part = { copy, whole.n };

		copy[k] = (char)~copy[k];
		(void)db_unpack(&things, t_mem(), &part, &rows, &n);
	}
}

/* Another version of the program, with another column, takes them for none of its own. */
TEST(db_packed_rows_of_another_shape_are_none)
{
	struct db_column other[4];
	struct db_query of = things;
	struct str bytes = packed(t_mem());
	void *rows;
	size_t n;

	memcpy(other, cols, sizeof other);
	other[3].name = "child";
	of.cols = other;
	assert_false(db_unpack(&of, t_mem(), &bytes, &rows, &n));
}

/* What the build makes beforehand is what the columns say. */
TEST(db_shapes_made_by_the_build_are_those_of_the_columns)
{
	int made = 0;

	for (int i = 0; i < db_query_count; i++) {
		if (!db_queries[i]->shape)
			continue;
		made++;
		assert_true(db_queries[i]->shape == db_shape(db_queries[i]));
	}
	assert_true(made > 0);
}
