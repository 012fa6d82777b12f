/*
 * Comma separated values (RFC 4180) from strangers: quotes, doubled quotes, line ends inside
 * quotes, CRLF or LF, a byte order mark, empty lines. Text must be clean UTF-8.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct csv_row {
	struct str *v;
	size_t n;
	size_t line; /* where it begins, from 1 */
};

struct csv {
	struct csv_row *v; /* the first is the header */
	size_t n;
	size_t bad_line;      /* 0: all was read */
	const char *bad_what; /* static text for a person: what is wrong there */
};

/* Reads all of text; rows and their texts live in mem (fields without quotes are borrowed from
 * text). false: out->bad_line and out->bad_what say where and why; the rows before it are there. */
bool csv_read(struct arena *mem, struct str text, struct csv *out);
/* The column by that name in the header; -1: none. */
int csv_column(const struct csv *csv, const char *name);
/* Puts s down as one field, quoted where it must be. A field that a spreadsheet would run as a
 * formula is not changed: that is the writer's concern. */
void csv_put(struct buf *b, struct str s);

#endif
