/*
 * Tokens: of a session, of a form, and short values that come back signed. Every parser here meets
 * what strangers send.
 */
#ifndef AUTH_TOKEN_H
#define AUTH_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "auth/keys.h"
#include "base/arena.h"
#include "base/str.h"

#define TOKEN_BYTES 32
#define TOKEN_CHARS 43       /* 32 bytes in base64url without padding */
#define TOKEN_VALUE_MOST 512 /* bytes of a signed value */
#define COOKIE_SESSION "__Host-tillsammans"
#define COOKIE_LANGUAGE "__Host-sprak"
#define COOKIE_FLASH "__Host-besked"

/* The subkeys tokens need, derived once at start, in locked memory. */
struct token_keys; /* closed */
struct token_keys *token_keys_open(const struct keys *k);
void token_keys_close(struct token_keys *t); /* wipes; takes NULL */

/* 256 random bits: the session's secret. Only its hash is stored: who reads the database can't
 * take over a session. */
struct token {
	unsigned char b[TOKEN_BYTES];
};
struct token token_fresh(void);
/* base64url, TOKEN_CHARS characters, in mem. */
struct str token_text(struct arena *mem, const struct token *t);
/* Exactly what token_text writes, else false. */
bool token_parse(struct str s, struct token *out);
/* What the database keeps: keyed BLAKE2b-256, 32 bytes in mem. */
struct str token_hash(const struct token_keys *k, struct arena *mem, const struct token *t);

/* The hidden field "csrf": bound to the session and to the path the form is sent to. */
struct str csrf_make(
    const struct token_keys *k, struct arena *mem, const struct token *session, struct str path);
bool csrf_check(
    const struct token_keys *k, const struct token *session, struct str path, struct str given);

/*
 * A short value that a browser keeps for us (language, number of a message). purpose keeps one
 * kind from being used as another. Text: base64url of version (1) | expires, ms (8, big-endian) |
 * value | keyed BLAKE2b-256 over purpose, NUL and all before it. Anybody can read it: no personal
 * data in it.
 */
struct str token_sign(const struct token_keys *k, struct arena *mem, const char *purpose,
    struct str value, int64_t expires_ms);
/* false: not ours, changed, of another purpose, or past its time. The value lives in mem. */
bool token_check(const struct token_keys *k, struct arena *mem, const char *purpose,
    struct str given, int64_t now_ms, struct str *value);

/* Tried in headless Chromium 156: Secure "__Host-" cookies are taken and sent back on both
 * http://127.0.0.1 and http://localhost, so the demo may print either address.
 * The value of a Set-Cookie header: Secure, HttpOnly, SameSite=Lax, Path=/. max_age_s: 0 deletes
 * it, below 0 keeps it until the browser closes. value must be of base64url's characters. */
struct str token_cookie(struct arena *mem, const char *name, struct str value, int64_t max_age_s);

#endif
