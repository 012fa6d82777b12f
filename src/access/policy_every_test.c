/* What the disclosure rules hold for every combination of facts: by chance from a seed, and one
 * after the other. */
#include "access/policy.h"

#include <string.h>

#include "msg.h"
#include "test/t.h"

#define DAY \
	{ \
		2026, 4, 27 \
	}

/* Facts from a seed: xorshift. */
struct dice {
	uint64_t s;
};

static unsigned roll(struct dice *d, unsigned n)
{
	d->s ^= d->s << 13;
	d->s ^= d->s >> 7;
	d->s ^= d->s << 17;
	return (unsigned)(d->s >> 32) % n;
}

static struct disclosure_case any_case(struct dice *d)
{
	static const struct date days[] = { { 2026, 4, 27 }, { 2026, 11, 21 }, { 2026, 1, 14 },
		{ 2025, 6, 30 }, { 2015, 3, 1 }, { 2001, 1, 1 } };
	struct disclosure_case c = {
		.holder = (enum party)roll(d, PARTY_COUNT),
		.recipient = (enum party)roll(d, PARTY_COUNT),
		.content = (enum content)roll(d, CONTENT_COUNT),
		.age_years = (int)roll(d, 24) - 2,
		.says = (enum says)roll(d, SAYS_COUNT),
		.guardians_total = (int)roll(d, 4) - 1,
		.need = (enum need)roll(d, NEED_COUNT),
		.same_authority = roll(d, 2),
		.waiver = (enum waiver_state)roll(d, WAIVER_COUNT),
		.investigation = (enum investigation)roll(d, INVESTIGATION_COUNT),
		.harm_mark = roll(d, 3) == 0,
		.suspicion = roll(d, 2) ? SUSPICION_NONE : (enum suspicion)roll(d, SUSPICION_COUNT),
		.protection =
		    roll(d, 2) ? PROTECTION_NONE : (enum protection)roll(d, PROTECTION_COUNT),
		.asks = (enum asker)roll(d, ASKER_COUNT),
		.day = days[roll(d, 12) < 8 ? 0 : roll(d, 6)],
	};

	c.guardians_agreeing = c.guardians_total < 0
				   ? GUARDIANS_UNKNOWN
				   : (int)roll(d, (unsigned)c.guardians_total + 1);
	return c;
}

/* One narrowing fact more. false: it is there already. */
static bool narrow(struct disclosure_case *c, int which)
{
	struct disclosure_case was = *c;

	switch (which) {
	case 0:
		c->harm_mark = true;
		break;
	case 1:
	case 2:
	case 3:
	case 4:
		if (c->protection != PROTECTION_NONE)
			return false;
		c->protection = (enum protection)which;
		break;
	case 5:
		c->says = SAYS_OBJECTS;
		break;
	case 6:
		if (c->says != SAYS_AGREES && c->says != SAYS_ASKS)
			return false;
		c->says = SAYS_UNKNOWN;
		break;
	case 7:
		c->waiver = WAIVER_WITHDRAWN;
		break;
	case 8:
		c->waiver = WAIVER_EXPIRED;
		break;
	case 9:
		c->waiver = WAIVER_NONE;
		break;
	case 10:
		c->waiver = WAIVER_OTHER_RECIPIENT;
		break;
	case 11:
		if (c->age_years < 0 || c->age_years > 17)
			return false;
		c->age_years = 18;
		break;
	case 12:
		c->need = NEED_NO;
		break;
	case 13:
		c->day = (struct date){ 2001, 1, 1 }; /* before the acts: nothing is in force */
		break;
	default:
		if (c->guardians_agreeing <= 0)
			return false;
		c->guardians_agreeing--;
		break;
	}
	/* One is a copy of the other. NOLINTNEXTLINE(bugprone-suspicious-memory-*,cert-*) */
	return memcmp(&was, c, sizeof was) != 0;
}

#define NARROWINGS 15
#define CASES 300000

