/* The server over real sockets: what it lets through, what it refuses, and how it stops. */
#include "http/server.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/kit_test.h"
#include "t.h"

static bool has(struct str s, const char *part)
{
	return str_has(s, str_of(part));
}

static int times(struct str s, const char *part)
{
	size_t n = strlen(part);
	int found = 0;

	for (const char *at = s.p; (at = memmem(at, s.n - (size_t)(at - s.p), part, n)); at += n)
		found++;
	return found;
}

static struct str post(const char *type, const char *body)
{
	return str_fmt(t_mem(),
	    "POST /f HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: %s\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    type, strlen(body), body);
}

TEST(server_answers_with_what_it_read)
{
	struct t_server t;
	struct str a;

	t_server_start(&t, &(struct http_server_config){ 0 });
	a = t_ask(
	    &t, S("GET /a%20b?x=1&y=%C3%A4+%2B&x=2 HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
		  "Cookie: sid=abc; bad; t=\"1\"\r\nConnection: close\r\n\r\n"));
	assert_true(str_starts(a, S("HTTP/1.1 200 OK\r\n")));
	assert_true(has(a, "path /a%20b\nlength 0\nquery x=1\nquery y=ä +\nquery x=2\n"));
	assert_true(has(a, "cookie sid=abc\ncookie t=1\n"));
	assert_true(has(a, "origin http://h\n"));
	a = t_ask(&t, post("application/x-www-form-urlencoded; charset=utf-8", "a=1&b=%C3%85"));
	assert_true(has(a, "length 12\nform a=1\nform b=Å\n"));
	a = t_ask(&t,
	    post("multipart/form-data; boundary=B",
		"--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nvalue of n\r\n--B--\r\n"));
	assert_true(has(a, "form n=value of n\n"));
	a = t_ask(&t,
	    S("POST /j HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
	      "Content-Type: application/json\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n"));
	assert_true(has(a, "length 7\nbody {\"a\":1}\n"));
	t_server_stop(&t);
}

static const char *const fixed[] = {
	"\r\nContent-Security-Policy: default-src 'none'; style-src 'self'; "
	"script-src 'self'; img-src 'self'; font-src 'self'; "
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
	"base-uri 'none'; manifest-src 'self'\r\n",
	"\r\nX-Content-Type-Options: nosniff\r\n", "\r\nReferrer-Policy: same-origin\r\n",
	"\r\nCross-Origin-Opener-Policy: same-origin\r\n",
	"\r\nCross-Origin-Resource-Policy: same-origin\r\n",
	"\r\nPermissions-Policy: ", "\r\nCache-Control: no-store\r\n"
};

TEST(server_fixed_headers_stand_on_each_answer)
{
	struct t_server t;
	struct str a[4];

	t_server_start(&t, &(struct http_server_config){ .body_bytes = 10 });
	a[0] = t_ask(&t, GET_CLOSE("/"));
	a[1] = t_ask(&t, S("PUT / HTTP/1.1\r\nHost: a\r\n\r\n"));
	a[2] = t_ask(&t, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n01234567890"));
	a[3] = t_ask(&t, GET_CLOSE("/?a=%zz"));
	for (int i = 0; i < 4; i++) {
		for (size_t j = 0; j < sizeof fixed / sizeof *fixed; j++)
			assert_int_equal(times(a[i], fixed[j]), 1);
		assert_false(has(a[i], "Strict-Transport-Security"));
	}
	t_server_stop(&t);
	t_server_start(&t, &(struct http_server_config){ .tls_in_front = true });
	assert_true(
	    has(t_ask(&t, GET_CLOSE("/")), "\r\nStrict-Transport-Security: max-age=63072000"));
	assert_true(has(t_ask(&t, S("PUT / HTTP/1.1\r\nHost: a\r\n\r\n")), "Strict-Transport"));
	t_server_stop(&t);
}

TEST(server_keeps_connections_and_answers_in_order)
{
	struct t_server t;
	struct str a;
	int fd;

	t_server_start(&t, &(struct http_server_config){ 0 });
	fd = t_connect(&t);
	for (int i = 0; i < 3; i++) {
		t_send(fd, GET("/later"));
		assert_true(has(t_answers(fd, 1, PATIENCE_MS), "path /later\n"));
	}
	/* Pipelined: sent before the first is answered, at once, later and after a body. */
	t_send(fd, S("GET /later1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /two HTTP/1.1\r\nHost: a\r\n"
		     "Content-Length: 3\r\n\r\nabcGET /later3 HTTP/1.1\r\nHost: a\r\n\r\n"));
	a = t_answers(fd, 3, PATIENCE_MS);
	assert_int_equal(times(a, "HTTP/1.1 200 OK"), 3);
	assert_true(strstr(a.p, "path /later1\n") < strstr(a.p, "path /two\n"));
	assert_true(strstr(a.p, "path /two\nlength 3\n") < strstr(a.p, "path /later3\n"));
	close(fd);
	t_server_stop(&t);
}

TEST(server_head_has_no_body)
{
	struct t_server t;
	struct str a;
	int fd;

	t_server_start(&t, &(struct http_server_config){ 0 });
	fd = t_connect(&t);
	t_send(fd, S("HEAD /later HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n"
		     "Connection: close\r\n\r\n"));
	a = t_rest(fd, PATIENCE_MS);
	assert_int_equal(times(a, "HTTP/1.1 200 OK"), 2);
	assert_int_equal(times(a, "Content-Length: "), 2);
	assert_int_equal(times(a, "path "), 1);
	t_server_stop(&t);
}

TEST(server_other_methods_405)
{
	static const char *const methods[] = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE",
		"CONNECT", "get", "BREW" };
	struct t_server t;

	t_server_start(&t, &(struct http_server_config){ 0 });
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		struct str a =
		    t_ask(&t, str_fmt(t_mem(), "%s / HTTP/1.1\r\nHost: a\r\n\r\n", methods[i]));

		assert_true(str_starts(a, S("HTTP/1.1 405 ")));
		assert_true(has(a, "\r\nAllow: GET, HEAD, POST\r\n"));
	}
	t_server_stop(&t);
}

