/* The plan and what happened, as the family reads them. */
#ifndef FAMILY_WEB_H
#define FAMILY_WEB_H

#include "web/web.h"

extern const struct route family_routes[];
extern const struct route name_routes[]; /* what the child is called */

#endif
