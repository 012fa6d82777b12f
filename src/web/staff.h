/*
 * Who somebody at work is, for pages that name many: read once by each thread and known to it until
 * anything of the staff's world changes (org_stamp, which the reader's session read in the same
 * snapshot), or the day does. Names and telephone numbers at work are no secret inside the service;
 * what a page may say of a child is decided by its permit.
 */
#ifndef WEB_STAFF_H
#define WEB_STAFF_H

#include "web/web.h"

struct staff_away {
	struct date from, to; /* to unknown: nobody knows when */
};

struct staff_card {
	struct str name, title, unit, phone; /* phone may be empty */
	struct date to;                      /* the assignment's last day; unknown: none */
	struct staff_away *away;
	size_t n_away;
};

struct staff_cards; /* one thread's */

struct staff_cards *staff_cards_open(void);
/* Before each request: makes room when there is little. */
void staff_cards_begin(struct staff_cards *c); /* takes NULL */
void staff_cards_close(struct staff_cards *c); /* takes NULL */

/* NULL: no such assignment. Lives as long as the request. */
enum err staff_card(
    struct request *rq, struct assignment_id assignment, const struct staff_card **out);
/* The regime of a drawer: "school", "social", "health" ... Lives as long as the request. */
enum err staff_regime(struct request *rq, struct drawer_id drawer, struct str *out);

/* Who covers for somebody who is away today, once it has been worked out (feat/handover/carrier.h):
 * 0: nobody, or nobody is needed. false: not known yet. */
bool staff_cover(const struct request *rq, struct assignment_id of, struct assignment_id *cover);
void staff_cover_is(const struct request *rq, struct assignment_id of, struct assignment_id cover);

/* The last day away of who is away on that day; unknown: is there. Nobody knows, or the assignment
 * has ended: STAFF_NOBODY_KNOWS. */
struct date staff_away_to(const struct staff_card *c, struct date day);
#define STAFF_NOBODY_KNOWS ((struct date){ 2999, 12, 31 })

#endif
