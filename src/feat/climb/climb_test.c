#include "feat/climb/climb.h"

#include <inttypes.h>
#include <stdio.h>

#include "t.h"
#include "web/ring.h"

/* 18 November 2026, 10:00: as the ring's world. */
#define DAY_MS INT64_C(86400000)

static size_t climb(struct ring *r)
{
	const struct climb_found *found;
	struct climb_made made = { 0 };

	assert_ok(db_begin(ring_db(r), DB_WRITE));
	assert_ok(climb_find(ring_db(r), ring_mem(r), clock_now_ms(), &found));
	if (found)
		assert_ok(climb_make(ring_db(r), ring_mem(r), clock_now_ms(), found, &made));
	assert_ok(db_commit(ring_db(r)));
	return made.n;
}

/* What was found, and done before the writer came to it, is not made. */
TEST_DB(promise_01_what_was_done_meanwhile_does_not_climb)
{
	struct ring *r = ring_open();
	const struct climb_found *found;
	struct climb_made made = { 0 };

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2026-11-01' WHERE id = 54; "
	    "UPDATE thread SET next_on = '2028-01-01' WHERE id <> 54 AND state <> 'ended'"));
	assert_ok(db_begin(ring_db(r), DB_SNAPSHOT));
	assert_ok(climb_find(ring_db(r), ring_mem(r), clock_now_ms(), &found));
	assert_ok(db_end(ring_db(r)));
	assert_non_null(found);
	assert_ok(db_script(ring_db(r), "UPDATE thread SET next_on = '2028-01-01' WHERE id = 54"));
	assert_ok(db_begin(ring_db(r), DB_WRITE));
	assert_ok(climb_make(ring_db(r), ring_mem(r), clock_now_ms(), found, &made));
	assert_ok(db_commit(ring_db(r)));
	assert_int_equal(made.n, 0);
	ring_close(r);
}

static int64_t tasks(struct ring *r, const char *kind, int assignment)
{
	char sql[200];

	snprintf(sql, sizeof sql,
	    "SELECT count(*) FROM task WHERE kind = '%s' AND assignment = %d AND state = 'open' AND cause_on IS NOT NULL",
	    kind, assignment);
	return ring_number(r, sql);
}

static void days(int n)
{
	clock_set_ms(clock_now_ms() + n * DAY_MS);
}

TEST_DB(promise_11_words_nobody_has_read_climb_lead_deputy_manager)
{
	struct ring *r = ring_open();

	/* Alva writes to Bo (BUP): her lead is Kim, Bo's deputy is Nils for this test, his manager
	 * Rut. */
	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET state = 'ended', next_on = NULL; "
	    "UPDATE assignment SET deputy = 1103 WHERE id = 1105; "
	    "UPDATE assignment SET unit = 301 WHERE id = 1109; "
	    "UPDATE thread SET state = 'active', next_on = '2027-06-01' WHERE id = 55"));
	assert_int_equal(ring_do(r, "alva", "/children/12/voice", "to=1105&words=ord").status, 303);
	climb(r);
	assert_int_equal(tasks(r, "read_voice", 1102), 0); /* not late yet */
	days(3);
	climb(r);
	assert_int_equal(tasks(r, "read_voice", 1102), 1);
	assert_int_equal(tasks(r, "read_voice", 1103), 0);
	climb(r); /* again: nothing twice */
	assert_int_equal(tasks(r, "read_voice", 1102), 1);
	days(2);
	climb(r);
	assert_int_equal(tasks(r, "read_voice", 1103), 1);
	assert_int_equal(tasks(r, "read_voice", 1109), 0);
	days(2);
	climb(r);
	assert_int_equal(tasks(r, "read_voice", 1109), 1);
	/* Read: nothing waits any longer. */
	assert_ok(db_script(ring_db(r), "UPDATE voice SET read_ms = 1, read_by = 1105"));
	climb(r);
	assert_int_equal(tasks(r, "read_voice", 1102) + tasks(r, "read_voice", 1103) +
			     tasks(r, "read_voice", 1109),
	    0);
	ring_close(r);
}

