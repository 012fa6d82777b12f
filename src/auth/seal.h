/*
 * Personal numbers at rest: sealed so that a copied database shows none, with a keyed blind index
 * beside it, so that an exact number can still be looked up (sweden.md 2.13-2.15).
 *
 * Sealed bytes: key version (1) | nonce (24, random) | XChaCha20-Poly1305 of the text (its length
 * and 16 more). Associated data: key version (1) | table name | NUL | row id (8, big-endian): a
 * sealed number moved to another row or table does not open.
 */
#ifndef AUTH_SEAL_H
#define AUTH_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "auth/keys.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define SEAL_EXTRA 41        /* bytes a sealed text is longer than the text */
#define SEAL_TEXT_MOST 65536 /* longest text that is sealed: a quarantined record */
#define SEAL_INDEX_BYTES 32

/* The sealed bytes of text (1 to SEAL_TEXT_MOST bytes), under the newest key, in mem. */
struct str seal_close(
    const struct keys *k, struct arena *mem, const char *table, int64_t id, struct str text);
/* Opens them. ERR_INVALID: not ours, changed, of another row, or of a key we don't have. The text
 * lives in mem: whoever shows it masks it; it never goes into a log. */
enum err seal_open(const struct keys *k, struct arena *mem, const char *table, int64_t id,
    struct str sealed, struct str *text);
/* The blind index of a number in its canonical form (12 digits, or as the number's kind says), in
 * mem: 32 bytes, the same for the same number and key version. */
struct str seal_index(const struct keys *k, struct arena *mem, uint8_t version, struct str number);
/* The key version a sealed text was made with; 0: not a sealed text. */
uint8_t seal_version(struct str sealed);

#endif
