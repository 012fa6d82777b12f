#include "html/html.h"

#include <endian.h>

#include "base/err.h"

void html_init(struct html *h, struct arena *mem, const struct i18n *lang, struct date today)
{
	*h = (struct html){ .out = { .mem = mem }, .lang = lang, .today = today };
}

/* What stands for a character; none: itself. Line ends only in values. */
static const struct str escapes[256] = {
	['&'] = S("&amp;"),
	['<'] = S("&lt;"),
	['>'] = S("&gt;"),
	['"'] = S("&quot;"),
	['\''] = S("&#39;"),
	['\n'] = S("&#10;"),
	['\r'] = S("&#13;"),
	['\t'] = S("&#9;"),
};

#define BYTES(c) (0x0101010101010101u * (uint64_t)(c))

/* A top bit where a byte of w is zero (and maybe above such a one, never below). */
static inline uint64_t zeros(uint64_t w)
{
	return (w - BYTES(1)) & ~w & BYTES(0x80);
}

/* How many of the eight bytes at p surely need no escape. Of & and ', and of < and >, one bit
 * differs. */
static inline size_t plain_bytes(const char *p)
{
	uint64_t w, found;

	memcpy(&w, p, 8);
	w = htole64(w);
	found = ((w - BYTES(' ')) & ~w & BYTES(0x80)) | zeros(w ^ BYTES('"')) |
		zeros((w & ~BYTES(1)) ^ BYTES('&')) | zeros((w & ~BYTES(2)) ^ BYTES('<'));
	return found ? (size_t)__builtin_ctzll(found) / 8 : 8;
}

static void put_escaped(struct html *h, struct str s, bool in_attr)
{
	size_t from = 0, i = 0;

	while (i < s.n) {
		size_t plain = s.n - i >= 8 ? plain_bytes(s.p + i) : 0;
		const struct str *e;

		i += plain;
		if (plain == 8)
			continue;
		e = &escapes[(unsigned char)s.p[i]];
		if (e->n && (in_attr || (unsigned char)s.p[i] >= ' ')) {
			html_lit(h, s.p + from, i - from);
			html_lit(h, e->p, e->n);
			from = i + 1;
		}
		i++;
	}
	if (s.n > from)
		html_lit(h, s.p + from, s.n - from);
}

void html_text(struct html *h, struct str s)
{
	put_escaped(h, s, false);
}

void html_attr(struct html *h, struct str s)
{
	put_escaped(h, s, true);
}

void html_attr_c(struct html *h, const char *s)
{
	html_attr(h, str_of(s));
}

static bool all_of(struct str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			(c && strchr(more, c))))
			return false;
	}
	return true;
}

static struct str behind(struct str s, size_t n)
{
	return (struct str){ s.p + n, s.n - n };
}

void html_url(struct html *h, struct str s)
{
	bool good = false;

	if (str_starts(s, S("tel:")))
		good = s.n > 4 && all_of(behind(s, 4), "+-");
	else if (str_starts(s, S("mailto:")))
		good = s.n > 7 && all_of(behind(s, 7), "@.+-_");
	else if (str_starts(s, S("/")) || str_starts(s, S("#")) || str_starts(s, S("?")))
		/* "//host" and "/\host" leave for another host; browsers drop tabs and line ends */
		good = !str_starts(s, S("//")) && all_of(s, "/?#&=%.-_~+:@,;!*()");
	html_attr(h, good ? s : S("#"));
}

void html_url_c(struct html *h, const char *s)
{
	html_url(h, str_of(s));
}

/* RFC 3986 unreserved, and '@' */
static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~' || c == '@';
}

void html_part(struct html *h, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		char e[3] = { '%', hex[c >> 4], hex[c & 15] };

		if (is_unreserved(c))
			html_lit(h, s.p + i, 1);
		else
			html_lit(h, e, 3);
	}
}

void html_part_c(struct html *h, const char *s)
{
	html_part(h, str_of(s));
}

