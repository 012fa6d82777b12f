#include "app/cmd_looks.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "access/book.h"
#include "test/t.h"

/* In a process of its own, what it says into the file DIR/said. Returns its exit code. */
static int looks(const char *a, const char *b, const char *c)
{
	struct arena *mem = t_mem();
	const char *argv[] = { "looks", "--data", t_dir(), a, b, c, NULL };
	int argc = 3, status;
	pid_t pid;

	while (argv[argc])
		argc++;
	setenv("TILLSAMMANS_KEY_FILE", str_c(mem, str_fmt(mem, "%s/key", t_dir())), 1);
	pid = fork();
	if (pid == 0) {
		if (!freopen(str_c(mem, str_fmt(mem, "%s/said", t_dir())), "w", stdout))
			_exit(99);
		status = cmd_looks(argc, (char **)(uintptr_t)argv);
		fflush(stdout);
		_exit(status);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool said(const char *words)
{
	struct arena *mem = t_mem();
	struct str text = t_file(mem, str_c(mem, str_fmt(mem, "%s/said", t_dir())));

	return str_has(text, str_of(words));
}

static void write_book(const char *where, const char *key)
{
	struct arena *mem = t_mem();
	struct book_entry e[5];
	struct book_options o = { .where = where, .copy = "a", .version = "t" };
	struct keys *k;
	struct book *b;
	struct db *main;
	size_t voided;

	assert_ok(keys_make(key));
	assert_ok(keys_open(key, &k));
	o.keys = k;
	assert_ok(
	    db_open(str_c(mem, str_fmt(mem, "%s/tillsammans.db", t_dir())), DB_WRITER, &main));
	assert_ok(db_migrate(main, DB_STORE_MAIN));
	assert_ok(book_open(&o, &b));
	assert_ok(book_settle(b, main, &voided));
	for (size_t i = 0; i < 5; i++)
		e[i] = (struct book_entry){ .kind = BOOK_LOOK, .child = 7, .unit = 14 };
	assert_ok(book_append(b, e, 5));
	book_close(b);
	db_close(main);
	keys_close(k);
}

TEST(promise_06_looks_verify_says_which_record)
{
	struct arena *mem = t_mem();
	const char *where = str_c(mem, str_fmt(mem, "%s/book.db", t_dir()));
	const char *pem = str_c(mem, str_fmt(mem, "%s/said", t_dir()));
	const char *kept = str_c(mem, str_fmt(mem, "%s/kept.pem", t_dir()));
	const char *key = str_c(mem, str_fmt(mem, "%s/key", t_dir()));
	struct db *db;

	write_book(where, key);
	assert_int_equal(looks("verify", NULL, NULL), 0);
	assert_true(said("7 records"));
	assert_true(said(" 0 findings"));
	assert_int_equal(looks("key", NULL, NULL), 0);
	assert_int_equal(rename(pem, kept), 0);
	assert_int_equal(looks("export", NULL, NULL), 0);
	assert_int_equal(looks("witness", NULL, NULL), 0);
	assert_true(said("tillsammans checkpoint 1\n"));
	/* by the public key alone: who checks needs no secret */
	assert_int_equal(unlink(key), 0);
	assert_int_equal(looks("verify", NULL, NULL), 3);
	assert_int_equal(looks("verify", "--public", kept), 0);
	assert_ok(db_open(where, DB_WRITER, &db));
	assert_ok(db_script(db, "DROP TRIGGER look_is_only_erased;"
				"UPDATE look SET content = replace(content, 'unit=14', 'unit=15') "
				"WHERE seq = 4;"));
	db_close(db);
	assert_int_equal(looks("verify", "--public", kept), 1);
	assert_true(said("record=4\t"));
	assert_true(said(" 1 findings"));
}

TEST(looks_called_wrongly)
{
	assert_int_equal(looks(NULL, NULL, NULL), 2);
	assert_int_equal(looks("burn", NULL, NULL), 2);
	assert_int_equal(looks("verify", "--nothing", NULL), 2);
	assert_int_equal(looks("verify", "--public", "/nonexistent"), 3);
	assert_int_equal(looks("--help", NULL, NULL), 0);
}
