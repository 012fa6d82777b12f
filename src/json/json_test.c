#include "t.h"

#include <string.h>

#include "json/json.h"

TEST(json_writes_nested_and_escaped)
{
	struct buf b;
	struct json j;

	buf_init(&b, t_mem(), 16);
	json_init(&j, &b);
	json_obj(&j);
	json_field(&j, "resourceType", S("Patient"));
	json_field(&j, "n", 3);
	json_field(&j, "big", INT64_MIN);
	json_field(&j, "yes", (bool)true);
	json_field(&j, "birthDate", ((struct date){ 2015, 3, 2 }));
	json_field(&j, "died", ((struct date){ 0 }));
	json_field(&j, "t", S("\"å\\\n\x01</script>\x7f"));
	json_key(&j, "v");
	json_decimal(&j, S("1.50"));
	json_key(&j, "at");
	json_instant(&j, 1795249800123);
	json_arr_in(&j, "list");
	json_item(&j, "a");
	json_obj(&j);
	json_end(&j);
	json_item(&j, (size_t)7);
	json_end(&j);
	assert_false(json_whole(&j));
	json_end(&j);
	assert_true(json_whole(&j));
	assert_str(buf_text(&b),
	    "{\"resourceType\":\"Patient\",\"n\":3,\"big\":-9223372036854775808,\"yes\":true,"
	    "\"birthDate\":\"2015-03-02\",\"died\":null,"
	    "\"t\":\"\\\"å\\\\\\u000a\\u0001\\u003c/script>\\u007f\",\"v\":1.50,"
	    "\"at\":\"2026-11-21T08:30:00.123Z\",\"list\":[\"a\",{},7]}");
}

TEST(json_reads_what_it_wrote)
{
	struct json_problem p;
	const struct json_val *v, *persons, *third;
	struct json_fields f = json_fields_of(t_mem());

	assert_ok(json_read(t_mem(),
	    S("{\"persons\": [{}, {}, {\"x\":1.5},\n {\"civicNo\": {\"value\": 12}, \"d\": -1.50e3, "
	      "\"s\": \"2.5\\\"7.5\", \"n\": null, \"born\": \"2015-02-29\", \"ok\": true}]}"),
	    JSON_LIMITS_API, &v, &p));
	persons = json_get_list(&f, v, "persons", true);
	assert_int_equal(persons->n, 4);
	third = persons->first->next->next;
	assert_str(json_get_decimal(&f, third, "x", true), "1.5");
	third = third->next;
	assert_str(json_get_decimal(&f, third, "d", true), "-1.50e3");
	assert_str(json_get_text(&f, third, "s", true, 10), "2.5\"7.5");
	assert_int_equal(json_get_text(&f, third, "n", false, 10).n, 0);
	assert_true(json_get_bool(&f, third, "ok", true));
	assert_int_equal(f.bad, 0);
	json_get_text(&f, json_get_obj(&f, third, "civicNo", true), "value", true, 12);
	assert_int_equal(f.bad, 1);
	assert_str(f.problem.what, "persons[3].civicNo.value: must be text");
	json_get_date(&f, third, "born", true);
	assert_int_equal(f.bad, 2); /* the first is kept */
	assert_str(f.problem.what, "persons[3].civicNo.value: must be text");
}

TEST(json_says_which_field_and_why)
{
	static const struct {
		const char *text, *what;
	} rows[] = {
		{ "{}", "a: is missing" },
		{ "{\"a\": null}", "a: is missing" },
		{ "{\"a\": \" \"}", "a: is empty" },
		{ "{\"a\": \"12345\"}", "a: is too long" },
		{ "{\"a\": [1]}", "a: must be text" },
		{ "{\"a\": \"x\\u0007\"}", "a: holds control characters" },
		{ "[]", "(all): must be an object" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct json_fields f = json_fields_of(t_mem());
		const struct json_val *v;
		struct json_problem p;

		assert_ok(json_read(t_mem(), str_of(rows[i].text), JSON_LIMITS_API, &v, &p));
		json_get_text(&f, v, "a", true, 4);
		assert_int_equal(f.bad, 1);
		assert_str(f.problem.what, rows[i].what);
	}
}

TEST(json_refuses_bad_text_with_its_place)
{
	static const struct {
		const char *text;
		int line, column;
	} rows[] = {
		{ "", 1, 1 },
		{ "{\"a\": 1,\n \"a\": 2}", 2, 4 }, /* twice the same key */
		{ "{\"a\": 01}", 1, 0 },
		{ "{\"a\": \"\xff\"}", 1, 0 },
		{ "{\"a\": \"\\u0000\"}", 1, 0 },
		{ "{} x", 1, 0 },
		{ "{\"a\": [1,\n2,,]}", 2, 3 },
		{ "{\"a\": 99999999999999999999}", 1, 0 },
		{ "\"text\"", 1, 0 },
		{ "{\"a\": \"", 1, 0 },
		{ "{\"a\": \"\\", 1, 0 },
		{ "[1.5e999]", 1, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct json_val *v;
		struct json_problem p;

		assert_int_equal(
		    json_read(t_mem(), str_of(rows[i].text), JSON_LIMITS_API, &v, &p), ERR_INVALID);
		assert_null(v);
		assert_true(p.what.n > 0);
		assert_int_equal(p.line, rows[i].line);
		if (rows[i].column)
			assert_int_equal(p.column, rows[i].column);
	}
}

TEST(json_holds_its_limits)
{
	struct buf b;
	const struct json_val *v;
	struct json_problem p;

	buf_init(&b, t_mem(), 16);
	for (int i = 0; i < 16; i++)
		buf_char(&b, '[');
	for (int i = 0; i < 16; i++)
		buf_char(&b, ']');
	assert_ok(json_read(t_mem(), buf_text(&b), JSON_LIMITS_API, &v, &p));
	assert_int_equal(
	    json_read(t_mem(), buf_text(&b), (struct json_limits){ 32, 15 }, &v, &p), ERR_INVALID);
	assert_int_equal(p.column, 16);
	assert_int_equal(json_read(t_mem(), buf_text(&b), (struct json_limits){ 31, 16 }, &v, &p),
	    ERR_TOO_LARGE);
	/* brackets inside text are no levels */
	assert_ok(
	    json_read(t_mem(), S("[\"[[[[[[\\\"[[[[\"]"), (struct json_limits){ 100, 1 }, &v, &p));
}

TEST(json_reads_back_any_text_it_writes)
{
	uint64_t seed = 20261121;

	for (int round = 0; round < 300; round++) {
		char text[40];
		size_t n = 0, want = (seed >> 33) % 30;
		const struct json_val *v;
		struct json_problem p;
		struct json j;
		struct buf b;

		while (n < want) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			if (seed >> 60 == 0) {
				text[n++] = '\xc3';
				text[n++] = '\xa5';
			} else {
				text[n++] = (char)(1 + (seed >> 40) % 127);
			}
		}
		buf_init(&b, t_mem(), 16);
		json_init(&j, &b);
		json_arr(&j);
		json_item(&j, ((struct str){ text, n }));
		json_end(&j);
		assert_ok(json_read(t_mem(), buf_text(&b), JSON_LIMITS_API, &v, &p));
		assert_true(str_eq(v->first->s, (struct str){ text, n }));
	}
}
