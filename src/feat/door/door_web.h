/* The front door: where to begin, which language, how to leave, and pages that anybody may read. */
#ifndef DOOR_WEB_H
#define DOOR_WEB_H

#include "web/web.h"

extern const struct route door_routes[];

#endif
