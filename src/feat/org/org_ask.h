/*
 * An administrator gives no assignment to themselves: what they ask for counts when another
 * administrator of the authority or the unit's manager has said yes (PDL 4:2; promise 3). Where
 * nobody else is there the operator does it: tillsammans user allow.
 */
#ifndef ORG_ASK_H
#define ORG_ASK_H

#include "feat/org/org.h"

struct org_ask_facts {
	struct staff_id staff;
	struct unit_id unit;
	struct drawer_id drawer;
	struct str role, title;
	struct date from, to; /* to unknown: goes on */
};
/* Is that the reader? permit: ACT_ADMIN_EDIT. */
enum err org_ask_is_me(struct db *db, const struct permit *permit, struct arena *mem,
    struct staff_id staff, bool *out);
/* Asks; *waits: the same has been asked already, and nothing is new. */
enum err org_ask_put(struct db *db, const struct permit *permit, struct arena *mem,
    const struct org_ask_facts *f, bool *waits);

#endif
