/* Power cuts and a full disk, on SQLite over a disk that forgets (vfs_drop.h): hundreds in seconds.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "torture/torture.h"
#include "torture/vfs_drop.h"
#include "web/ring.h"

#define CUTS_PER_WORLD 25
#define ASKS 6

/* Who may do what in test/web/world.sql: one who does the steps of each plan, and reads. */
static const struct player {
	const char *reader, *doer;
	int64_t plan;
} players[] = { { "sara", "kim", 30 }, { "sara", "sol", 31 }, { "alva", "kim", 32 },
	{ "petra", "sol", 33 }, { "adam", "kim", 34 } };
#define PLAYERS ((int)(sizeof players / sizeof players[0]))

struct stores {
	char main[600], book[600];
};

static struct stores stores_named(int world)
{
	struct stores s;

	snprintf(s.main, sizeof s.main, "file:%s/main%d.db?vfs=drop", t_dir(), world);
	snprintf(s.book, sizeof s.book, "file:%s/book%d.db?vfs=drop", t_dir(), world);
	return s;
}

static void arm(void)
{
	drop_cut_after(1 + chance_of(60));
}

static void arm_rarely(void)
{
	if (chance_of(4) == 0)
		drop_cut_after(1 + chance_of(40));
}

static void disarm(void)
{
	if (!drop_is_dark())
		drop_cut_after(0);
}

static void full_disk(void)
{
	drop_full(1 + chance_of(300), chance);
}

static void room_again(void)
{
	drop_full(0, chance);
}

/* Up to six people at the same moment; what was answered is remembered. */
static void people_act(struct ring *r, struct sents *sents, int64_t *gone_on)
{
	struct ring_ask asks[ASKS];
	struct ring_beside beside[ASKS] = { 0 };
	int64_t steps[ASKS] = { 0 };
	int n = 1 + chance_of(ASKS);

	for (int i = 0; i < n; i++) {
		const struct player *p = &players[chance_of(PLAYERS)];

		asks[i] = (struct ring_ask){ .actor = p->reader, .path = "/home" };
		beside[i].made_before = chance_of(2) == 0;
		if (chance_of(2)) {
			struct next_step next = torture_next(ring_db(r), p->plan);

			steps[i] = next.step;
			beside[i].made_before = false;
			asks[i].actor = p->doer;
			asks[i].path = str_c(ring_mem(r),
			    str_fmt(ring_mem(r), "/steps/%" PRId64 "/done", next.step));
			asks[i].form = str_c(
			    ring_mem(r), str_fmt(ring_mem(r), "version=%" PRId64, next.version));
		}
	}
	ring_do_beside(r, asks, beside, (size_t)n);
	for (int i = 0; i < n; i++) {
		bool answered = asks[i].status == (steps[i] ? 303 : 200);

		*gone_on += answered;
		sents_add(sents, (struct sent){ beside[i].request, steps[i], answered });
	}
}

/* Off the writer, as its keeper does. */
static void keeper(struct ring *r)
{
	if (chance_of(6) == 0)
		(void)db_checkpoint(ring_db(r));
	if (chance_of(6) == 0)
		(void)db_checkpoint(ring_book_db(r));
}

/* One life of the program: until the power goes. The keeper's own work may be cut too. */
static void one_life(const struct stores *s, bool fresh, struct sents *sents, int *findings)
{
	struct ring *r = ring_open_at(s->main, s->book, "", fresh);
	int64_t answers = 0;

	*findings += torture_promises(ring_db(r));
	*findings += torture_answered(ring_db(r), ring_book_db(r), ring_keys(r), sents);
	ring_before = arm_rarely;
	ring_after = disarm;
	for (int i = 0; !drop_is_dark() && i < 40; i++) {
		people_act(r, sents, &answers);
		if (drop_is_dark())
			break;
		drop_cut_after(1 + chance_of(200));
		keeper(r);
		disarm();
	}
	ring_before = arm; /* the end comes, now */
	while (!drop_is_dark())
		people_act(r, sents, &answers);
	ring_before = ring_after = NULL;
	ring_close(r);
	drop_power_on(chance);
}

