/*
 * The book of looks: every look is on record before it is shown (promise 6; PDL 4:3, GDPR 32).
 * Append-only, hash-chained, signed. One struct book is held by the writer's thread; readers use
 * book_looks on a connection of their own.
 */
#ifndef ACCESS_BOOK_H
#define ACCESS_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "access/book_chain.h"
#include "auth/keys.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "core/ids.h"
#include "db/db.h"

#define BOOK_BATCH_MOST 1000  /* records in one append */
#define BOOK_CHANGES_MOST 256 /* changes among them */

struct book; /* closed */

struct book_options {
	const char *where; /* the book's own file, or "postgresql://..." */
	const char *copy;  /* this copy's name: one chain per copy, one running program per name */
	const char
	    *witness; /* file outside the data directory that gets each checkpoint; NULL: none */
	const char *version; /* of the program, for the record; a code */
	const struct keys *keys;
};

/*
 * Opens (and makes) the book and this copy's chain, holds the last checkpoint against our key, the
 * records after it and the witness against the chain. Nothing is recorded before book_settle.
 * ERR_DENIED: the book
 * does not verify; `tillsammans looks verify` says where, and the program must not go on writing
 * over it.
 */
enum err book_open(const struct book_options *o, struct book **out);
/* Records the stop, signs, closes. Takes NULL. */
void book_close(struct book *b);

/* All n records (1 to BOOK_BATCH_MOST) in one durable transaction, or none: on disk when it returns
 * OK. What fails may be tried again. */
enum err book_append(struct book *b, const struct book_entry *entries, size_t n);
/* Signs a checkpoint when records wait for one and a minute has gone. Call about once a second when
 * nothing is appended. */
enum err book_tick(struct book *b);

/*
 * Changes and the book. Two stores can't commit as one, so the book goes first:
 *   1. Each change of a batch gets a record of kind CHANGE with id = id_random(), and inside the
 *      change's savepoint book_token(b, db, nth, id), nth counting the changes kept in this batch.
 *   2. book_append, durable.
 *   3. db_commit of the data. If it fails: book_commit_failed with the same ids, before the next
 *      append.
 *   4. At start book_settle voids the changes that a crash between 2 and 3 left without data.
 */
enum err book_token(const struct book *b, struct db *main, size_t nth, int64_t id);
/* Records that these changes never reached the data. */
enum err book_void(struct book *b, const int64_t *ids, size_t n);
/* Holds the last records against the data, voids what did not land, and records the start. Call
 * once after book_open, before anything is written. ERR_DENIED: the data knows of more records than
 * the book has: its tail is cut. */
enum err book_settle(struct book *b, struct db *main, size_t *voided);
/* After a data commit whose end is unknown (PostgreSQL, lost connection): did it land? */
enum err book_landed(const struct book *b, struct db *main, int64_t id, bool *landed);
/* After a data commit that did not end well; ids: the changes in it. OK: it landed, only the answer
 * was lost. Else nothing stands, and what the book has of it is voided. */
enum err book_commit_failed(struct book *b, struct db *main, const int64_t *ids, size_t n);
/* Steps 2 and 3 for whoever writes alone (a job, an import), n up to BOOK_CHANGES_MOST (0: b may be
 * NULL). Ends the caller's DB_WRITE on main. An error: nothing of it stands. */
enum err book_commit(struct book *b, struct db *main, const struct book_entry *entries, size_t n);

/*
 * Erases the content and salt of records by a rule (retention, wrong child): first a record of kind
 * ERASE that names them and the rule, then the erasure, in one transaction. seqs ascending, of this
 * copy's chain or of another. START, STOP, VOID and ERASE records stay (they say nothing of
 * anybody).
 */
enum err book_erase(struct book *b, int64_t chain, const int64_t *seqs, size_t n, struct str rule);

/* The calling thread writes in it from now on (db_adopt). */
void book_adopt(struct book *b);
void book_log_share(struct book *b, struct db_log *log); /* as db_log_share */
bool book_log_rest(struct book *b, int64_t most);        /* as db_log_rest */
int64_t book_chain(const struct book *b);
int64_t book_seq(const struct book *b); /* records in this chain */
/* The signing key of one version of the master key; the caller wipes secret. */
void book_keys(const struct keys *k, uint8_t version, unsigned char public[BOOK_KEY],
    unsigned char secret[64]);

/* One look at a child, as a page shows it. Never its number in the chain: that would count what the
 * reader may not see (promise 6). */
struct book_look {
	int64_t at_ms, id;
	struct book_entry entry; /* texts live in mem */
};
struct book_looks {
	struct book_look *v;
	size_t n;
};
/*
 * Records about a child, newest first, those before (before_ms, before_id); INT64_MAX for both to
 * begin. reader: a connection to the book's store. The caller holds the permit and leaves out what
 * its reader may not see, and asks for more until its page is full: so that nothing shows how much
 * was left out. Fewer than most: there are no more.
 */
enum err book_looks(struct db *reader, struct arena *mem, struct child_id child, int64_t before_ms,
    int64_t before_id, size_t most, struct book_looks *out);

#endif
