#include "t.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "i18n/i18n.h"
#include "msg.h"
#include "pen_msg.h"

static const struct date today = { 2026, 11, 21 };

static struct str children(const struct i18n *l, int64_t n)
{
	const struct msg_arg args[] = { msg_arg(n), msg_arg("X") };

	return i18n_text(t_mem(), l, today, PEN_MSG_children, args, 2);
}

TEST(promise_18_plural_forms_swedish)
{
	const struct i18n *sv = pen_i18n_langs[0];

	assert_str(children(sv, 0), "0 barn i X");
	assert_str(children(sv, 1), "ett barn i X");
	assert_str(children(sv, -1), "ett barn i X");
	assert_str(children(sv, 2), "2 barn i X");
	assert_str(children(sv, 12345), "12\u00a0345 barn i X");
}

TEST(promise_18_plural_forms_arabic_six)
{
	static const struct {
		int64_t n;
		const char *want;
	} rows[] = { { 0, "zero 0 X" }, { 1, "one X" }, { 2, "two X" }, { 3, "few 3 X" },
		{ 10, "few 10 X" }, { 11, "many 11 X" }, { 99, "many 99 X" },
		{ 100, "other 100 X" }, { 102, "other 102 X" }, { 103, "few 103 X" },
		{ 1011, "many 1011 X" } };

	assert_string_equal(pen_i18n_langs[1]->dir, "rtl");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_str(children(pen_i18n_langs[1], rows[i].n), rows[i].want);
}

static struct str day(const char *tag, enum i18n_style style, struct date d)
{
	return i18n_date(t_mem(), i18n_by_tag(str_of(tag)), today, style, d);
}

TEST(i18n_dates_in_words)
{
	struct date oct = { 2026, 10, 14 }, jan = { 2027, 1, 3 };

	for (int again = 0; again < 2; again++) { /* from ICU, then from the table */
		assert_str(day("sv", I18N_LONG, oct), "onsdag 14 oktober");
		assert_str(day("sv", I18N_LONG, jan), "söndag 3 januari 2027");
		assert_str(day("sv", I18N_DAY, oct), "14 oktober");
		assert_str(day("sv", I18N_PLAIN, jan), "3 januari 2027");
		assert_str(day("sv", I18N_SHORT, oct), "14 okt.");
		assert_str(day("sv-x-easy", I18N_LONG, oct), "onsdag 14 oktober");
		assert_str(day("en", I18N_DAY, oct), "14 October");
		assert_str(day("en", I18N_DAY, jan), "3 January 2027");
		assert_str(day("sv", I18N_LONG, (struct date){ 0 }), "");
		assert_str(day("sv", I18N_DAY, (struct date){ 1899, 2, 28 }), "28 februari 1899");
		assert_str(day("sv", I18N_DAY, (struct date){ 2000, 2, 29 }), "29 februari 2000");
	}
}

TEST(i18n_instants_in_swedish_time)
{
	const struct i18n *sv = i18n_langs[0];
	int64_t at = 1795249800123; /* 2026-11-21 08:30 UTC */

	assert_str(i18n_instant(t_mem(), sv, today, I18N_TIME, at), "21 november 09:30");
	assert_str(i18n_instant(t_mem(), sv, today, I18N_CLOCK, at), "09:30");
	assert_str(i18n_instant(t_mem(), sv, today, I18N_LONG, at), "lördag 21 november");
	assert_str(i18n_instant(t_mem(), sv, (struct date){ 2025, 1, 1 }, I18N_TIME, at),
	    "21 november 2026 09:30");
	/* summer time; and shortly before midnight UTC it is tomorrow in Sweden */
	assert_str(i18n_instant(t_mem(), sv, today, I18N_TIME, 1783549800000), "9 juli 00:30");
}

TEST(i18n_easy_swedish_and_english_fall_back)
{
	const struct i18n *from, *easy = i18n_by_tag(S("sv-x-easy"));

	i18n_form(easy, MSG_nav_admin, 0, &from);
	assert_string_equal(from->tag, "sv");
	i18n_form(easy, MSG_error_404_text, 0, &from);
	assert_string_equal(from->tag, "sv-x-easy");
	for (int m = 1; m < MSG_COUNT; m++) { /* every message can be shown in every language */
		for (int l = 0; l < i18n_langs_n; l++)
			i18n_form(i18n_langs[l], m, 1, &from);
	}
}

TEST(i18n_key_chosen_by_data)
{
	enum pen_msg m = PEN_MSG_none;
	enum msg any;

	assert_true(pen_msg_of_key(S("kind_home_visit"), &m));
	assert_int_equal(m, PEN_MSG_kind_home_visit);
	assert_false(pen_msg_of_key(S("kind_home"), &m));
	assert_false(pen_msg_of_key(S(""), &m));
	for (int i = 1; i < MSG_COUNT; i++) {
		assert_true(msg_of_key(str_of(msg_keys[i]), &any));
		assert_int_equal(any, i);
	}
}

