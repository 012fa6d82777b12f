/* SplitMix64 (Steele, Lea, Flood 2014): small, and each stream is as good as another. */
#include "feat/demo/demo_in.h"

#define SEED UINT64_C(0x50a4d1a20210528) /* the day the goal was adopted */

uint64_t rnd_next(struct rnd *r)
{
	uint64_t z = (r->s += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct rnd rnd_of(const char *label, int64_t n)
{
	struct rnd r = { SEED };

	for (; *label; label++)
		r.s = (r.s ^ (unsigned char)*label) * UINT64_C(0x100000001b3);
	r.s = rnd_next(&r) ^ ((uint64_t)n * UINT64_C(0xd1342543de82ef95));
	rnd_next(&r);
	return r;
}

int rnd_below(struct rnd *r, int n)
{
	must(n > 0);
	return (int)(rnd_next(r) % (uint64_t)n);
}

bool rnd_one_in(struct rnd *r, int n)
{
	return rnd_below(r, n) == 0;
}

int64_t rnd_id(struct rnd *r)
{
	int64_t id;

	do
		id = (int64_t)(rnd_next(r) >> 1);
	while (id == 0);
	return id;
}
