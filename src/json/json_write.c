#include "json/json.h"

#include <string.h>

void json_init(struct json *j, struct buf *out)
{
	*j = (struct json){ .out = out };
}

/* What must stand before a value here. */
static void before_value(struct json *j)
{
	if (j->keyed) {
		j->keyed = false;
		return;
	}
	if (j->depth == 0) {
		must(!j->some[0]); /* one value a text */
		j->some[0] = true;
		return;
	}
	must(j->open[j->depth - 1] == '['); /* in an object a key comes first */
	if (j->some[j->depth])
		buf_char(j->out, ',');
	j->some[j->depth] = true;
}

static void open_with(struct json *j, char bracket)
{
	before_value(j);
	must(j->depth < JSON_DEPTH - 1);
	buf_char(j->out, bracket);
	j->open[j->depth++] = bracket;
	j->some[j->depth] = false;
}

void json_obj(struct json *j)
{
	open_with(j, '{');
}

void json_arr(struct json *j)
{
	open_with(j, '[');
}

static void put_quoted(struct buf *out, struct str s)
{
	static const char hex[] = "0123456789abcdef";
	size_t from = 0;

	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		char esc[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
		/* '<' too: our JSON may come to stand inside a page */
		bool whole = c < 0x20 || c == '<' || c == 0x7f;

		if (!whole && c != '"' && c != '\\')
			continue;
		buf_put(out, s.p + from, i - from);
		if (whole)
			buf_put(out, esc, sizeof esc);
		else
			buf_put(out, (char[]){ '\\', (char)c }, 2);
		from = i + 1;
	}
	buf_put(out, s.p + from, s.n - from);
	buf_char(out, '"');
}

void json_key(struct json *j, const char *key)
{
	must(j->depth > 0 && j->open[j->depth - 1] == '{' && !j->keyed);
	if (j->some[j->depth])
		buf_char(j->out, ',');
	j->some[j->depth] = true;
	put_quoted(j->out, str_of(key));
	buf_char(j->out, ':');
	j->keyed = true;
}

void json_end(struct json *j)
{
	must(j->depth > 0 && !j->keyed);
	buf_char(j->out, j->open[--j->depth] == '{' ? '}' : ']');
}

bool json_whole(const struct json *j)
{
	return j->depth == 0 && j->some[0];
}

void json_text(struct json *j, struct str s)
{
	before_value(j);
	put_quoted(j->out, s.n ? s : S(""));
}

void json_c(struct json *j, const char *s)
{
	json_text(j, str_of(s));
}

void json_int(struct json *j, int64_t v)
{
	before_value(j);
	buf_i64(j->out, v);
}

void json_size(struct json *j, size_t v)
{
	must(v <= INT64_MAX);
	json_int(j, (int64_t)v);
}

void json_bool(struct json *j, bool v)
{
	before_value(j);
	buf_str(j->out, v ? S("true") : S("false"));
}

void json_nothing(struct json *j)
{
	before_value(j);
	buf_str(j->out, S("null"));
}

void json_day(struct json *j, struct date d)
{
	if (!date_known(d)) {
		json_nothing(j);
		return;
	}
	before_value(j);
	buf_fmt(j->out, "\"%04d-%02d-%02d\"", d.y, d.m, d.d);
}

void json_instant(struct json *j, int64_t at_ms)
{
	int64_t day_ms = 86400000, days = at_ms / day_ms - (at_ms % day_ms < 0), ms;
	struct date d;

	must(days > -60000 && days < 370000); /* years of struct date */
	d = date_add_days((struct date){ 1970, 1, 1 }, (int)days);
	ms = at_ms - days * day_ms;
	before_value(j);
	buf_fmt(j->out, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", d.y, d.m, d.d,
	    (int)(ms / 3600000), (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}

static size_t digits(struct str s, size_t i)
{
	size_t from = i;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i - from;
}

static bool is_number(struct str s)
{
	size_t i = s.n && s.p[0] == '-', k = digits(s, i);

	if (k == 0 || (k > 1 && s.p[i] == '0'))
		return false;
	i += k;
	if (i < s.n && s.p[i] == '.') {
		k = digits(s, ++i);
		i += k;
		if (k == 0)
			return false;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		i += i < s.n && (s.p[i] == '+' || s.p[i] == '-');
		k = digits(s, i);
		i += k;
		if (k == 0)
			return false;
	}
	return i == s.n;
}

void json_decimal(struct json *j, struct str number)
{
	must(is_number(number));
	before_value(j);
	buf_str(j->out, number);
}
