/* "Berätta en gång": the family's own text, lent to named staff until a day. */
#ifndef STORY_WEB_H
#define STORY_WEB_H

#include "web/web.h"

extern const struct route story_routes[];

#endif
