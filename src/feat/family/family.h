/*
 * What the family may see of what stands in a plan: one eye for home, plan, timeline, letters and
 * hand-on, so that they can't differ. The rules themselves are access/policy.h (OSL 12:1, 12:3).
 */
#ifndef FAMILY_H
#define FAMILY_H

#include "access/policy.h"
#include "web/web.h"

/* Who looks, at which child, on which day. */
struct family_eye {
	enum stand stand;
	struct date born, day;
};
/* Of the permit for one child. */
struct family_eye family_eye_of(const struct request *rq);
/* What a holder marked "harm to child" is shown to nobody in the family but the child itself. */
bool family_sees_harm(const struct family_eye *e);
/* May this eye see an item of the plan, agreed with the family? */
bool family_sees_agreed(const struct family_eye *e, enum item_kind kind, bool harm);
/* May it see what goes on at a service? in_plan: it stands in the plan, so it was agreed. */
bool family_sees_thread(const struct family_eye *e, struct str regime, bool in_plan, bool harm);

/* A state of something that goes on: in words, and the colour of its pill. */
struct str family_state(const struct request *rq, struct str state);
const char *family_color(struct str state);

/* Staff whom this family knows by what it may see: contact, lead, who answers for threads and
 * support. Never everybody engaged: that somebody works with a child can be the child's own secret.
 */
struct family_helper {
	struct assignment_id assignment;
	struct str name, title, unit, phone;
	bool contact;        /* the family's contact */
	struct date away_to; /* unknown: is there */
	struct str cover;    /* who reads meanwhile; empty: nobody named */
};
struct family_helpers {
	struct family_helper *v;
	size_t n;
};
enum err family_helpers(struct request *rq, struct family_helpers *out);
/* Those of out that this number names; NULL: none. */
const struct family_helper *family_helper_by(const struct family_helpers *all, int64_t assignment);

/* "The time does not suit", where the step stands, for the one who said it and nobody else
 * (promise 20). */
struct family_time {
	struct str says; /* empty: this reader has not said so, or not of the time the step has now
			  */
	bool answered;
	struct child_id child;
};
/* who: whom it went to; read_ms, answered_ms 0: not yet. */
struct family_time family_time_said(const struct request *rq, struct child_id child,
    int64_t sent_ms, struct str who, int64_t read_ms, int64_t answered_ms);

/* Something visible that one may disagree with or hand on, in one sentence. ERR_NOT_FOUND: no such
 * item for this reader. kinds: need, goal, measure, step, thread. you: said to this reader ("du"),
 * else by name, as to somebody else who will read it. */
enum err family_item(
    struct request *rq, struct str kind, int64_t item, bool you, struct str *words);

#endif
