/* SQLite: queries. Each is prepared once per connection and kept. */
#include "db/db_sqlite.h"

static enum err prepare(struct sqlite *s, const struct db_query *q, sqlite3_stmt **out)
{
	const char *tail;

	if (q->index >= 0 && s->kept[q->index]) {
		*out = s->kept[q->index];
		return OK;
	}
	if (sqlite3_prepare_v3(s->h, q->sqlite, -1, q->index >= 0 ? SQLITE_PREPARE_PERSISTENT : 0,
		out, &tail) != SQLITE_OK)
		return SQLITE_BORN(s, q->name);
	if (sqlite3_bind_parameter_count(*out) != q->ins || sqlite3_column_count(*out) != q->outs) {
		enum err e = fail(ERR_INTERNAL, "query=%s parameters=%d columns=%d header=%d,%d",
		    q->name, sqlite3_bind_parameter_count(*out), sqlite3_column_count(*out), q->ins,
		    q->outs);
		sqlite3_finalize(*out);
		return e;
	}
	if (q->index >= 0)
		s->kept[q->index] = *out;
	return OK;
}

enum err sqlite_prepare(struct db *db, const struct db_query *q)
{
	sqlite3_stmt *st;

	TRY(prepare(sqlite_of(db), q, &st));
	if (!sqlite3_stmt_readonly(st) != q->writes) {
		if (q->index < 0)
			sqlite3_finalize(st);
		return fail(ERR_INTERNAL, "query=%s writes=%d", q->name, q->writes);
	}
	if (q->index < 0)
		sqlite3_finalize(st);
	return OK;
}

/* Bound without copying: the values live until the statement is reset in done(). */
static int bind(sqlite3_stmt *st, int at, const struct db_value *v)
{
	const char *p = v->s.p ? v->s.p : ""; /* a NULL pointer would bind NULL */
	char day[16];

	if (v->null)
		return sqlite3_bind_null(st, at);
	switch (v->type) {
	case DB_INT64:
		return sqlite3_bind_int64(st, at, v->i);
	case DB_TEXT:
		return sqlite3_bind_text64(st, at, p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	case DB_BLOB:
		return sqlite3_bind_blob64(st, at, p, v->s.n, SQLITE_STATIC);
	case DB_DATE:
		if (!date_known(v->d))
			return sqlite3_bind_null(st, at);
		db_day(v->d, day);
		return sqlite3_bind_text(st, at, day, 10, SQLITE_TRANSIENT);
	}
	return SQLITE_MISUSE;
}

void sqlite_done(struct db *db)
{
	struct sqlite *s = sqlite_of(db);

	if (!s->at)
		return;
	sqlite3_reset(s->at);
	if (s->at_kept)
		sqlite3_clear_bindings(s->at); /* they borrow the caller's memory */
	else
		sqlite3_finalize(s->at);
	s->at = NULL;
}

enum err sqlite_run(struct db *db, const struct db_query *q, const struct db_value *in)
{
	struct sqlite *s = sqlite_of(db);

	if (db->in_scope && sqlite3_get_autocommit(s->h))
		return fail(ERR_BUSY, "query=%s sqlite ended the transaction itself", q->name);
	TRY(prepare(s, q, &s->at));
	s->at_kept = q->index >= 0;
	for (int i = 0; i < q->ins; i++) {
		if (bind(s->at, i + 1, &in[i]) != SQLITE_OK) {
			enum err e = SQLITE_BORN(s, q->name);
			sqlite_done(db);
			return e;
		}
	}
	/* The first step is taken here, while the caller's values still stand; the caller may
	 * build in[] on its stack. */
	s->first = sqlite3_step(s->at);
	s->began = true;
	if (s->first != SQLITE_ROW && s->first != SQLITE_DONE) {
		enum err e = SQLITE_BORN(s, q->name);
		sqlite_done(db);
		return e;
	}
	return OK;
}

enum err sqlite_next(struct db *db, bool *more)
{
	struct sqlite *s = sqlite_of(db);
	int rc = s->began ? s->first : sqlite3_step(s->at);

	s->began = false;
	*more = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : SQLITE_BORN(s, db->open->name);
}

static inline enum err value(
    sqlite3_stmt *st, const char *name, int col, enum db_type type, struct db_value *out)
{
	int is = sqlite3_column_type(st, col);

	*out = (struct db_value){ .type = type, .null = is == SQLITE_NULL };
	if (out->null)
		return OK;
	switch (type) {
	case DB_INT64:
		out->i = sqlite3_column_int64(st, col);
		if (is == SQLITE_INTEGER)
			return OK;
		break;
	case DB_TEXT:
		out->s.p = (const char *)sqlite3_column_text(st, col);
		out->s.n = (size_t)sqlite3_column_bytes(st, col);
		if (is == SQLITE_TEXT)
			return OK;
		break;
	case DB_BLOB:
		out->s.p = sqlite3_column_blob(st, col);
		out->s.n = (size_t)sqlite3_column_bytes(st, col);
		if (!out->s.p)
			out->s.p = "";
		if (is == SQLITE_BLOB)
			return OK;
		break;
	case DB_DATE:
		out->s.p = (const char *)sqlite3_column_text(st, col);
		out->s.n = (size_t)sqlite3_column_bytes(st, col);
		if (is == SQLITE_TEXT && date_parse(out->s, &out->d))
			return OK;
		break;
	}
	return fail(ERR_INTERNAL, "query=%s column=%d holds another type", name, col);
}

enum err sqlite_value(struct db *db, int col, enum db_type type, struct db_value *out)
{
	return value(sqlite_of(db)->at, db->open->name, col, type, out);
}

enum err sqlite_fill(struct db *db, const struct db_query *q, struct arena *mem, unsigned char *row)
{
	sqlite3_stmt *st = sqlite_of(db)->at;
	struct db_value v;

	for (int i = 0; i < q->outs; i++) {
		TRY(value(st, q->name, i, q->cols[i].type, &v));
		TRY(db_put(q, &q->cols[i], &v, mem, row));
	}
	return OK;
}

int64_t sqlite_changed(struct db *db)
{
	return sqlite3_changes64(sqlite_of(db)->h);
}
