/* Routes: "/plans/{plan}/steps/{step}" against a path. */
#include <string.h>

#include "base/err.h"
#include "http/http.h"

bool http_route_match(const char *pattern, struct http_request *rq)
{
	const char *p = pattern;
	struct str path = rq->path;

	rq->n_params = 0;
	while (*p) {
		if (*p != '{') {
			if (path.n == 0 || path.p[0] != *p)
				return false;
			p++, path.p++, path.n--;
			continue;
		}
		const char *end = strchr(p, '}');
		const char *slash;
		struct str digits;

		must(end && rq->n_params < HTTP_PATH_PARAMS); /* the pattern is ours */
		slash = path.n ? memchr(path.p, '/', path.n) : NULL;
		digits = (struct str){ path.p, slash ? (size_t)(slash - path.p) : path.n };
		/* One way to write a number: no leading zero, so that one page has one address. */
		if (digits.n == 0 || digits.p[0] == '0' ||
		    !str_to_i64(digits, 1, INT64_MAX, &rq->params[rq->n_params]))
			return false;
		rq->param_names[rq->n_params++] = (struct str){ p + 1, (size_t)(end - p) - 1 };
		path = (struct str){ path.p + digits.n, path.n - digits.n };
		p = end + 1;
	}
	return path.n == 0;
}

int64_t http_param(const struct http_request *rq, const char *name)
{
	int i = 0;

	while (i < rq->n_params && !str_eq(rq->param_names[i], str_of(name)))
		i++;
	must(i < rq->n_params); /* the pattern names it */
	return rq->params[i];
}
