/*
 * The web ring: actors against the whole app without a socket. A play is a file test/web/NAME.http:
 *
 *   # a comment
 *   as kim    GET  /children/14       => 404 hasnt "Stina" audit refusal child.show child=11
 *   as sara   POST /steps/43/done version=1   => 303 to "/home" audit change step.done
 *   as sara   GET  /home              => 200 has "Klart" keep v "name=\"version\" value=\""
 *   as sara   POST /steps/$step/done version=$v words="en text" => 409
 *   sql UPDATE waiver SET state = 'withdrawn' ...
 *   days 7
 *
 * sql speaks to the main store, for what only the world does; days: the clock goes on. A line that
 * ends with \ goes on. nobody is signed out. keep takes what stands behind the text, up
 * to the next ", < or &; from the Location header when it begins with '/'. audit is about the
 * newest record of the answer of that kind and act. Forms get their csrf by themselves; csrf=no
 * leaves it out.
 */
#ifndef TEST_WEB_RING_H
#define TEST_WEB_RING_H

#include "app/app.h"

struct ring;

/* A fresh world on the running test's database and a book of its own; the clock stands. */
struct ring *ring_open(void);
/* On these stores; fresh: the world is put into them, else they are as an earlier ring left them.
 * copy: this program's name among several on one server. The key file stands in t_dir(). */
struct ring *ring_open_at(const char *database, const char *book, const char *copy, bool fresh);
/* Called before and after the writer carries out what ring_do and ring_do_together bring; NULL:
 * not. */
extern void (*ring_before)(void), (*ring_after)(void);
/* Called by ring_do_beside when its pages are made and the writer has not begun; NULL: not. */
extern void (*ring_between)(struct ring *r);
/* Called with what the writer is about to carry out; NULL: not. */
extern void (*ring_works)(struct work **works, size_t n);
void ring_close(struct ring *r);
/* Plays test/web/NAME.http; fails the test at the first line that does not hold. */
void ring_play(const char *name);

/* One request of an actor; for tests in C. form: "a=b&c=d", NULL: GET. The answer lives until the
 * next. */
struct ring_answer {
	int status;
	struct str body, location;
};
struct ring_answer ring_do(struct ring *r, const char *actor, const char *path, const char *form);
/* Several at once, in one batch of the writer: what two users do at the same moment. */
struct ring_ask {
	const char *actor, *path, *form;
	int status; /* comes out */
};
void ring_do_together(struct ring *r, struct ring_ask *asks, size_t n);
/* The same, beside each ask how it came and what else it got. */
struct ring_beside {
	bool made_before; /* a page: made in a reader's snapshot before the batch, as the server
			     does */
	uint64_t request; /* comes out: as in the book */
	struct str location, body; /* comes out; until the next call */
};
void ring_do_beside(struct ring *r, struct ring_ask *asks, struct ring_beside *beside, size_t n);
/* From now on everybody has chosen this language: "sv", "sv-x-easy", "en". */
void ring_language(struct ring *r, const char *tag);
/* What the program does by itself once a minute, now. */
void ring_jobs(struct ring *r);
/* The main store, for looking and for what only the world does. */
struct db *ring_db(struct ring *r);
/* The calling thread plays in it from now on (db_adopt). */
void ring_adopt(struct ring *r);
struct arena *ring_mem(struct ring *r);
struct db *ring_book_db(struct ring *r);
const struct keys *ring_keys(const struct ring *r);
const struct site *ring_site(const struct ring *r);
/* One whole number (int64) by a query of the test's own, outside every transaction; -1: no row, or
 * NULL. */
int64_t ring_number(struct ring *r, const char *sql);
/* true: the newest of that kind and act in the book (child 0: any child). */
bool ring_booked(struct ring *r, const char *kind, const char *act, int64_t child);

#endif
