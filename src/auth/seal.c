#include "auth/seal.h"

#include <sodium.h>
#include <string.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define AD_MOST 80

_Static_assert(SEAL_EXTRA == 1 + NONCE + TAG, "sealed bytes are as the header says");
_Static_assert(KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key fits");

static size_t associated(unsigned char ad[AD_MOST], uint8_t version, const char *table, int64_t id)
{
	size_t n = strlen(table);

	must(n > 0 && n + 10 <= AD_MOST);
	ad[0] = version;
	memcpy(ad + 1, table, n + 1);
	for (int i = 0; i < 8; i++)
		ad[n + 2 + (size_t)i] = (unsigned char)((uint64_t)id >> (56 - 8 * i));
	return n + 10;
}

struct str seal_close(
    const struct keys *k, struct arena *mem, const char *table, int64_t id, struct str text)
{
	unsigned char key[KEY_BYTES], ad[AD_MOST], *out;
	uint8_t version = keys_newest(k);
	size_t n_ad = associated(ad, version, table, id);
	unsigned long long n;

	must(text.n > 0 && text.n <= SEAL_TEXT_MOST);
	must(keys_derive(k, version, KEY_SEAL, key) == OK);
	out = arena_array(mem, unsigned char, text.n + SEAL_EXTRA);
	out[0] = version;
	randombytes_buf(out + 1, NONCE); /* 192 bits: random never meets itself */
	must(crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + NONCE, &n,
		 (const unsigned char *)text.p, text.n, ad, n_ad, NULL, out + 1, key) == 0);
	sodium_memzero(key, sizeof key);
	return (struct str){ (const char *)out, 1 + NONCE + (size_t)n };
}

enum err seal_open(const struct keys *k, struct arena *mem, const char *table, int64_t id,
    struct str sealed, struct str *text)
{
	const unsigned char *in = (const unsigned char *)sealed.p;
	unsigned char key[KEY_BYTES], ad[AD_MOST], *out;
	unsigned long long n = 0;
	size_t n_ad;
	int bad;

	*text = (struct str){ NULL, 0 };
	if (sealed.n <= SEAL_EXTRA || sealed.n > SEAL_TEXT_MOST + SEAL_EXTRA)
		return fail(ERR_INVALID, "sealed text of a wrong length, row=%lld", (long long)id);
	if (keys_derive(k, in[0], KEY_SEAL, key) != OK)
		return fail(
		    ERR_INVALID, "sealed with a key we don't have, row=%lld", (long long)id);
	n_ad = associated(ad, in[0], table, id);
	out = arena_array(mem, unsigned char, sealed.n - SEAL_EXTRA);
	bad = crypto_aead_xchacha20poly1305_ietf_decrypt(
	    out, &n, NULL, in + 1 + NONCE, sealed.n - 1 - NONCE, ad, n_ad, in + 1, key);
	sodium_memzero(key, sizeof key);
	if (bad)
		return fail(ERR_INVALID, "sealed text does not open, row=%lld", (long long)id);
	*text = (struct str){ (const char *)out, (size_t)n };
	return OK;
}

struct str seal_index(const struct keys *k, struct arena *mem, uint8_t version, struct str number)
{
	unsigned char key[KEY_BYTES], *out = arena_array(mem, unsigned char, SEAL_INDEX_BYTES);

	must(keys_derive(k, version, KEY_INDEX, key) == OK);
	must(crypto_generichash(out, SEAL_INDEX_BYTES, (const unsigned char *)number.p, number.n,
		 key, sizeof key) == 0);
	sodium_memzero(key, sizeof key);
	return (struct str){ (const char *)out, SEAL_INDEX_BYTES };
}

uint8_t seal_version(struct str sealed)
{
	return sealed.n > SEAL_EXTRA ? (uint8_t)sealed.p[0] : 0;
}
