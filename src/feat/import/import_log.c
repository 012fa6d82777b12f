/* An import and the book of looks: as the writer does with a batch, a token for each change, the
 * book durable, then the data (access/book.h). */
#include "base/log.h"
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
	int64_t ids[BOOK_CHANGES_MOST];
	bool landed = false;
	enum err e = OK;

	if (log->n)
		e = book_append(im->book, log->v, log->n);
	if (e != OK) {
		(void)db_rollback(im->db, DB_WRITE);
		return e;
	}
	e = db_commit(im->db);
	if (e == OK || !log->n)
		return e;
	if (book_landed(im->book, im->db, log->v[0].id, &landed) == OK && landed)
		return OK;
	for (size_t i = 0; i < log->n; i++)
		ids[i] = log->v[i].id;
	TRY(book_void(im->book, ids, log->n));
	return e;
}
