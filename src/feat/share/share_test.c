/* Promises 3 to 5 and 7 below the pages: no row of disclosure that the rules or the yes do not
 * carry. */
#include <stdio.h>
#include <stdlib.h>

#include "db/db.h"
#include "feat/share/share_in.h"
#include "t.h"
#include "web/ring.h"

#define LIVE_TO_TESS \
	"SELECT count(*) FROM disclosure_live l WHERE l.child = 10 AND l.to_drawer = 11 AND l.from_on <= '2026-11-18' AND l.to_on >= '2026-11-18'"

/* Kim the school counsellor, who leads Ella's plan. */
static const struct permit *kims(struct ring *r, enum act act, int64_t child)
{
	struct actor kim = { .person = { 1002 },
		.staff = { 902 },
		.assignment = { 1102 },
		.unit = { 101 },
		.drawer = { 12 },
		.authority = { 1 },
		.role = S("professional") };
	const struct permit *p;

	assert_ok(access_permit(
	    ring_db(r), ring_mem(r), &kim, act, (struct child_id){ child }, clock_now_ms(), &p));
	return p;
}

static bool has_plan(struct str page)
{
	return str_has(page, S("Nästa steg</h2>"));
}

TEST_DB(promise_05_a_page_being_made_closes_in_the_second_of_the_withdrawal)
{
	struct ring *r = ring_open();
	struct ring_ask asks[] = { { "erik", "/waivers/71/withdraw", "", 0 },
		{ "tess", "/children/10", NULL, 0 }, { "bo", "/children/10", NULL, 0 },
		{ "sol", "/children/10", NULL, 0 }, { "tess", "/work", NULL, 0 } };
	struct ring_beside beside[] = { { 0 }, { .made_before = true }, { .made_before = true },
		{ .made_before = true }, { .made_before = true } };

	assert_true(has_plan(ring_do(r, "tess", "/children/10", NULL).body));
	ring_do_beside(r, asks, beside, 5);
	assert_int_equal(asks[0].status, 303);
	for (int i = 1; i < 4; i++) {
		assert_int_equal(asks[i].status, 200);
		assert_false(has_plan(beside[i].body));
	}
	assert_false(str_has(beside[4].body, S("Kim ringer Sara")));
	assert_int_equal(ring_number(r, LIVE_TO_TESS), 0);
	/* What they try with it from then on is as if it were not there, and stands in the book. */
	assert_int_equal(ring_do(r, "tess", "/steps/41/done", "version=1").status, 404);
	assert_true(ring_booked(r, "refusal", "step.done", 10));
	ring_close(r);
}

TEST_DB(promise_05_what_was_received_stays_as_it_was)
{
	struct ring *r = ring_open();
	int64_t rows = ring_number(r, "SELECT count(*) FROM disclosure WHERE waiver = 71");

	assert_int_equal(ring_do(r, "sara", "/waivers/71/withdraw", "").status, 303);
	assert_int_equal(ring_number(r, "SELECT count(*) FROM disclosure WHERE waiver = 71"), rows);
	assert_true(str_has(ring_do(r, "tess", "/children/10", NULL).body,
	    S("Kim ringer Sara om första veckorna.")));
	/* What happens afterwards does not reach it. */
	assert_ok(db_script(ring_db(r), "UPDATE step SET words = 'Något nytt.' WHERE id = 41"));
	assert_ok(share_all(
	    ring_db(r), kims(r, ACT_STEP_EDIT, 10), ring_mem(r), (struct child_id){ 10 }));
	assert_int_equal(ring_number(r, "SELECT count(*) FROM disclosure WHERE waiver = 71"), rows);
	assert_false(str_has(ring_do(r, "tess", "/children/10", NULL).body, S("Något nytt.")));
	ring_close(r);
}

/* The receiver's own record (TF 2:6) is a sentence that can be understood alone: who, whom, when.
 */
