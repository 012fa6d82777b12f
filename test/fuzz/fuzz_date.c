/* A day that parses is a day that exists, and is written as it was read. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena mem;
	if (!mem.base)
		arena_init(&mem, 1 << 20);
	struct str text = { (const char *)data, n };
	struct date day;
	if (date_parse(text, &day)) {
		must(date_exists(day.y, day.m, day.d));
		must(str_eq(date_iso(&mem, day), text));
	}
	arena_rewind(&mem, 0);
	return 0;
}
