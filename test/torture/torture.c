#include "torture/torture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access/book.h"
#include "access/book_chain.h"

int torture_times(int shortly, int all)
{
	const char *form = getenv("TORTURE");

	return form && strcmp(form, "long") == 0 ? all : shortly;
}

uint64_t chance_seed(void)
{
	static uint64_t seed;
	const char *given = getenv("TORTURE_SEED");
	struct timespec now;

	if (!seed) {
		clock_gettime(CLOCK_REALTIME, &now);
		seed = given ? strtoull(given, NULL, 10)
			     : (uint64_t)now.tv_nsec * 2654435761U + (uint64_t)now.tv_sec;
		seed += seed == 0;
		printf("TORTURE_SEED=%" PRIu64 "\n", seed);
	}
	return seed;
}

uint64_t chance(void)
{
	static uint64_t x;

	if (!x)
		x = chance_seed();
	x ^= x >> 12; /* xorshift64* */
	x ^= x << 25;
	x ^= x >> 27;
	return (x * UINT64_C(2685821657736338717)) >> 11;
}

int chance_of(int n)
{
	return (int)(chance() % (uint64_t)n);
}

void torture_says(const char *fmt, ...)
{
	const char *to = getenv("TORTURE_SAYS");
	FILE *f = to ? fopen(to, "ae") : NULL;
	va_list ap;

	if (!f)
		return;
	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fprintf(f, "\n");
	fclose(f);
}

void sents_add(struct sents *s, struct sent one)
{
	if (s->n == s->room) {
		s->room = s->room ? 2 * s->room : 256;
		s->v = realloc(s->v, s->room * sizeof *s->v);
		must(s->v);
	}
	s->v[s->n++] = one;
}

void sents_fini(struct sents *s)
{
	free(s->v);
	*s = (struct sents){ 0 };
}

/* --- questions to the data --- */

#define COLUMN(name, type) \
	{ \
		name, type, true, 0, 0 \
	}

int64_t torture_number(struct db *db, const char *sql, int64_t none)
{
	static const struct db_column cols[] = { COLUMN("n", DB_INT64) };
	struct db_query q = {
		.name = "torture", .sqlite = sql, .pg = sql, .index = -1, .outs = 1, .cols = cols
	};
	bool more;
	int64_t n = none;

	assert_ok(db_run(db, &q, NULL));
	assert_ok(db_next(db, &more));
	if (more)
		n = db_col_i64(db, 0);
	db_done(db);
	return n;
}

struct next_step torture_next(struct db *db, int64_t plan)
{
	char sql[200];
	struct next_step s;

	snprintf(sql, sizeof sql,
	    "SELECT s.id FROM step s JOIN plan p ON p.id = s.plan AND p.next_step = s.number WHERE p.id = %" PRId64,
	    plan);
	s.step = torture_number(db, sql, 0);
	snprintf(sql, sizeof sql, "SELECT version FROM step WHERE id = %" PRId64, s.step);
	s.version = torture_number(db, sql, 0);
	return s;
}

int torture_promises(struct db *db)
{
	static const struct {
		const char *says, *sql;
	} rules[] = {
		{ "promise 1: open plans without exactly one next step",
		    "SELECT count(*) FROM plan p WHERE p.state = 'open' AND "
		    "(SELECT count(*) FROM step s WHERE s.plan = p.id AND s.state = 'next') <> 1" },
		{ "promise 1: open plans that point elsewhere than at their next step",
		    "SELECT count(*) FROM plan p WHERE p.state = 'open' AND NOT EXISTS (SELECT 1 FROM step s "
		    "WHERE s.plan = p.id AND s.number = p.next_step AND s.state = 'next' AND s.due_on IS NOT NULL)" },
		{ "promise 1: closed plans with a next step",
		    "SELECT count(*) FROM plan p JOIN step s ON s.plan = p.id AND s.state = 'next' WHERE p.state = 'closed'" },
		{ "promise 2: open plans without a lead",
		    "SELECT count(*) FROM plan p LEFT JOIN assignment a ON a.id = p.lead WHERE p.state = 'open' AND a.id IS NULL" },
		{ "promise 2: accepted hand-overs whose receiver does not carry, and nobody after",
		    "SELECT count(*) FROM handover h JOIN plan p ON p.id = h.plan WHERE h.state = 'accepted' AND p.state = 'open' "
		    "AND p.lead <> h.receiver AND NOT EXISTS (SELECT 1 FROM handover l WHERE l.plan = h.plan AND l.state = 'accepted' "
		    "AND (l.answered_ms > h.answered_ms OR (l.answered_ms = h.answered_ms AND l.id <> h.id)))" },
		{ "promise 2: plans handed over twice at once",
		    "SELECT count(*) FROM (SELECT plan FROM handover WHERE state = 'asked' GROUP BY plan HAVING count(*) > 1) x" },
		{ "half: plans that were closed while a measure of the lead's goes on",
		    "SELECT count(*) FROM plan p JOIN assignment a ON a.id = p.lead JOIN measure m ON m.plan = p.id AND m.drawer = a.drawer "
		    "WHERE p.state = 'closed' AND m.state <> 'ended'" },
		{ "promise 2: closed plans with a hand-over that waits for an answer",
		    "SELECT count(*) FROM plan p JOIN handover h ON h.plan = p.id WHERE p.state = 'closed' AND h.state = 'asked'" },
		{ "half: numbers of steps that leave a gap",
		    "SELECT count(*) FROM plan p WHERE p.last_step <> (SELECT count(*) FROM step s WHERE s.plan = p.id)" },
		{ "half: two open plans of one child",
		    "SELECT count(*) FROM (SELECT child FROM plan WHERE state = 'open' GROUP BY child HAVING count(*) > 1) x" },
	};
	int findings = 0;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		int64_t n = torture_number(db, rules[i].sql, 0);

		if (n)
			printf("found: %s: %" PRId64 "\n", rules[i].says, n);
		findings += n != 0;
	}
	return findings;
}

