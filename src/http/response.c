#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "http/http.h"

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
	struct str to;
	va_list ap;

	va_start(ap, fmt);
	to = str_vfmt(rs->mem, fmt, ap);
	va_end(ap);
	/* "//host" and "/\host" lead to another host in a browser. (A NUL stands behind the text.)
	 */
	must(to.p[0] == '/' && to.p[1] != '/' && to.p[1] != '\\');
	rs->status = 303;
	rs->body.n = 0;
	http_header(rs, S("Location"), to);
	return OK;
}
