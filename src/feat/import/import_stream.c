#include "feat/import/import_stream.h"

#include <string.h>

enum { IN_ROOT, IN_LIST, IN_BARE_LIST, IN_OBJECT, AT_END };

#define KEY_MOST 16

void import_stream_init(
    struct import_stream *s, long (*read)(void *from, char *to, size_t n), void *from)
{
	*s = (struct import_stream){ .read = read, .from = from, .line = 1 };
}

/* The next byte without taking it; -1: the end. */
static int peek(struct import_stream *s)
{
	if (s->at == s->n) {
		long got = s->read(s->from, s->buf, sizeof s->buf);

		s->at = 0;
		s->n = got > 0 ? (size_t)got : 0;
		if (s->n == 0)
			return -1;
	}
	return (unsigned char)s->buf[s->at];
}

static int take(struct import_stream *s)
{
	int c = peek(s);

	if (c < 0)
		return c;
	s->at++;
	s->bytes++;
	s->line += c == '\n';
	return c;
}

static int past_blanks(struct import_stream *s)
{
	int c;

	while ((c = peek(s)) == ' ' || c == '\t' || c == '\r' || c == '\n')
		take(s);
	return c;
}

/* A value on its way into memory; b NULL: it is only passed over. */
struct catch
{
	struct buf *b;
	bool too_long;
};

static void keep(struct catch *k, int c)
{
	if (!k->b)
		return;
	if (k->b->n < IMPORT_RECORD_MOST)
		buf_char(k->b, (char)c);
	else
		k->too_long = true;
}

/* A string, from its first quotation mark to its last; key: its first bytes, ended by NUL. */
static bool pass_string(struct import_stream *s, struct catch *k, char key[KEY_MOST])
{
	size_t n = 0;
	int c;

	keep(k, take(s));
	while ((c = take(s)) >= 0) {
		keep(k, c);
		if (c == '"')
			break;
		if (c == '\\' && (c = take(s)) >= 0)
			keep(k, c);
		if (key && n < KEY_MOST)
			key[n++] = (char)c;
	}
	if (key)
		key[n < KEY_MOST ? n : KEY_MOST - 1] = '\0';
	return c == '"';
}

/* One whole value of any kind: the parser says later whether it is well-formed inside. */
static bool pass_value(struct import_stream *s, struct catch *k)
{
	int depth = 0, c = past_blanks(s);

	do {
		if (c == '"') {
			if (!pass_string(s, k, NULL))
				return false;
		} else if (c < 0) {
			return false;
		} else {
			if (depth == 0 && (c == ',' || c == ']' || c == '}'))
				return true;
			depth += (c == '{' || c == '[') - (c == '}' || c == ']');
			keep(k, take(s));
		}
		c = peek(s);
		if (depth == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
			return true;
	} while (depth > 0 || (c >= 0 && !strchr(",]}\"{[", c)));
	return true;
}

static const char *list_name(const char *key)
{
	static const char *const names[] = { "persons", "data", "entry" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(key, names[i]) == 0)
			return names[i];
	return NULL;
}

/*
 * The inside of the outermost object, member by member, until a list of records begins (then
 * s->where is IN_LIST) or the object ends (then what b holds is one record alone, and s->where is
 * IN_ROOT).
 */
static const char *pass_members(struct import_stream *s, struct catch *k)
{
	for (;;) {
		char key[KEY_MOST];
		int c = past_blanks(s);

		if (c == '}') {
			keep(k, take(s));
			s->where = IN_ROOT;
			return NULL;
		}
		if (c == ',') {
			keep(k, take(s));
			continue;
		}
		if (c != '"' || !pass_string(s, k, key))
			return "a name in quotation marks is due here";
		if (past_blanks(s) != ':')
			return "a colon is due here";
		keep(k, take(s));
		if (past_blanks(s) == '[' && list_name(key)) {
			take(s);
			s->where = IN_LIST;
			s->list = list_name(key);
			s->index = 0;
			s->after = false;
			return NULL;
		}
		if (!pass_value(s, k))
			return "the file ends in the middle";
	}
}

static enum err begin(struct import_stream *s, struct arena *mem, struct import_item *out,
    bool *more, const char **what)
{
	int c = past_blanks(s);
	struct catch k = { NULL, false };
	struct buf b;

	if (c == 0xEF && s->records == 0) { /* a byte order mark */
		take(s);
		take(s);
		take(s);
		c = past_blanks(s);
	}
	if (c < 0) {
		s->where = AT_END;
		return OK;
	}
	if (c == '[') {
		take(s);
		s->where = IN_BARE_LIST;
		s->list = "";
		s->index = 0;
		s->after = false;
		return OK;
	}
	if (c != '{') {
		*what = "neither an object nor a list begins here";
		return ERR_INVALID;
	}
	buf_init(&b, mem, 4096);
	k.b = &b;
	out->line = s->line;
	keep(&k, take(s));
	*what = pass_members(s, &k);
	if (*what)
		return ERR_INVALID;
	if (s->where == IN_ROOT) {
		out->text = buf_text(&b);
		out->too_long = k.too_long;
		out->place = out->line > 1 ? str_fmt(mem, "line %d", out->line) : S("");
		*more = true;
	}
	return OK;
}

static enum err list_item(struct import_stream *s, struct arena *mem, struct import_item *out,
    bool *more, const char **what)
{
	int c = past_blanks(s);
	struct buf b;
	struct catch k = { &b, false };

	if (c == ']') {
		take(s);
		s->where = s->where == IN_LIST ? IN_OBJECT : IN_ROOT;
		return OK;
	}
	if (s->after) {
		if (c != ',') {
			*what = c < 0 ? "the file ends in the middle" : "a comma or ] is due here";
			return ERR_INVALID;
		}
		take(s);
		c = past_blanks(s);
	}
	buf_init(&b, mem, 2048);
	out->line = s->line;
	if (c < 0 || c == ',' || c == ']' || c == '}' || !pass_value(s, &k)) {
		*what =
		    c < 0 || peek(s) < 0 ? "the file ends in the middle" : "a record is due here";
		return ERR_INVALID;
	}
	s->after = true;
	out->text = buf_text(&b);
	out->too_long = k.too_long;
	out->place = str_fmt(mem, "%s[%zu]", s->list, s->index++);
	*more = true;
	return OK;
}

enum err import_stream_next(struct import_stream *s, struct arena *mem, struct import_item *out,
    bool *more, const char **what)
{
	*more = false;
	*out = (struct import_item){ 0 };
	while (!*more && s->where != AT_END) {
		struct catch none = { NULL, false };
		enum err e = OK;

		switch (s->where) {
		case IN_ROOT:
			e = begin(s, mem, out, more, what);
			break;
		case IN_LIST:
		case IN_BARE_LIST:
			e = list_item(s, mem, out, more, what);
			break;
		default:
			*what = pass_members(s, &none);
			e = *what ? ERR_INVALID : OK;
			break;
		}
		if (e != OK) {
			s->where = AT_END;
			return e;
		}
	}
	s->records += *more;
	return OK;
}
