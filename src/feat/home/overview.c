#include "feat/home/overview.h"

#include <inttypes.h>

#include "access/access.h"
#include "base/log.h"
#include "q_overview.h"

#define BODY_ROOM 4096
#define CHECK_ROWS 200

/* From the rows themselves. */
static enum err read_rows(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct overview *out)
{
	*out = (struct overview){ 0 };
	TRY(q_home_child(db, permit, mem, child, &out->child));
	if (out->child.n == 0)
		return OK;
	if (out->child.v[0].plan.v) {
		TRY(q_home_steps(db, permit, mem, out->child.v[0].plan, &out->steps));
		TRY(q_home_times(db, permit, mem, child, out->child.v[0].plan, &out->times));
	} else {
		TRY(q_home_closed(db, permit, mem, child, &out->closed));
	}
	TRY(q_home_threads(db, permit, mem, child, &out->threads));
	TRY(q_home_family(db, permit, mem, child, &out->family));
	return q_home_led(db, permit, mem, child, &out->led);
}

static struct str pack(struct arena *mem, const struct overview *o)
{
	struct buf b;

	buf_init(&b, mem, BODY_ROOM);
	q_home_child_pack(&o->child, &b);
	q_home_closed_pack(&o->closed, &b);
	q_home_steps_pack(&o->steps, &b);
	q_home_times_pack(&o->times, &b);
	q_home_threads_pack(&o->threads, &b);
	q_home_family_pack(&o->family, &b);
	q_home_led_pack(&o->led, &b);
	return buf_text(&b);
}

/* false: another version of the program made it, with other columns. */
static bool unpack(struct arena *mem, struct str body, struct overview *out)
{
	return q_home_child_unpack(mem, &body, &out->child) &&
	       q_home_closed_unpack(mem, &body, &out->closed) &&
	       q_home_steps_unpack(mem, &body, &out->steps) &&
	       q_home_times_unpack(mem, &body, &out->times) &&
	       q_home_threads_unpack(mem, &body, &out->threads) &&
	       q_home_family_unpack(mem, &body, &out->family) &&
	       q_home_led_unpack(mem, &body, &out->led) && body.n == 0;
}

enum err overview_of(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, int64_t version, struct overview *out)
{
	struct q_overview_of row;

	TRY(q_overview_of(db, permit, mem, child, version, &row));
	if (row.found && unpack(mem, row.body, out))
		return OK;
	return read_rows(db, permit, mem, child, out);
}

enum err overview_waits(struct db *db, struct arena *mem, bool *out)
{
	struct q_overview_waits row;

	TRY(q_overview_waits(db, mem, &row));
	*out = row.found;
	return OK;
}

/* A protected child has no digital plan and no page at home (promise 8): nothing lies beside it. */
static enum err make_one(
    struct db *db, const struct permit *permit, struct arena *mem, const struct q_overview_due *due)
{
	struct overview o;

	TRY(q_overview_done(db, permit, due->child));
	if (due->shielded)
		return q_overview_drop(db, permit, due->child);
	TRY(read_rows(db, permit, mem, due->child, &o));
	return q_overview_put(db, permit, due->child, due->version, pack(mem, &o));
}

struct making {
	struct db *db;
	const struct permit *permit;
	struct arena *mem;
	const struct q_overview_due *due;
	size_t n;
};

static enum err make_these(void *what)
{
	const struct making *m = what;

	for (size_t i = 0; i < m->n; i++) {
		size_t mark = arena_mark(m->mem);

		TRY(make_one(m->db, m->permit, m->mem, &m->due[i]));
		arena_rewind(m->mem, mark);
	}
	return OK;
}

/* All of them or none, inside the caller's scope, which lives whatever happens. */
static enum err make_or_not(struct making *m)
{
	size_t mark = arena_mark(m->mem);
	enum err e;

	TRY(db_begin(m->db, DB_SAVEPOINT));
	e = arena_within(m->mem, make_these, m);
	arena_rewind(m->mem, mark);
	if (e == OK)
		return db_release(m->db);
	db_done(m->db);
	if (e == ERR_RETRY || e == ERR_BUSY)
		return e; /* the caller's whole scope is spoilt */
	TRY(db_rollback(m->db, DB_SAVEPOINT));
	return e;
}

/* One that can't be made must not hold up those behind it: it is no longer due until its child
 * changes again, and pages read the rows until then. */
static enum err make_or_pass(struct making *m)
{
	enum err e = make_or_not(m);

	if (e == OK || e == ERR_RETRY || e == ERR_BUSY)
		return e;
	log_line(LOG_WARN, "overview", "child=%" PRId64 " passed over: %s", m->due->child.v,
	    err_name(e));
	return q_overview_done(m->db, m->permit, m->due->child);
}

enum err overview_make(struct db *db, struct arena *mem, int64_t now_ms, size_t most, size_t *made)
{
	size_t all = arena_mark(mem);
	struct making m = { db, access_job(mem, ACT_HOME_READ, now_ms), mem, NULL, 0 };
	struct q_overview_due_list due;
	enum err e;

	*made = 0;
	TRY(q_overview_due(db, m.permit, mem, (int64_t)most, &due));
	if (due.n == 0) {
		arena_rewind(mem, all);
		return OK;
	}
	m.due = due.v;
	m.n = due.n;
	e = make_or_not(&m);
	if (e == ERR_RETRY || e == ERR_BUSY)
		return e;
	for (size_t i = 0; e != OK && i < due.n; i++) { /* which of them is it? */
		m.due = &due.v[i];
		m.n = 1;
		TRY(make_or_pass(&m));
	}
	*made = due.n;
	arena_rewind(mem, all);
	return OK;
}

enum err overview_check(struct db *db, struct arena *mem, int64_t now_ms,
    void (*wrong)(void *to, struct child_id child), void *to, size_t *checked)
{
	size_t all = arena_mark(mem);
	const struct permit *permit = access_job(mem, ACT_HOME_READ, now_ms);
	struct child_id after = { 0 };
	struct q_overview_all_list rows;

	*checked = 0;
	do {
		size_t mark = arena_mark(mem);

		TRY(q_overview_all(db, permit, mem, after, CHECK_ROWS, &rows));
		for (size_t i = 0; i < rows.n; i++) {
			struct overview o;

			TRY(read_rows(db, permit, mem, rows.v[i].child, &o));
			if (!str_eq(rows.v[i].body, pack(mem, &o)))
				wrong(to, rows.v[i].child);
			after = rows.v[i].child;
		}
		*checked += rows.n;
		arena_rewind(mem, mark);
	} while (rows.n == CHECK_ROWS);
	arena_rewind(mem, all);
	return OK;
}