TEST_DB(promise_18_what_is_received_is_a_sentence)
{
	struct ring *r = ring_open();

	assert_int_equal(
	    ring_do(r, "kim", "/steps/41/next",
		"version=1&pattern=pattern_meet&words=Sara&who=a1102&due=2026-12-01&clock=15.30")
		.status,
	    303);
	assert_int_equal(
	    ring_number(r,
		"SELECT count(DISTINCT received) FROM disclosure WHERE ended_ms IS NULL AND to_drawer = 21 AND item_kind = 'step' "
		"AND received = 'Kim Kurator träffar Sara tisdag 1 december klockan 15.30.'"),
	    1);
	ring_close(r);
}

TEST_DB(promise_05_two_take_back_at_once_and_one_answers_while_another_refuses)
{
	struct ring *r = ring_open();
	struct ring_ask both[] = { { "erik", "/waivers/71/withdraw", "", 0 },
		{ "sara", "/waivers/71/withdraw", "", 0 } };
	struct ring_ask answers[] = { { "erik", "/waivers/72", "answer=yes", 0 },
		{ "sara", "/waivers/72", "answer=no", 0 } };

	ring_do_together(r, both, 2);
	assert_int_equal(both[0].status, 303);
	assert_int_equal(both[1].status, 409);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM waiver WHERE id = 71 AND state = 'withdrawn'"), 1);
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, how_checked, asked_ms) "
	    "VALUES (72, 10, 1102, 'x', 'plan', '2026-11-18', '2027-06-11', 'asked', 'agrees', 'signed_in', 1);"
	    "INSERT INTO waiver_drawer (waiver, drawer, side) VALUES (72, 12, 'holder'), (72, 11, 'recipient');"
	    "INSERT INTO waiver_answer (waiver, person, says) VALUES (72, 2001, 'asked'), (72, 2002, 'asked')"));
	ring_do_together(r, answers, 2);
	assert_int_equal(answers[0].status, 303);
	assert_int_equal(answers[1].status, 303);
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM waiver WHERE id = 72 AND state = 'refused'"), 1);
	assert_int_equal(ring_number(r, LIVE_TO_TESS), 0);
	ring_close(r);
}

TEST_DB(promise_04_the_database_refuses_a_disclosure_without_a_yes_that_holds)
{
	static const char put[] =
	    "INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, waiver, received, decided_by, at_ms) "
	    "VALUES (%d, %d, 'step', 41, %d, %d, 'WAIVER', 71, 'x', 1102, %lld)";
	static const struct {
		int child, from, to;
		long long at_ms;
		bool good;
	} rows[] = { { 10, 12, 11, 3, true }, { 11, 12, 11, 3, false }, { 10, 12, 32, 3, false },
		{ 10, 13, 11, 3, false }, { 10, 12, 11, 1, false },
		{ 10, 12, 11, 1844500000000, false } }; /* June 2028: past its day */
	struct ring *r = ring_open();
	char sql[400];

	for (int i = 0; i < 6; i++) {
		snprintf(sql, sizeof sql, put, 900 + i, rows[i].child, rows[i].from, rows[i].to,
		    rows[i].at_ms);
		assert_int_equal(db_script(ring_db(r), sql) == OK, rows[i].good);
	}
	assert_ok(db_script(ring_db(r),
	    "UPDATE waiver SET state = 'withdrawn', ended_ms = 1794992400000 WHERE id = 71"));
	snprintf(sql, sizeof sql, put, 910, 10, 12, 11, 1794992400000LL);
	assert_int_not_equal(db_script(ring_db(r), sql), OK);
	/* A yes taken back never comes to life, and what was received is not rewritten. */
	assert_int_not_equal(
	    db_script(ring_db(r), "UPDATE waiver SET state = 'valid' WHERE id = 71"), OK);
	assert_int_not_equal(
	    db_script(ring_db(r), "UPDATE disclosure SET received = 'y' WHERE id = 900"), OK);
	assert_int_not_equal(
	    db_script(ring_db(r),
		"INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, received, decided_by, at_ms) "
		"VALUES (911, 10, 'step', 41, 12, 11, 'WAIVER', 'x', 1102, 3)"),
	    OK);
	ring_close(r);
}

