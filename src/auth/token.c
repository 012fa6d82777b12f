#include "auth/token.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#define B64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define SIGNED_VERSION 1
#define SIGNED_EXTRA (1 + 8 + TOKEN_BYTES)

struct token_keys {
	unsigned char session[KEY_BYTES], csrf[KEY_BYTES], signed_[KEY_BYTES];
};

struct token_keys *token_keys_open(const struct keys *k)
{
	struct token_keys *t = sodium_malloc(sizeof *t); /* locked, one per program */
	uint8_t v = keys_newest(k);

	must(t != NULL);
	must(keys_derive(k, v, KEY_SESSION, t->session) == OK);
	must(keys_derive(k, v, KEY_CSRF, t->csrf) == OK);
	must(keys_derive(k, v, KEY_SIGNED, t->signed_) == OK);
	must(sodium_mprotect_readonly(t) == 0);
	return t;
}

void token_keys_close(struct token_keys *t)
{
	if (t)
		sodium_free(t);
}

static struct str encode(struct arena *mem, const unsigned char *p, size_t n)
{
	size_t room = sodium_base64_ENCODED_LEN(n, B64);
	char *text = arena_array(mem, char, room);

	sodium_bin2base64(text, room, p, n, B64);
	return (struct str){ text, room - 1 };
}

/* One text for one value: what decodes to the same bytes but is written otherwise (loose bits at
 * the end) is refused, so that a token can't be sent in two shapes. */
static bool decode(struct str s, unsigned char *out, size_t most, size_t *n)
{
	char again[sodium_base64_ENCODED_LEN(SIGNED_EXTRA + TOKEN_VALUE_MOST, B64)];

	must(most <= SIGNED_EXTRA + TOKEN_VALUE_MOST);
	if (s.n == 0 || s.n >= sizeof again ||
	    sodium_base642bin(out, most, s.p, s.n, NULL, n, NULL, B64) != 0)
		return false;
	sodium_bin2base64(again, sizeof again, out, *n, B64);
	return str_eq_secret(s, str_of(again));
}

struct token token_fresh(void)
{
	struct token t;

	randombytes_buf(t.b, sizeof t.b);
	return t;
}

struct str token_text(struct arena *mem, const struct token *t)
{
	return encode(mem, t->b, sizeof t->b);
}

bool token_parse(struct str s, struct token *out)
{
	size_t n;

	if (s.n == TOKEN_CHARS && decode(s, out->b, sizeof out->b, &n) && n == sizeof out->b)
		return true;
	sodium_memzero(out, sizeof *out);
	return false;
}

struct str token_hash(const struct token_keys *k, struct arena *mem, const struct token *t)
{
	unsigned char *out = arena_array(mem, unsigned char, TOKEN_BYTES);

	must(crypto_generichash(out, TOKEN_BYTES, t->b, sizeof t->b, k->session, KEY_BYTES) == 0);
	return (struct str){ (const char *)out, TOKEN_BYTES };
}

static void csrf_bytes(const struct token_keys *k, const struct token *session, struct str path,
    unsigned char out[TOKEN_BYTES])
{
	crypto_generichash_state st;

	crypto_generichash_init(&st, k->csrf, KEY_BYTES, TOKEN_BYTES);
	crypto_generichash_update(&st, session->b, sizeof session->b); /* of a fixed length */
	crypto_generichash_update(&st, (const unsigned char *)path.p, path.n);
	crypto_generichash_final(&st, out, TOKEN_BYTES);
	sodium_memzero(&st, sizeof st);
}

struct str csrf_make(
    const struct token_keys *k, struct arena *mem, const struct token *session, struct str path)
{
	unsigned char mac[TOKEN_BYTES];

	csrf_bytes(k, session, path, mac);
	return encode(mem, mac, sizeof mac);
}

bool csrf_check(
    const struct token_keys *k, const struct token *session, struct str path, struct str given)
{
	unsigned char mac[TOKEN_BYTES];
	struct token t;

	if (!token_parse(given, &t))
		return false;
	csrf_bytes(k, session, path, mac);
	return sodium_memcmp(mac, t.b, sizeof mac) == 0;
}

static void signed_mac(const struct token_keys *k, const char *purpose, const unsigned char *p,
    size_t n, unsigned char out[TOKEN_BYTES])
{
	crypto_generichash_state st;

	crypto_generichash_init(&st, k->signed_, KEY_BYTES, TOKEN_BYTES);
	crypto_generichash_update(&st, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&st, p, n);
	crypto_generichash_final(&st, out, TOKEN_BYTES);
	sodium_memzero(&st, sizeof st);
}

struct str token_sign(const struct token_keys *k, struct arena *mem, const char *purpose,
    struct str value, int64_t expires_ms)
{
	unsigned char b[SIGNED_EXTRA + TOKEN_VALUE_MOST];
	size_t n = 9 + value.n;

	must(value.n <= TOKEN_VALUE_MOST && expires_ms >= 0);
	b[0] = SIGNED_VERSION;
	for (int i = 0; i < 8; i++)
		b[1 + i] = (unsigned char)((uint64_t)expires_ms >> (56 - 8 * i));
	if (value.n)
		memcpy(b + 9, value.p, value.n);
	signed_mac(k, purpose, b, n, b + n);
	return encode(mem, b, n + TOKEN_BYTES);
}

bool token_check(const struct token_keys *k, struct arena *mem, const char *purpose,
    struct str given, int64_t now_ms, struct str *value)
{
	unsigned char b[SIGNED_EXTRA + TOKEN_VALUE_MOST], mac[TOKEN_BYTES];
	uint64_t expires = 0;
	size_t n;

	*value = (struct str){ NULL, 0 };
	if (!decode(given, b, sizeof b, &n) || n < SIGNED_EXTRA || b[0] != SIGNED_VERSION)
		return false;
	n -= TOKEN_BYTES;
	signed_mac(k, purpose, b, n, mac);
	if (sodium_memcmp(mac, b + n, sizeof mac) != 0)
		return false;
	for (int i = 0; i < 8; i++)
		expires = expires << 8 | b[1 + i];
	if (expires > INT64_MAX || (int64_t)expires <= now_ms)
		return false;
	*value = str_copy(mem, (struct str){ (const char *)b + 9, n - 9 });
	return true;
}

struct str token_cookie(struct arena *mem, const char *name, struct str value, int64_t max_age_s)
{
	struct buf b;

	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		must((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		     c == '-' || c == '_');
	}
	buf_init(&b, mem, 160 + value.n);
	buf_fmt(&b, "%s=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", name, STR(value));
	if (max_age_s >= 0)
		buf_fmt(&b, "; Max-Age=%" PRId64, max_age_s);
	return buf_text(&b);
}
