#include "base/hash.h"
#include "test/t.h"

#include <stdio.h>

static void assert_hash(struct str of, const char *hex)
{
	unsigned char out[HASH_BYTES];
	char text[2 * HASH_BYTES + 1];

	hash_sha256(of, out);
	for (int i = 0; i < HASH_BYTES; i++)
		snprintf(text + (ptrdiff_t)2 * i, 3, "%02x", out[i]);
	assert_string_equal(text, hex);
}

/* The examples of FIPS 180-4 that NIST publishes: one block, two blocks, none. */
TEST(hash_sha256_is_that_of_the_standard)
{
	assert_hash(S("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_hash(S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_hash(S(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
