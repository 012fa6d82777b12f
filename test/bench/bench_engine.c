/*
 * The bare engine: SQLite alone, doing the rows that one "step done" costs the program, with the
 * same durability and the same two files (data, book of looks). What the program adds to this is
 * HTTP, session, permit, checks and the hash chain.
 *
 *   bench_engine DATABASE BOOK PER_COMMIT SECONDS     prints writes a second
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "core/ids.h"

#define PLANS 100000
#define OPENINGS 4

struct open_plan {
	int64_t plan, child, number;
	int64_t lead, drawer;
	int n; /* drawers that a yes to share opens: each gets a row */
	int64_t waiver[OPENINGS], to[OPENINGS];
};

static sqlite3 *open_store(const char *path)
{
	sqlite3 *h;

	must(sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
	     SQLITE_OK);
	must(
	    sqlite3_exec(h,
		"PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 2147418112; PRAGMA journal_mode = WAL; "
		"PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -4096; PRAGMA wal_autocheckpoint = 0;",
		NULL, NULL, NULL) == SQLITE_OK);
	return h;
}

static sqlite3_stmt *ready(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v3(h, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK)
		fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(h));
	must(s);
	return s;
}

static void run(sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	if (rc != SQLITE_DONE)
		fprintf(stderr, "%s: %s\n", sqlite3_sql(s), sqlite3_errmsg(sqlite3_db_handle(s)));
	must(rc == SQLITE_DONE);
	sqlite3_reset(s);
}

/* The rows are known before the clock starts: an engine does not decide. */
static size_t plans_of(sqlite3 *h, struct open_plan *out)
{
	sqlite3_stmt *s = ready(h,
	    "SELECT p.id, p.child, p.next_step, p.lead, p.drawer, w.id, t.drawer FROM plan p "
	    "LEFT JOIN waiver w ON w.child = p.child AND w.state = 'valid' AND w.to_on > date('now', '+1 day') AND w.from_on <= date('now') AND w.valid_ms <= unixepoch() * 1000 AND EXISTS (SELECT 1 FROM "
	    "waiver_drawer f WHERE f.waiver = w.id AND f.drawer = p.drawer AND f.side = 'holder') "
	    "LEFT JOIN waiver_drawer t ON t.waiver = w.id AND t.side = 'recipient' AND t.drawer <> p.drawer "
	    "WHERE p.state = 'open' AND p.next_step = p.last_step ORDER BY (p.id * 7919) % 1000003, p.id");
	size_t n = 0;

	while (n < PLANS - 1 && sqlite3_step(s) == SQLITE_ROW) {
		int64_t plan = sqlite3_column_int64(s, 0), drawer = sqlite3_column_int64(s, 6);
		struct open_plan *p = n && out[n - 1].plan == plan ? &out[n - 1] : &out[n++];

		p->plan = plan;
		p->child = sqlite3_column_int64(s, 1);
		p->number = sqlite3_column_int64(s, 2);
		p->lead = sqlite3_column_int64(s, 3);
		p->drawer = sqlite3_column_int64(s, 4);
		if (drawer && p->n < OPENINGS) {
			p->waiver[p->n] = sqlite3_column_int64(s, 5);
			p->to[p->n++] = drawer;
		}
	}
	sqlite3_finalize(s);
	return n;
}

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static sqlite3_stmt *mark, *add, *point, *child, *once, *token, *disclose, *look, *begin[2],
    *commit[2];
static int64_t place; /* of the last record */

static void prepare(sqlite3 *data, sqlite3 *book)
{
	mark = ready(data,
	    "UPDATE step SET state = 'done', done_ms = 1, version = version + 1 WHERE plan = ?1 AND number = ?2 AND state = 'next'");
	add = ready(data,
	    "INSERT INTO step (plan, number, id, drawer, state, pattern, words, due_on, owner_assignment, filler, made_ms) "
	    "SELECT id, ?2 + 1, ?3, drawer, 'next', 'pattern_says_next', 'says_next', '2027-01-01', lead, 1, 1 FROM plan WHERE id = ?1");
	point = ready(data,
	    "UPDATE plan SET next_step = ?2 + 1, last_step = ?2 + 1, version = version + 1 WHERE id = ?1");
	child = ready(data, "UPDATE child SET access_version = access_version + 1 WHERE id = ?1");
	once = ready(data,
	    "INSERT INTO form_once (token, person, location, at_ms) VALUES (randomblob(32), 1, '/home', 1)");
	token = ready(data,
	    "INSERT OR REPLACE INTO change_token (chain, slot, token, after_seq) VALUES (1, ?1 % 256, ?2, ?1)");
	disclose = ready(data,
	    "INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, waiver, received, decided_by, at_ms) "
	    "VALUES (?1, ?2, 'step', ?3, ?4, ?5, 'WAIVER', ?6, ?7, ?8, unixepoch() * 1000)");
	look = ready(book,
	    "INSERT INTO look (place, at_ms, id, child, salt, content, commitment, link) VALUES (?1, 1, ?2, ?3, randomblob(16), "
	    "?4, randomblob(32), randomblob(32))");
	begin[0] = ready(data, "BEGIN IMMEDIATE");
	begin[1] = ready(book, "BEGIN IMMEDIATE");
	commit[0] = ready(data, "COMMIT");
	commit[1] = ready(book, "COMMIT");
}

