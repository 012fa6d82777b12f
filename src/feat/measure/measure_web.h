/* Pages of measures: plan one, see one, begin and end it. */
#ifndef MEASURE_WEB_H
#define MEASURE_WEB_H

#include "web/web.h"

extern const struct route measure_routes[];

#endif
