/*
 * multipart/form-data (RFC 7578, RFC 2046 5.1), strictly: the last boundary must be there, each
 * part must have a name, and nothing may stand before the first boundary or after the last. Values
 * are borrowed from the body.
 */
#include <string.h>

#include "http/http_in.h"

/* A part's header lines: browsers send two. */
#define PART_LINES 16

/* Cuts a line that ends in CRLF off *s. */
static bool take_line(struct str *s, struct str *line)
{
	const char *end = s->n ? memmem(s->p, s->n, "\r\n", 2) : NULL;

	if (!end)
		return false;
	*line = (struct str){ s->p, (size_t)(end - s->p) };
	*s = (struct str){ end + 2, s->n - line->n - 2 };
	return true;
}

/* Browsers write a '"' in a name as %22, CR as %0D and LF as %0A, and nothing else so (WHATWG HTML,
 * multipart/form-data encoding algorithm). */
static struct str part_name(struct arena *mem, struct str s)
{
	char *p = arena_take(mem, s.n + 1, 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		struct str rest = { s.p + i, s.n - i };

		if (str_starts(rest, S("%22")))
			p[n++] = '"', i += 2;
		else if (str_starts(rest, S("%0D")))
			p[n++] = '\r', i += 2;
		else if (str_starts(rest, S("%0A")))
			p[n++] = '\n', i += 2;
		else
			p[n++] = s.p[i];
	}
	return (struct str){ p, n };
}

/* Reads a part's headers; *s becomes its content. */
static enum err part_headers(struct arena *mem, struct str *s, struct str *name, bool *file)
{
	bool found = false;
	struct str line;

	*file = false;
	for (int i = 0; i <= PART_LINES; i++) {
		struct str key, value, filename;

		if (!take_line(s, &line))
			return ERR_INVALID;
		if (line.n == 0)
			return found ? OK : ERR_INVALID;
		if (!memchr(line.p, ':', line.n) || line.p[0] == ' ' || line.p[0] == '\t')
			return ERR_INVALID;
		value = line;
		key = str_cut(&value, ':');
		if (!http_same_word(key, S("Content-Disposition")))
			continue;
		value = http_trim(value);
		if (found || !http_same_word(http_media_type(value), S("form-data")))
			return ERR_INVALID;
		TRY(http_parameter(mem, value, S("name"), name));
		TRY(http_parameter(mem, value, S("filename"), &filename));
		if (!name->p)
			return ERR_INVALID;
		*name = part_name(mem, *name);
		*file = filename.p != NULL;
		found = str_is_clean(*name);
		if (!found)
			return ERR_INVALID;
	}
	return ERR_INVALID;
}

/* RFC 2046 5.1.1: 1 to 70 characters; a boundary of others could hide a line end. */
static bool boundary_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return s.n >= 1 && s.n <= 70 && s.p[s.n - 1] != ' ';
}

enum err http_parse_multipart(struct arena *mem, struct str content_type, struct str body,
    size_t most, struct http_pairs *out)
{
	struct str boundary, fence, first;

	*out = (struct http_pairs){ 0 };
	if (!http_same_word(http_media_type(content_type), S("multipart/form-data")))
		return ERR_INVALID;
	TRY(http_parameter(mem, content_type, S("boundary"), &boundary));
	if (!boundary_ok(boundary))
		return ERR_INVALID;
	fence = str_fmt(mem, "\r\n--%.*s", STR(boundary)); /* content ends at the line end before */
	first = (struct str){ fence.p + 2, fence.n - 2 };
	if (!str_starts(body, first))
		return ERR_INVALID;
	body = (struct str){ body.p + first.n, body.n - first.n };
	for (size_t room = 0;;) {
		struct http_pair *pair;
		const char *end;
		bool file;

		/* After a boundary: "--" ends the body, CRLF begins a part. */
		if (str_eq(body, S("--")) || str_eq(body, S("--\r\n")))
			return OK;
		if (!str_starts(body, S("\r\n")) || out->n == most)
			return ERR_INVALID;
		body = (struct str){ body.p + 2, body.n - 2 };
		if (out->n == room) {
			struct http_pair *old = out->v;

			room = room ? 2 * room : 16;
			out->v = arena_array(mem, struct http_pair, room);
			if (out->n)
				memcpy(out->v, old, out->n * sizeof *old);
		}
		pair = &out->v[out->n];
		TRY(part_headers(mem, &body, &pair->name, &file));
		/* An empty content shares its line end with the header's last one. */
		body = (struct str){ body.p - 2, body.n + 2 };
		end = memmem(body.p, body.n, fence.p, fence.n);
		if (!end)
			return ERR_INVALID;
		pair->value = (struct str){ body.p + 2, 0 };
		if (end > body.p)
			pair->value.n = (size_t)(end - body.p) - 2;
		else
			pair->value.p = body.p;
		if (end > body.p && end < body.p + 2)
			return ERR_INVALID;
		body = (struct str){ end + fence.n, body.n - (size_t)(end - body.p) - fence.n };
		if (!file && !str_is_clean(pair->value))
			return ERR_INVALID;
		out->n++;
	}
}
