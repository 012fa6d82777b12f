/*
 * Who works where, as what, and who covers (promise 2). Owner of authority, drawer, unit, staff,
 * assignment and absence. Each change of what somebody may see bumps person.access_version in the
 * same transaction: pages that are being made for that person are made again, or end.
 *
 * Callers have found the assignment inside their own scope (manager: the unit; administrator: the
 * authority). permit: ACT_UNIT_EDIT or ACT_ADMIN_EDIT.
 */
#ifndef ORG_H
#define ORG_H

#include "access/access.h"
#include "web/field.h"

/* Away from one day to another (unknown: not known yet). */
enum err org_absence_add(struct db *db, const struct permit *permit, struct assignment_id of,
    struct date from, struct date to);
/* Back on that day: what has begun ends the day before, what has not begun is taken away. */
enum err org_absence_end(
    struct db *db, const struct permit *permit, struct assignment_id of, struct date back);
/* Who covers: an assignment at work in the same drawer; 0: nobody. ERR_INVALID: not such a one, or
 * nobody although the assignment has ended or its person is away and it carries plans.
 * ERR_CONFLICT: changed since. */
enum err org_deputy_set(struct db *db, const struct permit *permit, struct arena *mem,
    struct assignment_id of, struct assignment_id deputy, int64_t version);
/* Ends an assignment with that last day. *carries: how many open plans it leads; when there are any
 * and no deputy is at work in the same drawer that day, nothing is changed and *ended is false
 * (promise 2). */
enum err org_assignment_end(struct db *db, const struct permit *permit, struct arena *mem,
    struct assignment_id of, struct date last, int64_t version, int64_t *carries, bool *ended);

/* Who covers an assignment, as a part of a page ({{call org_deputy : &v->deputy}}): the
 * administrator and the unit's manager choose in the same words. */
struct org_deputy_form {
	struct str action; /* where it is sent */
	int64_t version;   /* of the assignment */
	struct web_field field;
};
/* now: who covers today; v = 0: nobody. To choose from: who is at work in the same drawer today. */
enum err org_deputy_form(struct request *rq, struct assignment_id of, struct assignment_id now,
    int64_t version, struct str action, struct org_deputy_form *out);
/* Saves what the form says. *saved false: the page comes back with what is to be mended. */
enum err org_deputy_save(struct request *rq, struct assignment_id of, bool *saved);

/* --- what an administrator asks for themselves (org_ask.h) --- */

/* What waits for an answer, as a part of a page ({{call org_asks : &v->asks}}). */
struct org_ask_row {
	struct ask_id id;
	struct str name, title, role, unit;
};
struct org_asks {
	struct str path; /* "/admin" or "/unit" */
	struct {
		struct org_ask_row *v;
		size_t n;
	} rows;
};
enum err org_asks(struct request *rq, const char *path, struct org_asks *out);

/* The page of one and its answer, under /admin and /unit alike. */
enum err org_ask_show(struct request *rq, struct response *rs);
enum err org_ask_save(struct request *rq, struct response *rs);

#endif