void html_part_date(struct html *h, struct date d)
{
	html_date_iso(h, d);
}

void html_put_tel(struct html *h, struct str s)
{
	bool first = true;

	for (size_t i = 0; i < s.n; i++) {
		if ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == '+' && first)) {
			html_lit(h, s.p + i, 1);
			first = false;
		}
	}
}

void html_int(struct html *h, int64_t v)
{
	buf_i64(&h->out, v);
}

void html_size(struct html *h, size_t v)
{
	buf_i64(&h->out, (int64_t)v);
}

void html_date(struct html *h, struct date d)
{
	html_text(h, i18n_date(h->out.mem, h->lang, h->today, I18N_DAY, d));
}

void html_date_iso(struct html *h, struct date d)
{
	char t[10];
	int y = d.y, m = (unsigned char)d.m, day = (unsigned char)d.d;

	if (!date_known(d))
		return;
	must(y >= 0 && y <= 9999);
	t[0] = (char)('0' + y / 1000);
	t[1] = (char)('0' + y / 100 % 10);
	t[2] = (char)('0' + y / 10 % 10);
	t[3] = (char)('0' + y % 10);
	t[4] = t[7] = '-';
	t[5] = (char)('0' + m / 10);
	t[6] = (char)('0' + m % 10);
	t[8] = (char)('0' + day / 10);
	t[9] = (char)('0' + day % 10);
	html_lit(h, t, sizeof t);
}

void html_put_raw(struct html *h, struct html_raw raw)
{
	html_lit(h, raw.html.p ? raw.html.p : "", raw.html.n);
}

static void put_token(struct html *h, struct str token, bool once)
{
	size_t at = h->out.n;

	if (h->n_holes == h->holes_room) {
		size_t more = h->holes_room ? 2 * h->holes_room : 8;

		h->holes = arena_grow(h->out.mem, h->holes, h->holes_room * sizeof *h->holes,
		    more * sizeof *h->holes);
		h->holes_room = more;
	}
	html_attr(h, token);
	must(h->out.n <= UINT32_MAX && h->out.n - at <= UINT16_MAX);
	h->holes[h->n_holes++] =
	    (struct html_hole){ (uint32_t)at, (uint16_t)(h->out.n - at), once };
}

void html_csrf(struct html *h)
{
	static const char before[] = "<input type=\"hidden\" name=\"csrf\" value=\"";

	html_lit(h, before, sizeof before - 1);
	put_token(h, h->csrf, false);
	html_lit(h, "\">", 2);
	if (h->once.n) {
		static const char once[] = "<input type=\"hidden\" name=\"once\" value=\"";

		html_lit(h, once, sizeof once - 1);
		put_token(h, h->once, true);
		html_lit(h, "\">", 2);
	}
}

void html_msg(struct html *h, enum html_place place, int msg, const struct msg_arg *args, int n)
{
	const struct i18n *from;
	const struct msg_form *form = i18n_form(h->lang, msg, i18n_count(args, n), &from);
	/* easy Swedish is Swedish: only another language is marked */
	bool mark = place == HTML_TEXT && from != h->lang &&
		    strncmp(from->tag, h->lang->tag, strcspn(from->tag, "-")) != 0;

	if (mark) {
		html_lit(h, "<span lang=\"", 12);
		html_text_c(h, from->tag);
		html_lit(h, "\" dir=\"", 7);
		html_text_c(h, from->dir);
		html_lit(h, "\">", 2);
	}
	for (int i = 0; i < form->n; i++) {
		const struct msg_seg *s = &form->v[i];

		if (s->safe)
			html_lit(h, s->p, s->n);
		else
			put_escaped(h, (struct str){ s->p, s->n }, place == HTML_ATTR);
		if (s->arg)
			put_escaped(h, i18n_arg(h->out.mem, from, h->today, s, args, n),
			    place == HTML_ATTR);
	}
	if (mark)
		html_lit(h, "</span>", 7);
}
