/* When and how one meets: a calendar file, "the time does not suit", and the youth's own way to
 * meet (walks.md: change the form of a meeting). */
#ifndef MEET_WEB_H
#define MEET_WEB_H

#include "web/web.h"

extern const struct route meet_routes[];

#endif
