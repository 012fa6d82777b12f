/*
 * Long, because the grounds are read side by side. How it decides: each ground that could open the
 * wall is asked in turn (`rules`), and says ALLOW, HUMAN, DENY with its own guidance, or nothing.
 * The first ALLOW stands; else the first HUMAN; else the first DENY that had something to say; else
 * "no ground". So a duty wins over a missing waiver, and no ground can close what another opens;
 * what closes for all (no direct access, persons as rows) is asked before, and somebody's
 * protection narrows the answer last. Numbers are rules of sweden.md.
 */
#include "access/policy.h"

#include "base/err.h"

struct look {
	const struct disclosure_case *c;
	struct waiver_ages ages;
	enum regime from, to;
};

struct said {
	bool any; /* false: this rule has nothing to say here */
	struct decision d;
};

static const struct said nothing;

static struct said says(enum verdict v, enum ground g, const char *reason)
{
	return (struct said){ true, { v, g, reason, false } };
}

static struct said allow(enum ground g, const char *reason)
{
	return says(VERDICT_ALLOW, g, reason);
}

static struct said human(enum ground g, const char *reason)
{
	return says(VERDICT_HUMAN, g, reason);
}

static struct said deny(const char *reason)
{
	return says(VERDICT_DENY, GROUND_NONE, reason);
}

static bool is_minor(int age)
{
	return age >= 0 && !age_reached(AGE_ADULT, age);
}

static bool is_adult(int age)
{
	return age_reached(AGE_ADULT, age);
}

static bool is_family(enum party p)
{
	return p == PARTY_GUARDIAN || p == PARTY_OTHER_GUARDIAN || p == PARTY_CHILD;
}

static bool is_guardian(enum party p)
{
	return p == PARTY_GUARDIAN || p == PARTY_OTHER_GUARDIAN;
}

static bool is_school(enum party p)
{
	enum regime r = party_regime(p);

	return r == REGIME_SCHOOL || r == REGIME_PUPIL_HEALTH || p == PARTY_INDEPENDENT_SCHOOL;
}

/* Something that says that, or by whom, a report was made: OSL 40:7 g, 25:7, 26:5 (1.42). */
static bool tells_of_report(enum content c)
{
	return c == CONTENT_REPORT_OF_CONCERN || c == CONTENT_THAT_REPORTED;
}

/* Somebody in the child's home may be the danger. */
static bool home_may_harm(enum suspicion s)
{
	return s == SUSPICION_VIOLENCE_AT_HOME || s == SUSPICION_CRIME_AGAINST_CHILD;
}

/* Bodies and staff whom SoL 19:1 and 20:6 bind: all authorities, and those who work with children
 * in private schools and care. For an association HUMAN says whether it is one of them. */
static bool is_bound_to_report(enum party p)
{
	enum regime r = party_regime(p);

	return r != REGIME_PERSON && r != REGIME_PROGRAMME;
}

/* 1.41: at once; no waiver, no plan, no manager stands before it. */
static struct said rule_report(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (c->recipient != PARTY_SOC || !is_bound_to_report(c->holder))
		return nothing;
	/* A report that lies ready is a suspicion, whatever was ticked. */
	if (c->suspicion == SUSPICION_NONE && c->content != CONTENT_REPORT_OF_CONCERN)
		return c->content == CONTENT_CONCERN ? deny("law_report_if_you_suspect") : nothing;
	if (is_adult(c->age_years))
		return nothing;
	if (c->age_years == AGE_UNBORN) /* SoL 19:1 speaks of a child: OSL 25:12 is the way */
		return human(GROUND_REPORT, "law_report_unborn");
	if (c->content == CONTENT_THAT_REPORTED)
		return nothing;
	return allow(GROUND_REPORT, "law_report_now");
}

