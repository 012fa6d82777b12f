/* The server under people who are slow, who leave, and who come all at once; and how it stops. */
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "http/kit_test.h"
#include "http/server.h"
#include "t.h"

static void connections_are(struct t_server *t, uint64_t n)
{
	struct http_server_stats s;
	int64_t until = t_ms() + PATIENCE_MS;

	do {
		http_server_stats(t->http, &s);
		t_nap(2);
	} while (s.connections != n && t_ms() < until);
	assert_int_equal(s.connections, n);
}

static int ask_ok(const struct t_server *t)
{
	return str_starts(t_ask(t, GET_CLOSE("/later")), S("HTTP/1.1 200 OK"));
}

TEST(server_slow_headers_are_closed_while_others_are_served)
{
	enum { SLOW = 30 };
	struct http_server_stats stats;
	struct t_server t;
	int64_t start = t_ms();
	int slow[SLOW], served = 0, open = SLOW;

	t_server_start(&t, &(struct http_server_config){ .header_ms = 400, .idle_ms = 400 });
	for (int i = 0; i < SLOW; i++) {
		slow[i] = t_connect(&t);
		if (i % 3 == 0) /* the request line first, or one byte after the other */
			t_send(slow[i], S("GET / HTTP/1.1\r\nHost: "));
		else if (i % 3 == 1) /* after a request that was in time */
			t_send(slow[i], GET("/"));
	}
	while (open > 0 && t_ms() - start < PATIENCE_MS) {
		served += ask_ok(&t);
		open = 0;
		for (int i = 0; i < SLOW; i++)
			open += !t_closed(slow[i], 6) && t_try_send(slow[i], S("x"));
	}
	assert_int_equal(open, 0);
	assert_true(t_ms() - start < 9000); /* what nobody set is 10 seconds */
	assert_true(served >= 2);
	http_server_stats(t.http, &stats);
	assert_int_equal(stats.reaped, SLOW);
	for (int i = 0; i < SLOW; i++)
		close(slow[i]);
	t_stats_are(&t, 0, 0);
	connections_are(&t, 0);
	t_server_stop(&t);
}

