/*
 * Inside the server. Three kinds of thread touch these: the server's own (workers, one owns each
 * connection and its exchange), the reaper, and whoever sends. What more than one touches is atomic
 * or under a lock, and says so.
 */
#ifndef HTTP_SERVER_IN_H
#define HTTP_SERVER_IN_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/server.h"

/* Where an exchange stands. The worker moves it on, but for the two last steps: send() moves it to
 * SENT; who finds it ASLEEP before wakes the connection. */
enum slot_state { SLOT_READING, SLOT_ASKED, SLOT_ASLEEP, SLOT_SENT };

struct conn;

struct slot {
	struct http_exchange x; /* first: an exchange is its slot */
	struct conn *conn;      /* borrowed; true until sent */
	struct worker *home;    /* borrowed; whose list it goes back to */
	struct slot *below;     /* in the list of free ones */
	_Atomic int state;      /* enum slot_state */
	int holds;              /* the request's and the response's; the worker's only */
	struct buf body;        /* of the request, while it arrives */
};

/* What the headers said, borrowed from libmicrohttpd until the request ends. */
struct seen {
	struct str content_length, transfer_encoding, cookie, expect;
	bool bad; /* a header that may stand once stood twice, or held bytes that may not be */
};

struct conn {
	struct http_server *server;
	struct MHD_Connection *mhd;  /* borrowed */
	struct worker *worker;       /* borrowed; its thread alone touches mhd */
	struct conn *before, *after; /* under server->lock */
	int fd;                      /* borrowed */
	_Atomic int64_t deadline_ms; /* on the monotonic clock; 0: none */
	/* The request being read; the worker's only. */
	bool begun;
	bool arriving; /* holds one of the places for bodies */
	bool unread;   /* refused with bytes still coming: they are read past before it is closed */
	int refuse;    /* the status to answer with when the body has been read past; 0: none */
	size_t past;   /* bytes of the body read past */
	size_t length; /* of the body; SIZE_MAX: not said (chunked) */
	enum http_method method;
	struct slot *slot;
	struct seen seen;
	struct str content_type, accept_language, accept_encoding, host, origin, sec_fetch_site,
	    if_none_match;
};

/* A thread with its own daemon of libmicrohttpd and its own connections. */
struct worker {
	struct http_server *server;
	struct MHD_Daemon *mhd;
	pthread_t thread;
	int index;
	int epoll, bell;             /* bell: an eventfd that ends its sleep */
	_Atomic(struct slot *) sent; /* asleep, answered, to be woken; pushed by any thread */
	_Atomic int adopted;         /* a descriptor to take over; -1: none */
	_Atomic bool quiet, ends;    /* quiet: takes nobody new any more */
	_Atomic int open;            /* its connections */
	int64_t
	    declined_ms;   /* the worker's only: since when it leaves newcomers to others; 0: not */
	bool closed;       /* the worker's only: a connection ended since it last looked */
	struct slot *free; /* the worker's only: last used first, its memory is warm */
	int n_free;
	uint64_t random;           /* state of splitmix64 */
	_Atomic uint64_t requests; /* written by the worker only */
} __attribute__((aligned(128)));

#define REFUSALS(X) \
	X(400, "Bad Request") \
	X(405, "Method Not Allowed") \
	X(413, "Content Too Large") \
	X(414, "URI Too Long") \
	X(431, "Request Header Fields Too Large") \
	X(500, "Internal Server Error") \
	X(501, "Not Implemented") \
	X(503, "Service Unavailable") X(505, "HTTP Version Not Supported")
enum {
#define X(status, text) REFUSAL_##status,
	REFUSALS(X)
#undef X
	    REFUSALS_N
};

struct http_server {
	struct http_server_config cfg;
	http_handle_fn handle;
	void *ctx;
	int listener;
	uint16_t port;
	struct worker *workers;
	struct MHD_Response *refusals[REFUSALS_N]; /* each with "Connection: close" */
	/* keeps: the same as bytes, from the line after Date on */
	struct {
		char *p;
		size_t n;
	} refusal_bytes[REFUSALS_N];
	_Atomic bool stopping;
	_Atomic int in_use, waiting, arriving, open;
	_Atomic uint64_t refused, reaped;
	/* The reaper and the list of connections. */
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct conn *conns;
	pthread_t reaper;
	bool reaper_ends; /* under lock */
};

/* server_reaper.c */
int64_t mono_ms(void);
void reaper_start(struct http_server *s);
void reaper_end(struct http_server *s);
void reaper_add(struct conn *k);
void reaper_remove(struct conn *k);

/* server_read.c: the four callbacks of libmicrohttpd. */
void server_on_connection(void *cls, struct MHD_Connection *c, void **socket_context,
    enum MHD_ConnectionNotificationCode code);
void *server_on_uri(void *cls, const char *uri, struct MHD_Connection *c);
enum MHD_Result server_on_request(void *cls, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_n, void **ctx);
void server_on_done(
    void *cls, struct MHD_Connection *c, void **ctx, enum MHD_RequestTerminationCode code);

/* server_reply.c */
/* Makes the responses for refusals. */
void refusals_init(struct http_server *s);
void refusals_fini(struct http_server *s);
enum MHD_Result reply_refusal(struct conn *k, int status);
/* Sends what stands in the exchange's rs; the bytes leave from its arena. */
enum MHD_Result reply_exchange(struct conn *k);

/* server_slot.c */
/* NULL: all in use. */
struct slot *slot_take(struct conn *k);
/* Lets one hold go; with the last one the slot is wiped and free again. */
void slot_let_go(struct slot *slot);
/* Unmaps the free ones. */
void slots_fini(struct worker *w);

/* server_worker.c */
/* Starts all; false: logged why, all stopped again. */
bool workers_start(struct http_server *s);
/* Nobody new is taken from now on; returns when all workers know. */
void workers_quiet(struct http_server *s);
/* Ends the threads, closes all connections, frees all. Nothing may be asleep. */
void workers_end(struct http_server *s);
/* The slot's connection is to be woken in its worker's thread. */
void worker_wake(struct slot *slot);

#endif
