#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

struct str str_of(const char *c)
{
	return (struct str){ c ? c : "", c ? strlen(c) : 0 };
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_secret(struct str a, struct str b)
{
	unsigned char diff = 0;

	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		diff |= (unsigned char)(a.p[i] ^ b.p[i]);
	return diff == 0;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str with)
{
	return s.n >= with.n && (with.n == 0 || memcmp(s.p, with.p, with.n) == 0);
}

bool str_ends(struct str s, struct str with)
{
	return s.n >= with.n && (with.n == 0 || memcmp(s.p + s.n - with.n, with.p, with.n) == 0);
}

bool str_has(struct str s, struct str part)
{
	return part.n == 0 || (s.n >= part.n && memmem(s.p, s.n, part.p, part.n) != NULL);
}

/* Bytes of white space at the front of s: 0, 1, or 2 for U+00A0. */
static size_t space_front(struct str s)
{
	if (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
		return 1;
	return s.n >= 2 && memcmp(s.p, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static size_t space_back(struct str s)
{
	if (s.n && (s.p[s.n - 1] == ' ' || (s.p[s.n - 1] >= '\t' && s.p[s.n - 1] <= '\r')))
		return 1;
	return s.n >= 2 && memcmp(s.p + s.n - 2, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

struct str str_trim(struct str s)
{
	for (size_t k; (k = space_front(s)) != 0; s.p += k, s.n -= k)
		;
	for (size_t k; (k = space_back(s)) != 0; s.n -= k)
		;
	return s;
}

struct str str_cut(struct str *s, char sep)
{
	const char *at = s->n ? memchr(s->p, sep, s->n) : NULL;
	struct str head = { s->p, at ? (size_t)(at - s->p) : s->n };

	if (at)
		*s = (struct str){ at + 1, s->n - head.n - 1 };
	else
		*s =
		    (struct str){ s->n ? s->p + s->n : s->p, 0 }; /* p may be NULL: an empty text */
	return head;
}

struct str str_copy(struct arena *mem, struct str s)
{
	return (struct str){ str_c(mem, s), s.n };
}

const char *str_c(struct arena *mem, struct str s)
{
	char *p = arena_take(mem, s.n + 1, 1, 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct str str_vfmt(struct arena *mem, const char *fmt, va_list ap)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	must(n >= 0);
	p = arena_take(mem, (size_t)n + 1, 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ p, (size_t)n };
}

struct str str_fmt(struct arena *mem, const char *fmt, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, fmt);
	s = str_vfmt(mem, fmt, ap);
	va_end(ap);
	return s;
}

struct str str_of_i64(struct arena *mem, int64_t v)
{
	struct buf b;

	buf_init(&b, mem, 24);
	buf_i64(&b, v);
	return buf_text(&b);
}

bool str_to_i64(struct str s, int64_t least, int64_t most, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	int64_t v = 0;
	size_t i = minus ? 1 : 0;

	if (s.n == i || s.n > 20)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || __builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, s.p[i] - '0', &v))
			return false; /* counted downwards, so that INT64_MIN fits */
	}
	if (!minus && __builtin_sub_overflow(0, v, &v))
		return false;
	if (v < least || v > most)
		return false;
	*out = v;
	return true;
}

/* Length of the well-formed sequence at p (of n bytes), 0 when it is not one (RFC 3629). */
static size_t utf8_step(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		return n >= 2 && (p[1] & 0xc0) == 0x80 ? 2 : 0;
	if (p[0] >= 0xe0 && p[0] <= 0xef) {
		if (n < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
			return 0;
		if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))
			return 0;
		return 3;
	}
	if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		if (n < 4 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 ||
		    (p[3] & 0xc0) != 0x80)
			return 0;
		if ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
			return 0;
		return 4;
	}
	return 0;
}

bool str_is_clean(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.n;) {
		size_t k = utf8_step(p + i, s.n - i);

		if (k == 0 || p[i] == 0x7f ||
		    (p[i] < 0x20 && p[i] != '\t' && p[i] != '\r' && p[i] != '\n'))
			return false;
		i += k;
	}
	return true;
}

size_t str_chars(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

void buf_init(struct buf *b, struct arena *mem, size_t room)
{
	*b = (struct buf){ .mem = mem, .p = arena_take(mem, room ? room : 1, 1, 1), .room = room };
}

/* A buffer that was made with nothing takes this much at its first byte. */
#define FIRST_ROOM 512

static void buf_room(struct buf *b, size_t more)
{
	size_t want = b->n + more;

	if (want <= b->room)
		return;
	want = want < 2 * b->room ? 2 * b->room : want;
	if (!b->p && want < FIRST_ROOM)
		want = FIRST_ROOM;
	b->p = arena_grow(b->mem, b->p, b->room, want);
	b->room = want;
}

void buf_put(struct buf *b, const char *p, size_t n)
{
	if (n == 0)
		return;
	buf_room(b, n);
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void buf_char(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void buf_i64(struct buf *b, int64_t v)
{
	char text[24];
	size_t at = sizeof text;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		text[--at] = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (v < 0)
		text[--at] = '-';
	buf_put(b, text + at, sizeof text - at);
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	must(n >= 0);
	buf_room(b, (size_t)n + 1);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	va_end(again);
	b->n += (size_t)n;
}

struct str buf_text(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}
