/* The page "Vem har läst". */
#ifndef LOOKS_WEB_H
#define LOOKS_WEB_H

#include "web/web.h"

extern const struct route looks_routes[];

#endif
