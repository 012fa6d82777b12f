/* A book of the running test's own, and what its tests do with it. */
#ifndef ACCESS_BOOK_SHELF_H
#define ACCESS_BOOK_SHELF_H

#include "access/book.h"
#include "access/book_verify.h"

struct shelf {
	struct book_options o;
	struct db *main;
	struct book *book;
};

struct findings {
	struct book_finding v[64];
	size_t n;
};

struct shelf shelf_of(struct db *main, const char *copy);
struct shelf shelf_open(struct db *main, const char *copy);
void shelf_close(struct shelf *s);
struct book_entry a_look(int64_t child, int64_t item);
void put_looks(struct book *b, int64_t child, size_t n);
void tamper(const struct shelf *s, const char *sql);
void note(void *to, const struct book_finding *f);
struct book_trust trust_of(const struct shelf *s);
struct findings verify_with(
    const struct shelf *s, const struct book_trust *t, struct book_sum *sum);
int stranger(const struct shelf *s, const char *witness);
void assert_good(const struct shelf *s, int64_t records);
void assert_found(const struct shelf *s, enum book_wrong wrong, int64_t seq);

#endif