/* --- questions to the book --- */

struct told {
	uint64_t request;
	int64_t change; /* id of its change; 0: a look or a refusal */
	bool void_;
};

struct tale {
	struct told *v;
	size_t n;
	struct arena mem;
};

static int by_request(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	return x->request < y->request ? -1 : x->request > y->request;
}

/* Everything that the book tells of requests, by request. */
static void read_tale(struct db *book, struct tale *t)
{
	static const char sql[] = "SELECT content FROM look ORDER BY place";
	static const struct db_column cols[] = { COLUMN("content", DB_TEXT) };
	struct db_query q = {
		.name = "tale", .sqlite = sql, .pg = sql, .index = -1, .outs = 1, .cols = cols
	};
	size_t most = (size_t)torture_number(book, "SELECT count(*) FROM look", 0) + 1, n_voids = 0,
	       mark;
	int64_t *voids;

	arena_init(&t->mem, (size_t)256 << 20);
	t->v = arena_array(&t->mem, struct told, most);
	voids = arena_array(&t->mem, int64_t, most);
	mark = arena_mark(&t->mem);
	assert_ok(db_run(book, &q, NULL));
	for (bool more; db_next(book, &more) == OK && more;) {
		struct book_entry e;

		arena_rewind(&t->mem, mark);
		assert_true(book_entry_of(db_col_text(book, 0, &t->mem), &e));
		if (e.kind == BOOK_VOID)
			voids[n_voids++] = e.of;
		else if (e.request && (e.kind == BOOK_LOOK || e.kind == BOOK_CHANGE))
			t->v[t->n++] =
			    (struct told){ e.request, e.kind == BOOK_CHANGE ? e.id : 0, false };
	}
	db_done(book);
	for (size_t i = 0; i < n_voids; i++)
		for (size_t k = 0; k < t->n; k++)
			t->v[k].void_ = t->v[k].void_ || t->v[k].change == voids[i];
	qsort(t->v, t->n, sizeof *t->v, by_request);
}

/* Is there a record of it, of a change that stands where it was one? */
static bool tells(const struct tale *t, uint64_t request, bool change)
{
	struct told key = { .request = request };
	const struct told *at = t->n ? bsearch(&key, t->v, t->n, sizeof key, by_request) : NULL;

	if (!at)
		return false;
	while (at > t->v && at[-1].request == request)
		at--;
	for (; at < t->v + t->n && at->request == request; at++)
		if (!change || (at->change && !at->void_))
			return true;
	return false;
}

static void print_finding(void *to, const struct book_finding *f)
{
	(void)to;
	printf("found: record %" PRId64 ": %s\n", f->seq, book_wrong_text(f->wrong));
}

static int verify(struct db *book, const struct keys *keys)
{
	struct book_trust trust = { .n_keys = 1 };
	struct book_sum sum;
	unsigned char secret[64];

	book_keys(keys, keys_version(keys, 0), trust.keys[0], secret);
	memset(secret, 0, sizeof secret);
	assert_ok(book_verify(book, &trust, print_finding, NULL, &sum));
	return (int)sum.findings;
}

static bool is_done(struct db *db, int64_t step)
{
	char sql[100];

	snprintf(
	    sql, sizeof sql, "SELECT 1 FROM step WHERE state = 'done' AND id = %" PRId64, step);
	return torture_number(db, sql, 0) == 1;
}

int torture_answered(struct db *db, struct db *book, const struct keys *keys, const struct sents *s)
{
	struct tale tale = { 0 };
	int findings = verify(book, keys);

	read_tale(book, &tale);
	for (size_t i = 0; i < s->n; i++) {
		const struct sent *x = &s->v[i];
		bool told = tells(&tale, x->request, x->step != 0),
		     done = x->step && is_done(db, x->step);
		const char *wrong = NULL;

		if (x->answered && !told)
			wrong = x->step ? "an answered change is not in the book"
					: "an answered look is not in the book";
		else if (x->answered && x->step && !done)
			wrong = "an answered change is not in the data";
		else if (x->step && told && !done)
			wrong = "the book tells of a change that is not in the data";
		if (wrong)
			printf("found: %s (request %016" PRIx64 ")\n", wrong, x->request);
		findings += wrong != NULL;
	}
	for (size_t i = 0; i < s->n; i++) {
		bool told = false;

		/* Of all that tried to do one step, one stands in the book if it is done. */
		if (!s->v[i].step || !is_done(db, s->v[i].step))
			continue;
		for (size_t k = 0; k < s->n; k++)
			told = told || (s->v[k].step == s->v[i].step &&
					   tells(&tale, s->v[k].request, true));
		if (!told)
			printf("found: a change in the data that the book does not tell of\n");
		findings += !told;
	}
	arena_fini(&tale.mem);
	return findings;
}
