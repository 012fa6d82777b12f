/*
 * What the torture tests share: chance, what was answered, and the questions asked afterwards.
 * Answered means that the answer had left: promise 17 says that it is there for good.
 */
#ifndef TORTURE_TORTURE_H
#define TORTURE_TORTURE_H

#include "access/book_verify.h"
#include "auth/keys.h"
#include "db/db.h"
#include "t.h"

/* TORTURE=long: all of it; else the short form. */
int torture_times(int shortly, int all);
/* From TORTURE_SEED or the clock; said when a test fails. One thread. */
uint64_t chance(void);
int chance_of(int n); /* 0 .. n - 1 */
uint64_t chance_seed(void);

/* A line for who runs the tests, also when they pass. */
void torture_says(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* One request that was sent. */
struct sent {
	uint64_t request;
	int64_t step;  /* of a step that was to be done; 0: a page */
	bool answered; /* the answer left: 200 or 303 */
};
struct sents {
	struct sent *v;
	size_t n, room;
};
void sents_add(struct sents *s, struct sent one);
void sents_fini(struct sents *s);

/* How many findings; each is printed. Every open plan whole (promises 1 and 2) and nothing half. */
int torture_promises(struct db *db);
/* The chain verifies; every answered look and change is in the book, every answered change in the
 * data, each change that the book tells of is in the data and the other way round. */
int torture_answered(
    struct db *db, struct db *book, const struct keys *keys, const struct sents *s);

/* The next step of a plan, and its version. */
struct next_step {
	int64_t step, version;
};
struct next_step torture_next(struct db *db, int64_t plan);
/* First column of the first row as a number; none when there is no row. */
int64_t torture_number(struct db *db, const char *sql, int64_t none);

#endif
