/*
 * Memory that lives as long as one request. One mapped range per arena, taken from the front:
 * nothing is freed alone, everything is wiped and given back at once.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

#include "base/err.h"

struct arena {
	char *base;    /* keeps: the mapping */
	size_t used;   /* bytes taken */
	size_t budget; /* bytes that may be taken */
	size_t high;   /* most bytes dirtied since the last wipe by the kernel */
	jmp_buf *over; /* borrowed: where a request over its budget unwinds to; NULL: must() */
};

/* Maps budget bytes of address space (no memory is used before it is taken). must() on failure. */
void arena_init(struct arena *a, size_t budget);
/* Unmaps. Takes a zeroed arena and NULL. */
void arena_fini(struct arena *a);
/* Zeroed, aligned, never NULL: a request over its budget unwinds to a->over. */
void *arena_take(struct arena *a, size_t n, size_t size, size_t align);
/* Unwinds now unless that many bytes are left: for what is taken later, where nothing unwinds. */
void arena_need(struct arena *a, size_t bytes);
/* Runs run(what) with a place to unwind to; else returns what it returned. ERR_TOO_LARGE: it went
 * over the budget of a, and stopped where it stood. What it left open (a query, a scope) is the
 * caller's to close, and the arena to rewind. */
enum err arena_within(struct arena *a, enum err (*run)(void *what), void *what);
/* Where the arena stands now. */
size_t arena_mark(const struct arena *a);
/* Gives back everything taken since mark, wiped first: it may hold a child's data. */
void arena_rewind(struct arena *a, size_t mark);
/* Grows the block p of n bytes to more bytes, in place where it is the last one taken, else moved.
 */
void *arena_grow(struct arena *a, void *p, size_t n, size_t more);

#define arena_new(a, type) ((type *)arena_take((a), 1, sizeof(type), _Alignof(type)))
#define arena_array(a, type, n) ((type *)arena_take((a), (n), sizeof(type), _Alignof(type)))

#endif
