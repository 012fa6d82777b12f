#include "auth/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test/t.h"

static struct token_keys *fresh_keys(void)
{
	char path[] = "/tmp/token_test.XXXXXX";
	struct token_keys *t;
	struct keys *k;

	assert_non_null(mkdtemp(path));
	assert_int_equal(rmdir(path), 0);
	assert_ok(keys_make(path));
	assert_ok(keys_open(path, &k));
	unlink(path);
	t = token_keys_open(k);
	keys_close(k);
	return t;
}

TEST(token_text_goes_there_and_back)
{
	struct arena *mem = t_mem();
	struct token a = token_fresh(), b = token_fresh(), got;
	struct str text = token_text(mem, &a);

	assert_memory_not_equal(a.b, b.b, sizeof a.b);
	assert_int_equal(text.n, TOKEN_CHARS);
	assert_true(token_parse(text, &got));
	assert_memory_equal(got.b, a.b, sizeof a.b);
	assert_false(token_parse((struct str){ text.p, text.n - 1 }, &got));
	assert_false(token_parse(str_fmt(mem, "%.*s=", STR(text)), &got));
	assert_false(token_parse(str_fmt(mem, "%.*s ", STR(text)), &got));
	assert_false(token_parse(str_fmt(mem, " %.*s", (int)text.n - 1, text.p), &got));
	assert_false(token_parse((struct str){ NULL, 0 }, &got));
	/* the last letter holds two loose bits: only one way of writing it is ours */
	assert_true(token_parse(S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &got));
	assert_false(token_parse(S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"), &got));
	assert_false(token_parse(S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A"), &got));
}

TEST(token_hash_needs_the_key)
{
	struct arena *mem = t_mem();
	struct token_keys *k = fresh_keys(), *other = fresh_keys();
	struct token a = token_fresh(), b = token_fresh();
	struct str h = token_hash(k, mem, &a);

	assert_int_equal(h.n, 32);
	assert_true(str_eq(h, token_hash(k, mem, &a)));
	assert_false(str_eq(h, token_hash(k, mem, &b)));
	assert_false(str_eq(h, token_hash(other, mem, &a)));
	assert_memory_not_equal(h.p, a.b, 32);
	token_keys_close(k);
	token_keys_close(other);
}

TEST(csrf_holds_for_one_session_and_one_path)
{
	struct arena *mem = t_mem();
	struct token_keys *k = fresh_keys(), *other = fresh_keys();
	struct token a = token_fresh(), b = token_fresh();
	struct str t = csrf_make(k, mem, &a, S("/plans/1/steps/2"));
	char *flip = (char *)(uintptr_t)str_copy(mem, t).p;

	assert_true(csrf_check(k, &a, S("/plans/1/steps/2"), t));
	assert_false(csrf_check(k, &b, S("/plans/1/steps/2"), t));
	assert_false(csrf_check(other, &a, S("/plans/1/steps/2"), t));
	assert_false(csrf_check(k, &a, S("/plans/1/steps/3"), t));
	assert_false(csrf_check(k, &a, S(""), t));
	assert_false(csrf_check(k, &a, S("/plans/1/steps/2"), S("")));
	assert_false(csrf_check(k, &a, S("/plans/1/steps/2"), token_text(mem, &a)));
	for (size_t i = 0; i < t.n; i++) {
		flip[i] = t.p[i] == 'A' ? 'B' : 'A';
		assert_false(csrf_check(k, &a, S("/plans/1/steps/2"), (struct str){ flip, t.n }));
		flip[i] = t.p[i];
	}
	token_keys_close(k);
	token_keys_close(other);
}

TEST(signed_value_holds_for_its_purpose_and_time)
{
	struct arena *mem = t_mem();
	struct token_keys *k = fresh_keys(), *other = fresh_keys();
	struct str t = token_sign(k, mem, "language", S("sv"), 1000), got;
	char *flip = (char *)(uintptr_t)str_copy(mem, t).p;

	assert_true(token_check(k, mem, "language", t, 999, &got));
	assert_str(got, "sv");
	assert_false(token_check(k, mem, "language", t, 1000, &got));
	assert_null(got.p);
	assert_false(token_check(k, mem, "flash", t, 0, &got));
	assert_false(token_check(k, mem, "languag", t, 0, &got));
	assert_false(token_check(other, mem, "language", t, 0, &got));
	for (size_t i = 0; i < t.n; i++) {
		assert_false(token_check(k, mem, "language", (struct str){ t.p, i }, 0, &got));
		flip[i] = t.p[i] == 'A' ? 'B' : 'A';
		assert_false(token_check(k, mem, "language", (struct str){ flip, t.n }, 0, &got));
		flip[i] = t.p[i];
	}
	assert_true(token_check(k, mem, "x", token_sign(k, mem, "x", S(""), 5), 0, &got));
	assert_int_equal(got.n, 0);
	token_keys_close(k);
	token_keys_close(other);
}

TEST(signed_value_of_every_length)
{
	struct arena *mem = t_mem();
	struct token_keys *k = fresh_keys();
	char text[TOKEN_VALUE_MOST];
	struct str got;

	memset(text, 'x', sizeof text);
	for (size_t n = 0; n <= sizeof text; n++) {
		struct str t = token_sign(k, mem, "p", (struct str){ text, n }, INT64_MAX);

		assert_true(token_check(k, mem, "p", t, INT64_MAX - 1, &got));
		assert_true(str_eq(got, (struct str){ text, n }));
		assert_false(token_check(k, mem, "p", str_fmt(mem, "%.*sA", STR(t)), 0, &got));
	}
	token_keys_close(k);
}

TEST(cookie_is_for_this_host_only)
{
	assert_str(token_cookie(t_mem(), COOKIE_SESSION, S("abc-_9"), 3600),
	    "__Host-tillsammans=abc-_9; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
	assert_str(token_cookie(t_mem(), COOKIE_SESSION, S(""), 0),
	    "__Host-tillsammans=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
	assert_str(token_cookie(t_mem(), COOKIE_LANGUAGE, S("sv"), -1),
	    "__Host-sprak=sv; Path=/; Secure; HttpOnly; SameSite=Lax");
}
