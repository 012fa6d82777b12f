/*
 * JSON out: written straight into a text buffer, escaped and nested right by construction; misuse
 * (a value without a key in an object, an end too many) is must().
 * JSON in: read whole, checked, into an arena; a bad field is reported with its path.
 */
#ifndef JSON_JSON_H
#define JSON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

/* ---- writing ---- */

#define JSON_DEPTH 32

struct json {
	struct buf *out; /* borrowed */
	int depth;
	char open[JSON_DEPTH]; /* '{' or '[' */
	bool some[JSON_DEPTH]; /* something stands in it: a comma comes first */
	bool keyed;            /* a key is written, its value is due */
};

void json_init(struct json *j, struct buf *out);
/* Opens an object or array: the whole text, the next item of an array, or the value of json_key. */
void json_obj(struct json *j);
void json_arr(struct json *j);
/* The key of the value that comes next. */
void json_key(struct json *j, const char *key);
/* Closes what was opened last. */
void json_end(struct json *j);
/* The text is whole: all that was opened is closed. */
bool json_whole(const struct json *j);

void json_text(struct json *j, struct str s); /* well-formed UTF-8 */
void json_c(struct json *j, const char *s);
void json_int(struct json *j, int64_t v);
void json_size(struct json *j, size_t v);
void json_bool(struct json *j, bool v);
void json_day(struct json *j, struct date d); /* ISO; unknown: null */
void json_nothing(struct json *j);            /* null */
/* A number as it was read or kept, "1.50"; must() when it is no JSON number. */
void json_decimal(struct json *j, struct str number);
/* An instant, "2026-11-21T08:30:00.123Z". */
void json_instant(struct json *j, int64_t at_ms);

/* clang-format off */
#define json_value(j, v) _Generic((v), struct str: json_text, char *: json_c, \
	const char *: json_c, struct date: json_day, bool: json_bool, int8_t: json_int, \
	uint8_t: json_int, int16_t: json_int, uint16_t: json_int, int: json_int, \
	unsigned: json_int, long: json_int, long long: json_int, unsigned long: json_size)((j), (v))
/* clang-format on */
/* A member of the open object / an item of the open array, by its type. */
#define json_field(j, key, v) (json_key((j), (key)), json_value((j), (v)))
#define json_item(j, v) json_value((j), (v))
static inline void json_obj_in(struct json *j, const char *key)
{
	json_key(j, key);
	json_obj(j);
}
static inline void json_arr_in(struct json *j, const char *key)
{
	json_key(j, key);
	json_arr(j);
}

/* ---- reading ---- */

enum json_kind {
	JSON_IS_NULL,
	JSON_IS_BOOL,
	JSON_IS_INT,     /* fits int64 */
	JSON_IS_DECIMAL, /* has a point or an exponent; kept as text, as it was written */
	JSON_IS_TEXT,
	JSON_IS_LIST,
	JSON_IS_OBJECT
};

struct json_val {
	enum json_kind kind;
	struct str key; /* in an object */
	struct str s;   /* JSON_IS_TEXT (no NUL in it), JSON_IS_DECIMAL */
	int64_t i;      /* JSON_IS_INT, JSON_IS_BOOL (0, 1) */
	size_t n;       /* members of a list or object */
	size_t index;   /* place in its list or object */
	const struct json_val *first, *next, *parent;
};

struct json_limits {
	size_t bytes; /* longest text */
	int depth;    /* deepest nesting */
};
#define JSON_LIMITS_API ((struct json_limits){ (size_t)1 << 20, 16 })

/* What is wrong with a text, for the one who sent it. */
struct json_problem {
	int line, column; /* from 1, where the bad piece ends; 0: about a field, see what */
	struct str what;  /* "persons[3].civicNo.value: must be text"; empty: nothing is wrong */
};

/* Reads a whole text: one object or list, no duplicate keys, well-formed UTF-8, no text behind it.
 * Everything lives in mem. ERR_TOO_LARGE: over limits.bytes. ERR_INVALID: *problem says why. */
enum err json_read(struct arena *mem, struct str text, struct json_limits limits,
    const struct json_val **out, struct json_problem *problem);

/* The value at key; NULL when obj is NULL, no object, or has no such key. null counts as there. */
const struct json_val *json_find(const struct json_val *obj, const char *key);
/* Where a value stands: "persons[3].civicNo.value"; the whole text is "(all)". */
struct str json_path(struct arena *mem, const struct json_val *v);

/*
 * Reading fields: as with a form, read all, then ask once whether f->bad. The first problem is
 * kept. A missing or null field that is not needed gives the empty value.
 */
struct json_fields {
	struct arena *mem;
	int bad;
	struct json_problem problem;
};
struct json_fields json_fields_of(struct arena *mem);
/* Notes a problem of the caller's own at obj.key (key NULL: at obj). */
void json_mark(
    struct json_fields *f, const struct json_val *obj, const char *key, const char *what);
struct str json_get_text(struct json_fields *f, const struct json_val *obj, const char *key,
    bool needed, size_t most_chars);
bool json_get_bool(struct json_fields *f, const struct json_val *obj, const char *key, bool needed);
/* "2026-11-21". */
struct date json_get_date(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed);
/* A whole number or a decimal, as written. */
struct str json_get_decimal(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed);
/* NULL when missing. */
const struct json_val *json_get_obj(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed);
const struct json_val *json_get_list(
    struct json_fields *f, const struct json_val *obj, const char *key, bool needed);

#endif
