/* A number that reads is read again, the same, from its canonical form. */
#include <string.h>

#include "base/err.h"
#include "core/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct number a, b;
	struct date today = { 2026, 11, 21 };

	if (number_read((struct str){ (const char *)data, n }, today, &a)) {
		must(number_read(str_of(a.canonical), today, &b) && b.kind == a.kind);
		must(memcmp(a.canonical, b.canonical, sizeof a.canonical) == 0);
		must(strlen(a.masked) < sizeof a.masked && date_cmp(a.born, b.born) == 0);
	} else {
		must(a.reason != NUMBER_BAD_OK && a.canonical[0] == 0);
	}
	return 0;
}
