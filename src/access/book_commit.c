/* The end of a change: the book is durable first, then the data (book.h says why). */
#include "access/book.h"

enum err book_commit_failed(struct book *b, struct db *main, const int64_t *ids, size_t n)
{
	bool landed = false;

	if (n == 0)
		return ERR_RETRY;
	if (book_landed(b, main, ids[0], &landed) == OK && landed)
		return OK; /* the answer of the store was lost, not the change */
	TRY(book_void(b, ids, n));
	return ERR_RETRY;
}

enum err book_commit(struct book *b, struct db *main, const struct book_entry *entries, size_t n)
{
	int64_t ids[BOOK_CHANGES_MOST];
	size_t n_ids = 0;
	enum err e;

	must(n <= BOOK_CHANGES_MOST);
	e = n ? book_append(b, entries, n) : OK;
	if (e != OK) {
		(void)db_rollback(main, DB_WRITE);
		return e;
	}
	e = db_commit(main);
	if (e == OK)
		return OK;
	for (size_t i = 0; i < n; i++)
		if (entries[i].kind == BOOK_CHANGE)
			ids[n_ids++] = entries[i].id;
	return book_commit_failed(b, main, ids, n_ids) == OK ? OK : e;
}
