/* Forms: every field is read, the user's words come back, each problem has its name. */
#include <stdio.h>
#include <string.h>

#include "t.h"

#include "http/http.h"

static struct http_pairs pairs;

static struct form form(const char *text)
{
	assert_ok(http_parse_urlencoded(t_mem(), str_of(text), 1000, &pairs));
	return form_of(t_mem(), &pairs);
}

static enum form_problem problem(struct form *f, const char *name)
{
	return form_problem(f, str_of(name), NULL);
}

TEST(form_text_is_trimmed_and_counted_in_characters)
{
	struct form f = form("a=+%C3%85sa%C2%A0&lines=x%0D%0Ay%0Dz&empty=+&long=abcd&short=a");

	assert_str(form_text(&f, S("a"), 1, 3), "Åsa");
	assert_str(form_text(&f, S("lines"), 1, 5), "x\ny\nz");
	assert_str(form_text(&f, S("empty"), 0, 3), "");
	assert_int_equal(f.bad, 0);
	form_text(&f, S("long"), 1, 3);
	form_text(&f, S("short"), 2, 3);
	form_text(&f, S("gone"), 1, 3);
	assert_int_equal(f.bad, 3);
	assert_int_equal(problem(&f, "long"), FORM_TOO_LONG);
	assert_int_equal(problem(&f, "short"), FORM_TOO_SHORT);
	assert_int_equal(problem(&f, "gone"), FORM_MISSING);
	assert_int_equal(problem(&f, "a"), FORM_OK);
	assert_str(form_value(&f, S("long")), "abcd");
	assert_str(form_value(&f, S("a")), " Åsa\xc2\xa0"); /* as the user wrote it */
	assert_str(form_value(&f, S("gone")), "");
	assert_int_equal(problem(&f, "never asked for"), FORM_OK);
}

TEST(form_numbers)
{
	struct form f = form("v=7&neg=-3&plus=%2B3&big=9223372036854775808&over=11&x=1a&e=&min="
			     "-9223372036854775808&sp=+5+");

	assert_int_equal(form_i64(&f, S("v"), 1, 10), 7);
	assert_int_equal(form_i64(&f, S("neg"), -5, 10), -3);
	assert_int_equal(form_i64(&f, S("sp"), -5, 10), 5);
	assert_true(form_i64(&f, S("min"), INT64_MIN, 0) == INT64_MIN);
	assert_int_equal(f.bad, 0);
	assert_int_equal(form_i64(&f, S("plus"), 2, 10), 2);
	form_i64(&f, S("big"), 0, INT64_MAX);
	form_i64(&f, S("over"), 1, 10);
	form_i64(&f, S("x"), 1, 10);
	form_i64(&f, S("e"), 1, 10);
	assert_int_equal(f.bad, 5);
	assert_int_equal(problem(&f, "plus"), FORM_NOT_A_NUMBER);
	assert_int_equal(problem(&f, "big"), FORM_OUT_OF_RANGE);
	assert_int_equal(problem(&f, "over"), FORM_OUT_OF_RANGE);
	assert_int_equal(problem(&f, "x"), FORM_NOT_A_NUMBER);
	assert_int_equal(problem(&f, "e"), FORM_MISSING);
}

TEST(form_ids)
{
	struct form f = form("a=9223372036854775807&zero=0&neg=-1&word=x&e=");

	assert_true(form_id(&f, S("a"), true) == INT64_MAX);
	assert_int_equal(form_id(&f, S("e"), false), 0);
	assert_int_equal(f.bad, 0);
	assert_int_equal(form_id(&f, S("zero"), false), 0);
	form_id(&f, S("neg"), true);
	form_id(&f, S("word"), true);
	form_id(&f, S("gone"), true);
	assert_int_equal(f.bad, 4);
	assert_int_equal(problem(&f, "zero"), FORM_NOT_A_CHOICE);
	assert_int_equal(problem(&f, "gone"), FORM_MISSING);
}

