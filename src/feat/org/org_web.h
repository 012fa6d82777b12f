/* The administrator's pages: units, staff, assignments. */
#ifndef ORG_WEB_H
#define ORG_WEB_H

#include "web/web.h"

extern const struct route org_routes[];

#endif