TEST_DB(promise_04_a_step_is_shared_without_its_reason_and_a_harm_mark_ends_it)
{
	struct ring *r = ring_open();
	const struct permit *p = kims(r, ACT_STEP_EDIT, 10);
	struct child_id ella = { 10 };

	assert_ok(share_all(ring_db(r), p, ring_mem(r), ella));
	assert_int_equal(
	    ring_number(r, "SELECT count(*) FROM disclosure WHERE received LIKE '%ont i magen%'"),
	    0);
	/* Step 42 is marked: a guardian lifts only the secrecy that does not hold towards the
	 * guardian (12:3). */
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM disclosure WHERE item_kind = 'step' AND item = 42"),
	    0);
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM disclosure_live WHERE item_kind = 'step' AND item = 41"),
	    3);
	/* Saved again with the same words: nothing more. */
	assert_ok(share_save(ring_db(r), p, ring_mem(r), ella, "step", 41, S("")));
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM disclosure WHERE item_kind = 'step' AND item = 41"),
	    3);
	assert_ok(
	    db_script(ring_db(r), "UPDATE step SET words = 'Kim ringer Erik.' WHERE id = 41"));
	assert_ok(share_save(ring_db(r), p, ring_mem(r), ella, "step", 41, S("")));
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM disclosure_live WHERE item_kind = 'step' AND item = 41"),
	    3);
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM disclosure WHERE item_kind = 'step' AND item = 41"),
	    6);
	assert_ok(db_script(ring_db(r), "UPDATE step SET harm = 1 WHERE id = 41"));
	assert_ok(share_save(ring_db(r), p, ring_mem(r), ella, "step", 41, S("")));
	assert_int_equal(
	    ring_number(
		r, "SELECT count(*) FROM disclosure_live WHERE item_kind = 'step' AND item = 41"),
	    0);
	ring_close(r);
}

/* The receiver's record is the sentence that the family reads, with what the pattern is about in it
 * and not the child's name in its place. */
TEST_DB(promise_04_the_receiver_gets_the_sentence_of_a_pattern)
{
	struct ring *r = ring_open();
	const struct permit *p = kims(r, ACT_STEP_EDIT, 10);

	assert_ok(db_script(ring_db(r),
	    "UPDATE step SET pattern = 'pattern_call_by', words = 'farmor', due_on = '2026-11-20' WHERE id = 41"));
	assert_ok(
	    share_save(ring_db(r), p, ring_mem(r), (struct child_id){ 10 }, "step", 41, S("")));
	assert_int_equal(
	    ring_number(r,
		"SELECT count(*) FROM disclosure_live WHERE item_kind = 'step' AND item = 41 AND "
		"received = 'Kim Kurator ringer farmor senast fredag 20 november.'"),
	    3);
	ring_close(r);
}

TEST_DB(promise_04_what_a_law_let_through_once_is_that_and_not_what_comes_after)
{
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r),
	    "INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, need, received, decided_by, at_ms) "
	    "VALUES (920, 10, 'thread', 51, 12, 41, 'GENERAL', 'behövs', 'Elevhälsan', 1102, 3)"));
	assert_ok(share_all(
	    ring_db(r), kims(r, ACT_THREAD_EDIT, 10), ring_mem(r), (struct child_id){ 10 }));
	assert_int_equal(ring_number(r, "SELECT count(*) FROM disclosure_live WHERE id = 920"), 1);
	assert_ok(
	    db_script(ring_db(r), "UPDATE thread SET title = 'Elevhälsan utreder' WHERE id = 51"));
	assert_ok(share_save(ring_db(r), kims(r, ACT_THREAD_EDIT, 10), ring_mem(r),
	    (struct child_id){ 10 }, "thread", 51, S("")));
	assert_int_equal(ring_number(r, "SELECT count(*) FROM disclosure_live WHERE id = 920"), 0);
	ring_close(r);
}