/* 1.46: only from the decision to investigate; then everything of importance, without choice. */
static struct said rule_investigation(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (c->recipient != PARTY_SOC || !is_bound_to_report(c->holder))
		return nothing;
	if (is_adult(c->age_years) || c->investigation == INVESTIGATION_NONE)
		return nothing;
	if (c->investigation == INVESTIGATION_REPORTED)
		return deny("law_not_decided_yet");
	if (c->holder == PARTY_NGO) /* private work with children, or a club of volunteers? */
		return human(GROUND_INVESTIGATION, "law_is_it_bound");
	/* Asked, or found to be of importance by the one who holds it. */
	if (c->asks == ASKER_INVESTIGATOR || c->need == NEED_YES)
		return allow(GROUND_INVESTIGATION, "law_investigation");
	return human(GROUND_INVESTIGATION, "law_is_it_of_importance");
}

/* 1.47: opened, not opened, already running. Nothing more. */
static struct said rule_feedback(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (c->recipient != PARTY_REPORTER)
		return nothing;
	if (c->holder != PARTY_SOC || c->content != CONTENT_INVESTIGATION_STATUS)
		return deny("law_reporter_three_facts");
	if (c->asks != ASKER_REPORTER || is_adult(c->age_years))
		return human(GROUND_FEEDBACK, "law_reporter_may_be_told");
	return allow(GROUND_FEEDBACK, "law_feedback");
}

/* 1.2: what protects a person does not hold towards that person. */
static struct said rule_own(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (c->recipient != PARTY_CHILD)
		return nothing;
	if (c->age_years == AGE_UNBORN)
		return deny("law_not_born");
	if (c->content == CONTENT_HEALTH_OF_RELATIVE)
		return deny("law_third_person");
	/* Who reported may be secret if there is danger (25:7, 26:5); health data if knowing it
	 * would hurt the treatment (25:6): the mark says that somebody thought of it. */
	if (tells_of_report(c->content) || c->content == CONTENT_CONCERN ||
	    c->content == CONTENT_SUSPICION_OF_CRIME ||
	    c->content == CONTENT_INVESTIGATION_FINDINGS)
		return human(GROUND_OWN, "law_own_but_others");
	if (c->harm_mark || home_may_harm(c->suspicion))
		return human(GROUND_OWN, "law_own_but_harm");
	return allow(GROUND_OWN, "law_own");
}

/* The age from which the child's own word decides whether a guardian sees that. Ages are rules per
 * act: 1177 practice 13, party in social matters 15, party in school 16 (1.36). */
static int own_word_from(enum content c)
{
	if (c == CONTENT_HEALTH)
		return age_rule_years(AGE_JOURNAL_CLOSED_TO_GUARDIAN);
	if (c == CONTENT_SCHOOL || c == CONTENT_ABSENCE_OPENED)
		return age_rule_years(AGE_PARTY_IN_SCHOOL);
	if (c ==
	    CONTENT_AGREED) /* agreed by child and guardian together: the child can still say no */
		return age_rule_years(AGE_ADULT);
	return age_rule_years(AGE_PARTY_IN_SOCIAL);
}

/* What no guardian sees without somebody's harm test (0.7). */
static bool needs_harm_test(const struct disclosure_case *c)
{
	switch (c->content) {
	case CONTENT_CONCERN:
	case CONTENT_REPORT_OF_CONCERN:
	case CONTENT_THAT_REPORTED:
	case CONTENT_INVESTIGATION_FINDINGS:
	case CONTENT_SUSPICION_OF_CRIME:
	case CONTENT_HEALTH_OF_RELATIVE: /* whose? maybe the other guardian's */
		return true;
	case CONTENT_INVESTIGATION_STATUS: /* SoL 20:4: social services tell those concerned */
		return c->holder != PARTY_SOC;
	case CONTENT_ADDRESS: /* 26:2, 21:3, 21:3 a: whereabouts */
		return c->recipient == PARTY_OTHER_GUARDIAN || c->holder == PARTY_SOC;
	case CONTENT_HEALTH:
	case CONTENT_SOCIAL:
	case CONTENT_SCHOOL:
	case CONTENT_UNEXCUSED_ABSENCE:
	case CONTENT_ABSENCE_OPENED:
	case CONTENT_AGREED:
		return false;
	case CONTENT_DIRECT_READ:
	case CONTENT_PERSON_ROWS:
	case CONTENT_COUNTS:
	case CONTENT_COUNTS_SMALL:
	case CONTENT_COUNT:
		break;
	}
	return true;
}