/* The new step reaches those with whom the family shares: a row each. */
static void share(const struct open_plan *p, int64_t step)
{
	static const char received[] =
	    "Kim Kuratorsson says what happens next, at the latest on 1 January 2027.";

	for (int i = 0; i < p->n; i++) {
		sqlite3_bind_int64(disclose, 1, id_random());
		sqlite3_bind_int64(disclose, 2, p->child);
		sqlite3_bind_int64(disclose, 3, step);
		sqlite3_bind_int64(disclose, 4, p->drawer);
		sqlite3_bind_int64(disclose, 5, p->to[i]);
		sqlite3_bind_int64(disclose, 6, p->waiver[i]);
		sqlite3_bind_text(disclose, 7, received, (int)sizeof received - 1, SQLITE_STATIC);
		sqlite3_bind_int64(disclose, 8, p->lead);
		run(disclose);
	}
}

static void one_write(struct open_plan *p)
{
	int64_t id = id_random();

	sqlite3_bind_int64(mark, 1, p->plan);
	sqlite3_bind_int64(mark, 2, p->number);
	run(mark);
	sqlite3_bind_int64(add, 1, p->plan);
	sqlite3_bind_int64(add, 2, p->number);
	sqlite3_bind_int64(add, 3, id);
	run(add);
	sqlite3_bind_int64(point, 1, p->plan);
	sqlite3_bind_int64(point, 2, p->number);
	run(point);
	sqlite3_bind_int64(child, 1, p->child);
	run(child);
	share(p, id);
	run(once);
	sqlite3_bind_int64(token, 1, place);
	sqlite3_bind_int64(token, 2, id);
	run(token);
	p->number++;
}

static void one_record(int64_t of_child)
{
	static const char content[] =
	    "change id=1234567890123456789 child=1234567890123456789 actor=1234567890123456789 "
	    "act=step.done why=guardian outcome=ok request=12345678901234567890";

	sqlite3_bind_int64(look, 1, ++place);
	sqlite3_bind_int64(look, 2, id_random());
	sqlite3_bind_int64(look, 3, of_child);
	sqlite3_bind_text(look, 4, content, (int)sizeof content - 1, SQLITE_STATIC);
	run(look);
}

int main(int argc, char **argv)
{
	static struct open_plan plans[PLANS];
	sqlite3 *data, *book;
	size_t n, at = 0, per, writes = 0, shared = 0;
	double began, seconds;

	if (argc != 5) {
		fprintf(stderr, "bench_engine DATABASE BOOK PER_COMMIT SECONDS\n");
		return 2;
	}
	data = open_store(argv[1]);
	book = open_store(argv[2]);
	per = strtoul(argv[3], NULL, 10);
	seconds = atof(argv[4]);
	n = plans_of(data, plans);
	must(n > 0 && per > 0);
	must(sqlite3_exec(book,
		 "INSERT OR IGNORE INTO book_chain (chain, copy, opened_ms, nth) "
		 "SELECT 1, 'bench', 1, coalesce(max(nth), 0) + 1 FROM book_chain",
		 NULL, NULL, NULL) == SQLITE_OK);
	prepare(data, book);
	{
		sqlite3_stmt *last = ready(book,
		    "SELECT coalesce((SELECT max(place) FROM look WHERE place < (c.nth + 1) << 40), c.nth << 40) "
		    "FROM book_chain c WHERE c.chain = 1");

		must(sqlite3_step(last) == SQLITE_ROW);
		place = sqlite3_column_int64(last, 0);
		sqlite3_finalize(last);
	}
	for (began = now_s(); now_s() - began < seconds; writes += per) {
		run(begin[0]);
		for (size_t i = 0; i < per; i++)
			one_write(&plans[(at + i) % n]);
		run(begin[1]); /* the book is durable first, then the data */
		for (size_t i = 0; i < per; i++)
			one_record(plans[(at + i) % n].child);
		run(commit[1]);
		run(commit[0]);
		at += per;
	}
	printf("%.1f\n", (double)writes / (now_s() - began));
	for (size_t i = 0; i < n; i++)
		shared += (size_t)plans[i].n;
	fprintf(stderr, "%zu plans, %.2f rows of sharing each\n", n, (double)shared / (double)n);
	return 0;
}
