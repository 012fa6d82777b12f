/*
 * A program that records nothing, to weigh what the book of looks costs. It is built for the bench
 * alone, from the same sources, by the linker's --wrap: the product has no such switch.
 */
#include "web/frame.h"

void __wrap_frame_entries(const struct request *rq, const struct response *rs, enum err e,
    struct book_entry **entries, size_t *n);

/* No records: the reader's thread sends the page itself, as a program without a book would. */
void __wrap_frame_entries(const struct request *rq, const struct response *rs, enum err e,
    struct book_entry **entries, size_t *n)
{
	(void)rq, (void)rs, (void)e;
	*entries = NULL;
	*n = 0;
}