TEST(form_days)
{
	static const struct {
		const char *text;
		int y, m, d; /* 0: refused */
	} cases[] = { { "2026-11-21", 2026, 11, 21 }, { "20261121", 2026, 11, 21 },
		{ "21/11+2026", 2026, 11, 21 }, { "1/2+2026", 2026, 2, 1 },
		{ "21.11.2026", 2026, 11, 21 }, { "1.2.2026", 2026, 2, 1 },
		{ "+2028-02-29+", 2028, 2, 29 }, { "2026-02-29", 0, 0, 0 },
		{ "29/2+2026", 0, 0, 0 }, { "11/21+2026", 0, 0, 0 }, { "21/11", 0, 0, 0 },
		{ "21/11/2026", 0, 0, 0 }, { "2026/11/21", 0, 0, 0 }, { "2026-11-21x", 0, 0, 0 },
		{ "202611211", 0, 0, 0 }, { "2026112", 0, 0, 0 }, { "261121", 0, 0, 0 },
		{ "idag", 0, 0, 0 }, { "-", 0, 0, 0 }, { "21.11.26", 0, 0, 0 },
		{ "21..2026", 0, 0, 0 }, { "%D9%A2/11+2026", 0, 0, 0 }, { "0/0+2026", 0, 0, 0 },
		{ "2.1.2026.", 0, 0, 0 } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[64];
		struct form f;
		struct date d;

		snprintf(text, sizeof text, "d=%s", cases[i].text);
		f = form(text);
		d = form_date(&f, S("d"), true);
		assert_int_equal(d.y, cases[i].y);
		assert_int_equal(d.m, cases[i].m);
		assert_int_equal(d.d, cases[i].d);
		assert_int_equal(problem(&f, "d"), cases[i].y ? FORM_OK : FORM_NOT_A_DATE);
	}
	struct form f = form("d=");
	assert_false(date_known(form_date(&f, S("d"), false)));
	assert_int_equal(f.bad, 0);
	form_date(&f, S("e"), true);
	assert_int_equal(problem(&f, "e"), FORM_MISSING);
}

TEST(form_choices)
{
	static const struct str choices[] = { { "yes", 3 }, { "no", 2 } };
	struct form f = form("a=no&b=maybe&c=&box=on");

	assert_int_equal(form_choice(&f, S("a"), choices, 2, true), 1);
	assert_int_equal(form_choice(&f, S("c"), choices, 2, false), -1);
	assert_int_equal(f.bad, 0);
	assert_int_equal(form_choice(&f, S("b"), choices, 2, false), -1);
	assert_int_equal(form_choice(&f, S("d"), choices, 2, true), -1);
	assert_int_equal(problem(&f, "b"), FORM_NOT_A_CHOICE);
	assert_int_equal(problem(&f, "d"), FORM_MISSING);
	assert_true(form_checked(&f, S("box")));
	assert_false(form_checked(&f, S("nobox")));
}

TEST(form_field_sent_twice_is_refused)
{
	struct form f = form("a=1&a=2&b=1&b=1");
	int message = -1;

	form_text(&f, S("a"), 1, 9);
	form_id(&f, S("b"), true);
	assert_int_equal(f.bad, 2);
	assert_int_equal(form_problem(&f, S("a"), &message), FORM_NOT_TEXT);
	assert_int_equal(message, 0);
}

TEST(form_marks)
{
	struct form f = form("a=1&b=x");
	int message = 0;

	form_text(&f, S("a"), 1, 9);
	form_mark(&f, S("a"), 42);
	form_mark(&f, S("a"), 43); /* the first stands */
	assert_int_equal(f.bad, 1);
	assert_int_equal(form_problem(&f, S("a"), &message), FORM_RULE);
	assert_int_equal(message, 42);
	form_text(&f, S("a"), 1, 9);
	assert_int_equal(f.n, 1);                /* one note per field however often it is read */
	assert_str(form_value(&f, S("b")), "x"); /* not read yet: still the user's words */
}

TEST(form_file_bytes_never_reach_a_page)
{
	struct http_pair file = { S("pic"), { "\x89\x00\xff", 3 } };
	struct http_pairs p = { &file, 1 };
	struct form f = form_of(t_mem(), &p);

	assert_str(form_value(&f, S("pic")), "");
	form_text(&f, S("pic"), 0, 100);
	assert_int_equal(problem(&f, "pic"), FORM_NOT_TEXT);
	assert_str(form_value(&f, S("pic")), "");
}

/* A page may ask for one field a row: a plan with sixty measures, a table of work. */
TEST(form_has_room_for_as_many_fields_as_a_page_asks_for)
{
	struct form f = form("n7=sju&n199=sist");

	for (int i = 0; i < 200; i++) {
		struct str name = str_fmt(t_mem(), "n%d", i);

		size_t n = form_text(&f, name, i % 2 ? 1 : 0, 20).n;

		assert_int_equal(n, i == 7 ? 3 : i == 199 ? 4 : 0);
	}
	assert_int_equal(f.bad, 98);
	assert_str(form_value(&f, S("n199")), "sist");
	assert_int_equal(problem(&f, "n1"), FORM_MISSING);
	assert_int_equal(problem(&f, "n2"), FORM_OK);
}