/* 1.23: a school tells the guardian the same day. A duty, so the child's no does not stop it;
 * danger at home does, until somebody has thought. */
static struct said rule_absence_guardian(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (!is_guardian(c->recipient) || c->content != CONTENT_UNEXCUSED_ABSENCE ||
	    !is_school(c->holder))
		return nothing;
	if (!is_minor(c->age_years) || c->harm_mark)
		return nothing;
	if (home_may_harm(c->suspicion))
		return human(GROUND_ABSENCE_GUARDIAN, "law_harm_test");
	return allow(GROUND_ABSENCE_GUARDIAN, "law_absence_guardian");
}

/* 1.4, 1.5: as far as the guardian decides for the child, and no significant harm is assumed. */
static struct said rule_guardian(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (!is_guardian(c->recipient))
		return nothing;
	if (is_adult(c->age_years))
		return deny("law_adult_guardian_ended");
	if (c->harm_mark)
		return deny("law_harm_mark");
	if (c->age_years == AGE_UNBORN)
		return human(GROUND_GUARDIAN, "law_unborn_parent");
	if (needs_harm_test(c) || c->suspicion != SUSPICION_NONE)
		return human(GROUND_GUARDIAN, "law_harm_test");
	if (c->says == SAYS_OBJECTS)
		return human(GROUND_GUARDIAN, "law_child_objects");
	if (c->age_years == AGE_UNKNOWN)
		return human(GROUND_GUARDIAN, "law_age_unknown");
	if (c->age_years >= own_word_from(c->content) && c->says == SAYS_UNKNOWN)
		return human(GROUND_GUARDIAN, "law_child_view_missing");
	return allow(GROUND_GUARDIAN, "law_guardian");
}

/* 0.5, 1.3, 1.37: the family's yes, within its scope. */
static struct said rule_waiver(const struct look *l)
{
	const struct disclosure_case *c = l->c;
	struct waiver_answer a = waiver_decide(
	    l->ages, c->waiver, c->age_years, c->says, c->guardians_agreeing, c->guardians_total);

	/* The family has its own rules above; a yes names its recipient, so never ANY. */
	if (is_family(c->recipient) || c->recipient == PARTY_ANY)
		return nothing;
	if (a.verdict == VERDICT_DENY)
		return c->waiver == WAIVER_NONE ? nothing : deny(a.reason);
	if (a.verdict == VERDICT_HUMAN)
		return human(GROUND_WAIVER, a.reason);
	/* A guardian lifts only the secrecy that does not hold towards the guardian (12:3). */
	if (c->harm_mark || c->suspicion != SUSPICION_NONE || tells_of_report(c->content) ||
	    c->content == CONTENT_CONCERN || c->content == CONTENT_SUSPICION_OF_CRIME)
		return human(GROUND_WAIVER, "law_waiver_harm_test");
	if (c->content == CONTENT_HEALTH_OF_RELATIVE) /* the relative's own yes is needed */
		return human(GROUND_WAIVER, "law_third_person_yes");
	if (l->to == REGIME_POLICE || c->recipient == PARTY_REPORTER)
		return human(GROUND_WAIVER, "law_named_official");
	return allow(GROUND_WAIVER, "law_waiver");
}

/* 1.28, 1.40: needed for care, treatment or other support of somebody under 18 or unborn. A "may":
 * no waiver, but the need stands in words. */
static struct said rule_under_18(const struct look *l, enum ground g)
{
	const struct disclosure_case *c = l->c;

	if (is_adult(c->age_years))
		return deny("law_adult");
	if (c->content == CONTENT_COUNTS || c->content == CONTENT_AGREED)
		return nothing;
	if (c->need != NEED_YES)
		return deny("law_need_missing");
	/* Secret at the one who reported (40:7 g); social services weigh it themselves. */
	if (tells_of_report(c->content))
		return l->from == REGIME_SOCIAL ? human(g, "law_tells_of_report")
						: deny("law_tells_of_report");
	if (c->content == CONTENT_SUSPICION_OF_CRIME)
		return human(g, "law_named_official");
	if (c->age_years == AGE_UNKNOWN)
		return human(g, "law_age_unknown");
	/* No yes is needed; but one of an age to agree (1.37) who says no is heard by a person. */
	if (c->says == SAYS_OBJECTS && c->age_years >= l->ages.child_from)
		return human(g, "law_child_objects");
	if (l->from ==
	    REGIME_PUPIL_HEALTH) /* is the school board a health authority there? (1.21) */
		return human(g, "law_school_nurse_unclear");
	return allow(g, g == GROUND_HEALTH_U18 ? "law_health_u18" : "law_social_u18");
}

