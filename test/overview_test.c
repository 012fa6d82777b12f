/*
 * Overviews (feat/home/overview.h) and the cards of staff (web/staff.h): what the family's home is
 * made of is never something else than what stands in the rows. That no overview differs after any
 * line of any play is held by the ring itself (test/web/ring.c).
 */
#include <stdio.h>
#include <string.h>

#include "access/book.h"
#include "app/app.h"
#include "feat/home/overview.h"
#include "t.h"
#include "web/ring.h"

static bool home_says(struct ring *r, const char *actor, const char *words)
{
	struct ring_answer a = ring_do(r, actor, "/home", NULL);

	assert_int_equal(a.status, 200);
	return str_has(a.body, str_of(words));
}

static int64_t whole(struct ring *r, int64_t child)
{
	char sql[200];

	snprintf(sql, sizeof sql,
	    "SELECT count(*) FROM overview o JOIN child c ON c.id = o.child WHERE o.version = c.content_version "
	    "AND c.id = %lld",
	    (long long)child);
	return ring_number(r, sql);
}

static void count_wrong(void *to, struct child_id child)
{
	(void)child;
	++*(int *)to;
}

static int wrong(struct ring *r)
{
	size_t checked;
	int n = 0;

	assert_ok(db_begin(ring_db(r), DB_SNAPSHOT));
	assert_ok(
	    overview_check(ring_db(r), ring_mem(r), clock_now_ms(), count_wrong, &n, &checked));
	assert_ok(db_end(ring_db(r)));
	return n;
}

/* A change through the program makes it in the same commit; what changed by another way is read
 * from the rows until the program has come to it. */
TEST_DB(promise_05_an_overview_is_read_only_while_it_holds)
{
	struct ring *r = ring_open();

	ring_jobs(r);
	assert_int_equal(whole(r, 11), 1);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM overview_due"), 0);
	assert_ok(db_script(
	    ring_db(r), "UPDATE thread SET title = 'Ny rubrik' WHERE id = 54 AND child = 11"));
	assert_int_equal(whole(r, 11), 0);
	assert_true(home_says(r, "sara", "Ny rubrik"));
	ring_jobs(r);
	assert_int_equal(whole(r, 11), 1);
	assert_true(home_says(r, "sara", "Ny rubrik"));
	assert_int_equal(wrong(r), 0);
	ring_close(r);
}

/* What reads it back to front would be found: by check, and in the ring after each line. */
TEST_DB(promise_05_an_overview_that_says_something_else_is_found)
{
	struct ring *r = ring_open();

	ring_jobs(r);
	assert_int_equal(wrong(r), 0);
	assert_ok(db_script(ring_db(r),
	    "UPDATE overview SET body = (SELECT o.body FROM overview o WHERE o.child = 12) WHERE child = 11"));
	assert_int_equal(wrong(r), 1);
	ring_close(r);
}

/* A body that is not whole, as one of another version of the program: the rows are read. */
TEST_DB(promise_05_an_overview_that_can_t_be_read_is_none)
{
	struct ring *r = ring_open();

	ring_jobs(r);
	assert_ok(db_script(ring_db(r), db_engine(ring_db(r)) == DB_SQLITE
					    ? "UPDATE overview SET body = x'0102'"
					    : "UPDATE overview SET body = '\\x0102'"));
	assert_true(home_says(r, "sara", "Nästa steg"));
	ring_close(r);
}

TEST_DB(promise_08_nothing_lies_beside_a_protected_child)
{
	struct ring *r = ring_open();

	ring_jobs(r);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM overview WHERE child = 11"), 1);
	assert_ok(db_script(ring_db(r),
	    "UPDATE child SET shielded = 1, access_version = access_version + 1 WHERE id = 11"));
	ring_jobs(r);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM overview WHERE child = 11"), 0);
	ring_close(r);
}

/* Names, leave and who covers are known to the thread until the staff's world changes, or the day.
 */
