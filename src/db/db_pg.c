/* PostgreSQL: connection, errors, scopes. */
#include "db/db_pg.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"

#define ASK_S 10 /* how long the server is asked what became of a commit */

static const struct db_ops ops;

/* --- errors --- */

/*
 * PostgreSQL's messages may quote values, so only names are logged. Messages of class 42 (our own
 * SQL is wrong) and 25 hold none, and help.
 */
enum err pg_born(struct pg *pg, const PGresult *res, const char *what, const char *file, int line)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *rule = res ? PQresultErrorField(res, PG_DIAG_CONSTRAINT_NAME) : NULL;
	const char *table = res ? PQresultErrorField(res, PG_DIAG_TABLE_NAME) : NULL;
	const char *column = res ? PQresultErrorField(res, PG_DIAG_COLUMN_NAME) : NULL;
	const char *says = "";
	enum err e = ERR_INTERNAL;

	state = state ? state : "";
	if (PQstatus(pg->c) == CONNECTION_BAD || strncmp(state, "08", 2) == 0 ||
	    strncmp(state, "57P", 3) == 0 ||
	    (strcmp(state, "25006") == 0 && pg->db.use == DB_WRITER)) {
		pg->lost = true; /* gone, going, or no longer the one that takes writes */
		e = ERR_RETRY;
	} else if (strncmp(state, "40", 2) == 0 || strcmp(state, "55P03") == 0 ||
		   strcmp(state, "57014") == 0) {
		e = ERR_RETRY;
	} else if (strncmp(state, "53", 2) == 0) {
		e = ERR_BUSY;
	} else if (strncmp(state, "23", 2) == 0 || strcmp(state, "P0001") == 0) {
		e = ERR_CONFLICT;
	} else if (strncmp(state, "42", 2) == 0 || strncmp(state, "25", 2) == 0) {
		says = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	}
	return err_born(e, file, line,
	    "query=%s state=%s constraint=%s table=%s column=%s says=\"%s\"", what, state,
	    rule ? rule : "", table ? table : "", column ? column : "", says ? says : "");
}

/* --- connection --- */

static void silent(void *ctx, const PGresult *res)
{
	(void)ctx, (void)res; /* notices may quote values */
}

static const char set_up_both[] = "SET lock_timeout = '2s'; SET statement_timeout = '30s';"
				  "SET standard_conforming_strings = on;";
/* A commit that is not on disk is no commit: a server-wide "off" is not taken over. */
static const char set_up_writer[] = "SELECT set_config('synchronous_commit', 'on', false) "
				    "WHERE current_setting('synchronous_commit') = 'off'";
static const char set_up_reader[] = "SET default_transaction_read_only = on";

static enum err set_up(struct pg *pg, const char *sql)
{
	PGresult *r = PQexec(pg->c, sql);
	ExecStatusType st = PQresultStatus(r);
	enum err e = OK;

	if (st != PGRES_COMMAND_OK && st != PGRES_TUPLES_OK)
		e = PG_BORN(pg, r, "connect");
	PQclear(r);
	return e;
}

static enum err connect_to(struct pg *pg)
{
	const char *names[] = { "connect_timeout", "tcp_user_timeout", "application_name", "dbname",
		"client_encoding", NULL };
	const char *values[] = { "5", "10000", "tillsammans", pg->where, "UTF8", NULL };
	const char *encoding;

	PQfinish(pg->c);
	pg->lost = true;
	pg->sent = pg->ending = false;
	pg->n_waiting = 0;
	memset(pg->kept, 0, (size_t)db_query_count + 1);
	pg->c = PQconnectdbParams(names, values, 1);
	must(pg->c);
	if (PQstatus(pg->c) != CONNECTION_OK) /* its message may hold the address and user */
		return fail(ERR_RETRY, "PostgreSQL does not answer");
	PQsetNoticeReceiver(pg->c, silent, NULL);
	encoding = PQparameterStatus(pg->c, "server_encoding");
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		return fail(ERR_INTERNAL, "the PostgreSQL database is not in UTF8");
	TRY(set_up(pg, set_up_both));
	TRY(set_up(pg, pg->db.use == DB_WRITER ? set_up_writer : set_up_reader));
	pg->lost = false;
	return OK;
}

enum err pg_ready(struct pg *pg)
{
	if (pg->ending) {
		PGresult *r;

		while ((r = PQgetResult(pg->c)) != NULL)
			PQclear(r);
		pg->ending = false;
		pg->lost = pg->lost || PQstatus(pg->c) == CONNECTION_BAD ||
			   PQtransactionStatus(pg->c) != PQTRANS_IDLE;
	}
	if (!pg->lost)
		return OK;
	if (pg->db.in_scope)
		return ERR_RETRY; /* the scope is gone with the connection; logged then */
	log_line(LOG_WARN, "db_reconnect", "engine=postgresql");
	return connect_to(pg);
}

