/* Shared by the files of gen/templates. */
#ifndef GEN_TEMPLATES_H
#define GEN_TEMPLATES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"

#define DEPTH 128
#define ATTRS 64

enum place {
	TEXT,
	TAG_NAME,
	IN_TAG, /* between attributes */
	ATTR_NAME,
	AFTER_EQUALS,
	VALUE,
	RCDATA, /* <title>, <textarea>: text without elements */
	RAW     /* <script>, <style>: nothing of ours may stand here */
};

struct element {
	struct str name;
	int line;
	bool posts, has_csrf; /* a form */
};

/* What a block must leave as it found it. */
struct where {
	enum place place;
	bool needs_blank;   /* in a tag: a blank must come before the next attribute */
	bool value_started; /* in a value: something stands before this place */
	size_t value_n;     /* in a value: static bytes so far */
	bool after_block;   /* in text: white space here means nothing */
	int n_open, n_attrs;
};

enum block_kind { VIEW, IF, EACH, WITHIN };

struct block {
	enum block_kind kind;
	int line;
	bool has_else;
	struct where start, merged;
	struct str view, arg; /* WITHIN */
};

struct maker {
	struct arena *mem;
	const char *file;
	struct str in;
	size_t at;
	int line;
	struct buf h, c;
	struct buf lit; /* static text not yet written */
	bool pending;   /* a blank not yet written */
	bool in_view, has_body;
	struct str view, view_arg;
	struct where w;
	struct element open[DEPTH];
	struct str attrs[ATTRS];
	struct str tag, attr;
	struct buf value; /* the static part of the attribute's value so far */
	bool end_tag, self_closing, tag_posts;
	int tag_line;
	char quote;
	struct block blocks[DEPTH];
	int n_blocks;
	int n_loops;
};

/* Says FILE:LINE: what is wrong, and ends with 1. */
_Noreturn void stop(const struct maker *m, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

bool one_of(struct str name, const char *list);
bool is_url(struct str attr);
struct str lower(struct maker *m, struct str s);
bool is_open(const struct maker *m, const char *tag);
void flush(struct maker *m);
void lit(struct maker *m, char c);
void mark_line(struct maker *m, int line);
void spend_blank(struct maker *m);
void pop_optional(struct maker *m, int least);
void finish_attr_name(struct maker *m);
void check_url(struct maker *m);
bool here(const struct maker *m, const char *what);
bool is_space(char c);
void skip_comment(struct maker *m);
void take_static(struct maker *m);
void take(struct maker *m);
void make(struct maker *m);

#endif
