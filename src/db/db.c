#include "db/db.h"

#include <string.h>

#include "db/db_engine.h"

bool db_connects(const char *where)
{
	struct str s = str_of(where);

	return str_starts(s, S("postgresql://")) || str_starts(s, S("postgres://"));
}

enum err db_open(const char *where, enum db_use use, struct db **out)
{
	enum err e;

	*out = NULL;
	e = db_connects(where) ? db_pg_open(where, use, out) : db_sqlite_open(where, use, out);
	if (e == OK)
		db_adopt(*out);
	return e;
}

void db_adopt(struct db *db)
{
	db->owner = pthread_self();
}

static void mine(const struct db *db)
{
	must(pthread_equal(db->owner, pthread_self()));
}

void db_places(const char *where, db_place_fn see, void *ctx)
{
	if (db_connects(where))
		db_pg_places(where, see, ctx);
	else
		db_sqlite_places(where, see, ctx);
}

void db_close(struct db *db)
{
	if (db)
		db->ops->close(db);
}

enum db_engine db_engine(const struct db *db)
{
	return db->engine;
}

int64_t db_commits(const struct db *db)
{
	return db->commits;
}

int64_t db_wal_bytes(const struct db *db)
{
	return db->ops->wal_bytes(db);
}

void db_log_init(struct db_log *log)
{
	*log = (struct db_log){ 0 };
	must(pthread_mutex_init(&log->moving, NULL) == 0);
}

void db_log_fini(struct db_log *log)
{
	pthread_mutex_destroy(&log->moving);
}

void db_log_share(struct db *db, struct db_log *log)
{
	db->log = log;
}

static bool log_ready(const struct db_log *log)
{
	return atomic_load(&log->done) > atomic_load(&log->moved);
}

enum err db_checkpoint(struct db *db)
{
	struct db_log *log = db->log;
	enum err e = OK;

	mine(db);
	must(!db->in_scope);
	if (!log)
		return db->ops->checkpoint(db);
	if (pthread_mutex_trylock(&log->moving) != 0)
		return OK; /* another is at it */
	if (log_ready(log)) {
		e = db->ops->checkpoint(db);
		atomic_store(&log->moved, atomic_load(&log->begun));
	}
	pthread_mutex_unlock(&log->moving);
	return e;
}

bool db_log_rest(struct db *db, int64_t most)
{
	if (db_wal_bytes(db) < most)
		return true;
	if (db->log && !log_ready(db->log))
		return false;
	(void)db_checkpoint(db); /* logged; the log only stays longer */
	return true;
}

enum err db_backup(struct db *db, const char *to)
{
	return db->ops->backup(db, to);
}

/* Notes that the scope holds an error: on PostgreSQL nothing more can run in it, so on SQLite
 * neither does. */
static enum err note(struct db *db, enum err e)
{
	if (e != OK && db->in_scope) {
		db->failed = true;
		if (e == ERR_RETRY || e == ERR_BUSY)
			db->lost = e;
	}
	return e;
}

static enum err may_run(const struct db *db, const char *what)
{
	if (db->lost != OK)
		return db->lost; /* logged when it was lost */
	if (db->failed)
		return fail(ERR_INTERNAL, "query=%s runs in a scope that failed before", what);
	return OK;
}

/* --- rows --- */

enum err db_prepare(struct db *db, const struct db_query *q)
{
	must(!db->open);
	return note(db, db->ops->prepare(db, q));
}

enum err db_run(struct db *db, const struct db_query *q, const struct db_value *in)
{
	enum err e;

	mine(db);
	must(!db->open);
	must(!q->writes || (db->use == DB_WRITER && !(db->in_scope && db->scope != DB_WRITE)));
	for (int i = 0; i < q->ins; i++)
		must(in[i].type == q->in_types[i]);
	TRY(may_run(db, q->name));
	e = db->ops->run(db, q, in);
	if (e == OK)
		db->open = q;
	return note(db, e);
}

enum err db_next(struct db *db, bool *more)
{
	enum err e;

	must(db->open);
	e = db->ops->next(db, more);
	if (e != OK || !*more)
		db_done(db);
	return note(db, e);
}

void db_done(struct db *db)
{
	if (!db->open)
		return;
	db->ops->done(db);
	db->open = NULL;
}

static struct db_value column(struct db *db, int col, enum db_type type)
{
	struct db_value v = { 0 };

	must(db->open && col >= 0 && col < db->open->outs);
	if (note(db, db->ops->value(db, col, type, &v)) != OK)
		v = (struct db_value){ .null = true };
	return v;
}

bool db_col_null(struct db *db, int col)
{
	return column(db, col, db->open->cols ? db->open->cols[col].type : DB_TEXT).null;
}

int64_t db_col_i64(struct db *db, int col)
{
	return column(db, col, DB_INT64).i;
}

struct str db_col_text(struct db *db, int col, struct arena *mem)
{
	struct db_value v = column(db, col, DB_TEXT);

	if (v.null)
		return (struct str){ 0 };
	return str_copy(mem, v.s);
}

struct date db_col_date(struct db *db, int col)
{
	return column(db, col, DB_DATE).d;
}

struct str db_col_blob(struct db *db, int col, struct arena *mem)
{
	struct db_value v = column(db, col, DB_BLOB);

	if (v.null)
		return (struct str){ 0 };
	return str_copy(mem, v.s);
}

int64_t db_changed(struct db *db)
{
	return db->ops->changed(db);
}

/* Fills one row struct with the row that stands open. */
static enum err fill(struct db *db, struct arena *mem, void *row)
{
	enum err e = db->ops->fill(db, db->open, mem, row);