static void pg_close(struct db *db)
{
	struct pg *pg = pg_of(db);

	pg_done(db);
	PQfinish(pg->c);
	free(pg->kept);
	free(pg->where);
	free(pg);
}

enum err db_pg_open(const char *where, enum db_use use, struct db **out)
{
	struct pg *pg = calloc(1, sizeof *pg);
	enum err e;

	must(pg);
	pg->db = (struct db){ .ops = &ops, .engine = DB_POSTGRES, .use = use };
	pg->where = strdup(where);
	pg->kept = calloc((size_t)db_query_count + 1, sizeof *pg->kept);
	must(pg->where && pg->kept);
	e = connect_to(pg);
	if (e != OK) {
		pg_close(&pg->db);
		return e;
	}
	*out = &pg->db;
	return OK;
}

/* --- scopes --- */

/* One command without rows, or several. tag: what the server must have done; NULL: anything. */
static enum err command(struct pg *pg, const char *sql, const char *tag)
{
	PGresult *r = PQexec(pg->c, sql);
	ExecStatusType st = PQresultStatus(r);
	enum err e = OK;

	if (st != PGRES_COMMAND_OK && st != PGRES_TUPLES_OK)
		e = PG_BORN(pg, r, sql);
	else if (tag && strcmp(PQcmdStatus(r), tag) != 0)
		e = fail(ERR_INTERNAL, "PostgreSQL did another thing than %s", tag);
	PQclear(r);
	return e;
}

void pg_note_xid(struct pg *pg, const PGresult *res)
{
	snprintf(pg->xid, sizeof pg->xid, "%s", PQgetvalue(res, 0, 0));
}

/* Sends what waits by itself: a script follows, which can't travel with it. */
static enum err send_waiting(struct pg *pg)
{
	for (int i = 0; i < pg->n_waiting; i++) {
		PGresult *r = PQexec(pg->c, pg->waiting[i]);
		ExecStatusType st = PQresultStatus(r);
		enum err e = OK;

		if (st == PGRES_TUPLES_OK)
			pg_note_xid(pg, r);
		else if (st != PGRES_COMMAND_OK)
			e = PG_BORN(pg, r, pg->waiting[i]);
		PQclear(r);
		if (e != OK)
			return e;
	}
	pg->sent = pg->sent || pg->n_waiting > 0;
	pg->n_waiting = 0;
	return OK;
}

static enum err pg_script(struct db *db, const char *sql)
{
	struct pg *pg = pg_of(db);

	TRY(pg_ready(pg));
	TRY(send_waiting(pg));
	PGresult *r = PQexec(pg->c, sql);
	ExecStatusType st = PQresultStatus(r);
	/* Empty: a migration that is the other engine's alone. */
	bool good = st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK || st == PGRES_EMPTY_QUERY;
	enum err e = good ? OK : PG_BORN(pg, r, "script");

	PQclear(r);
	return e;
}

static void wait_with(struct pg *pg, const char *sql)
{
	must(pg->n_waiting < PG_WAITING);
	pg->waiting[pg->n_waiting++] = sql;
}

static enum err pg_begin(struct db *db, enum db_scope_kind kind)
{
	struct pg *pg = pg_of(db);

