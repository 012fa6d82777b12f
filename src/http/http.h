/*
 * The wire as the rest of the program sees it: a request is parsed bytes, a response is a value
 * that is finished in memory and sent later. Knows no feature. http/server.h carries both over
 * sockets.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_pair {
	struct str name, value; /* decoded, clean UTF-8, in the request's arena */
};

/* Names in the order sent; repeated names stay repeated. */
struct http_pairs {
	struct http_pair *v;
	size_t n;
};

#define HTTP_PATH_PARAMS 4

struct http_request {
	struct arena *mem;
	uint64_t id; /* random, for the log */
	enum http_method method;
	struct str path;         /* as sent, without query; begins with '/' */
	struct http_pairs query; /* from the URL */
	struct http_pairs form;  /* from an application/x-www-form-urlencoded or multipart body */
	struct http_pairs cookies;
	struct str body; /* raw, for JSON bodies */
	struct str content_type, accept_language, accept_encoding, host, origin, sec_fetch_site,
	    if_none_match;
	struct str param_names[HTTP_PATH_PARAMS]; /* filled by http_route_match */
	int64_t params[HTTP_PATH_PARAMS];         /* ids in the path: {child} is a positive int64 */
	int n_params;
};

#define HTTP_HEADERS 12

struct http_response {
	struct arena *mem;
	int status; /* 0: not answered yet */
	struct str content_type;
	struct buf body;
	struct http_pair headers[HTTP_HEADERS]; /* beside the fixed security headers */
	int n_headers;
	bool is_static; /* may be cached and compressed: no personal data */
	const void
	    *static_body; /* static_n bytes that outlive the program's requests; body is unused */
	size_t static_n;
};

void http_response_reset(struct http_response *rs, struct arena *mem);
/* Adds a header. name and value must hold no CR, LF or NUL (must()). */
void http_header(struct http_response *rs, struct str name, struct str value);
/* 303 to a path of ours. */
enum err http_redirect(struct http_response *rs, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* First value by that name; empty text with p == NULL when there is none. */
struct str http_get(const struct http_pairs *pairs, struct str name);

/* Reads "a=1&b=2" (percent-decoding, '+' as space). ERR_INVALID: bad escape, NUL, not clean UTF-8,
 * more than most pairs. */
enum err http_parse_urlencoded(
    struct arena *mem, struct str text, size_t most, struct http_pairs *out);
/* Reads a multipart/form-data body; file parts come as pairs whose value is the raw bytes (not
 * checked for UTF-8) with their name. ERR_INVALID as above. */
enum err http_parse_multipart(struct arena *mem, struct str content_type, struct str body,
    size_t most, struct http_pairs *out);
/* Reads a Cookie header (RFC 6265): pairs that do not parse are left out. */
void http_parse_cookies(struct arena *mem, struct str header, struct http_pairs *out);
/* Matches "/plans/{plan}/steps/{step}" against a path; each {name} takes one positive decimal int64
 * and fills rq->params. */
bool http_route_match(const char *pattern, struct http_request *rq);
/* The number in the path by that name (must() if the pattern has none). */
int64_t http_param(const struct http_request *rq, const char *name);

/*
 * A form: read every field, ask once. Reading never fails; what the user must mend is noted with
 * the field's name and a problem, and the user's words are kept for the page that comes back (422).
 */
enum form_problem {
	FORM_OK,
	FORM_MISSING,
	FORM_TOO_LONG,
	FORM_TOO_SHORT,
	FORM_NOT_A_NUMBER,
	FORM_NOT_A_DATE,
	FORM_OUT_OF_RANGE,
	FORM_NOT_A_CHOICE,
	FORM_NOT_TEXT,
	FORM_RULE
};

struct form_field {
	struct form_field *before; /* the one read before it */
	struct str name, value;    /* the user's own words */
	enum form_problem problem;
	int message; /* FORM_RULE: the message to show; made code's MSG_ number, 0 otherwise */
};

struct form {
	struct arena *mem;
	const struct http_pairs *pairs;
	struct form_field *last; /* of those read; as many as a page asks for */
	int n;
	int bad; /* number of fields to mend */
};

struct form form_of(struct arena *mem, const struct http_pairs *pairs);
/* Text trimmed of outer space, CRLF made LF, least-most in characters. least 0: may be left out. */
struct str form_text(struct form *f, struct str name, size_t least, size_t most);
int64_t form_i64(struct form *f, struct str name, int64_t least, int64_t most);
/* 0 when left out and not needed. */
int64_t form_id(struct form *f, struct str name, bool needed);
/* A day as "2026-11-21", "20261121", "21/11 2026" or "21.11.2026"; unknown when left out and not
 * needed. */
struct date form_date(struct form *f, struct str name, bool needed);
/* One of the n choices; returns its place, -1 when missing or unknown. */
int form_choice(struct form *f, struct str name, const struct str *choices, int n, bool needed);
bool form_checked(struct form *f, struct str name);
/* Marks a field with a rule of the feature's own. */
void form_mark(struct form *f, struct str name, int message);
/* For the page: the words the user wrote, and what is wrong with the field (FORM_OK: nothing). */
struct str form_value(const struct form *f, struct str name);
enum form_problem form_problem(const struct form *f, struct str name, int *message);

#endif
