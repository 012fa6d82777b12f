/*
 * Any bytes as a file of people: the stream ends, each record is read or refused with a place, and
 * what was read writes itself so that it reads the same again (the quarantine's payload).
 */
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "feat/import/import_read.h"
#include "feat/import/import_stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct bytes {
	const uint8_t *p;
	size_t n, step;
};

/* A few bytes at a time, so that records lie across the edges of reads. */
static long give(void *from, char *to, size_t n)
{
	struct bytes *b = from;
	size_t some = b->step < b->n ? b->step : b->n;

	if (some > n)
		some = n;
	memcpy(to, b->p, some);
	b->p += some;
	b->n -= some;
	return (long)some;
}

static void hold(struct arena *mem, const struct import_record *r, struct date today)
{
	struct import_record again;
	struct json_problem problem;
	struct str text = import_write(mem, r);

	must(text.n <= 65536);
	must(import_read(mem, text, today, &again, &problem) == IMPORT_PERSON);
	must(str_eq(text, import_write(mem, &again)));
	must(again.protection >= r->protection); /* never weaker */
	must(again.n_refs == r->n_refs && again.n_enrolments == r->n_enrolments);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena mem;
	struct date today = { 2026, 11, 21 };
	struct bytes b = { data, n, n ? 1 + data[0] % 61 : 1 };
	struct import_stream s;
	bool more = true;

	if (!mem.base)
		arena_init(&mem, (size_t)256 << 20);
	import_stream_init(&s, give, &b);
	while (more) {
		struct import_item item;
		struct import_record r;
		struct json_problem problem = { 0 };
		const char *what = NULL;

		if (import_stream_next(&s, &mem, &item, &more, &what) != OK) {
			must(what != NULL);
			break;
		}
		if (!more)
			break;
		switch (import_read(&mem, item.text, today, &r, &problem)) {
		case IMPORT_PERSON:
			must(r.id.n > 0);
			hold(&mem, &r, today);
			break;
		case IMPORT_BAD:
			must(problem.what.n > 0);
			break;
		case IMPORT_NO_PERSON:
			break;
		}
	}
	arena_rewind(&mem, 0);
	return 0;
}
