#include "access/consent.h"

#include "base/err.h"

static const struct {
	int years;
	const char *provision;
} age_rules[] = {
#define X(name, years, provision) { years, provision },
	AGE_RULES(X)
#undef X
};

int age_rule_years(enum age_rule r)
{
	must((unsigned)r < AGE_RULE_COUNT);
	return age_rules[r].years;
}

const char *age_rule_provision(enum age_rule r)
{
	must((unsigned)r < AGE_RULE_COUNT);
	return age_rules[r].provision;
}

bool age_reached(enum age_rule r, int age_years)
{
	return age_years >= age_rule_years(r);
}

bool consent_measure_of_code(struct str code, enum consent_measure *out)
{
	static const char *const codes[] = {
#define X(name, text) text,
		CONSENT_MEASURES(X)
#undef X
	};

	for (int i = 0; i < CONSENT_COUNT; i++) {
		if (str_eq(code, str_of(codes[i]))) {
			*out = (enum consent_measure)i;
			return true;
		}
	}
	return false;
}

static struct consent answer(enum verdict v, const char *provision, const char *reason)
{
	return (struct consent){ v, provision, reason };
}

static bool says_yes(enum says s)
{
	return s == SAYS_AGREES || s == SAYS_ASKS;
}

static bool all_agree(int agreeing, int total)
{
	return total > 0 && agreeing >= total;
}

/* Somebody of 18 decides alone, whatever the measure. */
static struct consent adult(const struct consent_case *c)
{
	return says_yes(c->says) ? answer(VERDICT_ALLOW, "FB 9:1", "law_adult_decides")
				 : answer(VERDICT_DENY, "FB 9:1", "law_adult_decides");
}

/* All guardians have said yes; what the child says still counts (FB 6:11, SoL 3:1-4). */
static struct consent with_guardians(const struct consent_case *c, const char *provision)
{
	if (age_reached(AGE_PARTY_IN_SOCIAL, c->age_years) && !says_yes(c->says))
		return answer(VERDICT_HUMAN, "SoL 3:4", "law_child_has_to_agree");
	if (age_reached(AGE_MEASURE_WITHOUT_GUARDIAN, c->age_years) && c->says == SAYS_OBJECTS)
		return answer(VERDICT_HUMAN, "FB 6:11", "law_child_objects");
	return answer(VERDICT_ALLOW, provision, "law_guardians_agree");
}

/* SoL 21:1 and 21:2: from an age on the child's own yes is enough, if it is suitable. */
static struct consent without_guardians(
    const struct consent_case *c, enum age_rule from, const char *provision)
{
	if (!age_reached(from, c->age_years))
		return answer(VERDICT_DENY, provision, "law_guardians_missing");
	if (!says_yes(c->says))
		return answer(VERDICT_DENY, provision, "law_child_has_to_agree");
	if (!c->suitable)
		return answer(VERDICT_DENY, provision, "law_not_suitable_without_guardians");
	return answer(VERDICT_ALLOW, provision, "law_child_agrees");
}

/* One guardian of several: socialnämnden may decide that one is enough for open support. */
static struct consent one_of_two(const struct consent_case *c, struct consent alone)
{
	if (alone.verdict == VERDICT_DENY && c->agreeing > 0 && c->says != SAYS_OBJECTS)
		return answer(VERDICT_HUMAN, "FB 6:13 a", "law_one_guardian_board_may_decide");
	return alone;
}

static struct consent assessed(const struct consent_case *c)
{
	const char *provision = age_reached(AGE_PARTY_IN_SOCIAL, c->age_years) ? "SoL 21:1 p3"
				: age_reached(AGE_MEASURE_WITHOUT_GUARDIAN, c->age_years)
				    ? "SoL 21:1 p2"
				    : "SoL 21:1 p1";

	if (all_agree(c->agreeing, c->total))
		return with_guardians(c, "SoL 21:1 p1");
	return one_of_two(c, without_guardians(c, AGE_MEASURE_WITHOUT_GUARDIAN, provision));
}

static struct consent sip(const struct consent_case *c)
{
	if (all_agree(c->agreeing, c->total))
		return with_guardians(c, "SoL 10:8, HSL 16:4");
	if (c->agreeing > 0)
		return answer(VERDICT_DENY, "FB 6:13", "law_guardians_together");
	/* Whether somebody of 15 can ask for a plan alone is for a person to judge (1.7 c). */
	if (age_reached(AGE_PARTY_IN_SOCIAL, c->age_years) && says_yes(c->says))
		return answer(VERDICT_HUMAN, "SoL 3:4", "law_child_alone");
	return answer(VERDICT_DENY, "SoL 10:8, HSL 16:4", "law_guardians_missing");
}

