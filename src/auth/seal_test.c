#include "auth/seal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test/t.h"

static struct keys *keys(const char *lines)
{
	char path[] = "/tmp/seal_test.XXXXXX";
	struct keys *k;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, lines, strlen(lines)), strlen(lines));
	close(fd);
	assert_ok(keys_open(path, &k));
	unlink(path);
	return k;
}

#define LINE_1 "1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"
#define LINE_2 "2 ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\n"
#define OTHER_1 "1 10112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"

/* Not a person's number: what is sealed is any text. */
static const struct str number = { "000000000000", 12 };

TEST(seal_opens_only_whole_and_in_its_place)
{
	struct arena *mem = t_mem();
	struct keys *k = keys(LINE_1), *other = keys(OTHER_1);
	struct str a = seal_close(k, mem, "identity", 5, number), b, got;

	assert_int_equal(a.n, number.n + SEAL_EXTRA);
	assert_null(memmem(a.p, a.n, number.p, number.n));
	b = seal_close(k, mem, "identity", 5, number);
	assert_false(str_eq(a, b)); /* the same number twice does not show */
	assert_ok(seal_open(k, mem, "identity", 5, a, &got));
	assert_true(str_eq(got, number));
	assert_int_equal(seal_open(k, mem, "identity", 6, a, &got), ERR_INVALID);
	assert_null(got.p);
	assert_int_equal(seal_open(k, mem, "guardian", 5, a, &got), ERR_INVALID);
	assert_int_equal(seal_open(other, mem, "identity", 5, a, &got), ERR_INVALID);
	for (size_t n = 0; n < a.n; n++) {
		struct str cut = { a.p, n }, flipped = str_copy(mem, a);

		assert_int_equal(seal_open(k, mem, "identity", 5, cut, &got), ERR_INVALID);
		for (int bit = 0; bit < 8; bit++) {
			char *at = (char *)(uintptr_t)flipped.p + n;

			*at = (char)(a.p[n] ^ 1 << bit);
			assert_int_equal(
			    seal_open(k, mem, "identity", 5, flipped, &got), ERR_INVALID);
			*at = a.p[n];
		}
	}
	keys_close(k);
	keys_close(other);
}

TEST(seal_keeps_opening_after_a_new_key)
{
	struct arena *mem = t_mem();
	struct keys *old = keys(LINE_1), *both = keys(LINE_1 LINE_2), *fresh = keys(LINE_2);
	struct str a = seal_close(old, mem, "identity", 9, number), b, got;

	assert_int_equal(seal_version(a), 1);
	assert_ok(seal_open(both, mem, "identity", 9, a, &got));
	b = seal_close(both, mem, "identity", 9, number);
	assert_int_equal(seal_version(b), 2);
	assert_int_equal(seal_open(fresh, mem, "identity", 9, a, &got), ERR_INVALID);
	assert_ok(seal_open(fresh, mem, "identity", 9, b, &got));
	keys_close(old);
	keys_close(both);
	keys_close(fresh);
}

TEST(seal_index_finds_the_exact_number_and_tells_nothing)
{
	struct arena *mem = t_mem();
	struct keys *k = keys(LINE_1 LINE_2), *other = keys(OTHER_1);
	struct str a = seal_index(k, mem, 1, number);

	assert_int_equal(a.n, SEAL_INDEX_BYTES);
	assert_true(str_eq(a, seal_index(k, mem, 1, number)));
	assert_false(str_eq(a, seal_index(k, mem, 2, number)));
	assert_false(str_eq(a, seal_index(other, mem, 1, number)));
	assert_false(str_eq(a, seal_index(k, mem, 1, S("000000000001"))));
	keys_close(k);
	keys_close(other);
}
