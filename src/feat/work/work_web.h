/* My work: one table, one row per child, changed in place, one Save. */
#ifndef WORK_WEB_H
#define WORK_WEB_H

#include "web/web.h"

extern const struct route work_routes[];

#endif
