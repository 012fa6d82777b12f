/* The page where an administrator answers records that could not be read in. */
#ifndef IMPORT_WEB_H
#define IMPORT_WEB_H

#include "web/web.h"

extern const struct route import_routes[];

#endif
