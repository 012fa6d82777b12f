#include "base/csv.h"

#include <string.h>

#include "test/t.h"

static struct csv read_ok(const char *text)
{
	struct csv c;

	if (!csv_read(t_mem(), str_of(text), &c))
		fail_msg("line %zu: %s", c.bad_line, c.bad_what);
	return c;
}

TEST(csv_reads_what_strangers_write)
{
	struct csv c = read_ok("\xef\xbb\xbf"
			       "a,b,c\r\n1,\"two, \"\"2\"\"\",\r\n\r\n\"x\ny\",,\"\"\r\n");

	assert_int_equal(c.n, 3);
	assert_int_equal(csv_column(&c, "a"), 0);
	assert_int_equal(csv_column(&c, "c"), 2);
	assert_int_equal(csv_column(&c, "d"), -1);
	assert_str(c.v[1].v[1], "two, \"2\"");
	assert_str(c.v[1].v[2], "");
	assert_int_equal(c.v[2].line, 4);
	assert_str(c.v[2].v[0], "x\ny");
	c = read_ok("a\n1"); /* no line end at the end */
	assert_int_equal(c.n, 2);
	c = read_ok("a\n\"\"\n"); /* an empty field, not an empty line */
	assert_int_equal(c.n, 2);
	assert_int_equal(read_ok("").n, 0);
	assert_int_equal(read_ok("\n\n\r\n").n, 0);
}

TEST(csv_says_where_it_is_broken)
{
	static const struct {
		const char *text, *what;
		size_t line;
	} rows[] = {
		{ "a,b\n1,\"2\n3", "not closed", 2 },
		{ "a,b\n1,2\"3\n", "a quote inside", 2 },
		{ "a,b\n1,\"2\"3\n", "after a closing quote", 2 },
		{ "a,b\n\"x\ny\",1\n1,2,3\n", "another number of fields", 4 },
		{ "a,b\n1\n", "another number of fields", 2 },
		{ "a,b\r1,2\n", "carriage return", 1 },
		{ "a,b\n1,\xff\n", "not clean UTF-8", 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct csv c;

		assert_false(csv_read(t_mem(), str_of(rows[i].text), &c));
		assert_non_null(strstr(c.bad_what, rows[i].what));
		assert_int_equal(c.bad_line, rows[i].line);
	}
}

TEST(csv_reads_back_what_it_writes)
{
	static const char *const fields[] = { "", "plain", "a,b", "say \"no\"", "two\nlines",
		"\r\n", "\"", "\xef\xbb\xbf" };
	enum { N = sizeof fields / sizeof *fields };
	struct buf b;
	struct csv c;

	buf_init(&b, t_mem(), 64);
	for (int row = 0; row < N; row++) {
		for (int i = 0; i < N; i++) {
			if (i)
				buf_char(&b, ',');
			csv_put(&b, str_of(fields[(row + i) % N]));
		}
		buf_str(&b, S("\r\n"));
	}
	assert_true(csv_read(t_mem(), buf_text(&b), &c));
	assert_int_equal(c.n, N);
	for (int row = 0; row < N; row++) {
		for (int i = 0; i < N; i++)
			assert_str(c.v[row].v[i], fields[(row + i) % N]);
	}
}
