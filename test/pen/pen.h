/* What the test template pen.html shows. */
#ifndef PEN_PEN_H
#define PEN_PEN_H

#include "base/date.h"
#include "html/html.h"

struct pen_row {
	int64_t id;
	struct str name;
	struct date day;
	bool late;
};
struct pen {
	struct str title, link, phone;
	int n;
	size_t raw_size;
	struct html_raw ready;
	struct {
		const struct pen_row *v;
		size_t n;
	} rows;
};

#endif
