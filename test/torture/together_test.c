/*
 * People who act at the same moment: the same step, hand-overs, a withdrawn yes while a page is
 * made, a plan that is closed while another adds. Random interleavings in one batch of the writer;
 * on PostgreSQL in two copies of the program at once as well. After each, every promise is asked.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "torture/torture.h"
#include "web/ring.h"

#define ASKS 5
#define PLAN 30
#define CHILD 10

/* What stands before a round: what people have on their screens. */
struct scene {
	struct next_step next;
	int64_t lead, handover, receiver, plan_version;
	int64_t waiver;     /* the yes to share */
	struct str results; /* one for each measure that the lead sees going on */
};

struct round {
	struct ring_ask asks[ASKS];
	struct ring_beside beside[ASKS];
	int64_t steps[ASKS];     /* marked done by it; 0: no */
	int64_t handovers[ASKS]; /* answered by it */
	size_t n;
	bool pair; /* somebody closes while another adds */
};

static const struct worker {
	const char *name;
	int64_t assignment;
} workers[] = { { "kim", 1102 }, { "sol", 1104 }, { "bo", 1105 } };

static const char *worker_of(int64_t assignment)
{
	for (size_t i = 0; i < sizeof workers / sizeof workers[0]; i++)
		if (workers[i].assignment == assignment)
			return workers[i].name;
	return "kim";
}

static void ask(
    struct round *d, struct arena *mem, const char *actor, struct str path, struct str form)
{
	d->asks[d->n].actor = actor;
	d->asks[d->n].path = str_c(mem, path);
	d->asks[d->n].form = form.n ? str_c(mem, form) : NULL;
	d->beside[d->n].made_before = !form.n;
	d->n++;
}

enum move {
	FAMILY_DONE,
	LEAD_DONE,
	TABLE_DONE,
	GIVE,
	TAKE_BACK,
	ACCEPT,
	DECLINE,
	WITHDRAW,
	CLOSE,
	ADD,
	FAMILY_READS,
	STAFF_READS,
	MOVES
};

/* Each on a day of its own: a similar one would be asked about first (promise 15). */
static struct str new_measure(struct arena *mem)
{
	static int n;
	int year = 2027 + n / 336, month = 1 + n / 28 % 12, day = 1 + n % 28;

	n++;
	return str_fmt(mem,
	    "kind=counsellor_talk&words=Samtal+%d&from=%d-%02d-%02d&to=%d-%02d-%02d", n, year,
	    month, day, year, month, day);
}

static void move(struct round *d, struct arena *mem, const struct scene *s, enum move what)
{
	const char *lead = worker_of(s->lead);
	struct str done = str_fmt(mem, "/steps/%" PRId64 "/done", s->next.step);
	struct str version = str_fmt(mem, "version=%" PRId64, s->next.version);

	switch (what) {
	case FAMILY_DONE:
		d->steps[d->n] = s->next.step;
		ask(d, mem, chance_of(2) ? "sara" : "erik", done, version);
		break;
	case LEAD_DONE:
		d->steps[d->n] = s->next.step;
		ask(d, mem, lead, done, version);
		break;
	case TABLE_DONE:
		d->steps[d->n] = s->next.step;
		ask(d, mem, lead, S("/work"),
		    str_fmt(
			mem, "done=%d+%" PRId64 "+%" PRId64, CHILD, s->next.step, s->next.version));
		break;
	case GIVE:
		ask(d, mem, lead, str_fmt(mem, "/plans/%d/handover", PLAN),
		    str_fmt(
			mem, "to=%" PRId64 "&words=Ring+Sara", workers[chance_of(3)].assignment));
		break;
	case TAKE_BACK:
		d->handovers[d->n] = s->handover;
		ask(d, mem, lead, str_fmt(mem, "/handovers/%" PRId64 "/take-back", s->handover),
		    S("version=1"));
		break;
	case ACCEPT:
		d->handovers[d->n] = s->handover;
		ask(d, mem, worker_of(s->receiver),
		    str_fmt(mem, "/handovers/%" PRId64 "/accept", s->handover), S("version=1"));
		break;
	case DECLINE:
		d->handovers[d->n] = s->handover;
		ask(d, mem, worker_of(s->receiver),
		    str_fmt(mem, "/handovers/%" PRId64 "/decline", s->handover),
		    S("version=1&why=Jag+slutar"));
		break;
	case WITHDRAW:
		ask(d, mem, chance_of(2) ? "sara" : "erik",
		    str_fmt(mem, "/waivers/%" PRId64 "/withdraw", s->waiver), S("sure=yes"));
		break;
	case CLOSE: {
		bool as_done = chance_of(2);

		d->steps[d->n] = as_done ? s->next.step : 0;
		ask(d, mem, lead, str_fmt(mem, "/plans/%d/close", PLAN),
		    str_fmt(mem,
			"version=%" PRId64
			"&came=Det+gick+bra&view=Ella+tycker+det&call=Kim+Kurator&next=%s%.*s",
			s->plan_version, as_done ? "done" : "dropped", STR(s->results)));
		break;
	}
	case ADD:
		ask(d, mem, "kim", str_fmt(mem, "/plans/%d/measures/new", PLAN), new_measure(mem));
		break;
	case FAMILY_READS:
		ask(d, mem, chance_of(2) ? "sara" : "erik", S("/home"), S(""));
		break;
	case STAFF_READS:
	case MOVES:
		ask(d, mem, "tess", str_fmt(mem, "/children/%d", CHILD), S(""));
		break;
	}
}

