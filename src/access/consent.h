/*
 * Who has to say yes. Ages are rules per act, never one constant (promise 12): each row below names
 * the act it comes from. Pure functions.
 */
#ifndef ACCESS_CONSENT_H
#define ACCESS_CONSENT_H

#include <stdbool.h>

#include "access/facts.h"

/* From the birthday with that number of years. */
#define AGE_RULES(X) \
	X(MEASURE_WITHOUT_GUARDIAN, 12, "SoL 21:1")    /* if suitable and the child consents */ \
	X(UNASSESSED_WITHOUT_GUARDIAN, 15, "SoL 21:2") /* if suitable and the child agrees */ \
	X(PARTY_IN_SOCIAL, 15, "SoL 3:4") \
	X(PARTY_IN_SCHOOL, 16, "SkolL 29:12") \
	X(OWN_CONSENT_ONLINE, 13, "DSL 2:4")      /* a youth signs in alone */ \
	X(JOURNAL_CLOSED_TO_GUARDIAN, 13, "1177") /* practice, not law */ \
	X(OWN_JOURNAL, 16, "1177")                /* practice, not law */ \
	X(ADULT, 18, "FB 9:1")

enum age_rule {
#define X(name, years, provision) AGE_##name,
	AGE_RULES(X)
#undef X
	    AGE_RULE_COUNT
};

int age_rule_years(enum age_rule r);
const char *age_rule_provision(enum age_rule r);
/* age_years below 0 (unborn, unknown) has reached nothing. */
bool age_reached(enum age_rule r, int age_years);

/* The four decisions of data/law/consent-cases.csv. */
#define CONSENT_MEASURES(X) \
	X(ASSESSED, "needs-assessed measure") \
	X(PLACEMENT, "family home placement") /* also HVB, stödboende, special housing */ \
	X(UNASSESSED, "measure without needs assessment") \
	X(SIP, "shared individual plan")

enum consent_measure {
#define X(name, code) CONSENT_##name,
	CONSENT_MEASURES(X)
#undef X
	    CONSENT_COUNT
};
bool consent_measure_of_code(struct str code, enum consent_measure *out);

struct consent_case {
	enum consent_measure measure;
	int age_years;
	enum says says;
	int agreeing, total; /* guardians; GUARDIANS_UNKNOWN where nobody was counted */
	bool suitable;       /* a named official found it suitable without the guardians */
};

struct consent {
	enum verdict verdict;
	const char *provision; /* that decided; static text */
	const char *reason;    /* key of the message that guides; static text */
};

struct consent consent_decide(const struct consent_case *c);

/* The ages for a yes to sharing are not in law (1.37); each authority may set its own. */
struct waiver_ages {
	int view_from;  /* the child's view has to be on record */
	int child_from; /* the child has to agree */
};
struct waiver_ages waiver_ages_usual(void); /* 12 and 15 */

/* Who has to say yes to sharing about somebody of that age. */
struct waiver_needs {
	bool guardians;  /* all of them (FB 6:13) */
	bool child_view; /* asked, and the answer on record */
	bool child_yes;  /* the child agrees itself */
	bool human;      /* nobody known can say yes: a named person has to find out who can */
};
/* guardians: how many there are, GUARDIANS_UNKNOWN where nobody counted. For an unborn child the
 * expecting parent is its guardian here. An unknown age asks for everything. */
struct waiver_needs waiver_needs(struct waiver_ages ages, int age_years, int guardians);

/* The last day that a yes given today may name: at most twelve months, and never past a birthday
 * from which somebody has to say more than was said. Below view_from a yes without the child's view
 * ends the day before it; what guardians said ends the day before child_from, when the youth has to
 * agree itself, and before 18 (1.36, 1.37; promise 12). So no view stands open that a new one would
 * need a person for. view_known: the child's view is on record. */
struct date waiver_holds_to(
    struct waiver_ages ages, struct date born, bool view_known, struct date today);

/* Does a waiver in that state, given so, carry a disclosure? ALLOW, HUMAN or DENY with the message
 * key of why. */
struct waiver_answer {
	enum verdict verdict;
	const char *reason;
};
struct waiver_answer waiver_decide(struct waiver_ages ages, enum waiver_state state, int age_years,
    enum says says, int agreeing, int total);

#endif
