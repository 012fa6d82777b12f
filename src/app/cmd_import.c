/* tillsammans import: thin; the work stands in feat/import. */
#include <getopt.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/command_book.h"
#include "app/options.h"
#include "base/file.h"
#include "feat/import/import.h"
#include "q_import.h"

static const char help[] =
    "tillsammans import [--config FILE] [--data DIR] [--database FILE|URL] COMMAND [...]\n\n"
    "  people FILE... --drawer ID|--authority NAME [--dry-run] [--quiet]\n"
    "      Reads SS 12000 /persons (as the standard has it or as Skolverket's API does) and HL7\n"
    "      Sweden Patient and RelatedPerson (alone, in a Bundle, one a line) into the drawer. The\n"
    "      files are one delivery: send guardians with their children. What does not match waits\n"
    "      in quarantine (/quarantine). Twice changes nothing. --dry-run tells and writes nothing\n"
    "      (a running server waits meanwhile).\n"
    "  deleted FILE... --drawer ID|--authority NAME [--dry-run]\n"
    "      Reads what the source has deleted (SS 12000 /deletedEntities, or a subscription's list of\n"
    "      ids). Nothing is deleted here: a pupil's engagements by import end; an adult is no longer\n"
    "      responsible for who is still a pupil here. A protected person's place is never taken.\n"
    "  receivers FILE.csv --drawer ID\n"
    "      Who takes new pupils in. Columns: enroled_at (the source's id of the school unit, or its\n"
    "      school unit code) and assignment (the number in the address of the assignment's page).\n"
    "  drawers   lists the drawers with their numbers\n\n"
    "Exit codes: 0 all is in, 1 records were refused or wait, 2 wrong usage, 3 could not be done.\n";

enum { ALL_IN, SOME_NOT, WRONG_USE, COULD_NOT };

struct asked {
	const char *files[64];
	size_t n;
	int64_t drawer;
	const char *authority;
	bool dry_run, quiet;
};

