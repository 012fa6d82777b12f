/*
 * A file of people, one record at a time, in bounded memory. Knows the shapes {"persons": [...]},
 * {"data": [...], ...}, {"entry": [...]}, a bare list, one record alone, and one record a line.
 */
#ifndef IMPORT_STREAM_H
#define IMPORT_STREAM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define IMPORT_RECORD_MOST ((size_t)256 << 10) /* bytes of one record */

struct import_stream {
	/* Gives up to n bytes; 0: the end; -1: can't be read. */
	long (*read)(void *from, char *to, size_t n);
	void *from;
	char buf[16384];
	size_t at, n;
	int line;                 /* of the next byte, from 1 */
	unsigned long long bytes; /* taken so far */
	int where;                /* private */
	const char *list;         /* the list we are in: "persons", "" for a bare one */
	size_t index;             /* of the next item in it */
	size_t records;           /* so far */
	bool after;               /* an item was read: a comma or the end is due */
};

struct import_item {
	struct str text;  /* one JSON value, in mem */
	struct str place; /* "persons[3]"; for a record alone "" or its line, "line 7" */
	int line;         /* where it begins */
	bool too_long;    /* over IMPORT_RECORD_MOST: text is cut */
};

void import_stream_init(
    struct import_stream *s, long (*read)(void *from, char *to, size_t n), void *from);
/* The next record, in mem; *more false: the end. ERR_INVALID: the file is broken at s->line, *what
 * says how (static text); nothing can be read after it. */
enum err import_stream_next(struct import_stream *s, struct arena *mem, struct import_item *out,
    bool *more, const char **what);

#endif
