/* The workshop's programs for SQL: what they make works, and what they refuse says where. */
#include "t.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db_test.h"
#include "q_sample.h"

/* --- made code --- */

TEST_DB(gen_queries_make_calls_that_carry_every_type)
{
	const struct step_id one = { 1 }, two = { 2 }, three = { 3 };
	struct q_sample_by_id row;
	struct q_sample_name name;
	struct q_sample_from_list from;
	struct q_sample_take_list taken;

	assert_ok(db_script(db,
	    db_engine(db) == DB_SQLITE
		? "CREATE TABLE t_sample (id INTEGER PRIMARY KEY, n INTEGER, name TEXT, born TEXT, "
		  "raw BLOB, child INTEGER) STRICT"
		: "CREATE TABLE t_sample (id BIGINT PRIMARY KEY, n BIGINT, name TEXT, born TEXT, "
		  "raw BYTEA, child BIGINT)"));
	assert_ok(q_sample_add(db, one, 7, false, S("Ada"), (struct date){ 2012, 12, 1 },
	    S("\x01\x02"), (struct child_id){ 5 }));
	assert_ok(q_sample_add(db, two, 7, true, (struct str){ 0 }, (struct date){ 0 },
	    (struct str){ 0 }, (struct child_id){ 0 }));
	assert_ok(q_sample_by_id(db, mem, one, &row));
	assert_true(!row.n_null && row.n == 7 && str_eq(row.name, S("Ada")));
	assert_true(str_eq(row.raw, S("\x01\x02")) && row.child.v == 5);
	assert_int_equal(date_cmp(row.born, (struct date){ 2012, 12, 1 }), 0);
	assert_ok(q_sample_by_id(db, mem, two, &row));
	assert_true(row.n_null && row.n == 0 && !row.name.p && !row.raw.p && row.child.v == 0);
	assert_false(date_known(row.born));
	assert_int_equal(q_sample_by_id(db, mem, three, &row), ERR_NOT_FOUND);

	assert_ok(q_sample_name(db, mem, one, S("Bo"), &name));
	assert_true(name.found && str_eq(name.name, S("Ada")));
	assert_ok(q_sample_name(db, mem, one, S("Ada"), &name));
	assert_false(name.found);

	assert_ok(q_sample_from(db, mem, one, &from));
	assert_int_equal(from.n, 2);
	assert_true(from.v[1].id.v == 2 && from.v[1].twice == 4);
	assert_ok(q_sample_from(db, mem, three, &from));
	assert_true(from.n == 0 && from.v == NULL);

	assert_ok(q_sample_rename_all(db, S("x")));
	assert_int_equal(db_changed(db), 2);
	assert_ok(q_sample_take(db, mem, S("x"), &taken));
	assert_int_equal(taken.n, 2);
	assert_int_equal(q_sample_add(db, one, 0, true, (struct str){ 0 }, (struct date){ 0 },
			     (struct str){ 0 }, (struct child_id){ 0 }),
	    OK);
	assert_int_equal(q_sample_add(db, one, 0, true, (struct str){ 0 }, (struct date){ 0 },
			     (struct str){ 0 }, (struct child_id){ 0 }),
	    ERR_CONFLICT);
}

TEST_DB(gen_queries_write_snippets_out)
{
	struct q_sample_near_list near;

	assert_ok(db_script(db, db_engine(db) == DB_SQLITE
				    ? "CREATE TABLE t_sample (id INTEGER PRIMARY KEY, n INTEGER)"
				    : "CREATE TABLE t_sample (id BIGINT PRIMARY KEY, n BIGINT)"));
	assert_ok(db_script(db, "INSERT INTO t_sample (id, n) VALUES (1, 5), (2, 6), (3, 7)"));
	assert_ok(q_sample_near(db, mem, 6, &near));
	assert_true(near.n == 2 && near.v[1].id.v == 2);
}

extern const struct db_query q_sample_near_query;
extern const struct db_query q_sample_rename_all_query, q_sample_take_query, q_sample_from_query;

