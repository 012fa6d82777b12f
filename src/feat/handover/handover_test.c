/* Promise 2: one carrier, always; a hand-over counts when it is accepted, and only once. */
#include "feat/handover/carrier.h"
#include "t.h"
#include "web/ring.h"

TEST(promise_02_somebody_always_carries)
{
	for (int i = 0; i < 8; i++) {
		struct carrier_facts f = { (i & 1) != 0, (i & 2) != 0, (i & 4) != 0 };
		enum carrier_how how = carrier_choose(&f);

		assert_int_equal(how == CARRIER_LEAD, f.lead_here);
		assert_int_equal(how == CARRIER_DEPUTY, !f.lead_here && f.deputy_here);
		assert_int_equal(
		    how == CARRIER_MANAGER, !f.lead_here && !f.deputy_here && f.manager_here);
	}
}

static struct carrier carrier(struct ring *r, int64_t plan)
{
	struct carrier c;

	assert_ok(carrier_of_plan(
	    ring_db(r), ring_mem(r), (struct plan_id){ plan }, date_of_ms(clock_now_ms()), &c));
	return c;
}

TEST_DB(promise_02_deputy_then_manager_carries_while_the_lead_is_away)
{
	struct ring *r = ring_open();
	struct carrier c = carrier(r, 31);

	assert_int_equal(c.how, CARRIER_LEAD);
	assert_int_equal(c.assignment.v, 1104);
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO absence (id, staff, from_on, to_on) VALUES (1, 904, '2026-11-18', '2026-11-30')"));
	c = carrier(r, 31);
	assert_int_equal(c.how, CARRIER_DEPUTY);
	assert_int_equal(c.assignment.v, 1111);
	assert_str(c.lead_name, "Sol Socialsson");
	assert_int_equal(c.back.d, 30);
	assert_ok(db_script(
	    ring_db(r), "INSERT INTO absence (id, staff, from_on) VALUES (2, 911, '2026-11-18')"));
	c = carrier(r, 31);
	assert_int_equal(c.how, CARRIER_MANAGER);
	assert_int_equal(c.assignment.v, 1108);
	/* An assignment that has ended: the same, and it says that the plan must be given on. */
	assert_ok(db_script(ring_db(r),
	    "DELETE FROM absence; UPDATE assignment SET to_on = '2026-11-17' WHERE id = 1104"));
	c = carrier(r, 31);
	assert_int_equal(c.how, CARRIER_DEPUTY);
	assert_true(c.lead_left);
	ring_close(r);
}

/* The family's home and the staff's pages name the same one, also when all are away: the manager
 * still answers (promise 2: never nobody). */
TEST_DB(promise_02_home_and_staff_name_the_same_carrier)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "INSERT INTO absence (id, staff, from_on) VALUES (1, 904, '2026-11-18'), (2, 911, '2026-11-18')"));
	assert_true(str_has(ring_do(r, "sara", "/home", NULL).body, S("Mia Chefsson")));
	assert_true(str_has(ring_do(r, "sol", "/plans/31/handover", NULL).body, S("Mia Chefsson")));
	assert_ok(db_script(
	    ring_db(r), "INSERT INTO absence (id, staff, from_on) VALUES (3, 908, '2026-11-18')"));
	assert_int_equal(carrier(r, 31).how, CARRIER_MANAGER);
	assert_true(str_has(ring_do(r, "sara", "/home", NULL).body, S("Mia Chefsson")));
	/* Nobody covers for oneself. */
	assert_ok(
	    db_script(ring_db(r), "UPDATE assignment SET role = 'professional' WHERE id = 1108; "
				  "UPDATE assignment SET role = 'manager' WHERE id = 1104"));
	assert_int_equal(carrier(r, 31).how, CARRIER_NOBODY);
	ring_close(r);
}

TEST_DB(promise_02_both_hand_over_at_once)
{
	struct ring *r = ring_open();
	struct ring_ask asks[] = { { "kim", "/plans/30/handover", "to=1104&words=A", 0 },
		{ "kim", "/plans/30/handover", "to=1105&words=B", 0 } };

	ring_do_together(r, asks, 2);
	assert_int_equal(asks[0].status, 303);
	assert_int_equal(asks[1].status, 409);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM handover WHERE plan = 30 AND state = 'asked'"), 1);
	assert_int_equal(ring_number(r, "SELECT lead FROM plan WHERE id = 30"), 1102);
	ring_close(r);
}

/* Both at the same moment, in one batch of the writer. */
static void answer_together(
    struct ring *r, const char *first, const char *second, int *one, int *two)
{
	struct ring_ask asks[2];
	long long h;

