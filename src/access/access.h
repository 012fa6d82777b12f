/*
 * Keys: who may do what to whom. No permit, no query. access_* decides with the pure rules of
 * access/policy.h on facts read by its own queries, and notes what the book of looks will say.
 */
#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "core/act.h"
#include "core/ids.h"

struct permit; /* closed: only access.c makes one */

/* must() unless the permit was made for this act, or for one of these n acts. */
void permit_need(const struct permit *p, enum act act);
void permit_need_any(const struct permit *p, const enum act *acts, int n);
struct child_id permit_child(const struct permit *p);           /* v = 0: not about one child */
struct person_id permit_actor(const struct permit *p);          /* v = 0: the public, a job */
struct staff_id permit_staff(const struct permit *p);           /* v = 0: not staff */
struct assignment_id permit_assignment(const struct permit *p); /* v = 0: not staff */
struct drawer_id permit_drawer(const struct permit *p);         /* the assignment's drawer */
struct date permit_day(const struct permit *p);                 /* civil day in Sweden */
int64_t permit_now_ms(const struct permit *p);

#endif