/* What came of each measure, as the lead would write it into the form. */
static struct str results(struct db *db, struct arena *mem)
{
	static const char sql[] =
	    "SELECT m.id FROM measure m JOIN plan p ON p.id = m.plan JOIN assignment a ON a.id = p.lead "
	    "WHERE p.id = 30 AND m.drawer = a.drawer AND m.state <> 'ended'";
	static const struct db_column cols[] = { { "id", DB_INT64, true, 0, 0 } };
	struct db_query q = {
		.name = "results", .sqlite = sql, .pg = sql, .index = -1, .outs = 1, .cols = cols
	};
	struct buf b;

	buf_init(&b, mem, 256);
	assert_ok(db_run(db, &q, NULL));
	for (bool more; db_next(db, &more) == OK && more;)
		buf_fmt(&b, "&measure-%" PRId64 "=Sex+samtal", db_col_i64(db, 0));
	db_done(db);
	return buf_text(&b);
}

static struct scene scene_of(struct db *db, struct arena *mem)
{
	struct scene s = { .next = torture_next(db, PLAN) };

	s.results = results(db, mem);
	s.waiver =
	    torture_number(db, "SELECT id FROM waiver WHERE child = 10 AND state = 'valid'", 71);
	s.lead = torture_number(db, "SELECT lead FROM plan WHERE id = 30", 0);
	s.plan_version = torture_number(db, "SELECT version FROM plan WHERE id = 30", 0);
	s.handover =
	    torture_number(db, "SELECT id FROM handover WHERE plan = 30 AND state = 'asked'", 1);
	s.receiver = torture_number(
	    db, "SELECT receiver FROM handover WHERE plan = 30 AND state = 'asked'", 1104);
	return s;
}

#define NEWEST "(SELECT max(id) FROM waiver WHERE child = 10)"
static const char ask_anew[] =
    "INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, how_checked, asked_ms, valid_ms) "
    "SELECT id + 1, child, asked_by, purpose, content, from_on, to_on, 'valid', child_view, how_checked, asked_ms, valid_ms FROM waiver "
    "WHERE id = " NEWEST ";"
    "INSERT INTO waiver_drawer (waiver, drawer, side) SELECT " NEWEST
    ", drawer, side FROM waiver_drawer WHERE waiver = 71;"
    "INSERT INTO waiver_answer (waiver, person, says, at_ms, how) SELECT " NEWEST
    ", person, 'yes', 2, how FROM waiver_answer WHERE waiver = 71;"
    "INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, waiver, received, decided_by, at_ms) "
    "SELECT " NEWEST
    " * 100 + to_drawer, child, item_kind, item, from_drawer, to_drawer, ground, " NEWEST
    ", received, decided_by, 3 "
    "FROM disclosure WHERE id IN (81, 82, 83);"
    "INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, waiver, received, decided_by, at_ms) "
    "SELECT " NEWEST " * 100 + 99, 10, 'step', s.id, 12, 11, 'WAIVER', " NEWEST
    ", s.words, 1102, 3 "
    "FROM plan p JOIN step s ON s.plan = p.id AND s.number = p.next_step WHERE p.id = 30;"
    "UPDATE child SET access_version = access_version + 1 WHERE id = 10;";

