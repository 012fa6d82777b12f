/* Sessions: a random token in a cookie, its hash in the database. */
#ifndef AUTH_SESSION_H
#define AUTH_SESSION_H

#include <stdint.h>

#include "auth/token.h"
#include "core/ids.h"
#include "db/db.h"

/* Begins a session; the cookie's value comes out in *token. assignment.v 0: family. */
enum err session_begin(struct db *db, struct arena *mem, const struct token_keys *keys,
    struct person_id person, struct assignment_id assignment, int64_t now_ms, int64_t ends_ms,
    struct token *token);
/* Ends it; none by that id is no error. */
enum err session_end(struct db *db, struct session_id session, int64_t now_ms);
/* Ends every session that wears the assignment: it holds no longer, or its person has left. */
enum err session_end_worn(struct db *db, struct assignment_id assignment, int64_t now_ms);

#endif