TEST_DB(promise_01_a_filler_that_is_late_climbs_to_lead_and_manager)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2028-01-01' WHERE state <> 'ended'; "
	    "UPDATE step SET filler = 1, due_on = '2026-11-20' WHERE id = 45")); /* Sol is lead, Mia
										    her manager */
	climb(r);
	assert_int_equal(tasks(r, "say_next", 1104), 0);
	days(3);
	climb(r);
	assert_int_equal(tasks(r, "say_next", 1104), 1);
	assert_int_equal(tasks(r, "say_next", 1108), 0);
	days(7);
	climb(r);
	climb(r);
	assert_int_equal(tasks(r, "say_next", 1104), 1);
	assert_int_equal(tasks(r, "say_next", 1108), 1);
	ring_close(r);
}

TEST_DB(promise_13_silence_climbs_and_opening_a_page_does_not_end_it)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2028-01-01' WHERE state <> 'ended'; "
	    "UPDATE thread SET next_on = '2026-11-19' WHERE id = 54"));
	days(2);
	climb(r);
	assert_int_equal(tasks(r, "silence", 1104), 1);
	assert_int_equal(ring_do(r, "sol", "/children/11", NULL).status, 200);
	climb(r);
	assert_int_equal(tasks(r, "silence", 1104), 1);
	days(8);
	climb(r);
	assert_int_equal(tasks(r, "silence", 1108), 1);
	/* Somebody says something: the next date moves on. */
	assert_ok(db_script(ring_db(r), "UPDATE thread SET next_on = '2027-01-15' WHERE id = 54"));
	climb(r);
	assert_int_equal(tasks(r, "silence", 1104) + tasks(r, "silence", 1108), 0);
	ring_close(r);
}

TEST_DB(promise_05_a_lead_is_told_of_no_silence_of_what_it_may_not_read)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2028-01-01' WHERE state <> 'ended'; "
	    "UPDATE thread SET next_on = '2026-11-19' WHERE id = 52"));
	assert_int_equal(ring_do(r, "erik", "/waivers/71/withdraw", "x=1").status, 303);
	days(2);
	climb(r);
	assert_int_equal(tasks(r, "silence", 1102), 0); /* Kim leads, in another drawer */
	assert_int_equal(tasks(r, "silence", 1105), 1);
	ring_close(r);
}

TEST_DB(promise_08_nothing_climbs_about_a_protected_child)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2026-11-01' WHERE id = 54; UPDATE child SET shielded = 1"));
	/* Only that they are shielded, to each who carries a plan. */
	assert_int_equal(
	    climb(r), ring_number(r, "SELECT count(*) FROM plan WHERE state = 'open'"));
	assert_int_equal(ring_number(r, "SELECT count(*) FROM task WHERE kind <> 'protected'"), 0);
	assert_int_equal(climb(r), 0);
	ring_close(r);
}

static size_t records(struct ring *r, int64_t child, const char *item, const char *note)
{
	struct book_looks looks;
	size_t n = 0;

	assert_ok(db_begin(ring_book_db(r), DB_SNAPSHOT));
	assert_ok(book_looks(ring_book_db(r), ring_mem(r), (struct child_id){ child }, INT64_MAX,
	    INT64_MAX, 100, &looks));
	assert_ok(db_end(ring_book_db(r)));
	for (size_t i = 0; i < looks.n; i++) {
		const struct book_entry *e = &looks.v[i].entry;

		n += e->kind == BOOK_CHANGE && str_eq(e->act, S("task.answer")) &&
		     str_eq(e->item, str_of(item)) && str_eq(e->note, str_of(note)) &&
		     str_eq(e->why, S("job")) && e->item_id != 0 && e->actor == 0;
	}
	return n;
}

