#include "access/consent.h"

#include <string.h>

#include "msg.h"
#include "test/t.h"

struct row {
	enum consent_measure measure;
	int age;
	enum says says;
	int agreeing, total;
	bool suitable;
	enum verdict want;
};

TEST(promise_12_ages_are_rules_per_act)
{
	static const struct row rows[] = {
		{ CONSENT_ASSESSED, 11, SAYS_AGREES, 0, 2, true, VERDICT_DENY },
		{ CONSENT_ASSESSED, 11, SAYS_AGREES, 2, 2, true, VERDICT_ALLOW },
		{ CONSENT_ASSESSED, 11, SAYS_AGREES, 1, 2, true, VERDICT_HUMAN }, /* FB 6:13 a */
		{ CONSENT_ASSESSED, 12, SAYS_AGREES, 0, 2, true, VERDICT_ALLOW },
		{ CONSENT_ASSESSED, 12, SAYS_OBJECTS, 0, 2, true, VERDICT_DENY },
		{ CONSENT_ASSESSED, 12, SAYS_OBJECTS, 2, 2, true, VERDICT_HUMAN },
		{ CONSENT_ASSESSED, 12, SAYS_UNKNOWN, 0, 2, true, VERDICT_DENY },
		{ CONSENT_ASSESSED, 15, SAYS_ASKS, 0, 2, true, VERDICT_ALLOW },
		{ CONSENT_ASSESSED, 15, SAYS_AGREES, 0, 2, false, VERDICT_DENY },
		{ CONSENT_ASSESSED, 15, SAYS_OBJECTS, 2, 2, true, VERDICT_HUMAN },
		{ CONSENT_ASSESSED, 18, SAYS_OBJECTS, 2, 2, true, VERDICT_DENY },
		{ CONSENT_ASSESSED, 18, SAYS_AGREES, 0, 2, false, VERDICT_ALLOW },
		{ CONSENT_PLACEMENT, 16, SAYS_AGREES, 0, 2, true, VERDICT_DENY },
		{ CONSENT_PLACEMENT, 16, SAYS_AGREES, 1, 2, true, VERDICT_DENY },
		{ CONSENT_PLACEMENT, 16, SAYS_AGREES, 2, 2, true, VERDICT_ALLOW },
		{ CONSENT_PLACEMENT, 16, SAYS_OBJECTS, 2, 2, true, VERDICT_HUMAN },
		{ CONSENT_UNASSESSED, 14, SAYS_AGREES, 0, 2, true, VERDICT_DENY },
		{ CONSENT_UNASSESSED, 14, SAYS_AGREES, 2, 2, true, VERDICT_ALLOW },
		{ CONSENT_UNASSESSED, 15, SAYS_AGREES, 0, 2, true, VERDICT_ALLOW },
		{ CONSENT_UNASSESSED, 15, SAYS_AGREES, 0, 2, false, VERDICT_DENY },
		{ CONSENT_SIP, 9, SAYS_AGREES, 2, 2, true, VERDICT_ALLOW },
		{ CONSENT_SIP, 9, SAYS_AGREES, 1, 2, true, VERDICT_DENY },
		{ CONSENT_SIP, 9, SAYS_AGREES, 1, 1, true, VERDICT_ALLOW },
		{ CONSENT_SIP, 9, SAYS_AGREES, -1, -1, true, VERDICT_DENY },
		{ CONSENT_SIP, 16, SAYS_AGREES, 0, 2, true, VERDICT_HUMAN },
		{ CONSENT_SIP, 16, SAYS_OBJECTS, 2, 2, true, VERDICT_HUMAN },
		{ CONSENT_SIP, 18, SAYS_AGREES, 0, 0, true, VERDICT_ALLOW },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];
		struct consent_case c = { r->measure, r->age, r->says, r->agreeing, r->total,
			r->suitable };

		if (consent_decide(&c).verdict != r->want)
			fail_msg("row %zu: %s, wanted %s", i,
			    verdict_code(consent_decide(&c).verdict), verdict_code(r->want));
	}
}

/* Every answer has a provision and words; a guardian who leaves and a child who says no never open.
 */
TEST(promise_12_no_consent_widens_by_less_of_it)
{
	enum msg words;

	for (int m = 0; m < CONSENT_COUNT; m++) {
		for (int age = 0; age < 20; age++) {
			for (int says = 0; says < SAYS_COUNT; says++) {
				for (int agreeing = 0; agreeing <= 2; agreeing++) {
					struct consent_case c = { (enum consent_measure)m, age,
						(enum says)says, agreeing, 2, true };
					struct consent d = consent_decide(&c);

					assert_true(strlen(d.provision) > 0);
					assert_true(msg_of_key(str_of(d.reason), &words));
					c.suitable = false;
					assert_true(consent_decide(&c).verdict <= d.verdict);
					c.suitable = true;
					c.says = SAYS_OBJECTS;
					assert_true(consent_decide(&c).verdict <= d.verdict);
					c.says = (enum says)says;
					c.agreeing = 0;
					if (agreeing ==
					    2) /* one who has not agreed can be asked for */
						assert_true(
						    consent_decide(&c).verdict <= d.verdict);
				}
			}
		}
	}
}

