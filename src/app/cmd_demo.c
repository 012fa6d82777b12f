/* tillsammans demo make | people: the demo county. Nothing of it may reach a real installation: the
 * mode is written into the database when it is made, and only an empty database becomes a demo. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "app/options.h"
#include "base/date.h"
#include "feat/demo/demo_make.h"
#include "feat/home/overview.h"
#include "q_app.h"
#include "q_demo_make.h"

static const char help[] =
    "tillsammans demo make [--children N] [--data DIR | --database FILE|URL]\n"
    "tillsammans demo people [--json] [--data DIR | --database FILE|URL]\n\n"
    "make: builds the demo county in an empty data directory or database: 300 children unless told otherwise\n"
    "(at least 40), the same for everyone, with dates around today. Makes the key file if it is not there.\n"
    "people: one person per role, with the child, the plan and the start page that each has.\n"
    "Exit codes: 0 done, 1 refused or failed, 2 called wrongly.\n";

#define CHILDREN 300
#define OVERVIEWS 1000 /* in one commit */

/* Where it is built: on SQLite beside the place, moved there when it is whole. */
struct site_of_work {
	const struct config *cfg;
	bool sqlite;
	char main[CONFIG_TEXT + 16], book[CONFIG_TEXT + 16];
	struct keys *keys;
	struct db *db;
	struct date today;
	int64_t children;
};

static void remove_store(const char *path)
{
	char side[CONFIG_TEXT + 32];

	unlink(path);
	snprintf(side, sizeof side, "%s-wal", path);
	unlink(side);
	snprintf(side, sizeof side, "%s-shm", path);
	unlink(side);
}

static enum err sync_folder(const char *path)
{
	char folder[CONFIG_TEXT + 16];
	char *slash;
	int fd;

	snprintf(folder, sizeof folder, "%s", path);
	slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
	fd = open(slash ? (folder[0] ? folder : "/") : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return fail(ERR_INTERNAL, "the data directory can't be opened");
	fsync(fd);
	close(fd);
	return OK;
}

static void progress(void *to, int64_t made, int64_t of)
{
	(void)to;
	fprintf(stderr,
	    isatty(2) ? "\rdemo: %lld of %lld children" : "demo: %lld of %lld children\n",
	    (long long)made, (long long)of);
}

static enum err open_keys(struct site_of_work *w)
{
	const char *path = w->cfg->key_file[0] ? w->cfg->key_file : NULL;

	if (path && access(path, F_OK) != 0)
		TRY(keys_make(path));
	return keys_open(path, &w->keys);
}

static enum err fill(struct site_of_work *w)
{
	struct demo_options o = {
		.children = w->children, .today = w->today, .keys = w->keys, .progress = progress
	};

	TRY(db_begin(w->db, DB_WRITE));
	if (q_setting_put(w->db, S("mode"), S("demo")) != OK) {
		(void)db_rollback(w->db, DB_WRITE);
		return ERR_INTERNAL;
	}
	TRY(db_commit(w->db));
	TRY(demo_build(w->db, &o));
	if (isatty(2))
		fputc('\n', stderr);
	return OK;
}

static enum err looks(struct site_of_work *w)
{
	struct book_options o = {
		.where = w->book, .copy = w->cfg->copy, .version = PROGRAM_VERSION, .keys = w->keys
	};
	struct book *book;
	size_t voided;
	enum err e;

	TRY(book_open(&o, &book));
	e = book_settle(book, w->db, &voided);
	if (e == OK)
		e = demo_looks(w->db, book, w->today);
	book_close(book);
	return e;
}

/* What the homes are made of, beside each other: a running program would do it little by little. */
static enum err overviews(struct site_of_work *w)
{
	struct arena mem;
	size_t made = 0;
	enum err e = OK;