TEST_DB(promise_06_what_climbs_is_on_record)
{
	struct ring *r = ring_open();

	assert_ok(db_script(
	    ring_db(r), "UPDATE thread SET next_on = '2028-01-01' WHERE state <> 'ended'"));
	assert_int_equal(ring_do(r, "alva", "/children/12/voice", "to=1105&words=ord").status, 303);
	days(3);
	ring_jobs(r);
	assert_int_equal(records(r, 12, "task", "made:read_voice:to:1102"), 1);
	assert_int_equal(records(r, 12, "voice", "climbed:1"), 1);
	ring_jobs(r); /* nothing new, no record */
	assert_int_equal(records(r, 12, "voice", "climbed:1"), 1);
	assert_ok(db_script(ring_db(r), "UPDATE voice SET read_ms = 1, read_by = 1105"));
	ring_jobs(r);
	assert_int_equal(records(r, 12, "task", "gone:read_voice"), 1);
	ring_close(r);
}

/* A hundred letters whose unit has no manager are older: the manager of another unit learns of its
 * own all the same. */
TEST_DB(promise_13_no_row_starves_others)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2028-01-01' WHERE state <> 'ended'; "
	    "INSERT INTO letter (id, child, author, kind, to_assignment, words, sent_ms) "
	    "WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 150) "
	    "SELECT 90000 + n, 12, 2004, 'words', 1105, 'x', 1000 + n FROM k; "
	    "INSERT INTO letter (id, child, author, kind, to_assignment, words, sent_ms) "
	    "VALUES (90900, 11, 2001, 'words', 1104, 'x', 5000)"));
	for (int i = 0; i < 20; i++)
		ring_jobs(r);
	assert_int_equal(tasks(r, "read_voice", 1108), 1);
	/* And a round that is full goes on in the next. */
	assert_int_equal(tasks(r, "read_voice", 1105), 150);
	/* The lead in another drawer learns nothing of who gets letters there (promises 7, 20). */
	assert_int_equal(tasks(r, "read_voice", 1102), 0);
	assert_int_equal(climb(r), 0);
	ring_close(r);
}

/* The deputy of a reader who is at work but has not read: the task leads somewhere (promise 14), to
 * these words and to no more. */
TEST_DB(promise_11_the_deputy_reads_what_climbed)
{
	struct ring *r = ring_open();
	int64_t voice;
	char path[64];

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2028-01-01' WHERE state <> 'ended'; "
	    "INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on) VALUES "
	    "(1120, 906, 301, 31, 'professional', 'psykolog', '2026-01-01'), "
	    "(1121, 909, 301, 31, 'manager', 'enhetschef', '2026-01-01'); "
	    "UPDATE assignment SET deputy = 1120 WHERE id = 1105; "
	    "INSERT INTO actor VALUES ('vik', 1006, 1120), ('chef', 1009, 1121)"));
	assert_int_equal(
	    ring_do(r, "alva", "/children/12/voice", "to=1105&words=alvasord").status, 303);
	voice = ring_number(r, "SELECT id FROM voice WHERE words = 'alvasord'");
	snprintf(path, sizeof path, "/voices/%lld/open", (long long)voice);
	assert_int_equal(ring_do(r, "vik", "/children/12/voice", NULL).status, 404);
	assert_int_equal(ring_do(r, "vik", path, "x=1").status, 404);
	days(7);
	ring_jobs(r);
	assert_int_equal(tasks(r, "read_voice", 1120), 1);
	assert_true(str_has(ring_do(r, "vik", "/tasks", NULL).body, S("Läs barnets ord")));
	assert_int_equal(ring_do(r, "vik", "/children/12/voice", NULL).status, 200);
	assert_false(str_has(ring_do(r, "vik", "/children/12/voice", NULL).body, S("alvasord")));
	assert_int_equal(ring_do(r, "vik", "/children/12", NULL).status, 404);
	assert_int_equal(ring_do(r, "vik", "/children/12/letters", NULL).status, 404);
	/* The manager learns that words wait, and gives the work on: opens none (promise 3). */
	days(2);
	ring_jobs(r);
	assert_int_equal(tasks(r, "read_voice", 1121), 1);
	assert_true(str_has(ring_do(r, "chef", "/tasks", NULL).body, S("Läs barnets ord")));
	assert_int_equal(ring_do(r, "chef", "/children/12/voice", NULL).status, 404);
	assert_int_equal(ring_do(r, "chef", path, "x=1").status, 404);
	assert_int_equal(ring_do(r, "vik", path, "x=1").status, 303);
	assert_true(str_has(ring_do(r, "vik", "/children/12/voice", NULL).body, S("alvasord")));
	assert_true(str_has(ring_do(r, "alva", "/children/12/voice", NULL).body, S("Bea Bvcsson")));
	ring_close(r);
}

