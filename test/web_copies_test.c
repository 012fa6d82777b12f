/* Two copies of the program on one PostgreSQL: a yes taken back in one closes the pages that the
 * other is letting go at that moment (promise 5), and two facts that come at once, one in each,
 * shield a child (promise 8). SQLite has one program, and nothing to test. */
#include "t.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "feat/person/person.h"
#define number count_of /* core/number.h has the word */
#include "db/db_test.h"
#undef number
#include "web/ring.h"

struct one_more {
	struct ring *r;
	const char *actor, *path, *form;
	int status;
	atomic_bool done;
};

static void *does(void *arg)
{
	struct one_more *o = arg;

	ring_adopt(o->r);
	o->status = ring_do(o->r, o->actor, o->path, o->form).status;
	atomic_store(&o->done, true);
	return NULL;
}

static void wait_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

/* While a page is let go nobody's change is committed, so none is answered; then it is, and the
 * next moment sees it. */
TEST_DB(promise_05_nobody_commits_while_a_page_is_let_go)
{
	struct one_more o = { .actor = "sara", .path = "/waivers/71/withdraw", .form = "sure=yes" };
	struct ring *north, *south;
	struct db *still;
	pthread_t thread;

	if (db_engine(db) == DB_SQLITE)
		return;
	north = ring_open_at(t_where(), "", "north", true);
	south = ring_open_at(t_where(), "", "south", false);
	o.r = south;
	still = ring_db(north);
	assert_ok(db_begin(still, DB_STILL));
	assert_int_equal(
	    ring_number(north, "SELECT count(*) FROM waiver WHERE id = 71 AND state = 'valid'"), 1);
	must(pthread_create(&thread, NULL, does, &o) == 0);
	wait_ms(400);
	assert_false(atomic_load(&o.done));
	assert_int_equal(
	    ring_number(north, "SELECT count(*) FROM waiver WHERE id = 71 AND state = 'valid'"), 1);
	assert_ok(db_end(still));
	pthread_join(thread, NULL);
	ring_adopt(south);
	assert_int_equal(o.status, 303);
	assert_ok(db_begin(still, DB_STILL));
	assert_int_equal(
	    ring_number(north, "SELECT count(*) FROM waiver WHERE id = 71 AND state = 'valid'"), 0);
	assert_ok(db_end(still));
	ring_close(south);
	ring_close(north);
}

struct batch {
	struct ring *r;
	struct ring_ask asks[3];
	struct ring_beside beside[3];
};

static void *does_batch(void *arg)
{
	struct batch *b = arg;

	ring_adopt(b->r);
	ring_do_beside(b->r, b->asks, b->beside, 3);
	return NULL;
}

/* A batch whose change waits for a lock has an old snapshot. The yes is taken back and answered in
 * the other copy meanwhile: neither the page that waits in that batch nor a form that comes back
 * with the item's words shows what is closed. */
TEST_DB(promise_05_a_batch_that_waited_shows_nothing_taken_back_in_another_copy)
{
	struct batch b = {
		.asks = { { .actor = "sol", .path = "/work", .form = "done=11+43+1" },
		    { .actor = "tess", .path = "/children/10" },
		    { .actor = "tess", .path = "/steps/41/next", .form = "version=1&words=" } }
	};
	struct ring *north, *south;
	pthread_t thread;
	struct db *lock;

	if (db_engine(db) == DB_SQLITE)
		return;
	log_level_set(LOG_ERROR + 1);
	north = ring_open_at(t_where(), "", "north", true);
	south = ring_open_at(t_where(), "", "south", false);
	b.r = south;
	b.beside[1].made_before = true;
	assert_ok(db_open(t_where(), DB_WRITER, &lock));
	assert_ok(db_begin(lock, DB_WRITE));
	assert_ok(db_script(lock, "SELECT 1 FROM step WHERE id = 43 FOR UPDATE"));
	must(pthread_create(&thread, NULL, does_batch, &b) == 0);
	wait_ms(500); /* its change stands at the lock */
	assert_int_equal(ring_do(north, "sara", "/waivers/71/withdraw", "sure=yes").status, 303);
	assert_ok(db_rollback(lock, DB_WRITE));
	pthread_join(thread, NULL);
	ring_adopt(south);
	assert_int_equal(b.asks[0].status, 303);
	for (int i = 1; i < 3; i++)
		if (str_has(b.beside[i].body, S("Kim ringer Sara")) && b.asks[i].status == 200 &&
		    str_has(b.beside[i].body, S("N\xc3\xa4sta steg</h2>")))
			fail_msg("answer %d shows what was taken back", i);
	assert_true(b.asks[1].status == 200);
	assert_false(str_has(b.beside[1].body, S("N\xc3\xa4sta steg</h2>")));
	assert_false(b.asks[2].status == 422 &&
		     str_has(b.beside[2].body, S("Kim ringer Sara om f\xc3\xb6rsta veckorna")));
	db_close(lock);
	ring_close(south);
	ring_close(north);
}

