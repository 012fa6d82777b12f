/* The master key changes hands, also when the one who does it is killed on the way. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "access/book.h"
#include "app/app.h"
#include "auth/seal.h"
#include "db/db.h"
#include "feat/import/import.h"
#include "feat/person/person.h"
#include "t.h"

#define PEOPLE 900 /* more than four batches */

struct county {
	struct db *db;
	struct arena *mem;
	struct keys *keys;
	const struct permit *permit;
	const char *key, *book;
};

static const char *in_dir(const char *name)
{
	return str_c(t_mem(), str_fmt(t_mem(), "%s/%s", t_dir(), name));
}

static int64_t count(struct county *c, const char *sql)
{
	const enum db_type none[] = { DB_INT64 };
	const struct db_query q = {
		.name = "t", .sqlite = sql, .pg = sql, .index = -1, .outs = 1, .in_types = none
	};
	int64_t n = -1;
	bool more;

	assert_ok(db_run(c->db, &q, NULL));
	assert_ok(db_next(c->db, &more));
	if (more)
		n = db_col_i64(c->db, 0);
	db_done(c->db);
	return n;
}

/* Person i's number: made up here, as long as one; only its index and seal matter. */
static struct number number_of(int i)
{
	struct number n = { .kind = NUMBER_PERSON, .reason = NUMBER_BAD_OK };

	snprintf(n.canonical, sizeof n.canonical, "20%010d", i);
	return n;
}

/* Both programs: what is in the environment goes to the command. */
static void open_county(struct county *c, struct db *db, struct arena *mem)
{
	*c = (struct county){
		.db = db, .mem = mem, .key = in_dir("key"), .book = in_dir("book.db")
	};
	setenv("TILLSAMMANS_DATABASE", t_where(), 1);
	setenv("TILLSAMMANS_BOOK", c->book, 1);
	setenv("TILLSAMMANS_KEY_FILE", c->key, 1);
	assert_ok(keys_make(c->key));
	assert_ok(keys_open(c->key, &c->keys));
	c->permit = access_job(mem, ACT_CHILD_REGISTER, 1795000000000);
	assert_ok(db_script(db,
	    "INSERT INTO authority (id, name, kind, municipality) VALUES (1, 'A', 'board', '0461');"
	    "INSERT INTO drawer (id, authority, regime) VALUES (11, 1, 'SCHOOL_TEACHER')"));
}

static void put_people(struct county *c, int from, int upto)
{
	assert_ok(db_begin(c->db, DB_WRITE));
	for (int i = from; i < upto; i++) {
		struct number n = number_of(i);
		struct person_facts f = { .source = i % 5 ? SOURCE_SCHOOL : SOURCE_HAND,
			.drawer = { 11 },
			.given = S("Ada"),
			.family = S("Test"),
			.protection = PERSON_NONE,
			.checked = { 2026, 11, 21 },
			.number = &n };
		struct person_id p = { 0 };

		assert_ok(person_put(c->db, c->permit, c->mem, c->keys, &f, &p, NULL));
		if (i % 10 == 0) { /* and a number that stands in the index alone */
			n = number_of(100000 + i);
			assert_ok(person_number_add(c->db, c->permit, c->mem, c->keys, &n, p));
		}
	}
	assert_ok(db_commit(c->db));
}

static void put_waiting(struct county *c, int64_t id, const char *record)
{
	struct db_value in[2] = { { .type = DB_BLOB }, { .type = DB_BLOB } };
	const enum db_type types[] = { DB_BLOB, DB_BLOB };
	struct str sql = str_fmt(c->mem,
	    "INSERT INTO quarantine (id, drawer, source, external_id, reason, payload, "
	    "payload_index, marked, state, made_ms) VALUES (%d, 11, 'school', 'x%d', 'name_match', "
	    "%s1, %s2, 0, 'open', 1)",
	    (int)id, (int)id, db_connects(t_where()) ? "$" : "?",
	    db_connects(t_where()) ? "$" : "?");
	struct db_query q = { .name = "t",
		.sqlite = str_c(c->mem, sql),
		.pg = str_c(c->mem, sql),
		.index = -1,
		.ins = 2,
		.in_types = types,
		.writes = true };

	in[0].s = seal_close(c->keys, c->mem, "quarantine", id, str_of(record));
	in[1].s = seal_index(c->keys, c->mem, keys_newest(c->keys), str_of(record));
	assert_ok(db_begin(c->db, DB_WRITE));
	assert_ok(db_change(c->db, &q, in, 1));
	assert_ok(db_commit(c->db));
}

/* A copy of the program starts and ends: its book's last checkpoint is by its newest key. */
static void run_the_program(struct county *c)
{
	struct book_options o = {
		.where = c->book, .copy = "main", .version = "t", .keys = c->keys
	};
	struct book *b;
	size_t voided;

	assert_ok(book_open(&o, &b));
	assert_ok(book_settle(b, c->db, &voided));
	book_close(b);
}

static int key(const char *word)
{
	char *argv[] = { "key", (char *)(uintptr_t)word, NULL };

	return cmd_key(word ? 2 : 1, argv);
}

