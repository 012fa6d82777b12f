/*
 * Snippets of SQL: a condition that many queries need is written once and used by its name, so that
 * no query can forget a part of it (gen/README.md).
 */
#ifndef GEN_QUERIES_SNIPPET_H
#define GEN_QUERIES_SNIPPET_H

#include "base/arena.h"
#include "base/str.h"

/* Keeps the snippets that a file defines; every file is read before the first is written out. */
void snippets_read(struct arena *mem, const char *path, struct str all);
/* The file's text with every use written out and the definitions left blank. Each line keeps its
 * number, so that what is said about a line later is true. */
struct str snippets_apply(struct arena *mem, const char *path, struct str all);
/* Stops at a snippet that nobody uses. */
void snippets_used(void);

#endif
