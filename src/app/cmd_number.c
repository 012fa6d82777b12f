#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/file.h"
#include "core/number.h"

static const char usage[] =
    "usage: tillsammans number FILE\n"
    "Checks one number a line (FILE may be -): personnummer, samordningsnummer, interim, organisation,\n"
    "reserve and temporary numbers. Prints NUMBER, valid or invalid, and its kind or the reason, tabs\n"
    "between. Exit code 0: the file was read; 1: it can't be read; 2: wrong usage.\n";

static void check(struct str text)
{
	struct date today = date_of_ms(clock_now_ms());

	while (text.n) {
		struct str line = str_cut(&text, '\n');
		struct number n;

		if (str_ends(line, S("\r")))
			line.n--;
		if (line.n == 0)
			continue;
		if (number_read(line, today, &n))
			printf("%.*s\tvalid\t%s\n", STR(line), number_kind_code(n.kind));
		else
			printf("%.*s\tinvalid\t%s\n", STR(line), number_reason_code(n.reason));
	}
	fflush(stdout);
}

int cmd_number(int argc, char **argv)
{
	struct arena mem;
	struct str text;
	int result = 1;

	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(usage, stdout);
		return 0;
	}
	if (argc != 2) {
		fputs(usage, stderr);
		return 2;
	}
	arena_init(&mem, (size_t)1 << 30);
	if (file_read(&mem, argv[1], (size_t)256 << 20, &text) == OK) {
		check(text);
		result = 0;
	} else {
		fprintf(stderr, "number: can't read %s\n", argv[1]);
	}
	arena_fini(&mem);
	return result;
}
