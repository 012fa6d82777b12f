/* The demo county: the same twice and on both engines, nothing in it that breaks a promise, every
 * role's first page. And `tillsammans check` itself: each kind of breakage, made on purpose, is
 * found. */
#include <stdio.h>
#include <string.h>

#include "feat/check/check.h"
#include "feat/demo/demo_make.h"
#include "t.h"
#include "web/ring.h"

#define CHILDREN 40
/* A Saturday in November: due dates and school terms lie around it. */
static const struct date today = { 2026, 11, 21 };

static struct keys *fresh_keys(void)
{
	const char *path = str_c(t_mem(), str_fmt(t_mem(), "%s/key", t_dir()));
	struct keys *k;

	assert_ok(keys_make(path));
	assert_ok(keys_open(path, &k));
	return k;
}

static void build(struct db *db, int64_t children)
{
	struct keys *k = fresh_keys();
	struct demo_options o = { .children = children, .today = today, .keys = k };

	assert_ok(demo_build(db, &o));
	keys_close(k);
}

/* All rows of a query, as text behind each other. */
static struct str rows_of(struct db *db, struct arena *mem, const char *sql, int texts)
{
	static const struct db_column cols[] = { { "a", DB_TEXT, true, 0, 0 },
		{ "b", DB_TEXT, true, 0, 0 }, { "c", DB_TEXT, true, 0, 0 },
		{ "d", DB_TEXT, true, 0, 0 } };
	struct db_query q = { .name = "demo_test",
		.sqlite = sql,
		.pg = sql,
		.index = -1,
		.outs = texts,
		.cols = cols };
	struct buf out;

	buf_init(&out, mem, 1 << 16);
	assert_ok(db_run(db, &q, NULL));
	for (bool more; db_next(db, &more) == OK && more;) {
		for (int i = 0; i < texts; i++) {
			buf_str(&out, db_col_text(db, i, mem));
			buf_char(&out, i + 1 < texts ? '\t' : '\n');
		}
	}
	return buf_text(&out);
}

/* Everything but sealed numbers, which are sealed anew each time. */
static struct str whole(struct db *db, struct arena *mem)
{
	static const struct {
		const char *sql;
		int texts;
	} all[] = {
		{ "SELECT CAST(id AS TEXT), name, kind, municipality FROM authority ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), name, municipality, phone FROM unit ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), CAST(staff AS TEXT), title, from_on FROM assignment ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), given_name, family_name, born_on FROM identity ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), name, born_on, CAST(shielded AS TEXT) FROM child ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), CAST(child AS TEXT), kind, from_on FROM relation ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), state, opened_on, CAST(next_step AS TEXT) FROM plan ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), words, due_on, state FROM step ORDER BY id + 0", 4 },
		{ "SELECT CAST(id AS TEXT), title, since_on, next_on FROM thread ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), words, state, from_on FROM measure ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), state, from_on, to_on FROM waiver ORDER BY id + 0", 4 },
		{ "SELECT CAST(id AS TEXT), item_kind, received, CAST(at_ms AS TEXT) FROM disclosure ORDER BY id + 0",
		    4 },
		{ "SELECT CAST(id AS TEXT), words, answer, kind FROM letter ORDER BY id + 0", 4 },
		{ "SELECT role, CAST(person AS TEXT), CAST(plan AS TEXT), start FROM demo_role ORDER BY rank",
		    4 },
	};
	struct buf out;

	buf_init(&out, mem, 1 << 18);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		buf_str(&out, rows_of(db, mem, all[i].sql, all[i].texts));
	return buf_text(&out);
}

TEST_DB(demo_is_the_same_for_everyone)
{
	const char *other = str_c(mem, str_fmt(mem, "%s/again.db", t_dir()));
	struct keys *k = fresh_keys();
	struct demo_options o = { .children = CHILDREN, .today = today, .keys = k };
	struct str first, second;
	struct db *again;

	assert_ok(demo_build(db, &o));
	assert_ok(db_open(other, DB_WRITER, &again));
	assert_ok(db_migrate(again, DB_STORE_MAIN));
	assert_ok(demo_build(again, &o));
	first = whole(db, mem);
	second = whole(again, mem);
	assert_true(first.n > 20000);
	assert_int_equal(first.n, second.n);
	assert_memory_equal(first.p, second.p, first.n);
	db_close(again);
	keys_close(k);
}

/* How many rows; the query gives one number as text. */
static int64_t count(struct db *db, struct arena *mem, const char *sql)
{
	struct str s = str_trim(rows_of(db, mem, sql, 1));
	int64_t n = -1;

	assert_true(str_to_i64(s, 0, INT64_MAX, &n));
	return n;
}

