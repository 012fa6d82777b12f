/* The manager's pages: who is away, who covers, what waits; never what stands about a child. */
#ifndef UNIT_WEB_H
#define UNIT_WEB_H

#include "web/web.h"

extern const struct route unit_routes[];

#endif
