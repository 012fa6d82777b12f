/* Query strings and plain forms (WHATWG URL, application/x-www-form-urlencoded), strictly: what a
 * browser never sends is refused, not mended. */
#include <string.h>

#include "http/http_in.h"

static int hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err http_unescape(struct arena *mem, struct str s, bool plus, struct str *out)
{
	char *p = arena_take(mem, s.n + 1, 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '+' && plus) {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < s.n ? hex_of(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? hex_of(s.p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return ERR_INVALID;
			c = (char)(high * 16 + low);
			i += 2;
		}
		p[n++] = c;
	}
	*out = (struct str){ p, n };
	return str_is_clean(*out) ? OK : ERR_INVALID;
}

enum err http_parse_urlencoded(
    struct arena *mem, struct str text, size_t most, struct http_pairs *out)
{
	size_t n = 0;

	*out = (struct http_pairs){ 0 };
	for (size_t i = 0; i < text.n; i++) /* counted first: one array of the right size */
		n += text.p[i] == '&';
	n += text.n > 0;
	if (n > most) { /* empty pieces ("&&&") do not count */
		struct str rest = text;

		for (n = 0; rest.n;)
			n += str_cut(&rest, '&').n > 0;
		if (n > most)
			return ERR_INVALID;
	}
	out->v = arena_array(mem, struct http_pair, n);
	while (text.n) {
		struct str value = str_cut(&text, '&');
		struct str name;

		if (value.n == 0)
			continue;
		name = str_cut(&value, '=');
		TRY(http_unescape(mem, name, true, &out->v[out->n].name));
		TRY(http_unescape(mem, value, true, &out->v[out->n].value));
		out->n++;
	}
	return OK;
}

struct str http_get(const struct http_pairs *pairs, struct str name)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (str_eq(pairs->v[i].name, name))
			return pairs->v[i].value;
	return (struct str){ NULL, 0 };
}
