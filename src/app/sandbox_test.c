/* What is left to a process in the sandbox, tried from inside; and the whole server in it. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/app.h"
#include "app/sandbox.h"
#include "auth/keys.h"
#include "base/sanitized.h"
#include "db/db.h"
#include "t.h"

static const char *in_dir(const char *name)
{
	return str_c(t_mem(), str_fmt(t_mem(), "%s/%s", t_dir(), name));
}

static void write_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd >= 0 && write(fd, "x", 1) == 1);
	close(fd);
}

static struct config config_in(const char *where)
{
	struct config cfg;

	assert_ok(config_load(NULL, &cfg));
	assert_int_equal(mkdir(in_dir("data"), 0700), 0);
	assert_int_equal(mkdir(in_dir("outside"), 0700), 0);
	snprintf(cfg.data, sizeof cfg.data, "%s", in_dir("data"));
	if (db_connects(where))
		snprintf(cfg.database, sizeof cfg.database, "%s", where);
	snprintf(cfg.witness, sizeof cfg.witness, "%s", in_dir("outside/checkpoint"));
	config_finish(&cfg);
	cfg.sandbox = true;
	cfg.port = 0;
	return cfg;
}

/* Landlock may be absent (an older kernel): then files stay open, and the log says so. */
static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static int opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* What stands in its way; if nothing did, the test would end here. */
static int runs_a_program(void)
{
	char *const argv[] = { "false", NULL };

	execve("/bin/false", argv, argv + 1);
	return errno;
}

/* 0, or what stands in the way. */
static int connects_by(int family, int type)
{
	int fd = socket(family, type, 0);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static bool maps_to_run(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return false;
	munmap(page, 4096);
	return true;
}

/* Every way out, as one number per way that was open. */
static unsigned ways_out(bool connects)
{
	unsigned out = 0;

	out |= runs_a_program() == EPERM ? 0 : 1;
	out |= connects_by(AF_PACKET, SOCK_RAW) == EPERM ? 0 : 2;
	out |= connects || connects_by(AF_INET, SOCK_STREAM) == EPERM ? 0 : 4;
	out |= syscall(SYS_mount, "a", "/", "tmpfs", 0, NULL) < 0 && errno == EPERM ? 0 : 8;
	if (SANITIZED) /* the sanitizers need these */
		return out;
	out |= kill(getppid(), 0) < 0 && errno == EPERM ? 0 : 16;
	out |= syscall(SYS_clone, 0, NULL, NULL, NULL, 0) < 0 && errno == EPERM ? 0 : 32;
	out |= maps_to_run() ? 64 : 0;
	out |= syscall(SYS_ptrace, 0, 0, 0, 0) < 0 && errno == EPERM ? 0 : 128;
	return out;
}

struct early { /* a thread that was there before the sandbox */
	pthread_barrier_t shut;
	bool connects;
	unsigned out;
};

static void *early_run(void *arg)
{
	struct early *e = arg;

	pthread_barrier_wait(&e->shut);
	e->out = ways_out(e->connects);
	return NULL;
}

TEST_DB(sandbox_leaves_the_store_and_nothing_else)
{
	struct config cfg = config_in(t_where());
	bool landlock = has_landlock(), connects = db_connects(cfg.database);
	const char *secret = in_dir("secret");
	struct early early = { .connects = connects };
	struct rlimit core = { 1, 1 };
	pthread_t thread;
	struct db *other;

	(void)db, (void)mem;
	write_file(secret);
	assert_ok(db_open(cfg.database, DB_WRITER, &other));
	assert_ok(db_migrate(other, DB_STORE_MAIN));
	db_close(other);
	assert_int_equal(pthread_barrier_init(&early.shut, NULL, 2), 0);
	assert_int_equal(opens(secret, O_RDONLY), 0);
	sandbox_files(&cfg);
	assert_true(getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0);
	assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), SANITIZED);
	assert_int_equal(pthread_create(&thread, NULL, early_run, &early), 0);
	sandbox_calls(&cfg);

	assert_int_equal(ways_out(connects), 0);
	pthread_barrier_wait(&early.shut);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(early.out, 0);
	if (landlock) {
		assert_int_equal(opens(secret, O_RDONLY), EACCES);
		assert_int_equal(opens(secret, O_WRONLY), EACCES);
		assert_int_equal(opens("/etc/shadow", O_RDONLY), EACCES);
		assert_int_equal(opens(in_dir("new"), O_WRONLY | O_CREAT), EACCES);
		assert_int_equal(opens("/tmp/tillsammans-new", O_WRONLY | O_CREAT), EACCES);
		assert_true(unlink(secret) != 0 && errno == EACCES);
	}
	/* The store opens anew and is written; the witness is put in place. */
	assert_ok(db_open(cfg.database, DB_WRITER, &other));
	assert_ok(db_begin(other, DB_WRITE));
	assert_ok(db_script(other, "UPDATE setting SET value = value"));
	assert_ok(db_commit(other));
	assert_ok(db_checkpoint(other));
	db_close(other);
	write_file(in_dir("outside/checkpoint.next"));
	assert_int_equal(rename(in_dir("outside/checkpoint.next"), cfg.witness), 0);
}

