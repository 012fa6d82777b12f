/* Promise 6 and 20: what the family's extract shows, and that what it leaves out leaves no trace.
 */
#include <stdio.h>
#include <string.h>

#include "feat/looks/looks.h"
#include "t.h"
#include "web/ring.h"

static struct looks_facts seen(void)
{
	return (struct looks_facts){ .staff = true,
		.known = true,
		.agreed = true,
		.holder = PARTY_SCHOOL_PSYCHOSOCIAL,
		.age = 8,
		.day = { 2026, 11, 18 } };
}

TEST(promise_06_a_look_passes_the_test_of_what_was_looked_at)
{
	struct book_entry e = { .kind = BOOK_LOOK, .act = S("child.show") };
	struct looks_facts f = seen();

	assert_true(looks_shown(&f, &e));
	f.known = false; /* a service the family does not know of */
	assert_false(looks_shown(&f, &e));
	f = seen();
	f.item_marked = true;
	assert_false(looks_shown(&f, &e));
	f = seen();
	f.protection = PROTECTION_NOT_KNOWN; /* times and units tell places (promise 8) */
	f.holder = PARTY_BUP;
	assert_false(looks_shown(&f, &e));
	f = seen();
	e.kind = BOOK_REFUSAL;
	assert_false(looks_shown(&f, &e));
	e.kind = BOOK_CHANGE;
	assert_true(looks_shown(&f, &e));
	f.drawer_marked = true; /* it may be the marked one that changed */
	assert_false(looks_shown(&f, &e));
	e = (struct book_entry){
		.kind = BOOK_LOOK, .act = S("task.read"), .item = S("task"), .item_id = 7
	};
	f = seen();
	assert_false(looks_shown(&f, &e));
}

TEST(promise_20_what_another_of_the_family_reads_is_its_own)
{
	static const char *const acts[] = { "home.read", "plan.read", "letter.write", "voice.write",
		"looks.read", "waiver.answer" };
	struct looks_facts f = seen();

	f.staff = false;
	for (int i = 0; i < 6; i++) {
		struct book_entry e = { .kind = BOOK_LOOK, .act = str_of(acts[i]) };

		f.own = false;
		assert_false(looks_shown(&f, &e));
		f.own = true;
		assert_true(looks_shown(&f, &e));
	}
}

/* That one guardian's yes on paper has been seen tells the other what she said. */
TEST(promise_20_that_a_paper_was_seen_is_no_look_of_the_others)
{
	static const char *const acts[] = { "paper.read", "paper.answer", "task.answer" };
	struct looks_facts f = seen();

	f.own = false;
	for (int i = 0; i < 3; i++) {
		struct book_entry e = { .kind = i == 1 ? BOOK_CHANGE : BOOK_LOOK,
			.act = str_of(acts[i]),
			.item = S("paper"),
			.item_id = 7 };

		assert_false(looks_shown(&f, &e));
	}
}

TEST(promise_11_not_even_that_somebody_read_the_childs_words)
{
	static const char *const acts[] = { "voice.read", "voice.write", "letter.read",
		"letter.answer", "story.read" };
	struct looks_facts f = seen();

	for (int i = 0; i < 5; i++) {
		struct book_entry e = { .kind = BOOK_LOOK, .act = str_of(acts[i]) };

		f.child_reads = false;
		assert_false(looks_shown(&f, &e));
	}
	f.child_reads = true;
	f.age = 15;
	assert_true(
	    looks_shown(&f, &(struct book_entry){ .kind = BOOK_LOOK, .act = S("voice.read") }));
	assert_false(
	    looks_shown(&f, &(struct book_entry){ .kind = BOOK_LOOK, .act = S("letter.read") }));
}

static int rows_on(struct str page)
{
	int n = 0;

	for (size_t i = 0; i + 15 < page.n; i++)
		n += memcmp(page.p + i, "<th scope=\"row\"", 15) == 0;
	return n;
}

/* What is left out makes no page shorter, and no link carries its instant. Each look a minute of
 * its own: a row of its own. */
TEST_DB(promise_06_what_is_left_out_leaves_no_gap)
{
	struct ring *r = ring_open();
	struct ring_answer a;

	for (int i = 0; i < 25; i++) {
		assert_int_equal(ring_do(r, "kim", "/children/10", NULL).status, 200);
		clock_set_ms(clock_now_ms() + 30500);
		ring_do(r, "erik", "/home", NULL);
		ring_do(r, "tom", "/children/10", NULL);
		clock_set_ms(clock_now_ms() + 30500);
	}
	a = ring_do(r, "sara", "/children/10/looks", NULL);
	assert_int_equal(rows_on(a.body), 20);
	assert_true(str_has(a.body, S("Visa äldre")));
	/* The second page: the five that are left, and nothing else. */
	{
		const char *from = memmem(a.body.p, a.body.n, "looks?before=", 13);
		long long ms, id;
		char path[120];

		assert_non_null(from);
		assert_int_equal(sscanf(from, "looks?before=%lld&amp;id=%lld", &ms, &id), 2);
		snprintf(path, sizeof path, "/children/10/looks?before=%lld&id=%lld", ms, id);
		a = ring_do(r, "sara", path, NULL);
	}
	assert_int_equal(rows_on(a.body), 5);
	assert_false(str_has(a.body, S("Visa äldre")));
	ring_close(r);
}
