/* Who covers a question is somebody else (promises 2 and 4): one manager may have two assignments
 * in a drawer, and one of them as the other's deputy would leave nobody to answer when she is
 * away. */
#include "t.h"
#include "web/ring.h"

#define OWN_DEPUTY \
	"SELECT count(*) FROM task t JOIN assignment a ON a.id = t.assignment JOIN assignment d ON d.id = t.deputy WHERE a.staff = d.staff"
#define TWICE \
	"INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on) VALUES (1110001, 909, 101, 12, 'manager', 'skolchef', '2026-01-01');"
/* Asked after all of hers. */
#define ANOTHER \
	"INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on) VALUES (1110002, 913, 101, 12, 'manager', 'bitr. rektor', '2026-01-01');"

/* A yes on paper, a disclosure that a person judges, a mark by hand: each asks somebody. */
static void ask(struct ring *r)
{
	struct ring_answer made = ring_do(r, "kim", "/children/12/waivers/new",
	    "to1=31&purpose=Hj%C3%A4lpas+%C3%A5t&until=2027-01-10&content=health&both=1&view=agrees&view_how=Hon+sa+det");

	assert_int_equal(made.status, 303);
	assert_int_equal(
	    ring_do(r, "kim",
		str_c(ring_mem(r), str_fmt(ring_mem(r), "%.*s/record", STR(made.location))),
		"person=2004&answer=yes&how=letter&checked=Legitimation")
		.status,
	    303);
	assert_int_equal(ring_do(r, "kim", "/children/10/disclose",
			     "what=step-41&to=41&need=De+ger+st%C3%B6det&do=ask&assessor=1109")
			     .status,
	    303);
	assert_int_equal(
	    ring_do(r, "kim", "/children/register",
		"given=Ture&family=Test&number=201701012393&protection=yes&source=papers&checked=2026-11-18&reason=Ny")
		.status,
	    303);
}

TEST_DB(promise_02_a_deputy_of_a_question_is_another_person)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r), TWICE));
	ask(r);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM task WHERE kind = 'paper_yes'"), 1);
	assert_int_equal(ring_number(r, OWN_DEPUTY), 0);
	ring_close(r);
}

TEST_DB(promise_02_a_deputy_is_found_behind_a_managers_other_assignment)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r), TWICE ANOTHER));
	ask(r);
	assert_int_equal(ring_number(r, OWN_DEPUTY), 0);
	assert_int_equal(
	    ring_number(r,
		"SELECT count(*) FROM task WHERE kind IN ('paper_yes', 'assess_disclosure', 'protected') AND deputy = 1110002"),
	    3);
	ring_close(r);
}