TEST(gen_queries_know_what_writes_and_whose_tables)
{
	assert_int_equal(q_sample_rename_all_query.store, DB_STORE_BOOK);
	assert_int_equal(q_sample_take_query.store, DB_STORE_MAIN);
	assert_true(q_sample_take_query.writes);
	assert_false(q_sample_from_query.writes);
	assert_string_equal(q_sample_near_query.pg,
	    "SELECT s.id FROM t_sample AS s WHERE ((s.n <= COALESCE($1, 0)  AND   't_sample' <> 'x') "
	    "AND s.id > 0)\nORDER BY s.id\n");
	assert_string_equal(q_sample_from_query.pg,
	    "SELECT id, id + id FROM t_sample WHERE id >= $1 AND $1 > 0 ORDER BY id\n");
}

/* --- running the programs --- */

/* Writes text into name in the test's folder and runs program on it; gives its exit code, what it
 * said in *said. */
static int run(const char *program, const char *name, const char *text, struct str *said)
{
	char self[600], command[3000], path[600];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	FILE *f;
	int status;

	assert_true(n > 0);
	self[n] = '\0';
	snprintf(path, sizeof path, "%s/%s", t_dir(), name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	snprintf(command, sizeof command, "cd '%s' && '%s/%s' %s '%s' 2>said", t_dir(),
	    dirname(self), program, strcmp(program, "queries") == 0 ? "." : "made.c", name);
	status = system(command);
	snprintf(path, sizeof path, "%s/said", t_dir());
	*said = t_file(t_mem(), path);
	return WEXITSTATUS(status);
}

static struct str made(const char *name)
{
	char path[600];

	snprintf(path, sizeof path, "%s/%s", t_dir(), name);
	return t_file(t_mem(), path);
}

#define H "-- query q : "
#define FREE "permit none (test)"
#define NEAR "-- snippet near : x, n; guards fenced\n({x}.n <= {n} AND\n '{x.table}' <> 'x');\n"
#define ONE H "one; " FREE "; out a int64\n"

static const struct {
	const char *text, *says;
} bad_queries[] = {
	{ "SELECT 1;\n", ":1: SQL outside a query" },
	{ "-- fine\n\nx\n", ":3: SQL outside a query" },
	{ "--query q : one\n", ":1: a header begins" },
	{ H "few; " FREE "; out a int64\nSELECT 1;\n", ":1: no shape \"few\"" },
	{ H "one; out a int64\nSELECT 1;\n", ":1: no permit" },
	{ H "one; permit none; out a int64\nSELECT 1;\n", ":1: permit none needs its reason" },
	{ H "one; permit @saves; out a int64\nSELECT 1;\n", ":1: no group of acts \"saves\"" },
	{ "-- acts saves :\n", ":1: acts of a group" },
	{ "-- acts saves : child.fly\n" H "one; permit @saves; out a int64\nSELECT 1;\n",
	    ":2: no act \"child.fly\"" },
	{ H "one; permit child.fly; out a int64\nSELECT 1;\n", ":1: no act \"child.fly\"" },
	{ H "one; " FREE "\nSELECT 1;\n", ":1: one, maybe and many need" },
	{ H "change; " FREE "; out a int64\nDELETE FROM t;\n", ":1: a change has no \"out\"" },
	{ H "change; " FREE "\nSELECT 1;\n", ":1: a change that changes nothing" },
	{ H "one; " FREE "; out a word\nSELECT 1;\n", ":1: no type \"word\"" },
	{ H "one; " FREE "; out a int64, a text\nSELECT 1;\n", ":1: two fields \"a\"" },
	{ H "one; " FREE "; out int int64\nSELECT 1;\n", ":1: \"int\" means something in C" },
	{ H "one; " FREE "; out A int64\nSELECT 1;\n", ":1: a name begins" },
	{ H "one; " FREE "; out a int64; sort a\nSELECT 1;\n", ":1: not understood" },
	{ H "maybe; " FREE "; out found int64\nSELECT 1;\n", ":1: maybe has a field found" },
	{ H "one; " FREE "; in b int64; out a int64\nSELECT 1;\n", ":1: the SQL does not use :b" },
	{ H "one; " FREE "; out a int64\nSELECT\n :b;\n", ":3: no parameter :b" },
	{ H "one; " FREE "; out a int64\nSELECT :permit.child;\n", ":2: :permit.child, but" },
	{ H "one; permit public; out a int64\nSELECT :permit.mood;\n",
	    ":2: no parameter :permit.mo" },
	{ H "one; " FREE "; out a int64\nSELECT 1::text;\n", ":2: :: is not portable" },
	{ H "one; " FREE "; out a int64\nSELECT ?1;\n", ":2: a parameter is written :name" },
	{ H "one; " FREE "; out a int64\nSELECT $1;\n", ":2: a parameter is written :name" },
	{ H "one; " FREE "; out a int64\nSELECT 'a;\n", ":2: no end of what begins here" },
	{ H "one; " FREE "; out a int64\nSELECT 'a\nb';\n", ":2: a string goes over" },
	{ H "one; " FREE "; out a int64\nSELECT 1; SELECT 2;\n", ":2: the ; of a query ends" },
	{ H "one; " FREE "; out a int64\nSELECT 1\n", ":1: query q does not end with ;" },
	{ H "one; " FREE "; out a int64\n;\n", ":1: query q has no SQL" },
	{ H "one; " FREE "; out a int64\nSELECT 1;\n" H "one; " FREE "; out a int64\nSELECT 1;\n",
	    ":3: query q stands at bad.sql:1" },
	/* snippets: the line is the use's, and what stands behind a definition keeps its own */
	{ ONE "SELECT a\nFROM t s WHERE @near(s, 1);\n", ":3: no snippet \"@near\"" },
	{ ONE "SELECT @ 1;\n", ":2: no snippet \"@\"" },
	{ NEAR ONE "SELECT a\nFROM t s WHERE @near(s);\n", ":6: @near takes 2 arguments, not 1" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near(s, 1, f(2, 3));\n",
	    ":5: @near takes 2 arguments, not 3" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near;\n", ":5: @near takes 2 arguments in brackets" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near(s, );\n", ":5: an argument of @near is empty" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near(s, 1;\n", ":5: no ) ends @near(" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near(y, 1);\n", ":5: no table is called y" },
	{ NEAR ONE "SELECT a FROM t s JOIN u s WHERE @near(s, 1);\n", ":5: s is both t and u" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near(s, :since);\n", ":5: no parameter :since" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near(s,\n 1) AND\n x = :b;\n", ":7: no parameter :b" },
	{ NEAR ONE "SELECT a FROM t s WHERE @near(s, 1)\n AND EXISTS (SELECT 1 FROM fenced);\n",
	    ":6: fenced stands only in snippets (bad.sql:1): @near" },
	{ NEAR ONE "SELECT 1;\n", ":1: nobody uses snippet near" },
	{ NEAR NEAR ONE "SELECT 1;\n", ":4: snippet near stands at bad.sql:1 already" },
	{ "\n-- snippet near : x y\n(1);\n", ":2: a snippet's list has plain names: \"x y\"" },
	{ "-- snippet near : x, x.y\n(1);\n", ":1: a snippet's list has plain names" },
	{ "-- snippet near x\n(1);\n", ":1: a snippet is \"-- snippet NAME" },
	{ "-- snippet near : x; fences y\n(1);\n", ":1: not understood in a snippet" },
	{ "-- snippet near : x\n;\n", ":1: snippet near has no SQL" },
	{ "-- snippet near : x\n({x})\n", ":1: a snippet that does not end with ;" },
	{ "-- snippet near : x\n({y});\n" ONE "SELECT @near(1);\n", ":1: snippet near has no {y}" },
	{ "-- snippet near : x\n({x);\n" ONE "SELECT @near(1);\n", ":1: no } in snippet near" },
	{ "-- snippet near : x\n@near({x});\n" ONE "SELECT @near(1);\n",
	    ":1: snippet near stands in itself" },
};

TEST(gen_queries_refuse_with_file_and_line)
{
	for (size_t i = 0; i < sizeof bad_queries / sizeof *bad_queries; i++) {
		struct str said, want = str_fmt(t_mem(), "bad.sql%s", bad_queries[i].says);
		int code = run("queries", "bad.sql", bad_queries[i].text, &said);

		if (code != 1 || !str_starts(said, want))
			fail_msg("case %zu: exit %d, says %.*s, wanted %.*s", i, code, STR(said),
			    STR(want));
	}
}

TEST(gen_queries_make_permits_into_arguments_and_checks)
{
	struct str said, c, h;

	assert_int_equal(
	    run("queries", "p.sql",
		"-- query p_mine : many; permit public|public; in n int64; out id step\n"
		"SELECT id FROM t WHERE a = :permit.actor AND n = :n AND day < :permit.day\n"
		"  AND b = :permit.actor;\n",
		&said),
	    0);
	c = made("q_p.c");
	h = made("q_p.h");
	assert_true(str_has(h, S("enum err q_p_mine(struct db *db, const struct permit *permit, "
				 "struct arena *mem, int64_t n, struct q_p_mine_list *out);")));
	assert_true(str_has(c, S("permit_need_any(permit, (const enum act[]){ ACT_PUBLIC, "
				 "ACT_PUBLIC }, 2);")));
	assert_true(str_has(c, S(".i = permit_actor(permit).v }")));
	assert_true(str_has(c, S(".d = permit_day(permit) }")));
	assert_true(str_has(c, S("a = $1 AND n = $2 AND day < $3\" \"\\n\"\n")));
	assert_true(str_has(c, S("AND b = $1\" \"\\n\"")));
	assert_true(str_has(c, S(".index = 0,")));
	assert_true(str_has(made("q_all.c"), S("&q_p_mine_query,")));
}

static const struct {
	const char *name, *text, *says;
} bad_migrations[] = {
	{ "1_x.sql", "SELECT 1;\n", ":0: a migration is named" },
	{ "0001_x.sql", "-- only mysql\n-- end\n", ":1: \"-- only sqlite\" or" },
	{ "0001_x.sql", "\n-- only sqlite\n", ":2: this section has no" },
	{ "0001_x.sql", "-- only sqlite\n-- only postgres\n-- end\n", ":2: the section of line 1" },
	{ "0001_x.sql", "\n\n-- end\n", ":3: \"-- end\" without" },
	{ "0001_x.sql", "CREATE TABLE t (a ID)\n", ":2: the last statement does not end" },
	{ "0001_x.sql", "CREATE TABLE t (a ID\n;\n", ":2: a ( is open" },
	{ "0001_x.sql", "CREATE TABLE t a ID);\n", ":1: a ) too many" },
	{ "0001_x.sql", "CREATE TABLE t;\n", ":1: CREATE TABLE without columns" },
	{ "0001_x.sql", "CREATE TABLE t (a ID) FAST;\n", ":1: behind a table's )" },
	{ "0001_x.sql", "INSERT INTO t VALUES ('a);\n", ":1: no end of what begins" },
	{ "0001_x.sql", "\n-- stamp t\n", ":2: \"-- stamp TABLE child EXPR\"" },
	{ "0001_x.sql", "-- stamp t(a) person ROW.id\n", ":1: \"-- stamp TABLE child EXPR\"" },
	{ "0001_x.sql", "-- stamp t child id\n", ":1: which child?" },
};

TEST(gen_migrations_refuse_with_file_and_line)
{
	for (size_t i = 0; i < sizeof bad_migrations / sizeof *bad_migrations; i++) {
		struct str said;
		struct str want =
		    str_fmt(t_mem(), "%s%s", bad_migrations[i].name, bad_migrations[i].says);
		int code = run("migrations", bad_migrations[i].name, bad_migrations[i].text, &said);

		if (code != 1 || !str_starts(said, want))
			fail_msg("case %zu: exit %d, says %.*s, wanted %.*s", i, code, STR(said),
			    STR(want));
	}
}

TEST(gen_migrations_map_types_and_leave_the_rest_alone)
{
	struct str said, c;

	assert_int_equal(
	    run("migrations", "0007_x.sql",
		"-- a comment; with TEXT\n"
		"CREATE TABLE t (id ID PRIMARY KEY, n INT8 DEFAULT (1), b BYTES, -- why\n"
		"\ts TEXT CHECK (s <> 'TEXT; -- ID') );\n"
		"CREATE TABLE u (a ID, b INT8, PRIMARY KEY (a, b)) WITHOUT ROWID;\n"
		"CREATE INDEX u_b ON u (CAST(b AS TEXT));\n"
		"ALTER TABLE t ADD COLUMN extra TEXT;\n"
		"-- only sqlite\n"
		"CREATE TRIGGER k AFTER UPDATE ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT 3; END;\n"
		"-- end\n"
		"-- only postgres\n"
		"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN x; END $$;\n"
		"-- end\n",
		&said),
	    0);
	c = made("made.c");
	assert_true(str_has(
	    c, S("\"CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER DEFAULT (1), b BLOB,")));
	assert_true(str_has(
	    c, S("\"CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT DEFAULT (1), b BYTEA,")));
	assert_true(str_has(c, S("\"s TEXT CHECK (s <> 'TEXT; -- ID') ) STRICT;")));
	assert_true(str_has(c, S("\"s TEXT COLLATE \\\"C\\\" CHECK (s <> 'TEXT; -- ID') );")));
	assert_true(str_has(c, S("PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT;")));
	assert_true(str_has(c, S("(a BIGINT, b BIGINT, PRIMARY KEY (a, b));")));
	assert_true(str_has(c, S("ADD COLUMN extra TEXT COLLATE \\\"C\\\";")));
	assert_false(str_has(c, S("AS TEXT COLLATE")));
	assert_true(str_has(c, S("THEN 2 END; SELECT 3; END;")));
	assert_true(str_has(c, S("AS $$ BEGIN x; END $$;")));
	assert_false(str_has(c, S("comment")));
	assert_false(str_has(c, S("why")));
	assert_true(str_has(c, S(".number = 7,")));
}

TEST(gen_migrations_stamp_what_a_row_belongs_to)
{
	struct str said, c;

	assert_int_equal(
	    run("migrations", "0007_x.sql",
		"-- stamp t child SELECT p.child FROM plan p WHERE p.id = ROW.plan AND p.state = 'open'\n"
		"-- stamp u(a, b) child ROW.child\n"
		"-- stamp w org\n"
		"CREATE INDEX t_a ON t (a);\n",
		&said),
	    0);
	c = made("made.c");
	assert_true(str_has(c,
	    S("CREATE TRIGGER stamp_t_INSERT AFTER INSERT ON t BEGIN UPDATE child SET content_version = content_version + 1 "
	      "WHERE id IN (SELECT p.child FROM plan p WHERE p.id = NEW.plan AND p.state = 'open'); END;")));
	assert_true(
	    str_has(c, S("CREATE TRIGGER stamp_t_DELETE AFTER DELETE ON t BEGIN UPDATE child")));
	assert_true(str_has(c,
	    S("SELECT x.id FROM OLD_rows y CROSS JOIN LATERAL (SELECT p.child FROM plan p WHERE p.id = y.plan AND p.state = ''open'') AS x (id))")));
	assert_true(str_has(
	    c, S("AFTER UPDATE ON t REFERENCING NEW TABLE AS NEW_rows OLD TABLE AS OLD_rows "
		 "FOR EACH STATEMENT EXECUTE FUNCTION stamp_t_UPDATE();")));
	assert_true(str_has(c, S("CREATE TRIGGER stamp_u_UPDATE AFTER UPDATE OF a, b ON u BEGIN")));
	assert_false(str_has(c, S("stamp_u_INSERT")));
	assert_true(str_has(c, S("AFTER UPDATE OF a, b ON u FOR EACH ROW EXECUTE")));
	assert_true(str_has(c,
	    S("CREATE TRIGGER stamp_w_DELETE AFTER DELETE ON w BEGIN UPDATE org_stamp SET version = version + 1; END;")));
}
