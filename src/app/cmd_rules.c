#include <stdio.h>
#include <string.h>

#include "access/cases.h"
#include "access/ground.h"
#include "app/app.h"
#include "base/file.h"

static const char usage[] =
    "usage: tillsammans rules [--day YYYY-MM-DD] FILE\n"
    "Judges a table of law cases (disclosure-cases, consent-cases or deadline-cases; FILE may be -).\n"
    "Prints id, decision, ground and reason of each row, tabs between. Without --day the law is that\n"
    "of the day to which the statutes were read. Exit code 0: as expected; 1: differences, or a table\n"
    "that can't be read; 2: wrong usage.\n";

static int judge(struct arena *mem, struct str text, struct date day)
{
	struct cases cases;
	bool read = cases_judge(mem, text, day, &cases);

	for (size_t i = 0; i < cases.n; i++) {
		const struct case_row *r = &cases.v[i];

		printf("%.*s\t%.*s\t%.*s\t%.*s\n", STR(r->id), STR(r->decision), STR(r->ground),
		    STR(r->reason));
	}
	fflush(stdout);
	for (size_t i = 0; i < cases.n; i++) {
		const struct case_row *r = &cases.v[i];

		if (r->difference.n)
			fprintf(stderr, "rules: row %.*s: %.*s, got %.*s %.*s\n", STR(r->id),
			    STR(r->difference), STR(r->decision), STR(r->ground));
	}
	if (!read)
		fprintf(stderr, "rules: %.*s\n", STR(cases.problem));
	return read && cases.differences == 0 ? 0 : 1;
}

int cmd_rules(int argc, char **argv)
{
	struct arena mem;
	struct date day = ground_read_on();
	struct str text;
	const char *path;
	int at = 1, result = 1;

	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(usage, stdout);
		return 0;
	}
	if (argc > 2 && strcmp(argv[1], "--day") == 0) {
		if (!date_parse(str_of(argv[2]), &day)) {
			fprintf(stderr, "rules: --day takes a day as 2026-04-27\n");
			return 2;
		}
		at = 3;
	}
	if (argc != at + 1) {
		fputs(usage, stderr);
		return 2;
	}
	path = argv[at];
	arena_init(&mem, (size_t)1 << 30); /* address space; a table of 16 MiB fits */
	if (file_read(&mem, path, (size_t)16 << 20, &text) == OK)
		result = judge(&mem, text, day);
	else
		fprintf(stderr, "rules: can't read %s\n", path);
	arena_fini(&mem);
	return result;
}
