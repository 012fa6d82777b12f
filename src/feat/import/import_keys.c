/* The master key changes hands: records in quarantine are sealed and indexed anew. */
#include "auth/seal.h"
#include "feat/import/import.h"
#include "q_import.h"

static enum err renew(struct db *db, struct arena *mem, const struct keys *keys,
    const struct q_quarantine_keys_old *r, bool *opens)
{
	struct str text;

	*opens = seal_open(keys, mem, "quarantine", r->id.v, r->payload, &text) == OK;
	if (!*opens)
		return OK;
	return q_quarantine_keys_renew(db, r->id, r->payload,
	    seal_close(keys, mem, "quarantine", r->id.v, text),
	    seal_index(keys, mem, keys_newest(keys), text));
}

enum err quarantine_keys_renew(struct db *db, struct arena *mem, const struct keys *keys,
    struct quarantine_id *after, size_t *n, size_t *bad)
{
	char version = (char)keys_newest(keys);
	struct q_quarantine_keys_old_list rows;

	*n = *bad = 0;
	TRY(q_quarantine_keys_old(
	    db, mem, *after, (struct str){ &version, 1 }, QUARANTINE_KEYS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool opens;

		TRY(renew(db, mem, keys, &rows.v[i], &opens));
		*(opens ? n : bad) += 1;
		*after = rows.v[i].id;
	}
	return OK;
}