/* Returns findings; ends at the first life that has one. */
static int lives(int n, int first_world)
{
	struct sents sents = { 0 };
	int findings = 0;
	size_t answered = 0;

	for (int i = 0; i < n && !findings; i++) {
		struct stores s = stores_named(first_world + i / CUTS_PER_WORLD);

		if (i % CUTS_PER_WORLD == 0)
			sents.n = 0;
		one_life(&s, i % CUTS_PER_WORLD == 0, &sents, &findings);
		if (!findings && (i % CUTS_PER_WORLD == CUTS_PER_WORLD - 1 || i == n - 1)) {
			struct ring *r = ring_open_at(s.main, s.book, "", false);

			findings += torture_promises(ring_db(r));
			findings +=
			    torture_answered(ring_db(r), ring_book_db(r), ring_keys(r), &sents);
			ring_close(r);
			for (size_t k = 0; k < sents.n; k++)
				answered += sents.v[k].answered;
		}
	}
	torture_says("power: %" PRId64 " cuts, %" PRId64 " unsynced writes lost of %" PRId64
		     ", %" PRId64 " syncs, %zu answers held against the stores",
	    drop_counted().cuts, drop_counted().lost, drop_counted().writes, drop_counted().syncs,
	    answered);
	sents_fini(&sents);
	return findings;
}

TEST(promise_17_power_cuts_lose_nothing_that_was_answered)
{
	drop_install();
	log_level_set(LOG_ERROR + 1); /* what fails here is meant to */
	chance_seed();
	assert_int_equal(lives(torture_times(25, 600), 0), 0);
	assert_true(drop_counted().lost > 0);
}

/* The test must be able to fail: a process with synchronous=OFF planted in one store loses answers,
 * or comes back to a store that can't be opened. */
