/*
 * Builds the demo county (design.md section 5): nine real municipalities and their Region, invented
 * units, staff and families, a year of history that obeys the promises. The same for everyone from
 * a fixed seed, laid around today's date.
 */
#ifndef DEMO_MAKE_H
#define DEMO_MAKE_H

#include "access/book.h"
#include "auth/keys.h"
#include "db/db.h"

struct demo_options {
	int64_t children; /* how many, at least DEMO_LEAST */
	struct date today;
	const struct keys *keys;
	/* Told now and then; NULL: nobody. */
	void (*progress)(void *to, int64_t made, int64_t of);
	void *to;
};

#define DEMO_LEAST 40
#define DEMO_MOST 3000000

/* Fills a migrated database that holds nobody yet. Commits as it goes: a caller that wants all or
 * nothing builds beside and moves it into place. */
enum err demo_build(struct db *db, const struct demo_options *o);
/* A few hundred looks of the last weeks, so that "who has read" shows something. */
enum err demo_looks(struct db *db, struct book *book, struct date today);

/* tillsammans demo people: one JSON object per role, in mem. */
enum err demo_people_json(struct db *db, struct arena *mem, struct str *out);
/* The same for a person at a terminal: one line per role. */
enum err demo_people_text(struct db *db, struct arena *mem, struct str *out);

#endif
