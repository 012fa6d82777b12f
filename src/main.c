/* The front door: which sub-command. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/cmd_looks.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *what;
} commands[] = {
	{ "serve", cmd_serve, "serves the program over HTTP" },
	{ "demo", cmd_demo, "makes the demo county; lists its people" },
	{ "routes", cmd_routes, "lists every route (--json)" },
	{ "rules", cmd_rules, "judges a table of law cases" },
	{ "number", cmd_number, "checks Swedish personal and organisation numbers" },
	{ "import", cmd_import, "reads people in from SS 12000 and HL7 files" },
	{ "looks", cmd_looks, "holds the book of looks to account: verify, export, key, witness" },
	{ "check", cmd_check, "holds a whole database against the promises" },
	{ "backup", cmd_backup, "copies data and book while the program goes on" },
	{ "restore", cmd_restore, "puts a backup back, after holding it to account" },
	{ "user", cmd_user, "lists staff, ends sessions" },
	{ "key", cmd_key, "changes the master key: adds a version, seals everything anew" },
	{ "version", cmd_version, "prints the version" },
};

static int usage(FILE *to)
{
	fprintf(to, "tillsammans COMMAND [--help] ...\n\n");
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].what);
	fprintf(to, "\nExit codes: 0 done, 1 something was found or refused, 2 called wrongly.\n");
	return to == stdout ? 0 : 2;
}

int main(int argc, char **argv)
{
	if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0))
		return usage(stdout);
	for (size_t i = 0; argc >= 2 && i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	return usage(stderr);
}
