/*
 * The facts a rule of secrecy looks at, one enum per column of data/law/COLUMNS.md. The codes are
 * the ones written in the tables and stored in the database.
 */
#ifndef ACCESS_FACTS_H
#define ACCESS_FACTS_H

#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"

/* Under which rules a party keeps secrets. */
enum regime {
	REGIME_UNKNOWN,      /* ANY: no rule that belongs to one kind of body can be used */
	REGIME_HEALTH,       /* OSL 25:1 in the Region's health care */
	REGIME_PUPIL_HEALTH, /* OSL 25:1 in school: nurse, doctor (1.19) */
	REGIME_SOCIAL,       /* OSL 26:1 */
	REGIME_PRESCHOOL,    /* OSL 23:1 */
	REGIME_SCHOOL,       /* OSL 23:2 */
	REGIME_PRIVATE,      /* duty of silence in SkolL 29:14 and the like; outside OSL (1.22) */
	REGIME_POLICE,
	REGIME_MUNICIPALITY,
	REGIME_PERSON,   /* the family, a reporter as a person: no authority */
	REGIME_PROGRAMME /* gets counts only (0.10) */
};

#define PARTIES(X) \
	X(ANY, REGIME_UNKNOWN) \
	X(MHV, REGIME_HEALTH) \
	X(BVC, REGIME_HEALTH) \
	X(VC, REGIME_HEALTH) \
	X(BUP, REGIME_HEALTH) \
	X(HAB, REGIME_HEALTH) \
	X(DENTAL, REGIME_HEALTH) \
	X(SOC, REGIME_SOCIAL) \
	X(PRESCHOOL, REGIME_PRESCHOOL) \
	X(SCHOOL_TEACHER, REGIME_SCHOOL) \
	X(SCHOOL_PSYCHOSOCIAL, REGIME_SCHOOL) \
	X(SCHOOL_NURSE, REGIME_PUPIL_HEALTH) \
	X(SCHOOL_ANY, REGIME_SCHOOL) \
	X(INDEPENDENT_SCHOOL, REGIME_PRIVATE) \
	X(NGO, REGIME_PRIVATE) \
	X(POLICE, REGIME_POLICE) \
	X(HOME_MUNICIPALITY, REGIME_MUNICIPALITY) \
	X(REPORTER, REGIME_PERSON) \
	X(GUARDIAN, REGIME_PERSON) \
	X(OTHER_GUARDIAN, REGIME_PERSON) \
	X(CHILD, REGIME_PERSON) \
	X(PROGRAMME, REGIME_PROGRAMME)

/* AGREED is what everybody agreed in the shared plan: measures, steps, meetings. It has no code in
 * the case tables. */
#define CONTENTS(X) \
	X(HEALTH, "health") \
	X(HEALTH_OF_RELATIVE, "health_of_relative") \
	X(SOCIAL, "social") \
	X(SCHOOL, "school") \
	X(CONCERN, "concern") \
	X(REPORT_OF_CONCERN, "report_of_concern") \
	X(THAT_REPORTED, "that_a_report_was_filed") \
	X(INVESTIGATION_STATUS, "investigation_status") \
	X(INVESTIGATION_FINDINGS, "investigation_findings") \
	X(SUSPICION_OF_CRIME, "suspicion_of_crime") \
	X(UNEXCUSED_ABSENCE, "unexcused_absence") \
	X(ABSENCE_OPENED, "absence_investigation_opened") \
	X(ADDRESS, "address") \
	X(DIRECT_READ, "direct_read_access") \
	X(PERSON_ROWS, "person_rows") \
	X(COUNTS, "counts_suppressed") \
	X(COUNTS_SMALL, "counts_with_small_cell") \
	X(AGREED, "")

#define SAYS(X) X(UNKNOWN, "unknown") X(AGREES, "agrees") X(OBJECTS, "objects") X(ASKS, "")

#define NEEDS(X) X(UNSET, "") X(YES, "yes") X(NO, "no")

#define WAIVERS(X) \
	X(NONE, "none") \
	X(VALID, "valid") \
	X(OTHER_RECIPIENT, "other_recipient") \
	X(ONE_GUARDIAN, "one_guardian") \
	X(CHILD_ONLY, "child_only") \
	X(EXPIRED, "expired") \
	X(WITHDRAWN, "withdrawn")

#define INVESTIGATIONS(X) X(NONE, "none") X(REPORTED, "reported") X(OPEN, "open")

#define SUSPICIONS(X) \
	X(NONE, "none") \
	X(FARES_BADLY, "fares_badly") \
	X(VIOLENCE_AT_HOME, "violence_at_home") \
	X(CRIME_AGAINST_CHILD, "crime_against_child") \
	X(CRIME_RISK, "crime_risk")

/* An unknown marking is not "none" (1.61): it is treated as protection of the strongest kind. */
#define PROTECTIONS(X) \
	X(NONE, "none") \
	X(SECRECY_MARK, "sekretessmarkering") \
	X(PROTECTED_REGISTRATION, "skyddad_folkbokforing") \
	X(NEW_IDENTITY, "fingerade") \
	X(NOT_KNOWN, "")

#define ASKERS(X) X(NOBODY, "") X(INVESTIGATOR, "investigator") X(REPORTER, "reporter")

#define X(name, more) PARTY_##name,
enum party { PARTIES(X) PARTY_COUNT };
#undef X
#define X(name, more) CONTENT_##name,
enum content { CONTENTS(X) CONTENT_COUNT };
#undef X
#define X(name, more) SAYS_##name,
enum says { SAYS(X) SAYS_COUNT };
#undef X
#define X(name, more) NEED_##name,
enum need { NEEDS(X) NEED_COUNT };
#undef X
#define X(name, more) WAIVER_##name,
enum waiver_state { WAIVERS(X) WAIVER_COUNT };
#undef X
#define X(name, more) INVESTIGATION_##name,
enum investigation { INVESTIGATIONS(X) INVESTIGATION_COUNT };
#undef X
#define X(name, more) SUSPICION_##name,
enum suspicion { SUSPICIONS(X) SUSPICION_COUNT };
#undef X
#define X(name, more) PROTECTION_##name,
enum protection { PROTECTIONS(X) PROTECTION_COUNT };
#undef X
#define X(name, more) ASKER_##name,
enum asker { ASKERS(X) ASKER_COUNT };
#undef X

enum regime party_regime(enum party p);

/* The code in tables and database. Static text. */
const char *party_code(enum party p);
const char *content_code(enum content c);

/* false: the text is no code of that column. */
bool party_of_code(struct str code, enum party *out);
bool content_of_code(struct str code, enum content *out);
bool says_of_code(struct str code, enum says *out);
bool need_of_code(struct str code, enum need *out);
bool waiver_state_of_code(struct str code, enum waiver_state *out);
bool investigation_of_code(struct str code, enum investigation *out);
bool suspicion_of_code(struct str code, enum suspicion *out);
bool protection_of_code(struct str code, enum protection *out);
bool asker_of_code(struct str code, enum asker *out);

/* Answers of the rules. The order is how far they open. */
enum verdict { VERDICT_DENY, VERDICT_HUMAN, VERDICT_ALLOW };
const char *verdict_code(enum verdict v); /* "DENY", "HUMAN", "ALLOW" */
bool verdict_of_code(struct str code, enum verdict *out);

/* Ages below 0 are not years. */
#define AGE_UNBORN (-1)
#define AGE_UNKNOWN (-2)
/* Guardians asked or agreeing, where nobody counted. */
#define GUARDIANS_UNKNOWN (-1)

#endif
