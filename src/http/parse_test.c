/* Queries, forms, cookies and routes: what a browser sends is read, all else is refused. */
#include <stdio.h>
#include <string.h>

#include "t.h"

#include "http/http_in.h"

static struct http_pairs url(const char *text, enum err want)
{
	struct http_pairs out;

	assert_int_equal(http_parse_urlencoded(t_mem(), str_of(text), 100, &out), want);
	return out;
}

TEST(urlencoded_pairs_in_order)
{
	struct http_pairs p = url("a=1&b=&c&a=2&=x&&", OK);

	assert_int_equal(p.n, 5);
	assert_str(p.v[0].name, "a");
	assert_str(p.v[0].value, "1");
	assert_str(p.v[1].value, "");
	assert_str(p.v[2].name, "c");
	assert_str(p.v[2].value, "");
	assert_str(p.v[3].value, "2");
	assert_str(p.v[4].name, "");
	assert_str(http_get(&p, S("a")), "1");
	assert_null(http_get(&p, S("d")).p);
	assert_non_null(http_get(&p, S("c")).p);
	assert_int_equal(url("", OK).n, 0);
	assert_int_equal(url("&&&&", OK).n, 0);
}

TEST(urlencoded_decodes)
{
	struct http_pairs p =
	    url("n%61mn=Bj%C3%B6rn+%2B%26%3d=x&ar=%D8%A3%D9%86%D8%AA&e=%F0%9F%8C%B1", OK);

	assert_str(p.v[0].name, "namn");
	assert_str(p.v[0].value, "Björn +&==x");
	assert_str(p.v[1].value, "أنت");
	assert_str(p.v[2].value, "🌱");
	assert_str(url("a=rad1%0D%0Arad2%09x", OK).v[0].value, "rad1\r\nrad2\tx");
	assert_str(url("a=Björn", OK).v[0].value, "Björn"); /* raw UTF-8 */
}

TEST(urlencoded_refuses)
{
	static const char *const bad[] = { "a=%", "a=%4", "a=%G1", "a=%1G", "%=1", "a=%+1", "a=%00",
		"a%00b=1",                                              /* NUL */
		"a=%C0%80", "a=%E0%80%80",                              /* NUL written too long */
		"a=%C0%AF", "a=%F0%80%80%AF",                           /* '/' written too long */
		"a=%ED%A0%80",                                          /* half a surrogate pair */
		"a=%F4%90%80%80", "a=%FF", "a=%C3", "a=%C3+", "a=\xc3", /* not UTF-8 */
		"a=%1B", "a=%07", "a=%7F", "a=%7f" };                   /* control characters */

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		url(bad[i], ERR_INVALID);
}

TEST(urlencoded_counts)
{
	struct buf b;
	struct http_pairs out;

	buf_init(&b, t_mem(), 16);
	for (int i = 0; i < 100; i++)
		buf_fmt(&b, "&f%d=%d", i, i);
	assert_ok(http_parse_urlencoded(t_mem(), buf_text(&b), 100, &out));
	assert_int_equal(out.n, 100);
	assert_str(out.v[99].value, "99");
	buf_str(&b, S("&x=1"));
	assert_int_equal(http_parse_urlencoded(t_mem(), buf_text(&b), 100, &out), ERR_INVALID);
	/* A million empty pieces cost no memory for pairs. */
	size_t before = arena_mark(t_mem());
	char *amp = arena_take(t_mem(), 1000000, 1, 1);
	memset(amp, '&', 1000000);
	assert_ok(http_parse_urlencoded(t_mem(), (struct str){ amp, 1000000 }, 100, &out));
	assert_int_equal(out.n, 0);
	assert_true(arena_mark(t_mem()) - before < 1010000);
	assert_int_equal(
	    http_parse_urlencoded(t_mem(), (struct str){ "a\0b=1", 5 }, 9, &out), ERR_INVALID);
}

/* 71 characters: one too many. */
#define LONG_BOUNDARY \
	"multipart/form-data; boundary=" \
	"01234567890123456789012345678901234567890123456789012345678901234567890"
#define TYPE "multipart/form-data; boundary=XyZ"

static enum err parts(const char *type, struct str body, struct http_pairs *out)
{
	return http_parse_multipart(t_mem(), str_of(type), body, 20, out);
}

