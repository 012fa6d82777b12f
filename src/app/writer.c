/*
 * The one writer and the one book. A batch: changes as savepoints of one commit, what was only read
 * checked again, the book durable, the data durable, the answers sent. A batch that the store
 * refuses as a whole is carried out again one by one, so that one bad change never takes others
 * with it.
 */
#include <stdlib.h>

#include "app/writer_in.h"
#include "base/log.h"
#include "feat/home/overview.h"
#include "web/staff.h"

#define TRIES 4
#define BATCH_BYTES ((size_t)64 << 20) /* address space for the records of one batch */

/* A page that a change answered with, and not an error's: that holds the user's own words alone. */
static bool is_page(const struct work *w)
{
	return w->result == OK && w->rs.http->status != 303 && w->rq.permit;
}

/* A change: its own savepoint. A broken promise (deferred key, check) takes back this change alone.
 */
static enum err one_change(struct writer *wr, struct work *w)
{
	enum err e;

	TRY(db_begin(wr->db, DB_SAVEPOINT));
	e = serve_attempt(w, wr->db, wr->book_db, wr->cards);
	/* What it has changed itself is no reason to be stale. */
	if (e == OK && w->rs.changed && is_page(w))
		serve_decide_again(w);
	if (e == OK && w->n_entries && w->entries[0].kind == BOOK_CHANGE) {
		w->entries[0].id = id_random();
		e = book_token(wr->book, wr->db, wr->n_changes, w->entries[0].id);
	}
	/* RETRY and BUSY (full disk, lost server) spoil the whole batch, not this savepoint alone.
	 */
	if (e == ERR_RETRY || e == ERR_BUSY)
		return e;
	if (e != OK)
		return db_rollback(wr->db, DB_SAVEPOINT);
	e = db_release(wr->db);
	if (e == OK && w->n_entries && w->entries[0].kind == BOOK_CHANGE)
		wr->changes[wr->n_changes++] = w->entries[0].id;
	if (e == OK || e == ERR_RETRY || e == ERR_BUSY)
		return e;
	serve_refuse(w, e);
	return OK;
}

uint64_t writer_seen(struct writer *wr)
{
	return atomic_load(&wr->seen);
}

struct holding {
	struct writer *wr;
	const struct work *w;
};

static enum err holds_within(void *what)
{
	const struct holding *h = what;

	return access_holds(h->wr->db, h->w->rq.mem, h->w->rq.permit, clock_now_ms());
}

/* ERR_RETRY: what the permit was decided on does not hold, or there was no memory left to ask. */
static enum err holds(struct writer *wr, const struct work *w)
{
	struct holding h = { wr, w };
	size_t mark = arena_mark(w->rq.mem);
	enum err e = arena_within(w->rq.mem, holds_within, &h);

	if (e != ERR_TOO_LARGE)
		return e;
	db_done(wr->db);
	arena_rewind(w->rq.mem, mark);
	return ERR_RETRY;
}

/* What was read: does everything it was decided on still hold? Else it is made again here and now.
 * still: nothing was committed since the batch before, and nothing is changed in this one. */
static enum err one_look(struct writer *wr, struct work *w, bool still)
{
	enum err e = w->result;

	still = still && w->seen != 0 && w->seen == atomic_load(&wr->seen);
	if (e != ERR_RETRY && w->rq.permit && still && access_in_time(w->rq.permit, clock_now_ms()))
		return OK;
	if (e != ERR_RETRY && w->rq.permit)
		e = holds(wr, w);
	if (e == ERR_RETRY)
		e = serve_attempt(w, wr->db, wr->book_db, wr->cards);
	return e == ERR_RETRY ? e : OK;
}

static bool any_writes(struct work **batch, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (batch[i]->writes)
			return true;
	return false;
}

/* What of a batch stands in the book although the rest of it could not be written. */
static void void_what_stands(struct writer *wr, const struct book_entry *all, size_t n)
{
	int64_t ids[GATHER_MOST];
	size_t n_ids = 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].kind == BOOK_CHANGE)
			ids[n_ids++] = all[i].id;
	if (n_ids)
		(void)book_void(wr->book, ids, n_ids); /* logged; owed until it stands */
}

/* All entries of the batch, in the order of its works, in durable transactions of the book. */
static enum err into_the_book(struct writer *wr, struct work **batch, size_t n)
{
	struct book_entry *all;
	size_t total = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		total += batch[i]->n_entries;
	if (total == 0)
		return OK;
	all = arena_array(&wr->mem, struct book_entry, total);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < batch[i]->n_entries; k++)
			all[at++] = batch[i]->entries[k];
	for (at = 0; at < total; at += BOOK_BATCH_MOST) {
		enum err e = book_append(wr->book, all + at,
		    total - at < BOOK_BATCH_MOST ? total - at : BOOK_BATCH_MOST);

		if (e != OK) {
			void_what_stands(wr, all, at);
			return e;
		}
	}
	return OK;
}

struct batch {
	struct writer *wr;
	struct work **v;
	size_t n;
	bool writes;
};

static enum err batch_within(void *what)
{
	const struct batch *b = what;
	struct writer *wr = b->wr;
	size_t made;

	for (size_t i = 0; i < b->n; i++)
		TRY(b->v[i]->writes ? one_change(wr, b->v[i]) : one_look(wr, b->v[i], !b->writes));
	if (b->writes)
		TRY(overview_make(wr->db, &wr->mem, clock_now_ms(), GATHER_MOST, &made));
	return into_the_book(wr, b->v, b->n);
}

