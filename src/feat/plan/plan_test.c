/* Promises 1 and 2 against what people do at the same moment: the forms race, the plan keeps its
 * step. */
#include "feat/plan/plan.h"

#include <inttypes.h>
#include <stdio.h>

#include "t.h"
#include "web/ring.h"

#define ROUNDS 12

/* Every open plan has exactly one next step, the one it points at, with a day, words and an owner;
 * and one lead. */
static void holds(struct ring *r)
{
	assert_int_equal(
	    ring_number(r,
		"SELECT count(*) FROM plan p WHERE p.state = 'open' AND (p.lead IS NULL OR 1 <> (SELECT count(*) FROM step s "
		"WHERE s.plan = p.id AND s.state = 'next' AND s.number = p.next_step AND s.due_on IS NOT NULL AND length(s.words) > 0 "
		"AND (s.owner_assignment IS NOT NULL OR s.owner_person IS NOT NULL OR s.owner_party IS NOT NULL)))"),
	    0);
}

TEST_DB(promise_01_five_at_once_leave_one_next_step)
{
	struct ring *r = ring_open();
	int won = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t step =
		    ring_number(r, "SELECT id FROM step WHERE plan = 30 AND state = 'next'");
		int64_t version =
		    ring_number(r, "SELECT version FROM step WHERE plan = 30 AND state = 'next'");
		int64_t later = ring_number(r,
		    "SELECT COALESCE(MIN(id), 42) FROM step WHERE plan = 30 AND state = 'later' AND drawer = 12");
		int64_t later_version = ring_number(r,
		    "SELECT COALESCE(MIN(version), 1) FROM step WHERE plan = 30 AND state = 'later' AND drawer = 12");
		char path[4][80], form[4][200];
		struct ring_ask asks[5];

		snprintf(path[0], 80, "/steps/%" PRId64 "/next", step);
		snprintf(form[0], 200,
		    "version=%" PRId64
		    "&pattern=free&words=Kim+ringer+%d.&who=a1102&due=2026-12-01",
		    version, round);
		snprintf(path[1], 80, "/steps/%" PRId64 "/done", step);
		snprintf(form[1], 200, "version=%" PRId64, version);
		snprintf(path[2], 80, "/steps/%" PRId64 "/edit", later);
		snprintf(form[2], 200,
		    "version=%" PRId64
		    "&do=next&pattern=free&words=Kim+igen.&who=a1102&due=2026-12-09",
		    later_version);
		snprintf(path[3], 80, "/steps/%" PRId64 "/edit", later);
		snprintf(form[3], 200, "version=%" PRId64 "&do=drop", later_version);
		for (int i = 0; i < 4; i++)
			asks[(i + round) % 5] = (struct ring_ask){ "kim", path[i], form[i], 0 };
		asks[(4 + round) % 5] = (struct ring_ask){ "kim", "/plans/30/steps/new",
			"pattern=free&words=Kim+bokar.&who=a1102&due=2026-12-20", 0 };
		ring_do_together(r, asks, 5);
		holds(r);
		for (int i = 0; i < 5; i++) {
			assert_true(asks[i].status == 303 || asks[i].status == 409 ||
				    asks[i].status == 404);
			won += asks[i].status == 303;
		}
	}
	assert_true(won >= 2 * ROUNDS); /* somebody gets through each time */
	ring_close(r);
}

/* Two questions, each with a yes on paper; both papers are said to have been seen at one moment. */
TEST_DB(promise_02_two_yeses_at_once_open_one_plan)
{
	struct ring *r = ring_open();
	struct ring_ask seen[2] = { 0 };
	char path[2][40];
	struct ring_ask asks[2] = {
		{ "sol", "/children/13/plan/start",
		    "with=family&words=Vi+hj%C3%A4lps+%C3%A5t.&yes-2004=1&how=meeting&checked=Leg",
		    0 },
		{ "dan", "/children/13/plan/start",
		    "with=family&words=Vi+med.&yes-2004=1&how=meeting&checked=Leg", 0 }
	};

	assert_ok(db_script(ring_db(r),
	    "UPDATE plan SET state = 'closed', next_step = NULL, closed_on = '2026-10-01', closed_came = 'bra', closed_view = 'bra', closed_call = 'Kim' WHERE id = 33;"
	    "UPDATE step SET state = 'done', done_ms = 1 WHERE plan = 33;"
	    "INSERT INTO engagement (id, child, unit, drawer, assignment, how, from_on, made_ms) VALUES (5901, 13, 201, 21, 1111, 'import', '2026-08-01', 1)"));
	ring_do_together(r, asks, 2);
	assert_int_equal(asks[0].status, 303);
	assert_int_equal(asks[1].status, 303);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM plan WHERE child = 13 AND state = 'open'"), 0);
	for (int i = 0; i < 2; i++) {
		snprintf(path[i], sizeof path[i], "/papers/%" PRId64,
		    ring_number(r, i ? "SELECT max(id) FROM paper" : "SELECT min(id) FROM paper"));
		seen[i] = (struct ring_ask){ "mia", path[i], "version=1&do=yes&seen=1", 0 };
	}
	ring_do_together(r, seen, 2);
	assert_int_equal(seen[0].status, 303);
	assert_int_equal(seen[1].status, 303);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM plan WHERE child = 13 AND state = 'open'"), 1);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM invitation WHERE child = 13 AND state = 'yes'"),
	    2);
	holds(r);
	ring_close(r);
}

TEST_DB(promise_01_every_form_keeps_the_next_step)
{
	ring_play("steps");
}

TEST_DB(promise_01_a_plan_opens_with_a_next_step)
{
	ring_play("start");
}

TEST_DB(promise_03_child_page_shows_only_own_and_disclosed)
{
	ring_play("child");
}

TEST_DB(promise_07_none_and_not_mine_get_the_same_answer)
{
	struct ring *r = ring_open();
	struct ring_answer none, other;
	struct str first;

	/* Two valid numbers: nobody's, and one of a child that kim does not help. */
	assert_int_equal(
	    ring_do(r, "sol", "/children/register",
		"given=Ture&family=Test&number=201701012393&protection=none&source=papers&checked=2026-11-17&reason=Ny")
		.status,
	    303);
	none = ring_do(r, "kim", "/children/find", "number=201701032391");
	assert_int_equal(none.status, 200);
	first = str_copy(ring_mem(r), none.body);
	other = ring_do(r, "kim", "/children/find", "number=201701012393");
	assert_int_equal(other.status, none.status);
	/* The same bytes but for the number that the user wrote and the tokens of the forms. */
	assert_int_equal(other.body.n, first.n);
	ring_close(r);
}
