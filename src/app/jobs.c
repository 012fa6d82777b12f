#include "app/jobs.h"

#include "base/date.h"
#include "base/log.h"
#include "feat/climb/climb.h"

/* As the writer does with a batch: a token for each change, the book durable, then the data. */
static enum err climb(struct db *db, struct book *book, struct arena *mem, struct climb_made *made)
{
	TRY(climb_run(db, mem, clock_now_ms(), made));
	for (size_t i = 0; i < made->n; i++) {
		made->v[i].id = id_random();
		TRY(book_token(book, db, i, made->v[i].id));
	}
	return made->n ? book_append(book, made->v, made->n) : OK;
}

/* The commit did not end well: what did not land is voided. */
static enum err commit_failed(
    struct db *db, struct book *book, struct arena *mem, const struct climb_made *made, enum err e)
{
	int64_t *ids = arena_array(mem, int64_t, made->n + 1);
	bool landed = false;

	if (!made->n)
		return e;
	if (book_landed(book, db, made->v[0].id, &landed) == OK && landed)
		return OK;
	for (size_t i = 0; i < made->n; i++)
		ids[i] = made->v[i].id;
	TRY(book_void(book, ids, made->n));
	return e;
}

bool jobs_run(struct db *db, struct book *book, struct arena *mem)
{
	size_t mark = arena_mark(mem);
	struct climb_made made = { 0 };
	enum err e;
	bool more;

	if (db_begin(db, DB_WRITE) != OK)
		return false;
	e = climb(db, book, mem, &made);
	if (e == OK) {
		e = db_commit(db);
		if (e != OK)
			e = commit_failed(db, book, mem, &made, e);
	} else {
		db_rollback(db, DB_WRITE);
	}
	if (e != OK)
		log_line(LOG_WARN, "jobs", "climbing failed: %s", err_name(e));
	else if (made.n)
		log_line(LOG_INFO, "jobs", "climbed=%zu", made.n);
	more = e == OK && made.n >= CLIMB_ROUND;
	arena_rewind(mem, mark);
	return more;
}
