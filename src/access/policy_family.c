/* What the family sees of a drawer's items: the same rules as for every other recipient, and those
 * of its own words. */
#include "access/policy.h"

#include "base/err.h"

static bool is_guardian(enum party p)
{
	return p == PARTY_GUARDIAN || p == PARTY_OTHER_GUARDIAN;
}

static enum content content_held_by(enum party holder)
{
	switch (party_regime(holder)) {
	case REGIME_SOCIAL:
		return CONTENT_SOCIAL;
	case REGIME_PRESCHOOL:
	case REGIME_SCHOOL:
	case REGIME_PRIVATE:
	case REGIME_MUNICIPALITY:
		return CONTENT_SCHOOL;
	case REGIME_HEALTH:
	case REGIME_PUPIL_HEALTH:
	case REGIME_UNKNOWN: /* the strictest */
	case REGIME_POLICE:
	case REGIME_PERSON:
	case REGIME_PROGRAMME:
		break;
	}
	return CONTENT_HEALTH;
}

static enum content content_of_item(enum item_kind kind, enum party holder)
{
	switch (kind) {
	case ITEM_PLAN:
	case ITEM_MEASURE:
	case ITEM_STEP:
	case ITEM_MEETING:
	case ITEM_DECISION:
	case ITEM_WAIVER:
		return CONTENT_AGREED;
	case ITEM_THREAD:
	case ITEM_NOTE:
		return content_held_by(holder);
	case ITEM_SIGNAL:
		return CONTENT_CONCERN;
	case ITEM_REPORT:
		return CONTENT_REPORT_OF_CONCERN;
	case ITEM_THIRD_PERSON:
		return CONTENT_HEALTH_OF_RELATIVE;
	case ITEM_ADDRESS:
		return CONTENT_ADDRESS;
	case ITEM_VOICE: /* words of the family: their own rules */
	case ITEM_GUARDIAN_WORDS:
	case ITEM_LOOK:
	case ITEM_KIND_COUNT:
		break;
	}
	return CONTENT_CONCERN;
}

/* What the family wrote goes to whom the writer chose, and to nobody else by way of a rule. */
static struct decision family_words(const struct family_item *i)
{
	struct decision d = { VERDICT_DENY, GROUND_NONE, "law_writer_decides",
		i->protection != PROTECTION_NONE };

	if (!i->written_by_viewer && !i->for_viewer)
		return d;
	if (is_guardian(i->viewer) && age_reached(AGE_ADULT, i->age_years))
		d.reason = "law_adult_guardian_ended";
	else if (i->written_by_viewer)
		d = (struct decision){ VERDICT_ALLOW, GROUND_OWN, "law_own", d.mask_place };
	else if (is_guardian(i->viewer) && i->harm_mark)
		d.reason = "law_harm_mark";
	else
		d = (struct decision){ d.mask_place ? VERDICT_HUMAN : VERDICT_ALLOW,
			i->viewer == PARTY_CHILD ? GROUND_OWN : GROUND_GUARDIAN,
			d.mask_place ? "law_protected" : "law_writer_decides", d.mask_place };
	return d;
}

struct decision policy_guardian_view(const struct family_item *i)
{
	enum item_kind kind = i->kind == ITEM_LOOK ? i->about : i->kind;
	struct disclosure_case c = {
		.holder = i->holder,
		.recipient = i->viewer,
		.content = content_of_item(kind, i->holder),
		.age_years = i->age_years,
		.says = i->says,
		.guardians_agreeing = GUARDIANS_UNKNOWN,
		.guardians_total = GUARDIANS_UNKNOWN,
		.harm_mark = i->harm_mark,
		.suspicion = i->suspicion,
		.protection = i->protection,
		.day = i->day,
	};

	must(is_guardian(i->viewer) || i->viewer == PARTY_CHILD);
	/* A look at the child's words would tell that there are some: the same test as the words.
	 */
	if (kind == ITEM_VOICE || kind == ITEM_GUARDIAN_WORDS)
		return family_words(i);
	must(kind != ITEM_LOOK);
	return policy_disclose(&c);
}
