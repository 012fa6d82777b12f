/* The staff's page of one child, and the pages that lead to it: find, register. */
#ifndef CHILD_WEB_H
#define CHILD_WEB_H

#include "web/web.h"

extern const struct route child_routes[];
extern const struct route find_routes[];
extern const struct route register_routes[];
extern const struct route engage_routes[];

#endif
