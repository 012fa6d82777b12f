/* PostgreSQL: queries. Parameters and rows travel in binary form; nothing is quoted or printed. */
#include <stdlib.h>
#include <string.h>

#include "db/db_pg.h"

/* pg_type.oid of the types that a query may give or take (fixed in PostgreSQL's catalogue). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043
};

static Oid oid_of(enum db_type type)
{
	return type == DB_INT64 ? OID_INT8 : type == DB_BLOB ? OID_BYTEA : OID_TEXT;
}

static bool fits(Oid oid, enum db_type type)
{
	switch (type) {
	case DB_INT64:
		return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2 || oid == OID_BOOL;
	case DB_TEXT:
	case DB_DATE:
		return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_NAME;
	case DB_BLOB:
		return oid == OID_BYTEA;
	}
	return false;
}

static void statement_name(const struct db_query *q, char out[24])
{
	if (q->index < 0)
		out[0] = '\0'; /* the unnamed one, replaced by the next */
	else
		snprintf(out, 24, "q%d", q->index);
}

/* --- what travels to the server --- */

/* Values in binary form; texts are borrowed, numbers and days lie in room. */
struct sent {
	const char *p[DB_MOST_INS];
	int n[DB_MOST_INS], form[DB_MOST_INS];
	char room[DB_MOST_INS][10];
};

static void put_i64(char *p, int64_t v)
{
	for (int i = 7; i >= 0; i--, v >>= 8)
		p[i] = (char)(v & 0xff);
}

static void encode(const struct db_query *q, const struct db_value *in, struct sent *s)
{
	for (int i = 0; i < q->ins; i++) {
		const struct db_value *v = &in[i];
		bool day_unknown = v->type == DB_DATE && !date_known(v->d);

		s->form[i] = 1;
		s->p[i] = s->room[i];
		s->n[i] = 0;
		if (v->null || day_unknown) {
			s->p[i] = NULL;
		} else if (v->type == DB_INT64) {
			put_i64(s->room[i], v->i);
			s->n[i] = 8;
		} else if (v->type == DB_DATE) {
			db_day(v->d, s->room[i]);
			s->n[i] = 10;
		} else {
			must(v->s.n < (size_t)1 << 30);
			s->p[i] = v->s.p ? v->s.p : "";
			s->n[i] = (int)v->s.n;
		}
	}
}

/* --- round trips --- */

/* Reads the answer to one thing sent in a pipeline: keeps the first error, gives the last result.
 */
static void take(struct pg *pg, const char *what, enum err *e, PGresult **keep)
{
	PGresult *r, *last = NULL;

	while ((r = PQgetResult(pg->c)) != NULL) {
		ExecStatusType st = PQresultStatus(r);

		if (st == PGRES_FATAL_ERROR && *e == OK)
			*e = PG_BORN(pg, r, what);
		PQclear(last);
		last = r;
		if (PQstatus(pg->c) == CONNECTION_BAD)
			break;
	}
	if (!last && *e == OK)
		*e = PG_BORN(pg, NULL, what);
	*keep = last;
}

/* Ends a pipeline: its sync mark is read, whatever came before. */
static enum err end_pipeline(struct pg *pg, const char *what, enum err e)
{
	PGresult *r = NULL;

	while (PQstatus(pg->c) != CONNECTION_BAD) {
		ExecStatusType st;

		r = PQgetResult(pg->c);
		st = PQresultStatus(r);
		PQclear(r);
		if (st == PGRES_PIPELINE_SYNC)
			break;
	}
	if (PQstatus(pg->c) != CONNECTION_BAD && PQexitPipelineMode(pg->c) == 1)
		return e;
	return e != OK ? e : PG_BORN(pg, NULL, what);
}

/* What waits (BEGIN, SAVEPOINT), the preparing if it is the first time, and the query itself: one
 * round trip. in NULL: prepares only. */
static enum err together(struct pg *pg, const struct db_query *q, const struct sent *s)
{
	bool prepare = q->index < 0 || !pg->kept[q->index];
	Oid types[DB_MOST_INS];
	PGresult *r = NULL;
	enum err e = OK;
	char name[24];
	int ok = 1;

	statement_name(q, name);
	for (int i = 0; i < q->ins; i++)
		types[i] = oid_of(q->in_types[i]);
	ok = PQenterPipelineMode(pg->c);
	for (int i = 0; ok && i < pg->n_waiting; i++)
		ok = PQsendQueryParams(pg->c, pg->waiting[i], 0, NULL, NULL, NULL, NULL, 0);
	if (ok && prepare)
		ok = PQsendPrepare(pg->c, name, q->pg, q->ins, types);
	if (ok && s)
		ok = PQsendQueryPrepared(pg->c, name, q->ins, s->p, s->n, s->form, 1);
	if (!ok || !PQpipelineSync(pg->c)) {
		pg->lost = true; /* the pipeline is in an unknown state */
		return PG_BORN(pg, NULL, q->name);
	}
	for (int i = 0; i < pg->n_waiting; i++) {
		take(pg, pg->waiting[i], &e, &r);
		if (e == OK && PQresultStatus(r) == PGRES_TUPLES_OK)
			pg_note_xid(pg, r);
		PQclear(r);
	}
	pg->sent = pg->sent || pg->n_waiting > 0;
	pg->n_waiting = 0;
	if (prepare) {
		take(pg, q->name, &e, &r);
		if (e == OK && q->index >= 0)
			pg->kept[q->index] = true;
		PQclear(r);
	}
	if (s)
		take(pg, q->name, &e, &pg->res);
	return end_pipeline(pg, q->name, e);
}

