/* For the tests of the server: a server that echoes or keeps what it is asked, and raw clients. */
#ifndef HTTP_KIT_TEST_H
#define HTTP_KIT_TEST_H

#include <pthread.h>

#include "http/server.h"

/*
 * The answer to a request holds what was read of it. By path: /keep is kept until released, /later
 * is sent by the writer's thread, /big is 8 MB; all else is sent at once.
 */
struct t_server {
	struct http_server *http;
	uint16_t port;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct http_exchange *kept, *later; /* under lock */
	int n_kept;
	bool writer_ends;
	pthread_t writer;
};

/* Fails the test when it does not start. */
void t_server_start(struct t_server *t, const struct http_server_config *cfg);
/* Sends all that is kept, then stops; OK expected. */
void t_server_stop(struct t_server *t);
/* Waits until n exchanges are kept. */
void t_kept(struct t_server *t, int n);
/* Until so many exchanges are in use, and so many of them wait. */
void t_stats_are(const struct t_server *t, uint64_t exchanges, uint64_t waiting);
/* Sends all that is kept. */
void t_release(struct t_server *t);

int t_connect(const struct t_server *t);
/* Fails the test when not all could be sent. */
void t_send(int fd, struct str bytes);
/* As t_send, for a server that may have closed: false. */
bool t_try_send(int fd, struct str bytes);
/* All that comes until the server closes, or until n answers with their bodies are whole; at most
 * wait_ms. */
struct str t_answers(int fd, int n, int wait_ms);
/* Until the server closes (at most wait_ms); closes fd. */
struct str t_rest(int fd, int wait_ms);
/* Connects, sends, reads to the end, closes. */
struct str t_ask(const struct t_server *t, struct str bytes);
bool t_closed(int fd, int wait_ms);
/* Milliseconds on a clock that only goes on. */
int64_t t_ms(void);
void t_nap(int ms);

/* How long a test waits for what must come: only a failure takes so long, however busy the machine
 * is. Less than the kit's nap, so that what comes by the nap alone is seen. */
#define PATIENCE_MS 20000

#define GET(path) S("GET " path " HTTP/1.1\r\nHost: a\r\n\r\n")
#define GET_CLOSE(path) S("GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

#endif
