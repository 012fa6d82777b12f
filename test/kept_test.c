/*
 * Kept pages (web/kept.h) and the writer's shortcut beside them: a page is given again only while
 * nothing it was made of has changed. That no kept page differs from a fresh one after any line of
 * any play is held by the ring itself (test/web/ring.c).
 */
#include <stdio.h>
#include <string.h>

#include "html/html.h"
#include "t.h"
#include "web/kept.h"
#include "web/ring.h"

/* Queries of handlers that keep their page, by the beginning of their names. */
static const char *const of_kept[] = { "home_", "child_show_", "family_", "carrier_", "staff_",
	"measure_pairs" };

static bool is_of_kept(const char *name)
{
	for (size_t i = 0; i < sizeof of_kept / sizeof *of_kept; i++)
		if (strncmp(name, of_kept[i], strlen(of_kept[i])) == 0)
			return true;
	return false;
}

/* Is there a thing of that name? What each engine keeps its things in differs. */
static bool is_there(struct ring *r, const char *in_sqlite, const char *in_pg, struct str name)
{
	const char *in = db_engine(ring_db(r)) == DB_SQLITE ? in_sqlite : in_pg;
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s = '%.*s'", in, STR(name));
	return ring_number(r, sql) > 0;
}

static bool is_table(struct ring *r, struct str word)
{
	return is_there(r, "sqlite_master WHERE type = 'table' AND name",
	    "pg_class WHERE relkind = 'r' AND relname", word);
}

static bool has_stamp(struct ring *r, struct str table)
{
	return is_there(r, "sqlite_master WHERE type = 'trigger' AND lower(name)",
	    "pg_trigger WHERE tgname", str_fmt(t_mem(), "stamp_%.*s_update", STR(table)));
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

TEST_DB(promise_05_every_table_a_kept_page_reads_has_a_stamp)
{
	struct ring *r = ring_open();
	int read = 0;

	for (size_t k = 0; k < sizeof of_kept / sizeof *of_kept; k++) {
		int named = 0;

		for (int i = 0; i < db_query_count; i++)
			named += strncmp(db_queries[i]->name, of_kept[k], strlen(of_kept[k])) == 0;
		assert_true(named > 0); /* a name that changed would hold nothing any more */
	}
	for (int i = 0; i < db_query_count; i++) {
		const char *p = db_queries[i]->sqlite;

		if (!is_of_kept(db_queries[i]->name))
			continue;
		while (*p) {
			struct str word = { p, 0 };

			while (is_word(p[word.n]))
				word.n++;
			if (word.n > 3 && is_table(r, word)) {
				read++;
				if (!has_stamp(r, word))
					fail_msg("%s reads %.*s, which has no stamp",
					    db_queries[i]->name, STR(word));
			}
			p += word.n ? word.n : 1;
		}
	}
	assert_true(read > 60);
	ring_close(r);
}

/* Any row of a child, changed by whatever means, makes its version grow; what others have does not.
 */
TEST_DB(promise_05_any_change_of_a_row_stamps_its_child)
{
	static const struct {
		const char *sql;
		int64_t child;
	} changes[] = {
		{ "UPDATE child SET name = 'Annat' WHERE id = 10", 10 },
		{ "UPDATE plan SET noticed_on = '2026-01-01' WHERE child = 10", 10 },
		{ "UPDATE step SET place = 'Ute' WHERE plan = 30", 10 },
		{ "UPDATE thread SET meanwhile = 'Vila' WHERE child = 10", 10 },
		{ "INSERT INTO need (id, plan, drawer, area, words, made_ms) VALUES (991, 30, 12, 'home', 'x', 1)",
		    10 },
		{ "UPDATE need SET words = 'y' WHERE id = 991", 10 },
		{ "INSERT INTO goal (id, plan, drawer, words, made_ms) VALUES (992, 30, 12, 'x', 1)",
		    10 },
		{ "DELETE FROM goal WHERE id = 992", 10 },
		{ "DELETE FROM need WHERE id = 991", 10 },
		{ "UPDATE relation SET checked_on = '2026-11-01' WHERE child = 10", 10 },
		{ "UPDATE engagement SET reason = 'x' WHERE child = 10", 10 },
		{ "UPDATE identity SET given_name = 'Nytt' WHERE person = (SELECT person FROM child WHERE id = 10)",
		    10 },
		{ "UPDATE identity SET given_name = 'Mamma' WHERE person IN (SELECT person FROM relation WHERE child = 10)",
		    10 },
		{ "UPDATE person SET phone = '070' WHERE id IN (SELECT person FROM relation WHERE child = 10)",
		    10 },
		{ "UPDATE waiver SET purpose = 'x' WHERE child = 10", 10 },
		{ "UPDATE waiver_answer SET how = 'letter' WHERE waiver IN (SELECT id FROM waiver WHERE child = 10)",
		    10 },
		{ "UPDATE disclosure SET need = 'x' WHERE child = 10", 10 },
		{ "INSERT INTO story (id, child, author, words, changed_ms) VALUES (993, 10, (SELECT person FROM relation WHERE child = 10 ORDER BY person LIMIT 1), 'x', 1)",
		    10 },
		{ "DELETE FROM story WHERE id = 993", 10 },
	};
	struct ring *r = ring_open();

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		char sql[100];
		int64_t before, other;

		snprintf(sql, sizeof sql, "SELECT content_version FROM child WHERE id = %d",
		    (int)changes[i].child);
		before = ring_number(r, sql);
		other = ring_number(r,
		    "SELECT CAST(sum(content_version) AS BIGINT) FROM child WHERE id NOT IN (SELECT child FROM relation WHERE person IN (SELECT person FROM relation WHERE child = 10)) AND id <> 10");
		assert_ok(db_script(ring_db(r), changes[i].sql));
		if (ring_number(r, sql) <= before)
			fail_msg("no stamp by: %s", changes[i].sql);
		assert_int_equal(
		    ring_number(r,
			"SELECT CAST(sum(content_version) AS BIGINT) FROM child WHERE id NOT IN (SELECT child FROM relation WHERE person IN (SELECT person FROM relation WHERE child = 10)) AND id <> 10"),
		    other);
	}
	ring_close(r);
}

