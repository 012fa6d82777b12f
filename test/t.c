/*
 * The test runner: long, because it is one program read from top to bottom. Each test runs in a
 * process of its own, so that a crash, a hang or a leak is that test's failure and nobody else's;
 * as many at once as there are processors.
 *
 *   tests [--list] [--verbose] [--engine sqlite|postgresql|none] [WORD...]
 *
 * WORD: only tests with it in their name. Environment: TEST_PG (a PostgreSQL server to make
 * databases on), TEST_JOBS, TEST_SECONDS (a test's longest time), SHARED_DATA, TEST_RESULTS (a file
 * that gets one line a test: state, ring, name, engine, milliseconds, reason; by tabs).
 */
#include "t.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "db/db.h"

#ifndef T_RING
#define T_RING NULL /* the torture program names its own */
#endif
#define MOST_TESTS 8192
#define MOST_JOBS 16
#define ARENA_BYTES (64UL << 20)
#define SHOWN_BYTES 20000

enum engine { ENGINE_NONE, ENGINE_SQLITE, ENGINE_PG, ENGINE_COUNT };
static const char *const engine_names[] = { "none", "sqlite", "postgresql" };

struct test {
	const char *name;
	void (*run)(void **);
	void (*run_db)(struct db *, struct arena *);
	enum engine engine;
};

/* Exit codes of a test's process. */
enum { TEST_PASSED = 0, TEST_FAILED = 1, TEST_SKIPPED = 77 };

struct job {
	pid_t pid; /* 0: free */
	const struct test *test;
	FILE *said;
	int64_t began_ms;
	char dir[256];
	char database[64]; /* on PostgreSQL */
};

static struct test registered[MOST_TESTS];
static size_t n_registered;
static struct job jobs[MOST_JOBS];
static int counts[3]; /* passed, failed, skipped */
static bool verbose;
static FILE *results;
static char scratch[128]; /* the run's own folder */
static char source_root[4096];

/* --- what a running test knows (in its own process) --- */

static struct arena test_mem;
static bool skipped, ended;
static char skip_reason[400];
static const char *test_dir;
static char test_where[2048];

void t_register(const char *name, void (*run)(void **))
{
	must(n_registered < MOST_TESTS);
	registered[n_registered++] = (struct test){ .name = name, .run = run };
}

void t_register_db(const char *name, void (*run)(struct db *, struct arena *))
{
	must(n_registered + 2 <= MOST_TESTS);
	registered[n_registered++] =
	    (struct test){ .name = name, .run_db = run, .engine = ENGINE_SQLITE };
	if (getenv("TEST_PG"))
		registered[n_registered++] =
		    (struct test){ .name = name, .run_db = run, .engine = ENGINE_PG };
}

struct arena *t_mem(void)
{
	if (!test_mem.base)
		arena_init(&test_mem, ARENA_BYTES);
	return &test_mem;
}

const char *t_data(void)
{
	static char path[4200];
	struct stat st;
	const char *given = getenv("SHARED_DATA");
	if (given && *given)
		snprintf(path, sizeof(path), "%s", given);
	else
		snprintf(path, sizeof(path), "%s/../shared/data", source_root);
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? path : NULL;
}

const char *t_source(void)
{
	return source_root;
}

const char *t_dir(void)
{
	return test_dir;
}

const char *t_where(void)
{
	return test_where;
}

struct str t_file(struct arena *mem, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		fail_msg("%s: %s", path, strerror(errno));
		abort();
	}
	struct buf b;
	buf_init(&b, mem, 4096);
	char part[65536];
	size_t n;
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_put(&b, part, n);
	bool bad = ferror(f) != 0;
	fclose(f);
	if (bad)
		fail_msg("%s: can't be read", path);
	return buf_text(&b);
}

_Noreturn void t_skip(const char *reason)
{
	skipped = true;
	snprintf(skip_reason, sizeof(skip_reason), "%s", reason);
	skip();
	abort();
}

