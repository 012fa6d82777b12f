/*
 * The child as its staff see it: the only door is an engagement (promise 3), and what the page says
 * of another drawer's item is why it may be seen.
 */
#ifndef CHILD_H
#define CHILD_H

#include "feat/child/child_views.h"

/* Fills *out with what the reader's drawer holds or was given of the permit's child
 * (ACT_CHILD_SHOW). Texts live in rq->mem. */
enum err child_page_load(struct request *rq, struct child_page *out);

#endif
