/*
 * Speed that does not fall with the number of children: no query of a page reads a whole table that
 * grows with the county. SQLite says of each query how it will find its rows (EXPLAIN QUERY PLAN).
 */
#include <stdio.h>
#include <string.h>

#include "db/db_test.h"

/* Tables that grow with the children, the staff or the years. */
static const char *const grow[] = { "assignment", "child", "correction", "disclosure", "engagement",
	"form_once", "goal", "handover", "identity", "invitation", "invitation_answer", "layer",
	"letter", "measure", "need", "paper", "party", "person", "person_number", "plan",
	"quarantine", "relation", "session", "staff", "step", "story", "story_loan", "task",
	"thread", "voice", "waiver", "waiver_answer", "waiver_drawer" };

/* Those that read everything on purpose, by the beginning of their names: whole-database checks,
 * the making of a demo, a command that lists all staff, and the one that changes the master key. */
static const char *const whole[] = { "check_", "demo_", "user_list", "bench_", "person_keys_",
	"quarantine_keys_" };

static bool reads_all_on_purpose(const char *name)
{
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		if (strncmp(name, whole[i], strlen(whole[i])) == 0)
			return true;
	return false;
}

/* The table behind an alias of a query ("FROM plan p", "JOIN plan AS p"); the alias itself where
 * there is none. */
static struct str table_of(const char *sql, struct str alias)
{
	struct str left = str_of(sql), before = { 0 }, last = { 0 };

	while (left.n) {
		struct str word;
		size_t n = 0;

		while (left.n && strchr(" \n\t,()", left.p[0]))
			left.p++, left.n--;
		while (n < left.n && !strchr(" \n\t,()", left.p[n]))
			n++;
		word = (struct str){ left.p, n };
		if (str_eq(word, alias) && (str_eq(before, S("FROM")) || str_eq(before, S("JOIN"))))
			return last;
		before = last;
		last = word;
		left.p += n;
		left.n -= n;
	}
	return alias;
}

static bool grows(struct str table)
{
	for (size_t i = 0; i < sizeof grow / sizeof *grow; i++)
		if (str_eq(table, str_of(grow[i])))
			return true;
	return false;
}

/* An INSERT's foreign keys: SQLite plans to count open ones, and does not look while there are
 * none. */
static bool of_a_foreign_key(const char *sql, struct str what)
{
	return str_starts(str_of(sql), S("INSERT ")) &&
	       !str_has(str_of(sql), str_fmt(t_mem(), " %.*s", STR(what)));
}

/* "SCAN a": all rows; "SCAN a USING INDEX x" goes along a partial index on purpose, as a job does
 * that asks for all that is late. */
static bool is_bad(const char *sql, struct str says)
{
	struct str what;

	if (!str_starts(says, S("SCAN ")) || str_has(says, S(" USING ")))
		return false;
	what = (struct str){ says.p + 5, says.n - 5 };
	what = str_trim(str_cut(&what, ' '));
	return grows(table_of(sql, what)) && !of_a_foreign_key(sql, what);
}

static int bad_rows(struct db *db, struct arena *mem, const struct db_query *q)
{
	static const struct db_column cols[] = { { "id", DB_INT64, true, 0, 0 },
		{ "parent", DB_INT64, true, 0, 0 }, { "not_used", DB_INT64, true, 0, 0 },
		{ "detail", DB_TEXT, true, 0, 0 } };
	struct db_value in[64];
	char sql[12000];
	struct db_query explain = { .name = q->name,
		.sqlite = sql,
		.pg = sql,
		.index = -1,
		.ins = q->ins,
		.outs = 4,
		.in_types = q->in_types,
		.cols = cols };
	int bad = 0;

	assert_true(q->ins <= 64);
	assert_true(
	    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", q->sqlite) < (int)sizeof sql);
	for (int i = 0; i < q->ins; i++)
		in[i] = (struct db_value){ .type = q->in_types[i], .null = true };
	assert_ok(db_run(db, &explain, in));
	for (bool more; db_next(db, &more) == OK && more;) {
		struct str says = db_col_text(db, 3, mem);

		if (is_bad(q->sqlite, says)) {
			fprintf(stderr, "query %s: %.*s\n", q->name, STR(says));
			bad++;
		}
	}
	db_done(db);
	return bad;
}

TEST_DB(every_query_of_a_page_finds_its_rows_by_a_key)
{
	int bad = 0, seen = 0;

	assert_ok(db_migrate(db, DB_STORE_MAIN));
	if (db_engine(db) != DB_SQLITE)
		return; /* PostgreSQL chooses by the size of its tables; the keys are the same */
	for (int i = 0; i < db_query_count; i++) {
		const struct db_query *q = db_queries[i];

		if (q->store == DB_STORE_BOOK || reads_all_on_purpose(q->name))
			continue;
		seen++;
		bad += bad_rows(db, mem, q);
	}
	assert_true(seen > 200);
	assert_int_equal(bad, 0);
}

static int times(const char *sql, const char *what)
{
	int n = 0;

	while ((sql = strstr(sql, what)) != NULL) {
		n++;
		sql += strlen(what);
	}
	return n;
}

/* Of two lower ends SQLite takes the first and reads all that lies between: the start of a county's
 * program went through the whole book for it (1.1 s at 1.9 million records), and so did each page
 * of "who has read". */
TEST(a_part_of_the_book_has_one_lower_and_one_upper_end)
{
	int seen = 0;

	for (int i = 0; i < db_query_count; i++) {
		const struct db_query *q = db_queries[i];

		if (q->store != DB_STORE_BOOK)
			continue;
		seen += times(q->sqlite, "place >");
		if (times(q->sqlite, "place >") > 1 || times(q->sqlite, "place <") > 1) {
			fprintf(stderr, "query %s\n", q->name);
			assert_true(false);
		}
	}
	assert_true(seen >= 6);
}

/* An analysis made while nothing was due (the demo) says nothing of that table, and SQLite then
 * takes it for a large one: the planner went from each child of the county to what is due of it, at
 * every change: 10 ms at 65,000. */
TEST_DB(what_is_due_is_found_from_the_few_that_are_due)
{
	int seen = 0;

	assert_ok(db_migrate(db, DB_STORE_MAIN));
	if (db_engine(db) != DB_SQLITE)
		return;
	assert_ok(db_script(db, "ANALYZE; DELETE FROM sqlite_stat1;"
				"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES"
				" ('child', NULL, '65000');"
				"ANALYZE sqlite_schema;"));
	for (int i = 0; i < db_query_count; i++) {
		if (strcmp(db_queries[i]->name, "overview_due") != 0)
			continue;
		seen++;
		assert_int_equal(bad_rows(db, mem, db_queries[i]), 0);
	}
	assert_int_equal(seen, 1);
}
