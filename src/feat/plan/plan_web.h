/* Pages and forms of the plan. */
#ifndef PLAN_WEB_H
#define PLAN_WEB_H

#include "web/sheet.h"

extern const struct route plan_routes[];
extern const struct route start_routes[]; /* starting a plan, and the family's answer */
extern const struct route paper_routes[]; /* a yes on paper: seen by another, or not */

extern const struct route step_routes[];
extern const struct route paste_routes[];
extern const struct route parts_routes[]; /* needs, strengths, goals, outside parties */

/* The box "these can read when you have saved" for a form about an item; item 0: a new one. */
enum err plan_readers(struct request *rq, const char *kind, int64_t item, struct html_raw *out);

/* How a yes on paper comes to count, in words: who has to have seen it, and what it has to say;
 * or that nobody is there. permit: ACT_PLAN_START. */
enum err plan_paper_told(struct request *rq, struct str *out);

/* The field "area" of a need, and what was chosen in it; empty: marked as missing. */
void plan_area_field(struct request *rq, struct web_sheet *s, struct str now);
struct str plan_read_area(struct request *rq);

#endif
