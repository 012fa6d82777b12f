/* The master key changes hands: numbers are sealed and indexed anew, a person at a time. Whoever is
 * asked meanwhile finds both (person_find_by_number asks under every key of the file). */
#include "auth/seal.h"
#include "base/log.h"
#include "feat/person/person.h"
#include "q_person.h"

static struct str version_byte(struct arena *mem, const struct keys *keys)
{
	char *v = arena_array(mem, char, 1);

	v[0] = (char)keys_newest(keys);
	return (struct str){ v, 1 };
}

/* What each of the person's sources says, and the index that finds them. */
static enum err renew(
    struct db *db, struct arena *mem, const struct keys *keys, struct person_id person)
{
	struct q_person_keys_of_list rows;

	TRY(q_person_keys_of(db, mem, person, version_byte(mem, keys), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_person_keys_of *r = &rows.v[i];
		struct str text, index;

		TRY(seal_open(keys, mem, "identity", r->id.v, r->number_sealed, &text));
		index = seal_index(keys, mem, keys_newest(keys), text);
		TRY(q_person_keys_renew(db, r->id, r->number_index,
		    seal_close(keys, mem, "identity", r->id.v, text), index));
		TRY(q_person_keys_renew_index(db, person, r->number_index, index));
	}
	return OK;
}

static enum err renew_number(struct db *db, struct arena *mem, const struct keys *keys,
    const struct q_person_keys_old_numbers *r)
{
	struct str text;

	TRY(seal_open(keys, mem, "person_number", r->person.v, r->number_sealed, &text));
	return q_person_keys_renew_number(db, r->person, r->number_index,
	    seal_index(keys, mem, keys_newest(keys), text),
	    seal_close(keys, mem, "person_number", r->person.v, text));
}

/* One person's change: its own savepoint, so that one that does not open holds up no other. */
static enum err end_one(struct db *db, enum err e, size_t *n, size_t *bad)
{
	if (e == OK)
		e = db_release(db);
	else if (e != ERR_RETRY && e != ERR_BUSY)
		TRY(db_rollback(db, DB_SAVEPOINT));
	if (e == ERR_RETRY || e == ERR_BUSY)
		return e;
	*(e == OK ? n : bad) += 1;
	return OK;
}

enum err person_keys_renew(struct db *db, struct arena *mem, const struct keys *keys,
    struct person_id *after, size_t *n, size_t *bad)
{
	struct q_person_keys_old_list rows;

	*n = *bad = 0;
	TRY(q_person_keys_old(db, mem, *after, version_byte(mem, keys), PERSON_KEYS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		TRY(db_begin(db, DB_SAVEPOINT));
		TRY(end_one(db, renew(db, mem, keys, rows.v[i].person), n, bad));
		*after = rows.v[i].person;
	}
	return OK;
}

enum err person_keys_renew_numbers(struct db *db, struct arena *mem, const struct keys *keys,
    struct person_id *after, size_t *n, size_t *bad)
{
	struct q_person_keys_old_numbers_list rows;

	*n = *bad = 0;
	TRY(q_person_keys_old_numbers(
	    db, mem, *after, version_byte(mem, keys), PERSON_KEYS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		TRY(db_begin(db, DB_SAVEPOINT));
		TRY(end_one(db, renew_number(db, mem, keys, &rows.v[i]), n, bad));
	}
	/* A person may have several: those of the last one come again, unless nothing moves. */
	if (rows.n)
		after->v = rows.v[rows.n - 1].person.v + (*n == 0);
	return OK;
}
