/*
 * The desk: what a page handler meets. A request that may be carried out (its permit stands in it)
 * and a response that is a value. Handlers read top to bottom like a letter and know neither
 * sockets nor whether the reader's or the writer's thread runs them.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "access/book.h"
#include "auth/keys.h"
#include "auth/token.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "core/act.h"
#include "core/ids.h"
#include "db/db.h"
#include "html/html.h"
#include "http/http.h"
#include "i18n/i18n.h"
#include "msg.h"

struct kept;
struct staff_cards;

/* What stands for the whole program: made at start, read by all threads. */
struct site {
	const struct keys *keys;
	const struct token_keys *tokens;
	bool demo; /* written into the database; shown on each page */
	bool tls_in_front;
	const char *version;
	int64_t session_ms; /* how long a session lasts */
	struct kept *kept;  /* pages made before; NULL: none are kept */
};

struct request {
	struct arena *mem;
	struct db *db;      /* inside a snapshot (reads) or a savepoint (writes) */
	struct db *book_db; /* the book's store, for reading */
	const struct site *site;
	struct staff_cards *cards; /* web/staff.h; NULL: none are kept */
	const struct http_request *http;
	const struct route *route;
	const struct permit *permit;
	struct actor actor;         /* who is signed in; all zero: nobody */
	struct token session_token; /* all zero: none */
	struct child_id child;      /* the subject of acts on one child */
	struct date today;
	int64_t now_ms;
	const struct i18n *lang;
	struct form form; /* writing routes: the form, csrf checked already */
};

/* Something shown or changed beside the permit's own subject: one more record in the book. */
struct web_look {
	struct child_id child;
	const char *kind; /* "step", static text */
	int64_t item;
	enum stand stand;
};

struct response {
	struct http_response *http;
	struct html html; /* the page's inside; the frame is laid around it at the end */
	struct str title;
	bool framed;            /* html was begun: wrap it */
	bool wide;              /* a page with tables: staff */
	struct web_look *looks; /* in the request's arena; as many as the page shows */
	int n_looks, looks_room;
	bool signed_in; /* a sign-in: the actor is the one who came in */
	bool changed;   /* a part was saved although the page comes back (422, 409) */
	bool refused;   /* nothing was shown or done, though the page is the handler's own: the book
			   says so */
	struct child_id refused_child; /* whom it would have been about; v = 0: nobody here */
	bool look_self;                /* home and lists: record every child of the permit */
};

typedef enum err (*web_run)(struct request *rq, struct response *rs);

struct route {
	enum http_method method;
	const char *path; /* "/plans/{plan}/close" */
	web_run run;
	enum act act;
};

/* Begins a page: status, title (plain text). Then write into &rs->html. */
void rs_page(struct response *rs, int status, struct str title);
/* Answers with other bytes (JSON, CSV, text); not framed. */
void rs_raw(struct response *rs, int status, struct str content_type);
/* 303 to a path of ours, after a form that was carried out. */
enum err rs_go(struct response *rs, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* As rs_go, with a short notice ("Sparat.") that the next page shows once. */
enum err rs_go_said(struct request *rq, struct response *rs, enum msg said, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* Puts one more record into the book for this answer. */
void rs_look(
    struct response *rs, struct child_id child, const char *kind, int64_t item, enum stand stand);

/* A number from the path: web_id(rq, "plan"). */
int64_t web_id(const struct request *rq, const char *name);
/* The hidden "version" of a form: ERR_CONFLICT is decided by the query's WHERE version. */
int64_t web_version(struct request *rq);

/* What kind of user is signed in: bits of enum user for the navigation; 0: nobody. */
unsigned web_user(const struct request *rq);
/* The text of a message in the request's language. */
struct str web_text(const struct request *rq, enum msg m);
/* A word that data choose: "regime_" and "BUP" is the message regime_bup. Empty where there is
 * none. */
struct str web_word(const struct request *rq, const char *prefix, struct str code);
/* The name this reader may know somebody by (feat/person/name.sql), else "the child", "somebody in
 * the family". */
struct str web_called(const struct request *rq, struct str child_name);
struct str web_one_of_family(const struct request *rq, struct str name);

#endif
