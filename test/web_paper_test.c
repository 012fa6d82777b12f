/* A yes on paper tells nothing of what there is elsewhere (promise 7; OSL 8:1-2): two worlds, one
 * in which the child has a plan in another drawer and one in which it has none. Whoever writes the
 * paper down reads the same bytes in both, by every step and in every way it can end, until
 * another has seen the paper. */
#include "t.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/calendar.h"
#include "web/ring.h"

#define CLOSE \
	"UPDATE plan SET state = 'closed', next_step = NULL, closed_on = '2026-10-01', closed_came = 'bra', closed_view = 'bra', closed_call = 'Kim' WHERE id = 30; " \
	"UPDATE step SET state = 'done', done_ms = 1 WHERE plan = 30;"

/* Nils (school nurse) helps Ella, whose plan is the counsellor's: not shared with him. His drawer
 * has a manager and a colleague. */
#define COMMON \
	"INSERT INTO unit (id, authority, name, municipality) VALUES (102, 1, 'Elevhälsans mottagning', '0461');" \
	"INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on) VALUES (1198, 913, 102, 13, 'manager', 'skolläkare', '2026-01-01'), (1194, 911, 101, 13, 'professional', 'skolsköterska', '2026-01-01');" \
	"INSERT INTO actor VALUES ('chef', 1013, 1198), ('kollega', 1011, 1194);" \
	"DELETE FROM disclosure; UPDATE waiver SET state = 'withdrawn', ended_ms = 3;"

struct told {
	struct str text;
	int status;
};

/* As after the first walk nothing had been. */
#define AGAIN \
	"DELETE FROM paper; DELETE FROM disclosure; DELETE FROM task; DELETE FROM invitation_answer; DELETE FROM invitation;" \
	"DELETE FROM waiver_answer WHERE waiver <> 71; DELETE FROM waiver_drawer WHERE waiver <> 71; DELETE FROM waiver WHERE id <> 71;"

/* Where a form's token or once stands: random signs, as many each time. */
static size_t token_at(struct str s, size_t i)
{
	static const char *const names[] = { "name=\"csrf\" value=\"", "name=\"once\" value=\"" };

	for (size_t k = 0; k < 2; k++) {
		struct str name = str_of(names[k]);
		size_t n = name.n;

		if (!str_starts((struct str){ s.p + i, s.n - i }, name))
			continue;
		while (i + n < s.n && s.p[i + n] != '"')
			n++;
		return n;
	}
	return 0;
}

/* Ids are random: each long number counts as one sign. The world's own are short. */
static struct str plain(struct arena *mem, struct str s)
{
	struct buf b;

	buf_init(&b, mem, s.n + 1);
	for (size_t i = 0; i < s.n;) {
		size_t n = token_at(s, i);

		if (n) {
			buf_char(&b, '*');
			i += n;
			continue;
		}
		while (i + n < s.n && s.p[i + n] >= '0' && s.p[i + n] <= '9')
			n++;
		if (n > 14)
			buf_char(&b, '#');
		else if (n)
			buf_put(&b, s.p + i, n);
		else
			buf_char(&b, s.p[i]);
		i += n ? n : 1;
	}
	return buf_text(&b);
}

#define MOST 96

/* All that the writer and a colleague can ask for, and what each answer was. */
static void look_around(struct ring *r, struct told *out, size_t *n)
{
	static const struct {
		const char *actor, *path, *form;
	} asks[] = { { "nils", "/children/10", NULL }, { "nils", "/work", NULL },
		{ "nils", "/children/10/plan/start", NULL },
		{ "nils", "/children/10/plan/asked", NULL },
		{ "nils", "/children/10/sharing", NULL }, { "nils", "/children/10/disclose", NULL },
		{ "nils", "/children/find", "name=Ella" }, { "nils", "/tasks", NULL },
		{ "nils", "/handovers", NULL }, { "kollega", "/tasks", NULL },
		{ "kollega", "/children/10", NULL }, { "chef", "/tasks", NULL },
		{ "chef", "/unit", NULL } };

	for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
		struct ring_answer a = ring_do(r, asks[i].actor, asks[i].path, asks[i].form);

		assert_true(*n < MOST);
		out[(*n)++] = (struct told){ plain(t_mem(), str_copy(t_mem(), a.body)), a.status };
	}
}

static void one(struct ring *r, const char *actor, const char *path, const char *form,
    struct told *out, size_t *n)
{
	struct ring_answer a = ring_do(r, actor, path, form);

