/* What holds of pages as a whole: no page chooses or orders children by what is sensitive (promise
 * 10), and every page of the family is whole in each language and without scripts (promise 18). */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "t.h"
#include "web/ring.h"

/* --- promise 10 --- */

/* Words that would be a score, in a column's name. */
static const char *const scores[] = { "score", "rank", "risk", "points", "severity", "priority",
	"weight", "level", "probability", "likelihood", "rating" };

static int64_t columns_named(struct ring *r, const char *word)
{
	char sql[400];

	snprintf(sql, sizeof sql,
	    strncmp(t_where(), "postgresql:", 11) == 0
		? "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'demo_role' AND column_name LIKE '%%%s%%'"
		: "SELECT count(*) FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view') AND m.name <> 'demo_role' AND c.name LIKE '%%%s%%'",
	    word);
	return ring_number(r, sql);
}

TEST_DB(promise_10_no_column_scores_anybody)
{
	struct ring *r = ring_open();

	assert_true(columns_named(r, "child") > 10); /* it looks where they are */
	for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++)
		if (columns_named(r, scores[i]) != 0)
			fail_msg("a column is named %s", scores[i]);
	assert_ok(db_script(ring_db(r), "ALTER TABLE child ADD COLUMN risk_points INTEGER"));
	assert_int_equal(columns_named(r, "risk"), 1);
	ring_close(r);
}

static bool of_a_list(struct str name)
{
	static const char *const lists[] = { "find_", "work_", "unit_", "org_", "register_",
		"task_list" };

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (str_starts(name, str_of(lists[i])))
			return true;
	return false;
}

/* As a whole word. */
static bool names(struct str sql, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = sql.p; (at = memmem(at, (size_t)(sql.p + sql.n - at), word, n));
	     at += n) {
		char before = at > sql.p ? at[-1] : ' ',
		     after = at + n < sql.p + sql.n ? at[n] : ' ';

		if (!strchr("abcdefghijklmnopqrstuvwxyz_0123456789", before) &&
		    !strchr("abcdefghijklmnopqrstuvwxyz_0123456789", after))
			return true;
	}
	return false;
}

/* What says how a child is, or what is worried about it: no list of several children looks there.
 */