	assert_int_equal(ring_do(r, "kim", "/plans/30/handover", "to=1104&words=A").status, 303);
	h = (long long)ring_number(r, "SELECT id FROM handover WHERE state = 'asked'");
	asks[0] = (struct ring_ask){ *first == 'a' ? "sol" : "kim",
		str_c(ring_mem(r), str_fmt(ring_mem(r), "/handovers/%lld/%s", h, first)),
		"version=1", 0 };
	asks[1] = (struct ring_ask){ *second == 'a' ? "sol" : "kim",
		str_c(ring_mem(r), str_fmt(ring_mem(r), "/handovers/%lld/%s", h, second)),
		"version=1", 0 };
	ring_do_together(r, asks, 2);
	*one = asks[0].status;
	*two = asks[1].status;
}

TEST_DB(promise_02_accept_and_take_back_at_once)
{
	struct ring *r = ring_open();
	int one, two;

	answer_together(r, "accept", "take-back", &one, &two);
	assert_int_equal(one, 303);
	assert_int_equal(two, 403); /* Kim no longer carries it */
	assert_int_equal(ring_number(r, "SELECT lead FROM plan WHERE id = 30"), 1104);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM handover WHERE state = 'accepted'"), 1);
	ring_close(r);
}

TEST_DB(promise_02_take_back_and_accept_at_once)
{
	struct ring *r = ring_open();
	int one, two;

	answer_together(r, "take-back", "accept", &one, &two);
	assert_int_equal(one, 303);
	assert_int_equal(two, 409);
	assert_int_equal(ring_number(r, "SELECT lead FROM plan WHERE id = 30"), 1102);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM handover WHERE state = 'accepted'"), 0);
	ring_close(r);
}

TEST_DB(promise_02_the_receiver_is_engaged_and_the_filler_follows)
{
	struct ring *r = ring_open();
	const char *path;

	/* Plan 31 of Sol: Dan, a colleague who does not work with Leo, takes over. */
	assert_ok(db_script(ring_db(r),
	    "UPDATE step SET filler = 1, pattern = 'pattern_says_next', owner_assignment = 1104, owner_person = NULL WHERE plan = 31"));
	assert_int_equal(ring_do(r, "sol", "/plans/31/handover", "to=1111&words=A").status, 303);
	assert_int_equal(ring_do(r, "dan", "/plans/31/handover", NULL).status,
	    404); /* not before he has accepted */
	path = str_c(ring_mem(r),
	    str_fmt(ring_mem(r), "/handovers/%lld/accept",
		(long long)ring_number(r, "SELECT id FROM handover WHERE state = 'asked'")));
	assert_int_equal(ring_do(r, "dan", path, "version=1").status, 303);
	assert_int_equal(ring_do(r, "dan", "/plans/31/handover", NULL).status, 200);
	assert_int_equal(
	    ring_number(r, "SELECT owner_assignment FROM step WHERE plan = 31 AND state = 'next'"),
	    1111);
	assert_int_equal(
	    ring_number(r,
		"SELECT count(*) FROM engagement WHERE child = 11 AND assignment = 1111 AND how = 'handover'"),
	    1);
	ring_close(r);
}

/* Dan let himself in, and nobody has confirmed it: he sees nothing older. The plan he takes on he
 * sees. */
TEST_DB(promise_02_who_let_themselves_in_sees_the_plan_they_take_on)
{
	struct ring *r = ring_open();
	const char *path;

	assert_ok(db_script(ring_db(r),
	    "INSERT INTO engagement (id, child, unit, drawer, assignment, how, reason, from_on, earlier_open, made_ms) "
	    "SELECT 77, 11, unit, drawer, id, 'self', 'r', '2026-11-18', 0, 9000000000000 FROM assignment WHERE id = 1111"));
	assert_int_equal(ring_do(r, "sol", "/plans/31/handover", "to=1111&words=A").status, 303);
	assert_int_equal(ring_do(r, "dan", "/plans/31/handover", NULL).status, 404);
	assert_false(
	    str_has(ring_do(r, "dan", "/children/11", NULL).body, S("/plans/31/handover")));
	path = str_c(ring_mem(r),
	    str_fmt(ring_mem(r), "/handovers/%lld/accept",
		(long long)ring_number(r, "SELECT id FROM handover WHERE state = 'asked'")));
	assert_int_equal(ring_do(r, "dan", path, "version=1").status, 303);
	assert_true(str_has(ring_do(r, "dan", "/children/11", NULL).body, S("/plans/31/handover")));
	ring_close(r);
}