TEST(promise_04_a_narrowing_fact_never_widens)
{
	struct dice dice = { 0x74696c6c73616d6d };
	long tried = 0, narrowed = 0;

	for (int i = 0; i < CASES; i++) {
		struct disclosure_case c = any_case(&dice);
		struct decision before = policy_disclose(&c);

		for (int n = 0; n < NARROWINGS; n++) {
			struct disclosure_case less = c;
			struct decision after;

			/* A child by nobody's count stays one guardian short of nothing. */
			if (!narrow(&less, n))
				continue;
			after = policy_disclose(&less);
			tried++;
			narrowed += after.verdict < before.verdict;
			if (after.verdict > before.verdict)
				fail_msg("fact %d opened %s to %s, %s, age %d: %s %s to %s %s", n,
				    party_code(c.holder), party_code(c.recipient),
				    content_code(c.content), c.age_years,
				    verdict_code(before.verdict), before.reason,
				    verdict_code(after.verdict), after.reason);
		}
	}
	assert_true(tried > CASES);
	assert_true(narrowed > CASES / 20); /* the facts do something */
}

static bool in_school(enum party p)
{
	return p == PARTY_PRESCHOOL || p == PARTY_SCHOOL_TEACHER ||
	       p == PARTY_SCHOOL_PSYCHOSOCIAL || p == PARTY_SCHOOL_NURSE || p == PARTY_SCHOOL_ANY ||
	       p == PARTY_INDEPENDENT_SCHOOL;
}

static void check_always(const struct disclosure_case *c)
{
	struct decision d = policy_disclose(c);
	enum regime from = party_regime(c->holder);
	bool counts = c->content == CONTENT_COUNTS, closed_27;
	enum msg said;

	assert_true(strlen(d.reason) > 4);
	if (!msg_of_key(str_of(d.reason), &said))
		fail_msg("no words for %s", d.reason);
	if (d.verdict == VERDICT_DENY)
		assert_int_equal(d.ground, GROUND_NONE);
	if (d.ground != GROUND_NONE)
		assert_true(ground_in_force(d.ground, c->day));
	if (d.verdict == VERDICT_ALLOW && !counts)
		assert_int_not_equal(d.ground, GROUND_NONE);

	if (c->content == CONTENT_DIRECT_READ || c->content == CONTENT_PERSON_ROWS ||
	    c->content == CONTENT_COUNTS_SMALL)
		assert_int_equal(d.verdict, VERDICT_DENY);
	if ((c->recipient == PARTY_PROGRAMME || c->recipient == PARTY_ANY) && !counts)
		assert_int_equal(d.verdict, VERDICT_DENY);
	/* OSL 25:12 and 26:9 withhold from school; 10:27 is closed for 25:1 and 26:1. */
	closed_27 = from == REGIME_HEALTH || from == REGIME_SOCIAL || from == REGIME_PUPIL_HEALTH;
	if (closed_27)
		assert_int_not_equal(d.ground, GROUND_GENERAL);
	if (in_school(c->recipient) && (from == REGIME_HEALTH || from == REGIME_SOCIAL) &&
	    !counts && d.verdict != VERDICT_DENY)
		assert_int_equal(d.ground, GROUND_WAIVER);
	if (in_school(c->recipient))
		assert_true(d.ground != GROUND_HEALTH_U18 && d.ground != GROUND_SOCIAL_U18);
	/* Only what is a waiver opens by waiver. */
	if (c->waiver != WAIVER_VALID && c->waiver != WAIVER_CHILD_ONLY)
		assert_int_not_equal(d.ground, GROUND_WAIVER);
	if (c->waiver == WAIVER_CHILD_ONLY && d.ground == GROUND_WAIVER)
		assert_int_equal(d.verdict, VERDICT_HUMAN);
	/* Never automatic. */
	if (d.ground == GROUND_GENERAL || d.ground == GROUND_CRIME_PREVENT ||
	    d.ground == GROUND_CRIME_VS_CHILD || (c->recipient == PARTY_POLICE && !counts))
		assert_int_not_equal(d.verdict, VERDICT_ALLOW);
	/* 18 ends 25:12, 26:9 and the guardian's role the same day. */
	if (c->age_years >= 18) {
		assert_true(d.ground != GROUND_HEALTH_U18 && d.ground != GROUND_SOCIAL_U18);
		if ((c->recipient == PARTY_GUARDIAN || c->recipient == PARTY_OTHER_GUARDIAN) &&
		    !counts)
			assert_int_equal(d.verdict, VERDICT_DENY);
	}
	if ((c->recipient == PARTY_GUARDIAN || c->recipient == PARTY_OTHER_GUARDIAN) &&
	    c->harm_mark && !counts)
		assert_int_equal(d.verdict, VERDICT_DENY);
	/* Protection: a duty goes on, all else is assessed, places are masked. */
	if (c->protection != PROTECTION_NONE && !counts) {
		assert_true(d.mask_place);
		if (d.verdict == VERDICT_ALLOW)
			assert_true(d.ground == GROUND_REPORT || d.ground == GROUND_INVESTIGATION);
		if (c->content == CONTENT_ADDRESS)
			assert_int_not_equal(d.verdict, VERDICT_ALLOW);
	}
}