TEST_DB(demo_holds_what_it_must_show)
{
	build(db, CHILDREN);
#define COUNT(rest) count(db, mem, "SELECT CAST(count(*) AS TEXT) FROM " rest)
	assert_int_equal(COUNT("child"), CHILDREN);
	assert_int_equal(COUNT("demo_role"), 16);
	assert_int_equal(COUNT("authority WHERE kind = 'board'"), 18);
	assert_true(COUNT("kind") >= 25);
	assert_true(COUNT("child WHERE shielded = 1") >= 2);
	assert_true(COUNT("child WHERE expected_on IS NOT NULL") >= 1);
	assert_true(COUNT("relation WHERE kind = 'carer'") >= 2);
	assert_true(COUNT("relation WHERE kind = 'god_man'") >= 1);
	assert_true(COUNT("identity WHERE number_index IS NULL AND drawer IS NOT NULL") >= 1);
	assert_true(COUNT("waiver WHERE state = 'withdrawn'") >= 1);
	assert_true(COUNT("waiver WHERE state = 'asked'") >= 1);
	assert_true(COUNT("waiver WHERE state = 'valid' AND to_on < '2026-11-21'") >= 1);
	assert_true(COUNT("disclosure WHERE ground IN ('HEALTH_U18', 'SOCIAL_U18')") >= 1);
	assert_true(COUNT("absence") >= 1);
	assert_true(COUNT("handover WHERE state = 'asked'") >= 1);
#undef COUNT
}

/* --- check --- */

#define KINDS 64

struct seen {
	const char *names[KINDS];
	int times[KINDS];
	int n;
};

static void see(void *to, const struct check_finding *f)
{
	struct seen *s = to;

	for (int i = 0; i < s->n; i++) {
		if (strcmp(s->names[i], f->name) == 0) {
			s->times[i]++;
			return;
		}
	}
	assert_true(s->n < KINDS);
	s->names[s->n] = f->name;
	s->times[s->n++] = 1;
}

static struct seen check(struct db *db, struct db *book, const struct book_trust *trust)
{
	struct seen seen = { .n = 0 };
	struct check_sink sink = { see, &seen };
	struct check_sum sum;

	assert_ok(check_run(db, book, trust, today, &sink, &sum));
	return seen;
}

TEST_DB(demo_breaks_no_promise)
{
	struct seen seen;

	build(db, CHILDREN);
	seen = check(db, NULL, NULL);
	for (int i = 0; i < seen.n; i++)
		print_error("%s: %d\n", seen.names[i], seen.times[i]);
	assert_int_equal(seen.n, 0);
}

/* What the database refuses is switched off first: as a bad disk or another tool would. */
static void defenceless(struct db *db)
{
	if (db_engine(db) == DB_SQLITE) {
		assert_ok(db_script(db,
		    "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;"
		    "DROP TRIGGER disclosure_stands_on_a_yes; DROP TRIGGER disclosure_stays; DROP TRIGGER waiver_ends_for_good; DROP TRIGGER paper_two_people; DROP TRIGGER assignment_ask_two;"
		    "DROP INDEX plan_one_open; DROP INDEX step_one_next; DROP INDEX handover_one"));
		return;
	}
	assert_ok(db_script(db,
	    "SET session_replication_role = replica;"
	    "DO $$ DECLARE c record; BEGIN FOR c IN SELECT conrelid::regclass AS t, conname AS n FROM pg_constraint "
	    "WHERE contype IN ('c', 'f') AND connamespace = current_schema()::regnamespace LOOP "
	    "EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', c.t, c.n); END LOOP; END $$;"
	    "DROP INDEX plan_one_open; DROP INDEX step_one_next; DROP INDEX handover_one"));
}

/* Some plan that is open, and a step that is next. */
#define PLAN "(SELECT min(id) FROM plan WHERE state = 'open')"
#define OTHER "(SELECT max(id) FROM plan WHERE state = 'open')"
#define YES "(SELECT min(id) FROM waiver WHERE state = 'valid' AND to_on >= '2026-11-21')"