TEST_DB(promise_05_any_change_of_units_and_staff_stamps_their_world)
{
	static const char *const changes[] = { "UPDATE unit SET phone = '1'",
		"UPDATE staff SET phone = '2'",
		"UPDATE assignment SET title = 'x' WHERE id = (SELECT MIN(id) FROM assignment)",
		"INSERT INTO absence (id, staff, from_on) SELECT 994, MIN(id), '2026-01-01' FROM staff",
		"DELETE FROM absence WHERE id = 994" };
	struct ring *r = ring_open();

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		int64_t before = ring_number(r, "SELECT version FROM org_stamp");

		assert_ok(db_script(ring_db(r), changes[i]));
		assert_true(ring_number(r, "SELECT version FROM org_stamp") > before);
	}
	ring_close(r);
}

/* The second look of the same page is the kept one; another reader, another language or a later day
 * never gets it. */
TEST_DB(promise_05_a_kept_page_is_its_readers_alone)
{
	struct ring *r = ring_open();
	struct kept_stats s, t;
	struct str first, again;

	first = str_copy(ring_mem(r), ring_do(r, "sara", "/home", NULL).body);
	kept_stats(ring_site(r)->kept, &s);
	again = ring_do(r, "sara", "/home", NULL).body;
	assert_true(str_eq(first, again));
	kept_stats(ring_site(r)->kept, &t);
	assert_int_equal(t.found, s.found + 1);
	assert_int_equal(t.made, s.made);
	ring_do(r, "erik", "/home", NULL);
	ring_do(r, "tess", "/children/10", NULL);
	ring_do(r, "sol", "/children/10", NULL);
	kept_stats(ring_site(r)->kept, &s);
	assert_int_equal(s.found, t.found);
	assert_int_equal(s.made, t.made + 3);
	clock_set_ms(clock_now_ms() + INT64_C(86400000));
	ring_do(r, "sara", "/home", NULL);
	kept_stats(ring_site(r)->kept, &t);
	assert_int_equal(t.found, s.found);
	assert_int_equal(t.pages, 1); /* yesterday's are wiped */
	ring_close(r);
}

/* A kept page is on record like any other. */
TEST_DB(promise_06_a_kept_page_is_on_record_each_time)
{
	struct ring *r = ring_open();

	for (int i = 0; i < 3; i++) {
		assert_int_equal(ring_do(r, "kim", "/children/10", NULL).status, 200);
		assert_true(ring_booked(r, "look", "child.show", 10));
	}
	assert_int_equal(ring_do(r, "nobody", "/children/10", NULL).status, 303);
	ring_close(r);
}

static void somebody_withdraws(struct ring *r)
{
	/* By another connection than the writer's, as another program would. */
	assert_ok(db_begin(ring_db(r), DB_WRITE));
	assert_ok(db_script(ring_db(r),
	    "UPDATE waiver SET state = 'withdrawn', ended_ms = 1794992400000 WHERE id = 71"));
	assert_ok(db_script(
	    ring_db(r), "UPDATE child SET access_version = access_version + 1 WHERE id = 10"));
	assert_ok(db_commit(ring_db(r)));
}

