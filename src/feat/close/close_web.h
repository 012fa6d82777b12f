/* Pages: close a plan; the legal forms on its timeline. */
#ifndef CLOSE_WEB_H
#define CLOSE_WEB_H

#include "web/web.h"

extern const struct route close_routes[];
extern const struct route layer_routes[];

#endif
