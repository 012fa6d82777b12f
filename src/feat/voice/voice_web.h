/* The child's own words: a youth writes to a reader chosen before, staff write down what a younger
 * child said. */
#ifndef VOICE_WEB_H
#define VOICE_WEB_H

#include "web/web.h"

extern const struct route voice_routes[];

#endif
