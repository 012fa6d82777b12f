#include "test/t.h"

#include <string.h>

TEST(str_trim_takes_white_space_off_both_ends)
{
	assert_str(str_trim(S(" \t a b\xc2\xa0\n")), "a b");
	assert_str(str_trim(S("  ")), "");
}

TEST(str_to_i64_takes_whole_decimal_numbers_only)
{
	int64_t v = 7;
	assert_true(str_to_i64(S("-9223372036854775808"), INT64_MIN, INT64_MAX, &v));
	assert_true(v == INT64_MIN);
	assert_false(str_to_i64(S("9223372036854775808"), INT64_MIN, INT64_MAX, &v));
	assert_false(str_to_i64(S("+1"), 0, 9, &v));
	assert_false(str_to_i64(S(" 1"), 0, 9, &v));
	assert_false(str_to_i64(S(""), 0, 9, &v));
	assert_false(str_to_i64(S("10"), 0, 9, &v));
}

TEST(str_cut_takes_the_first_part_and_leaves_the_rest)
{
	struct str s = S("a,b,c");
	assert_str(str_cut(&s, ','), "a");
	assert_str(s, "b,c");
	assert_str(str_cut(&s, ','), "b");
	assert_str(str_cut(&s, ','), "c");
	assert_int_equal(s.n, 0);
}

TEST(str_is_clean_refuses_what_is_not_text)
{
	assert_true(str_is_clean(S("Åsa Öberg\t\r\n")));
	assert_false(str_is_clean(S("a\0b")));
	assert_false(str_is_clean(S("\xc0\xaf")));     /* overlong */
	assert_false(str_is_clean(S("\xed\xa0\x80"))); /* half a surrogate pair */
	assert_false(str_is_clean(S("\x1b[0m")));
	assert_false(str_is_clean(S("\xe2\x82")));
}

TEST(str_cut_takes_an_empty_text_without_a_pointer)
{
	struct str s = { NULL, 0 };
	struct str head = str_cut(&s, ',');

	assert_int_equal(head.n, 0);
	assert_int_equal(s.n, 0);
	assert_null(s.p);
}
