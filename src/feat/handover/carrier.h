/*
 * Who carries a plan today (promise 2): its lead; while the lead is away, has left or has not
 * begun, the deputy; where no deputy is at work, the unit's manager. Never nobody: with none of
 * them the lead still stands there, and CARRIER_NOBODY says that somebody must take over.
 *
 * The family's home and its contact, the work page and the manager's page all ask here. Staff at
 * work only: nothing of the child is read.
 */
#ifndef CARRIER_H
#define CARRIER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "core/ids.h"
#include "db/db.h"

enum carrier_how { CARRIER_LEAD, CARRIER_DEPUTY, CARRIER_MANAGER, CARRIER_NOBODY };

/* What the choice is made on. */
struct carrier_facts {
	bool lead_here;    /* the assignment holds that day and its person is not away */
	bool deputy_here;  /* there is one, and the same */
	bool manager_here; /* the unit has a manager whose assignment holds, away or not */
};
enum carrier_how carrier_choose(const struct carrier_facts *f);

struct carrier {
	enum carrier_how how;
	struct assignment_id assignment;     /* who carries now; never 0 */
	struct assignment_id lead;           /* whose it is */
	struct str name, title, unit, phone; /* of who carries; phone may be empty */
	struct str lead_name;
	struct date back; /* the lead's last day away; unknown: the lead is here, or nobody knows */
	bool lead_left;   /* the lead's assignment has ended: the plan must be given on */
};
/* The caller has found the plan by its own permit. ERR_NOT_FOUND: no such plan, or it is closed. */
enum err carrier_of_plan(
    struct db *db, struct arena *mem, struct plan_id plan, struct date day, struct carrier *out);
/* The same for one assignment (the family's contact, where it is another than the lead); *lead is
 * that assignment. ERR_NOT_FOUND: none such. */
enum err carrier_of_assignment(struct db *db, struct arena *mem, struct assignment_id of,
    struct date day, struct carrier *out);

#endif
