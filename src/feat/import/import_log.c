/* An import and the book of looks: a token for each change, the book durable, then the data
 * (access/book.h). */
#include "feat/import/import.h"

enum err import_record(
    struct import *im, struct import_log *log, struct child_id child, const char *item)
{
	struct book_entry e = { .kind = BOOK_CHANGE,
		.id = id_random(),
		.child = child.v,
		.act = S("child.register"),
		.item = str_of(item),
		.item_id = im->drawer.v,
		.why = S("import"),
		.outcome = S("ok") };

	if (!im->book)
		return OK;
	if (log->n == BOOK_CHANGES_MOST)
		return ERR_RETRY;
	if (im->by)
		e.note = str_of(im->by);
	TRY(book_token(im->book, im->db, log->n, e.id));
	log->v[log->n++] = e;
	return OK;
}

enum err import_commit(struct import *im, struct import_log *log)
{
	return book_commit(im->book, im->db, log->v, log->n);
}
