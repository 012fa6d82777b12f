/* Text: a pointer and a length, borrowed, UTF-8, not ended by NUL unless a comment says so. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct str {
	const char *p;
	size_t n; /* bytes */
};

/* A literal as text: S("name"). */
#define S(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
/* For printf: printf("%.*s", STR(s)). */
#define STR(s) (int)(s).n, (s).p

struct str str_of(const char *c); /* NULL: empty */
bool str_eq(struct str a, struct str b);
/* Equal, in a time that depends on the lengths only: for secrets. */
bool str_eq_secret(struct str a, struct str b);
int str_cmp(struct str a, struct str b); /* by bytes */
bool str_starts(struct str s, struct str with);
bool str_ends(struct str s, struct str with);
bool str_has(struct str s, struct str part);
/* White space (ASCII and U+00A0) off both ends; borrowed from s. */
struct str str_trim(struct str s);
/* Cuts s at the first sep: returns what stands before it, *s becomes what follows (all and empty
 * when sep is not there). */
struct str str_cut(struct str *s, char sep);
struct str str_copy(struct arena *mem, struct str s);
/* With a NUL behind it. */
const char *str_c(struct arena *mem, struct str s);
struct str str_fmt(struct arena *mem, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str str_vfmt(struct arena *mem, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
struct str str_of_i64(struct arena *mem, int64_t v);
/* All of s is one decimal number in [least, most]: digits with an optional '-', no '+', no space.
 */
bool str_to_i64(struct str s, int64_t least, int64_t most, int64_t *out);
/* Well-formed UTF-8 without NUL and without other control characters than tab, CR and LF. */
bool str_is_clean(struct str s);
/* Code points of well-formed UTF-8. */
size_t str_chars(struct str s);

/* Growing text in an arena; finished by looking at p and n. */
struct buf {
	struct arena *mem; /* borrowed */
	char *p;
	size_t n, room;
};
void buf_init(struct buf *b, struct arena *mem, size_t room);
void buf_put(struct buf *b, const char *p, size_t n);
static inline void buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str buf_text(const struct buf *b); /* borrowed; true until the next put */

#endif
