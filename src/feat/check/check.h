/*
 * `tillsammans check`: holds a whole database against the promises (design.md section 3) and names
 * what breaks one, by id alone. What the database itself refuses is looked for all the same: a
 * backup, a bad disk or somebody with another tool may have gone around it.
 */
#ifndef CHECK_H
#define CHECK_H

#include "access/book_verify.h"
#include "base/date.h"
#include "db/db.h"

struct check_finding {
	int promise;
	const char *name; /* of the check */
	const char *kind; /* of what is broken: "plan", "step" ... */
	int64_t id;
	const char *text; /* in words; static text */
};

struct check_sum {
	int64_t findings;
	int64_t fillers, fillers_late; /* next steps that the program itself put there */
};

struct check_sink {
	void (*found)(void *to, const struct check_finding *f);
	void *to;
};

/* book: the store of the book of looks; NULL leaves it out. OK: looked at everything, findings or
 * not. */
enum err check_run(struct db *db, struct db *book, const struct book_trust *trust, struct date day,
    const struct check_sink *sink, struct check_sum *sum);

/* Names of all checks, ended by NULL, for the test that each finds something. */
extern const char *const check_names[];

#endif
