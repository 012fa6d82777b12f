/* What every sub-command takes: --config FILE, --data DIR, --port N, and the configuration they
 * give. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "app/config.h"

struct options {
	struct config cfg;
	const char *config_file;
	int first; /* argv from here on is the command's own */
};

/* Reads --config, --data, --port and --database (short -c, -d, -p) and the environment; stops at
 * the first word that is none. false: it has told what is wrong; the command ends with 2. help:
 * printed for
 * --help, then *help_shown is true and the command ends with 0. */
bool options_read(int argc, char **argv, const char *help, struct options *out, bool *help_shown);
/* For a command that works on stores that are there: false: their folder is not, and it has told
 * so; the command ends with 1. */
bool options_there(const struct options *o);

#endif