/* --- databases --- */

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static _Noreturn void end_run(const char *what, const char *why)
{
	fprintf(stderr, "tests: %s: %s\n", what, why);
	exit(1);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void remove_tree(const char *path)
{
	/* Also when a signal ends the run: at worst a folder stays behind. */
	/* NOLINTNEXTLINE(bugprone-signal-handler,cert-sig30-c) */
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* TEST_PG with another database: postgresql://user@host:port/DATABASE?options */
static void pg_where(char *out, size_t n, const char *database)
{
	const char *given = getenv("TEST_PG"), *url = given ? given : "";
	const char *host = strstr(url, "://");
	const char *options = strchr(url, '?');
	host = host ? host + 3 : url;
	const char *slash = strchr(host, '/');
	if (!slash || (options && slash > options))
		slash = options ? options : url + strlen(url);
	snprintf(out, n, "%.*s/%s%s", (int)(slash - url), url, database, options ? options : "");
}

static void pg_does(const char *sql, const char *name, const char *rest)
{
	static PGconn *server;
	static pid_t owner;
	if (!server || owner != getpid()) {
		server = PQconnectdb(getenv("TEST_PG"));
		owner = getpid();
		if (PQstatus(server) != CONNECTION_OK)
			end_run("TEST_PG", PQerrorMessage(server));
		PQclear(PQexec(server, "SET client_min_messages = warning"));
	}
	char text[400];
	snprintf(text, sizeof(text), "%s %s %s", sql, name, rest);
	PGresult *r = PQexec(server, text);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		end_run(text, PQerrorMessage(server));
	PQclear(r);
}

static const char *pg_template(void)
{
	static char name[64];
	if (!*name)
		snprintf(name, sizeof(name), "t_%d_template", (int)getpid());
	return name;
}

static void copy_file(const char *from, const char *to)
{
	char part[65536];
	ssize_t n;
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (in < 0 || out < 0)
		end_run(to, strerror(errno));
	while ((n = read(in, part, sizeof(part))) > 0)
		if (write(out, part, (size_t)n) != n)
			end_run(to, strerror(errno));
	close(in);
	close(out);
}

static void migrate(const char *where)
{
	struct db *db = NULL;
	if (db_open(where, DB_WRITER, &db) != OK || db_migrate(db, DB_STORE_MAIN) != OK ||
	    db_checkpoint(db) != OK)
		end_run("can't migrate", where);
	db_close(db);
}

/* Migrates once per engine; each test gets a copy. */
static void templates_make(const bool uses[ENGINE_COUNT])
{
	char where[2048];
	if (uses[ENGINE_SQLITE]) {
		snprintf(where, sizeof(where), "%s/template.db", scratch);
		migrate(where);
	}
	if (uses[ENGINE_PG]) {
		pg_does("CREATE DATABASE", pg_template(), "ENCODING 'UTF8' TEMPLATE template0");
		pg_where(where, sizeof(where), pg_template());
		migrate(where);
	}
}

static void db_body(const struct test *test)
{
	struct db *db = NULL;
	assert_int_equal(db_open(test_where, DB_WRITER, &db), OK);
	test->run_db(db, t_mem());
	db_close(db);
}

static void templates_drop(const bool uses[ENGINE_COUNT])
{
	if (uses[ENGINE_PG])
		pg_does("DROP DATABASE IF EXISTS", pg_template(), "");
}

/* --- one test --- */

static void body(void **state)
{
	const struct test *test = *state;
	if (test->run_db)
		db_body(test);
	else
		test->run(state);
	ended = true;
}

static _Noreturn void child_main(const struct job *job)
{
	const struct test *test = job->test;
	dup2(fileno(job->said), STDOUT_FILENO);
	dup2(fileno(job->said), STDERR_FILENO);
	setvbuf(stdout, NULL, _IONBF, 0);
	const char *seconds = getenv("TEST_SECONDS");
	alarm(seconds ? (unsigned)atoi(seconds) : 120);
	test_dir = job->dir;
	if (test->engine == ENGINE_PG) {
		pg_where(test_where, sizeof(test_where), job->database);
	} else if (test->engine == ENGINE_SQLITE) {
		snprintf(test_where, sizeof(test_where), "%s/test.db", job->dir);
		char from[256];
		snprintf(from, sizeof(from), "%s/template.db", scratch);
		copy_file(from, test_where);
	}
	struct CMUnitTest one[] = { { test->name, body, NULL, NULL, (void *)(uintptr_t)test } };
	int failed = _cmocka_run_group_tests(test->name, one, 1, NULL, NULL);
	arena_fini(&test_mem);
	if (failed)
		exit(TEST_FAILED);
	if (skipped) {
		fflush(stdout);
		dprintf(STDOUT_FILENO, "\n%s", skip_reason);
		exit(TEST_SKIPPED);
	}
	if (!ended) {
		printf("skipped without a reason: use t_skip(reason)\n");
		exit(TEST_FAILED);
	}
	exit(TEST_PASSED);
}

static void job_begin(struct job *job, const struct test *test, int number)
{
	*job = (struct job){ .test = test, .began_ms = now_ms() };
	snprintf(job->dir, sizeof(job->dir), "%s/%d", scratch, number);
	if (mkdir(job->dir, 0700) != 0)
		end_run(job->dir, strerror(errno));
	if (test->engine == ENGINE_PG) {
		char rest[128];
		snprintf(job->database, sizeof(job->database), "t_%d_%d", (int)getpid(), number);
		snprintf(rest, sizeof(rest), "TEMPLATE %s", pg_template());
		pg_does("CREATE DATABASE", job->database, rest);
	}
	job->said = tmpfile();
	if (!job->said)
		end_run("tmpfile", strerror(errno));
	fflush(NULL);
	job->pid = fork();
	if (job->pid < 0)
		end_run("fork", strerror(errno));
	if (job->pid == 0)
		child_main(job);
}

/* What the test said, without cmocka's own headings. */
static void show(FILE *said)
{
	char line[4096];
	size_t shown = 0;
	rewind(said);
	while (fgets(line, sizeof(line), said)) {
		if (strncmp(line, "[==========]", 12) == 0 ||
		    strncmp(line, "[ RUN      ]", 12) == 0 ||
		    strncmp(line, "[  PASSED  ]", 12) == 0 ||
		    strncmp(line, "[  FAILED  ]", 12) == 0 || strstr(line, " FAILED TEST(S)"))
			continue;
		if (*line == '\n')
			continue;
		shown += strlen(line);
		if (shown > SHOWN_BYTES) {
			printf("    ... (more)\n");
			return;
		}
		printf("    %s%s", line, strchr(line, '\n') ? "" : "\n");
	}
}

static void last_line(FILE *said, char *out, size_t n)
{
	char line[400];
	*out = '\0';
	rewind(said);
	while (fgets(line, sizeof(line), said)) {
		line[strcspn(line, "\n\t")] = '\0';
		if (*line)
			snprintf(out, n, "%.399s", line);
	}
}

/* Which ring a test counts for: the program's own (torture), or by its name. */
static const char *ring_of(const struct test *test)
{
	const char *own = T_RING;

	if (own)
		return own;
	return strncmp(test->name, "web_", 4) == 0 ? "web" : "unit";
}

static void job_end(struct job *job, int status)
{
	static const char *const states[] = { "pass", "fail", "skip" };
	int64_t took_ms = now_ms() - job->began_ms;
	const char *engine = engine_names[job->test->engine];
	char reason[500] = "";
	int state = 1;
	if (WIFEXITED(status) && WEXITSTATUS(status) == TEST_PASSED) {
		state = 0;
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == TEST_SKIPPED) {
		state = 2;
		last_line(job->said, reason, sizeof(reason));
	} else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
		snprintf(reason, sizeof(reason), "took longer than TEST_SECONDS allows");
	} else if (WIFSIGNALED(status)) {
		snprintf(reason, sizeof(reason), "ended by signal %d (%s)", WTERMSIG(status),
		    strsignal(WTERMSIG(status)));
	} else {
		snprintf(reason, sizeof(reason), "exit code %d", WEXITSTATUS(status));
	}
	counts[state]++;
	if (state == 1 || verbose)
		printf("%s %s [%s] %lld ms%s%s\n", states[state], job->test->name, engine,
		    (long long)took_ms, *reason ? ": " : "", reason);
	else if (state == 2)
		printf("skip %s [%s]: %s\n", job->test->name, engine, reason);
	if (state == 1)
		show(job->said);
	fflush(stdout);
	if (results) {
		fprintf(results, "%s\t%s\t%s\t%s\t%lld\t%s\n", states[state], ring_of(job->test),
		    job->test->name, engine, (long long)took_ms, reason);
		fflush(results);
	}
	fclose(job->said);
	remove_tree(job->dir);
	if (*job->database)
		pg_does("DROP DATABASE IF EXISTS", job->database, "WITH (FORCE)");
	job->pid = 0;
}

static void job_wait(void)
{
	int status;
	pid_t pid = waitpid(-1, &status, 0);
	for (int i = 0; i < MOST_JOBS; i++)
		if (jobs[i].pid && jobs[i].pid == pid)
			job_end(&jobs[i], status);
}

static void run_all(const struct test *const *tests, size_t n)
{
	const char *given = getenv("TEST_JOBS");
	long most = given ? atol(given) : sysconf(_SC_NPROCESSORS_ONLN);
	most = most < 1 ? 1 : most > MOST_JOBS ? MOST_JOBS : most;
	size_t next = 0, running = 0;
	while (next < n || running > 0) {
		if (next < n && running < (size_t)most) {
			int i = 0;
			while (jobs[i].pid)
				i++;
			job_begin(&jobs[i], tests[next], (int)next);
			next++, running++;
			continue;
		}
		job_wait();
		running--;
	}
}

/* --- the whole run --- */

static int by_name(const void *a, const void *b)
{
	const struct test *x = a, *y = b;
	int c = strcmp(x->name, y->name);
	return c ? c : (int)x->engine - (int)y->engine;
}

static bool chosen(const struct test *test, int argc, char **argv, const char *engine)
{
	if (engine && strcmp(engine, engine_names[test->engine]) != 0)
		return false;
	for (int i = 0; i < argc; i++)
		if (strstr(test->name, argv[i]))
			return true;
	return argc == 0;
}

static void clean_up(void)
{
	static pid_t owner;
	if (!owner)
		owner = getpid();
	else if (owner == getpid() && *scratch)
		remove_tree(scratch);
}

static void stop(int sig)
{
	/* Tests get the signal themselves (same process group); what they made is the run's to
	 * remove. */
	remove_tree(scratch);
	_exit(128 + sig);
}

/* In memory where there is room: small databases that live a second need no disk. */
static const char *scratch_base(void)
{
	struct statvfs st;
	const char *given = getenv("TMPDIR");
	if (given && *given)
		return given;
	if (access("/dev/shm", W_OK) == 0 && statvfs("/dev/shm", &st) == 0 &&
	    st.f_bavail * st.f_frsize > (1UL << 30))
		return "/dev/shm";
	return "/tmp";
}

int main(int argc, char **argv)
{
	const char *engine = NULL;
	bool list = false;
	int at = 1;
	for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
		if (strcmp(argv[at], "--list") == 0) {
			list = true;
		} else if (strcmp(argv[at], "--verbose") == 0) {
			verbose = true;
		} else if (strcmp(argv[at], "--engine") == 0 && at + 1 < argc) {
			engine = argv[++at];
		} else {
			fprintf(stderr,
			    "usage: tests [--list] [--verbose] [--engine sqlite|postgresql|none] [WORD...]\n");
			return 2;
		}
	}
	const char *root = getenv("TEST_SOURCE");
	if (!realpath(root ? root : T_SOURCE, source_root))
		end_run("the source folder", strerror(errno));
	qsort(registered, n_registered, sizeof(registered[0]), by_name);

	static const struct test *wanted[MOST_TESTS];
	size_t n = 0;
	bool uses[ENGINE_COUNT] = { false };
	for (size_t i = 0; i < n_registered; i++) {
		const struct test *test = &registered[i];
		if (!chosen(test, argc - at, argv + at, engine))
			continue;
		if (n > 0 && strcmp(wanted[n - 1]->name, test->name) == 0 &&
		    wanted[n - 1]->engine == test->engine)
			end_run(test->name, "two tests have this name");
		wanted[n++] = test;
		uses[test->engine] = true;
		if (list)
			printf("%s\t%s\n", test->name, engine_names[test->engine]);
	}
	if (list)
		return 0;
	if (n == 0)
		end_run("no test", "nothing has that in its name");

	if (getenv("TEST_RESULTS") && !(results = fopen(getenv("TEST_RESULTS"), "ae")))
		end_run(getenv("TEST_RESULTS"), strerror(errno));
	snprintf(scratch, sizeof(scratch), "%s/tillsammans-tests-XXXXXX", scratch_base());
	if (!mkdtemp(scratch))
		end_run(scratch, strerror(errno));
	clean_up();
	atexit(clean_up);
	signal(SIGINT, stop);
	signal(SIGTERM, stop);

	int64_t began_ms = now_ms();
	templates_make(uses);
	run_all(wanted, n);
	templates_drop(uses);
	printf("%d passed, %d failed, %d skipped in %.1f s\n", counts[0], counts[1], counts[2],
	    (double)(now_ms() - began_ms) / 1000);
	return counts[1] ? 1 : 0;
}