TEST(promise_04_what_holds_for_every_combination)
{
	struct dice dice = { 0x736f726d6c616e64 };

	for (int i = 0; i < CASES; i++) {
		struct disclosure_case c = any_case(&dice);

		check_always(&c);
	}
}

/* Every holder, recipient and content with every age that a rule knows, waivers and need. */
TEST(promise_04_what_holds_for_every_holder_recipient_content_and_age)
{
	static const int ages[] = { AGE_UNKNOWN, AGE_UNBORN, 0, 5, 11, 12, 13, 15, 16, 17, 18, 21 };
	struct disclosure_case c = { .guardians_agreeing = 2, .guardians_total = 2, .day = DAY };

	for (int h = 0; h < PARTY_COUNT; h++) {
		for (int r = 0; r < PARTY_COUNT; r++) {
			for (int k = 0; k < CONTENT_COUNT; k++) {
				for (size_t a = 0; a < sizeof ages / sizeof *ages; a++) {
					c.holder = (enum party)h;
					c.recipient = (enum party)r;
					c.content = (enum content)k;
					c.age_years = ages[a];
					for (int v = 0; v < WAIVER_COUNT; v++) {
						c.waiver = (enum waiver_state)v;
						c.need = (v + h) % 2 ? NEED_YES : NEED_NO;
						c.says = (enum says)((v + r) % 3);
						check_always(&c);
					}
				}
			}
		}
	}
}

TEST(promise_09_no_fact_holds_a_report_back)
{
	struct dice dice = { 0x6f726f73616e6d61 };
	int seen = 0;

	for (int i = 0; i < CASES; i++) {
		struct disclosure_case c = any_case(&dice);
		enum regime from = party_regime(c.holder);

		c.recipient = PARTY_SOC;
		c.content = CONTENT_REPORT_OF_CONCERN;
		if (from == REGIME_PERSON || from == REGIME_PROGRAMME ||
		    c.age_years == AGE_UNBORN || c.age_years >= 18 || c.day.y < 2002)
			continue;
		assert_int_equal(policy_disclose(&c).verdict, VERDICT_ALLOW);
		assert_int_equal(policy_disclose(&c).ground, GROUND_REPORT);
		seen++;
	}
	assert_true(seen > 1000);
}

TEST(promise_03_same_authority_opens_pupil_health_and_nothing_else)
{
	struct dice dice = { 0x7265676976657374 };
	int opened = 0;

	for (int i = 0; i < CASES; i++) {
		struct disclosure_case c = any_case(&dice);
		struct decision apart, together;

		c.same_authority = false;
		apart = policy_disclose(&c);
		c.same_authority = true;
		together = policy_disclose(&c);
		if (together.verdict > apart.verdict) {
			assert_int_equal(together.ground, GROUND_PUPIL_HEALTH);
			opened++;
		}
	}
	assert_true(opened > 0);
}
