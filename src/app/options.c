#include "app/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/str.h"

static const struct option longs[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "data", required_argument, NULL, 'd' },
	{ "database", required_argument, NULL, 'D' },
	{ "port", required_argument, NULL, 'p' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

/* What the command line says stands above the file and the environment. */
static bool put_text(char *to, size_t room, const char *name, const char *value)
{
	if (strlen(value) < room) {
		snprintf(to, room, "%s", value);
		return true;
	}
	fprintf(stderr, "--%s: too long\n", name);
	return false;
}

bool options_read(int argc, char **argv, const char *help, struct options *out, bool *help_shown)
{
	const char *data = NULL, *database = NULL, *port = NULL;
	struct config *cfg = &out->cfg;

	*out = (struct options){ 0 };
	*help_shown = false;
	optind = 1;
	for (int c; (c = getopt_long(argc, argv, "+c:d:p:h", longs, NULL)) != -1;) {
		switch (c) {
		case 'c':
			out->config_file = optarg;
			break;
		case 'd':
			data = optarg;
			break;
		case 'D':
			database = optarg;
			break;
		case 'p':
			port = optarg;
			break;
		case 'h':
			fputs(help, stdout);
			*help_shown = true;
			return false;
		default:
			fputs(help, stderr);
			return false;
		}
	}
	out->first = optind;
	if (config_load(out->config_file, cfg) != OK)
		return false;
	if (data && !put_text(cfg->data, sizeof cfg->data, "data", data))
		return false;
	if (database && !put_text(cfg->database, sizeof cfg->database, "database", database))
		return false;
	if (port && !str_to_i64(str_of(port), 0, 65535, &cfg->port)) {
		fprintf(stderr, "--port: write a number from 0 (any free port) to 65535\n");
		return false;
	}
	if (!cfg->data[0])
		snprintf(cfg->data, sizeof cfg->data, "data");
	if (cfg->log_debug)
		log_level_set(LOG_DEBUG);
	config_finish(cfg);
	return true;
}

bool options_there(const struct options *o)
{
	char say[3 * CONFIG_TEXT];

	if (config_folders(&o->cfg, say, sizeof say))
		return true;
	fprintf(stderr, "tillsammans: %s\n", say);
	return false;
}
