/* The family's home: one page across all its children. */
#ifndef HOME_WEB_H
#define HOME_WEB_H

#include "web/web.h"

extern const struct route home_routes[];

#endif
