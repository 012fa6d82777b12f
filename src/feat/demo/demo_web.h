/* The demo's start page: every role one click away. Impossible outside demo mode, which is written
 * into the database. */
#ifndef DEMO_WEB_H
#define DEMO_WEB_H

#include "web/web.h"

extern const struct route demo_routes[];

#endif