static bool selects_by_sensitive(struct str sql)
{
	static const char *const words[] = { "need", "goal", "measure", "voice", "letter", "story",
		"mood", "area", "layer", "harm", "signal" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (names(sql, words[i]))
			return true;
	return false;
}

static bool gives_children(const struct db_query *q)
{
	for (int k = 0; k < q->outs; k++)
		if (strcmp(q->cols[k].name, "child") == 0)
			return true;
	return false;
}

TEST(promise_10_no_list_of_children_looks_at_what_is_sensitive)
{
	int looked = 0;

	for (int i = 0; i < db_query_count; i++) {
		struct str name = str_of(db_queries[i]->name), sql = str_of(db_queries[i]->sqlite);

		if (!of_a_list(name) || db_queries[i]->writes || !gives_children(db_queries[i]))
			continue;
		looked++;
		if (selects_by_sensitive(sql))
			fail_msg("%s looks at what is sensitive", db_queries[i]->name);
	}
	assert_true(looked >= 5);
	assert_true(
	    selects_by_sensitive(S("SELECT 1 FROM child c ORDER BY (SELECT n.area FROM x n)")));
	assert_true(selects_by_sensitive(S("SELECT 1 FROM child c JOIN need n ON 1")));
	assert_false(selects_by_sensitive(S("SELECT needed FROM child")));
}

TEST(promise_10_no_route_ranks)
{
	static const char *const words[] = { "signal", "score", "rank", "risk", "sort", "search",
		"filter", "statistics" };
	int looked = 0;

	for (const struct route *const *table = app_routes; *table; table++)
		for (const struct route *rt = *table; rt->path; rt++, looked++)
			for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
				if (str_has(str_of(rt->path), str_of(words[i])))
					fail_msg("%s", rt->path);
	assert_true(looked > 80);
}

static struct str copy_of(struct ring *r, const char *actor, const char *path)
{
	struct ring_answer a = ring_do(r, actor, path, NULL);

	assert_int_equal(a.status, 200);
	return str_copy(ring_mem(r), a.body);
}

TEST_DB(promise_10_needs_worries_and_words_move_no_row)
{
	static const char *const asks[] = { "/work?sort=area", "/work?area=health&order=harm",
		"/work?kind=nurse_talk&mood=sad" };
	struct ring *r = ring_open();
	struct str before = copy_of(r, "sol", "/work"), after;

	/* Nisse's needs are many and dark; Leo's are none. */
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO need (id, plan, drawer, area, words, made_ms) VALUES (8101, 33, 21, 'safety', 'Rädd hemma', 1), (8102, 33, 21, 'health', 'Sover inte', 1); "
	    "INSERT INTO measure (id, child, plan, drawer, kind, words, layer, area, unit, assignment, from_on, state, harm, made_ms) "
	    "VALUES (8103, 13, 33, 21, 'contact_family', 'Kontaktfamilj', 'remedial', 'network', 201, 1104, '2026-10-01', 'active', 1, 1); "
	    "INSERT INTO voice (id, child, author, drawer, reader, mood, sent_ms, read_by_on, read_ms) VALUES (8104, 13, 2014, 21, 1104, 'sad', 1, '2026-11-20', 2)"));
	after = copy_of(r, "sol", "/work");
	assert_int_equal(before.n, after.n);
	assert_memory_equal(before.p, after.p, before.n);
	for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
		after = copy_of(r, "sol", asks[i]);
		assert_int_equal(before.n, after.n);
		assert_memory_equal(before.p, after.p, before.n);
	}
	/* Found by number or by name among one's own, and by nothing else. */
	assert_true(
	    str_has(ring_do(r, "sol", "/children/find", "name=sover").body, S("Inget barn")));
	assert_true(
	    str_has(ring_do(r, "sol", "/children/find", "name=safety").body, S("Inget barn")));
	assert_int_equal(ring_do(r, "sol", "/children/find", "area=safety&number=").status, 422);
	ring_close(r);
}

/* --- promise 18 --- */

/* The family's pages, with one of each thing in the path. */
static struct str path_of(const char *path, int child, int step)
{
	static const char *const nouns[] = { "{child}", "{step}", "{waiver}", "{letter}",
		"{invitation}" };
	int64_t ids[] = { child, step, 71, 8201, 8202 };
	struct str rest = str_of(path);
	struct buf b;

	buf_init(&b, t_mem(), 64);
	while (rest.n) {
		size_t i;

		for (i = 0; i < 5 && !str_starts(rest, str_of(nouns[i])); i++)
			;
		if (i == 5) {
			buf_char(&b, *rest.p);
			rest.p++;
			rest.n--;
		} else {
			buf_i64(&b, ids[i]);
			rest.p += strlen(nouns[i]);
			rest.n -= strlen(nouns[i]);
		}
	}
	return buf_text(&b);
}

static void whole_without_scripts(const char *path, struct str page)
{
	struct str rest = page;
	const char *at;
	int h1 = 0;

	for (at = rest.p; (at = memmem(at, (size_t)(page.p + page.n - at), "<h1", 3)); at += 3)
		h1++;
	if (h1 != 1)
		fail_msg("%s has %d h1", path, h1);
	/* Each form has a button that sends it; what needs a script is hidden without one. */
	for (at = page.p; (at = memmem(at, (size_t)(page.p + page.n - at), "<form", 5)); at += 5) {
		const char *end = memmem(at, (size_t)(page.p + page.n - at), "</form>", 7);
		struct str form = { at, end ? (size_t)(end - at) : 0 };

		if (!str_has(form, S("<button")) || str_has(form, S("onsubmit")))
			fail_msg("%s: a form that nothing sends: %.*s", path, STR(form));
	}
	for (at = page.p;
	     (at = memmem(at, (size_t)(page.p + page.n - at), "<button type=\"button\"", 21));
	     at += 21) {
		const char *end = memchr(at, '>', (size_t)(page.p + page.n - at));
		struct str tag = { at, (size_t)(end - at) };

		if (!str_has(tag, S(" hidden")))
			fail_msg("%s: a button that only a script can press: %.*s", path, STR(tag));
	}
	if (str_has(page, S("javascript:")) || str_has(page, S("href=\"#\"")) ||
	    str_has(page, S(" onclick")))
		fail_msg("%s needs a script", path);
}

