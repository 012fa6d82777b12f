/*
 * Bytes as a form, a multipart body or a cookie header, and every field reader on what comes out.
 * First byte: which parser. What was parsed keeps its promises: clean UTF-8, no more pairs than
 * asked for, values inside their bounds.
 */
#include <string.h>

#include "base/err.h"
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void read_all(struct arena *mem, const struct http_pairs *pairs)
{
	static const struct str choices[] = { { "yes", 3 }, { "no", 2 } };
	struct form f = form_of(mem, pairs);

	for (size_t i = 0; i < pairs->n; i++) {
		struct str name = pairs->v[i].name;
		int bad = f.bad, message;
		struct str text = form_text(&f, name, 1, 20);
		int64_t number = form_i64(&f, name, -5, 70);
		struct date day = form_date(&f, name, i % 2);
		int choice = form_choice(&f, name, choices, 2, i % 3);

		must(number >= -5 && number <= 70);
		must(form_id(&f, name, false) >= 0);
		must(choice >= -1 && choice < 2);
		must(!date_known(day) || date_exists(day.y, day.m, day.d));
		must(f.bad >= bad && str_is_clean(form_value(&f, name)));
		if (form_problem(&f, name, &message) == FORM_OK)
			must(str_is_clean(text) && str_chars(text) >= 1 && str_chars(text) <= 20);
		form_checked(&f, name);
		form_mark(&f, name, 7);
		must(form_problem(&f, name, &message) != FORM_OK);
	}
	must(f.bad <= f.n);
}

static void all_clean(const struct http_pairs *pairs, bool values)
{
	for (size_t i = 0; i < pairs->n; i++) {
		must(str_is_clean(pairs->v[i].name));
		must(!values || str_is_clean(pairs->v[i].value));
		must(str_eq(http_get(pairs, pairs->v[i].name), pairs->v[i].value) || i > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena mem;
	struct http_pairs pairs = { 0 };
	struct str text;

	if (!mem.base)
		arena_init(&mem, 4 << 20);
	if (n == 0)
		return 0;
	/* A copy of just that length: one byte too far is found. */
	text = (struct str){ arena_take(&mem, n - 1, 1, 1), n - 1 };
	memcpy((char *)(uintptr_t)text.p, data + 1, n - 1);
	switch (data[0]) {
	case 'c':
		http_parse_cookies(&mem, text, &pairs);
		all_clean(&pairs, true);
		break;
	case 'm': {
		struct str type = str_cut(&text, '\n');

		if (http_parse_multipart(&mem, type, text, 50, &pairs) != OK)
			pairs.n = 0;
		must(pairs.n <= 50);
		all_clean(&pairs, false); /* a file's bytes are its own */
		break;
	}
	default:
		if (http_parse_urlencoded(&mem, text, 50, &pairs) != OK)
			pairs.n = 0;
		must(pairs.n <= 50);
		all_clean(&pairs, true);
	}
	read_all(&mem, &pairs);
	arena_rewind(&mem, 0);
	return 0;
}
