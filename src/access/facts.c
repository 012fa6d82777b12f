#include "access/facts.h"

#include "base/err.h"

#define X(name, more) #name,
static const char *const parties[] = { PARTIES(X) };
#undef X
#define X(name, more) more,
static const enum regime regimes[] = { PARTIES(X) };
static const char *const contents[] = { CONTENTS(X) };
static const char *const says_codes[] = { SAYS(X) };
static const char *const needs[] = { NEEDS(X) };
static const char *const waivers[] = { WAIVERS(X) };
static const char *const investigations[] = { INVESTIGATIONS(X) };
static const char *const suspicions[] = { SUSPICIONS(X) };
static const char *const protections[] = { PROTECTIONS(X) };
static const char *const askers[] = { ASKERS(X) };
#undef X
static const char *const verdicts[] = { "DENY", "HUMAN", "ALLOW" };

/* The place of code among n codes; a table's own nameless value (AGREED, ASKS, NOT_KNOWN) is not to
 * be had by an empty text unless empty_too. */
static bool find(const char *const *codes, int n, struct str code, bool empty_too, int *out)
{
	if (code.n == 0 && !empty_too)
		return false;
	for (int i = 0; i < n; i++) {
		if (str_eq(code, str_of(codes[i]))) {
			*out = i;
			return true;
		}
	}
	return false;
}

#define OF_CODE(function, type, codes, count, empty_too) \
	bool function(struct str code, enum type *out) \
	{ \
		int i; \
\
		if (!find(codes, count, code, empty_too, &i)) \
			return false; \
		*out = (enum type)i; \
		return true; \
	}

OF_CODE(party_of_code, party, parties, PARTY_COUNT, false)
OF_CODE(content_of_code, content, contents, CONTENT_COUNT, false)
OF_CODE(says_of_code, says, says_codes, SAYS_COUNT, false)
OF_CODE(need_of_code, need, needs, NEED_COUNT, true)
OF_CODE(waiver_state_of_code, waiver_state, waivers, WAIVER_COUNT, false)
OF_CODE(investigation_of_code, investigation, investigations, INVESTIGATION_COUNT, false)
OF_CODE(suspicion_of_code, suspicion, suspicions, SUSPICION_COUNT, false)
OF_CODE(protection_of_code, protection, protections, PROTECTION_COUNT, false)
OF_CODE(asker_of_code, asker, askers, ASKER_COUNT, true)
OF_CODE(verdict_of_code, verdict, verdicts, 3, false)

enum regime party_regime(enum party p)
{
	must((unsigned)p < PARTY_COUNT);
	return regimes[p];
}

const char *party_code(enum party p)
{
	must((unsigned)p < PARTY_COUNT);
	return parties[p];
}

const char *content_code(enum content c)
{
	must((unsigned)c < CONTENT_COUNT);
	return contents[c];
}

const char *verdict_code(enum verdict v)
{
	must((unsigned)v < 3);
	return verdicts[v];
}
