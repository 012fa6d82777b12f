/*
 * Words in the reader's language. The tables are made by gen/messages from lang/NAME.po; a message
 * is a number (enum msg of the made msg.h; 0 is none). A message that a language lacks is
 * taken in the language behind it: easy Swedish, English and all others fall back to Swedish.
 */
#ifndef I18N_I18N_H
#define I18N_I18N_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

/* How an argument is shown. Dates are civil days; an int64 under a date style is an instant. */
enum i18n_style {
	I18N_PLAIN, /* text and numbers as they are; a date as I18N_DAY */
	I18N_LONG,  /* {1:long}  "tisdag 14 oktober"; the year too when it is not today's */
	I18N_DAY,   /* {1:day}   "14 oktober" */
	I18N_SHORT, /* {1:short} "14 okt." */
	I18N_TIME,  /* {1:time}  "14 oktober 09:30": an instant (ms), shown in Swedish time */
	I18N_CLOCK, /* {1:clock} "09:30": an instant */
	I18N_NUM    /* {1:num}   "12 345" */
};

/* A piece of a message: some words, then an argument (0: none). */
struct msg_seg {
	const char *p;
	uint16_t n;
	bool safe; /* holds no character that HTML escapes */
	uint8_t arg;
	uint8_t style;
};
struct msg_form {
	const struct msg_seg *v;
	int n;
};
/* One message in one language: one form, or one per plural form; 0: not there. */
struct msg_entry {
	const struct msg_form *forms;
	int n;
};

struct i18n {
	const char *tag;           /* BCP 47: "sv", "sv-x-easy" */
	const char *name;          /* the language's name of itself */
	const char *dir;           /* "ltr" or "rtl" */
	const char *locale;        /* for ICU: "sv_SE" */
	const struct i18n *behind; /* where a missing message is taken; NULL: nowhere */
	unsigned (*plural)(uint64_t n);
	const struct msg_entry *entries;
	int n_entries;
	int index; /* place in its list */
};

/* The program's languages, Swedish first (made by the build). */
extern const struct i18n *const i18n_langs[];
extern const int i18n_langs_n;

/* An argument of a message. */
struct msg_arg {
	enum { MSG_ARG_TEXT, MSG_ARG_INT, MSG_ARG_DATE } type;
	struct str s;
	int64_t i;
	struct date d;
};
static inline struct msg_arg msg_arg_text(struct str s)
{
	return (struct msg_arg){ .type = MSG_ARG_TEXT, .s = s };
}
static inline struct msg_arg msg_arg_c(const char *s)
{
	return msg_arg_text(str_of(s));
}
static inline struct msg_arg msg_arg_int(int64_t i)
{
	return (struct msg_arg){ .type = MSG_ARG_INT, .i = i };
}
static inline struct msg_arg msg_arg_size(size_t i)
{
	return msg_arg_int((int64_t)i);
}
static inline struct msg_arg msg_arg_date(struct date d)
{
	return (struct msg_arg){ .type = MSG_ARG_DATE, .d = d };
}
/* clang-format off */
#define msg_arg(e) _Generic((e), struct str: msg_arg_text, char *: msg_arg_c, \
	const char *: msg_arg_c, struct date: msg_arg_date, int8_t: msg_arg_int, \
	uint8_t: msg_arg_int, int16_t: msg_arg_int, uint16_t: msg_arg_int, int: msg_arg_int, \
	unsigned: msg_arg_int, long: msg_arg_int, long long: msg_arg_int, \
	unsigned long: msg_arg_size)(e)
/* clang-format on */

/* The form to show, and in *from the language it is written in (l or one behind it). count picks
 * the plural form (its size counts: -1 as 1). must() when msg is no message. */
const struct msg_form *i18n_form(
    const struct i18n *l, int msg, int64_t count, const struct i18n **from);
/* The number a message is counted by: its first argument when that is one, else 0. */
int64_t i18n_count(const struct msg_arg *args, int n);
/* The argument of a segment in words; lives in mem or outlives it. must() when the segment asks
 * for an argument that is not there or a style its type has not. */
struct str i18n_arg(struct arena *mem, const struct i18n *l, struct date today,
    const struct msg_seg *seg, const struct msg_arg *args, int n);
/* A whole message as plain text: mail, JSON, PDF. */
struct str i18n_text(struct arena *mem, const struct i18n *l, struct date today, int msg,
    const struct msg_arg *args, int n);

/* A day in words; empty for unknown. today: its year is left out; unknown: always with year. */
struct str i18n_date(struct arena *mem, const struct i18n *l, struct date today,
    enum i18n_style style, struct date d);
/* An instant, I18N_TIME, I18N_CLOCK or as the day it falls on in Sweden. */
struct str i18n_instant(struct arena *mem, const struct i18n *l, struct date today,
    enum i18n_style style, int64_t at_ms);
/* Grouped as the language groups: "12 345" (no-break spaces). */
struct str i18n_number(struct arena *mem, const struct i18n *l, int64_t v);

/* Order of two texts in a list for a reader of l: <0, 0, >0. Swedish: ... z å ä ö. */
int i18n_collate(const struct i18n *l, struct str a, struct str b);
/* NFC: what people type, so that the same name is the same bytes. Well-formed UTF-8 in and out. */
struct str i18n_nfc(struct arena *mem, struct str s);
/* For asking whether two names are the same, in any alphabet and on both engines: large and small
 * letters, å as one sign or two, signs that nobody sees (NFKC_Casefold). Never shown or stored. */
struct str i18n_folded(struct arena *mem, struct str s);

/* By tag, NULL: none such. */
const struct i18n *i18n_by_tag(struct str tag);
/* The language to answer in: the one the user chose (cookie, setting) if there is one by that tag,
 * else the best of an Accept-Language header (RFC 9110 12.5.4, q-values), else Swedish. */
const struct i18n *i18n_choose(struct str chosen, struct str accept_language);

#endif
