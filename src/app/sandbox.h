/*
 * What the serving process may still do once it has started: read and write the database's folder
 * and the witness's, answer on the connections it is given (on PostgreSQL: connect anew), and
 * nothing else. No other file, no program, no memory that is both written and run. Whoever
 * finds a hole in a parser finds a small room behind it. sandbox = off in the configuration leaves
 * it out, with a warning in the log; so does a kernel that does not know it.
 */
#ifndef APP_SANDBOX_H
#define APP_SANDBOX_H

#include "app/config.h"

/* Files, by Landlock: from here on, in this thread and those it starts. Call it when all stores are
 * open and before any thread starts. */
void sandbox_files(const struct config *cfg);
/* Calls to the kernel, by seccomp: from here on, in every thread. Call it when the server listens.
 */
void sandbox_calls(const struct config *cfg);

#endif