TEST_DB(promise_02_the_contact_on_home_is_who_is_there_today)
{
	struct ring *r = ring_open();

	assert_true(home_says(r, "petra", "Sol Social"));
	assert_ok(db_script(ring_db(r), "UPDATE staff SET name = 'Solveig Ny' WHERE id = 904"));
	assert_true(home_says(r, "petra", "Solveig Ny"));
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO absence (id, staff, from_on, to_on) VALUES (1, 904, '2026-11-19', '2026-11-20')"));
	assert_false(home_says(r, "petra", "Hjälper dig medan"));
	clock_set_ms(clock_now_ms() + INT64_C(86400000));
	assert_true(home_says(r, "petra", "Hjälper dig medan Solveig Ny"));
	assert_true(home_says(r, "petra", "20 november"));
	clock_set_ms(clock_now_ms() + 2 * INT64_C(86400000));
	assert_false(home_says(r, "petra", "Hjälper dig medan"));
	ring_close(r);
}

/* So many threads of a child that its overview has no room in the writer's memory. */
#define TOO_MANY_THREADS \
	"INSERT INTO thread (id, child, plan, drawer, unit, assignment, title, state, since_on, next_on, heard_on, " \
	"harm, made_ms, controller, archive_owner) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n " \
	"WHERE i < 9000) SELECT 900000 + i, 11, 31, 21, 201, 1104, '%s', 'active', '2026-10-01', '2026-11-30', " \
	"'2026-10-01', 0, 1, 2, 2 FROM n"

static void too_many_threads(struct ring *r)
{
	char title[8001], sql[9000];

	memset(title, 'x', sizeof title - 1);
	title[sizeof title - 1] = '\0';
	snprintf(sql, sizeof sql, TOO_MANY_THREADS, title);
	assert_ok(db_script(ring_db(r), sql));
}

/* The program ended here once: neither the writer's memory nor the keeper's had a place to unwind
 * to. And the one that can't be made held up all behind it. */
TEST_DB(promise_17_an_overview_too_large_is_passed_over)
{
	struct ring *r = ring_open();

	ring_jobs(r);
	too_many_threads(r);
	assert_ok(db_script(
	    ring_db(r), "UPDATE child SET content_version = content_version + 1 WHERE id > 11"));
	ring_jobs(r);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM overview_due"), 0);
	assert_int_equal(whole(r, 10), 1);
	assert_int_equal(whole(r, 11), 0);
	assert_int_equal(whole(r, 12), 1);
	assert_int_equal(whole(r, 15), 1);
	/* Its home is too large too, and ends alone; another's is as ever. */
	assert_int_equal(ring_do(r, "sara", "/home", NULL).status, 500);
	assert_true(home_says(r, "petra", "Nästa steg"));
	/* A change of that child stands; only its overview is not made. */
	assert_int_equal(ring_do(r, "sara", "/steps/43/done", "version=1").status, 303);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM step WHERE id = 43 AND state = 'done'"), 1);
	assert_int_equal(whole(r, 11), 0);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM overview_due"), 0);
	/* Changed to what there is room for, it is made again. */
	assert_ok(db_script(ring_db(r), "DELETE FROM thread WHERE id > 900000"));
	ring_jobs(r);
	assert_int_equal(whole(r, 11), 1);
	assert_int_equal(wrong(r), 0);
	assert_true(home_says(r, "sara", "Leo"));
	ring_close(r);
}

/* More records than the writer has memory for, of the first of two pages. */
static struct arena records;

static void too_many_records(struct work **works, size_t n)
{
	enum { TOO_MANY = 400000 };
	struct work *w = works[0];
	struct book_entry *all;

	if (n < 2 || w->n_entries == 0 || w->n_entries == TOO_MANY)
		return;
	all = arena_array(&records, struct book_entry, TOO_MANY);
	for (size_t i = 0; i < TOO_MANY; i++)
		all[i] = w->entries[0];
	w->entries = all;
	w->n_entries = TOO_MANY;
}

/* That page alone is refused: no record, no page (promise 6). */
TEST_DB(promise_17_a_batch_with_too_many_records_is_refused_alone)
{
	struct ring *r = ring_open();
	struct ring_ask asks[2] = { { .actor = "sara", .path = "/home" },
		{ .actor = "petra", .path = "/home" } };
	struct ring_beside beside[2] = { { .made_before = true }, { .made_before = true } };

	arena_init(&records, (size_t)128 << 20);
	ring_works = too_many_records;
	ring_do_beside(r, asks, beside, 2);
	ring_works = NULL;
	assert_int_equal(asks[0].status, 503);
	assert_int_equal(asks[1].status, 200);
	assert_true(str_has(beside[1].body, S("Nästa steg")));
	assert_true(home_says(r, "sara", "Nästa steg"));
	arena_fini(&records);
	ring_close(r);
}
