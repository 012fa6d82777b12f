/*
 * Reads a whole book of looks and says what is wrong with it, record by record. Needs no secret:
 * only public keys (and witnesses) that were kept outside the book. Memory does not grow with the
 * book.
 */
#ifndef ACCESS_BOOK_VERIFY_H
#define ACCESS_BOOK_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#include "access/book_chain.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

#define BOOK_TRUST_MOST 16

#define BOOK_FINDING_TABLE(X) \
	X(CONTENT, "content", "its content or its salt was changed") \
	X(COLUMN, "column", "what lists it under a child is not what its content says") \
	X(UNLISTED, "unlisted", "is not in the list of its child's looks") \
	X(UNREADABLE, "unreadable", "its content is not one this program writes") \
	X(MISSING, "missing", "it is missing") \
	X(SELF, "instant", "its instant, number or commitment was changed") \
	X(PLACE, "place", \
	    "does not follow the record before it: one was removed, inserted or moved here") \
	X(ERASED, "erased", "its content is gone and no record says by which rule") \
	X(SIGNATURE, "signature", "its checkpoint is not signed by a key you trust") \
	X(REWRITTEN, "rewritten", \
	    "is not what its checkpoint signed: records before it were written anew") \
	X(UNSIGNED, "unsigned", \
	    "too many records before it without a checkpoint: some were removed") \
	X(TAIL, "tail", \
	    "a checkpoint speaks of it, but the chain ends before it: its tail is cut") \
	X(WITNESS, "witness", "is not what the witness saw") \
	X(CHAIN, "chain", \
	    "a witness or a record speaks of its chain, which is gone or has an impossible number")

enum book_wrong {
#define X(name, word, text) BOOK_WRONG_##name,
	BOOK_FINDING_TABLE(X)
#undef X
	    BOOK_WRONG_COUNT
};
const char *book_wrong_word(enum book_wrong w); /* for machines */
const char *book_wrong_text(enum book_wrong w); /* follows "record N: " */

struct book_finding {
	enum book_wrong wrong;
	int64_t chain, seq;
	int64_t to; /* MISSING: the last one missing; else seq */
};

struct book_trust {
	unsigned char keys[BOOK_TRUST_MOST][BOOK_KEY];
	size_t n_keys;
	struct book_checkpoint witnesses[BOOK_TRUST_MOST];
	size_t n_witnesses;
};

struct book_sum {
	int64_t chains, records, erased, checkpoints, findings;
	int64_t unsigned_tail; /* records after their chain's last checkpoint */
};

/* Calls found for each finding, in order. OK: read to the end (findings or not). The book is read
 * in one snapshot; a program may go on writing in it. */
enum err book_verify(struct db *book, const struct book_trust *trust,
    void (*found)(void *to, const struct book_finding *f), void *to, struct book_sum *sum);

/* Writes the book as lines for another checker (docs/book.md, "Export"). ERR_INTERNAL: to can't be
 * written. */
enum err book_export(struct db *book, int fd);

#endif