TEST(multipart_as_browsers_send_it)
{
	struct http_pairs p;
	struct str body = S(
	    "--XyZ\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nÅsa\r\n"
	    "--XyZ\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
	    "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b\\\".png\"\r\n"
	    "Content-Type: image/png\r\n\r\n\x89PNG\r\n\x00\xff--XyZ\r\n-\r\n"
	    "--XyZ\r\ncontent-disposition:form-data;NAME=lines\r\n\r\na\r\nb\r\n\r\n"
	    "--XyZ\r\nContent-Disposition: form-data; name=\"say %22hi%22%0D%0A100%\"\r\n\r\nx\r\n"
	    "--XyZ--\r\n");

	assert_ok(parts(TYPE, body, &p));
	assert_int_equal(p.n, 5);
	assert_str(p.v[0].name, "name");
	assert_str(p.v[0].value, "Åsa");
	assert_str(p.v[1].value, "");
	assert_non_null(p.v[1].value.p);
	assert_str(p.v[2].name, "file");
	assert_int_equal(p.v[2].value.n, 16);
	assert_memory_equal(p.v[2].value.p, "\x89PNG\r\n\x00\xff--XyZ\r\n-", 16);
	assert_str(p.v[3].name, "lines");
	assert_str(p.v[3].value, "a\r\nb\r\n");
	assert_str(p.v[4].name, "say \"hi\"\r\n100%");
	assert_ok(parts(TYPE, S("--XyZ--"), &p)); /* no field at all */
	assert_int_equal(p.n, 0);
	assert_ok(parts("Multipart/Form-Data;charset=utf-8; boundary=\"a b:c\"",
	    S("--a b:c\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--a b:c--"), &p));
	assert_str(p.v[0].value, "1");
}

TEST(multipart_refuses)
{
	static const char *const types[] = { "multipart/form-data",
		"multipart/form-data; boundary=", "multipart/form-data; boundary=\"XyZ",
		"multipart/mixed; boundary=XyZ", "multipart/form-data; boundary=XyZ; boundary=Abc",
		"multipart/form-data; boundary=\"XyZ \"", "multipart/form-data; boundary=\"X\ny\"",
		"multipart/form-data; boundary=\"XyZ\"junk", LONG_BOUNDARY };
#define HEAD "Content-Disposition: form-data; name=\"a\"\r\n"
	static const char *const bodies[] = { "", "--XyZ", "--XyZ\r\n", "--XyZ\r\n" HEAD,
		"--XyZ\r\n" HEAD "\r\n", "--XyZ\r\n" HEAD "\r\n1",
		"--XyZ\r\n" HEAD "\r\n1\r\n--XyZ", "--XyZ\r\n" HEAD "\r\n1\r\n--XyZ\r\n",
		"--XyZ\r\n" HEAD "\r\n1\r\n--XyZ--junk", "--XyZ\r\n" HEAD "\r\n1\r\n--XyZ-\r\n",
		"--XyZ\r\n" HEAD "\r\n1\n--XyZ--", "before\r\n--XyZ\r\n" HEAD "\r\n1\r\n--XyZ--",
		"\r\n--XyZ\r\n" HEAD "\r\n1\r\n--XyZ--", "--XyZ\r\n\r\n1\r\n--XyZ--", /* no name */
		"--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XyZ--",
		"--XyZ\r\n" HEAD HEAD "\r\n1\r\n--XyZ--", /* two names */
		"--XyZ\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--XyZ--", /* folded
											    */
		"--XyZ\r\nno colon\r\n" HEAD "\r\n1\r\n--XyZ--",
		"--XyZ\r\n" HEAD "\r\n\xc0\x80\r\n--XyZ--", "--XyZ\r\n" HEAD "\r\n\x1b\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--XyZ--" };
	struct http_pairs p;

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		assert_int_equal(
		    parts(types[i], S("--XyZ\r\n" HEAD "\r\n1\r\n--XyZ--"), &p), ERR_INVALID);
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		assert_int_equal(parts(TYPE, str_of(bodies[i]), &p), ERR_INVALID);
	assert_int_equal(parts(TYPE, S("--XyZ\r\n" HEAD "\r\na\0b\r\n--XyZ--"), &p), ERR_INVALID);
	/* The boundary inside a header line does not end the part. */
	assert_int_equal(
	    parts(TYPE, S("--XyZ\r\n" HEAD "X: \r\n--XyZ--\r\n\r\n1"), &p), ERR_INVALID);
}

