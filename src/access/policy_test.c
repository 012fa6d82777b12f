/*
 * The disclosure rules as rows of facts, with the shared table (cases_test.c). What holds for every
 * combination: policy_every_test.c; what a family sees of an item: policy_family_test.c.
 */
#include "access/policy.h"

#include "test/t.h"

#define DAY \
	{ \
		2026, 4, 27 \
	}
#define CASE(h, r, c, age) \
	.holder = PARTY_##h, .recipient = PARTY_##r, .content = CONTENT_##c, .age_years = (age), \
	.day = DAY
#define YES .need = NEED_YES
#define GIVEN(state, agreeing, total) \
	.waiver = WAIVER_##state, .guardians_agreeing = (agreeing), .guardians_total = (total)

struct row {
	const char *why;
	struct disclosure_case c;
	enum verdict verdict;
	enum ground ground;
};

#define ALLOW(g) VERDICT_ALLOW, GROUND_##g
#define HUMAN(g) VERDICT_HUMAN, GROUND_##g
#define DENY VERDICT_DENY, GROUND_NONE

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct decision d = policy_disclose(&rows[i].c);

		if (d.verdict != rows[i].verdict || d.ground != rows[i].ground)
			fail_msg("%s: got %s %s (%s)", rows[i].why, verdict_code(d.verdict),
			    ground_code(d.ground), d.reason);
	}
}

#define CHECK(...) \
	do { \
		static const struct row rows_[] = { __VA_ARGS__ }; \
		check_rows(rows_, sizeof rows_ / sizeof *rows_); \
	} while (0)

TEST(promise_04_health_reaches_social_services_under_18_when_needed)
{
	CHECK({ "needed", { CASE(BVC, SOC, HEALTH, 3), YES }, ALLOW(HEALTH_U18) },
	    { "no need", { CASE(BVC, SOC, HEALTH, 3), .need = NEED_NO }, DENY },
	    { "need not told", { CASE(BVC, SOC, HEALTH, 3) }, DENY },
	    { "unborn", { CASE(MHV, SOC, HEALTH, AGE_UNBORN), YES }, ALLOW(HEALTH_U18) },
	    { "last day as child", { CASE(BUP, SOC, HEALTH, 17), YES }, ALLOW(HEALTH_U18) },
	    { "18", { CASE(BUP, SOC, HEALTH, 18), YES }, DENY },
	    { "age unknown", { CASE(BUP, SOC, HEALTH, AGE_UNKNOWN), YES }, HUMAN(HEALTH_U18) },
	    { "between clinics", { CASE(VC, BUP, HEALTH, 9), YES }, ALLOW(HEALTH_U18) },
	    { "a relative's", { CASE(BUP, SOC, HEALTH_OF_RELATIVE, 9), YES }, ALLOW(HEALTH_U18) },
	    { "child of 15 objects", { CASE(BUP, SOC, HEALTH, 15), YES, .says = SAYS_OBJECTS },
		HUMAN(HEALTH_U18) },
	    { "that it reported", { CASE(BVC, SOC, THAT_REPORTED, 3), YES }, DENY },
	    { "nurse: is the school a health authority?",
		{ CASE(SCHOOL_NURSE, SOC, HEALTH, 10), YES }, HUMAN(HEALTH_U18) },
	    { "to a dentist", { CASE(SOC, DENTAL, SOCIAL, 10), YES }, ALLOW(SOCIAL_U18) },
	    { "social to child psychiatry", { CASE(SOC, BUP, SOCIAL, 14), YES },
		ALLOW(SOCIAL_U18) },
	    { "social, no need", { CASE(SOC, BUP, SOCIAL, 14), .need = NEED_NO }, DENY },
	    { "social, 18", { CASE(SOC, BUP, SOCIAL, 18), YES }, DENY });
}

