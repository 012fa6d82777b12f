#include "web/web.h"

#include <stdarg.h>

/* Most pages with their frame: what is taken here is wiped after each request. */
#define PAGE_ROOM ((size_t)12 * 1024)
/* How long a notice waits for the page that shows it. */
#define SAID_S INT64_C(60)

void rs_page(struct response *rs, int status, struct str title)
{
	rs->http->status = status;
	rs->http->content_type = S("text/html; charset=utf-8");
	rs->title = title;
	rs->framed = true;
	if (!rs->html.out.p)
		buf_init(&rs->html.out, rs->html.out.mem, PAGE_ROOM);
}

void rs_raw(struct response *rs, int status, struct str content_type)
{
	rs->http->status = status;
	rs->http->content_type = content_type;
	rs->framed = false;
}

enum err rs_go(struct response *rs, const char *fmt, ...)
{
	struct str path;
	va_list ap;

	va_start(ap, fmt);
	path = str_vfmt(rs->http->mem, fmt, ap);
	va_end(ap);
	rs->framed = false;
	return http_redirect(rs->http, "%.*s", STR(path));
}

enum err rs_go_said(struct request *rq, struct response *rs, enum msg said, const char *fmt, ...)
{
	struct str path, note;
	va_list ap;

	va_start(ap, fmt);
	path = str_vfmt(rq->mem, fmt, ap);
	va_end(ap);
	note = token_sign(
	    rq->site->tokens, rq->mem, "said", str_of(msg_keys[said]), rq->now_ms + SAID_S * 1000);
	http_header(rs->http, S("Set-Cookie"), token_cookie(rq->mem, COOKIE_FLASH, note, SAID_S));
	return rs_go(rs, "%.*s", STR(path));
}

void rs_look(
    struct response *rs, struct child_id child, const char *kind, int64_t item, enum stand stand)
{
	struct arena *mem = rs->http->mem;

	if (rs->n_looks == rs->looks_room) {
		size_t was = (size_t)rs->looks_room * sizeof *rs->looks;

		rs->looks_room = rs->looks_room ? 2 * rs->looks_room : 16;
		rs->looks =
		    arena_grow(mem, rs->looks, was, (size_t)rs->looks_room * sizeof *rs->looks);
	}
	rs->looks[rs->n_looks++] = (struct web_look){ child, kind, item, stand };
}

int64_t web_id(const struct request *rq, const char *name)
{
	return http_param(rq->http, name);
}

int64_t web_version(struct request *rq)
{
	return form_i64(&rq->form, S("version"), 1, INT64_MAX);
}

unsigned web_user(const struct request *rq)
{
	if (rq->actor.person.v == 0)
		return 0;
	if (rq->actor.assignment.v == 0)
		return U_FAMILY;
	if (str_eq(rq->actor.role, S("manager")))
		return U_MANAGER;
	return str_eq(rq->actor.role, S("administrator")) ? U_ADMIN : U_STAFF;
}

struct str web_text(const struct request *rq, enum msg m)
{
	return i18n_text(rq->mem, rq->lang, rq->today, (int)m, NULL, 0);
}

struct str web_called(const struct request *rq, struct str child_name)
{
	return child_name.n ? child_name : web_text(rq, MSG_child_unnamed);
}

struct str web_one_of_family(const struct request *rq, struct str name)
{
	return name.n ? name : web_text(rq, MSG_family_unnamed);
}

struct str web_word(const struct request *rq, const char *prefix, struct str code)
{
	struct buf key;
	enum msg m;

	buf_init(&key, rq->mem, 64);
	buf_str(&key, str_of(prefix));
	for (size_t i = 0; i < code.n; i++)
		buf_char(&key, (char)(code.p[i] >= 'A' && code.p[i] <= 'Z' ? code.p[i] + ('a' - 'A')
									   : code.p[i]));
	return code.n && msg_of_key(buf_text(&key), &m) ? web_text(rq, m) : S("");
}
