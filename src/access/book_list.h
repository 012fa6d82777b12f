/*
 * The list of a child's looks, beside the chain: which records are about it, by segments of the
 * chain (migrations/book/0003). A segment is listed at once, when it is full; what comes after the
 * last full one is read through. The list is not signed: it is held against the records
 * (book_verify), and a record that is on it is shown only where it is about the child.
 */
#ifndef ACCESS_BOOK_LIST_H
#define ACCESS_BOOK_LIST_H

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

#define BOOK_SEGMENT 2048

/* Lists what is full after *listed, in the caller's DB_WRITE; moves *listed (records up to it are
 * listed) there. upto: the last record of the chain. mem is rewound. */
enum err book_list_put(
    struct db *book, struct arena *mem, int64_t chain, int64_t *listed, int64_t upto);
/* Takes a record off its child's list, in the caller's DB_WRITE, before it is erased. */
enum err book_list_take(struct db *book, struct arena *mem, int64_t chain, int64_t seq);

struct book_missing {
	int64_t *v;
	size_t n;
};
/* Those of the records after .. upto, all of them listed, that are not on their child's list. Lives
 * in mem. */
enum err book_list_missing(struct db *book, struct arena *mem, int64_t chain, int64_t after,
    int64_t upto, struct book_missing *out);

#endif
