/* Whole files into memory, for commands that read what an operator names. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* All of the file at path ("-": standard input), at most `most` bytes. Quiet: the caller tells the
 * operator. ERR_NOT_FOUND: can't be opened or read; ERR_TOO_LARGE. */
enum err file_read(struct arena *mem, const char *path, size_t most, struct str *out);

#endif