TEST(i18n_chooses_the_language)
{
	static const struct {
		const char *chosen, *accept, *want;
	} rows[] = {
		{ "", "", "sv" },
		{ "en", "sv", "en" },
		{ "xx", "en", "en" },
		{ "SV-X-Easy", "en", "sv-x-easy" },
		{ "", "en-US,en;q=0.9", "en" },
		{ "", "da, en;q=0.7, sv;q=0.8", "sv" },
		{ "", "en;q=0.5, sv;q=0.5", "en" },
		{ "", "sv;q=0, en;q=0.1", "en" },
		{ "", "en;q=0", "sv" },
		{ "", "en;q=1.5, sv;q=0.1", "sv" },
		{ "", "en;q=x", "sv" },
		{ "", "en ; q=0.3 , sv-SE ; q=0.4", "sv" },
		{ "", "*", "sv" },
		{ "", ",,;;q=,-,", "sv" },
		{ "", "english, sv-x-easy-more", "sv-x-easy" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(
		    i18n_choose(str_of(rows[i].chosen), str_of(rows[i].accept))->tag, rows[i].want);
}

static int by_name(const void *a, const void *b)
{
	return i18n_collate(
	    i18n_langs[0], str_of(*(const char *const *)a), str_of(*(const char *const *)b));
}

TEST(i18n_sorts_names_as_swedish_does)
{
	const char *names[] = { "Östen", "Zara", "ali", "Ärla", "Åke", "André", "Andrea", "Vera",
		"Wera", "Alva" };
	static const char *const want[] = { "ali", "Alva", "André", "Andrea", "Vera", "Wera",
		"Zara", "Åke", "Ärla", "Östen" };

	qsort(names, 10, sizeof *names, by_name);
	for (int i = 0; i < 10; i++)
		assert_string_equal(names[i], want[i]);
	assert_int_equal(i18n_collate(i18n_langs[0], (struct str){ 0 }, S("")), 0);
	/* marks in another order are the same letter (found by fuzz_words) */
	assert_int_equal(
	    i18n_collate(i18n_langs[0], S("E\xcc\x8a\xcc\xa3"), S("E\xcc\xa3\xcc\x8a")), 0);
}

TEST(i18n_makes_nfc)
{
	assert_str(i18n_nfc(t_mem(), S("A\u030asa Bjo\u0308rk")), "Åsa Björk");
	assert_str(i18n_nfc(t_mem(), S("Åsa Björk 🙂")), "Åsa Björk 🙂");
	assert_str(i18n_nfc(t_mem(), S("plain")), "plain");
	assert_str(i18n_nfc(t_mem(), (struct str){ 0 }), "");
	assert_str(i18n_nfc(t_mem(), S("\u0958")), "\u0915\u093c"); /* grows */
}

TEST(i18n_folds_what_is_the_same_name_into_the_same_bytes)
{
	static const char *const same[][2] = { { "Åsa ÖBERG", "åsa öberg" }, { "A\u030asa", "åsa" },
		{ "ĐURIĆ", "đurić" }, { "STRAẞE", "strasse" }, { "plain", "plain" },
		{ "ΣΊΣΥΦΟΣ", "σίσυφοσ" }, { "", "" },
		{ "An\u00adna", "anna" },             /* a soft hyphen is no letter */
		{ "\ufdfa", "صلى الله عليه وسلم" } }; /* grows 18 times */

	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		assert_str(i18n_folded(t_mem(), str_of(same[i][0])), same[i][1]);
	assert_str(i18n_folded(t_mem(), (struct str){ 0 }), "");
	assert_false(str_eq(i18n_folded(t_mem(), S("Åsa")), i18n_folded(t_mem(), S("Asa"))));
}

static void *many_days(void *arg)
{
	struct date d = { 2026, 1, 1 };
	struct arena mem;

	arena_init(&mem, 1 << 22);
	for (int i = 0; i < 2000; i++, d = date_add_days(d, 1)) {
		struct str s = i18n_date(&mem, i18n_langs[i % i18n_langs_n], today, I18N_LONG, d);
		struct str day_of_month = str_of_i64(&mem, d.d);

		must(str_has(s, day_of_month));
	}
	arena_fini(&mem);
	return arg;
}

TEST(i18n_threads_have_tools_of_their_own)
{
	pthread_t t[4];

	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&t[i], NULL, many_days, NULL), 0);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_join(t[i], NULL), 0);
}
