/* What the box about a yes on paper is filled with: {{call paper_box : &v->papers}}. */
#ifndef PAPER_VIEWS_H
#define PAPER_VIEWS_H

#include "feat/share/paper.h"
#include "web/web.h"

struct paper_row {
	struct str line;    /* who wrote down what, when */
	struct str word;    /* in short: counts, not yet, not */
	struct str state;   /* what became of it, in words */
	struct str words;   /* why not; the drawer's own, empty for the family */
	struct str checked; /* how they knew; for the one it is about, and the drawer */
	const char *shape;
	struct str color;
};
struct paper_rows {
	struct paper_row *v;
	size_t n;
	bool take_back;  /* the reader's own yes stands here and is the reader's to take back */
	bool counted;    /* ... and another has seen it */
	struct str back; /* where that form goes */
};

/* The rows about a question that this reader may see. asked: the question is open. Acts: those that
 * read or answer a question. */
enum err paper_rows(
    struct request *rq, int64_t question, bool asked, struct str back, struct paper_rows *out);

#endif
