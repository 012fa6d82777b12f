/*
 * What strangers send as cookies and hidden fields: it is read without harm, and what is taken for
 * ours is written as we write it. The first byte chooses how to look at the rest; one way changes a
 * true token and asks that it no longer holds.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access/book_chain.h"
#include "auth/seal.h"
#include "auth/token.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct keys *keys;
static struct token_keys *tokens;
static struct arena mem;

static void set_up(void)
{
	char path[] = "/tmp/fuzz_token.XXXXXX";

	arena_init(&mem, (size_t)4 << 20);
	must(mkdtemp(path) != NULL && rmdir(path) == 0);
	must(keys_make(path) == OK && keys_open(path, &keys) == OK && unlink(path) == 0);
	tokens = token_keys_open(keys);
}

static void as_sent(struct str s)
{
	struct str value;
	struct token t;

	if (token_parse(s, &t)) {
		must(str_eq(token_text(&mem, &t), s));
		must(!csrf_check(tokens, &t, S("/a"), s)); /* nobody guesses 256 bits */
	}
	/* a purpose that is never signed here: the fuzzer sees the true tokens of the others go by
	 */
	must(!token_check(tokens, &mem, "never", s, 0, &value));
}

/* A true token with some bytes changed by the input: only the unchanged one holds. */
static void changed(struct str s)
{
	struct str value, real, sent;
	char *copy;
	bool same;

	real = token_sign(tokens, &mem, "language", S("sv"), INT64_MAX);
	copy = arena_array(&mem, char, real.n + s.n);
	memcpy(copy, real.p, real.n);
	for (size_t i = 0; i + 1 < s.n; i += 2)
		copy[(unsigned char)s.p[i] % real.n] = s.p[i + 1];
	sent = (struct str){ copy, real.n };
	same = str_eq(sent, real);
	must(token_check(tokens, &mem, "language", sent, 0, &value) == same);
	must(token_check(tokens, &mem, "language", (struct str){ copy, real.n - 1 }, 0, &value) ==
	     false);
}

/* Any value goes there and back. */
static void there_and_back(struct str s)
{
	struct str value;

	if (s.n > TOKEN_VALUE_MOST)
		s.n = TOKEN_VALUE_MOST;
	must(token_check(tokens, &mem, "p", token_sign(tokens, &mem, "p", s, 10), 9, &value));
	must(str_eq(value, s));
}

static void sealed(struct str s)
{
	struct str text;

	must(seal_open(keys, &mem, "identity", 1, s, &text) != OK);
}

/* What stands in the book, in a witness, in a key file. */
static void of_the_book(struct str s)
{
	char again[BOOK_CONTENT_MOST];
	struct book_checkpoint c;
	unsigned char key[BOOK_KEY];
	struct book_entry e;

	if (book_entry_of(s, &e))
		must(str_eq(s, (struct str){ again, book_content(&e, again) }));
	if (book_witness_of(&mem, s, &c))
		must(str_eq(s, book_witness(&mem, &c)));
	(void)book_key_of(s, key);
	(void)book_seqs_have(s, 7);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static void (*const ways[])(
	    struct str) = { as_sent, changed, there_and_back, sealed, of_the_book };

	if (!mem.base)
		set_up();
	if (n == 0)
		return 0;
	ways[data[0] % 5]((struct str){ (const char *)data + 1, n - 1 });
	arena_rewind(&mem, 0);
	return 0;
}
