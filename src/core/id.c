#include "core/ids.h"

#include <sys/random.h>

#include "base/err.h"

int64_t id_random(void)
{
	uint64_t v = 0;

	while (v == 0) {
		must(getrandom(&v, sizeof v, 0) == (ssize_t)sizeof v);
		v >>= 1;
	}
	return (int64_t)v;
}