TEST(promise_04_school_gets_only_by_waiver_what_health_and_social_hold)
{
	CHECK({ "preschool", { CASE(BVC, PRESCHOOL, HEALTH, 4), YES }, DENY },
	    { "teacher", { CASE(SOC, SCHOOL_TEACHER, SOCIAL, 14), YES }, DENY },
	    { "school nurse", { CASE(BUP, SCHOOL_NURSE, HEALTH, 10), YES }, DENY },
	    { "counsellor", { CASE(SOC, SCHOOL_PSYCHOSOCIAL, SOCIAL, 10), YES }, DENY },
	    { "independent school", { CASE(BUP, INDEPENDENT_SCHOOL, HEALTH, 10), YES }, DENY },
	    { "association", { CASE(SOC, NGO, SOCIAL, 10), YES }, DENY },
	    { "waiver", { CASE(SOC, SCHOOL_TEACHER, SOCIAL, 10), GIVEN(VALID, 2, 2) },
		ALLOW(WAIVER) },
	    { "waiver to an association", { CASE(SOC, NGO, SOCIAL, 10), GIVEN(VALID, 2, 2) },
		ALLOW(WAIVER) });
}

TEST(promise_04_waiver_needs_all_who_decide)
{
	CHECK(
	    { "both", { CASE(BVC, PRESCHOOL, HEALTH, 4), YES, GIVEN(VALID, 2, 2) }, ALLOW(WAIVER) },
	    { "sole custody", { CASE(BVC, PRESCHOOL, HEALTH, 4), GIVEN(VALID, 1, 1) },
		ALLOW(WAIVER) },
	    { "one of two", { CASE(BVC, PRESCHOOL, HEALTH, 4), GIVEN(ONE_GUARDIAN, 1, 2) }, DENY },
	    { "said valid, one of two", { CASE(BVC, PRESCHOOL, HEALTH, 4), GIVEN(VALID, 1, 2) },
		DENY },
	    { "who gave it?",
		{ CASE(BVC, PRESCHOOL, HEALTH, 4),
		    GIVEN(VALID, GUARDIANS_UNKNOWN, GUARDIANS_UNKNOWN) },
		HUMAN(WAIVER) },
	    { "nobody has custody", { CASE(BVC, PRESCHOOL, HEALTH, 4), GIVEN(VALID, 0, 0) },
		HUMAN(WAIVER) },
	    { "13, not asked", { CASE(BUP, SCHOOL_TEACHER, HEALTH, 13), GIVEN(VALID, 2, 2) },
		HUMAN(WAIVER) },
	    { "13, asked",
		{ CASE(BUP, SCHOOL_TEACHER, HEALTH, 13), GIVEN(VALID, 2, 2), .says = SAYS_AGREES },
		ALLOW(WAIVER) },
	    { "15 objects",
		{ CASE(SCHOOL_PSYCHOSOCIAL, BUP, SCHOOL, 15), YES, GIVEN(VALID, 2, 2),
		    .says = SAYS_OBJECTS },
		HUMAN(WAIVER) },
	    { "15 alone",
		{ CASE(SCHOOL_PSYCHOSOCIAL, BUP, SCHOOL, 15), YES, GIVEN(CHILD_ONLY, 0, 2),
		    .says = SAYS_AGREES },
		HUMAN(WAIVER) },
	    { "11 alone",
		{ CASE(SOC, NGO, SOCIAL, 11), GIVEN(CHILD_ONLY, 0, 2), .says = SAYS_AGREES },
		DENY },
	    { "marked as harm: no guardian lifts it",
		{ CASE(BUP, SCHOOL_TEACHER, HEALTH, 9), GIVEN(VALID, 2, 2), .harm_mark = true },
		HUMAN(WAIVER) },
	    { "a relative's own yes",
		{ CASE(BUP, SCHOOL_TEACHER, HEALTH_OF_RELATIVE, 9), GIVEN(VALID, 2, 2) },
		HUMAN(WAIVER) },
	    { "names another", { CASE(BVC, PRESCHOOL, HEALTH, 4), GIVEN(OTHER_RECIPIENT, 2, 2) },
		DENY });
}