/* A deputy opens a letter while its reader is away, from that day to the last and not after. */
TEST_DB(promise_02_the_deputy_reads_letters_while_the_reader_is_away)
{
	struct ring *r = ring_open();
	int64_t letter;
	char path[64];

	assert_int_equal(
	    ring_do(r, "petra", "/children/13/letters", "to=1104&kind=words&words=petrasord")
		.status,
	    303);
	letter = ring_number(r, "SELECT id FROM letter WHERE words = 'petrasord'");
	snprintf(path, sizeof path, "/letters/%lld/open", (long long)letter);
	assert_int_equal(ring_do(r, "dan", path, "x=1").status, 404);
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO absence (id, staff, from_on, to_on) VALUES (1, 904, '2026-11-18', '2026-11-20')"));
	assert_int_equal(ring_do(r, "mia", "/children/13/letters", NULL).status, 404);
	assert_int_equal(ring_do(r, "mia", path, "x=1").status, 404);
	assert_int_equal(ring_do(r, "dan", path, "x=1").status, 303);
	assert_true(str_has(ring_do(r, "dan", "/children/13/letters", NULL).body, S("petrasord")));
	days(3);
	assert_int_equal(ring_do(r, "dan", "/children/13/letters", NULL).status, 404);
	ring_close(r);
}

/* A letter that waits is called a letter, and leads its own reader to it. */
TEST_DB(promise_14_a_late_letter_leads_to_the_letter)
{
	struct ring *r = ring_open();
	int64_t task;
	char path[64];

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET next_on = '2028-01-01' WHERE state <> 'ended'; "
	    "INSERT INTO letter (id, child, author, kind, to_assignment, words, sent_ms) "
	    "VALUES (90900, 11, 2001, 'words', 1104, 'x', 5000)"));
	ring_jobs(r);
	assert_true(str_has(
	    ring_do(r, "sol", "/tasks", NULL).body, S("Ett brev från familjen är inte läst")));
	task = ring_number(r, "SELECT id FROM task WHERE assignment = 1104 AND item = 90900");
	snprintf(path, sizeof path, "/tasks/%lld", (long long)task);
	assert_true(str_has(ring_do(r, "sol", path, NULL).body, S("/children/11/letters")));
	task = ring_number(r, "SELECT id FROM task WHERE assignment = 1108 AND item = 90900");
	snprintf(path, sizeof path, "/tasks/%lld", (long long)task);
	assert_int_equal(ring_do(r, "mia", path, NULL).status, 200);
	assert_false(str_has(ring_do(r, "mia", path, NULL).body, S("/children/11")));
	ring_close(r);
}

/* A yes on paper that nobody has seen in time: it has lapsed, its task has ended, who wrote it is
 * told once; the page said so the same day, before any job. */
