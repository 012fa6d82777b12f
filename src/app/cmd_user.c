#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "access/version.h"
#include "app/app.h"
#include "app/command_book.h"
#include "app/options.h"
#include "q_org.h"
#include "q_session.h"

static const char help[] =
    "tillsammans user [--config FILE] [--data DIR] list\n"
    "tillsammans user [--config FILE] [--data DIR] sign-out PERSON\n"
    "tillsammans user [--config FILE] [--data DIR] asked\n"
    "tillsammans user [--config FILE] [--data DIR] allow ASK\n\n"
    "list      staff with the assignments that hold today: person, assignment, role, unit (ids and codes)\n"
    "sign-out  ends every session of a person at once: a lost phone, a colleague who left\n"
    "asked     assignments that administrators ask for themselves: number, person, role, unit, drawer\n"
    "allow     one of them counts from today: where no other administrator and no manager is there to ask;\n"
    "          it stands in the book of looks, with the user of this machine who did it\n\n"
    "Exit codes: 0 done, 1 could not, 2 called wrongly.\n";

static int list(struct db *db, struct arena *mem)
{
	struct q_user_list_list rows;

	if (q_user_list(db, mem, date_of_ms(clock_now_ms()), &rows) != OK)
		return 1;
	for (size_t i = 0; i < rows.n; i++)
		printf("%" PRId64 "\t%" PRId64 "\t%.*s\t%" PRId64 "\n", rows.v[i].person.v,
		    rows.v[i].assignment.v, STR(rows.v[i].role), rows.v[i].unit.v);
	return 0;
}

static enum err end_all(struct db *db, struct person_id person)
{
	enum err e;

	TRY(db_begin(db, DB_WRITE));
	e = q_sessions_end(db, person, clock_now_ms());
	if (e == OK)
		e = version_person(db, person);
	if (e == OK)
		return db_commit(db);
	db_rollback(db, DB_WRITE);
	return e;
}

static int sign_out(struct db *db, const char *who)
{
	struct person_id person = { 0 };
	enum err e;

	if (!str_to_i64(str_of(who), 1, INT64_MAX, &person.v)) {
		fprintf(stderr, "PERSON is a number: see tillsammans user list\n");
		return 2;
	}
	e = end_all(db, person);
	if (e == OK)
		printf("Every session of %" PRId64 " has ended.\n", person.v);
	else if (e == ERR_CONFLICT)
		fprintf(stderr, "There is no person %" PRId64 ".\n", person.v);
	return e == OK ? 0 : 1;
}

static int asked(struct db *db, struct arena *mem)
{
	struct q_org_ask_open_list rows;

	if (q_org_ask_open(db, mem, &rows) != OK)
		return 1;
	for (size_t i = 0; i < rows.n; i++)
		printf("%" PRId64 "\t%" PRId64 "\t%.*s\t%" PRId64 "\t%" PRId64 "\n", rows.v[i].id.v,
		    rows.v[i].person.v, STR(rows.v[i].role), rows.v[i].unit.v, rows.v[i].drawer.v);
	return 0;
}

/* What gives somebody a right is on record before it counts (PDL 4:2, 4:3; promise 6). */
static enum err let_count(struct db *db, struct book *book, const char *by, struct ask_id ask)
{
	struct assignment_id made = { id_random() };
	int64_t now = clock_now_ms();
	struct book_entry entry = { .kind = BOOK_CHANGE,
		.id = id_random(),
		.act = str_of(act_info(ACT_ADMIN_EDIT)->code),
		.item = S("assignment"),
		.item_id = made.v,
		.why = S("operator"),
		.outcome = S("ok"),
		.note = by ? str_of(by) : (struct str){ 0 } };
	enum err e;

	TRY(db_begin(db, DB_WRITE));
	e = q_org_ask_operator_add(db, ask, made, date_of_ms(now));
	if (e == OK)
		e = q_org_ask_operator(db, ask, made, now);
	if (e == OK)
		e = version_covered(db, made, (struct assignment_id){ 0 });
	if (e == OK)
		e = book_token(book, db, 0, entry.id);
	if (e == OK)
		return book_commit(book, db, &entry, 1);
	db_rollback(db, DB_WRITE);
	return e;
}

static int allow(const struct config *cfg, struct db *db, struct arena *mem, const char *which)
{
	struct ask_id ask = { 0 };
	struct keys *keys = NULL;
	struct book *book = NULL;
	const char *by;
	enum err e = ERR_INTERNAL;

	if (!str_to_i64(str_of(which), 1, INT64_MAX, &ask.v)) {
		fprintf(stderr, "ASK is a number: see tillsammans user asked\n");
		return 2;
	}
	if (keys_open(cfg->key_file[0] ? cfg->key_file : NULL, &keys) != OK)
		fprintf(stderr, "user: the master key can't be read (key_file)\n");
	else if (command_book(cfg, "user", keys, db, mem, &book, &by) != OK)
		fprintf(stderr,
		    "user: the book of looks can't be written, so nothing counts: tillsammans looks verify\n");
	else
		e = let_count(db, book, by, ask);
	book_close(book);
	keys_close(keys);
	if (e == OK)
		printf("The assignment counts.\n");
	else if (e == ERR_CONFLICT)
		fprintf(
		    stderr, "Nothing waits under %" PRId64 ", or its last day is over.\n", ask.v);
	return e == OK ? 0 : 1;
}

int cmd_user(int argc, char **argv)
{
	struct options o;
	struct arena mem;
	struct db *db;
	bool shown;
	int code = 2, left;

	must(sodium_init() >= 0);
	if (!options_read(argc, argv, help, &o, &shown))
		return shown ? 0 : 2;
	left = argc - o.first;
	if (left < 1) {
		fputs(help, stderr);
		return 2;
	}
	if (!options_there(&o) || db_open(o.cfg.database, DB_WRITER, &db) != OK)
		return 1;
	arena_init(&mem, (size_t)256 << 20);
	if (left == 1 && strcmp(argv[o.first], "list") == 0)
		code = list(db, &mem);
	else if (left == 2 && strcmp(argv[o.first], "sign-out") == 0)
		code = sign_out(db, argv[o.first + 1]);
	else if (left == 1 && strcmp(argv[o.first], "asked") == 0)
		code = asked(db, &mem);
	else if (left == 2 && strcmp(argv[o.first], "allow") == 0)
		code = allow(&o.cfg, db, &mem, argv[o.first + 1]);
	else
		fputs(help, stderr);
	arena_fini(&mem);
	db_close(db);
	return code;
}