static const struct {
	const char *name, *sql;
} breakages[] = {
	{ "plan_next", "UPDATE plan SET next_step = 9999 WHERE id = " PLAN },
	{ "plan_two_next",
	    "UPDATE step SET state = 'next', done_ms = NULL WHERE number = 1 AND plan = " OTHER },
	{ "step_uncovered", "UPDATE assignment SET to_on = '2026-11-01'" },
	{ "lead_uncovered", "UPDATE assignment SET to_on = '2026-11-01'" },
	{ "thread_next",
	    "UPDATE thread SET next_on = NULL WHERE id = (SELECT min(id) FROM thread WHERE state <> 'ended')" },
	{ "plan_lead", "UPDATE plan SET lead = NULL WHERE id = " PLAN },
	{ "plan_two_open", "UPDATE plan SET child = (SELECT child FROM plan WHERE id = " PLAN
			   ") WHERE id = " OTHER },
	{ "handover", "UPDATE handover SET state = 'accepted', answered_ms = NULL" },
	{ "engagement_drawer",
	    "UPDATE engagement SET drawer = (SELECT id FROM drawer WHERE regime = 'BUP') WHERE drawer = (SELECT min(id) FROM drawer WHERE regime = 'SOC' AND EXISTS (SELECT 1 FROM engagement e WHERE e.drawer = drawer.id))" },
	{ "assignment_drawer",
	    "UPDATE assignment SET drawer = (SELECT id FROM drawer WHERE regime = 'HAB') WHERE drawer = (SELECT min(id) FROM drawer WHERE regime = 'SOC')" },
	{ "disclosure_item",
	    "UPDATE disclosure SET item = 1 WHERE id = (SELECT min(id) FROM disclosure WHERE item_kind = 'step')" },
	{ "disclosure_scope",
	    "DELETE FROM waiver_drawer WHERE side = 'recipient' AND waiver = " YES },
	{ "disclosure_ground",
	    "UPDATE disclosure SET need = NULL WHERE ground IN ('HEALTH_U18', 'SOCIAL_U18')" },
	{ "paper",
	    "UPDATE paper SET state = 'confirmed', answered_by = written_by, answered_ms = 5" },
	{ "after_end",
	    "UPDATE waiver SET ended_ms = valid_ms, state = 'withdrawn' WHERE id = " YES },
	{ "after_last_day", "UPDATE waiver SET to_on = '2020-01-01' WHERE id = " YES },
	{ "waiver_answers", "UPDATE waiver_answer SET says = 'withdrawn' WHERE waiver = " YES },
	{ "waiver_withdrawn", "UPDATE waiver SET ended_ms = NULL WHERE state = 'withdrawn'" },
	{ "shielded_plan",
	    "UPDATE child SET shielded = 1 WHERE id = (SELECT child FROM plan WHERE id = " PLAN
	    ")" },
	{ "protection", "UPDATE child SET shielded = 0" },
	{ "mark",
	    "INSERT INTO protection_mark (id, person, drawer, says, assignment, made_ms, holds, checked_on, answered_by, answered_ms) "
	    "SELECT 1, (SELECT min(id) FROM person), a.drawer, 'unknown', a.id, 1, 1, NULL, a.id, 2 FROM assignment a WHERE a.id = (SELECT min(id) FROM assignment)" },
	{ "own_ask",
	    "UPDATE assignment_ask SET state = 'no', words = 'x', answered_by = asked_by, answered_ms = 5" },
	{ "left",
	    "UPDATE relation_left SET state = 'ended', last_on = '2026-01-01', checked_on = '2026-01-01', words = 'x', answered_ms = 5, answered_by = (SELECT min(id) FROM assignment)" },
	{ "twin",
	    "UPDATE identity SET number_index = (SELECT number_index FROM identity WHERE id = (SELECT max(id) FROM identity WHERE number_index IS NOT NULL)) WHERE id = (SELECT min(id) FROM identity WHERE number_index IS NOT NULL)" },
	{ "voice_unread",
	    "UPDATE voice SET read_ms = NULL, read_by_on = '2026-10-01', climbed = 0" },
	{ "voice_drawer",
	    "UPDATE voice SET drawer = (SELECT id FROM drawer WHERE regime = 'DENTAL')" },
	{ "closed_view",
	    "UPDATE plan SET closed_view = NULL, closed_no_view = NULL WHERE state = 'closed'" },
	{ "adult_waiver",
	    "UPDATE child SET born_on = '2000-01-01' WHERE id = (SELECT min(w.child) FROM waiver w JOIN child c "
	    "ON c.id = w.child WHERE w.state = 'valid' AND w.to_on > '2026-11-21' AND NOT EXISTS (SELECT 1 FROM "
	    "waiver_answer a WHERE a.waiver = w.id AND a.person = c.person))" },
	{ "youth_waiver",
	    "UPDATE waiver SET child_view = 'unknown' WHERE id = " YES
	    "; DELETE FROM waiver_answer WHERE waiver = " YES
	    " AND person = (SELECT person FROM child WHERE id = (SELECT child FROM waiver WHERE id = " YES
	    ")); UPDATE child SET born_on = '2012-01-01' WHERE id = (SELECT child FROM waiver WHERE id = " YES
	    ")" },
	{ "similar",
	    "UPDATE measure SET kind = 'family_talk', area = 'network', state = 'active', to_on = NULL" },
	{ "letter_author", "UPDATE letter SET author = (SELECT min(person) FROM staff)" },
	{ "story_author", "UPDATE story SET author = (SELECT min(person) FROM staff)" },
	{ "loose_end", "UPDATE need SET drawer = 7 WHERE id = (SELECT min(id) FROM need)" },
};