	assert_true(*n < MOST);
	out[(*n)++] = (struct told){
		plain(t_mem(), str_fmt(t_mem(), "%.*s %.*s", STR(a.location), STR(a.body))),
		a.status
	};
}

static const char *paper_path(struct ring *r)
{
	return str_c(t_mem(),
	    str_fmt(t_mem(), "/papers/%" PRId64,
		ring_number(
		    r, "SELECT id FROM paper WHERE state = 'waiting' ORDER BY person LIMIT 1")));
}

#define WRITE \
	"with=family&words=En+plan&yes-2001=1&yes-2002=1&how=letter&checked=Visade+legitimation"

/* Written down wrongly, then rightly; refused, written down again, one taken back; then it lapses.
 */
static void walk(struct ring *r, struct told *out, size_t *n)
{
	int64_t began = clock_now_ms();

	*n = 0;
	look_around(r, out, n);
	one(r, "nils", "/children/10/plan/start",
	    "with=family&words=&yes-2001=1&how=letter&checked=", out, n);
	one(r, "nils", "/children/10/plan/start", WRITE, out, n);
	one(r, "nils", "/children/10/plan/start", WRITE "&once=b", out, n);
	look_around(r, out, n);
	one(r, "chef", paper_path(r), NULL, out, n);
	one(r, "chef", paper_path(r), "version=1&do=no&answer=Ingen+underskrift", out, n);
	clock_set_ms(clock_now_ms() + 60000);
	one(r, "nils", "/children/10/plan/asked", "person=2001&how=letter&checked=Legitimation",
	    out, n);
	look_around(r, out, n);
	ring_do(r, "sara",
	    str_c(t_mem(), str_fmt(t_mem(), "/invitations/%" PRId64 "/paper",
			       ring_number(r, "SELECT min(id) FROM invitation"))),
	    "x=1");
	look_around(r, out, n);
	clock_set_ms(clock_now_ms() + INT64_C(15) * 86400000);
	ring_jobs(r);
	look_around(r, out, n);
	clock_set_ms(began);
}

TEST_DB(promise_07_a_yes_on_paper_tells_nothing_of_a_plan_elsewhere)
{
	static struct told with[MOST], without[MOST];
	struct ring *r = ring_open();
	size_t n, m;

	assert_ok(db_script(ring_db(r), COMMON));
	walk(r, with, &n);
	assert_ok(db_script(ring_db(r), AGAIN CLOSE));
	walk(r, without, &m);
	ring_close(r);
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++) {
		if (with[i].status != without[i].status)
			fail_msg("answer %zu: %d with a plan, %d without", i, with[i].status,
			    without[i].status);
		if (!str_eq(with[i].text, without[i].text))
			fail_msg("answer %zu differs:\n%.*s\n----\n%.*s", i, STR(with[i].text),
			    STR(without[i].text));
	}
	assert_true(n > 60);
	assert_int_equal(with[0].status, 200);
}

/* When the last paper has been seen the answer is the same too, and so is the moment: the plan is
 * open to the asker with it, be it a new one or the one there. */
static void seen(struct ring *r, const char *opens, struct told *out, size_t *n)
{
	*n = 0;
	one(r, "nils", "/children/10/plan/start", WRITE, out, n);
	one(r, "chef", paper_path(r), "version=1&do=yes&seen=1", out, n);
	look_around(r, out, n);
	one(r, "chef", paper_path(r), NULL, out, n);
	assert_false(str_has(ring_do(r, "nils", "/children/10", NULL).body, str_of(opens)));
	one(r, "chef", paper_path(r), "version=1&do=yes&seen=1", out, n);
	one(r, "chef", "/tasks", NULL, out, n);
	assert_true(str_has(ring_do(r, "nils", "/children/10", NULL).body, str_of(opens)));
}

TEST_DB(promise_07_a_paper_that_has_been_seen_answers_the_same_be_there_a_plan_or_not)
{
	static struct told with[MOST], without[MOST];
	struct ring *r = ring_open();
	size_t n, m;

	assert_ok(db_script(ring_db(r), COMMON));
	seen(r, "Kim ringer Sara", with, &n);
	assert_ok(db_script(ring_db(r), AGAIN CLOSE));
	seen(r, "Du bär ansvaret", without, &m);
	ring_close(r);
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++)
		if (with[i].status != without[i].status || !str_eq(with[i].text, without[i].text))
			fail_msg("answer %zu: %d with a plan, %d without", i, with[i].status,
			    without[i].status);
	assert_int_equal(with[1].status, 303);
	assert_int_equal(with[n - 2].status, 303);
}

/* The store holds it too, whoever writes there: no yes from paper that nobody has seen, none that
 * its writer has seen, none of another drawer. */
