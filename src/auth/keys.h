/*
 * The master key and what is derived from it. The key is a file or a systemd credential outside the
 * data directory and outside every backup (design.md section 4): who takes the data takes no
 * personal number and can't forge the book of looks.
 *
 * The file: one key a line, "VERSION HEX" with VERSION 1-255 and HEX 64 digits; the highest version
 * is used for what is new, all of them open what is old. Mode 0600 or 0400.
 */
#ifndef AUTH_KEYS_H
#define AUTH_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define KEY_BYTES 32
#define KEYS_MOST 8 /* versions in one file */

/* What a derived key is for: the number of the subkey (libsodium crypto_kdf). Never renumber. */
enum key_use {
	KEY_INDEX = 1,   /* blind index of personal numbers */
	KEY_SEAL = 2,    /* personal numbers at rest */
	KEY_SESSION = 3, /* hash of session tokens */
	KEY_CSRF = 4,    /* form tokens */
	KEY_SIGNED = 5,  /* short signed values in cookies */
	KEY_BOOK = 6     /* Ed25519 seed of the book of looks */
};

struct keys; /* closed: memory that is locked, guarded and left out of core dumps */

/* path: the file; NULL: "tillsammans-key" in $CREDENTIALS_DIRECTORY. ERR_NOT_FOUND: no such file.
 * ERR_DENIED: others than its owner may read it. ERR_INVALID: not a key file. */
enum err keys_open(const char *path, struct keys **out);
void keys_close(struct keys *k); /* wipes; takes NULL */
/* Writes a new file with one fresh key, mode 0600, durable. ERR_CONFLICT: the file is there already
 * (a key is never written over). For the demo and for a first installation. */
enum err keys_make(const char *path);

/* Adds a fresh key of the next version to the file: written whole beside it, then put in its place,
 * with the file's owner and mode. ERR_CONFLICT: no room for another. As keys_open else. */
enum err keys_add(const char *path, uint8_t *version);

size_t keys_count(const struct keys *k);
uint8_t keys_version(const struct keys *k, size_t i); /* i = 0 is the newest */
uint8_t keys_newest(const struct keys *k);
/* The derived key of that version; the caller wipes it (sodium_memzero). ERR_NOT_FOUND: no such
 * version. */
enum err keys_derive(
    const struct keys *k, uint8_t version, enum key_use use, unsigned char out[KEY_BYTES]);

#endif
