#include "base/hash.h"

#include <openssl/evp.h>
#include <pthread.h>

#include "base/err.h"

/* Found once: looking an algorithm up by its name costs more than hashing a record. */
static EVP_MD *sha256;

static void find(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	must(sha256 != NULL);
}

void hash_sha256(struct str of, unsigned char out[HASH_BYTES])
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	unsigned n;

	must(pthread_once(&once, find) == 0);
	must(EVP_Digest(of.p, of.n, out, &n, sha256, NULL) == 1 && n == HASH_BYTES);
}
