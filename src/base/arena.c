#include "base/arena.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "base/err.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define GAP 16 /* a poisoned gap after each block, so that running over one is found */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

/* Over this much, the pages themselves go back to the kernel at a rewind to the start. */
#define KEEP_WARM ((size_t)256 * 1024)

void arena_init(struct arena *a, size_t budget)
{
	void *p = mmap(NULL, budget, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	must(p != MAP_FAILED);
	*a = (struct arena){ .base = p, .budget = budget };
	POISON(a->base, budget);
}

void arena_fini(struct arena *a)
{
	if (!a || !a->base)
		return;
	arena_rewind(a, 0);
	UNPOISON(a->base, a->budget);
	munmap(a->base, a->budget);
	*a = (struct arena){ 0 };
}

static _Noreturn void unwind(struct arena *a)
{
	must(a->over != NULL);
	longjmp(*a->over, 1);
}

void arena_need(struct arena *a, size_t bytes)
{
	if (bytes > a->budget || a->used > a->budget - bytes)
		unwind(a);
}

void *arena_take(struct arena *a, size_t n, size_t size, size_t align)
{
	size_t at = (a->used + align - 1) & ~(align - 1);
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > a->budget ||
	    at + GAP > a->budget - bytes)
		unwind(a);
	a->used = at + bytes + GAP;
	if (a->used > a->high)
		a->high = a->used;
	UNPOISON(a->base + at, bytes);
	return a->base + at; /* a fresh mapping is zero, and a rewind wipes */
}

enum err arena_within(struct arena *a, enum err (*run)(void *what), void *what)
{
	jmp_buf over, *outer = a->over;
	enum err e;

	if (setjmp(over)) {
		a->over = outer;
		return fail(ERR_TOO_LARGE, "memory over budget=%zu", a->budget);
	}
	a->over = &over;
	e = run(what);
	a->over = outer;
	return e;
}

size_t arena_mark(const struct arena *a)
{
	return a->used;
}

void arena_rewind(struct arena *a, size_t mark)
{
	must(mark <= a->used);
	UNPOISON(a->base + mark, a->used - mark);
	if (mark == 0 && a->high > KEEP_WARM) {
		UNPOISON(a->base, a->high);
		memset(a->base, 0, KEEP_WARM);
		must(madvise(a->base + KEEP_WARM, a->high - KEEP_WARM, MADV_DONTNEED) == 0);
		a->high = 0;
	} else {
		memset(a->base + mark, 0, a->used - mark);
	}
	POISON(a->base + mark, a->budget - mark);
	a->used = mark;
}

void *arena_grow(struct arena *a, void *p, size_t n, size_t more)
{
	size_t at = p ? (size_t)((char *)p - a->base) : 0;
	void *moved;

	if (p && more >= n && at + n + GAP == a->used && more - n <= a->budget - a->used) {
		UNPOISON(a->base + at, more);
		a->used = at + more + GAP;
		if (a->used > a->high)
			a->high = a->used;
		return p;
	}
	moved = arena_take(a, more, 1, _Alignof(max_align_t));
	if (p && n)
		memcpy(moved, p, n < more ? n : more);
	return moved;
}