/* ERR_RETRY: nothing of it stands, do it again. ERR_TOO_LARGE: nothing, and it never will. */
static enum err one_batch(struct writer *wr, struct work **batch, size_t n)
{
	bool writes = any_writes(batch, n);
	enum db_scope_kind scope = writes ? DB_WRITE : DB_STILL;
	struct batch within = { wr, batch, n, writes };
	enum err e;
	bool changed;

	wr->n_changes = 0;
	TRY(db_begin(wr->db, scope));
	e = db_changed_since(wr->db, &changed);
	if (changed)
		atomic_fetch_add(&wr->seen, 1);
	if (e == OK)
		e = arena_within(&wr->mem, batch_within, &within);
	if (e != OK) {
		db_done(wr->db);
		db_rollback(wr->db, scope);
		return e;
	}
	if (!writes)
		return db_end(wr->db);
	if (db_commit(wr->db) == OK)
		return OK;
	return book_commit_failed(wr->book, wr->db, wr->changes, wr->n_changes);
}

/* Carries out a batch; what the store refuses as a whole is done again one by one, then given up.
 */
static void carry_out(struct writer *wr, struct work **batch, size_t n)
{
	enum err e = one_batch(wr, batch, n);

	arena_rewind(&wr->mem, 0);
	if (e != OK && n > 1) {
		for (size_t i = 0; i < n; i++)
			carry_out(wr, &batch[i], 1);
		return;
	}
	for (int i = 1; e == ERR_RETRY && i < TRIES; i++) {
		e = one_batch(wr, batch, n);
		arena_rewind(&wr->mem, 0);
	}
	for (size_t i = 0; e != OK && i < n; i++)
		serve_busy(batch[i]);
}

/*
 * Several copies of the program write to one server: a page that a change answered with (a form
 * that comes back, a preview) was made in that change's snapshot, and another copy may have taken
 * back a yes since, or another change of the same batch. It is asked again as a look is, in a
 * moment when nobody commits. What no longer holds is not shown: what changed nothing is tried
 * again by itself, the rest is told to come back.
 */
static void ask_again(struct writer *wr, struct work **batch, size_t n, int tries)
{
	struct work *stale[GATHER_MOST];
	size_t n_stale = 0;
	enum err e = db_begin(wr->db, DB_STILL);

	for (size_t i = 0; i < n; i++)
		if (is_page(batch[i]) && (e != OK || holds(wr, batch[i]) != OK))
			stale[n_stale++] = batch[i];
	if (e == OK && db_end(wr->db) != OK)
		for (size_t i = n_stale = 0; i < n; i++)
			if (is_page(batch[i]))
				stale[n_stale++] = batch[i];
	for (size_t i = 0; i < n_stale; i++) {
		if (tries == 0 || stale[i]->rs.changed) {
			serve_busy(stale[i]);
			continue;
		}
		carry_out(wr, &stale[i], 1);
		ask_again(wr, &stale[i], 1, tries - 1);
	}
}

/* On a server looks do not travel with changes: a change's snapshot may be older than what another
 * copy has committed, and a look is let go only on what holds when nobody commits (promise 5). */
void writer_carry_out(struct writer *wr, struct work **batch, size_t n)
{
	struct work *changes[GATHER_MOST], *looks[GATHER_MOST];
	size_t n_changes = 0, n_looks = 0;

	if (db_engine(wr->db) == DB_SQLITE) {
		carry_out(wr, batch, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (batch[i]->writes)
			changes[n_changes++] = batch[i];
		else
			looks[n_looks++] = batch[i];
	if (n_changes) {
		carry_out(wr, changes, n_changes);
		ask_again(wr, changes, n_changes, TRIES);
	}
	if (n_looks)
		carry_out(wr, looks, n_looks);
}

static enum err open_stores(struct writer *wr, const struct config *cfg, const struct site *site)
{
	struct book_options o = { .where = cfg->book,
		.copy = cfg->copy,
		.witness = cfg->witness[0] ? cfg->witness : NULL,
		.version = site->version,
		.keys = site->keys };
	size_t voided;

	TRY(db_open(cfg->database, DB_WRITER, &wr->db));
	TRY(db_migrate(wr->db, DB_STORE_MAIN));
	TRY(book_open(&o, &wr->book));
	TRY(db_open(cfg->book, DB_READER, &wr->book_db));
	db_log_share(wr->db, &wr->logs.main);
	book_log_share(wr->book, &wr->logs.book);
	TRY(keeper_open(cfg, &wr->logs, &wr->keeper));
	TRY(book_settle(wr->book, wr->db, &voided));
	if (voided)
		log_line(LOG_WARN, "settled", "voided=%zu", voided);
	return OK;
}

void writer_close(struct writer *wr)
{
	if (!wr)
		return;
	book_close(wr->book);
	db_close(wr->db);
	db_close(wr->book_db);
	staff_cards_close(wr->cards);
	keeper_close(wr->keeper);
	writer_queue_fini(wr);
	db_log_fini(&wr->logs.main);
	db_log_fini(&wr->logs.book);
	arena_fini(&wr->mem);
	free(wr);
}

enum err writer_open(const struct config *cfg, const struct site *site, struct writer **out)
{
	struct writer *wr = calloc(1, sizeof *wr);
	enum err e;

	must(wr != NULL);
	wr->wal_most = cfg->wal_mb << 20;
	arena_init(&wr->mem, BATCH_BYTES);
	wr->cards = staff_cards_open();
	writer_queue_init(wr);
	db_log_init(&wr->logs.main);
	db_log_init(&wr->logs.book);
	e = open_stores(wr, cfg, site);
	if (e != OK) {
		writer_close(wr);
		return e;
	}
	*out = wr;
	return OK;
}