TEST_DB(promise_04_the_store_takes_no_yes_from_paper_on_one_persons_word)
{
	static const char *const bad[] = {
		"UPDATE invitation_answer SET says = 'yes', at_ms = 5, how = 'letter', recorded_by = 1103, checked = 'x' WHERE person = 2001",
		"UPDATE paper SET state = 'confirmed', answered_by = 1103, answered_ms = 5 WHERE person = 2001",
		"UPDATE paper SET state = 'confirmed', answered_by = 1102, answered_ms = 5 WHERE person = 2001",
		"UPDATE paper SET state = 'confirmed', answered_ms = 5 WHERE person = 2001",
		"UPDATE paper SET state = 'denied', answered_by = 1198, answered_ms = 5 WHERE person = 2001",
		"UPDATE waiver SET state = 'asked', valid_ms = NULL, ended_ms = NULL WHERE id = 71; UPDATE waiver_answer SET says = 'yes', recorded_by = 1103 WHERE waiver = 71",
	};
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r), COMMON));
	assert_int_equal(ring_do(r, "nils", "/children/10/plan/start", WRITE).status, 303);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_ok(db_begin(ring_db(r), DB_WRITE));
		if (db_script(ring_db(r), bad[i]) == OK)
			fail_msg("the store took: %s", bad[i]);
		db_rollback(ring_db(r), DB_WRITE);
	}
	assert_ok(db_begin(ring_db(r), DB_WRITE));
	assert_ok(db_script(ring_db(r),
	    "UPDATE paper SET state = 'confirmed', answered_by = 1198, answered_ms = 5 WHERE person = 2001;"
	    "UPDATE invitation_answer SET says = 'yes', at_ms = 5, how = 'letter', recorded_by = 1103, checked = 'x' WHERE person = 2001"));
	db_rollback(ring_db(r), DB_WRITE);
	ring_close(r);
}

/* Seen and taken back, or seen and said no to, at one moment and in either order: its person's own
 * word stands, and nothing is open. */
TEST_DB(promise_05_its_persons_own_word_stands_at_the_same_moment)
{
	static const char *const forms[] = { "x=1", "answer=no" };
	struct ring *r = ring_open();

	assert_ok(db_script(ring_db(r), COMMON));
	for (int round = 0; round < 4; round++) {
		struct ring_ask asks[2];
		const char *own;

		assert_ok(db_script(ring_db(r), AGAIN));
		assert_int_equal(
		    ring_do(r, "nils", "/children/10/plan/start",
			"with=family&words=En+plan&yes-2001=1&how=letter&checked=Legitimation")
			.status,
		    303);
		/* Erik has said yes here: Sara's paper is all that is left. */
		own = str_c(t_mem(), str_fmt(t_mem(), "/invitations/%" PRId64,
					 ring_number(r, "SELECT id FROM invitation")));
		assert_int_equal(ring_do(r, "erik", own, "answer=yes").status, 303);
		if (round < 2)
			own = str_c(t_mem(), str_fmt(t_mem(), "%s/paper", own));
		asks[round % 2] = (struct ring_ask){ "sara", own, forms[round / 2], 0 };
		asks[1 - round % 2] =
		    (struct ring_ask){ "chef", paper_path(r), "version=1&do=yes&seen=1", 0 };
		ring_do_together(r, asks, 2);
		if (asks[round % 2].status == 303) {
			assert_int_not_equal(asks[1 - round % 2].status, 303);
			assert_false(str_has(
			    ring_do(r, "nils", "/children/10", NULL).body, S("Kim ringer Sara")));
			assert_int_equal(
			    ring_number(r, "SELECT count(*) FROM waiver WHERE state = 'valid'"), 0);
			assert_int_equal(
			    ring_number(r, "SELECT count(*) FROM paper WHERE state = 'waiting'"),
			    0);
		} else { /* it had let them in by then: ended as a yes to sharing is */
			assert_int_equal(asks[round % 2].status, 409);
			assert_int_equal(
			    ring_number(r, "SELECT count(*) FROM waiver WHERE state = 'valid'"), 1);
			own = str_c(t_mem(),
			    str_fmt(t_mem(), "/waivers/%" PRId64 "/withdraw",
				ring_number(r, "SELECT id FROM waiver WHERE state = 'valid'")));
			assert_int_equal(ring_do(r, "sara", own, "x=1").status, 303);
		}
		assert_int_equal(
		    ring_number(
			r, "SELECT count(*) FROM task WHERE kind = 'paper_yes' AND state = 'open'"),
		    0);
	}
	ring_close(r);
}
