/* The page where an administrator says whether a relation that a source has let go of has ended. */
#ifndef LEFT_WEB_H
#define LEFT_WEB_H

#include "web/web.h"

extern const struct route left_routes[];

#endif
