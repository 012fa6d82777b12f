/*
 * Reading: jansson parses and checks (UTF-8, duplicate keys, numbers); its tree is then copied into
 * the arena and given back at once. jansson turns decimals into doubles, but FHIR wants "1.50" back
 * as "1.50": since its objects keep the order of the text, the k-th decimal of the tree is the k-th
 * decimal of the text, and is taken from there.
 */
#include <jansson.h>
#include <string.h>

#include "json/json.h"

/* What stands in the text, counted before jansson sees it. */
struct survey {
	size_t values; /* at most */
	int depth;
	size_t deepest_at;
};

static struct json_problem problem_at(
    struct arena *mem, struct str text, size_t at, const char *what)
{
	struct json_problem p = { .line = 1, .column = 1, .what = str_copy(mem, str_of(what)) };

	for (size_t i = 0; i < at && i < text.n; i++) {
		p.column += ((unsigned char)text.p[i] & 0xc0) != 0x80;
		if (text.p[i] == '\n') {
			p.line++;
			p.column = 1;
		}
	}
	return p;
}

/* Behind the string that opens at i. */
static size_t behind_string(struct str text, size_t i)
{
	for (i++; i < text.n && text.p[i] != '"'; i++)
		i += text.p[i] == '\\';
	return i + 1;
}

static struct survey look_over(struct str text)
{
	struct survey v = { .values = 1 };
	int depth = 0;

	for (size_t i = 0; i < text.n;) {
		char c = text.p[i];

		if (c == '"') {
			i = behind_string(text, i);
			continue;
		}
		v.values += c == '{' || c == '[' || c == ',';
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		if (depth > v.depth) {
			v.depth = depth;
			v.deepest_at = i;
		}
		i++;
	}
	return v;
}

struct copier {
	struct json_val *v; /* enough of them */
	size_t n;
	char *chars; /* as many as the text has */
	struct str text;
	size_t at; /* in text, behind the last decimal taken */
};

static bool is_number_char(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* The next number of the text that has a point or an exponent. */
static struct str next_decimal(struct copier *c)
{
	while (c->at < c->text.n) {
		size_t from = c->at;
		bool decimal = false;

		if (c->text.p[from] == '"') {
			c->at = behind_string(c->text, from);
			continue;
		}
		if (c->text.p[from] != '-' && (c->text.p[from] < '0' || c->text.p[from] > '9')) {
			c->at++;
			continue;
		}
		while (c->at < c->text.n && is_number_char(c->text.p[c->at])) {
			decimal |= strchr(".eE", c->text.p[c->at]) != NULL;
			c->at++;
		}
		if (decimal)
			return (struct str){ c->text.p + from, c->at - from };
	}
	must(false); /* jansson saw one */
	return (struct str){ 0 };
}

static struct str keep(struct copier *c, const char *p, size_t n)
{
	char *to = c->chars;

	memcpy(to, p, n);
	c->chars += n;
	return (struct str){ to, n };
}

/* Recursion is bounded by the depth limit, checked before. */
static struct json_val *copy(struct copier *c, json_t *from, const struct json_val *parent)
{
	struct json_val *v = &c->v[c->n++], **last = (struct json_val **)&v->first;
	const char *key;
	json_t *one;
	size_t i;

	v->parent = parent;
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		v->kind = JSON_IS_OBJECT;
		json_object_foreach(from, key, one)
		{
			struct str k = keep(c, key, strlen(key));

			*last = copy(c, one, v);
			(*last)->key = k;
			(*last)->index = v->n++;
			last = (struct json_val **)&(*last)->next;
		}
		break;
	case JSON_ARRAY:
		v->kind = JSON_IS_LIST;
		json_array_foreach(from, i, one)
		{
			*last = copy(c, one, v);
			(*last)->index = v->n++;
			last = (struct json_val **)&(*last)->next;
		}
		break;
	case JSON_STRING:
		v->kind = JSON_IS_TEXT;
		v->s = keep(c, json_string_value(from), json_string_length(from));
		break;
	case JSON_INTEGER:
		v->kind = JSON_IS_INT;
		v->i = json_integer_value(from);
		break;
	case JSON_REAL:
		v->kind = JSON_IS_DECIMAL;
		v->s = next_decimal(c);
		v->s = keep(c, v->s.p, v->s.n);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		v->kind = JSON_IS_BOOL;
		v->i = json_typeof(from) == JSON_TRUE;
		break;
	case JSON_NULL:
		v->kind = JSON_IS_NULL;
		break;
	}
	return v;
}