static int read_asked(int argc, char **argv, struct asked *a)
{
	static const struct option longs[] = {
		{ "drawer", required_argument, NULL, 'd' },
		{ "authority", required_argument, NULL, 'a' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};

	optind = 0;
	for (int c; (c = getopt_long(argc, argv, "h", longs, NULL)) != -1;) {
		switch (c) {
		case 'd':
			if (!str_to_i64(str_of(optarg), 1, INT64_MAX, &a->drawer)) {
				fprintf(stderr,
				    "--drawer: write a drawer's number (see: import drawers)\n");
				return WRONG_USE;
			}
			break;
		case 'a':
			a->authority = optarg;
			break;
		case 'n':
			a->dry_run = true;
			break;
		case 'q':
			a->quiet = true;
			break;
		case 'h':
			fputs(help, stdout);
			return ALL_IN;
		default:
			fputs(help, stderr);
			return WRONG_USE;
		}
	}
	for (; optind < argc; optind++) {
		if (a->n == sizeof a->files / sizeof a->files[0]) {
			fprintf(stderr, "import: at most 64 files at once\n");
			return WRONG_USE;
		}
		a->files[a->n++] = argv[optind];
	}
	return -1;
}

static bool takes(const struct asked *a, const struct q_import_drawers *d)
{
	if (a->drawer)
		return d->id.v == a->drawer;
	/* an authority's people come as the school's own, where it has a school */
	return a->authority && str_eq(d->name, str_of(a->authority)) &&
	       (str_eq(d->regime, S("SCHOOL_TEACHER")) ||
		   str_eq(d->regime, S("INDEPENDENT_SCHOOL")));
}

static void print_drawers(FILE *to, const struct q_import_drawers_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		fprintf(to, "%" PRId64 "\t%.*s\t%.*s\n", list->v[i].id.v, STR(list->v[i].name),
		    STR(list->v[i].regime));
}

static enum err find_drawer(
    struct db *db, struct arena *mem, const struct asked *a, struct import *im)
{
	struct q_import_drawers_list list;
	int found = 0;

	TRY(q_import_drawers(db, mem, &list));
	for (size_t i = 0; i < list.n; i++) {
		if (!takes(a, &list.v[i]))
			continue;
		im->drawer = list.v[i].id;
		im->authority = list.v[i].authority;
		found++;
	}
	if (found == 1)
		return OK;
	fprintf(stderr, "import: say whose people these are: --drawer ID, one of\n");
	print_drawers(stderr, &list);
	return ERR_NOT_FOUND;
}

static void print_counts(const struct import_counts *c, bool dry_run)
{
	printf(
	    "%s%ld people read: %ld new, %ld changed, %ld as before, %ld wait in quarantine, %ld left out "
	    "(adults nobody here refers to, people who have left, records thrown away)\n",
	    dry_run ? "dry run, nothing is written: " : "", c->persons, c->made, c->changed,
	    c->same, c->quarantined, c->left_out);
	printf(
	    "%ld are children; %ld relations and %ld school engagements opened, %ld ended; %ld guardians or "
	    "schools wait in quarantine\n",
	    c->children, c->relations, c->engagements, c->ended, c->waiting);
	printf("%ld records could not be read, %ld were no people, %ld notes\n", c->bad, c->passed,
	    c->notes);
}

static int people(struct db *db, struct arena *mem, struct import *im, const struct asked *a)
{
	struct import_options o = {
		.dry_run = a->dry_run, .quiet = a->quiet, .problems = stderr, .progress = stderr
	};
	struct import_counts c;
	enum err e;

	(void)db;
	(void)mem;
	if (a->n == 0) {
		fprintf(stderr, "import people: name a file\n");
		return WRONG_USE;
	}
	e = import_files(im, a->files, a->n, &o, &c);
	if (e == ERR_NOT_FOUND)
		fprintf(stderr, "import: a file can't be read\n");
	else if (e != OK && e != ERR_INVALID)
		fprintf(
		    stderr, "import: stopped (%s); what was committed before stays\n", err_name(e));
	print_counts(&c, a->dry_run);
	if (e != OK && e != ERR_INVALID)
		return COULD_NOT;
	return c.bad || c.quarantined || c.waiting ? SOME_NOT : ALL_IN;
}

static int deleted(struct arena *mem, struct import *im, const struct asked *a)
{
	struct import_options o = { .dry_run = a->dry_run, .problems = stderr };
	struct import_deleted_counts c;
	enum err e;

	if (a->n == 0) {
		fprintf(stderr, "import deleted: name a file\n");
		return WRONG_USE;
	}
	e = import_deleted(im, mem, a->files, a->n, &o, &c);
	if (e == ERR_NOT_FOUND)
		fprintf(stderr, "import: a file can't be read\n");
	printf(
	    "%s%ld ids read: %ld not known here; %ld school engagements and %ld relations ended, %ld relations "
	    "kept (a protection mark, or not known); %ld ids of what is no person\n",
	    a->dry_run ? "dry run, nothing is written: " : "", c.ids, c.unknown, c.engagements,
	    c.relations, c.kept, c.others);
	if (e != OK)
		return COULD_NOT;
	return c.kept ? SOME_NOT : ALL_IN;
}

static int receivers(struct db *db, struct arena *mem, struct import *im, const struct asked *a)
{
	struct str text;
	long lines = 0, bad = 0;

	if (a->n != 1 || file_read(mem, a->files[0], (size_t)1 << 20, &text) != OK) {
		fprintf(stderr, "import receivers: name one file that can be read\n");
		return WRONG_USE;
	}
	if (db_begin(db, DB_WRITE) != OK)
		return COULD_NOT;
	while (text.n) {
		struct str line = str_trim(str_cut(&text, '\n')), at = str_cut(&line, ',');
		int64_t assignment;
		enum err e;

		lines++;
		at = str_trim(at);
		if (at.n == 0 || str_eq(at, S("enroled_at")))
			continue;
		if (!str_to_i64(str_trim(line), 1, INT64_MAX, &assignment)) {
			fprintf(
			    stderr, "%s:%ld: write enroled_at,assignment\n", a->files[0], lines);
			bad++;
			continue;
		}
		e = q_import_receiver_drop(db, im->permit, im->drawer, at);
		if (e == OK)
			e = q_import_receiver_add(
			    db, im->permit, im->drawer, at, (struct assignment_id){ assignment });
		if (e == ERR_CONFLICT) {
			fprintf(stderr, "%s:%ld: no assignment of that number in this drawer\n",
			    a->files[0], lines);
			bad++;
		}
		if (e != OK) {
			(void)db_rollback(db, DB_WRITE);
			return COULD_NOT;
		}
	}
	if (bad) {
		(void)db_rollback(db, DB_WRITE);
		return SOME_NOT;
	}
	return db_commit(db) == OK ? ALL_IN : COULD_NOT;
}

static int drawers(struct db *db, struct arena *mem)
{
	struct q_import_drawers_list list;

	if (q_import_drawers(db, mem, &list) != OK)
		return COULD_NOT;
	print_drawers(stdout, &list);
	return ALL_IN;
}

static int on_store(const struct config *cfg, const char *what, const struct asked *a)
{
	struct db *db = NULL;
	struct keys *keys = NULL;
	struct arena mem;
	struct import im = { 0 };
	int code = COULD_NOT;

	arena_init(&mem, (size_t)64 << 20);
	if (keys_open(cfg->key_file[0] ? cfg->key_file : NULL, &keys) != OK)
		fprintf(stderr, "import: the master key can't be read (key_file)\n");
	else if (db_open(cfg->database, DB_WRITER, &db) != OK ||
		 db_migrate(db, DB_STORE_MAIN) != OK)
		fprintf(stderr, "import: the database can't be opened\n");
	else if (strcmp(what, "drawers") == 0)
		code = drawers(db, &mem);
	else if (find_drawer(db, &mem, a, &im) != OK)
		code = WRONG_USE;
	else {
		im.db = db;
		im.keys = keys;
		im.permit = access_job(&mem, ACT_CHILD_REGISTER, clock_now_ms());
		im.today = permit_day(im.permit);
		if (!a->dry_run && strcmp(what, "receivers") != 0 &&
		    command_book(cfg, "import", keys, db, &mem, &im.book, &im.by) != OK)
			fprintf(stderr,
			    "import: the book of looks can't be written: another import may run\n");
		else
			code = strcmp(what, "people") == 0    ? people(db, &mem, &im, a)
			       : strcmp(what, "deleted") == 0 ? deleted(&mem, &im, a)
							      : receivers(db, &mem, &im, a);
	}
	book_close(im.book);
	db_close(db);
	keys_close(keys);
	arena_fini(&mem);
	return code;
}

int cmd_import(int argc, char **argv)
{
	struct options o;
	struct asked a = { 0 };
	const char *what;
	bool shown;
	int code;

	must(sodium_init() >= 0);
	if (!options_read(argc, argv, help, &o, &shown))
		return shown ? ALL_IN : WRONG_USE;
	what = o.first < argc ? argv[o.first] : "";
	if (strcmp(what, "people") != 0 && strcmp(what, "receivers") != 0 &&
	    strcmp(what, "deleted") != 0 && strcmp(what, "drawers") != 0) {
		fputs(help, stderr);
		return WRONG_USE;
	}
	code = read_asked(argc - o.first, argv + o.first, &a);
	if (code >= 0)
		return code;
	return options_there(&o) ? on_store(&o.cfg, what, &a) : COULD_NOT;
}
