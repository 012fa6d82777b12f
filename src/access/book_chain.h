/*
 * The book of looks, its pure part: what stands in a record, byte for byte, and how records are
 * chained and signed. docs/book.md says the same for a stranger with standard tools; when one
 * changes, so does the other.
 *
 *   commitment = SHA-256(salt | content)
 *   link       = SHA-256(link before | chain | number | instant | commitment)
 *
 * Content and salt may be erased later (retention, correction of a wrong child): the commitment
 * stays, so the chain still verifies, and without the salt it tells nothing about the content.
 */
#ifndef ACCESS_BOOK_CHAIN_H
#define ACCESS_BOOK_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define BOOK_HASH 32
#define BOOK_SALT 16
#define BOOK_KEY 32
#define BOOK_SIGNATURE 64
#define BOOK_CONTENT_MOST 1024
#define BOOK_CODE_MOST 64  /* longest code in a record */
#define BOOK_NOTE_MOST 448 /* longest note */
/* Records that a chain has room for; where those of the next chain begin (migrations/book/0005). */
#define BOOK_CHAIN_MOST ((int64_t)1 << 40)
/* Whether there are places for a chain of that number; the program gives no other. */
bool book_nth_good(int64_t nth);
#define BOOK_SIGN_EVERY 1000 /* records between signed checkpoints */
#define BOOK_SIGN_EVERY_MS 60000

#define BOOK_KIND_TABLE(X) \
	X(LOOK, "look")       /* something was shown */ \
	X(CHANGE, "change")   /* something was changed; its id is the change token */ \
	X(REFUSAL, "refusal") /* somebody asked and got nothing */ \
	X(VOID, "void")       /* the change of never reached the data */ \
	X(ERASE, "erase")     /* the records note names lost their content by a rule */ \
	X(START, "start")     /* this copy of the program began */ \
	X(STOP, "stop")       /* and ended in good order */ \
	X(JOB, "job")         /* a job of ours looked or changed */

enum book_kind {
#define X(name, word) BOOK_##name,
	BOOK_KIND_TABLE(X)
#undef X
	    BOOK_KIND_COUNT
};
const char *book_kind_word(enum book_kind kind);

/*
 * What a record says. Zero and empty mean "does not apply". Texts are codes (a-z A-Z 0-9 . _ : , /
 * + -): never a name, a number of a person, or anything somebody wrote; another byte is recorded
 * as '_', what is too long is cut.
 */
struct book_entry {
	enum book_kind kind;
	int64_t id;         /* random; 0: book_append makes one */
	int64_t child;      /* whose record it is */
	int64_t actor;      /* the person who looked */
	int64_t staff;      /* as whom */
	int64_t assignment; /* in which role */
	int64_t unit;       /* where */
	struct str act;     /* act_code() */
	struct str item;    /* kind of item: "plan", "step" ... */
	int64_t item_id;
	struct str
	    why; /* the relation or the ground: "engagement", "guardian", "OSL-25-11-1" ... */
	int64_t why_id;
	struct str outcome; /* "ok", or err_name() */
	uint64_t request;   /* as in the log */
	int64_t of;         /* VOID: the change's id */
	struct str note;
};

/* The canonical content. Returns its length, at most BOOK_CONTENT_MOST. */
size_t book_content(const struct book_entry *e, char out[BOOK_CONTENT_MOST]);
/* Reads a content back; texts are borrowed from it. false: not a content that book_content could
 * have written (each entry has exactly one). */
bool book_entry_of(struct str content, struct book_entry *out);

/* content: at most BOOK_CONTENT_MOST bytes. */
void book_commitment(
    const unsigned char salt[BOOK_SALT], struct str content, unsigned char out[BOOK_HASH]);
/* before: the link of the record before; all zero for a chain's first record (number 1). */
void book_link(const unsigned char before[BOOK_HASH], int64_t chain, int64_t seq, int64_t at_ms,
    const unsigned char commitment[BOOK_HASH], unsigned char out[BOOK_HASH]);

struct book_checkpoint {
	int64_t chain, seq, at_ms;
	unsigned char link[BOOK_HASH];
	unsigned char key[BOOK_KEY]; /* the public key it was signed with */
	unsigned char signature[BOOK_SIGNATURE];
};
/* The text that is signed, in mem. */
struct str book_checkpoint_text(struct arena *mem, const struct book_checkpoint *c);
/* Signs with a libsodium Ed25519 secret key, whose public half goes into c->key. */
void book_checkpoint_sign(
    struct arena *mem, struct book_checkpoint *c, const unsigned char secret[64]);
bool book_checkpoint_good(struct arena *mem, const struct book_checkpoint *c);
/* A witness: the signed text, then "key=" and "signature=" lines. For a file that another party
 * keeps. */
struct str book_witness(struct arena *mem, const struct book_checkpoint *c);
bool book_witness_of(struct arena *mem, struct str text, struct book_checkpoint *out);
/* The public key as PEM, for openssl. */
struct str book_key_pem(struct arena *mem, const unsigned char key[BOOK_KEY]);
/* Reads that PEM, or 64 hex digits. */
bool book_key_of(struct str text, unsigned char key[BOOK_KEY]);

/* Numbers of records as "3-7,9": whether seq is among them. */
bool book_seqs_have(struct str seqs, int64_t seq);

struct str book_hex(struct arena *mem, const unsigned char *p, size_t n);

#endif