TEST_DB(promise_04_save_shows_its_readers_beforehand)
{
	struct ring *r = ring_open();
	struct share_what what = { .child = { 10 }, .kind = "step", .item = 41 };
	struct share_readers readers;
	int waivers = 0, family = 0;

	assert_ok(
	    share_readers(ring_db(r), kims(r, ACT_STEP_EDIT, 10), ring_mem(r), &what, &readers));
	for (size_t i = 0; i < readers.n; i++) {
		waivers += readers.v[i].why == SHARE_WAIVER;
		family += readers.v[i].why == SHARE_GUARDIAN;
	}
	assert_int_equal(readers.v[0].why, SHARE_OWN);
	assert_str(readers.v[0].who, "Ekbackens skola");
	assert_int_equal(waivers, 3);
	assert_int_equal(family, 2);
	what.harm = true; /* nobody but the own drawer */
	assert_ok(
	    share_readers(ring_db(r), kims(r, ACT_STEP_EDIT, 10), ring_mem(r), &what, &readers));
	assert_int_equal(readers.n, 1);
	ring_close(r);
}

/* --- properties --- */

static unsigned seed = 20261118;

static unsigned dice(unsigned sides)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % sides;
}

/* A yes as anything at all may have left it: any state, day, scope, drawers, answers. */
static void random_waiver(struct ring *r, int id, int child, const int *askees, int n)
{
	static const char *const contents[] = { "plan", "steps", "school", "health", "social" };
	static const char *const states[] = { "asked", "valid", "valid", "valid", "refused",
		"withdrawn" };
	static const char *const views[] = { "agrees", "agrees", "objects", "unknown" };
	static const char *const says[] = { "yes", "yes", "yes", "yes", "yes", "no", "asked",
		"withdrawn" };
	static const int drawers[] = { 11, 12, 13, 14, 21, 31, 32, 41, 51 };
	const char *state = states[dice(6)];
	bool ended = strcmp(state, "refused") == 0 || strcmp(state, "withdrawn") == 0;
	char sql[600];

	snprintf(sql, sizeof sql,
	    "INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, how_checked, asked_ms, valid_ms, ended_ms) "
	    "VALUES (%d, %d, 1102, 'x', '%s', '%s', '%s', '%s', '%s', 'signed_in', 1, %s, %s)",
	    id, child, contents[dice(5)], dice(5) ? "2026-01-01" : "2026-11-19",
	    dice(5) ? "2027-01-01" : "2026-11-17", state, views[dice(4)],
	    strcmp(state, "asked") ? "2" : "NULL", ended ? "5" : "NULL");
	assert_ok(db_script(ring_db(r), sql));
	for (int i = 0; i < 9; i++) {
		unsigned side = dice(4);

		if (side == 3)
			continue;
		snprintf(sql, sizeof sql,
		    "INSERT INTO waiver_drawer (waiver, drawer, side) VALUES (%d, %d, '%s')", id,
		    drawers[i], side ? "recipient" : "holder");
		assert_ok(db_script(ring_db(r), sql));
	}
	for (int i = 0; i < n; i++) {
		if (dice(12) == 0)
			continue;
		snprintf(sql, sizeof sql,
		    "INSERT INTO waiver_answer (waiver, person, says) VALUES (%d, %d, '%s')", id,
		    askees[i], says[dice(8)]);
		assert_ok(db_script(ring_db(r), sql));
	}
}

