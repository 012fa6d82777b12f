/*
 * What JSON reads, it writes so that it reads the same again, decimals to the letter. The first
 * byte chooses the limits.
 */
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void write_value(struct json *j, const struct json_val *v)
{
	switch (v->kind) {
	case JSON_IS_NULL:
		json_nothing(j);
		return;
	case JSON_IS_BOOL:
		json_bool(j, v->i != 0);
		return;
	case JSON_IS_INT:
		json_int(j, v->i);
		return;
	case JSON_IS_DECIMAL:
		json_decimal(j, v->s);
		return;
	case JSON_IS_TEXT:
		json_text(j, v->s);
		return;
	case JSON_IS_LIST:
		json_arr(j);
		break;
	case JSON_IS_OBJECT:
		json_obj(j);
		break;
	}
	for (const struct json_val *one = v->first; one; one = one->next) {
		if (v->kind == JSON_IS_OBJECT)
			json_key(j, str_c(j->out->mem, one->key));
		write_value(j, one);
	}
	json_end(j);
}

static bool same(const struct json_val *a, const struct json_val *b)
{
	const struct json_val *x = a->first, *y = b->first;

	if (a->kind != b->kind || a->i != b->i || a->n != b->n || !str_eq(a->s, b->s) ||
	    !str_eq(a->key, b->key))
		return false;
	for (; x && y; x = x->next, y = y->next)
		if (!same(x, y))
			return false;
	return !x && !y;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena mem;
	const struct json_val *v, *again;
	struct json_problem p;
	struct json_limits limits;
	struct json_fields f;
	struct json j;
	struct buf b;
	enum err e;

	if (n == 0)
		return 0;
	if (!mem.base)
		arena_init(&mem, (size_t)64 << 20);
	limits = (struct json_limits){ data[0] & 1 ? 64 : 1 << 20, 1 + data[0] % 24 };
	e = json_read(&mem, (struct str){ (const char *)data + 1, n - 1 }, limits, &v, &p);
	if (e != OK) {
		must(v == NULL && p.what.n > 0 && p.line >= 1 && p.column >= 1);
		arena_rewind(&mem, 0);
		return 0;
	}
	buf_init(&b, &mem, 256);
	json_init(&j, &b);
	write_value(&j, v);
	must(json_whole(&j));
	must(json_read(&mem, buf_text(&b), (struct json_limits){ SIZE_MAX, JSON_DEPTH }, &again,
		 &p) == OK);
	must(same(v, again));
	f = json_fields_of(&mem);
	json_get_text(&f, json_get_obj(&f, v, "a", true), "b", true, 8);
	json_get_decimal(&f, v, "a", true);
	json_get_date(&f, v->first, "a", false);
	must((f.bad > 0) == (f.problem.what.n > 0));
	for (const struct json_val *one = v; one; one = one->first)
		must(json_path(&mem, one).n > 0);
	arena_rewind(&mem, 0);
	return 0;
}
