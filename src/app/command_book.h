/* The book of looks, for commands that change what is told about people. */
#ifndef APP_COMMAND_BOOK_H
#define APP_COMMAND_BOOK_H

#include "access/book.h"
#include "app/config.h"

/* Opens a chain of the command's own ("COPY.name": a server may be writing in its) and settles it
 * against db. *by, in mem: who runs it, the user of this machine or whom sudo names; NULL: not
 * known. */
enum err command_book(const struct config *cfg, const char *name, const struct keys *keys,
    struct db *db, struct arena *mem, struct book **out, const char **by);

#endif