static struct said rule_health_u18(const struct look *l)
{
	if (l->from != REGIME_HEALTH && l->from != REGIME_PUPIL_HEALTH)
		return nothing;
	if (l->to != REGIME_HEALTH && l->to != REGIME_SOCIAL)
		return nothing; /* never school, preschool, association */
	return rule_under_18(l, GROUND_HEALTH_U18);
}

static struct said rule_social_u18(const struct look *l)
{
	if (l->from != REGIME_SOCIAL || (l->to != REGIME_HEALTH && l->to != REGIME_SOCIAL))
		return nothing;
	return rule_under_18(l, GROUND_SOCIAL_U18);
}

/* 1.20: the nurse may tell other pupil health in the same authority what support needs. */
static struct said rule_pupil_health(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (l->from != REGIME_PUPIL_HEALTH || !is_school(c->recipient))
		return nothing;
	if (c->recipient != PARTY_SCHOOL_PSYCHOSOCIAL || !c->same_authority)
		return deny("law_pupil_health_only");
	if (is_adult(c->age_years))
		return deny("law_adult");
	if (c->need != NEED_YES)
		return deny("law_need_missing");
	if (tells_of_report(c->content))
		return deny("law_tells_of_report");
	if (c->content == CONTENT_SUSPICION_OF_CRIME)
		return human(GROUND_PUPIL_HEALTH, "law_named_official");
	if (c->says == SAYS_OBJECTS && c->age_years >= l->ages.child_from)
		return human(GROUND_PUPIL_HEALTH, "law_child_objects");
	return allow(GROUND_PUPIL_HEALTH, "law_pupil_health");
}

/* 1.24: compulsory school age; "other organiser" is a private one or another municipality. */
static struct said rule_absence_home(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (c->recipient != PARTY_HOME_MUNICIPALITY || c->content != CONTENT_ABSENCE_OPENED)
		return nothing;
	if (!is_school(c->holder) || c->holder == PARTY_SCHOOL_NURSE || is_adult(c->age_years))
		return nothing;
	if (c->same_authority)
		return deny("law_same_organiser");
	if (c->age_years < 6 || c->age_years > 16)
		return human(GROUND_ABSENCE_HOME, "law_compulsory_age");
	return allow(GROUND_ABSENCE_HOME, "law_absence_home");
}

/* 1.14: never by the program; a named official, and the module is off by default. */
static struct said rule_police(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (l->to != REGIME_POLICE)
		return nothing;
	if (home_may_harm(c->suspicion) && !is_adult(c->age_years) &&
	    (l->from == REGIME_HEALTH || l->from == REGIME_PUPIL_HEALTH ||
		l->from == REGIME_SOCIAL))
		return human(GROUND_CRIME_VS_CHILD, "law_named_official");
	if (c->suspicion == SUSPICION_CRIME_RISK && l->from == REGIME_SOCIAL && c->age_years < 21)
		return human(GROUND_CRIME_PREVENT, "law_named_official");
	return nothing;
}

/* 1.8: the balance. Closed for 25:1-8 and 26:1-6, open for chapter 23 and only to authorities;
 * never automatic. That a report was made is secret by 40:7 g and stays. */
static struct said rule_general(const struct look *l)
{
	const struct disclosure_case *c = l->c;
	bool chapter_23 = l->from == REGIME_SCHOOL || l->from == REGIME_PRESCHOOL;