struct consent consent_decide(const struct consent_case *c)
{
	if (age_reached(AGE_ADULT, c->age_years))
		return adult(c);
	switch (c->measure) {
	case CONSENT_ASSESSED:
		return assessed(c);
	case CONSENT_PLACEMENT:
		/* Always the guardians; care without their yes is the coercive care act (LVU). */
		if (!all_agree(c->agreeing, c->total))
			return answer(VERDICT_DENY, "SoL 21:1 p4", "law_guardians_missing");
		return with_guardians(c, "SoL 21:1 p4");
	case CONSENT_UNASSESSED:
		if (all_agree(c->agreeing, c->total))
			return with_guardians(c, "SoL 21:2");
		return one_of_two(
		    c, without_guardians(c, AGE_UNASSESSED_WITHOUT_GUARDIAN, "SoL 21:2"));
	case CONSENT_SIP:
		return sip(c);
	case CONSENT_COUNT:
		break;
	}
	return answer(VERDICT_DENY, "", "law_needs_human");
}

struct waiver_ages waiver_ages_usual(void)
{
	return (struct waiver_ages){ .view_from = 12, .child_from = 15 };
}

struct waiver_needs waiver_needs(struct waiver_ages ages, int age_years, int guardians)
{
	bool unknown = age_years == AGE_UNKNOWN;

	if (age_reached(AGE_ADULT, age_years))
		return (struct waiver_needs){ .child_yes = true };
	return (struct waiver_needs){
		.guardians = true, /* FB 6:11, 6:13, OSL 12:3 */
		.child_view = unknown || age_years >= ages.view_from,
		.child_yes = unknown || age_years >= ages.child_from,
		.human = unknown || guardians <= 0,
	};
}

#define WAIVER_MONTHS 12

struct date waiver_holds_to(
    struct waiver_ages ages, struct date born, bool view_known, struct date today)
{
	const int turns[] = { view_known ? 0 : ages.view_from, ages.child_from,
		age_rule_years(AGE_ADULT) };
	struct date last = date_add_months(today, WAIVER_MONTHS);

	for (size_t i = 0; date_known(born) && i < sizeof turns / sizeof *turns; i++) {
		struct date eve = date_add_days(date_add_months(born, 12 * turns[i]), -1);

		if (date_cmp(eve, today) >= 0 && date_cmp(eve, last) < 0)
			last = eve;
	}
	return last;
}

static struct waiver_answer waiver(enum verdict v, const char *reason)
{
	return (struct waiver_answer){ v, reason };
}

static struct waiver_answer valid(
    struct waiver_ages ages, int age_years, enum says says, int agreeing, int total)
{
	struct waiver_needs needs = waiver_needs(ages, age_years, total);

	if (age_reached(AGE_ADULT, age_years)) {
		/* What guardians gave ended with the birthday; a yes of one's own is looked at. */
		if (says_yes(says) && (total == GUARDIANS_UNKNOWN || agreeing >= total))
			return waiver(VERDICT_HUMAN, "law_adult_new_waiver");
		return waiver(VERDICT_DENY, "law_adult_new_waiver");
	}
	/* FB 6:13: together. A child's own yes without them is WAIVER_CHILD_ONLY. */
	if (total > 0 && agreeing >= 0 && agreeing < total)
		return waiver(
		    VERDICT_DENY, agreeing ? "law_guardians_together" : "law_guardians_missing");
	if (needs.human || agreeing < 0)
		return waiver(VERDICT_HUMAN, "law_who_can_say_yes");
	if (needs.child_yes && !says_yes(says))
		return waiver(VERDICT_HUMAN, "law_child_has_to_agree");
	if (needs.child_view && says == SAYS_UNKNOWN)
		return waiver(VERDICT_HUMAN, "law_child_view_missing");
	if (says == SAYS_OBJECTS)
		return waiver(VERDICT_HUMAN, "law_child_objects");
	return waiver(VERDICT_ALLOW, "law_waiver");
}

struct waiver_answer waiver_decide(struct waiver_ages ages, enum waiver_state state, int age_years,
    enum says says, int agreeing, int total)
{
	switch (state) {
	case WAIVER_VALID:
		return valid(ages, age_years, says, agreeing, total);
	case WAIVER_CHILD_ONLY:
		/* Can a mature child lift secrecy alone? Nobody has answered yet (1.7 c). */
		if (!age_reached(AGE_ADULT, age_years) && age_years >= ages.child_from &&
		    says_yes(says))
			return waiver(VERDICT_HUMAN, "law_child_alone");
		if (age_reached(AGE_ADULT, age_years))
			return waiver(VERDICT_DENY, "law_adult_new_waiver");
		return waiver(VERDICT_DENY, "law_guardians_missing");
	case WAIVER_ONE_GUARDIAN:
		return waiver(VERDICT_DENY, "law_guardians_together");
	case WAIVER_OTHER_RECIPIENT:
		return waiver(VERDICT_DENY, "law_waiver_other_recipient");
	case WAIVER_EXPIRED:
		return waiver(VERDICT_DENY, "law_waiver_expired");
	case WAIVER_WITHDRAWN:
		return waiver(VERDICT_DENY, "law_waiver_withdrawn");
	case WAIVER_NONE:
		return waiver(VERDICT_DENY, "law_needs_waiver");
	case WAIVER_COUNT:
		break;
	}
	return waiver(VERDICT_DENY, "law_needs_waiver");
}
