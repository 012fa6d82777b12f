/*
 * Promise 17: a connection that breaks while COMMIT is under way. A process between the program
 * and PostgreSQL lets COMMIT through, waits for the answer, and hangs up without handing it on: the
 * change has landed, and only the server knows. Done again, it would be there twice.
 */
#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db_test.h"

static int unix_socket(const char *dir, const char *port, bool listens)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int n = snprintf(at.sun_path, sizeof at.sun_path, "%s/.s.PGSQL.%s", dir, port);

	assert_true(fd >= 0 && n > 0 && (size_t)n < sizeof at.sun_path);
	if (listens) {
		assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
		assert_int_equal(listen(fd, 8), 0);
	} else {
		assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	}
	return fd;
}

/* Carries bytes both ways until one side ends; true: it hung up on a COMMIT that the server has
 * answered. */
static bool carry(int client, int server, bool lets_commit_pass)
{
	char part[65536];
	bool cut = false;

	for (;;) {
		struct pollfd p[] = { { .fd = client, .events = POLLIN },
			{ .fd = server, .events = POLLIN } };
		ssize_t n;

		if (poll(p, 2, -1) < 0)
			return cut;
		if (p[1].revents) {
			n = read(server, part, sizeof part);
			if (n <= 0 || cut)
				return cut; /* the answer to COMMIT goes nowhere */
			if (write(client, part, (size_t)n) != n)
				return false;
		}
		if (p[0].revents) {
			n = read(client, part, sizeof part);
			if (n <= 0)
				return false;
			if (!cut && memmem(part, (size_t)n, "COMMIT", 6)) {
				cut = true;
				if (!lets_commit_pass)
					return true; /* never arrives */
			}
			if (write(server, part, (size_t)n) != n)
				return false;
		}
	}
}

/* Stands between; cuts the first connection at COMMIT and carries the later ones whole. */
static _Noreturn void stand_between(
    int listening, const char *host, const char *port, bool lets_commit_pass)
{
	bool cut = false;

	for (;;) {
		int client = accept(listening, NULL, NULL), server = unix_socket(host, port, false);
		pid_t whole = cut ? fork() : -1;

		if (whole == 0) {
			(void)carry(client, server, true);
			_exit(0);
		}
		cut = cut || carry(client, server, lets_commit_pass);
		close(client);
		close(server);
	}
}

/* Connects through the process in between. */
static struct db *open_between(const char *dir, PGconn *real)
{
	struct db *db = NULL;
	struct str where = str_fmt(t_mem(), "postgresql:///%s?host=%s&port=%s&user=%s", PQdb(real),
	    dir, PQport(real), PQuser(real));

	assert_ok(db_open(str_c(t_mem(), where), DB_WRITER, &db));
	return db;
}

static void commit_is_cut(struct db *db, bool lets_commit_pass, enum err want, int64_t landed)
{
	PGconn *real = PQconnectdb(t_where());
	struct db *far;
	int listening, status;
	pid_t pid;

	assert_int_equal(PQstatus(real), CONNECTION_OK);
	if (PQhost(real)[0] != '/') {
		PQfinish(real);
		fail_msg("TEST_PG is not reached by a unix socket");
	}
	listening = unix_socket(t_dir(), PQport(real), true);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGCHLD, SIG_IGN);
		signal(SIGPIPE, SIG_IGN);
		setpgid(0, 0);
		stand_between(listening, PQhost(real), PQport(real), lets_commit_pass);
	}
	close(listening);
	make_item(db);
	far = open_between(t_dir(), real);
	assert_ok(db_begin(far, DB_WRITE));
	assert_ok(db_begin(far, DB_SAVEPOINT));
	assert_ok(change(far, "INSERT INTO t_item (id) VALUES (1)"));
	assert_ok(db_release(far));
	assert_int_equal(db_commit(far), want);
	assert_int_equal(number(db, "SELECT count(*) FROM t_item"), landed);
	assert_int_equal(number(far, "SELECT count(*) FROM t_item"), landed); /* and goes on */
	db_close(far);
	PQfinish(real);
	kill(-pid, SIGKILL); /* not TERM: the runner would clean up */
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
}

TEST_DB(promise_17_a_commit_that_landed_unheard_is_not_done_again)
{
	if (db_engine(db) == DB_SQLITE)
		return; /* no connection to lose */
	commit_is_cut(db, true, OK, 1);
}

TEST_DB(promise_17_a_commit_that_never_arrived_asks_to_try_again)
{
	if (db_engine(db) == DB_SQLITE)
		return; /* no connection to lose */
	commit_is_cut(db, false, ERR_RETRY, 0);
}
