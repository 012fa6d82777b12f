/*
 * The law's clocks (promise 13): when something is due, and on which days to warn. The strict day
 * is what counts; the day to which lag 1930:173 section 2 may move it is only shown beside (1.64:
 * whether it applies to the days in child cases is not settled).
 */
#ifndef ACCESS_DEADLINE_H
#define ACCESS_DEADLINE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"

/* name, code in data/law/deadline-cases.csv, years, months, days, to the end of the year after,
 * may roll, warn this many days before, provision */
#define CLOCKS(X) \
	X(PROTECTIVE_ASSESSMENT, "protective_assessment", 0, 0, 0, 0, 0, 0, "SoL 20:1") \
	X(DECIDE_OPEN, "decide_open_investigation", 0, 0, 14, 0, 1, 4, "SoL 20:2") \
	X(INVESTIGATION_DONE, "investigation_done", 0, 4, 0, 0, 1, 30, "SoL 20:3") \
	X(REPORTER_FEEDBACK, "reporter_feedback", 0, 0, 7, 0, 1, 2, "SoL 19:6") \
	X(ABSENCE_NOTICE, "absence_notice", 0, 0, 0, 0, 0, 0, "SkolL 7:17") \
	X(PURGE_DUE, "purge_person_file_due", 5, 0, 0, 0, 0, 0, "SoL 16:1") \
	X(PURGE_LATEST, "purge_person_file_latest", 5, 0, 0, 1, 0, 90, "SoL 16:1") \
	X(KEEP_INVESTIGATION, "keep_investigation_until(birth date)", 30, 0, 0, 0, 0, 0, \
	    "SoL 16:2 a") \
	X(KEEP_HEALTH_RECORD, "keep_health_record_until", 10, 0, 0, 0, 0, 0, "PDL 3:17") \
	X(KEEP_LOOKS, "keep_looks_until", 5, 0, 0, 0, 0, 0, "HSLF-FS 2016:40 4:9") \
	X(ACCESS_REPLY, "access_request_reply", 0, 1, 0, 0, 1, 7, "GDPR 15, 12.3") \
	X(FOLLOW_UP_ENDS, "follow_up_without_consent_ends", 0, 6, 0, 0, 0, 14, "SoL 23:1-5")

enum clock_rule {
#define X(name, code, y, m, d, end, roll, warn, provision) CLOCK_##name,
	CLOCKS(X)
#undef X
	    CLOCK_COUNT
};

struct deadline {
	struct date due;    /* what counts */
	struct date rolled; /* the next weekday, where it may move; else unknown */
	struct date warn;   /* the first day to warn */
};

const char *clock_rule_provision(enum clock_rule r);
bool clock_rule_of_code(struct str code, enum clock_rule *out);
/* start: the day the clock began (the birth date for KEEP_INVESTIGATION). must() on unknown. */
struct deadline deadline_of(enum clock_rule r, struct date start);

enum deadline_stage { DEADLINE_FAR, DEADLINE_SOON, DEADLINE_TODAY, DEADLINE_PAST };
/* Warned before, on and after the strict day. */
enum deadline_stage deadline_stage(struct deadline d, struct date today);

#endif
