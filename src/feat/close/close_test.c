/* Closing while another writes: no promise is broken, whoever comes first (promises 1, 2, 11). */
#include "t.h"
#include "web/ring.h"

static const char close_form[] = "version=1&came=Bra&view=Glad&call=Kim&next=done";

TEST_DB(promise_01_close_while_another_does_the_step)
{
	struct ring *r = ring_open();
	struct ring_ask asks[] = { { "kim", "/plans/30/close", close_form, 0 },
		{ "kim", "/steps/41/done", "version=1", 0 } };

	ring_do_together(r, asks, 2);
	assert_int_equal(asks[0].status, 303);
	assert_int_equal(asks[1].status, 404); /* a closed plan has no next step */
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM step WHERE plan = 30 AND state IN ('next', 'later')"),
	    0);
	assert_int_equal(
	    ring_number(r,
		"SELECT count(*) FROM plan WHERE id = 30 AND state = 'closed' AND next_step IS NULL"),
	    1);
	ring_close(r);
}

TEST_DB(promise_01_a_step_is_added_while_another_closes)
{
	struct ring *r = ring_open();
	struct ring_ask asks[] = { { "kim", "/steps/41/done", "version=1", 0 },
		{ "kim", "/plans/30/close", close_form, 0 } };

	ring_do_together(r, asks, 2);
	assert_int_equal(asks[0].status, 303);
	assert_int_equal(asks[1].status, 409);
	assert_int_equal(
	    ring_number(r,
		"SELECT count(*) FROM plan p JOIN step s ON s.plan = p.id AND s.number = p.next_step AND s.state = 'next' WHERE p.id = 30 AND p.state = 'open'"),
	    1);
	ring_close(r);
}

TEST_DB(promise_02_close_while_another_takes_over)
{
	struct ring *r = ring_open();
	struct ring_ask asks[2];
	const char *path;

	assert_int_equal(ring_do(r, "kim", "/plans/30/handover", "to=1104&words=A").status, 303);
	path = str_c(ring_mem(r),
	    str_fmt(ring_mem(r), "/handovers/%lld/accept",
		(long long)ring_number(r, "SELECT id FROM handover WHERE state = 'asked'")));
	asks[0] = (struct ring_ask){ "kim", "/plans/30/close", close_form, 0 };
	asks[1] = (struct ring_ask){ "sol", path, "version=1", 0 };
	ring_do_together(r, asks, 2);
	assert_int_equal(asks[0].status, 303);
	assert_int_equal(asks[1].status, 409);
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM handover WHERE plan = 30 AND state = 'taken_back'"),
	    1);
	ring_close(r);
}

TEST_DB(promise_11_no_plan_is_closed_without_the_childs_view_or_a_reason)
{
	struct ring *r = ring_open();

	assert_int_equal(
	    ring_do(r, "kim", "/plans/30/close", "version=1&came=Bra&call=Kim&next=done").status,
	    422);
	assert_int_not_equal(
	    db_script(ring_db(r),
		"UPDATE plan SET state = 'closed', next_step = NULL, closed_on = '2026-11-18', closed_came = 'a', closed_call = 'b' WHERE id = 30"),
	    OK);
	assert_int_equal(ring_do(r, "kim", "/plans/30/close",
			     "version=1&came=Bra&no_view=Hon+%C3%A4r+bortrest&call=Kim&next=done")
			     .status,
	    303);
	ring_close(r);
}
