/* PostgreSQL's two halves: db_pg.c (connection, errors, scopes) and db_pg_rows.c (queries). */
#ifndef DB_DB_PG_H
#define DB_DB_PG_H

#include <libpq-fe.h>

#include "db/db_engine.h"

/* Commands that wait for the next query, to travel with it in one round trip. */
#define PG_WAITING 3

struct pg {
	struct db db;
	PGconn *c;
	char *where;                     /* keeps */
	bool lost;                       /* the connection is gone */
	bool *kept;                      /* by db_query.index: prepared on this connection */
	const char *waiting[PG_WAITING]; /* static texts */
	int n_waiting;
	bool sent;     /* the scope has begun on the server */
	bool ending;   /* a snapshot's COMMIT is under way, unanswered */
	char xid[24];  /* of the DB_WRITE, to ask what became of it */
	PGresult *res; /* of the open query */
	int row, rows;
	int64_t changed;
	bool main_written; /* the DB_WRITE has changed the main store */
};

static inline struct pg *pg_of(struct db *db)
{
	return (struct pg *)(void *)db;
}

/* Held shared while a page is let go (DB_STILL), alone by every commit of the main store. It is let
 * go of after the commit can be seen by all. */
#define PG_GATE "842117306"

#define PG_XID "SELECT CAST(pg_current_xact_id() AS text)"

/* Logs what went wrong, without any value, and says which error it is. res may be NULL. */
#define PG_BORN(pg, res, what) pg_born((pg), (res), (what), __FILE__, __LINE__)
enum err pg_born(struct pg *pg, const PGresult *res, const char *what, const char *file, int line);
/* A connection that lives; outside scopes a lost one is made anew. */
enum err pg_ready(struct pg *pg);
/* Remembers the transaction's number from the answer to PG_XID. */
void pg_note_xid(struct pg *pg, const PGresult *res);

enum err pg_prepare(struct db *db, const struct db_query *q);
enum err pg_run(struct db *db, const struct db_query *q, const struct db_value *in);
enum err pg_next(struct db *db, bool *more);
void pg_done(struct db *db);
enum err pg_fill(struct db *db, const struct db_query *q, struct arena *mem, unsigned char *row);
enum err pg_value(struct db *db, int col, enum db_type type, struct db_value *out);

#endif
