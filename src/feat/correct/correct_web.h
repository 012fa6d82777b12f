/* Correct a wrong child: what was written about the wrong one is taken back. */
#ifndef CORRECT_WEB_H
#define CORRECT_WEB_H

#include "web/web.h"

extern const struct route correct_routes[];

#endif