static void planted_is_caught(const char *store)
{
	int status = 0, tries = 0;

	for (; status == 0 && tries < 20; tries++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			drop_install();
			log_level_set(LOG_ERROR + 1);
			drop_plant_off(store);
			exit(lives(10, 100 + tries) ? 1 : 0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		(void)chance();
	}
	torture_says("planted synchronous=OFF in %s: caught at try %d", store, tries);
	assert_true(status != 0);
}

TEST(promise_17_a_planted_synchronous_off_in_the_data_is_caught)
{
	planted_is_caught("main");
}

TEST(promise_17_a_planted_synchronous_off_in_the_book_is_caught)
{
	planted_is_caught("book");
}

/* A disk without room, now and then: 503 with the words kept, nothing half, and it goes on by
 * itself. full takes the room away before the writer works, room_again gives it back. */
static void full_now_and_then(const struct stores *s, int rounds, void (*full)(void),
    void (*room)(void), int *refused, size_t *asked)
{
	static const char words[] = "Vi+ringer+igen+p%C3%A5+fredag";
	struct sents sents = { 0 };
	struct ring *r = ring_open_at(s->main, s->book, "", true);

	for (int i = 0; i < rounds; i++) {
		const struct player *p = &players[chance_of(PLAYERS)];
		struct next_step next = torture_next(ring_db(r), p->plan);
		struct ring_ask ask[2] = {
			{ .actor = p->doer,
			    .path = str_c(ring_mem(r),
				str_fmt(ring_mem(r), "/steps/%" PRId64 "/done", next.step)),
			    .form = str_c(
				ring_mem(r), str_fmt(ring_mem(r), "version=%" PRId64 "&words=%s",
						 next.version, words)) },
			{ .actor = p->reader, .path = "/home" }
		};
		struct ring_beside beside[2] = { { 0 }, { .made_before = true } };

		ring_before = i % 3 == 2 ? NULL : full;
		ring_after = room;
		ring_do_beside(r, ask, beside, 2);
		for (int k = 0; k < 2; k++) {
			bool answered = ask[k].status == (k ? 200 : 303);

			sents_add(&sents,
			    (struct sent){ beside[k].request, k ? 0 : next.step, answered });
			*refused += !answered;
			if (!answered && (ask[k].status != 503 || !ring_before))
				fail_msg("status %d on a %s disk", ask[k].status,
				    ring_before ? "full" : "roomy");
			if (!answered && k == 0)
				assert_true(
				    str_has(beside[k].body, S("Vi ringer igen p\xc3\xa5 fredag")));
		}
		arena_rewind(ring_mem(r), 0);
		if (full == full_disk) {
			keeper(r);
		} else if (i % 60 == 59) { /* seldom: a log begun anew has its room already */
			(void)db_checkpoint(ring_db(r));
			(void)db_checkpoint(ring_book_db(r));
		}
	}
	ring_before = ring_after = NULL;
	assert_int_equal(torture_promises(ring_db(r)), 0);
	assert_int_equal(torture_answered(ring_db(r), ring_book_db(r), ring_keys(r), &sents), 0);
	ring_close(r);
	*asked = sents.n;
	sents_fini(&sents);
}

TEST(promise_17_a_full_disk_loses_nothing)
{
	struct stores s = stores_named(900);
	int refused = 0;
	size_t asked;

	drop_install();
	log_level_set(LOG_ERROR + 1); /* what fails here is meant to */
	chance_seed();
	full_now_and_then(&s, torture_times(150, 3000), full_disk, room_again, &refused, &asked);
	assert_true(refused > 0);
	torture_says("full disk: %" PRId64
		     " writes refused, %d of %zu requests answered with 503, all words given back",
	    drop_counted().full, refused, asked);
}

static void book_on_a_dying_disk(void)
{
	drop_refuse_sync("book");
}

static void disk_is_well(void)
{
	drop_refuse_sync(NULL);
}

/* How many of a page and a step done at the same moment are answered; both are told to come back
 * where they are not. */
static int both_at_once(struct ring *r, const struct player *p, bool with_change)
{
	struct next_step next = torture_next(ring_db(r), p->plan);
	struct ring_ask ask[2] = { { .actor = p->reader, .path = "/home" },
		{ .actor = p->doer,
		    .path = str_c(
			ring_mem(r), str_fmt(ring_mem(r), "/steps/%" PRId64 "/done", next.step)),
		    .form = str_c(
			ring_mem(r), str_fmt(ring_mem(r), "version=%" PRId64, next.version)) } };
	size_t n = with_change ? 2 : 1;
	int answered = 0;

	ring_do_together(r, ask, n);
	for (size_t i = 0; i < n; i++) {
		assert_true(ask[i].status == 503 || ask[i].status == (i ? 303 : 200));
		answered += ask[i].status != 503;
	}
	assert_int_equal(torture_next(ring_db(r), p->plan).step == next.step,
	    !with_change || ask[1].status == 503);
	return answered;
}

/* What is refused is written again from the beginning by whoever comes next. */
TEST(promise_06_what_the_disk_did_not_take_is_not_answered)
{
	log_level_set(LOG_ERROR + 1); /* what fails here is meant to */
	drop_install();
	chance_seed();
	for (int changes = 0; changes < 2; changes++) {
		struct stores s = stores_named(910 + changes);
		struct ring *r = ring_open_at(s.main, s.book, "", true);

		assert_int_equal(both_at_once(r, &players[0], true), 2);
		ring_before = book_on_a_dying_disk;
		ring_after = disk_is_well;
		assert_int_equal(both_at_once(r, &players[0], changes), 0);
		ring_before = NULL;
		assert_int_equal(both_at_once(r, &players[0], true), 2);
		ring_close(r);
		r = ring_open_at(s.main, s.book, "", false);
		assert_int_equal(torture_promises(ring_db(r)), 0);
		assert_int_equal(both_at_once(r, &players[0], true), 2);
		ring_close(r);
		ring_after = NULL;
	}
}

/* --- a real disk, and really full: a small file system of the test's own --- */

#define REAL_MOST ((int64_t)80 << 20)

static char ballast[600];

/* All of what is free but for a little is taken by a file. */
static void really_full(void)
{
	struct statvfs v = { 0 };
	int fd = open(ballast, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int64_t take;

	assert_true(fd >= 0 && fstatvfs(fd, &v) == 0);
	take = ((int64_t)v.f_bavail - chance_of(16)) * (int64_t)v.f_bsize;
	if (take > 0)
		assert_int_equal(fallocate(fd, 0, 0, take), 0);
	close(fd);
}

static void really_roomy(void)
{
	assert_true(unlink(ballast) == 0 || errno == ENOENT);
}

/* In name spaces of this process alone, so that nothing is left behind. */
static void mount_or_skip(const char *at)
{
	char options[60];

	if (geteuid() != 0)
		t_skip("only root can mount a file system");
	if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		t_skip("no name space for a mount of our own here");
	snprintf(options, sizeof options, "size=%" PRId64 ",mode=0700", REAL_MOST);
	if (mount("tmpfs", at, "tmpfs", 0, options) != 0)
		t_skip("a small file system can't be mounted here");
}

TEST(promise_17_a_really_full_file_system_loses_nothing)
{
	struct stores s;
	char at[500];
	int refused = 0;
	size_t asked;

	snprintf(at, sizeof at, "%s/small", t_dir());
	assert_int_equal(mkdir(at, 0700), 0);
	mount_or_skip(at);
	snprintf(s.main, sizeof s.main, "%s/main.db", at);
	snprintf(s.book, sizeof s.book, "%s/book.db", at);
	snprintf(ballast, sizeof ballast, "%s/ballast", at);
	log_level_set(LOG_ERROR + 1);
	chance_seed();
	full_now_and_then(&s, torture_times(120, 900), really_full, really_roomy, &refused, &asked);
	assert_true(refused > 0);
	assert_int_equal(umount2(at, MNT_DETACH), 0);
	torture_says(
	    "really full file system: %d of %zu requests answered with 503, all words given back",
	    refused, asked);
}
