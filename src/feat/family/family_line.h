/* What happened, newest first. */
#ifndef FAMILY_LINE_H
#define FAMILY_LINE_H

#include "web/web.h"

enum err family_line(struct request *rq, struct response *rs);

#endif
