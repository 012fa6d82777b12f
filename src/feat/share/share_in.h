/* What the parts of this feature know of each other. */
#ifndef SHARE_IN_H
#define SHARE_IN_H

#include "access/policy.h"
#include "feat/share/share.h"
#include "q_share.h"

/* What the rules look at of a child, on the permit's day. */
struct share_facts {
	struct person_id person;
	struct str name;
	int age; /* AGE_UNBORN, AGE_UNKNOWN */
	struct date born;
	int guardians; /* those who decide that day */
	enum protection protection;
};
enum err share_facts(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct share_facts *out);

/* The party a drawer's regime is; false: none of the rules'. */
bool share_drawer_party(struct str regime, enum party *out);
/* What kind of content an item of that drawer is. */
enum content share_content(const char *kind, enum party holder);
/* Does a yes with that scope ("plan", "steps", "school", "health", "social") speak of the item? */
bool share_covers(struct str scope, const char *kind, enum party holder, bool in_plan);
/* What the child says: its own answer first, else the view that was written down. */
enum says share_says(const struct share_facts *f, struct str child_view, struct str child_answer);
/* What an item says to the one who receives it, in Swedish. holder: whose it is; the names in it
 * are those by which that drawer knows the child and its family. */
enum err share_words(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, const char *kind, int64_t item, struct drawer_id holder,
    struct str *out);
bool share_family_sees(const struct permit *permit, const struct share_facts *f, const char *kind,
    enum party holder, bool harm, enum party viewer);

#endif