TEST(promise_05_withdrawn_or_expired_waiver_opens_nothing)
{
	CHECK(
	    { "withdrawn", { CASE(BVC, PRESCHOOL, HEALTH, 4), YES, GIVEN(WITHDRAWN, 2, 2) }, DENY },
	    { "expired", { CASE(BVC, PRESCHOOL, HEALTH, 4), YES, GIVEN(EXPIRED, 2, 2) }, DENY });
}

TEST(promise_09_report_is_behind_nothing)
{
	CHECK(
	    { "counsellor",
		{ CASE(SCHOOL_PSYCHOSOCIAL, SOC, CONCERN, 10), .suspicion = SUSPICION_FARES_BADLY },
		ALLOW(REPORT) },
	    { "independent school",
		{ CASE(INDEPENDENT_SCHOOL, SOC, CONCERN, 10),
		    .suspicion = SUSPICION_VIOLENCE_AT_HOME },
		ALLOW(REPORT) },
	    { "child unknown, nothing ticked",
		{ CASE(SCHOOL_TEACHER, SOC, REPORT_OF_CONCERN, AGE_UNKNOWN) }, ALLOW(REPORT) },
	    { "family said no",
		{ CASE(BUP, SOC, HEALTH, 16), .need = NEED_NO, GIVEN(WITHDRAWN, 0, 2),
		    .says = SAYS_OBJECTS, .suspicion = SUSPICION_FARES_BADLY },
		ALLOW(REPORT) },
	    { "protected",
		{ CASE(PRESCHOOL, SOC, CONCERN, 4), .suspicion = SUSPICION_FARES_BADLY,
		    .protection = PROTECTION_SECRECY_MARK },
		ALLOW(REPORT) },
	    { "no suspicion told", { CASE(SCHOOL_TEACHER, SOC, CONCERN, 10), .need = NEED_NO },
		DENY },
	    { "investigator asks",
		{ CASE(SCHOOL_TEACHER, SOC, SCHOOL, 10), .investigation = INVESTIGATION_OPEN,
		    .asks = ASKER_INVESTIGATOR },
		ALLOW(INVESTIGATION) },
	    { "nurse, investigator asks",
		{ CASE(SCHOOL_NURSE, SOC, HEALTH, 10), .investigation = INVESTIGATION_OPEN,
		    .asks = ASKER_INVESTIGATOR },
		ALLOW(INVESTIGATION) },
	    { "nobody asked, need told",
		{ CASE(BUP, SOC, HEALTH, 10), YES, .investigation = INVESTIGATION_OPEN },
		ALLOW(INVESTIGATION) },
	    { "nobody asked, no need told",
		{ CASE(BUP, SOC, HEALTH, 10), .investigation = INVESTIGATION_OPEN },
		HUMAN(INVESTIGATION) },
	    { "before the decision: school",
		{ CASE(SCHOOL_TEACHER, SOC, SCHOOL, 10), .investigation = INVESTIGATION_REPORTED,
		    .asks = ASKER_INVESTIGATOR },
		HUMAN(GENERAL) },
	    { "before the decision: health has 25:12 or nothing",
		{ CASE(BVC, SOC, HEALTH, 10), .investigation = INVESTIGATION_REPORTED,
		    .asks = ASKER_INVESTIGATOR },
		DENY });
}