/* The answer to these bytes, whole. */
static struct str visit(uint16_t port, struct str ask)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char *answer = arena_array(t_mem(), char, 262144);
	size_t n = 0;
	ssize_t got;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (const void *)&at, sizeof at), 0);
	assert_int_equal(send(fd, ask.p, ask.n, MSG_NOSIGNAL), (ssize_t)ask.n);
	while ((got = recv(fd, answer + n, 262143 - n, 0)) > 0)
		n += (size_t)got;
	close(fd);
	return (struct str){ answer, n };
}

static bool has(struct str answer, const char *text)
{
	return memmem(answer.p, answer.n, text, strlen(text)) != NULL;
}

/* The server, in a process of its own: tells its port, serves until the other end is closed, and
 * ends with 0 when all went well. */
static int serve(const struct config *cfg, int tells, int until)
{
	struct server *server;
	uint16_t port;
	char nothing;

	if (server_start(cfg, &server) != OK)
		return 1;
	if (runs_a_program() != EPERM)
		return 2;
	port = server_port(server);
	if (write(tells, &port, sizeof port) != sizeof port || read(until, &nothing, 1) != 0)
		return 3;
	server_stop(server);
	return 0;
}

TEST_DB(sandbox_serves_and_what_the_library_refuses_is_our_page)
{
	struct config cfg = config_in(t_where());
	int tells[2], until[2], status;
	uint16_t port = 0;
	struct buf b;
	struct str a;
	pid_t pid;

	(void)db, (void)mem;
	snprintf(cfg.key_file, sizeof cfg.key_file, "%s", in_dir("key"));
	assert_ok(keys_make(cfg.key_file));
	assert_int_equal(pipe2(tells, O_CLOEXEC), 0);
	assert_int_equal(pipe2(until, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		close(until[1]);
		_exit(serve(&cfg, tells[1], until[0]));
	}
	close(tells[1]);
	assert_int_equal(read(tells[0], &port, sizeof port), sizeof port);
	a = visit(port, S("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
	assert_true(str_starts(a, S("HTTP/1.1 200 ")) || str_starts(a, S("HTTP/1.1 503 ")));
	buf_init(&b, t_mem(), 65536);
	buf_str(&b, S("GET /"));
	for (int i = 0; i < 40000; i++)
		buf_char(&b, 'x');
	buf_str(&b, S(" HTTP/1.1\r\nHost: a\r\n\r\n"));
	a = visit(port, buf_text(&b));
	assert_true(str_starts(a, S("HTTP/1.1 414 ")));
	assert_true(has(a, "\r\nContent-Security-Policy: default-src 'none';"));
	assert_true(has(a, "<html lang=\"sv\""));
	assert_true(has(a, "<h1>Adressen är för lång</h1>") && has(a, "/tillsammans."));
	a = visit(port,
	    S("POST /language HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
	assert_true(str_starts(a, S("HTTP/1.1 400 ")));
	assert_true(has(a, "<h1>Något blev fel i det som skickades</h1>"));
	close(until[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}