enum err json_read(struct arena *mem, struct str text, struct json_limits limits,
    const struct json_val **out, struct json_problem *problem)
{
	struct survey v;
	struct copier c = { .text = text };
	json_error_t e;
	json_t *root;

	*out = NULL;
	*problem = (struct json_problem){ 0 };
	if (text.n > limits.bytes) {
		*problem = problem_at(mem, text, 0, "the text is too long");
		return ERR_TOO_LARGE;
	}
	v = look_over(text);
	if (v.depth > limits.depth) {
		*problem = problem_at(mem, text, v.deepest_at, "too many levels inside each other");
		return ERR_INVALID;
	}
	/* Taken before jansson takes anything: a request over its budget unwinds from here. */
	c.v = arena_array(mem, struct json_val, v.values);
	c.chars = arena_take(mem, text.n + 1, 1, 1);
	problem->what = (struct str){ arena_take(mem, JSON_ERROR_TEXT_LENGTH, 1, 1), 0 };
	root = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &e);
	if (!root) {
		size_t n = strnlen(e.text, JSON_ERROR_TEXT_LENGTH - 1);

		memcpy((char *)problem->what.p, e.text, n);
		problem->what.n = n;
		problem->line = e.line > 0 ? e.line : 1;
		problem->column = e.column > 0 ? e.column : 1;
		return ERR_INVALID;
	}
	problem->what = (struct str){ 0 };
	*out = copy(&c, root, NULL);
	json_decref(root);
	must(c.n <= v.values);
	return OK;
}

const struct json_val *json_find(const struct json_val *obj, const char *key)
{
	struct str k = str_of(key);

	if (!obj || obj->kind != JSON_IS_OBJECT)
		return NULL;
	for (const struct json_val *v = obj->first; v; v = v->next)
		if (str_eq(v->key, k))
			return v;
	return NULL;
}

static void put_path(struct buf *b, const struct json_val *v)
{
	if (!v->parent)
		return;
	put_path(b, v->parent);
	if (v->parent->kind == JSON_IS_LIST)
		buf_fmt(b, "[%zu]", v->index);
	else
		buf_fmt(b, "%s%.*s", b->n ? "." : "", STR(v->key));
}

struct str json_path(struct arena *mem, const struct json_val *v)
{
	struct buf b;

	buf_init(&b, mem, 64);
	put_path(&b, v);
	return b.n ? buf_text(&b) : S("(all)");
}

struct json_fields json_fields_of(struct arena *mem)
{
	return (struct json_fields){ .mem = mem };
}

void json_mark(struct json_fields *f, const struct json_val *obj, const char *key, const char *what)
{
	struct buf b;

	if (f->bad++)
		return;
	buf_init(&b, f->mem, 96);
	if (obj)
		put_path(&b, obj);
	if (key)
		buf_fmt(&b, "%s%s", b.n ? "." : "", key);
	if (b.n == 0)
		buf_str(&b, S("(all)"));
	buf_fmt(&b, ": %s", what);
	f->problem.what = buf_text(&b);
}

/* The value to read, NULL when there is none; a needed one that is missing is marked. */
static const struct json_val *field(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed)
{
	const struct json_val *v = json_find(obj, key);

	if (obj && obj->kind != JSON_IS_OBJECT) {
		json_mark(f, obj, NULL, "must be an object");
		return NULL;
	}
	if (v && v->kind != JSON_IS_NULL)
		return v;
	if (needed)
		json_mark(f, obj, key, "is missing");
	return NULL;
}

struct str json_get_text(struct json_fields *f, const struct json_val *obj, const char *key,
    bool needed, size_t most_chars)
{
	const struct json_val *v = field(f, obj, key, needed);

	if (!v)
		return (struct str){ 0 };
	if (v->kind != JSON_IS_TEXT)
		json_mark(f, obj, key, "must be text");
	else if (!str_is_clean(v->s))
		json_mark(f, obj, key, "holds control characters");
	else if (str_chars(v->s) > most_chars)
		json_mark(f, obj, key, "is too long");
	else if (needed && str_trim(v->s).n == 0)
		json_mark(f, obj, key, "is empty");
	else
		return v->s;
	return (struct str){ 0 };
}

bool json_get_bool(struct json_fields *f, const struct json_val *obj, const char *key, bool needed)
{
	const struct json_val *v = field(f, obj, key, needed);

	if (v && v->kind != JSON_IS_BOOL)
		json_mark(f, obj, key, "must be true or false");
	return v && v->kind == JSON_IS_BOOL && v->i;
}

struct date json_get_date(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed)
{
	const struct json_val *v = field(f, obj, key, needed);
	struct date d = { 0 };

	if (v && (v->kind != JSON_IS_TEXT || !date_parse(v->s, &d))) {
		json_mark(f, obj, key, "must be a day like 2026-11-21");
		return (struct date){ 0 };
	}
	return d;
}

struct str json_get_decimal(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed)
{
	const struct json_val *v = field(f, obj, key, needed);

	if (v && v->kind == JSON_IS_DECIMAL)
		return v->s;
	if (v && v->kind == JSON_IS_INT)
		return str_of_i64(f->mem, v->i);
	if (v)
		json_mark(f, obj, key, "must be a number");
	return (struct str){ 0 };
}

static const struct json_val *get_kind(struct json_fields *f, const struct json_val *obj,
    const char *key, bool needed, enum json_kind kind, const char *what)
{
	const struct json_val *v = field(f, obj, key, needed);

	if (v && v->kind != kind) {
		json_mark(f, obj, key, what);
		return NULL;
	}
	return v;
}

const struct json_val *json_get_obj(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed)
{
	return get_kind(f, obj, key, needed, JSON_IS_OBJECT, "must be an object");
}

const struct json_val *json_get_list(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed)
{
	return get_kind(f, obj, key, needed, JSON_IS_LIST, "must be a list");
}
