/*
 * HTML that escapes by construction. Pages are templates (gen/templates); the functions below are
 * what the made code calls. The escaper follows from the place: html_put in text, html_put_attr in
 * an attribute, html_put_url where a value begins a URL, html_put_part further on in one.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "base/str.h"
#include "i18n/i18n.h"

/* A token of {{csrf}} in the page. */
struct html_hole {
	uint32_t at; /* offset in out */
	uint16_t n;  /* bytes */
	bool once;   /* which of the two */
};

struct html {
	struct buf out;
	const struct i18n *lang; /* borrowed; the reader's */
	struct str csrf;         /* of this session, for {{csrf}} */
	struct str once;         /* of this page, for {{csrf}}: its form is carried out once */
	struct date today;       /* in Sweden; its year is left out of dates */
	struct html_hole
	    *holes; /* in out's arena: where the tokens stand; a kept page gets others */
	size_t n_holes, holes_room;
};

/* Takes no memory before the first byte. */
void html_init(struct html *h, struct arena *mem, const struct i18n *lang, struct date today);

/* Markup from somewhere else that is known to be good (a rendered fragment). */
struct html_raw {
	struct str html;
};
static inline struct html_raw html_raw(struct str html)
{
	return (struct html_raw){ html };
}

/* Static markup, as it is. */
static inline void html_lit(struct html *h, const char *p, size_t n)
{
	if (h->out.room - h->out.n > n) {
		memcpy(h->out.p + h->out.n, p, n);
		h->out.n += n;
	} else {
		buf_put(&h->out, p, n);
	}
}

/* & < > " ' escaped: good in text and in quoted attributes. */
void html_text(struct html *h, struct str s);
static inline void html_text_c(struct html *h, const char *s)
{
	html_text(h, str_of(s));
}
/* As html_text, and line ends as &#10; so that a value comes back as it was. */
void html_attr(struct html *h, struct str s);
void html_attr_c(struct html *h, const char *s);
/* A whole URL: a path of ours (one '/' first, no "//", no backslash), a query '?', a fragment '#',
 * tel: or mailto: with harmless characters; all else becomes '#'. */
void html_url(struct html *h, struct str s);
void html_url_c(struct html *h, const char *s);
/* A part of a URL's path, query or fragment, percent-encoded (RFC 3986). */
void html_part(struct html *h, struct str s);
void html_part_c(struct html *h, const char *s);
void html_part_date(struct html *h, struct date d);
/* A phone number behind "tel:": digits and a leading '+', nothing else. */
void html_put_tel(struct html *h, struct str s);
void html_int(struct html *h, int64_t v);
void html_size(struct html *h, size_t v);
/* In words of the language; in attributes ISO. Unknown: nothing. */
void html_date(struct html *h, struct date d);
void html_date_iso(struct html *h, struct date d);
void html_put_raw(struct html *h, struct html_raw raw);
/* The hidden field that proves a form is ours. */
void html_csrf(struct html *h);

/* Where a message stands. In text, words of a language behind the reader's get their own lang
 * (WCAG 3.1.2); where no element may stand they don't. */
enum html_place { HTML_TEXT, HTML_BARE, HTML_ATTR };
void html_msg(struct html *h, enum html_place place, int msg, const struct msg_arg *args, int n);

/* clang-format off */
#define html_ints(f, g) int8_t: f, uint8_t: f, int16_t: f, uint16_t: f, int: f, unsigned: f, \
	long: f, long long: f, unsigned long: g
#define html_put(h, e) _Generic((e), struct str: html_text, char *: html_text_c, \
	const char *: html_text_c, struct date: html_date, html_ints(html_int, html_size))((h), (e))
#define html_put_attr(h, e) _Generic((e), struct str: html_attr, char *: html_attr_c, \
	const char *: html_attr_c, struct date: html_date_iso, html_ints(html_int, html_size))((h), (e))
#define html_put_url(h, e) _Generic((e), struct str: html_url, char *: html_url_c, \
	const char *: html_url_c)((h), (e))
#define html_put_part(h, e) _Generic((e), struct str: html_part, char *: html_part_c, \
	const char *: html_part_c, struct date: html_part_date, html_ints(html_int, html_size))((h), (e))
/* clang-format on */

#endif
