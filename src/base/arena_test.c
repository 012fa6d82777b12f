/* The arena's edge: over its budget it unwinds to the nearest place, and lives. */
#include "t.h"

struct eats {
	struct arena *a;
	size_t bytes;
	struct eats *within; /* NULL: nothing more */
	enum err inner;      /* comes out: how that went */
};

static enum err eat(void *what)
{
	struct eats *e = what;

	if (e->within)
		e->inner = arena_within(e->a, eat, e->within);
	arena_take(e->a, e->bytes, 1, 1);
	return ERR_CONFLICT;
}

TEST(promise_17_an_arena_over_its_budget_unwinds)
{
	struct arena a;
	struct eats fits = { &a, 1000, NULL, OK }, large = { &a, 1 << 20, NULL, OK };
	struct eats both = { &a, 1000, &large, OK };

	arena_init(&a, 1 << 16);
	assert_int_equal(arena_within(&a, eat, &fits), ERR_CONFLICT); /* its own answer */
	assert_int_equal(arena_within(&a, eat, &large), ERR_TOO_LARGE);
	assert_null(a.over);
	/* One inside another: the inner one alone ends, and the outer place is back. */
	assert_int_equal(arena_within(&a, eat, &both), ERR_CONFLICT);
	assert_int_equal(both.inner, ERR_TOO_LARGE);
	both.bytes = 1 << 20;
	assert_int_equal(arena_within(&a, eat, &both), ERR_TOO_LARGE);
	assert_null(a.over);
	arena_rewind(&a, 0);
	arena_take(&a, 1 << 15, 1, 1);
	arena_fini(&a);
}
