#include "auth/session.h"

#include "q_session.h"

enum err session_begin(struct db *db, struct arena *mem, const struct token_keys *keys,
    struct person_id person, struct assignment_id assignment, int64_t now_ms, int64_t ends_ms,
    struct token *token)
{
	*token = token_fresh();
	return q_session_begin(db, token_hash(keys, mem, token), (struct session_id){ id_random() },
	    person, assignment, now_ms, ends_ms);
}

enum err session_end(struct db *db, struct session_id session, int64_t now_ms)
{
	return q_session_end(db, session, now_ms);
}

enum err session_end_worn(struct db *db, struct assignment_id assignment, int64_t now_ms)
{
	return q_session_end_worn(db, assignment, now_ms);
}