/* The writer leaves out the second look at a page's permit only where nobody committed anything. */
TEST_DB(promise_05_a_page_is_looked_at_again_when_anybody_committed)
{
	struct ring *r = ring_open();
	struct ring_ask ask = { "tess", "/children/10", NULL, 0 };
	struct ring_beside beside = { .made_before = true };

	/* the writer has seen the store as it is */
	assert_int_equal(ring_do(r, "tess", "/children/10", NULL).status, 200);
	ring_do_beside(r, &ask, &beside, 1);
	assert_true(str_has(beside.body, S("Nästa steg</h2>")));
	ring_between = somebody_withdraws;
	ring_do_beside(r, &ask, &beside, 1);
	ring_between = NULL;
	assert_int_equal(ask.status, 200);
	assert_false(str_has(beside.body, S("Nästa steg</h2>")));
	ring_close(r);
}

/* --- the memory itself --- */

struct desk {
	struct request rq;
	struct response rs;
	struct http_request http;
	struct http_response http_rs;
	struct site site;
	const struct permit *permit;
};

/* A request of the child itself (a permit about one child), as serve.c would have made it. */
static const struct route some_route = { HTTP_GET, "/x", NULL, ACT_PLAN_READ };

static void sit_down(
    struct desk *d, struct ring *r, struct kept *k, const char *path, const char *csrf)
{
	struct permit *p;

	*d = (struct desk){ .site = *ring_site(r) };
	d->site.kept = k;
	d->http = (struct http_request){ .mem = t_mem(), .method = HTTP_GET, .path = str_of(path) };
	d->rq = (struct request){ .mem = t_mem(),
		.site = &d->site,
		.http = &d->http,
		.db = ring_db(r),
		.route = &some_route,
		.lang = i18n_langs[0],
		.today = { 2026, 11, 18 } };
	d->rq.actor.person.v = 5;
	assert_ok(access_permit(ring_db(r), t_mem(),
	    &(struct actor){ .person = { 2001 } }, /* Sara, Ella's guardian (test/web/world.sql) */
	    ACT_PLAN_READ, (struct child_id){ 10 }, clock_now_ms(), (const struct permit **)&p));
	d->rq.permit = p;
	http_response_reset(&d->http_rs, t_mem());
	d->rs.http = &d->http_rs;
	html_init(&d->rs.html, t_mem(), d->rq.lang, d->rq.today);
	d->rs.html.csrf = str_of(csrf);
	d->rs.html.once = S("0123456789abcdef");
}

static void write_page(struct desk *d, int words)
{
	rs_page(&d->rs, 200, S("En titel"));
	html_csrf(&d->rs.html);
	for (int i = 0; i < words; i++)
		html_int(&d->rs.html, i * 7919 + words);
	rs_look(&d->rs, (struct child_id){ 10 }, "step", 42, STAND_GUARDIAN);
}

TEST_DB(promise_06_a_kept_page_holds_no_token_and_comes_back_whole)
{
	struct ring *r = ring_open();
	struct kept *k = kept_open((size_t)1 << 20);
	struct desk a, b;

	assert_true(db_engine(db) == DB_SQLITE || db_engine(db) == DB_POSTGRES);
	sit_down(&a, r, k, "/x", "AAAAAAAAAAAAAAAAAAAAAAAA");
	assert_false(kept_again(&a.rq, &a.rs));
	write_page(&a, 300);
	kept_this(&a.rq, &a.rs);
	sit_down(&b, r, k, "/x", "BBBBBBBBBBBBBBBBBBBBBBBB");
	b.rs.html.once = S("fedcba9876543210");
	assert_true(kept_again(&b.rq, &b.rs));
	assert_int_equal(b.rs.http->status, 200);
	assert_true(str_eq(b.rs.title, S("En titel")));
	assert_int_equal(b.rs.html.out.n, a.rs.html.out.n);
	assert_true(str_has(buf_text(&b.rs.html.out), S("BBBBBBBBBBBBBBBBBBBBBBBB")));
	assert_true(str_has(buf_text(&b.rs.html.out), S("fedcba9876543210")));
	assert_false(str_has(buf_text(&b.rs.html.out), S("AAAA")));
	assert_int_equal(b.rs.n_looks, 1);
	assert_true(b.rs.looks[0].item == 42 && strcmp(b.rs.looks[0].kind, "step") == 0);
	/* a token outside its hole: such a page is not kept */
	sit_down(&a, r, k, "/y", "AAAAAAAAAAAAAAAAAAAAAAAA");
	write_page(&a, 3);
	html_text(&a.rs.html, S("AAAAAAAAAAAAAAAAAAAAAAAA"));
	kept_this(&a.rq, &a.rs);
	sit_down(&b, r, k, "/y", "BBBBBBBBBBBBBBBBBBBBBBBB");
	assert_false(kept_again(&b.rq, &b.rs));
	/* nor is one with a cookie, or another status */
	sit_down(&a, r, k, "/z", "AAAAAAAAAAAAAAAAAAAAAAAA");
	write_page(&a, 3);
	http_header(a.rs.http, S("Set-Cookie"), S("x=y"));
	kept_this(&a.rq, &a.rs);
	assert_false(kept_again(&a.rq, &a.rs));
	kept_close(k);
	ring_close(r);
}