	if (e != OK)
		db_done(db);
	return note(db, e);
}

enum err db_maybe(struct db *db, const struct db_query *q, const struct db_value *in,
    struct arena *mem, void *row, bool *found)
{
	bool more;

	memset(row, 0, q->row); /* before found, which lies in the row */
	TRY(db_run(db, q, in));
	TRY(db_next(db, &more));
	if (!more)
		return OK;
	TRY(fill(db, mem, row));
	TRY(db_next(db, &more));
	if (more) {
		db_done(db);
		return note(db, fail(ERR_INTERNAL, "query=%s more than one row", q->name));
	}
	*found = true;
	return OK;
}

enum err db_one(struct db *db, const struct db_query *q, const struct db_value *in,
    struct arena *mem, void *row)
{
	bool found = false;

	TRY(db_maybe(db, q, in, mem, row, &found));
	return found ? OK : ERR_NOT_FOUND; /* an answer, not a fault: not logged */
}

enum err db_many(struct db *db, const struct db_query *q, const struct db_value *in,
    struct arena *mem, void **rows, size_t *n)
{
	size_t room = 0, used = 0;
	unsigned char *v = NULL;
	bool more;

	*rows = NULL;
	*n = 0;
	TRY(db_run(db, q, in));
	for (;;) {
		TRY(db_next(db, &more));
		if (!more)
			break;
		if (used == room) {
			size_t bytes = room * q->row;

			room = room ? 2 * room : 8;
			v = v ? arena_grow(mem, v, bytes, room * q->row)
			      : arena_take(mem, room, q->row, _Alignof(max_align_t));
		}
		TRY(fill(db, mem, v + used * q->row));
		used++;
	}
	*rows = v;
	*n = used;
	return OK;
}

enum err db_change(struct db *db, const struct db_query *q, const struct db_value *in, int64_t want)
{
	bool more;

	TRY(db_run(db, q, in));
	TRY(db_next(db, &more));
	must(!more);
	if (want != DB_ANY && db_changed(db) != want)
		return ERR_CONFLICT; /* somebody was first: an answer, not a fault */
	return OK;
}

enum err db_script(struct db *db, const char *sql)
{
	must(!db->open && db->use == DB_WRITER);
	TRY(may_run(db, "script"));
	return note(db, db->ops->script(db, sql));
}

/* --- scopes --- */

static void leave(struct db *db)
{
	db->in_scope = db->in_savepoint = db->failed = false;
	db->lost = OK;
}

enum err db_begin(struct db *db, enum db_scope_kind kind)
{
	mine(db);
	must(!db->open);
	if (kind == DB_SAVEPOINT) {
		must(db->in_scope && db->scope == DB_WRITE && !db->in_savepoint);
		TRY(may_run(db, "savepoint"));
		TRY(note(db, db->ops->begin(db, kind)));
		db->in_savepoint = true;
		return OK;
	}
	must(!db->in_scope);
	must(kind == DB_SNAPSHOT || db->use == DB_WRITER);
	TRY(db->ops->begin(db, kind));
	db->in_scope = true;
	db->scope = kind;
	return OK;
}

enum err db_end(struct db *db)
{
	enum err e;

	must(db->in_scope && db->scope != DB_WRITE);
	db_done(db);
	e = db->failed ? db->ops->rollback(db, db->scope) : db->ops->end(db);
	leave(db);
	return e;
}

enum err db_rollback(struct db *db, enum db_scope_kind kind)
{
	enum err e;

	must(db->in_scope && (kind == DB_SAVEPOINT ? db->in_savepoint : db->scope == kind));
	db_done(db);
	if (kind == DB_SAVEPOINT) {
		db->in_savepoint = false;
		if (db->lost != OK)
			return OK; /* goes with the whole */
		db->failed = false;
		e = db->ops->rollback(db, kind);
		if (e != OK)
			db->lost = ERR_RETRY;
		return e;
	}
	e = db->ops->rollback(db, kind);
	leave(db);
	return e;
}

enum err db_release(struct db *db)
{
	enum err e;

	must(db->in_scope && db->in_savepoint);
	db_done(db);
	e = may_run(db, "release");
	if (e == OK)
		e = note(db, db->ops->release(db));
	if (e != OK)
		(void)db_rollback(db, DB_SAVEPOINT);
	db->in_savepoint = false;
	return e;
}

bool db_writing(const struct db *db)
{
	return db->in_scope && db->scope == DB_WRITE;
}

enum err db_changed_since(struct db *db, bool *changed)
{
	int64_t others;

	must(db->in_scope);
	*changed = true;
	if (!db->ops->others)
		return OK;
	TRY(db->ops->others(db, &others));
	*changed = others != db->seen_others || db->commits + 1 != db->seen_commits;
	db->seen_others = others;
	db->seen_commits = db->commits + 1; /* 0: never asked */
	return OK;
}

enum err db_commit(struct db *db)
{
	int_fast64_t nth = 0;
	enum err e;

	must(db->in_scope && db->scope == DB_WRITE && !db->in_savepoint);
	db_done(db);
	e = may_run(db, "commit");
	if (db->log)
		nth = atomic_fetch_add(&db->log->begun, 1) + 1;
	if (e == OK)
		e = db->ops->commit(db);
	if (e == OK && db->log)
		atomic_store(&db->log->done, nth);
	if (e == OK)
		db->commits++;
	else
		(void)db->ops->rollback(db, DB_WRITE);
	leave(db);
	return e;
}
