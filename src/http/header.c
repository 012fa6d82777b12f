/* Pieces of header values (RFC 9110 5.6) and cookies (RFC 6265). */
#include <string.h>

#include "http/http_in.h"

struct str http_trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s.p++, s.n--;
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool http_same_word(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

struct str http_media_type(struct str header)
{
	return header.n ? http_trim(str_cut(&header, ';')) : S("");
}

/* Reads a quoted text whose first '"' is gone; *s becomes what follows it. */
static enum err quoted(struct arena *mem, struct str *s, struct str *out)
{
	char *p = arena_take(mem, s->n + 1, 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->p[i] == '"') {
			*out = (struct str){ p, n };
			*s = (struct str){ s->p + i + 1, s->n - i - 1 };
			return OK;
		}
		if (s->p[i] == '\\' && ++i == s->n)
			break;
		p[n++] = s->p[i];
	}
	return ERR_INVALID;
}

enum err http_parameter(struct arena *mem, struct str header, struct str name, struct str *out)
{
	*out = (struct str){ NULL, 0 };
	str_cut(&header, ';');
	while (header.n) {
		size_t at = 0;
		struct str key, value;

		while (at < header.n && header.p[at] != '=' && header.p[at] != ';')
			at++;
		key = http_trim((struct str){ header.p, at });
		if (at == header.n)
			break;
		if (header.p[at] == ';') {
			str_cut(&header, ';');
			continue;
		}
		str_cut(&header, '=');
		header = http_trim(header);
		if (header.n && header.p[0] == '"') {
			header.p++, header.n--;
			TRY(quoted(mem, &header, &value));
			if (http_trim(str_cut(&header, ';')).n)
				return ERR_INVALID;
		} else {
			value = http_trim(str_cut(&header, ';'));
		}
		if (!http_same_word(key, name))
			continue;
		if (out->p)
			return ERR_INVALID; /* two boundaries: two readers would see two bodies */
		*out = (struct str){ value.p ? value.p : "", value.n };
	}
	return OK;
}

bool http_is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == 0x7f || strchr("()<>@,;:\\\"/[]?={}", s.p[i]))
			return false;
	return s.n > 0;
}

static bool cookie_value_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return str_is_clean(s);
}

/* A header of the size the server lets through holds no more; the rest is left out. */
#define COOKIES 64

void http_parse_cookies(struct arena *mem, struct str header, struct http_pairs *out)
{
	if (!out->v)
		out->v = arena_array(mem, struct http_pair, COOKIES);
	while (header.n && out->n < COOKIES) {
		struct str value = http_trim(str_cut(&header, ';'));
		bool named = value.n && memchr(value.p, '=', value.n);
		struct str name = http_trim(str_cut(&value, '='));

		value = http_trim(value);
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = (struct str){ value.p + 1, value.n - 2 };
		/* RFC 6265 4.1.1; anything else is somebody else's idea of a cookie. */
		if (named && http_is_token(name) && cookie_value_ok(value))
			out->v[out->n++] = (struct http_pair){ name, value };
	}
}
