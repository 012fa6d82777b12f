/* Pages of sharing: a yes, a disclosure with a ground, what waits for an assessment. */
#ifndef SHARE_WEB_H
#define SHARE_WEB_H

#include "web/web.h"

extern const struct route waiver_routes[];
extern const struct route waiver_ask_routes[];
extern const struct route disclose_routes[];

#endif
