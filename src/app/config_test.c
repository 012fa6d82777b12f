#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "t.h"

static enum err load(const char *text, struct config *cfg)
{
	char path[4200];
	FILE *f;

	snprintf(path, sizeof path, "%s/c.conf", t_dir());
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return config_load(path, cfg);
}

TEST(config_reads_what_it_knows_and_stops_at_what_it_does_not)
{
	struct config cfg;

	assert_ok(load("# a comment\nport = 9000\ntls_in_front = yes\ndata = /srv/t\n", &cfg));
	assert_int_equal(cfg.port, 9000);
	assert_true(cfg.tls_in_front);
	config_finish(&cfg);
	assert_string_equal(cfg.database, "/srv/t/tillsammans.db");
	assert_string_equal(cfg.book, "/srv/t/book.db");
	assert_int_equal(load("prot = 9000\n", &cfg), ERR_INVALID);
	assert_int_equal(load("port = 70000\n", &cfg), ERR_INVALID);
	assert_int_equal(load("port = nine\n", &cfg), ERR_INVALID);
	assert_int_equal(load("tls_in_front = maybe\n", &cfg), ERR_INVALID);
	assert_true(cfg.sandbox); /* on, unless somebody says off */
	assert_ok(load("sandbox = off\n", &cfg));
	assert_false(cfg.sandbox);
	assert_int_equal(load("sandbox = no\n", &cfg), ERR_INVALID);
	assert_int_equal(load("[section]\nport = 1\n", &cfg), ERR_INVALID);
	assert_int_equal(load("no equals sign\n", &cfg), ERR_INVALID);
	assert_int_equal(config_load("no-such-file", &cfg), ERR_INVALID);
	setenv("TILLSAMMANS_PORT", "x", 1);
	assert_int_equal(config_load(NULL, &cfg), ERR_INVALID);
	setenv("TILLSAMMANS_PORT", "9001", 1);
	assert_ok(config_load(NULL, &cfg));
	assert_int_equal(cfg.port, 9001);
	unsetenv("TILLSAMMANS_PORT");
}

TEST(config_keeps_the_book_beside_a_postgres_database)
{
	struct config cfg;

	assert_ok(load("database = postgresql:///t\n", &cfg));
	config_finish(&cfg);
	assert_string_equal(cfg.book, "postgresql:///t");
}

/* Who starts the program is told which folder, and what to do. */
TEST(config_names_the_folder_that_is_missing)
{
	struct config cfg = { 0 };
	char say[1600] = "";

	snprintf(cfg.data, sizeof cfg.data, "%s", t_dir());
	config_finish(&cfg);
	assert_true(config_folders(&cfg, say, sizeof say));
	cfg = (struct config){ 0 };
	snprintf(cfg.data, sizeof cfg.data, "%s/none/deeper", t_dir());
	config_finish(&cfg);
	assert_false(config_folders(&cfg, say, sizeof say));
	assert_non_null(strstr(say, cfg.data));
	assert_non_null(strstr(say, "mkdir -m 700 "));
	/* a file stands where the folder should */
	cfg = (struct config){ 0 };
	assert_ok(load("port = 1\n", &cfg));
	snprintf(cfg.data, sizeof cfg.data, "%s/c.conf", t_dir());
	config_finish(&cfg);
	assert_false(config_folders(&cfg, say, sizeof say));
	assert_non_null(strstr(say, "Not a directory"));
	/* on a server there is no folder, and beside the program it is the one we stand in */
	cfg = (struct config){ .database = "postgresql:///t", .book = "book.db" };
	assert_true(config_folders(&cfg, say, sizeof say));
}