	TRY(pg_ready(pg));
	switch (kind) {
	case DB_SNAPSHOT:
		pg->sent = false;
		wait_with(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
		break;
	case DB_STILL:
		pg->sent = false;
		/* Each statement sees what is committed then; behind the lock that stands still. */
		wait_with(pg, "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
		wait_with(pg, "SELECT pg_advisory_xact_lock_shared(" PG_GATE ")");
		break;
	case DB_WRITE:
		pg->sent = pg->main_written = false;
		pg->xid[0] = '\0';
		wait_with(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ");
		wait_with(pg, PG_XID);
		break;
	case DB_SAVEPOINT:
		wait_with(pg, "SAVEPOINT one");
		break;
	}
	return OK;
}

static enum err pg_begin_migration(struct db *db)
{
	struct pg *pg = pg_of(db);

	TRY(pg_ready(pg));
	pg->sent = true;
	/* READ COMMITTED: what another program migrated while this one waited must be seen. */
	return command(pg,
	    "BEGIN; SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '10min';"
	    "SELECT pg_advisory_xact_lock(842117305)",
	    NULL);
}

static enum err pg_rollback(struct db *db, enum db_scope_kind kind)
{
	struct pg *pg = pg_of(db);
	bool waits = pg->n_waiting > 0;

	if (pg->lost) { /* nothing is left on the server */
		pg->n_waiting = 0;
		return OK;
	}
	if (kind == DB_SAVEPOINT) {
		if (waits && strncmp(pg->waiting[pg->n_waiting - 1], "SAVE", 4) == 0) {
			pg->n_waiting--;
			return OK;
		}
		return command(pg, "ROLLBACK TO SAVEPOINT one; RELEASE SAVEPOINT one", NULL);
	}
	pg->n_waiting = 0;
	if (!pg->sent)
		return OK;
	pg->sent = false;
	if (PQtransactionStatus(pg->c) == PQTRANS_IDLE)
		return OK; /* a COMMIT that was refused has ended it */
	return command(pg, "ROLLBACK", "ROLLBACK");
}

static enum err pg_end(struct db *db)
{
	struct pg *pg = pg_of(db);
	bool sent = pg->sent;

	pg->n_waiting = 0;
	pg->sent = false;
	if (!sent || pg->lost)
		return OK; /* its rows are in memory already */
	/* A snapshot's end can't fail in a way that matters: its answer is read before the next
	 * query is sent, so that nobody waits for it. */
	if (PQsendQuery(pg->c, "COMMIT") != 1)
		pg->lost = true;
	else
		pg->ending = true;
	return OK;
}

/*
 * The constraints are checked inside the savepoint, so that it alone is refused, and are put off
 * again for the next one. (A constraint that can be deferred is INITIALLY DEFERRED here, always.)
 */
static enum err pg_release(struct db *db)
{
	struct pg *pg = pg_of(db);

	if (pg->n_waiting > 0 && strncmp(pg->waiting[pg->n_waiting - 1], "SAVE", 4) == 0) {
		pg->n_waiting--; /* nothing was done in it */
		return OK;
	}
	return command(pg,
	    "SET CONSTRAINTS ALL IMMEDIATE; RELEASE SAVEPOINT one; SET CONSTRAINTS ALL DEFERRED",
	    NULL);
}

static time_t seconds(void)
{
	struct timespec t;

	clock_gettime(
	    CLOCK_MONOTONIC, &t); /* not the program's clock, which tests make stand still */
	return t.tv_sec;
}

/* The connection broke while COMMIT was under way: asks the server what became of it. */
static enum err what_became(struct pg *pg)
{
	const struct timespec pause = { .tv_nsec = 50000000 };
	time_t until = seconds() + ASK_S;

	for (; seconds() < until; nanosleep(&pause, NULL)) {
		const char *const values[] = { pg->xid };
		PGresult *r;
		char said[16];

		if (pg->lost && connect_to(pg) != OK)
			continue;
		r = PQexecParams(pg->c, "SELECT pg_xact_status(CAST(CAST($1 AS text) AS xid8))", 1,
		    NULL, values, NULL, NULL, 0);
		if (PQresultStatus(r) != PGRES_TUPLES_OK) {
			(void)PG_BORN(pg, r, "what became of a commit");
			PQclear(r);
			continue;
		}
		snprintf(said, sizeof said, "%s", PQgetvalue(r, 0, 0));
		PQclear(r);
		if (strcmp(said, "committed") == 0)
			return OK;
		if (strcmp(said, "aborted") == 0)
			return ERR_RETRY; /* logged when the connection was lost */
	}
	return fail(ERR_BUSY, "nobody knows whether a commit landed: the server does not answer");
}

static enum err pg_commit(struct db *db)
{
	struct pg *pg = pg_of(db);
	enum err e;

	if (pg->lost)
		return ERR_RETRY;
	if (!pg->sent) {
		pg->n_waiting = 0;
		return OK;
	}
	e = command(pg,
	    pg->main_written ? "SELECT pg_advisory_xact_lock(" PG_GATE "); COMMIT" : "COMMIT",
	    "COMMIT");
	if (e == ERR_RETRY && pg->lost)
		e = pg->xid[0] ? what_became(pg) : ERR_BUSY;
	if (e == OK)
		pg->sent = false;
	return e;
}

static int64_t pg_changed(struct db *db)
{
	return pg_of(db)->changed;
}

static int64_t pg_wal_bytes(const struct db *db)
{
	(void)db;
	return 0;
}

static enum err pg_backup(struct db *db, const char *to)
{
	(void)db;
	(void)to;
	return ERR_INVALID; /* pg_dump and pgbackrest are the engine's own and better */
}

static enum err pg_checkpoint(struct db *db)
{
	(void)db; /* the server's own */
	return OK;
}

static const struct db_ops ops = {
	.close = pg_close,
	.prepare = pg_prepare,
	.run = pg_run,
	.next = pg_next,
	.done = pg_done,
	.fill = pg_fill,
	.value = pg_value,
	.changed = pg_changed,
	.script = pg_script,
	.begin = pg_begin,
	.end = pg_end,
	.release = pg_release,
	.rollback = pg_rollback,
	.commit = pg_commit,
	.begin_migration = pg_begin_migration,
	.wal_bytes = pg_wal_bytes,
	.checkpoint = pg_checkpoint,
	.backup = pg_backup,
};
