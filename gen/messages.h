/* Shared by the files of gen/messages. */
#ifndef GEN_MESSAGES_H
#define GEN_MESSAGES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"

#define LANGS 32
#define FORMS 8
#define ARGS 9

struct text { /* one message in one language */
	struct str forms[FORMS];
	int n; /* forms; 0: not there */
	int line;
	unsigned args; /* bit i: {i} stands in it */
	bool plural;
};

struct entry {
	struct str key;
	struct text text[LANGS];
	bool family, used;
};

struct lang {
	const char *file;
	struct str tag, name, dir, locale;
	int n_plurals;
	struct str rule; /* C, in brackets */
};

struct all {
	struct arena *mem;
	struct lang langs[LANGS];
	int n_langs;
	struct entry *v;
	size_t n, room;
	int errors;
	struct str prefix; /* "" or "test_" */
	struct str PREFIX; /* "" or "TEST_" */
};

/* Says FILE:LINE: what is wrong; the program goes on and ends with 1. */
void wrong(struct all *a, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void compile_rule(struct all *a, struct lang *l, const char *header);

#endif
