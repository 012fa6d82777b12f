#include "db/db_engine.h"

/* Which migrations a store has had. */
static const struct db_query have = {
	.name = "migrations_had",
	.sqlite = "SELECT number FROM schema_migration WHERE store = ?1 ORDER BY number",
	.pg = "SELECT number FROM schema_migration WHERE store = $1 ORDER BY number",
	.index = -1,
	.ins = 1,
	.outs = 1,
	.in_types = (const enum db_type[]){ DB_INT64 },
};

static const struct db_query note = {
	.name = "migration_note",
	.sqlite = "INSERT INTO schema_migration (store, number, name) VALUES (?1, ?2, ?3)",
	.pg = "INSERT INTO schema_migration (store, number, name) VALUES ($1, $2, $3)",
	.index = -1,
	.ins = 3,
	.in_types = (const enum db_type[]){ DB_INT64, DB_INT64, DB_TEXT },
	.writes = true,
};

/* Finds the first migration of the list that the database has not had; NULL: it has all. */
static enum err first_missing(struct db *db, enum db_store store, const struct db_migration *list,
    const struct db_migration **out)
{
	const struct db_value in[] = { { .type = DB_INT64, .i = store } };
	bool more;

	*out = NULL;
	TRY(db_run(db, &have, in));
	for (;;) {
		TRY(db_next(db, &more));
		if (!more)
			break;
		int64_t had = db_col_i64(db, 0);

		while (list->name && list->number < had) {
			*out = *out ? *out : list; /* one that landed later with a lower number */
			list++;
		}
		if (!list->name || list->number != had) {
			db_done(db);
			return fail(ERR_INVALID,
			    "the database has migration %lld, which this program does not know: "
			    "it was made by a newer program",
			    (long long)had);
		}
		list++;
	}
	if (!*out && list->name)
		*out = list;
	return OK;
}

/* One migration, in its own transaction; *left: there may be more. */
static enum err step(
    struct db *db, enum db_store store, const struct db_migration *list, bool *left)
{
	bool sqlite = db->engine == DB_SQLITE;
	const struct db_migration *m;

	TRY(db_script(db,
	    sqlite ? "CREATE TABLE IF NOT EXISTS schema_migration (store INTEGER NOT NULL, "
		     "number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (store, number)) "
		     "STRICT"
		   : "CREATE TABLE IF NOT EXISTS schema_migration (store BIGINT NOT NULL, "
		     "number BIGINT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (store, number))"));
	TRY(first_missing(db, store, list, &m));
	*left = m != NULL;
	if (!m)
		return OK;
	TRY(db_script(db, sqlite ? m->sqlite : m->pg));

	const struct db_value in[] = {
		{ .type = DB_INT64, .i = store },
		{ .type = DB_INT64, .i = m->number },
		{ .type = DB_TEXT, .s = str_of(m->name) },
	};

	return db_change(db, &note, in, 1);
}

enum err db_migrate_list(struct db *db, enum db_store store, const struct db_migration *list)
{
	bool left = true;

	must(!db->in_scope && db->use == DB_WRITER);
	while (left) {
		enum err e;

		TRY(db->ops->begin_migration(db));
		db->in_scope = true;
		db->scope = DB_WRITE;
		e = step(db, store, list, &left);
		if (e != OK) {
			(void)db_rollback(db, DB_WRITE);
			return e;
		}
		TRY(db_commit(db));
	}
	return OK;
}

enum err db_migrate(struct db *db, enum db_store store)
{
	return db_migrate_list(
	    db, store, store == DB_STORE_BOOK ? db_migrations_book : db_migrations_main);
}