	if (!chapter_23 || l->to == REGIME_PRIVATE || l->to == REGIME_PERSON ||
	    l->to == REGIME_UNKNOWN)
		return nothing;
	/* "School" without saying which drawer may be the nurse's: 25:1. */
	if (c->holder == PARTY_SCHOOL_ANY &&
	    (c->content == CONTENT_HEALTH || c->content == CONTENT_HEALTH_OF_RELATIVE))
		return deny("law_general_closed");
	if (tells_of_report(c->content))
		return deny("law_tells_of_report");
	/* An investigator who asks has told the need. */
	if (c->need == NEED_NO || (c->need == NEED_UNSET && c->asks != ASKER_INVESTIGATOR))
		return deny("law_need_missing");
	return human(GROUND_GENERAL,
	    c->investigation == INVESTIGATION_REPORTED ? "law_not_decided_yet" : "law_general");
}

static struct said (*const rules[])(const struct look *) = {
	rule_report,
	rule_investigation,
	rule_feedback,
	rule_own,
	rule_absence_guardian,
	rule_guardian,
	rule_waiver,
	rule_health_u18,
	rule_social_u18,
	rule_pupil_health,
	rule_absence_home,
	rule_police,
	rule_general,
};

/* What is closed, or counts, whatever the ground. */
static struct said before_rules(const struct look *l)
{
	const struct disclosure_case *c = l->c;

	if (c->content == CONTENT_DIRECT_READ) /* 0.1: no act permits it; consent does not repair */
		return deny("law_no_direct_access");
	if (c->content == CONTENT_COUNTS) /* 0.10 */
		return allow(GROUND_NONE, "law_counts");
	if (c->content == CONTENT_COUNTS_SMALL)
		return deny("law_small_cell");
	if (c->content == CONTENT_PERSON_ROWS || l->to == REGIME_PROGRAMME)
		return deny("law_counts_only");
	if (l->from == REGIME_PERSON || l->from == REGIME_PROGRAMME)
		return deny("law_not_a_holder");
	return nothing;
}

/* Why nothing opened, for the one who asked (promise 14: a "no" names the next door). */
static const char *closed_reason(const struct look *l)
{
	if (l->c->recipient == PARTY_ANY)
		return "law_name_recipient";
	if (is_school(l->c->recipient) || l->to == REGIME_PRESCHOOL)
		return "law_school_needs_waiver";
	if (l->from == REGIME_PRIVATE)
		return "law_private_needs_waiver";
	return "law_needs_waiver";
}

/* Protection narrows every "may" to a person's assessment; a duty is not delayed by it (0.9), but
 * an address, or anything towards the other guardian, waits for one in any case (1.59, 1.60; OSL
 * 21:3, 21:3 a, 22:1). It never opens what was closed. */
static void narrow_for_protection(const struct disclosure_case *c, struct decision *d)
{
	bool duty = d->ground == GROUND_REPORT || d->ground == GROUND_INVESTIGATION;
	bool place = c->content == CONTENT_ADDRESS || c->recipient == PARTY_OTHER_GUARDIAN;

	d->mask_place = c->protection != PROTECTION_NONE;
	if (!d->mask_place || d->verdict == VERDICT_DENY || c->content == CONTENT_COUNTS)
		return;
	if (is_guardian(c->recipient) && place)
		d->ground = GROUND_NONE;
	else if (d->verdict == VERDICT_HUMAN || (duty && !place))
		return;
	d->verdict = VERDICT_HUMAN;
	d->reason = "law_protected";
}

static struct decision decide(const struct look *l)
{
	struct said best = before_rules(l);

	if (best.any)
		return best.d;
	best = deny(closed_reason(l));
	best.any = false;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct said s = rules[i](l);

		if (!s.any)
			continue;
		if (s.d.ground != GROUND_NONE && !ground_in_force(s.d.ground, l->c->day))
			s = deny("law_not_in_force");
		if (!best.any || s.d.verdict > best.d.verdict)
			best = s;
		if (best.d.verdict == VERDICT_ALLOW)
			break;
	}
	return best.d;
}

struct decision policy_disclose_with(const struct disclosure_case *c, struct waiver_ages ages)
{
	struct look l = { c, ages, party_regime(c->holder), party_regime(c->recipient) };
	struct decision d;

	must(date_known(c->day));
	d = decide(&l);
	narrow_for_protection(c, &d);
	return d;
}

struct decision policy_disclose(const struct disclosure_case *c)
{
	return policy_disclose_with(c, waiver_ages_usual());
}