TEST(promise_03_corridors_give_no_access)
{
	CHECK({ "nurse to counsellor",
		  { CASE(SCHOOL_NURSE, SCHOOL_PSYCHOSOCIAL, HEALTH, 12), YES,
		      .same_authority = true },
		  ALLOW(PUPIL_HEALTH) },
	    { "nurse to teacher",
		{ CASE(SCHOOL_NURSE, SCHOOL_TEACHER, HEALTH, 12), YES, .same_authority = true },
		DENY },
	    { "another authority", { CASE(SCHOOL_NURSE, SCHOOL_PSYCHOSOCIAL, HEALTH, 12), YES },
		DENY },
	    { "no need",
		{ CASE(SCHOOL_NURSE, SCHOOL_PSYCHOSOCIAL, HEALTH, 12), .same_authority = true },
		DENY },
	    { "family centre, one corridor",
		{ CASE(BVC, PRESCHOOL, HEALTH, 2), YES, .same_authority = true }, DENY },
	    { "counsellor to teacher: somebody weighs it",
		{ CASE(SCHOOL_PSYCHOSOCIAL, SCHOOL_TEACHER, SCHOOL, 12), YES,
		    .same_authority = true },
		HUMAN(GENERAL) },
	    { "standing access, all agree",
		{ CASE(SCHOOL_ANY, BUP, DIRECT_READ, 14), YES, GIVEN(VALID, 2, 2),
		    .says = SAYS_AGREES },
		DENY },
	    { "standing access, social to health",
		{ CASE(SOC, BUP, DIRECT_READ, 14), YES, GIVEN(VALID, 2, 2), .says = SAYS_AGREES },
		DENY });
}

TEST(promise_04_balance_is_closed_for_health_and_social_and_never_automatic)
{
	CHECK({ "school weighs", { CASE(SCHOOL_TEACHER, BUP, SCHOOL, 9), YES }, HUMAN(GENERAL) },
	    { "preschool weighs", { CASE(PRESCHOOL, BVC, SCHOOL, 4), YES }, HUMAN(GENERAL) },
	    { "no need told", { CASE(SCHOOL_TEACHER, BUP, SCHOOL, 9), .need = NEED_NO }, DENY },
	    { "not to a private school",
		{ CASE(SCHOOL_TEACHER, INDEPENDENT_SCHOOL, SCHOOL, 9), YES }, DENY },
	    { "a private school has its own rules",
		{ CASE(INDEPENDENT_SCHOOL, BUP, SCHOOL, 9), YES }, DENY },
	    { "health at 'school': maybe the nurse's", { CASE(SCHOOL_ANY, BUP, HEALTH, 9), YES },
		DENY },
	    { "that a report was made", { CASE(SCHOOL_TEACHER, BUP, THAT_REPORTED, 9), YES },
		DENY });
}

TEST(promise_04_police_only_by_a_named_official)
{
	CHECK(
	    { "risk of crime", { CASE(SOC, POLICE, SOCIAL, 17), .suspicion = SUSPICION_CRIME_RISK },
		HUMAN(CRIME_PREVENT) },
	    { "risk of crime, 20",
		{ CASE(SOC, POLICE, SOCIAL, 20), .suspicion = SUSPICION_CRIME_RISK },
		HUMAN(CRIME_PREVENT) },
	    { "risk of crime, 21",
		{ CASE(SOC, POLICE, SOCIAL, 21), .suspicion = SUSPICION_CRIME_RISK }, DENY },
	    { "risk of crime, health",
		{ CASE(BUP, POLICE, HEALTH, 17), .suspicion = SUSPICION_CRIME_RISK }, DENY },
	    { "against the child",
		{ CASE(BUP, POLICE, HEALTH, 7), .suspicion = SUSPICION_CRIME_AGAINST_CHILD },
		HUMAN(CRIME_VS_CHILD) },
	    { "waiver", { CASE(BUP, POLICE, HEALTH, 7), GIVEN(VALID, 2, 2) }, HUMAN(WAIVER) },
	    { "nothing suspected", { CASE(SOC, POLICE, SOCIAL, 17), YES }, DENY });
}

