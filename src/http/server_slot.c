/* Exchanges and the lists of free ones: each worker has its own, so that nobody waits for a lock.
 */
#include <stdlib.h>

#include "base/err.h"
#include "http/server_in.h"

/* Free exchanges kept with their memory, over all workers; more are unmapped. */
#define WARM 192

struct slot *slot_take(struct conn *k)
{
	struct http_server *s = k->server;
	struct worker *w = k->worker;
	struct slot *slot;

	if (atomic_fetch_add(&s->in_use, 1) >= s->cfg.exchanges_most) {
		atomic_fetch_sub(&s->in_use, 1);
		return NULL;
	}
	slot = w->free;
	if (slot) {
		w->free = slot->below;
		w->n_free--;
	} else {
		slot = calloc(1, sizeof *slot);
		must(slot);
		arena_init(&slot->x.mem, s->cfg.exchange_bytes);
		slot->home = w;
	}
	slot->conn = k;
	slot->holds = 1;
	slot->x.worker = w->index;
	atomic_store_explicit(&slot->state, SLOT_READING, memory_order_relaxed);
	return slot;
}

static void slot_free(struct slot *slot)
{
	arena_fini(&slot->x.mem);
	free(slot);
}

void slot_let_go(struct slot *slot)
{
	struct worker *w = slot->home;
	struct http_server *s = w->server;

	if (--slot->holds > 0)
		return;
	if (w->n_free >= WARM / s->cfg.threads) {
		slot_free(slot);
	} else {
		slot->x.mem.over = NULL;
		arena_rewind(&slot->x.mem, 0);
		slot->x.rq = (struct http_request){ 0 };
		slot->x.next = NULL;
		slot->x.user = NULL;
		slot->body = (struct buf){ 0 };
		slot->conn = NULL;
		slot->below = w->free;
		w->free = slot;
		w->n_free++;
	}
	atomic_fetch_sub(&s->in_use, 1);
}

void slots_fini(struct worker *w)
{
	struct slot *below;

	for (struct slot *slot = w->free; slot; slot = below) {
		below = slot->below;
		slot_free(slot);
	}
	w->free = NULL;
}
