#include "base/csv.h"

#include <string.h>

#include "base/err.h"

struct reader {
	struct arena *mem;
	struct str s; /* all of the text */
	size_t at, line;
	struct csv *out;
	size_t rows_room;
	struct csv_row row;
	size_t row_room;
};

static bool bad(struct reader *r, size_t line, const char *what)
{
	r->out->bad_line = line;
	r->out->bad_what = what;
	return false;
}

static void row_add(struct reader *r, struct str field)
{
	if (r->row.n == r->row_room) {
		size_t room = r->row_room ? 2 * r->row_room : 16;
		struct str *v = arena_array(r->mem, struct str, room);

		if (r->row.n)
			memcpy(v, r->row.v, r->row.n * sizeof *v);
		r->row.v = v;
		r->row_room = room;
	}
	r->row.v[r->row.n++] = field;
}

static void row_end(struct reader *r)
{
	struct csv *out = r->out;

	if (out->n == r->rows_room) {
		size_t room = r->rows_room ? 2 * r->rows_room : 64;
		struct csv_row *v = arena_array(r->mem, struct csv_row, room);

		if (out->n)
			memcpy(v, out->v, out->n * sizeof *v);
		out->v = v;
		r->rows_room = room;
	}
	out->v[out->n++] = r->row;
	r->row = (struct csv_row){ 0 };
	r->row_room = 0;
}

/* From behind the opening quote to behind the closing one. */
static bool quoted(struct reader *r, struct str *field)
{
	size_t began = r->line, most = r->s.n - r->at, n = 0;
	const char *end = r->s.p + r->at;
	char *p;

	/* As long as the quoted text at most: look for its end first. */
	for (size_t i = 0; i < most; i++) {
		if (end[i] != '"')
			continue;
		if (i + 1 < most && end[i + 1] == '"') {
			i++;
			continue;
		}
		most = i;
		break;
	}
	p = arena_take(r->mem, most + 1, 1, 1);
	while (r->at < r->s.n) {
		char c = r->s.p[r->at++];

		if (c == '"') {
			if (r->at == r->s.n || r->s.p[r->at] != '"') {
				*field = (struct str){ p, n };
				return true;
			}
			r->at++;
		}
		r->line += c == '\n';
		p[n++] = c;
	}
	return bad(r, began, "a quoted field is not closed");
}

static bool bare(struct reader *r, struct str *field)
{
	size_t from = r->at;

	while (r->at < r->s.n && r->s.p[r->at] != ',' && r->s.p[r->at] != '\n' &&
	       r->s.p[r->at] != '\r') {
		if (r->s.p[r->at] == '"')
			return bad(r, r->line, "a quote inside a field that is not quoted");
		r->at++;
	}
	*field = (struct str){ r->s.p + from, r->at - from };
	return true;
}

/* Behind a field: a comma, a line end or the end. *last: the row is over. */
static bool after_field(struct reader *r, bool *last)
{
	*last = true;
	if (r->at == r->s.n)
		return true;
	if (r->s.p[r->at] == ',') {
		*last = false;
		r->at++;
		return true;
	}
	if (r->s.p[r->at] == '\r') {
		r->at++;
		if (r->at == r->s.n || r->s.p[r->at] != '\n')
			return bad(r, r->line, "a carriage return without a line feed");
	}
	if (r->s.p[r->at] != '\n')
		return bad(r, r->line, "text after a closing quote");
	r->at++;
	r->line++;
	return true;
}

static bool one_row(struct reader *r)
{
	size_t began = r->at, line = r->line;
	bool last = false, any_quote = false;

	while (!last) {
		struct str field;
		bool is_quoted = r->at < r->s.n && r->s.p[r->at] == '"';

		if (is_quoted)
			r->at++;
		any_quote |= is_quoted;
		if (!(is_quoted ? quoted(r, &field) : bare(r, &field)) || !after_field(r, &last))
			return false;
		row_add(r, field);
	}
	r->row.line = line;
	if (r->row.n == 1 && r->row.v[0].n == 0 && !any_quote) {
		r->row.n = 0; /* an empty line */
		must(r->at > began || r->at == r->s.n);
		return true;
	}
	if (r->out->n && r->row.n != r->out->v[0].n)
		return bad(r, line, "another number of fields than the header has");
	row_end(r);
	return true;
}

bool csv_read(struct arena *mem, struct str text, struct csv *out)
{
	struct reader r = { .mem = mem, .s = text, .line = 1, .out = out };

	*out = (struct csv){ 0 };
	if (str_starts(text, S("\xef\xbb\xbf")))
		r.at = 3;
	if (!str_is_clean(text))
		return bad(&r, 1, "not clean UTF-8 text");
	while (r.at < r.s.n) {
		if (!one_row(&r))
			return false;
	}
	return true;
}

int csv_column(const struct csv *csv, const char *name)
{
	if (csv->n == 0)
		return -1;
	for (size_t i = 0; i < csv->v[0].n; i++) {
		if (str_eq(str_trim(csv->v[0].v[i]), str_of(name)))
			return (int)i;
	}
	return -1;
}

void csv_put(struct buf *b, struct str s)
{
	bool quotes = str_starts(s, S("\xef\xbb\xbf")); /* bare and first, it would read as a BOM */

	for (size_t i = 0; i < s.n && !quotes; i++)
		quotes = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
	if (!quotes) {
		buf_str(b, s);
		return;
	}
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}
