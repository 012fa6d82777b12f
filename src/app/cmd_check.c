/* tillsammans check: the promises over a whole database, and the book of looks with it. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>

#include "access/book.h"
#include "app/app.h"
#include "app/options.h"
#include "auth/keys.h"
#include "feat/check/check.h"
#include "feat/home/overview.h"

static const char help[] =
    "tillsammans check [--config FILE] [--data DIR | --database FILE|URL]\n\n"
    "Holds a whole database and its book of looks against the promises. Each finding is a line: the promise, the\n"
    "check, what it is and its id. Nothing personal is printed, nothing is changed.\n"
    "Exit codes: 0 nothing found, 1 findings, 2 called wrongly, 3 something can't be read.\n";

#define SHOWN_MOST 10000 /* findings printed; all are counted */

static void print_finding(void *to, const struct check_finding *f)
{
	int *shown = to;

	if (++*shown <= SHOWN_MOST)
		printf("promise %d\t%s\t%s %" PRId64 "\t%s\n", f->promise, f->name, f->kind, f->id,
		    f->text);
}

/* The public keys of every version of the master key. */
static enum err trust_ourselves(const struct config *cfg, struct book_trust *t)
{
	unsigned char secret[64];
	struct keys *k;

	TRY(keys_open(cfg->key_file[0] ? cfg->key_file : NULL, &k));
	for (size_t i = 0; i < keys_count(k) && t->n_keys < BOOK_TRUST_MOST; i++)
		book_keys(k, keys_version(k, i), t->keys[t->n_keys++], secret);
	sodium_memzero(secret, sizeof secret);
	keys_close(k);
	return OK;
}

/* What the families' homes are made of, held against the rows (feat/home/overview.h). */
struct overviews {
	struct check_sum *sum;
	int *shown;
};

static void overview_wrong(void *to, struct child_id child)
{
	struct overviews *o = to;
	struct check_finding f = { 5, "overview", "child", child.v,
		"the overview that its home is made of is not what the rows say" };

	o->sum->findings++;
	print_finding(o->shown, &f);
}

static enum err check_overviews(struct db *db, struct check_sum *sum, int *shown)
{
	struct overviews o = { sum, shown };
	struct arena mem;
	size_t checked;
	enum err e;

	arena_init(&mem, (size_t)64 << 20);
	e = db_begin(db, DB_SNAPSHOT);
	if (e == OK) {
		e = overview_check(db, &mem, clock_now_ms(), overview_wrong, &o, &checked);
		if (e == OK)
			e = db_end(db);
		else
			db_rollback(db, DB_SNAPSHOT);
	}
	arena_fini(&mem);
	return e;
}

static enum err check(
    const struct config *cfg, struct db **db, struct db **book, struct check_sum *sum, int *shown)
{
	struct book_trust trust = { 0 };
	struct check_sink sink = { print_finding, shown };

	TRY(trust_ourselves(cfg, &trust));
	TRY(db_open(cfg->database, DB_READER, db));
	TRY(db_open(cfg->book, DB_READER, book));
	TRY(check_run(*db, *book, &trust, date_of_ms(clock_now_ms()), &sink, sum));
	return check_overviews(*db, sum, shown);
}

int cmd_check(int argc, char **argv)
{
	struct db *db = NULL, *book = NULL;
	struct check_sum sum = { 0 };
	struct options o;
	bool help_shown;
	int shown = 0;
	enum err e;

	if (!options_read(argc, argv, help, &o, &help_shown))
		return help_shown ? 0 : 2;
	if (o.first < argc) {
		fputs(help, stderr);
		return 2;
	}
	if (!options_there(&o))
		return 1;
	e = check(&o.cfg, &db, &book, &sum, &shown);
	db_close(db);
	db_close(book);
	if (e != OK) {
		fprintf(stderr, "check: can't be read; the log above says why\n");
		return 3;
	}
	if (shown > SHOWN_MOST)
		printf("...\t%d more findings\n", shown - SHOWN_MOST);
	printf("%" PRId64 " findings. Next steps that the program put there itself: %" PRId64
	       ", late: %" PRId64 ".\n",
	    sum.findings, sum.fillers, sum.fillers_late);
	return sum.findings ? 1 : 0;
}
