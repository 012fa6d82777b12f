#include "feat/climb/climb.h"

#include <stdio.h>

#include "t.h"
#include "web/ring.h"

/* 18 November 2026, 10:00: as the ring's world. */
#define DAY_MS INT64_C(86400000)

static size_t climb(struct ring *r)
{
	size_t made;

	assert_ok(db_begin(ring_db(r), DB_WRITE));
	assert_ok(climb_run(ring_db(r), ring_mem(r), clock_now_ms(), &made));
	assert_ok(db_commit(ring_db(r)));
	return made;
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
	assert_int_equal(climb(r), 0);
	ring_close(r);
}
