#include "app/jobs.h"

#include "base/date.h"
#include "base/log.h"

const struct climb_found *jobs_find(struct db *reader, struct arena *mem)
{
	const struct climb_found *found = NULL;
	enum err e = db_begin(reader, DB_SNAPSHOT);

	if (e == OK) {
		e = climb_find(reader, mem, clock_now_ms(), &found);
		if (e == OK)
			e = db_end(reader);
		else
			db_rollback(reader, DB_SNAPSHOT);
	}
	if (e != OK)
		log_line(LOG_WARN, "jobs", "search failed: %s", err_name(e));
	return e == OK ? found : NULL;
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

bool jobs_make(struct db *db, struct book *book, struct arena *mem, const struct climb_found *found)
{
	size_t mark = arena_mark(mem);
	struct climb_made made = { 0 };
	enum err e;
	bool more;

	if (db_begin(db, DB_WRITE) != OK)
		return false;
	e = climb(db, book, mem, found, &made);
	if (e == OK)
		e = book_commit(book, db, made.v, made.n);
	else
		db_rollback(db, DB_WRITE);
	if (e != OK)
		log_line(LOG_WARN, "jobs", "climbing failed: %s", err_name(e));
	else if (made.n)
		log_line(LOG_INFO, "jobs", "climbed=%zu", made.n);
	more = e == OK && made.n >= CLIMB_ROUND;
	arena_rewind(mem, mark);
	return more;
}