TEST_DB(promise_18_each_page_of_the_family_is_whole_in_each_language)
{
	static const struct {
		const char *actor;
		int child, step;
	} who[] = { { "sara", 10, 41 }, { "alva", 12, 44 }, { "petra", 13, 45 } };
	static const char *const langs[] = { "sv", "sv-x-easy", "en" };
	struct ring *r = ring_open();
	int pages = 0;

	assert_ok(db_script(ring_db(r),
	    "INSERT INTO letter (id, child, author, kind, to_words, words, sent_ms) VALUES (8201, 10, 2001, 'hand_on', 'Farmor', 'Hej', 1); "
	    "DELETE FROM engagement WHERE child = 13; UPDATE plan SET state = 'open' WHERE id = 33; "
	    "INSERT INTO invitation (id, child, assignment, words, state, made_ms) VALUES (8202, 10, 1104, 'Vi vill hjälpas åt', 'asked', 1); "
	    "INSERT INTO invitation_answer (invitation, person, says) VALUES (8202, 2001, 'asked')"));
	for (const struct route *const *table = app_routes; *table; table++) {
		for (const struct route *rt = *table; rt->path; rt++) {
			int shown = 0;

			if (rt->method != HTTP_GET || !(act_info(rt->act)->users & U_FAMILY) ||
			    strcmp(rt->path, "/steps/{step}/next") == 0 ||
			    strcmp(rt->path, "/voice") == 0) /* leads on; staff's own form */
				continue;
			for (size_t i = 0; i < 9; i++) {
				const char *path = str_c(
				    t_mem(), path_of(rt->path, who[i / 3].child, who[i / 3].step));
				struct ring_answer a;

				if (strcmp(rt->path, "/children/{child}/disagree") == 0)
					path =
					    str_c(t_mem(), str_fmt(t_mem(), "%s?about=step&item=%d",
							       path, who[i / 3].step));
				ring_language(r, langs[i % 3]);
				a = ring_do(r, who[i / 3].actor, path, NULL);
				if (a.status != 200)
					continue;
				shown++;
				if (!str_starts(a.body, S("<!doctype html>")))
					continue; /* a file */
				if (!str_has(
					a.body, str_fmt(t_mem(), "<html lang=\"%s\" dir=\"ltr\">",
						    langs[i % 3])))
					fail_msg("%s is not in %s", path, langs[i % 3]);
				whole_without_scripts(path, a.body);
				pages++;
			}
			if (shown < 3)
				fail_msg("%s is shown to nobody here", rt->path);
		}
	}
	assert_true(pages > 100);
	ring_close(r);
}

/* Right to left needs no style sheet of its own: only logical directions in ours. */
TEST(promise_18_the_style_knows_no_left_and_right)
{
	static const char *const files[] = { "base", "forms", "frame", "parts", "print", "tables",
		"tokens" };
	static const char *const words[] = { "margin-left", "margin-right", "padding-left",
		"padding-right", "border-left", "border-right", "text-align: left",
		"text-align: right", "float: left", "float: right", " left:", " right:" };

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct str css = t_file(t_mem(),
		    str_c(t_mem(), str_fmt(t_mem(), "%s/web/css/%s.css", t_source(), files[i])));

		assert_true(css.n > 100);
		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
			if (str_has(css, str_of(words[k])))
				fail_msg("web/css/%s.css says%s", files[i], words[k]);
	}
}
