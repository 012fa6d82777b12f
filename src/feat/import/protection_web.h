/* People whose protection nobody has checked. */
#ifndef PROTECTION_WEB_H
#define PROTECTION_WEB_H

#include "web/web.h"

extern const struct route protection_routes[];

#endif