TEST(server_body_over_the_limit_413)
{
	struct t_server t;
	char *megabytes = arena_take(t_mem(), 2 << 20, 1, 1);
	struct str a;
	int fd;

	memset(megabytes, 'x', 2 << 20);
	t_server_start(&t, &(struct http_server_config){ .body_bytes = 1000 });
	fd = t_connect(&t); /* exactly the limit is fine */
	t_send(fd, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"));
	t_send(fd, (struct str){ megabytes, 1000 });
	assert_true(has(t_answers(fd, 1, PATIENCE_MS), "length 1000\n"));
	close(fd);
	fd = t_connect(&t); /* said, and sent whole: a browser gets to read the answer */
	t_send(fd, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2097152\r\n\r\n"));
	t_send(fd, (struct str){ megabytes, 2 << 20 });
	a = t_rest(fd, PATIENCE_MS);
	assert_true(str_starts(a, S("HTTP/1.1 413 ")));
	fd = t_connect(&t); /* not said, found out */
	t_send(fd, S("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n"));
	t_send(fd, (struct str){ megabytes, 2 << 20 });
	t_send(fd, S("\r\n0\r\n\r\n"));
	assert_true(str_starts(t_rest(fd, PATIENCE_MS), S("HTTP/1.1 413 ")));
	/* So much that reading past it is no use: answered before it is sent. */
	a = t_ask(&t, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n"));
	assert_true(str_starts(a, S("HTTP/1.1 413 ")));
	/* Chunked without end is cut. */
	fd = t_connect(&t);
	t_send(
	    fd, S("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n"));
	for (int i = 0; i < 12 && t_try_send(fd, (struct str){ megabytes, 2 << 20 }); i++)
		;
	assert_true(t_closed(fd, PATIENCE_MS));
	close(fd);
	t_stats_are(&t, 0, 0);
	t_server_stop(&t);
}

TEST(server_expect_100_continue)
{
	struct t_server t;
	struct str a;
	int fd;

	t_server_start(&t, &(struct http_server_config){ .body_bytes = 1000 });
	fd = t_connect(&t);
	t_send(fd,
	    S("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
	a = t_answers(fd, 1, PATIENCE_MS);
	assert_true(str_starts(a, S("HTTP/1.1 100 Continue\r\n\r\n")));
	t_send(fd, S("abc"));
	assert_true(has(t_answers(fd, 1, PATIENCE_MS), "length 3\nbody abc\n"));
	close(fd);
	/* Too much: refused at once, the body is not asked for. */
	a = t_ask(&t,
	    S("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n"));
	assert_true(str_starts(a, S("HTTP/1.1 413 ")));
	t_server_stop(&t);
}

TEST(server_headers_over_the_limit_431)
{
	struct t_server t;
	struct buf b;
	struct str a;

	t_server_start(&t, &(struct http_server_config){ .header_bytes = 8192 });
	buf_init(&b, t_mem(), 65536);
	buf_str(&b, S("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: a="));
	for (int i = 0; i < 5000; i++)
		buf_char(&b, 'x');
	buf_str(&b, S("\r\n\r\n"));
	assert_true(str_starts(t_ask(&t, buf_text(&b)), S("HTTP/1.1 200 "))); /* under it */
	b.n = 0;
	buf_str(&b, S("GET / HTTP/1.1\r\nHost: a\r\n"));
	for (int i = 0; i < 1500; i++)
		buf_fmt(&b, "X-%d: yyyyyyyy\r\n", i);
	buf_str(&b, S("\r\n"));
	a = t_ask(&t, buf_text(&b));
	assert_true(str_starts(a, S("HTTP/1.1 431 ")));
	b.n = 0;
	buf_str(&b, S("GET /?"));
	for (int i = 0; i < 20000; i++)
		buf_str(&b, S("a&"));
	buf_str(&b, S(" HTTP/1.1\r\nHost: a\r\n\r\n"));
	a = t_ask(&t, buf_text(&b));
	assert_true(str_starts(a, S("HTTP/1.1 414 ")));
	t_server_stop(&t);
}

static void our_page(void *ctx, int status, struct str *content_type, struct str *body)
{
	(void)ctx;
	*content_type = S("text/html; charset=utf-8");
	*body = status == 414 ? S("<p>för långt\n") : S("<p>vår sida\n");
}

/* What libmicrohttpd refuses by itself looks like what we refuse: our page, our headers, and the
 * connection ends. No word of the library's own. */
TEST(server_the_librarys_own_refusals_are_ours)
{
#define POST_CHUNKS "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	struct str asks[] = {
		{ NULL, 0 }, /* a long address, a long header: made below */
		{ NULL, 0 },
		S(POST_CHUNKS "zz\r\nabc\r\n0\r\n\r\n"),
		S(POST_CHUNKS "3;;;\x01\r\nabcd\r\n0\r\n\r\n"),
		S(POST_CHUNKS "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
		S("GET / HTTP/1.1\r\n\r\n"),
		S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc"),
		S("GET / HTTP/7.3\r\nHost: a\r\n\r\n"),
		S("GET / nonsense\r\nHost: a\r\n\r\n"),
	};
	static const char *const headers[] = { "Content-Security-Policy: default-src 'none'",
		"X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin",
		"Cache-Control: no-store", "Content-Type: text/html; charset=utf-8",
		"Strict-Transport-Security: ", "Connection: close" };
	struct http_server_stats stats;
	struct t_server t;
	struct buf b;

	t_server_start(
	    &t, &(struct http_server_config){ .refusal = our_page, .tls_in_front = true });
	for (size_t i = 0; i < 2; i++) {
		buf_init(&b, t_mem(), 65536);
		buf_str(&b, i == 0 ? S("GET /") : S("GET / HTTP/1.1\r\nHost: a\r\nX-A: "));
		for (int n = 0; n < 40000; n++)
			buf_char(&b, 'x');
		buf_str(&b, i == 0 ? S(" HTTP/1.1\r\nHost: a\r\n\r\n") : S("\r\n\r\n"));
		asks[i] = buf_text(&b);
	}
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
		struct str a = t_ask(&t, asks[i]);

		if (!str_starts(a, i == 0   ? S("HTTP/1.1 414 ")
				   : i == 1 ? S("HTTP/1.1 431 ")
					    : S("HTTP/1.")) ||
		    !has(a, i == 0 ? "<p>för långt\n" : "<p>vår sida\n") || has(a, "<html"))
			fail_msg("ask %zu: %.*s", i, STR(a));
		/* one answer, not its head a second time */
		if (memmem(a.p + 1, a.n - 1, "HTTP/1.", 7) || !has(a, "\r\nDate: "))
			fail_msg("ask %zu is answered twice, or without a day: %.*s", i, STR(a));
		for (size_t h = 0; h < sizeof headers / sizeof *headers; h++)
			if (!has(a, headers[h]))
				fail_msg("ask %zu has no %s: %.*s", i, headers[h], STR(a));
	}
	http_server_stats(t.http, &stats);
	assert_int_equal(stats.refused, sizeof asks / sizeof *asks);
	t_server_stop(&t);
}

TEST(server_malformed_400)
{
#define POST1 "POST / HTTP/1.1\r\nHost: a\r\n"
	static const struct str bad[] = {
#define B(text) { text, sizeof text - 1 }
		/* What two readers could measure in two ways (request smuggling, RFC 9112 11.2). */
		B(POST1 "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		B(POST1 "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
		B(POST1 "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
		B(POST1 "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
		B(POST1 "Content-Length: 3, 3\r\n\r\nabc"),
		B(POST1 "X-A: b\rContent-Length: 3\r\n\r\n"),
		B(POST1 "Content-Length: +3\r\n\r\nabc"),
		B(POST1 "Content-Length: -3\r\n\r\nabc"),
		B(POST1 "Content-Length: 0x3\r\n\r\nabc"),
		B(POST1 "Content-Length: 3 3\r\n\r\nabc"),
		B(POST1 "Content-Length:\r\n\r\nabc"),
		B(POST1 "Content-Length: 99999999999999999999999\r\n\r\nabc"),
		B(POST1 "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
		B(POST1 "Transfer-Encoding: identity\r\n\r\nabc"),
		B(POST1 "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
		B(POST1
		    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		B("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		B(POST1 "Content-Length : 3\r\n\r\nabc"),
		B(POST1 "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
		B("GET / HTTP/1.1\r\n\r\n"), /* no host */
		B("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
		B("GET / HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nOrigin: http://b\r\n\r\n"),
		B("GET / HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: none\r\nSec-Fetch-Site: none\r\n\r\n"),
		B("GET / HTTP/1.1\r\nHost: a\r\nOrigin: \xc0\x80\r\n\r\n"),
		B("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"),
		B("GET /\r\n\r\n"),
		B("hello\r\n\r\n"),
		B("GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
		B("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
		B("GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
		B("GET /?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
		B("GET /?a=%C0%80 HTTP/1.1\r\nHost: a\r\n\r\n"),
		B("GET /?a=% HTTP/1.1\r\nHost: a\r\n\r\n"),
		B("GET / HTTP/1.1\r\nHost: a\r\nOri\0gin: a\r\n\r\n"),
		B(POST1
		    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=%"),
		B(POST1 "Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\na=1"),
		B(POST1 "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
		B(POST1 "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n"),
		B(POST1 "Transfer-Encoding: chunked\r\n\r\n3\r\nabcde\r\n0\r\n\r\n"),
		B(POST1 "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
	};
	struct t_server t;
	int wrong = 0;

	t_server_start(&t, &(struct http_server_config){ 0 });
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		/* A second request hides behind the first: it must not be served. */
		int fd = t_connect(&t);
		struct str a;

		t_send(fd, bad[i]);
		t_try_send(fd, GET("/hidden"));
		a = t_rest(fd, PATIENCE_MS);
		if ((a.n && !str_starts(a, S("HTTP/1.1 400 ")) &&
			!str_starts(a, S("HTTP/1.0 400 ")) && !str_starts(a, S("HTTP/1.1 505 ")) &&
			!str_starts(a, S("HTTP/1.1 413 "))) ||
		    has(a, " 200 OK") || has(a, "/hidden")) {
			print_error("case %zu: %.60s\n=> %.300s\n", i, bad[i].p, a.p);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	assert_true(str_starts(t_ask(&t, GET_CLOSE("/")), S("HTTP/1.1 200 OK")));
	t_server_stop(&t);
}

/* libmicrohttpd ends a text at a NUL: what stands behind it is gone, and nothing else is. */
TEST(server_nul_ends_a_text)
{
	struct t_server t;
	struct str a;

	t_server_start(&t, &(struct http_server_config){ 0 });
	a = t_ask(
	    &t, S("GET /x\0yy HTTP/1.1\r\nHost: a\r\nOrigin: o\0zz\r\nConnection: close\r\n\r\n"));
	assert_false(has(a, "yy") || has(a, "zz"));
	a = t_ask(&t,
	    S("POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\0000\r\n\r\n"
	      "abcxyz"));
	assert_false(has(a, "xyz"));
	t_server_stop(&t);
}

TEST(server_names_and_ports)
{
	struct t_server t;

	assert_null(
	    http_server_start(&(struct http_server_config){ .address = "localhost" }, NULL, NULL));
	t_server_start(&t, &(struct http_server_config){ .threads = 3 });
	assert_int_equal(http_server_threads(t.http), 3);
	assert_null(http_server_start(&(struct http_server_config){ .port = t.port }, NULL, NULL));
	t_server_stop(&t);
	assert_ok(http_server_stop(NULL, 0));
	t_server_start(&t, &(struct http_server_config){ .threads = 1 }); /* no pool */
	assert_true(str_starts(t_ask(&t, GET_CLOSE("/later")), S("HTTP/1.1 200 OK")));
	t_server_stop(&t);
}
