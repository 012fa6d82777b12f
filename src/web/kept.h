/*
 * Kept pages: the inside of a page that was made once, packed in memory, to be given again while
 * nothing has changed that it was made of.
 *
 * What is kept never decides who may see it. Each request decides its permit anew, on facts read in
 * its own snapshot; the record in the book and the last look at the permit before the answer leaves
 * are the same as for a page made afresh. The key holds everything that went into the page: the
 * route and its address, the reader, the assignment worn, the language, the day, all that the
 * permit was decided on (permit_stamps: each child with its two versions), and the version of the
 * staff's world. The database makes these versions grow by triggers (migrations/0046_stamp.sql), so
 * a page that is out of date has a key that nobody asks for any more: nothing needs to be taken
 * away in time.
 *
 * Secrets of a session do not lie here: the places of the form tokens are blanked and filled anew.
 * The memory is bounded, in a ring: the oldest page makes room. The first page of a new
 * day wipes all.
 */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "web/web.h"

struct kept; /* closed; used by all threads at once */

/* bytes of memory at most; 0 keeps nothing (and gives NULL). */
struct kept *kept_open(size_t bytes);
void kept_close(struct kept *k); /* takes NULL */

/* First in a handler whose page reads only tables with a stamp, and of the clock only the day:
 * fills the response as the handler did before. false: the page has to be made. */
bool kept_again(const struct request *rq, struct response *rs);
/* Last in such a handler. What can't be kept (another status, a cookie, no room) is
 * not, nor what was made between changes of the writer that may still be taken back. */
void kept_this(const struct request *rq, const struct response *rs);

struct kept_stats {
	uint64_t found, made, pages; /* given again, put in, lying there now */
	uint64_t plain, packed;      /* bytes of all that was put in */
};
void kept_stats(struct kept *k, struct kept_stats *out);

#endif
