/*
 * What the workshop's programs share: read a file, stop with "file:line: what is wrong", write a
 * file only when it says something new (so that the build does not run what stands behind it).
 */
#ifndef GEN_GEN_H
#define GEN_GEN_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

_Noreturn static inline void __attribute__((format(printf, 3, 4)))
die(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", file, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

/* false: can't be read. */
static inline bool file_read(struct arena *mem, const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	struct buf b;
	char part[8192];
	size_t n;
	bool bad;

	if (!f)
		return false;
	buf_init(&b, mem, sizeof part);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_put(&b, part, n);
	bad = ferror(f) != 0;
	fclose(f);
	*out = buf_text(&b);
	return !bad;
}

static inline struct str file_need(struct arena *mem, const char *path)
{
	struct str s;

	if (!file_read(mem, path, &s))
		die(path, 0, "can't be read: %s", strerror(errno));
	return s;
}

static inline void file_write(struct arena *mem, const char *path, struct str text)
{
	struct str before;
	FILE *f;

	if (file_read(mem, path, &before) && str_eq(before, text))
		return;
	f = fopen(path, "wb");
	if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0)
		die(path, 0, "can't be written: %s", strerror(errno));
}

/* One line of text as a C string literal, without the line end. */
static inline void put_literal(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\' || c == '?') /* '?': no trigraphs */
			buf_fmt(b, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			buf_fmt(b, "\\%03o", c);
		else
			buf_char(b, (char)c);
	}
	buf_char(b, '"');
}

static inline bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* The length of the string, quoted name, comment or dollar quote that begins at s.p[at]; 0: none
 * begins there. A length that reaches s.n without an end is answered as s.n - at + 1. */
static inline size_t sql_span(struct str s, size_t at)
{
	const char *p = s.p + at, *end;
	size_t n = s.n - at;

	if (p[0] == '\'' || p[0] == '"') {
		end = n > 1 ? memchr(p + 1, p[0], n - 1) : NULL;
		return end ? (size_t)(end - p) + 1 : n + 1; /* '' is two strings side by side */
	}
	if (n >= 2 && p[0] == '-' && p[1] == '-') {
		end = memchr(p, '\n', n);
		return end ? (size_t)(end - p) : n;
	}
	if (n >= 2 && p[0] == '/' && p[1] == '*') {
		end = memmem(p + 2, n - 2, "*/", 2);
		return end ? (size_t)(end - p) + 2 : n + 1;
	}
	if (n >= 2 && p[0] == '$' && p[1] == '$') {
		end = memmem(p + 2, n - 2, "$$", 2);
		return end ? (size_t)(end - p) + 2 : n + 1;
	}
	return 0;
}

static inline bool is_comment(const char *p)
{
	return (p[0] == '-' && p[1] == '-') || (p[0] == '/' && p[1] == '*');
}

#endif
