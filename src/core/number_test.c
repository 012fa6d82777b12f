#include "core/number.h"

#include <jansson.h>
#include <string.h>

#include "test/t.h"

static const struct date today = { 2026, 11, 21 };

static struct number read_number(const char *text)
{
	struct number n;
	bool valid = number_read(str_of(text), today, &n);

	assert_int_equal(valid, n.kind != NUMBER_NONE);
	assert_int_equal(n.kind != NUMBER_NONE, n.reason == NUMBER_BAD_OK);
	if (n.kind == NUMBER_NONE)
		assert_int_equal(n.canonical[0] | n.masked[0], 0);
	else
		assert_int_equal(strlen(n.canonical), 12);
	return n;
}

TEST(number_kinds_and_forms)
{
	static const struct {
		const char *text;
		enum number_kind kind;
		const char *canonical, *masked;
	} rows[] = {
		{ "190901219931", NUMBER_PERSON, "190901219931", "19090121-••••" },
		{ "090121+9931", NUMBER_PERSON, "190901219931", "19090121-••••" },
		{ "19090121+9931", NUMBER_PERSON, "190901219931", "19090121-••••" },
		{ "19090121-9931", NUMBER_PERSON, "190901219931", "19090121-••••" },
		{ "090121-9931", NUMBER_PERSON, "200901219931", "20090121-••••" },
		{ " 0901219931\t", NUMBER_PERSON, "200901219931", "20090121-••••" },
		{ "191500722390", NUMBER_COORDINATION, "191500722390",
		    "19150072-••••" }, /* month 00 */
		{ "192304602390", NUMBER_COORDINATION, "192304602390",
		    "19230460-••••" }, /* day 60 */
		{ "192004912388", NUMBER_COORDINATION, "192004912388",
		    "19200491-••••" }, /* 31 April */
		{ "20000101T220", NUMBER_INTERIM, "20000101T220", "20000101-••••" },
		{ "000101-t220", NUMBER_INTERIM, "20000101T220", "20000101-••••" },
		{ "857209-0606", NUMBER_ORGANISATION, "168572090606", "857209-0606" },
		{ "168572090606", NUMBER_ORGANISATION, "168572090606", "857209-0606" },
		{ "98240301AA06", NUMBER_RESERVE, "98240301AA06", "98240301-••••" },
		{ "98240301-aa06", NUMBER_RESERVE, "98240301AA06", "98240301-••••" },
		{ "20130101TF01", NUMBER_TEMPORARY, "20130101TF01", "20130101-••••" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct number n = read_number(rows[i].text);

		if (n.kind != rows[i].kind)
			fail_msg("%s: %s %s", rows[i].text, number_kind_code(n.kind),
			    number_reason_code(n.reason));
		assert_string_equal(n.canonical, rows[i].canonical);
		assert_string_equal(n.masked, rows[i].masked);
	}
}

TEST(number_says_why_not)
{
	static const struct {
		const char *text;
		enum number_reason reason;
	} rows[] = {
		{ "", NUMBER_BAD_EMPTY },
		{ "   ", NUMBER_BAD_EMPTY },
		{ "12345", NUMBER_BAD_LENGTH },
		{ "19090121993", NUMBER_BAD_LENGTH },
		{ "1909012199311", NUMBER_BAD_LENGTH },
		{ "19090121993112345678901234567890", NUMBER_BAD_LENGTH },
		{ "090121 9931", NUMBER_BAD_CHARACTER },
		{ "1909012199å1", NUMBER_BAD_CHARACTER },
		{ "ABCDEFGHIJKL", NUMBER_BAD_CHARACTER },
		{ "T901219931", NUMBER_BAD_CHARACTER },
		{ "20000101I220", NUMBER_BAD_CHARACTER },
		{ "0901-219931", NUMBER_BAD_SEPARATOR },
		{ "-0901219931", NUMBER_BAD_SEPARATOR },
		{ "090121--9931", NUMBER_BAD_SEPARATOR },
		{ "20090121+9931", NUMBER_BAD_SEPARATOR }, /* nobody of 17 has a plus */
		{ "857209+0606", NUMBER_BAD_SEPARATOR },
		{ "190902309931", NUMBER_BAD_DATE },
		{ "190913019931", NUMBER_BAD_DATE },
		{ "170901219931", NUMBER_BAD_DATE },
		{ "191513722390", NUMBER_BAD_DATE }, /* month 13, coordination */
		{ "192004922388", NUMBER_BAD_DATE }, /* day 92 */
		{ "202611229999", NUMBER_BAD_FUTURE },
		{ "202701619999", NUMBER_BAD_FUTURE },
		{ "201509160006", NUMBER_BAD_BIRTH_NUMBER },
		{ "190901219932", NUMBER_BAD_CHECK_DIGIT },
		{ "98240301AA07", NUMBER_BAD_CHECK_DIGIT },
		{ "98240301AO06", NUMBER_BAD_CHARACTER }, /* O is mistaken for 0 */
		{ "21130101TF01", NUMBER_BAD_FUTURE },
		{ "20130132TF01", NUMBER_BAD_DATE },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct number n = read_number(rows[i].text);

		if (n.reason != rows[i].reason)
			fail_msg("%s: %s, wanted %s", rows[i].text, number_reason_code(n.reason),
			    number_reason_code(rows[i].reason));
	}
}

/* sweden.md 2.14: a coordination number tells no birth date. */
TEST(promise_08_no_birth_date_from_a_coordination_number)
{
	assert_false(date_known(read_number("191401682396").born));
	assert_false(date_known(read_number("191500722390").born));
	assert_false(date_known(read_number("857209-0606").born));
	assert_false(date_known(read_number("00342145BZ31").born)); /* reserve, day unknown */
	assert_str(date_iso(t_mem(), read_number("98240301AA06").born), "2024-03-01");
	assert_str(date_iso(t_mem(), read_number("190901219931").born), "1909-01-21");
}

/* The plus comes with the year in which somebody turns 100, not on the birthday. */
TEST(number_century)
{
	static const struct {
		const char *text;
		struct date today;
		const char *canonical; /* NULL: not valid on that day */
	} rows[] = {
		{ "090121-9931", { 2008, 12, 31 }, "190901219931" },
		{ "090121-9931", { 2009, 1, 1 }, NULL }, /* 2009-01-21 has not come */
		{ "090121+9931", { 2009, 1, 1 }, "190901219931" },
		{ "090121-9931", { 2009, 1, 21 }, "200901219931" },
		{ "090121+9931", { 2108, 12, 31 }, "190901219931" },
		{ "090121+9931", { 2109, 1, 1 }, "200901219931" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct number n;

		assert_int_equal(number_read(str_of(rows[i].text), rows[i].today, &n),
		    rows[i].canonical != NULL);
		if (rows[i].canonical)
			assert_string_equal(n.canonical, rows[i].canonical);
		else
			assert_int_equal(n.reason, NUMBER_BAD_FUTURE);
	}
}

static void every_line(const char *file, enum number_kind kind, size_t at_least)
{
	struct str text, line;
	size_t seen = 0;

	if (!t_data())
		t_skip("no shared data: third-party examples stay outside the repo");
	text = t_file(t_mem(), str_c(t_mem(), str_fmt(t_mem(), "%s/ids/%s", t_data(), file)));
	while (text.n) {
		struct number n;
		struct str rest = str_cut(&text, '\n');

		line = str_cut(&rest, ',');
		if (line.n == 0 || line.p[0] == 'n')
			continue;
		if (!number_read(line, today, &n) || n.kind != kind)
			fail_msg("%.*s: %s", STR(line), number_reason_code(n.reason));
		assert_memory_equal(n.canonical, line.p, 12);
		/* One digit wrong is always seen. */
		{
			char wrong[13];

			memcpy(wrong, n.canonical, 13);
			wrong[11] = (char)('0' + (wrong[11] - '0' + 1 + (int)(seen % 9)) % 10);
			assert_false(number_read(str_of(wrong), today, &n));
			assert_int_equal(n.reason, NUMBER_BAD_CHECK_DIGIT);
		}
		seen++;
	}
	assert_true(seen >= at_least);
}

TEST(number_every_official_test_personnummer)
{
	every_line("personnummer-test.txt", NUMBER_PERSON, 20564);
}

TEST(number_every_official_test_samordningsnummer)
{
	every_line("samordningsnummer-test.csv", NUMBER_COORDINATION, 1132);
}

static enum number_kind kind_of_type(const char *type)
{
	return strcmp(type, "ssn") == 0       ? NUMBER_PERSON
	       : strcmp(type, "con") == 0     ? NUMBER_COORDINATION
	       : strcmp(type, "interim") == 0 ? NUMBER_INTERIM
					      : NUMBER_ORGANISATION;
}

TEST(number_vectors)
{
	static const char *const forms[] = { "long_format", "short_format", "separated_format",
		"separated_long" };
	struct str text;
	json_t *all, *v;
	size_t i, tried = 0;

	if (!t_data())
		t_skip("no shared data: third-party examples stay outside the repo");
	text = t_file(t_mem(), str_c(t_mem(), str_fmt(t_mem(), "%s/ids/vectors.json", t_data())));
	all = json_loadb(text.p, text.n, 0, NULL);
	assert_non_null(all);
	json_array_foreach(all, i, v)
	{
		enum number_kind kind = kind_of_type(json_string_value(json_object_get(v, "type")));
		bool valid = json_is_true(json_object_get(v, "valid"));

		for (size_t f = 0; f < 4; f++) {
			const char *form = json_string_value(json_object_get(v, forms[f]));
			struct number n;

			if (!form)
				continue;
			n = read_number(form);
			tried++;
			/* An organisation number is "not valid" there as a person's number. */
			if (kind == NUMBER_ORGANISATION || valid)
				assert_int_equal(n.kind, kind);
			else
				assert_int_equal(n.kind, NUMBER_NONE);
		}
	}
	json_decref(all);
	assert_true(tried > 40);
}
