/* Forms: every field is read, what must be mended is noted beside the user's own words. */
#include <string.h>

#include "base/err.h"
#include "http/http.h"

struct form form_of(struct arena *mem, const struct http_pairs *pairs)
{
	return (struct form){ .mem = mem, .pairs = pairs };
}

static struct form_field *find(const struct form *f, struct str name)
{
	for (struct form_field *field = f->last; field; field = field->before)
		if (str_eq(field->name, name))
			return field;
	return NULL;
}

/* The field's note; a field that is read twice has one. */
static struct form_field *note(struct form *f, struct str name)
{
	struct form_field *field = find(f, name);

	if (field)
		return field;
	field = arena_new(f->mem, struct form_field);
	*field = (struct form_field){
		.before = f->last, .name = name, .value = http_get(f->pairs, name)
	};
	f->last = field;
	f->n++;
	if (!field->value.p)
		field->value = S("");
	return field;
}

static void mark(struct form *f, struct form_field *field, enum form_problem problem, int message)
{
	if (field->problem != FORM_OK)
		return; /* the first problem is the one to mend first */
	field->problem = problem;
	field->message = message;
	f->bad++;
}

/* The one value by that name. A field sent twice is nobody's form: two readers could take two
 * different values of it. */
static bool one_value(struct form *f, struct str name, struct form_field **field)
{
	size_t n = 0;

	*field = note(f, name);
	for (size_t i = 0; i < f->pairs->n; i++)
		n += str_eq(f->pairs->v[i].name, name);
	if (n > 1 || !str_is_clean((*field)->value)) {
		if (!str_is_clean((*field)->value))
			(*field)->value = S(""); /* a file's bytes can't go back into a page */
		mark(f, *field, FORM_NOT_TEXT, 0);
		return false;
	}
	return true;
}

/* Browsers send line ends as CRLF whatever the user's machine; one line end is one character. */
static struct str with_plain_lines(struct arena *mem, struct str s)
{
	size_t n = 0;
	char *p;

	if (!s.n || !memchr(s.p, '\r', s.n))
		return s;
	p = arena_take(mem, s.n, 1, 1);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		p[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
	}
	return (struct str){ p, n };
}

struct str form_text(struct form *f, struct str name, size_t least, size_t most)
{
	struct form_field *field;
	struct str s;
	size_t chars;

	if (!one_value(f, name, &field))
		return S("");
	s = str_trim(with_plain_lines(f->mem, field->value));
	chars = str_chars(s);
	if (chars == 0 && least > 0)
		mark(f, field, FORM_MISSING, 0);
	else if (chars < least)
		mark(f, field, FORM_TOO_SHORT, 0);
	else if (chars > most)
		mark(f, field, FORM_TOO_LONG, 0);
	return s;
}

static bool is_number(struct str s)
{
	size_t i = s.n && s.p[0] == '-' ? 1 : 0;

	if (s.n == i)
		return false;
	for (; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

int64_t form_i64(struct form *f, struct str name, int64_t least, int64_t most)
{
	struct form_field *field;
	struct str s;
	int64_t v = 0;

	if (!one_value(f, name, &field))
		return least;
	s = str_trim(field->value);
	if (s.n == 0)
		mark(f, field, FORM_MISSING, 0);
	else if (!is_number(s))
		mark(f, field, FORM_NOT_A_NUMBER, 0);
	else if (!str_to_i64(s, least, most, &v))
		mark(f, field, FORM_OUT_OF_RANGE, 0);
	else
		return v;
	return least;
}

int64_t form_id(struct form *f, struct str name, bool needed)
{
	struct form_field *field;
	struct str s;
	int64_t v = 0;

	if (!one_value(f, name, &field))
		return 0;
	s = str_trim(field->value);
	if (s.n == 0) {
		if (needed)
			mark(f, field, FORM_MISSING, 0);
		return 0;
	}
	if (!str_to_i64(s, 1, INT64_MAX, &v)) {
		mark(f, field, FORM_NOT_A_CHOICE, 0); /* ids come from lists, nobody types them */
		return 0;
	}
	return v;
}

/* Digits off the front of *s, at most most of them; -1: none. */
static int take_digits(struct str *s, size_t least, size_t most)
{
	size_t n = 0;
	int v = 0;

	while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
		v = v * 10 + (s->p[n++] - '0');
	*s = (struct str){ s->p + n, s->n - n };
	return n < least ? -1 : v;
}

static bool take(struct str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = (struct str){ s->p + 1, s->n - 1 };
	return true;
}

/* The ways people in Sweden write a day, and no guess: never month before day. */
static bool date_as_written(struct str s, struct date *out)
{
	struct str rest = s;
	int y, m, d;

	if (date_parse(s, out))
		return true;
	y = take_digits(&rest, 4, 4);
	if (y >= 0 && s.n == 8) { /* 20261121 */
		m = take_digits(&rest, 2, 2);
		d = take_digits(&rest, 2, 2);
	} else { /* 21/11 2026, 21.11.2026 */
		rest = s;
		d = take_digits(&rest, 1, 2);
		if (take(&rest, '/')) {
			m = take_digits(&rest, 1, 2);
			if (!take(&rest, ' '))
				return false;
		} else if (take(&rest, '.')) {
			m = take_digits(&rest, 1, 2);
			if (!take(&rest, '.'))
				return false;
		} else {
			return false;
		}
		y = take_digits(&rest, 4, 4);
	}
	if (rest.n || !date_exists(y, m, d))
		return false;
	*out = (struct date){ (int16_t)y, (int8_t)m, (int8_t)d };
	return true;
}

struct date form_date(struct form *f, struct str name, bool needed)
{
	struct form_field *field;
	struct date day = { 0 };
	struct str s;

	if (!one_value(f, name, &field))
		return day;
	s = str_trim(field->value);
	if (s.n == 0) {
		if (needed)
			mark(f, field, FORM_MISSING, 0);
	} else if (!date_as_written(s, &day)) {
		mark(f, field, FORM_NOT_A_DATE, 0);
		day = (struct date){ 0 };
	}
	return day;
}

int form_choice(struct form *f, struct str name, const struct str *choices, int n, bool needed)
{
	struct form_field *field;

	if (!one_value(f, name, &field))
		return -1;
	if (field->value.n == 0) {
		if (needed)
			mark(f, field, FORM_MISSING, 0);
		return -1;
	}
	for (int i = 0; i < n; i++)
		if (str_eq(field->value, choices[i]))
			return i;
	mark(f, field, FORM_NOT_A_CHOICE, 0);
	return -1;
}

bool form_checked(struct form *f, struct str name)
{
	struct form_field *field;

	return one_value(f, name, &field) && http_get(f->pairs, name).p != NULL;
}

void form_mark(struct form *f, struct str name, int message)
{
	mark(f, note(f, name), FORM_RULE, message);
}

struct str form_value(const struct form *f, struct str name)
{
	const struct form_field *field = find(f, name);
	struct str s = field ? field->value : http_get(f->pairs, name);

	return s.p && str_is_clean(s) ? s : S("");
}

enum form_problem form_problem(const struct form *f, struct str name, int *message)
{
	const struct form_field *field = find(f, name);

	if (message)
		*message = field ? field->message : 0;
	return field ? field->problem : FORM_OK;
}