TEST(promise_12_age_table)
{
	assert_false(age_reached(AGE_ADULT, 17));
	assert_true(age_reached(AGE_ADULT, 18));
	assert_false(age_reached(AGE_OWN_CONSENT_ONLINE, 12));
	assert_true(age_reached(AGE_OWN_CONSENT_ONLINE, 13));
	assert_false(age_reached(AGE_MEASURE_WITHOUT_GUARDIAN, AGE_UNKNOWN));
	assert_int_equal(age_rule_years(AGE_PARTY_IN_SOCIAL), 15);
	assert_int_equal(age_rule_years(AGE_PARTY_IN_SCHOOL), 16);
	assert_string_equal(age_rule_provision(AGE_PARTY_IN_SCHOOL), "SkolL 29:12");
}

/* A yes ends the day before somebody has to say more than was said: at 12, 15 and 18. */
TEST(promise_12_a_yes_ends_before_the_age_that_needs_more)
{
	static const struct {
		const char *born, *today, *last;
		bool view;
	} rows[] = {
		{ "2018-03-12", "2026-11-18", "2027-11-18", false }, /* 8: a year */
		{ "2015-03-12", "2026-11-18", "2027-03-11",
		    false }, /* 12 in March, nobody asked it */
		{ "2015-03-12", "2026-11-18", "2027-11-18", true },
		{ "2012-03-12", "2026-11-18", "2027-03-11", true }, /* 15 in March: agrees itself */
		{ "2012-03-12", "2027-03-11", "2027-03-11", true }, /* its last day */
		{ "2012-03-12", "2027-03-12", "2028-03-12", true }, /* 15: asked itself */
		{ "2009-03-12", "2026-11-18", "2027-03-11", true }, /* 18 in March */
		{ "2000-01-01", "2026-11-18", "2027-11-18", true },
		{ "2012-02-29", "2026-11-18", "2027-02-27", true },
		{ "", "2026-11-18", "2027-11-18", true },
	};
	struct waiver_ages own = waiver_ages_usual();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct date born = { 0 }, today, last;

		assert_true(!*rows[i].born || date_parse(str_of(rows[i].born), &born));
		assert_true(date_parse(str_of(rows[i].today), &today));
		last = waiver_holds_to(own, born, rows[i].view, today);
		if (!str_eq(date_iso(t_mem(), last), str_of(rows[i].last)))
			fail_msg("row %zu: %.*s", i, STR(date_iso(t_mem(), last)));
		/* On each day that it names the same words are an ALLOW still. */
		for (struct date d = today; date_known(born) && date_cmp(d, last) <= 0;
		     d = date_add_days(d, 1)) {
			struct waiver_needs then = waiver_needs(own, age_years(born, today), 2),
					    now = waiver_needs(own, age_years(born, d), 2);

			assert_true(then.child_yes == now.child_yes);
			assert_true(rows[i].view || then.child_view == now.child_view);
		}
	}
	own.child_from = 14; /* an authority's own */
	assert_int_equal(date_cmp(waiver_holds_to(own, (struct date){ 2013, 3, 12 }, true,
				      (struct date){ 2026, 11, 18 }),
			     (struct date){ 2027, 3, 11 }),
	    0);
}

TEST(promise_12_who_says_yes_to_sharing)
{
	struct waiver_ages ages = waiver_ages_usual();
	struct waiver_needs n = waiver_needs(ages, 11, 2);

	assert_true(n.guardians && !n.child_view && !n.child_yes && !n.human);
	n = waiver_needs(ages, 12, 2);
	assert_true(n.guardians && n.child_view && !n.child_yes && !n.human);
	n = waiver_needs(ages, 15, 1);
	assert_true(n.guardians && n.child_view && n.child_yes && !n.human);
	n = waiver_needs(ages, 18, 2);
	assert_true(!n.guardians && n.child_yes && !n.human);
	n = waiver_needs(ages, 5, 0);
	assert_true(n.human);
	n = waiver_needs(ages, AGE_UNKNOWN, 2);
	assert_true(n.guardians && n.child_view && n.child_yes && n.human);
	n = waiver_needs(ages, AGE_UNBORN, 1);
	assert_true(n.guardians && !n.child_view && !n.human);
	ages.child_from = 14; /* an authority's own */
	assert_true(waiver_needs(ages, 14, 2).child_yes);
}

TEST(promise_05_only_a_valid_waiver_carries)
{
	struct waiver_ages ages = waiver_ages_usual();

	for (int w = 0; w < WAIVER_COUNT; w++) {
		for (int age = -2; age < 22; age++) {
			for (int says = 0; says < SAYS_COUNT; says++) {
				struct waiver_answer a = waiver_decide(
				    ages, (enum waiver_state)w, age, (enum says)says, 2, 2);

				if (w != WAIVER_VALID)
					assert_int_not_equal(a.verdict, VERDICT_ALLOW);
				if (w == WAIVER_WITHDRAWN || w == WAIVER_EXPIRED)
					assert_int_equal(a.verdict, VERDICT_DENY);
				if (age >= 18)
					assert_int_not_equal(a.verdict, VERDICT_ALLOW);
			}
		}
	}
	assert_int_equal(
	    waiver_decide(ages, WAIVER_VALID, 8, SAYS_UNKNOWN, 2, 2).verdict, VERDICT_ALLOW);
}
