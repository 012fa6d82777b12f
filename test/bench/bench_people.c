/*
 * People for the bench: signs in random readers of a demo database and prints one line each for
 * wrk's script (people.lua): PATH, COOKIE, FORM, by tabs; FORM is empty for a page.
 *
 *   bench_people DATABASE KEY family|staff|steps N
 *
 * family: guardians of children with an open plan. staff: one who is engaged, with the child's
 * page. steps: the lead and the step that is next, with the form that marks it done. For demo
 * databases on this machine only: it needs the master key's file.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/keys.h"
#include "auth/session.h"
#include "auth/token.h"
#include "base/date.h"
#include "db/db.h"

#define MOST 100000

struct who {
	int64_t person, assignment, a, b;
};

static const char family[] =
    "SELECT r.person, 0, 0, 0 FROM relation r JOIN child c ON c.id = r.child JOIN plan p ON p.child = c.id "
    "WHERE r.kind = 'guardian' AND r.to_on IS NULL AND c.shielded = 0 AND p.state = 'open' "
    "AND c.born_on > '2009-01-01' ORDER BY (r.id * 7919 + r.person) % 1000003";
static const char staff[] =
    "SELECT s.person, a.id, e.child, 0 FROM engagement e JOIN assignment a ON a.id = e.assignment "
    "JOIN staff s ON s.id = a.staff JOIN child c ON c.id = e.child JOIN plan p ON p.child = c.id AND p.lead = a.id "
    "WHERE e.to_on IS NULL AND c.shielded = 0 AND p.state = 'open' ORDER BY (e.id * 7919 + a.id) % 1000003";
static const char steps[] =
    "SELECT w.person, a.id, s.id, s.version FROM plan p JOIN child c ON c.id = p.child "
    "JOIN step s ON s.plan = p.id AND s.number = p.next_step JOIN assignment a ON a.id = p.lead AND a.drawer = s.drawer "
    "JOIN staff w ON w.id = a.staff JOIN engagement e ON e.child = p.child AND e.assignment = a.id AND e.to_on IS NULL "
    "WHERE c.shielded = 0 AND p.state = 'open' AND a.to_on IS NULL ORDER BY (s.id * 7919) % 1000003";

static size_t choose(struct db *db, const char *sql, struct who *out, size_t most)
{
	static const struct db_column cols[] = { { "person", DB_INT64, true, 0, 0 },
		{ "assignment", DB_INT64, true, 0, 0 }, { "a", DB_INT64, true, 0, 0 },
		{ "b", DB_INT64, true, 0, 0 } };
	struct db_query q = {
		.name = "bench", .sqlite = sql, .pg = sql, .index = -1, .outs = 4, .cols = cols
	};
	size_t n = 0;

	must(db_run(db, &q, NULL) == OK);
	for (bool more; n < most && db_next(db, &more) == OK && more; n++)
		out[n] = (struct who){ db_col_i64(db, 0), db_col_i64(db, 1), db_col_i64(db, 2),
			db_col_i64(db, 3) };
	db_done(db);
	return n;
}

static void print(
    struct arena *mem, const struct token_keys *keys, const struct who *w, const struct token *t)
{
	struct str cookie = token_text(mem, t), csrf = csrf_make(keys, mem, t, S("form"));

	if (w->b)
		printf("/steps/%" PRId64 "/done\t%.*s\tcsrf=%.*s&once=%016" PRIx64
		       "&version=%" PRId64 "\n",
		    w->a, STR(cookie), STR(csrf), (uint64_t)id_random(), w->b);
	else if (w->a)
		printf("/children/%" PRId64 "\t%.*s\t\n", w->a, STR(cookie));
	else
		printf("/home\t%.*s\t\n", STR(cookie));
}

int main(int argc, char **argv)
{
	static struct who who[MOST];
	struct arena mem;
	struct keys *k;
	struct token_keys *keys;
	struct db *db;
	size_t n, most = argc == 5 ? strtoul(argv[4], NULL, 10) : 0;
	const char *sql = argc < 5                         ? NULL
			  : strcmp(argv[3], "family") == 0 ? family
			  : strcmp(argv[3], "staff") == 0  ? staff
							   : steps;
	int64_t now = clock_now_ms();

	if (!sql || most == 0 || most > MOST) {
		fprintf(stderr, "bench_people DATABASE KEY family|staff|steps N\n");
		return 2;
	}
	arena_init(&mem, (size_t)64 << 20);
	must(keys_open(argv[2], &k) == OK && db_open(argv[1], DB_WRITER, &db) == OK);
	keys = token_keys_open(k);
	n = choose(db, sql, who, most);
	for (size_t i = 0; i < n; i++) {
		struct token token;

		/* Other writers commit at most a little at a time. */
		if (i % 200 == 0)
			must((i == 0 || db_commit(db) == OK) && db_begin(db, DB_WRITE) == OK);
		must(session_begin(db, &mem, keys, (struct person_id){ who[i].person },
			 (struct assignment_id){ who[i].assignment }, now, now + 86400000,
			 &token) == OK);
		print(&mem, keys, &who[i], &token);
		arena_rewind(&mem, 0);
	}
	must(n == 0 || db_commit(db) == OK);
	db_close(db);
	token_keys_close(keys);
	keys_close(k);
	arena_fini(&mem);
	return n ? 0 : 1;
}