/* --- one query --- */

enum err pg_prepare(struct db *db, const struct db_query *q)
{
	struct pg *pg = pg_of(db);
	enum err e = OK;
	PGresult *r;
	char name[24];

	TRY(pg_ready(pg));
	must(q->ins <= DB_MOST_INS);
	TRY(together(pg, q, NULL));
	statement_name(q, name);
	r = PQdescribePrepared(pg->c, name);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		e = PG_BORN(pg, r, q->name);
	else if (PQnparams(r) != q->ins || PQnfields(r) != q->outs)
		e = fail(ERR_INTERNAL, "query=%s parameters=%d columns=%d header=%d,%d", q->name,
		    PQnparams(r), PQnfields(r), q->ins, q->outs);
	for (int i = 0; e == OK && q->cols && i < q->outs; i++) {
		if (!fits(PQftype(r, i), q->cols[i].type))
			e = fail(ERR_INTERNAL, "query=%s column=%s pg_type=%u: cast it", q->name,
			    q->cols[i].name, PQftype(r, i));
	}
	PQclear(r);
	return e;
}

enum err pg_run(struct db *db, const struct db_query *q, const struct db_value *in)
{
	struct pg *pg = pg_of(db);
	ExecStatusType st;
	struct sent s;
	enum err e = OK;
	char name[24];

	TRY(pg_ready(pg));
	must(q->ins <= DB_MOST_INS);
	encode(q, in, &s);
	if (pg->n_waiting == 0 && q->index >= 0 && pg->kept[q->index]) {
		statement_name(q, name);
		pg->res = PQexecPrepared(pg->c, name, q->ins, s.p, s.n, s.form, 1);
	} else {
		e = together(pg, q, &s);
	}
	st = PQresultStatus(pg->res);
	if (e == OK && st != PGRES_TUPLES_OK && st != PGRES_COMMAND_OK)
		e = PG_BORN(pg, pg->res, q->name);
	if (e == OK && PQnfields(pg->res) != q->outs)
		e = fail(ERR_INTERNAL, "query=%s columns=%d header=%d", q->name, PQnfields(pg->res),
		    q->outs);
	if (e != OK) {
		pg_done(db);
		return e;
	}
	pg->main_written = pg->main_written || (q->writes && q->store == DB_STORE_MAIN);
	pg->changed = strtoll(PQcmdTuples(pg->res), NULL, 10);
	pg->rows = PQntuples(pg->res);
	pg->row = -1;
	return OK;
}

enum err pg_next(struct db *db, bool *more)
{
	struct pg *pg = pg_of(db);

	*more = ++pg->row < pg->rows;
	return OK;
}

void pg_done(struct db *db)
{
	struct pg *pg = pg_of(db);

	PQclear(pg->res);
	pg->res = NULL;
}

/* --- what comes back --- */

static int64_t get_int(const char *p, int n)
{
	const unsigned char *u = (const unsigned char *)p;
	uint64_t v = n && (u[0] & 0x80) && n > 1 ? UINT64_MAX : 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | u[i];
	return (int64_t)v;
}

enum err pg_value(struct db *db, int col, enum db_type type, struct db_value *out)
{
	struct pg *pg = pg_of(db);

	*out = (struct db_value){ .type = type, .null = PQgetisnull(pg->res, pg->row, col) != 0 };
	if (out->null)
		return OK;
	out->s.p = PQgetvalue(pg->res, pg->row, col);
	out->s.n = (size_t)PQgetlength(pg->res, pg->row, col);
	if (!fits(PQftype(pg->res, col), type))
		return fail(ERR_INTERNAL, "query=%s column=%d pg_type=%u", db->open->name, col,
		    PQftype(pg->res, col));
	if (type == DB_INT64)
		out->i = get_int(out->s.p, (int)out->s.n);
	if (type == DB_DATE && !date_parse(out->s, &out->d))
		return fail(ERR_INTERNAL, "query=%s column=%d is not a day", db->open->name, col);
	return OK;
}

enum err pg_fill(struct db *db, const struct db_query *q, struct arena *mem, unsigned char *row)
{
	struct db_value v;

	for (int i = 0; i < q->outs; i++) {
		TRY(pg_value(db, i, q->cols[i].type, &v));
		TRY(db_put(q, &q->cols[i], &v, mem, row));
	}
	return OK;
}