/* The world as it was, for the next round: the yes stands, the plan is open. */
static void mend(struct db *db)
{
	/* What has been added ends now and then: the form that closes asks for each. */
	if (torture_number(
		db, "SELECT count(*) FROM measure WHERE plan = 30 AND state <> 'ended'", 0) > 12)
		assert_ok(db_script(db,
		    "UPDATE measure SET state = 'ended', result = 'Klart' WHERE plan = 30 AND state <> 'ended'"));
	/* What was taken back stays so: they are asked anew, and say yes. */
	if (!torture_number(db, "SELECT 1 FROM waiver WHERE child = 10 AND state = 'valid'", 0))
		assert_ok(db_script(db, ask_anew));
	if (torture_number(db, "SELECT 1 FROM plan WHERE id = 30 AND state = 'closed'", 0)) {
		assert_ok(db_begin(db, DB_WRITE));
		assert_ok(db_script(db,
		    "INSERT INTO step (plan, number, id, drawer, state, words, due_on, owner_assignment, made_ms) SELECT 30, last_step + 1, "
		    "7000000 + last_step, 12, 'next', 'Kim ringer.', '2026-12-01', lead, 1 FROM plan WHERE id = 30; "
		    "UPDATE plan SET state = 'open', closed_on = NULL, closed_came = NULL, closed_view = NULL, closed_no_view = NULL, "
		    "closed_call = NULL, next_step = last_step + 1, last_step = last_step + 1, version = version + 1 WHERE id = 30;"));
		assert_ok(db_commit(db));
	}
}

/* How often each outcome came; the test is worth something only if most of them did. */
struct tally {
	int statuses[600];
	int closed, added, withdrawn, accepted, done, closed_pages;
	int met, met_closed, met_added; /* rounds where one closed while another added */
};

/* Told yes. Who may not take over any more is led back to the list (a redirect too) and changes
 * nothing. */
static bool told_yes(const struct round *d, size_t i)
{
	return d->asks[i].status == 303 && (!strstr(d->asks[i].path, "/accept") ||
					       str_starts(d->beside[i].location, S("/children/")));
}

static int look_back(const struct round *d, struct sents *sents, struct tally *t)
{
	int findings = 0;
	bool withdrawn = false;

	for (size_t i = 0; i < d->n; i++) {
		bool closes = strstr(d->asks[i].path, "/close") != NULL,
		     adds = strstr(d->asks[i].path, "/measures/") != NULL;
		int status = d->asks[i].status;
		const char *path = d->asks[i].path;

		t->statuses[status]++;
		if (status >= 500 && status != 503) {
			printf("found: %s %s answered %d\n", d->asks[i].actor, path, status);
			findings++;
		}
		sents_add(sents, (struct sent){ d->beside[i].request, d->steps[i],
				     status == (d->asks[i].form ? 303 : 200) });
		t->added += status == 303 && adds;
		t->closed += status == 303 && closes;
		t->met_added += d->pair && status == 303 && adds;
		t->met_closed += d->pair && status == 303 && closes;
		t->accepted += told_yes(d, i) && strstr(path, "/accept") != NULL;
		t->done += status == 303 && d->steps[i] != 0;
		for (size_t k = 0; k < i; k++) {
			bool both = told_yes(d, i) && told_yes(d, k);

			if (both &&
			    ((d->steps[i] && d->steps[i] == d->steps[k]) ||
				(d->handovers[i] > 1 && d->handovers[i] == d->handovers[k]))) {
				printf("found: two were told yes: %s %s and %s %s\n",
				    d->asks[k].actor, d->asks[k].path, d->asks[i].actor, path);
				findings++;
			}
		}
		/* Promise 5: behind a yes taken back in the same batch, the page that was made
		 * before is not sent as it was. */
		if (status == 303 && strstr(path, "/withdraw")) {
			withdrawn = true;
			t->withdrawn++;
		}
		if (withdrawn && strcmp(d->asks[i].actor, "tess") == 0) {
			t->closed_pages++;
			if (str_has(d->beside[i].body, S("N\xc3\xa4sta steg</h2>"))) {
				printf("found: a page shows what was withdrawn before it left\n");
				findings++;
			}
		}
	}
	return findings;
}

static void say(const char *where, int rounds, const struct tally *t)
{
	char line[300];
	size_t n = 0;

	torture_says(
	    "together, %s: in %d of the rounds one closed the plan while another added to it: "
	    "%d closings and %d measures went through",
	    where, t->met, t->met_closed, t->met_added);

	for (int s = 200; s < 600; s++)
		if (t->statuses[s])
			n += (size_t)snprintf(
			    line + n, sizeof line - n, " %dx%d", s, t->statuses[s]);
	torture_says(
	    "together, %s: %d rounds, answers%s; %d steps done, %d hand-overs accepted, %d yes withdrawn "
	    "(%d pages behind them closed), %d plans closed, %d measures added",
	    where, rounds, line, t->done, t->accepted, t->withdrawn, t->closed_pages, t->closed,
	    t->added);
}

/* first, then: what is among them for certain; MOVES: whatever chance says. */
static void fill(struct round *d, struct ring *r, const struct scene *s, enum move first,
    enum move then, bool pair)
{
	int n = 2 + chance_of(ASKS - 1);