TEST(promise_04_reporter_learns_three_facts)
{
	CHECK({ "asked", { CASE(SOC, REPORTER, INVESTIGATION_STATUS, 9), .asks = ASKER_REPORTER },
		  ALLOW(FEEDBACK) },
	    { "not asked", { CASE(SOC, REPORTER, INVESTIGATION_STATUS, 9) }, HUMAN(FEEDBACK) },
	    { "findings",
		{ CASE(SOC, REPORTER, INVESTIGATION_FINDINGS, 9), .asks = ASKER_REPORTER }, DENY },
	    { "before the act",
		{ .holder = PARTY_SOC,
		    .recipient = PARTY_REPORTER,
		    .content = CONTENT_INVESTIGATION_STATUS,
		    .age_years = 9,
		    .asks = ASKER_REPORTER,
		    .day = { 2026, 1, 14 } },
		DENY },
	    { "first day of the act",
		{ .holder = PARTY_SOC,
		    .recipient = PARTY_REPORTER,
		    .content = CONTENT_INVESTIGATION_STATUS,
		    .age_years = 9,
		    .asks = ASKER_REPORTER,
		    .day = { 2026, 1, 15 } },
		ALLOW(FEEDBACK) });
}

TEST(promise_04_absence_is_told_as_the_act_says)
{
	CHECK({ "guardian, same day", { CASE(SCHOOL_TEACHER, GUARDIAN, UNEXCUSED_ABSENCE, 13) },
		  ALLOW(ABSENCE_GUARDIAN) },
	    { "a duty: the child's no does not stop it",
		{ CASE(SCHOOL_TEACHER, GUARDIAN, UNEXCUSED_ABSENCE, 17), .says = SAYS_OBJECTS },
		ALLOW(ABSENCE_GUARDIAN) },
	    { "danger at home",
		{ CASE(SCHOOL_TEACHER, GUARDIAN, UNEXCUSED_ABSENCE, 13),
		    .suspicion = SUSPICION_VIOLENCE_AT_HOME },
		HUMAN(ABSENCE_GUARDIAN) },
	    { "18", { CASE(SCHOOL_TEACHER, GUARDIAN, UNEXCUSED_ABSENCE, 18) }, DENY },
	    { "home municipality",
		{ CASE(INDEPENDENT_SCHOOL, HOME_MUNICIPALITY, ABSENCE_OPENED, 12) },
		ALLOW(ABSENCE_HOME) },
	    { "another municipality's school",
		{ CASE(SCHOOL_TEACHER, HOME_MUNICIPALITY, ABSENCE_OPENED, 12) },
		ALLOW(ABSENCE_HOME) },
	    { "after compulsory school",
		{ CASE(INDEPENDENT_SCHOOL, HOME_MUNICIPALITY, ABSENCE_OPENED, 17) },
		HUMAN(ABSENCE_HOME) },
	    { "other content", { CASE(INDEPENDENT_SCHOOL, HOME_MUNICIPALITY, SCHOOL, 12), YES },
		DENY });
}

TEST(promise_12_guardian_sees_as_far_as_the_child_is_a_child)
{
	CHECK({ "8", { CASE(BUP, GUARDIAN, HEALTH, 8) }, ALLOW(GUARDIAN) },
	    { "12", { CASE(BUP, GUARDIAN, HEALTH, 12) }, ALLOW(GUARDIAN) },
	    { "13, not asked", { CASE(BUP, GUARDIAN, HEALTH, 13) }, HUMAN(GUARDIAN) },
	    { "13 agrees", { CASE(BUP, GUARDIAN, HEALTH, 13), .says = SAYS_AGREES },
		ALLOW(GUARDIAN) },
	    { "16 objects", { CASE(BUP, GUARDIAN, HEALTH, 16), .says = SAYS_OBJECTS },
		HUMAN(GUARDIAN) },
	    { "social at 14", { CASE(SOC, GUARDIAN, SOCIAL, 14) }, ALLOW(GUARDIAN) },
	    { "social at 15", { CASE(SOC, GUARDIAN, SOCIAL, 15) }, HUMAN(GUARDIAN) },
	    { "school at 15", { CASE(SCHOOL_TEACHER, GUARDIAN, SCHOOL, 15) }, ALLOW(GUARDIAN) },
	    { "school at 16", { CASE(SCHOOL_TEACHER, GUARDIAN, SCHOOL, 16) }, HUMAN(GUARDIAN) },
	    { "17 agrees", { CASE(BUP, GUARDIAN, HEALTH, 17), .says = SAYS_AGREES },
		ALLOW(GUARDIAN) },
	    { "18 agrees", { CASE(BUP, GUARDIAN, HEALTH, 18), .says = SAYS_AGREES }, DENY },
	    { "18, waiver",
		{ CASE(BUP, GUARDIAN, HEALTH, 18), .says = SAYS_AGREES, GIVEN(VALID, 2, 2) },
		DENY });
}

