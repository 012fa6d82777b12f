#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "http/http.h"

/* The body's first room: most pages fit, so that it is seldom moved. */

void http_response_reset(struct http_response *rs, struct arena *mem)
{
	*rs = (struct http_response){ .mem = mem };
	rs->body.mem = mem;
}

static bool fits_a_header(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == '\0')
			return false;
	return true;
}

void http_header(struct http_response *rs, struct str name, struct str value)
{
	must(rs->n_headers < HTTP_HEADERS && name.n > 0);
	must(fits_a_header(name) && fits_a_header(value)); /* else a value could add a header */
	rs->headers[rs->n_headers++] = (struct http_pair){ name, value };
}

enum err http_redirect(struct http_response *rs, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	must(n > 0);
	p = arena_take(rs->mem, (size_t)n + 1, 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	/* "//host" and "/\host" lead to another host in a browser. */
	must(p[0] == '/' && p[1] != '/' && p[1] != '\\');
	rs->status = 303;
	rs->body.n = 0;
	http_header(rs, S("Location"), (struct str){ p, (size_t)n });
	return OK;
}
