/* The hallway: the running program. */
#ifndef APP_APP_H
#define APP_APP_H

#include "app/config.h"
#include "http/server.h"
#include "web/web.h"

struct writer;

/* One request on its way through the house; lives in its exchange's arena. */
struct work {
	struct http_exchange *x;
	struct request rq;
	struct response rs;
	const struct route *route;
	size_t mark;     /* where the arena stood before the first attempt */
	enum err result; /* of the last attempt */
	bool writes;
	uint64_t seen;              /* what the writer had seen before this page's snapshot began */
	struct book_entry *entries; /* what the book will say */
	size_t n_entries;
};

/* Decides and runs the handler once, inside a scope that the caller opened on db. Fills w->rs
 * whatever happens (an error becomes its page) and w->entries. cards: the thread's, may be NULL.
 * Returns what the handler returned.
 */
enum err serve_attempt(
    struct work *w, struct db *db, struct db *book_db, struct staff_cards *cards);
/* After a change that answers with a page: the permit as it stands behind that change, so that the
 * page is not stale by it. What it closed for its own sender stays as it was. */
void serve_decide_again(struct work *w);
/* After an attempt that went well the store refused it: the answer becomes e's page, the record a
 * refusal. */
void serve_refuse(struct work *w, enum err e);
/* Makes *w, which lives in mem, the work for x's request. Not attempted yet: its result is
 * ERR_RETRY. */
void serve_work(
    struct work *w, struct http_exchange *x, struct arena *mem, const struct site *site);
/* Turns the answer into 503 "busy". */
void serve_busy(struct work *w);
/* Wraps the page in its frame, once. */
void serve_lay(struct work *w);
/* Wraps it where that is not done yet, and sends it. Never touch w afterwards. */
void serve_send(struct work *w);

/*
 * The writer. Gathers up to 16 answers, or as long as somebody is making more but at most half a
 * millisecond, carries out the changes as savepoints of one commit, checks that what was read still
 * holds, makes the book durable, then the data, then lets the answers leave (promises 5, 6 and 17).
 */
enum err writer_open(const struct config *cfg, const struct site *site, struct writer **out);
/* Starts its thread. */
void writer_run(struct writer *wr);
/* From any thread, while it runs. */
void writer_take(struct writer *wr, struct work *w);
/* A thread that may bring works has woken, or fallen asleep: while all sleep nothing more comes,
 * and the writer waits for no company. */
void writer_company(struct writer *wr, bool awake);
/* Goes on with each batch that finds something committed since the batch before. A reader asks
 * before its snapshot begins: if it is the same when the page leaves, nothing it was decided on can
 * have changed (but the hour). */
uint64_t writer_seen(struct writer *wr);
/* One batch, here and now, without sending: what the thread does (tests, too). Not while it runs.
 */
void writer_carry_out(struct writer *wr, struct work **batch, size_t n);
/* What the program does by itself, here and now (tests, too). Not while it runs. */
void writer_jobs(struct writer *wr);
/* Wakes it for what is done now and then: a checkpoint of the book, what the keeper found. */
void writer_tick(struct writer *wr);
/* The calling thread does what the writer's does (db_adopt). */
void writer_adopt(struct writer *wr);
/* Finishes what was taken, then ends the thread. */
void writer_stop(struct writer *wr);
void writer_close(struct writer *wr); /* takes NULL */

/* Everything between a socket and a handler. */
struct server;
enum err server_start(const struct config *cfg, struct server **out);
uint16_t server_port(const struct server *s);
void server_stop(struct server *s); /* takes NULL */

extern const struct route
    *const app_routes[]; /* tables, ended by NULL; a table ends with path NULL */
extern const struct route app_no_page;
/* The route for a request; app_no_page: none. */
const struct route *app_route(struct http_request *rq);
/* Answers a request for a file of the program's own; false: none by that path. */
bool app_asset(struct http_exchange *x);

/* Sub-commands: each prints its own --help and returns its exit code. */
int cmd_serve(int argc, char **argv);
int cmd_routes(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_check(int argc, char **argv);
/* A table of law cases: id, decision, ground and reason of each row, tabs between. 1: differences,
 * or a table that can't be read (told on standard error, by row and column). */
int cmd_rules(int argc, char **argv);
/* One Swedish number a line: NUMBER, valid or invalid, its kind or the reason, tabs between. */
int cmd_number(int argc, char **argv);
int cmd_backup(int argc, char **argv);
int cmd_restore(int argc, char **argv);
int cmd_user(int argc, char **argv);
/* The master key: add a version, seal everything anew. */
int cmd_key(int argc, char **argv);
/* People from files: SS 12000, HL7 Sweden. */
int cmd_import(int argc, char **argv);
int cmd_version(int argc, char **argv);

#define PROGRAM_VERSION "0.1.0"

#endif
