/* Pages of the hand-over: ask, take back, accept, decline. */
#ifndef HANDOVER_WEB_H
#define HANDOVER_WEB_H

#include "web/web.h"

extern const struct route handover_routes[];

#endif