	*d = (struct round){ .pair = pair };
	while (d->n < (size_t)n) {
		enum move by_chance = (enum move)chance_of(MOVES);
		enum move what = d->n == 0 ? first : d->n == 1 ? then : MOVES;

		move(d, ring_mem(r), s, what == MOVES ? by_chance : what);
	}
}

/* Every third round somebody closes while another adds. */
static bool is_pair(int round)
{
	return round % 3 == 0;
}

/* The proof is worth what took part in it. In a short run chance may leave something out. */
static void all_took_part(const struct tally *t, int rounds)
{
	assert_true(t->done > 0 && t->met >= rounds / 3);
	if (rounds >= 800)
		assert_true(t->accepted > 0 && t->withdrawn > 0 && t->closed_pages > 0 &&
			    t->closed > rounds / 20 && t->added > rounds / 20 &&
			    t->met_closed > t->met / 10 && t->met_added > t->met / 10);
}

TEST_DB(promise_01_people_at_the_same_moment_break_nothing)
{
	struct ring *r = ring_open();
	struct sents sents = { 0 };
	struct tally tally = { 0 };
	int rounds = torture_times(120, 1200), findings = 0;

	log_level_set(LOG_ERROR + 1);
	chance_seed();
	for (int i = 0; i < rounds && !findings; i++) {
		size_t mark = arena_mark(ring_mem(r));
		struct scene s = scene_of(ring_db(r), ring_mem(r));
		bool pair = is_pair(i), closes_first = chance_of(2);
		struct round d;

		fill(&d, r, &s,
		    !pair          ? MOVES
		    : closes_first ? CLOSE
				   : ADD,
		    !pair          ? MOVES
		    : closes_first ? ADD
				   : CLOSE,
		    pair);
		tally.met += pair;
		ring_do_beside(r, d.asks, d.beside, d.n);
		findings += look_back(&d, &sents, &tally) + torture_promises(ring_db(r));
		mend(ring_db(r));
		arena_rewind(ring_mem(r), mark);
	}
	findings += torture_answered(ring_db(r), ring_book_db(r), ring_keys(r), &sents);
	say("one writer", rounds, &tally);
	sents_fini(&sents);
	ring_close(r);
	assert_int_equal(findings, 0);
	all_took_part(&tally, rounds);
}

/* --- two copies of the program --- */

struct copy {
	struct ring *r;
	struct round d;
};

static void *copy_runs(void *arg)
{
	struct copy *c = arg;

	ring_adopt(c->r);
	ring_do_beside(c->r, c->d.asks, c->d.beside, c->d.n);
	return NULL;
}

TEST_DB(promise_01_two_copies_at_the_same_moment_break_nothing)
{
	struct copy copies[2] = { 0 };
	struct sents sents = { 0 };
	struct tally tally = { 0 };
	int rounds = torture_times(80, 800), findings = 0;

	if (db_engine(db) == DB_SQLITE)
		return; /* one program holds a SQLite store */
	log_level_set(LOG_ERROR + 1);
	chance_seed();
	copies[0].r = ring_open_at(t_where(), "", "north", true);
	copies[1].r = ring_open_at(t_where(), "", "south", false);
	for (int i = 0; i < rounds && !findings; i++) {
		size_t marks[2] = { arena_mark(ring_mem(copies[0].r)),
			arena_mark(ring_mem(copies[1].r)) };
		struct scene s = scene_of(ring_db(copies[0].r), ring_mem(copies[0].r));
		pthread_t other;

		bool pair = is_pair(i);
		int closes = chance_of(2);

		for (int k = 0; k < 2; k++) /* one closes here while one adds there */
			fill(&copies[k].d, copies[k].r, &s,
			    !pair         ? MOVES
			    : k == closes ? CLOSE
					  : ADD,
			    MOVES, pair);
		tally.met += pair;
		must(pthread_create(&other, NULL, copy_runs, &copies[1]) == 0);
		copy_runs(&copies[0]);
		pthread_join(other, NULL);
		ring_adopt(copies[1].r);
		for (int k = 0; k < 2; k++)
			findings += look_back(&copies[k].d, &sents, &tally);
		findings += torture_promises(ring_db(copies[0].r));
		mend(ring_db(copies[0].r));
		for (int k = 0; k < 2; k++)
			arena_rewind(ring_mem(copies[k].r), marks[k]);
	}
	findings += torture_answered(
	    ring_db(copies[0].r), ring_book_db(copies[0].r), ring_keys(copies[0].r), &sents);
	say("two copies on PostgreSQL", rounds, &tally);
	sents_fini(&sents);
	ring_close(copies[0].r);
	ring_close(copies[1].r);
	assert_int_equal(findings, 0);
	all_took_part(&tally, rounds);
}