TEST(server_slow_bodies_leave_room_and_are_closed)
{
	struct t_server t;
	int fd[4], full;

	t_server_start(
	    &t, &(struct http_server_config){ .body_ms = 1500, .exchanges_most = 6, .threads = 1 });
	for (int i = 0; i < 3; i++) { /* half of all exchanges may be bodies that arrive */
		fd[i] = t_connect(&t);
		t_send(fd[i], S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx"));
	}
	t_stats_are(&t, 3, 0);
	full = t_connect(&t);
	t_send(full, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"));
	struct str a = t_rest(full, PATIENCE_MS);
	assert_true(str_starts(a, S("HTTP/1.1 503 ")));
	assert_true(str_has(a, S("\r\nRetry-After: 1\r\n")));
	assert_true(ask_ok(&t));
	for (int i = 0; i < 3; i++) {
		assert_true(t_closed(fd[i], PATIENCE_MS));
		close(fd[i]);
	}
	t_stats_are(&t, 0, 0);
	t_server_stop(&t);
}

/* A byte now and then moves no deadline: libmicrohttpd's own timeout would let them stay for ever.
 */
TEST(server_bodies_that_trickle_are_closed)
{
	struct t_server t;
	int fd[2], open = 2;
	int64_t start;

	t_server_start(&t, &(struct http_server_config){ .body_ms = 500 });
	start = t_ms();
	for (int i = 0; i < 2; i++)
		fd[i] = t_connect(&t);
	t_send(fd[0], S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"));
	t_send(fd[1], S("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
	while (open > 0 && t_ms() - start < PATIENCE_MS) {
		assert_true(ask_ok(&t));
		open = !t_closed(fd[0], 20) && t_try_send(fd[0], S("x"));
		open += !t_closed(fd[1], 20) && t_try_send(fd[1], S("1\r\nx\r\n"));
	}
	assert_int_equal(open, 0);
	assert_true(t_ms() - start >= 400 && t_ms() - start < PATIENCE_MS);
	for (int i = 0; i < 2; i++)
		close(fd[i]);
	t_stats_are(&t, 0, 0);
	connections_are(&t, 0);
	t_server_stop(&t);
}

/* A full worker stops listening. Who is waiting at the door comes in as soon as somebody leaves,
 * not after the worker's next sleep (here a minute). */
TEST(server_who_waits_at_the_door_comes_in_when_one_leaves)
{
	struct t_server t;
	int fd[2], waits;

	t_server_start(&t, &(struct http_server_config){ .connections_most = 2, .threads = 1 });
	for (int i = 0; i < 2; i++) {
		fd[i] = t_connect(&t);
		t_send(fd[i], GET("/"));
		assert_true(t_answers(fd[i], 1, PATIENCE_MS).n > 0);
	}
	for (int i = 0; i < 2; i++) {
		waits = t_connect(&t);
		t_send(waits, GET("/"));
		t_nap(100);
		close(fd[i]);
		fd[i] = waits;
		assert_true(str_starts(t_answers(waits, 1, PATIENCE_MS), S("HTTP/1.1 200 OK")));
	}
	for (int i = 0; i < 2; i++)
		close(fd[i]);
	t_server_stop(&t);
}

/* How many of 16 newcomers, one after the other, the first of two workers takes. *slowest_ms: the
 * longest that one of them waited. */
static int first_takes(int64_t *slowest_ms)
{
	struct t_server t;
	int fd[16], first = 0;

	*slowest_ms = 0;
	t_server_start(&t, &(struct http_server_config){ .threads = 2 });
	for (int i = 0; i < 16; i++) {
		int64_t came = t_ms();

		fd[i] = t_connect(&t);
		t_send(fd[i], GET("/worker"));
		first += str_has(t_answers(fd[i], 1, PATIENCE_MS), S("worker 0\n"));
		if (t_ms() - came > *slowest_ms)
			*slowest_ms = t_ms() - came;
	}
	for (int i = 0; i < 16; i++)
		close(fd[i]);
	t_server_stop(&t);
	return first;
}

/* Nobody stands idle while another has all the connections. A worker that a busy machine does not
 * let run for a tenth of a second is not waited for (server_worker.c): such a try says nothing, and
 * is made again. */
TEST(server_connections_are_shared_out)
{
	int64_t until = t_ms() + 60000, slowest_ms;
	int first;

	do
		first = first_takes(&slowest_ms);
	while (slowest_ms >= 100 && t_ms() < until);
	assert_in_range(first, 7, 9);
}

TEST(server_slow_reader_is_closed_and_gives_its_memory_back)
{
	struct http_server_stats stats;
	struct t_server t;
	int64_t until = t_ms() + PATIENCE_MS;
	int fd, small = 4096;

	t_server_start(&t, &(struct http_server_config){ .send_ms = 1500 });
	fd = t_connect(&t);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	t_send(fd, GET("/big"));
	do { /* taken, then let go; between the two this thread may see nothing */
		http_server_stats(t.http, &stats);
		t_nap(1);
	} while (stats.requests == 0 && t_ms() < until);
	assert_int_equal(stats.requests, 1);
	t_stats_are(&t, 0, 0);
	close(fd);
	fd = t_connect(&t); /* one who reads gets all of it */
	t_send(fd, GET("/big"));
	assert_true(t_answers(fd, 1, PATIENCE_MS).n > 6 << 20);
	close(fd);
	t_server_stop(&t);
}

TEST(server_waiting_is_bounded)
{
	struct t_server t;
	int fd[4];

	t_server_start(&t, &(struct http_server_config){ .exchanges_most = 4 });
	for (int i = 0; i < 4; i++) {
		fd[i] = t_connect(&t);
		t_send(fd[i], GET("/keep"));
	}
	t_kept(&t, 4);
	t_stats_are(&t, 4, 4);
	struct str a = t_ask(&t, GET_CLOSE("/"));
	assert_true(str_starts(a, S("HTTP/1.1 503 ")));
	assert_true(str_has(a, S("\r\nRetry-After: 1\r\n")));
	t_release(&t);
	for (int i = 0; i < 4; i++) {
		assert_true(str_has(t_answers(fd[i], 1, PATIENCE_MS), S("path /keep\n")));
		close(fd[i]);
	}
	t_stats_are(&t, 0, 0);
	assert_true(ask_ok(&t));
	t_server_stop(&t);
}

TEST(server_clients_that_vanish_while_they_wait)
{
	struct t_server t;

	t_server_start(&t, &(struct http_server_config){ 0 });
	for (int round = 0; round < 5; round++) {
		int fd[20];

		for (int i = 0; i < 20; i++) {
			fd[i] = t_connect(&t);
			t_send(fd[i], GET("/keep"));
		}
		t_kept(&t, 20);
		for (int i = 0; i < 20; i++) {
			if (i % 2) { /* reset, not closed politely */
				struct linger gone = { 1, 0 };

				setsockopt(fd[i], SOL_SOCKET, SO_LINGER, &gone, sizeof gone);
			}
			if (i % 5) /* every fifth stays */
				close(fd[i]);
		}
		t_nap(5);
		assert_true(ask_ok(&t));
		t_release(&t);
		for (int i = 0; i < 20; i += 5) {
			assert_true(str_has(t_answers(fd[i], 1, PATIENCE_MS), S("path /keep\n")));
			close(fd[i]);
		}
		t_stats_are(&t, 0, 0);
	}
	connections_are(&t, 0);
	t_server_stop(&t);
}

static void crowd(struct t_server *t, int n)
{
	int fd[256];

	for (int i = 0; i < n; i++)
		fd[i] = t_connect(t);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < n; i++)
			t_send(fd[i], str_fmt(t_mem(),
					  "GET /later%d-%d HTTP/1.1\r\nHost: a\r\n\r\n", round, i));
		for (int i = 0; i < n; i++) { /* each gets its own answer */
			struct str a = t_answers(fd[i], 1, PATIENCE_MS);

			assert_true(str_has(a, str_fmt(t_mem(), "path /later%d-%d\n", round, i)));
			arena_rewind(t_mem(), 0);
		}
	}
	for (int i = 0; i < n; i++)
		close(fd[i]);
}

TEST(server_two_hundred_at_once)
{
	struct t_server t;
	struct http_server_stats stats;

	t_server_start(&t, &(struct http_server_config){ .threads = 4 });
	crowd(&t, 200);
	t_stats_are(&t, 0, 0);
	connections_are(&t, 0);
	http_server_stats(t.http, &stats);
	assert_int_equal(stats.requests, 600);
	assert_int_equal(stats.refused, 0);
	t_server_stop(&t);
}

/* Anonymous memory of this process, in KiB. */
static long anonymous_kb(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kb = -1;

	assert_non_null(f);
	while (fgets(line, sizeof line, f))
		sscanf(line, "RssAnon: %ld", &kb);
	fclose(f);
	return kb;
}

TEST(server_many_waiting_cost_little_memory)
{
	enum { N = 200 };
	struct t_server t;
	long before = anonymous_kb();
	int fd[N];

	t_server_start(&t, &(struct http_server_config){ 0 });
	for (int i = 0; i < N; i++) {
		fd[i] = t_connect(&t);
		t_send(fd[i], GET("/keep"));
	}
	t_kept(&t, N);
	assert_true(before > 0);
	/* A sanitizer's own memory would be counted too. */
	assert_true(SANITIZED || anonymous_kb() - before < 24L * 1024);
	t_release(&t);
	for (int i = 0; i < N; i++)
		close(fd[i]);
	t_server_stop(&t);
}

struct stopping {
	struct t_server *t;
	enum err result;
	int wait_ms;
};

static void *stop_run(void *arg)
{
	struct stopping *s = arg;

	s->result = http_server_stop(s->t->http, s->wait_ms);
	return NULL;
}

TEST(server_stop_answers_those_who_wait)
{
	struct t_server t;
	struct stopping stop = { .t = &t, .wait_ms = 100 };
	struct sockaddr_in at = { .sin_family = AF_INET };
	pthread_t thread;
	struct str a;
	int fd, idle, late;

	t_server_start(&t, &(struct http_server_config){ 0 });
	fd = t_connect(&t);
	idle = t_connect(&t);
	t_send(fd, GET("/keep"));
	t_kept(&t, 1);
	connections_are(&t, 2); /* who only stands at the door is not in */
	stop_run(&stop);        /* nobody answers it: the server can't stop, and says so */
	assert_int_equal(stop.result, ERR_BUSY);
	stop.wait_ms = 10000;
	assert_int_equal(pthread_create(&thread, NULL, stop_run, &stop), 0);
	t_nap(50);
	late = socket(AF_INET, SOCK_STREAM, 0); /* nobody new is let in */
	at.sin_port = htons(t.port);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(late, (const void *)&at, sizeof at), -1);
	close(late);
	t_send(idle, GET("/later")); /* who is in already is told to come back */
	a = t_rest(idle, PATIENCE_MS);
	assert_true(str_starts(a, S("HTTP/1.1 503 ")));
	assert_true(str_has(a, S("\r\nConnection: close\r\n")));
	t_release(&t);
	a = t_rest(fd, PATIENCE_MS);
	assert_true(str_starts(a, S("HTTP/1.1 200 OK")));
	assert_true(str_has(a, S("path /keep\n")));
	assert_true(str_has(a, S("\r\nConnection: close\r\n")));
	pthread_join(thread, NULL);
	assert_int_equal(stop.result, OK);
	t.http = NULL;
	t_server_stop(&t);
}

TEST(server_stop_cuts_who_does_not_read)
{
	struct t_server t;
	int64_t start;
	int fd;

	t_server_start(&t, &(struct http_server_config){ 0 });
	fd = t_connect(&t);
	t_send(fd, GET("/big"));
	t_nap(50);
	start = t_ms();
	assert_ok(http_server_stop(t.http, 200));
	assert_true(t_ms() - start < PATIENCE_MS); /* it would take send_ms, a minute */
	close(fd);
	t.http = NULL;
	t_server_stop(&t);
}

static void *asks_run(void *arg)
{
	int fd = *(const int *)arg;

	while (t_try_send(fd, GET("/later")) && t_answers(fd, 1, PATIENCE_MS).n)
		arena_rewind(t_mem(), 0);
	close(fd);
	return NULL;
}

TEST(server_stops_under_load)
{
	for (int round = 0; round < 10; round++) {
		struct t_server t;
		pthread_t thread;
		int fd;

		t_server_start(&t, &(struct http_server_config){ 0 });
		fd = t_connect(&t);
		assert_int_equal(pthread_create(&thread, NULL, asks_run, &fd), 0);
		t_nap(20);
		assert_ok(http_server_stop(t.http, PATIENCE_MS));
		t.http = NULL;
		pthread_join(thread, NULL);
		t_server_stop(&t);
	}
}

TEST(server_adopts_a_socket)
{
	struct t_server t;
	struct str a;
	int fd[2];

	t_server_start(&t, &(struct http_server_config){ 0 });
	for (int i = 0; i < 10; i++) {
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
		assert_ok(http_server_adopt(t.http, fd[1]));
		t_send(fd[0], GET_CLOSE("/later"));
		a = t_rest(fd[0], PATIENCE_MS);
		assert_true(str_has(a, S("path /later\n")));
	}
	t_server_stop(&t);
}
