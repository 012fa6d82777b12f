/*
 * Measures: support that is planned, given and ended with a known result. Promise 15: a similar one
 * is caught when it is planned, and shown to each person only as far as a ground lets that person
 * see it. Owner of the tables kind and measure.
 */
#ifndef MEASURE_H
#define MEASURE_H

#include "access/access.h"
#include "i18n/i18n.h"

/* Two measures that are alike, as a family reader who may see both sees them. */
struct measure_pair {
	struct measure_id one, two;
	struct str one_words, one_who, two_words,
	    two_who; /* what it is, and who gives it (may be empty) */
};
struct measure_pairs {
	struct measure_pair *v;
	size_t n;
};
/* "Två liknar varandra": of one child, for its family. sees_harm: the reader is the child itself.
 * permit: ACT_PLAN_READ or ACT_HOME_READ for that child. */
enum err measure_similar_for_family(struct db *db, const struct permit *permit, struct arena *mem,
    const struct i18n *lang, struct date today, struct child_id child, bool sees_harm,
    struct measure_pairs *out);

/* The name of a kind in the reader's language; empty for free text. */
struct str measure_kind_name(
    struct arena *mem, const struct i18n *lang, struct date today, struct str kind);

/* Ends a measure of the reader's own drawer with its result, when its plan is closed. permit:
 * ACT_PLAN_CLOSE. */
enum err measure_end_with_plan(struct db *db, const struct permit *permit, struct plan_id plan,
    struct measure_id measure, struct str result);

/* One written on the wrong child leaves it; of the own drawer, else ERR_CONFLICT. permit:
 * ACT_CHILD_CORRECT. */
enum err measure_take_back(struct db *db, const struct permit *permit, struct measure_id measure);

#endif