TEST_DB(promise_04_a_yes_on_paper_lapses_and_its_writer_is_told_once)
{
	struct ring *r = ring_open();
	const char *told = "SELECT count(*) FROM task WHERE kind = 'paper_not' AND state = 'open' "
			   "AND assignment = 1104";

	assert_ok(db_script(ring_db(r),
	    "UPDATE thread SET state = 'ended', next_on = NULL; UPDATE plan SET state = 'closed', next_step = NULL, closed_on = '2026-10-01', closed_came = 'bra', closed_view = 'bra', closed_call = 'Kim' WHERE id = 33;"
	    "UPDATE step SET state = 'done', done_ms = 1 WHERE plan = 33;"));
	assert_int_equal(
	    ring_do(r, "sol", "/children/13/plan/start",
		"with=family&words=Vi+hj%C3%A4lps+%C3%A5t.&yes-2004=1&how=meeting&checked=Leg")
		.status,
	    303);
	days(14);
	assert_int_equal(climb(r), 0); /* its last day */
	days(1);
	assert_int_equal(climb(r), 1);
	assert_int_equal(climb(r), 0);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM paper WHERE state = 'lapsed'"), 1);
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM task WHERE kind = 'paper_yes' AND state = 'lapsed'"),
	    1);
	assert_int_equal(ring_number(r, told), 1);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM plan WHERE child = 13 AND state = 'open'"), 0);
	ring_close(r);
}

/* A child whose plan somebody carries has been shielded, by whatever source: who carries it is told
 * once to follow the routine, without a name; when it is shielded no longer the task is gone, and
 * when it is again there is a new one. */
TEST_DB(promise_08_who_carries_a_plan_is_told_once_that_the_child_is_shielded)
{
	struct ring *r = ring_open();
	struct ring_answer a;

	assert_ok(
	    db_script(ring_db(r), "UPDATE thread SET state = 'ended', next_on = NULL; UPDATE child "
				  "SET shielded = 1, shielded_ms = 1794992000000 WHERE id = 13"));
	climb(r);
	climb(r);
	assert_int_equal(tasks(r, "protected", 1104), 1);
	a = ring_do(r, "sol", "/tasks", NULL);
	assert_true(str_has(a.body, S("Följ rutinen för skyddade personer")));
	assert_false(str_has(a.body, S("Nisse")));
	a = ring_do(r, "sol",
	    str_c(t_mem(), str_fmt(t_mem(), "/tasks/%" PRId64,
			       ring_number(r, "SELECT id FROM task WHERE kind = 'protected'"))),
	    NULL);
	assert_int_equal(a.status, 200);
	assert_true(str_has(a.body, S("ha planen på papper")));
	assert_false(str_has(a.body, S("Nisse")));
	/* Done is done, for as long as it is the same mark. */
	assert_int_equal(
	    ring_do(r, "sol",
		str_c(t_mem(), str_fmt(t_mem(), "/tasks/%" PRId64,
				   ring_number(r, "SELECT id FROM task WHERE kind = 'protected'"))),
		"version=1&do=done")
		.status,
	    303);
	days(1);
	climb(r);
	assert_int_equal(tasks(r, "protected", 1104), 0);
	/* Lowered, and shielded again on another day. */
	assert_ok(db_script(
	    ring_db(r), "UPDATE child SET shielded = 0, shielded_ms = NULL WHERE id = 13"));
	climb(r);
	days(1);
	assert_ok(db_script(ring_db(r),
	    str_c(t_mem(),
		str_fmt(t_mem(),
		    "UPDATE child SET shielded = 1, shielded_ms = %" PRId64 " WHERE id = 13",
		    clock_now_ms()))));
	climb(r);
	assert_int_equal(tasks(r, "protected", 1104), 1);
	assert_ok(db_script(
	    ring_db(r), "UPDATE child SET shielded = 0, shielded_ms = NULL WHERE id = 13"));
	climb(r);
	assert_int_equal(tasks(r, "protected", 1104), 0);
	ring_close(r);
}