	arena_init(&mem, (size_t)16 << 20);
	do {
		e = db_begin(w->db, DB_WRITE);
		if (e != OK)
			break;
		e = overview_make(w->db, &mem, clock_now_ms(), OVERVIEWS, &made);
		if (e == OK)
			e = db_commit(w->db);
		else
			db_rollback(w->db, DB_WRITE);
	} while (e == OK && made == OVERVIEWS);
	arena_fini(&mem);
	return e;
}

/* What is half made can't be taken for whole: it has another name until it is done. */
static enum err make(struct site_of_work *w)
{
	if (w->sqlite) {
		remove_store(w->main);
		remove_store(w->book);
	}
	TRY(open_keys(w));
	TRY(db_open(w->main, DB_WRITER, &w->db));
	TRY(db_migrate(w->db, DB_STORE_MAIN));
	if (w->sqlite) /* made whole or not at all: made durable once, at the end */
		TRY(db_script(w->db,
		    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;"));
	TRY(fill(w));
	TRY(overviews(w));
	if (w->sqlite)
		TRY(db_script(
		    w->db, "ANALYZE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"));
	else
		TRY(db_script(w->db, "ANALYZE;"));
	return looks(w);
}

static enum err sync_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0 || fsync(fd) != 0)
		return fail(ERR_INTERNAL, "the new database can't be made durable");
	close(fd);
	return OK;
}

static enum err into_place(struct site_of_work *w)
{
	TRY(sync_file(w->main));
	TRY(sync_file(w->book));
	if (rename(w->book, w->cfg->book) != 0 || rename(w->main, w->cfg->database) != 0)
		return fail(ERR_INTERNAL, "the new database can't be moved into place");
	return sync_folder(w->cfg->database);
}

/* Is there anything that a demo would lie over? */
static bool is_empty(struct site_of_work *w)
{
	struct arena mem;
	struct q_demo_anybody row = { .n = 1 };
	struct db *db = NULL;
	struct stat st;

	if (w->sqlite)
		return stat(w->cfg->database, &st) != 0 && stat(w->cfg->book, &st) != 0;
	arena_init(&mem, 1 << 20);
	if (db_open(w->cfg->database, DB_WRITER, &db) == OK && db_migrate(db, DB_STORE_MAIN) == OK)
		(void)q_demo_anybody(db, &mem, &row);
	db_close(db);
	arena_fini(&mem);
	return row.n == 0;
}

static int run_make(struct site_of_work *w)
{
	enum err e;

	if (!is_empty(w)) {
		fprintf(stderr,
		    "demo: %s is not empty (or can't be opened); a demo is made only where nothing is\n",
		    w->cfg->data);
		return 1;
	}
	mkdir(w->cfg->data, 0700);
	e = make(w);
	db_close(w->db);
	keys_close(w->keys);
	if (e == OK && w->sqlite)
		e = into_place(w);
	if (e != OK) {
		fprintf(stderr, "demo: not made: %s; the log above says why\n", err_name(e));
		return 1;
	}
	fprintf(stderr, "demo: made\n");
	return 0;
}

static int run_people(const struct config *cfg, bool json)
{
	struct arena mem;
	struct str out = { 0 };
	struct db *db = NULL;
	enum err e = db_open(cfg->database, DB_READER, &db);

	arena_init(&mem, 4 << 20);
	if (e == OK)
		e = json ? demo_people_json(db, &mem, &out) : demo_people_text(db, &mem, &out);
	if (e == OK)
		printf("%.*s", STR(out));
	else
		fprintf(stderr, "demo: no demo here\n");
	db_close(db);
	arena_fini(&mem);
	return e == OK ? 0 : 1;
}

/* Takes --NAME VALUE (or --NAME alone) out of the words, for the options that all commands share to
 * follow. */
static bool take_word(int *argc, char **argv, const char *name, const char **value)
{
	int words = value ? 2 : 1;

	for (int i = 1; i < *argc; i++) {
		if (strcmp(argv[i], name) != 0 || i + words > *argc)
			continue;
		if (value)
			*value = argv[i + 1];
		for (int j = i; j + words <= *argc; j++)
			argv[j] = argv[j + words];
		*argc -= words;
		return true;
	}
	return false;
}

int cmd_demo(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "", *children = NULL;
	struct site_of_work w = { .children = CHILDREN, .today = date_of_ms(clock_now_ms()) };
	struct options o;
	bool shown, json;

	if (strcmp(verb, "make") == 0 || strcmp(verb, "people") == 0) {
		argv++;
		argc--;
	} else if (strcmp(verb, "--help") != 0) {
		fputs(help, stderr);
		return 2;
	}
	json = take_word(&argc, argv, "--json", NULL);
	take_word(&argc, argv, "--children", &children);
	if (!options_read(argc, argv, help, &o, &shown))
		return shown ? 0 : 2;
	if (o.first < argc) {
		fputs(help, stderr);
		return 2;
	}
	if (children && !str_to_i64(str_of(children), DEMO_LEAST, DEMO_MOST, &w.children)) {
		fprintf(
		    stderr, "--children: write a number from %d to %d\n", DEMO_LEAST, DEMO_MOST);
		return 2;
	}
	if (strcmp(verb, "people") == 0)
		return run_people(&o.cfg, json);
	w.cfg = &o.cfg;
	w.sqlite = strncmp(o.cfg.database, "postgresql://", 13) != 0;
	snprintf(w.main, sizeof w.main, "%s%s", o.cfg.database, w.sqlite ? ".partial" : "");
	snprintf(w.book, sizeof w.book, "%s%s", o.cfg.book, w.sqlite ? ".partial" : "");
	return run_make(&w);
}
