/* Whatever is pasted: clean pieces of it come back, at most so many, and no line is lost for want
 * of room. */
#include <string.h>

#include "base/err.h"
#include "feat/plan/plan_paste.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct date today = { 2026, 11, 18 };
	static struct arena mem;
	struct str text = { (const char *)data, n };
	struct paste *p;

	if (!str_is_clean(text))
		return 0;
	if (!mem.base)
		arena_init(&mem, 16 << 20);
	p = arena_new(&mem, struct paste);
	plan_paste(&mem, text, today, p);
	must(p->n <= PASTE_MOST);
	for (size_t i = 0; i < p->n; i++) {
		must(p->v[i].words.n > 0 && str_is_clean(p->v[i].words));
		must(!date_known(p->v[i].due) ||
		     date_exists(p->v[i].due.y, p->v[i].due.m, p->v[i].due.d));
	}
	must(str_is_clean(p->rest));
	arena_rewind(&mem, 0);
	return 0;
}