TEST(promise_08_guardian_and_harm)
{
	CHECK({ "report of concern",
		  { CASE(SOC, GUARDIAN, REPORT_OF_CONCERN, 9),
		      .suspicion = SUSPICION_VIOLENCE_AT_HOME },
		  HUMAN(GUARDIAN) },
	    { "report, nothing suspected", { CASE(SCHOOL_TEACHER, GUARDIAN, THAT_REPORTED, 9) },
		HUMAN(GUARDIAN) },
	    { "marked", { CASE(BUP, GUARDIAN, HEALTH, 8), .harm_mark = true }, DENY },
	    { "danger at home",
		{ CASE(BUP, GUARDIAN, HEALTH, 8), .suspicion = SUSPICION_CRIME_AGAINST_CHILD },
		HUMAN(GUARDIAN) },
	    { "other guardian, protected",
		{ CASE(ANY, OTHER_GUARDIAN, ADDRESS, 7),
		    .protection = PROTECTION_PROTECTED_REGISTRATION },
		HUMAN(NONE) },
	    { "other guardian, unknown marking",
		{ CASE(ANY, OTHER_GUARDIAN, HEALTH, 7), .protection = PROTECTION_NOT_KNOWN },
		HUMAN(NONE) },
	    { "other guardian, address", { CASE(BVC, OTHER_GUARDIAN, ADDRESS, 7) },
		HUMAN(GUARDIAN) },
	    { "other guardian, health", { CASE(BVC, OTHER_GUARDIAN, HEALTH, 7) }, ALLOW(GUARDIAN) },
	    { "protected, a 'may'",
		{ CASE(BVC, SOC, HEALTH, 3), YES, .protection = PROTECTION_SECRECY_MARK },
		HUMAN(HEALTH_U18) },
	    { "protected address in a report",
		{ CASE(BVC, SOC, ADDRESS, 3), .suspicion = SUSPICION_FARES_BADLY,
		    .protection = PROTECTION_SECRECY_MARK },
		HUMAN(REPORT) });
}

TEST(promise_11_child_sees_its_own)
{
	CHECK({ "health", { CASE(BUP, CHILD, HEALTH, 14) }, ALLOW(OWN) },
	    { "who reported", { CASE(SOC, CHILD, REPORT_OF_CONCERN, 14) }, HUMAN(OWN) },
	    { "marked", { CASE(BUP, CHILD, HEALTH, 14), .harm_mark = true }, HUMAN(OWN) },
	    { "a relative's", { CASE(BUP, CHILD, HEALTH_OF_RELATIVE, 14) }, DENY },
	    { "18", { CASE(BUP, CHILD, HEALTH, 18) }, ALLOW(OWN) });
}

TEST(promise_16_programme_gets_counts_only)
{
	CHECK({ "rows", { CASE(ANY, PROGRAMME, PERSON_ROWS, AGE_UNKNOWN) }, DENY },
	    { "counts", { CASE(ANY, PROGRAMME, COUNTS, AGE_UNKNOWN) }, ALLOW(NONE) },
	    { "a small cell", { CASE(ANY, PROGRAMME, COUNTS_SMALL, AGE_UNKNOWN) }, DENY },
	    { "with a waiver", { CASE(SOC, PROGRAMME, SOCIAL, 4), YES, GIVEN(VALID, 2, 2) },
		DENY });
}
