/* SHA-256 (FIPS 180-4), by OpenSSL: it uses the processor's own instructions for it, libsodium does
 * not (measured: a quarter of the time). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

#define HASH_BYTES 32

void hash_sha256(struct str of, unsigned char out[HASH_BYTES]);

#endif