/* Each alone: broken, found, and put back. */
TEST_DB(check_finds_every_kind_of_breakage)
{
	build(db, CHILDREN);
	defenceless(db);
	for (size_t i = 0; i < sizeof breakages / sizeof breakages[0]; i++) {
		struct seen seen;
		bool found = false;

		if (strcmp(breakages[i].name, "loose_end") == 0 && db_engine(db) == DB_POSTGRES)
			continue;
		assert_ok(db_begin(db, DB_WRITE));
		assert_ok(db_script(db, breakages[i].sql));
		seen = check(db, NULL, NULL);
		for (int n = 0; n < seen.n; n++)
			found = found || strcmp(seen.names[n], breakages[i].name) == 0;
		if (!found)
			fail_msg("%s was not found", breakages[i].name);
		assert_ok(db_rollback(db, DB_WRITE));
	}
	assert_int_equal(check(db, NULL, NULL).n, 0);
}

/* Every check has a breakage, but those of the book, which have a test of their own. */
TEST(check_has_a_breakage_for_every_check)
{
	for (size_t i = 0; check_names[i]; i++) {
		bool there = strcmp(check_names[i], "book") == 0 ||
			     strcmp(check_names[i], "change_without_look") == 0;

		for (size_t n = 0; n < sizeof breakages / sizeof breakages[0]; n++)
			there = there || strcmp(breakages[n].name, check_names[i]) == 0;
		if (!there)
			fail_msg("nothing in this test breaks %s", check_names[i]);
	}
}

/* A record cut from the book, and a change that no record tells of. */
TEST(check_finds_what_is_wrong_with_the_book)
{
	const char *main_file = str_c(t_mem(), str_fmt(t_mem(), "%s/main.db", t_dir()));
	const char *book_file = str_c(t_mem(), str_fmt(t_mem(), "%s/book.db", t_dir()));
	struct book_options o = { .where = book_file, .copy = "main", .version = "test" };
	unsigned char secret[64];
	struct book_trust trust = { .n_keys = 1 };
	struct keys *k = fresh_keys();
	struct demo_options d = { .children = CHILDREN, .today = today, .keys = k };
	struct book *book;
	struct db *db, *raw;
	struct seen seen;
	size_t voided;

	o.keys = k;
	book_keys(k, keys_newest(k), trust.keys[0], secret);
	assert_ok(db_open(main_file, DB_WRITER, &db));
	assert_ok(db_migrate(db, DB_STORE_MAIN));
	assert_ok(demo_build(db, &d));
	assert_ok(book_open(&o, &book));
	assert_ok(book_settle(book, db, &voided));
	assert_ok(demo_looks(db, book, today));
	book_close(book);
	assert_ok(db_open(book_file, DB_WRITER, &raw));
	assert_int_equal(check(db, raw, &trust).n, 0);
	assert_ok(db_script(
	    db, "INSERT INTO change_token (chain, slot, token, after_seq) VALUES (1, 0, 4711, 0)"));
	seen = check(db, raw, &trust);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.names[0], "change_without_look");
	assert_ok(db_script(raw, "DROP TRIGGER look_stays; DELETE FROM look WHERE seq = 3"));
	seen = check(db, raw, &trust);
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.names[0], "book");
	db_close(raw);
	db_close(db);
	keys_close(k);
}

/* --- pages --- */

TEST_DB(demo_every_role_has_a_first_page)
{
	static const char sql[] = "SELECT role, start FROM demo_role ORDER BY rank";
	struct str roles;
	struct ring *r;
	int met = 0;

	build(db, CHILDREN);
	assert_ok(db_script(db,
	    "CREATE TABLE actor (name TEXT PRIMARY KEY, person BIGINT, assignment BIGINT);"
	    "INSERT INTO actor SELECT role, person, assignment FROM demo_role"));
	roles = rows_of(db, mem, sql, 2);
	r = ring_open_at(t_where(), "", "", false);

	while (roles.n) {
		struct str line = str_cut(&roles, '\n'), role = str_cut(&line, '\t');
		struct ring_answer a = ring_do(r, str_c(mem, role), str_c(mem, line), NULL);

		if (a.status != 200)
			fail_msg("%.*s: %.*s answers %d", STR(role), STR(line), a.status);
		assert_true(str_has(a.body, S("<h1")));
		met++;
	}
	assert_int_equal(met, 16);
	ring_close(r);
}
