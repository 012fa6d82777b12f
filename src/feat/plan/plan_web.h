/* Pages and forms of the plan. */
#ifndef PLAN_WEB_H
#define PLAN_WEB_H

#include "web/web.h"

extern const struct route plan_routes[];
extern const struct route start_routes[]; /* starting a plan, and the family's answer */

#endif
