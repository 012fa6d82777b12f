/* Forms of what goes on at one's own service. */
#ifndef THREAD_WEB_H
#define THREAD_WEB_H

#include "web/web.h"

extern const struct route thread_routes[];

#endif