static void reopen_keys(struct county *c)
{
	keys_close(c->keys);
	assert_ok(keys_open(c->key, &c->keys));
}

/* Everybody is found by their number, and is the one they were. */
static void all_are_found(struct county *c)
{
	for (int i = 0; i < PEOPLE; i++) {
		struct number n = number_of(i);
		struct person_id p, q;

		assert_ok(person_find_by_number(c->db, c->permit, c->mem, c->keys, &n, &p));
		assert_true(p.v != 0);
		if (i % 10)
			continue;
		n = number_of(100000 + i);
		assert_ok(person_find_by_number(c->db, c->permit, c->mem, c->keys, &n, &q));
		assert_int_equal(p.v, q.v);
	}
}

/* The file without its first line: the old key is gone for good. */
static void take_the_old_key_out(struct county *c)
{
	struct str text = t_file(c->mem, c->key);
	FILE *f = fopen(c->key, "w");

	str_cut(&text, '\n');
	assert_non_null(f);
	fwrite(text.p, 1, text.n, f);
	fclose(f);
}

TEST_DB(key_rotate_seals_all_anew_and_the_old_key_can_go)
{
	struct county c;
	struct number n = number_of(3);
	struct person_id p;

	open_county(&c, db, mem);
	put_people(&c, 0, PEOPLE);
	put_waiting(&c, 71, "{\"a\":1}");
	put_waiting(&c, 72, "{\"a\":2}");
	run_the_program(&c);
	assert_int_equal(key("status"), 0);
	assert_int_equal(key("rotate"), 0); /* one key only: nothing to do */
	assert_int_equal(key("add"), 0);
	assert_int_equal(key("status"), 1);
	reopen_keys(&c);
	assert_int_equal(keys_newest(c.keys), 2);
	all_are_found(&c);                  /* with both keys, before anything is sealed anew */
	assert_int_equal(key("rotate"), 1); /* the book's last checkpoint is by the old key still */
	run_the_program(&c);
	assert_int_equal(key("rotate"), 0);
	assert_int_equal(key("rotate"), 0);
	all_are_found(&c);
	take_the_old_key_out(&c);
	reopen_keys(&c);
	assert_int_equal(keys_count(c.keys), 1);
	all_are_found(&c);
	run_the_program(&c);
	assert_int_equal(key("status"), 0);
	assert_int_equal(
	    count(&c, "SELECT count(*) FROM quarantine WHERE length(payload) = 7 + 41"), 2);
	assert_int_equal(count(&c, "SELECT count(*) FROM person_number"), PEOPLE + PEOPLE / 10);
	n = number_of(PEOPLE + 1);
	assert_ok(person_find_by_number(db, c.permit, mem, c.keys, &n, &p));
	assert_int_equal(p.v, 0);
	keys_close(c.keys);
}

/* Killed again and again at any moment: everybody is found all the time, and in the end all is
 * sealed anew. */
TEST_DB(key_rotate_may_be_killed_and_run_again)
{
	struct county c;
	int killed = 0, tries = 0, code = 1;

	open_county(&c, db, mem);
	put_people(&c, 0, PEOPLE);
	assert_int_equal(key("add"), 0);
	reopen_keys(&c);
	run_the_program(&c);
	while (code != 0) {
		pid_t pid = fork();
		int status;

		if (pid == 0)
			_exit(key("rotate"));
		if (++tries < 60) { /* later and later, until one gets through */
			usleep((useconds_t)(2000 * tries));
			kill(pid, SIGKILL);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		killed += WIFSIGNALED(status);
		code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
		assert_true(tries < 61);
		if (tries % 8 == 0)
			all_are_found(&c);
	}
	assert_true(killed > 0);
	take_the_old_key_out(&c);
	reopen_keys(&c);
	all_are_found(&c);
	keys_close(c.keys);
}

/* One number that does not open holds up no other, and is told. */
TEST_DB(key_rotate_passes_what_does_not_open)
{
	struct county c;

	open_county(&c, db, mem);
	put_people(&c, 0, 40);
	run_the_program(&c);
	assert_int_equal(key("add"), 0);
	reopen_keys(&c);
	run_the_program(&c);
	/* moved to another row: the seal says so */
	assert_ok(db_script(db,
	    "UPDATE identity SET number_sealed = (SELECT number_sealed FROM identity ORDER BY id "
	    "LIMIT 1) WHERE id = (SELECT id FROM identity ORDER BY id DESC LIMIT 1)"));
	assert_int_equal(key("rotate"), 1);
	if (db_connects(t_where()))
		assert_int_equal(
		    count(&c,
			"SELECT count(*) FROM identity WHERE substr(number_sealed, 1, 1) = '\\x01'"),
		    1);
	else
		assert_int_equal(
		    count(&c,
			"SELECT count(*) FROM identity WHERE substr(number_sealed, 1, 1) = X'01'"),
		    1);
	keys_close(c.keys);
}

TEST(key_called_wrongly)
{
	assert_int_equal(key(NULL), 2);
	assert_int_equal(key("burn"), 2);
	assert_int_equal(key("--help"), 0);
}
