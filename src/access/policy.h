/*
 * May this item cross that wall? One pure function over typed facts, beside the dated table of
 * grounds. It answers with guidance, never with an authority's formal decision: ALLOW names the
 * ground, DENY the next door, HUMAN that a named person has to assess and write down why. Narrow by
 * default: what no rule opens stays closed. docs/law.md tells how the law was read.
 */
#ifndef ACCESS_POLICY_H
#define ACCESS_POLICY_H

#include <stdbool.h>

#include "access/consent.h"
#include "access/facts.h"
#include "access/ground.h"

struct disclosure_case {
	enum party holder, recipient;
	enum content content;
	int age_years; /* of the child on that day; AGE_UNBORN, AGE_UNKNOWN */
	enum says says;
	int guardians_agreeing, guardians_total; /* GUARDIANS_UNKNOWN where nobody was counted */
	enum need need;                          /* is the need written down? */
	bool same_authority;                     /* two drawers of one authority */
	enum waiver_state waiver;
	enum investigation investigation;
	bool harm_mark; /* a holder assumed that the child is harmed if a guardian sees it */
	enum suspicion suspicion;
	enum protection protection;
	enum asker asks;
	struct date day; /* on which it would be disclosed */
};

struct decision {
	enum verdict verdict;
	enum ground
	    ground; /* for ALLOW the ground used; for HUMAN the one to assess; may be NONE */
	const char *reason; /* key of the message that guides; static text, never empty */
	bool mask_place;    /* somebody's protection: mask address, unit, phone, meeting place */
};

struct decision policy_disclose(const struct disclosure_case *c);
/* With an authority's own ages for a yes to sharing. */
struct decision policy_disclose_with(const struct disclosure_case *c, struct waiver_ages ages);

/*
 * What a member of the family may see of what a drawer holds: policy_disclose with the family as
 * recipient (OSL 12:1, 12:3), and what the law has no word for: the child's own words go to the
 * reader the child chose, one guardian's words are never shown to the other unless the writer says
 * so (promises 11, 20).
 */
#define ITEM_KINDS(X) \
	X(PLAN) \
	X(MEASURE) \
	X(STEP) \
	X(MEETING) \
	X(DECISION) \
	X(WAIVER)     /* agreed: open by default */ \
	    X(THREAD) /* what goes on at one service: status, since, next date */ \
	    X(NOTE)   /* a drawer's own note about the child */ \
	    X(SIGNAL) /* a worry inside one drawer */ \
	    X(REPORT) /* a report of concern, and that there is one */ \
	    X(THIRD_PERSON) X(ADDRESS) X(VOICE) /* the child's own words */ \
	    X(GUARDIAN_WORDS)                   /* what one guardian wrote */ \
	    X(LOOK)                             /* who read: unit and time */

enum item_kind {
#define X(name) ITEM_##name,
	ITEM_KINDS(X)
#undef X
	    ITEM_KIND_COUNT
};

struct family_item {
	enum party viewer; /* PARTY_GUARDIAN, PARTY_OTHER_GUARDIAN or PARTY_CHILD */
	enum item_kind kind;
	enum party holder; /* whose drawer it lies in */
	int age_years;
	enum says says; /* what the child says of this viewer seeing it */
	bool harm_mark;
	enum suspicion suspicion;
	enum protection protection; /* of the child or of anybody in its family */
	bool written_by_viewer;     /* the viewer's own words */
	bool for_viewer;            /* its writer chose this viewer as a reader */
	enum item_kind about;       /* ITEM_LOOK: the kind of item that was read */
	struct date day;
};

/* ALLOW: show it. HUMAN and DENY: hidden, without gap, number or count (promise 6). */
struct decision policy_guardian_view(const struct family_item *item);

#endif
