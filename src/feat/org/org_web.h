/* The administrator's pages: units, staff, assignments. */
#ifndef ORG_WEB_H
#define ORG_WEB_H

#include "web/field.h"

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

extern const struct route org_routes[];

#endif