TEST(multipart_counts)
{
	struct http_pairs p;
	struct buf b;

	buf_init(&b, t_mem(), 16);
	for (int i = 0; i < 20; i++)
		buf_fmt(&b, "--XyZ\r\n" HEAD "\r\n%d\r\n", i);
	assert_int_equal(b.n > 0, 1);
	size_t n = b.n;
	buf_str(&b, S("--XyZ--"));
	assert_ok(parts(TYPE, buf_text(&b), &p));
	assert_int_equal(p.n, 20);
	assert_str(p.v[19].value, "19");
	b.n = n;
	buf_str(&b, S("--XyZ\r\n" HEAD "\r\nx\r\n--XyZ--"));
	assert_int_equal(parts(TYPE, buf_text(&b), &p), ERR_INVALID);
	b.n = 0; /* a part with header lines without end */
	buf_str(&b, S("--XyZ\r\n"));
	for (int i = 0; i < 1000; i++)
		buf_str(&b, S("X-A: b\r\n"));
	buf_str(&b, S(HEAD "\r\n1\r\n--XyZ--"));
	assert_int_equal(parts(TYPE, buf_text(&b), &p), ERR_INVALID);
}

TEST(cookies_that_do_not_parse_are_left_out)
{
	struct http_pairs p = { 0 };

	http_parse_cookies(t_mem(),
	    S("a=1; b=\"two\";c = x ;; =nameless; noequals; bad name=1; n\x01=1; v=\x01; u=\xff; s=b=c; a=2"),
	    &p);
	assert_int_equal(p.n, 5);
	assert_str(p.v[0].name, "a");
	assert_str(http_get(&p, S("a")), "1");
	assert_str(http_get(&p, S("b")), "two");
	assert_str(http_get(&p, S("c")), "x");
	assert_str(http_get(&p, S("s")), "b=c");
	assert_str(p.v[4].value, "2");
	struct buf b;
	buf_init(&b, t_mem(), 16);
	for (int i = 0; i < 5000; i++)
		buf_str(&b, S("k=v;"));
	p = (struct http_pairs){ 0 };
	http_parse_cookies(t_mem(), buf_text(&b), &p);
	assert_true(p.n > 0 && p.n < 100);
}

static bool match(const char *pattern, const char *path, struct http_request *rq)
{
	*rq = (struct http_request){ .mem = t_mem(), .path = str_of(path) };
	return http_route_match(pattern, rq);
}

TEST(route_takes_numbers)
{
	struct http_request rq;

	assert_true(match("/plans/{plan}/steps/{step}", "/plans/7/steps/9223372036854775807", &rq));
	assert_int_equal(rq.n_params, 2);
	assert_int_equal(http_param(&rq, "plan"), 7);
	assert_true(http_param(&rq, "step") == INT64_MAX);
	assert_true(match("/", "/", &rq));
	assert_true(match("/children/{child}", "/children/1", &rq));
	assert_true(match("/a/{a}/{b}/{c}/{d}.ics", "/a/1/2/3/4.ics", &rq) == false);
}

TEST(route_refuses)
{
	static const char *const paths[] = { "", "/", "/children", "/children/", "/children/0",
		"/children/01", "/children/-1", "/children/+1", "/children/ 1", "/children/1 ",
		"/children/1/", "/children/1/x", "/children/9223372036854775808",
		"/children/99999999999999999999999999", "/children/1e3", "/children/0x1",
		"/children/%31", "/children/\xd9\xa1", "/Children/1", "//children/1",
		"/children//1", "children/1" };
	struct http_request rq;

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_false(match("/children/{child}", paths[i], &rq));
	rq = (struct http_request){ .path = { "/children/1\0", 12 } };
	assert_false(http_route_match("/children/{child}", &rq));
}

TEST(redirect_stays_here)
{
	struct http_response rs;

	http_response_reset(&rs, t_mem());
	buf_str(&rs.body, S("begun"));
	assert_ok(http_redirect(&rs, "/children/%d", 7));
	assert_int_equal(rs.status, 303);
	assert_int_equal(rs.body.n, 0);
	assert_int_equal(rs.n_headers, 1);
	assert_str(rs.headers[0].value, "/children/7");
}