/* Each row of disclosure with what the rules look at, read by a query of the test's own. */
static int judge_rows(struct ring *r, int child, int age, int guardians)
{
	static const struct db_column cols[] = { { "kind", DB_TEXT, true, 0, 0 },
		{ "from", DB_TEXT, true, 0, 0 }, { "to", DB_TEXT, true, 0, 0 },
		{ "view", DB_TEXT, true, 0, 0 }, { "said", DB_TEXT, true, 0, 0 },
		{ "agreeing", DB_INT64, true, 0, 0 }, { "harm", DB_INT64, true, 0, 0 },
		{ "good", DB_INT64, true, 0, 0 } };
	char sql[2000];
	struct db_query q = {
		.name = "t", .sqlite = sql, .pg = sql, .index = -1, .outs = 8, .cols = cols
	};
	int n = 0;

	snprintf(sql, sizeof sql,
	    "SELECT d.item_kind, f.regime, t.regime, w.child_view, "
	    "COALESCE((SELECT a.says FROM waiver_answer a JOIN child c ON c.person = a.person WHERE a.waiver = w.id AND c.id = %d), ''), "
	    "CAST((SELECT count(*) FROM waiver_answer a JOIN relation g ON g.person = a.person AND g.child = %d AND g.kind = 'guardian' WHERE a.waiver = w.id AND a.says = 'yes') AS BIGINT), "
	    "COALESCE((SELECT s.harm FROM step s WHERE s.id = d.item AND d.item_kind = 'step'), (SELECT h.harm FROM thread h WHERE h.id = d.item AND d.item_kind = 'thread'), 0), "
	    "CASE WHEN w.state = 'valid' AND w.from_on <= '2026-11-18' AND w.to_on >= '2026-11-18' THEN 1 ELSE 0 END "
	    "FROM disclosure d JOIN waiver w ON w.id = d.waiver JOIN drawer f ON f.id = d.from_drawer JOIN drawer t ON t.id = d.to_drawer "
	    "WHERE d.child = %d AND d.ended_ms IS NULL",
	    child, child, child);
	assert_ok(db_run(ring_db(r), &q, NULL));
	for (bool more; db_next(ring_db(r), &more) == OK && more; n++) {
		struct disclosure_case c = { .age_years = age,
			.guardians_total = guardians,
			.waiver = WAIVER_VALID,
			.day = { 2026, 11, 18 } };
		struct str said = db_col_text(ring_db(r), 4, ring_mem(r));
		struct decision d;

		assert_true(party_of_code(db_col_text(ring_db(r), 1, ring_mem(r)), &c.holder));
		assert_true(party_of_code(db_col_text(ring_db(r), 2, ring_mem(r)), &c.recipient));
		assert_true(says_of_code(db_col_text(ring_db(r), 3, ring_mem(r)), &c.says));
		if (str_eq(said, S("yes")))
			c.says = SAYS_AGREES;
		else if (said.n && !str_eq(said, S("asked")))
			c.says = SAYS_OBJECTS;
		else if (age >= 15)
			c.says = c.says == SAYS_AGREES ? SAYS_UNKNOWN : c.says;
		c.guardians_agreeing = (int)db_col_i64(ring_db(r), 5);
		c.harm_mark = db_col_i64(ring_db(r), 6) != 0;
		c.content = str_eq(db_col_text(ring_db(r), 0, ring_mem(r)), S("thread")) &&
				    party_regime(c.holder) == REGIME_HEALTH
				? CONTENT_HEALTH
				: CONTENT_AGREED;
		d = policy_disclose(&c);
		assert_int_equal(d.verdict, VERDICT_ALLOW);
		assert_int_equal(d.ground, GROUND_WAIVER);
		assert_int_equal(db_col_i64(ring_db(r), 7), 1);
	}
	db_done(ring_db(r));
	return n;
}

TEST_DB(promise_04_no_row_ever_that_the_rules_deny)
{
	static const int family[2][3] = { { 2001, 2002, 2011 }, { 2004, 2013, 0 } };
	static const struct {
		int child, age, guardians, n;
	} kids[] = { { 10, 8, 2, 3 }, { 12, 15, 1, 2 } };
	struct ring *r = ring_open();
	int rows = 0;

	for (int round = 0; round < 120; round++) {
		int k = round % 2;
		char sql[200];

		assert_ok(db_begin(ring_db(r), DB_WRITE));
		assert_ok(db_script(ring_db(r), "DELETE FROM disclosure"));
		assert_ok(db_script(ring_db(r), "DELETE FROM waiver_answer"));
		assert_ok(db_script(ring_db(r), "DELETE FROM waiver_drawer"));
		assert_ok(db_script(ring_db(r), "DELETE FROM waiver"));
		for (int i = 0; i < 3; i++)
			random_waiver(r, 7000 + i, kids[k].child, family[k], kids[k].n);
		snprintf(
		    sql, sizeof sql, "UPDATE step SET harm = %u WHERE id IN (41, 44)", dice(2));
		assert_ok(db_script(ring_db(r), sql));
		assert_ok(share_all(ring_db(r), kims(r, ACT_STEP_EDIT, kids[k].child), ring_mem(r),
		    (struct child_id){ kids[k].child }));
		rows += judge_rows(r, kids[k].child, kids[k].age, kids[k].guardians);
		assert_ok(db_commit(ring_db(r)));
	}
	assert_true(rows > 50); /* the property was about something */
	ring_close(r);
}