/* The writer makes pages too, between changes that it may still take back: then the versions in
 * their keys come a second time, for something else. */
TEST_DB(promise_05_what_may_be_taken_back_is_not_kept)
{
	struct ring *r = ring_open();
	struct kept *k = kept_open((size_t)1 << 20);
	struct str stamps;
	struct desk a, b;

	assert_ok(db_begin(ring_db(r), DB_WRITE));
	assert_ok(
	    db_script(ring_db(r), "UPDATE plan SET noticed_on = '2026-01-01' WHERE child = 10"));
	sit_down(&a, r, k, "/x", "AAAAAAAAAAAAAAAAAAAAAAAA");
	write_page(&a, 3);
	kept_this(&a.rq, &a.rs);
	stamps = permit_stamps(a.rq.permit, t_mem());
	assert_ok(db_rollback(ring_db(r), DB_WRITE));
	assert_ok(
	    db_script(ring_db(r), "UPDATE plan SET noticed_on = '2026-01-02' WHERE child = 10"));
	sit_down(&b, r, k, "/x", "AAAAAAAAAAAAAAAAAAAAAAAA");
	assert_true(str_eq(permit_stamps(b.rq.permit, t_mem()), stamps));
	assert_false(kept_again(&b.rq, &b.rs));
	kept_close(k);
	ring_close(r);
}

/* As above, in a whole batch: somebody saves while another's page is looked at again. */
TEST_DB(promise_05_a_page_of_a_batch_that_writes_is_not_kept)
{
	struct ring *r = ring_open();
	struct ring_ask asks[] = { { "kim", "/steps/41/done", "version=1", 0 },
		{ "tess", "/children/10", NULL, 0 } };
	struct kept_stats before, after;

	kept_stats(ring_site(r)->kept, &before);
	ring_do_together(r, asks, 2);
	assert_int_equal(asks[0].status, 303);
	assert_int_equal(asks[1].status, 200);
	kept_stats(ring_site(r)->kept, &after);
	/* on a server looks do not travel with changes: it was made of what is committed */
	assert_int_equal(after.made, before.made + (db_engine(db) == DB_POSTGRES));
	ring_do(r, "tess", "/children/10", NULL);
	kept_stats(ring_site(r)->kept, &after);
	assert_int_equal(after.made, before.made + 1);
	ring_close(r);
}

/* The oldest make room; what comes back is what was put, always. */
TEST_DB(promise_17_kept_pages_stay_within_their_memory)
{
	struct ring *r = ring_open();
	struct kept *k = kept_open((size_t)1 << 20);
	struct kept_stats s;
	int found = 0;

	for (int i = 0; i < 3000; i++) {
		struct desk d;
		size_t mark = arena_mark(t_mem());
		char path[40];
		int of = i < 2000 ? i : 3999 - i;

		snprintf(path, sizeof path, "/page/%d", of);
		sit_down(&d, r, k, path, "AAAAAAAAAAAAAAAAAAAAAAAA");
		if (kept_again(&d.rq, &d.rs)) {
			struct desk fresh;

			found++;
			sit_down(&fresh, r, k, path, "AAAAAAAAAAAAAAAAAAAAAAAA");
			write_page(&fresh, 200 + of % 700);
			assert_true(str_eq(buf_text(&fresh.rs.html.out), buf_text(&d.rs.html.out)));
		} else {
			write_page(&d, 200 + of % 700);
			kept_this(&d.rq, &d.rs);
		}
		arena_rewind(t_mem(), mark);
	}
	kept_stats(k, &s);
	if (found < 50 || found > 950)
		fail_msg("found %d of 1000 again, %d pages lie there", found, (int)s.pages);
	assert_true(s.packed > (size_t)1 << 20); /* more was put than there is room for */
	assert_true(s.pages < s.made);
	assert_null(kept_open(0));
	kept_close(NULL);
	kept_close(k);
	ring_close(r);
}