static struct db *held;

static void hold(struct ring *r)
{
	(void)r;
	assert_ok(db_begin(held, DB_WRITE));
}

/* Another program holds SQLite's one lock for longer than the writer waits (a backup by other
 * means, a shell left open): whoever wrote is told so with the words given back, and the program
 * lives. */
TEST_DB(promise_17_who_writes_while_the_store_is_locked_keeps_the_words)
{
	struct ring_ask ask = { .actor = "sara",
		.path = "/children/10/letters",
		.form = "to=1102&kind=words&words=Vi+undrar+om+tiden+" };
	struct ring_beside beside = { 0 };
	struct ring *r;

	if (db_engine(db) != DB_SQLITE)
		return; /* there nobody can hold all others back */
	log_level_set(LOG_ERROR + 1);
	r = ring_open_at(t_where(), "", "", true);
	assert_ok(db_open(t_where(), DB_WRITER, &held));
	ring_between = hold;
	ring_do_beside(r, &ask, &beside, 1);
	ring_between = NULL;
	assert_int_equal(ask.status, 503);
	assert_true(str_has(beside.body, S("Vi undrar om tiden")));
	assert_true(str_has(beside.body, S("Vi hinner inte just nu")));
	/* Nobody could be known, and the words stand there: whoever has to can still leave. */
	assert_true(str_has(beside.body, S("data-leave=\"/left\"")));
	assert_ok(db_rollback(held, DB_WRITE));
	db_close(held);
	ring_do_beside(r, &ask, &beside, 1);
	assert_int_equal(ask.status, 303);
	ring_close(r);
}

static enum err says_protected(struct ring *r)
{
	struct person_id erik = { 2002 };
	struct person_facts f = { .source = SOURCE_HAND,
		.drawer = { 21 },
		.given = S("Erik"),
		.family = S("Holm"),
		.protection = PERSON_SEKRETESSMARKERING,
		.checked = { 2026, 11, 18 } };

	return person_put(ring_db(r), access_job(ring_mem(r), ACT_CHILD_REGISTER, clock_now_ms()),
	    ring_mem(r), ring_keys(r), &f, &erik, NULL);
}

static enum err stands_around(struct ring *r)
{
	struct relation_facts f = { .child = { 11 },
		.person = { 2002 },
		.kind = S("guardian"),
		.from = { 2026, 11, 18 },
		.source = SOURCE_HAND,
		.drawer = { 21 },
		.checked = { 2026, 11, 18 } };

	return relation_set(ring_db(r), access_job(ring_mem(r), ACT_CHILD_REGISTER, clock_now_ms()),
	    ring_mem(r), &f, NULL);
}

static enum err in_a_change(struct ring *r, enum err (*what)(struct ring *r))
{
	enum err e = what(r);

	if (e == OK)
		return db_commit(ring_db(r));
	db_rollback(ring_db(r), DB_WRITE);
	return e;
}

/* The first has begun and not written when the second writes and commits; the first then writes on
 * what it saw. */
static void at_once(enum err (*first)(struct ring *r), enum err (*second)(struct ring *r))
{
	struct ring *north = ring_open_at(t_where(), "", "north", true),
		    *south = ring_open_at(t_where(), "", "south", false);

	log_level_set(LOG_ERROR + 1);
	assert_ok(db_begin(ring_db(south), DB_WRITE));
	assert_int_equal(ring_number(south, "SELECT shielded FROM child WHERE id = 11"), 0);
	assert_ok(db_begin(ring_db(north), DB_WRITE));
	assert_ok(in_a_change(north, second));
	assert_int_equal(in_a_change(south, first), ERR_RETRY);
	assert_ok(db_begin(ring_db(south), DB_WRITE));
	assert_ok(in_a_change(south, first));
	assert_int_equal(ring_number(north, "SELECT shielded FROM child WHERE id = 11"), 1);
	ring_close(south);
	ring_close(north);
}

/* Somebody becomes protected in one copy while another notes that this person stands around a child
 * that the first did not know of: the child is shielded, whoever comes first. */
TEST_DB(promise_08_a_mark_and_a_relation_at_once_shield_the_child)
{
	if (db_engine(db) != DB_SQLITE)
		at_once(says_protected, stands_around);
}

TEST_DB(promise_08_a_relation_and_a_mark_at_once_shield_the_child)
{
	if (db_engine(db) != DB_SQLITE)
		at_once(stands_around, says_protected);
}
