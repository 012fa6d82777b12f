#include "app/jobs.h"

#include "base/date.h"
#include "base/log.h"
#include "feat/home/overview.h"

/* Overviews made in one round: a few milliseconds of the writer. */
#define OVERVIEW_ROUND 64

static enum err search(struct db *reader, struct arena *mem, bool climb, struct jobs_found *out)
{
	if (climb)
		TRY(climb_find(reader, mem, clock_now_ms(), &out->climb));
	return overview_waits(reader, mem, &out->overviews);
}

struct searching {
	struct db *reader;
	struct arena *mem;
	bool climb;
	struct jobs_found *found;
};

static enum err search_within(void *what)
{
	struct searching *s = what;

	s->found = arena_new(s->mem, struct jobs_found);
	return search(s->reader, s->mem, s->climb, s->found);
}

const struct jobs_found *jobs_find(struct db *reader, struct arena *mem, bool climb)
{
	struct searching s = { reader, mem, climb, NULL };
	const struct jobs_found *found;
	enum err e = db_begin(reader, DB_SNAPSHOT);

	if (e == OK) {
		e = arena_within(mem, search_within, &s);
		db_done(reader);
		if (e == OK)
			e = db_end(reader);
		else
			db_rollback(reader, DB_SNAPSHOT);
	}
	found = s.found;
	if (e != OK)
		log_line(LOG_WARN, "jobs", "search failed: %s", err_name(e));
	return e == OK && (found->climb || found->overviews) ? found : NULL;
}

/* One round, and a token for each change: the book can tell later whether it landed. */
static enum err climb(struct db *db, struct book *book, struct arena *mem,
    const struct climb_found *found, struct climb_made *made)
{
	TRY(climb_make(db, mem, clock_now_ms(), found, made));
	for (size_t i = 0; i < made->n; i++) {
		made->v[i].id = id_random();
		TRY(book_token(book, db, i, made->v[i].id));
	}
	return OK;
}

struct climbing {
	struct db *db;
	struct book *book;
	struct arena *mem;
	const struct climb_found *found;
	struct climb_made *made;
};

static enum err climb_within(void *what)
{
	const struct climbing *c = what;

	return climb(c->db, c->book, c->mem, c->found, c->made);
}

static bool make_climb(
    struct db *db, struct book *book, struct arena *mem, const struct climb_found *found)
{
	struct climb_made made = { 0 };
	struct climbing c = { db, book, mem, found, &made };
	enum err e;

	if (db_begin(db, DB_WRITE) != OK)
		return false;
	e = arena_within(mem, climb_within, &c);
	db_done(db);
	if (e == OK)
		e = book_commit(book, db, made.v, made.n);
	else
		db_rollback(db, DB_WRITE);
	if (e != OK)
		log_line(LOG_WARN, "jobs", "climbing failed: %s", err_name(e));
	else if (made.n)
		log_line(LOG_INFO, "jobs", "climbed=%zu", made.n);
	return e == OK && made.n >= CLIMB_ROUND;
}

/* Nothing of the book: an overview says nothing that does not stand in the rows. */
static bool make_overviews(struct db *db, struct arena *mem)
{
	size_t made = 0;
	enum err e;

	if (db_begin(db, DB_WRITE) != OK)
		return false;
	e = overview_make(db, mem, clock_now_ms(), OVERVIEW_ROUND, &made);
	if (e == OK)
		e = db_commit(db);
	else
		db_rollback(db, DB_WRITE);
	if (e != OK)
		log_line(LOG_WARN, "jobs", "overviews failed: %s", err_name(e));
	return e == OK && made == OVERVIEW_ROUND;
}

bool jobs_make(struct db *db, struct book *book, struct arena *mem, const struct jobs_found *found)
{
	size_t mark = arena_mark(mem);
	bool more = false;

	if (found->climb)
		more = make_climb(db, book, mem, found->climb);
	if (found->overviews)
		more = make_overviews(db, mem) || more;
	arena_rewind(mem, mark);
	return more;
}
