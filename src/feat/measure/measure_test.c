/* Promise 15: a similar measure is caught when planned; who may not know gets no hint. */
#include "t.h"
#include "web/ring.h"

TEST_DB(promise_15_two_plan_the_same_at_once)
{
	struct ring *r = ring_open();
	struct ring_ask asks[] = { { "kim", "/plans/30/measures/new",
				       "kind=counsellor_talk&words=Samtal&from=2026-11-20", 0 },
		{ "kim", "/plans/30/measures/new",
		    "kind=counsellor_talk&words=Annat+samtal&from=2026-11-20", 0 } };

	ring_do_together(r, asks, 2);
	assert_int_equal(asks[0].status, 303);
	assert_int_equal(asks[1].status, 422);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM measure WHERE kind = 'counsellor_talk'"), 1);
	ring_close(r);
}

/* The same page, byte for byte, whether another drawer holds a similar one or not. */
TEST_DB(promise_15_no_hint_to_who_may_not_know)
{
	static const char form[] =
	    "kind=&words=Samtal&area=health&layer=promoting&from=2026-11-20&to=2026-11-01";
	struct ring *r = ring_open();
	struct ring_answer a = ring_do(r, "kim", "/plans/30/measures/new", form);
	size_t before = a.body.n;

	assert_int_equal(a.status, 422); /* the last day is before the first: nothing is saved */
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO measure (id, child, plan, drawer, words, layer, area, unit, assignment, from_on, state, made_ms) VALUES "
	    "(7001, 10, 30, 13, 'Samtal', 'promoting', 'health', 101, 1103, '2026-10-01', 'active', 1)"));
	a = ring_do(r, "kim", "/plans/30/measures/new", form);
	assert_int_equal(a.status, 422);
	assert_int_equal(a.body.n, before);
	assert_int_equal(ring_do(r, "kim", "/plans/30/measures/new",
			     "kind=&words=Samtal&area=health&layer=promoting&from=2026-11-20")
			     .status,
	    303);
	ring_close(r);
}
