/* The staff's page of one child, and the pages that lead to it: find, register. */
#ifndef CHILD_WEB_H
#define CHILD_WEB_H

#include "web/web.h"

extern const struct route child_routes[];
extern const struct route find_routes[];
extern const struct route register_routes[];
extern const struct route engage_routes[];

/* Counts one try of this assignment to reach somebody by number; tries count even when nothing is
 * found. *out: there were too many, and the answer is a refusal on record (the page: 429). */
enum err find_too_many(struct request *rq, struct response *rs, bool *out);

#endif
