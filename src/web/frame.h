/*
 * What the dispatcher does around a handler: errors become pages, pages get their frame, answers
 * become records for the book.
 */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "web/web.h"

/* What the frame adds to a page, or a little more. */
#define FRAME_ROOM ((size_t)4 * 1024)

/* Turns an error into its page: the only place where an enum err becomes a status. A form that
 * fails gives the user's words back (promise 17). */
void frame_error(struct request *rq, struct response *rs, enum err e);
/* Lays the frame around a page that was begun with rs_page. */
void frame_lay(struct request *rq, struct response *rs);
/* Memory that frame_lay will take, or a little more. */
size_t frame_needs(const struct response *rs);
/* What the book of looks says of this answer; none for what holds no personal data. */
void frame_entries(const struct request *rq, const struct response *rs, enum err e,
    struct book_entry **entries, size_t *n);
/* The server's own refusals (400, 405, 413, 431, 503), made once at start, in Swedish. */
void frame_refusal(void *ctx, int status, struct str *content_type, struct str *body);

#endif
