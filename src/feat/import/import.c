/*
 * A run over files: three passes, so that the order of records does not matter. First who is
 * referred to as responsible, then who everybody is, then who stands around whom. Bounded memory:
 * a batch of records, and 8 bytes for each person referred to. A change is committed within 50 ms,
 * with a pause behind it, so that a running server goes on.
 */
#include "feat/import/import.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "feat/import/import_stream.h"

#define BATCH 64
#define BATCH_BYTES ((size_t)64 << 20)
#define SET_BYTES ((size_t)1 << 30) /* address space; used as it fills */
#define HOLD_MS 25                  /* the store is ours at most this long, and the commit */
#define PAUSE_MS 15
#define TRIES 40
#define PROGRESS_MS 2000

enum pass { PASS_REFS, PASS_PERSONS, PASS_AROUND };

/* Who is referred to: keyed hashes of the sources' ids. */
struct set {
	struct arena mem;
	uint64_t *v;
	size_t room, n;
	unsigned char key[crypto_shorthash_KEYBYTES];
};

struct work {
	struct import_record r;
	struct import_item item;
	struct json_problem problem;
	enum import_reading reading;
};

struct run {
	struct import *im;
	const struct import_options *o;
	struct import_counts *counts;
	struct arena mem; /* of a batch */
	struct set refs;
	struct set guarded; /* children whose guardian comes as a RelatedPerson in this delivery */
	struct set
	    waits; /* whose record this very delivery put aside: it may say two things of one */
	const char *path;
	enum pass pass;
	int64_t told_ms;
	long records;
	struct work *batch;
	size_t n;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

static uint64_t set_hash(const struct set *s, struct str id)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t h;

	crypto_shorthash(out, (const unsigned char *)id.p, id.n, s->key);
	memcpy(&h, out, sizeof h);
	return h ? h : 1;
}

static bool set_place(const struct set *s, uint64_t h, size_t *at)
{
	for (*at = h & (s->room - 1); s->v[*at]; *at = (*at + 1) & (s->room - 1))
		if (s->v[*at] == h)
			return true;
	return false;
}

static bool set_has(const struct set *s, struct str id)
{
	size_t at;

	return s->room > 0 && set_place(s, set_hash(s, id), &at);
}

static void set_add(struct set *s, struct str id)
{
	size_t at;

	if (s->n * 2 >= s->room) {
		struct set old = *s;

		s->room = old.room ? old.room * 2 : 1024;
		s->v = arena_array(&s->mem, uint64_t, s->room);
		for (size_t i = 0; i < old.room; i++)
			if (old.v[i] && !set_place(s, old.v[i], &at))
				s->v[at] = old.v[i];
	}
	if (set_place(s, set_hash(s, id), &at))
		return;
	s->v[at] = set_hash(s, id);
	s->n++;
}

static void tell_line(
    struct run *run, const struct import_item *item, const char *between, struct str what)
{
	if (run->o->problems)
		fprintf(run->o->problems, "%s: %.*s%s%.*s\n", run->path, STR(item->place),
		    item->place.n ? between : "", STR(what));
}

static void tell(struct run *run, const struct import_item *item, struct str what)
{
	tell_line(run, item, ": ", what);
}

/* what begins with the field's path, as json_mark writes it: "civicNo.value: is mistyped". */
static void tell_field(struct run *run, const struct import_item *item, struct str what)
{
	bool all = str_starts(what, S("(all): "));

	if (all)
		what = (struct str){ what.p + 7, what.n - 7 };
	tell_line(run, item, all ? ": " : ".", what);
}

static void tell_at(struct run *run, const struct import_item *item, int line, struct str what)
{
	tell_line(run, item, " ", str_fmt(&run->mem, "(line %d): %.*s", line, STR(what)));
}

static void tell_bad(struct run *run, const struct work *w)
{
	if (run->pass != PASS_PERSONS)
		return;
	run->counts->bad++;
	if (w->item.too_long)
		tell_at(run, &w->item, w->item.line,
		    S("is longer than 256 kB: send one person a record"));
	else if (w->problem.line)
		tell_at(run, &w->item, w->item.line + w->problem.line - 1, w->problem.what);
	else
		tell_field(run, &w->item, w->problem.what);
}

static void count_person(struct run *run, const struct work *w, const struct import_outcome *out)
{
	struct import_counts *c = run->counts;

	c->persons++;
	c->children += out->child;
	switch (out->did) {
	case DID_NOTHING:
		c->same++;
		break;
	case DID_MAKE:
		c->made++;
		break;
	case DID_CHANGE:
		c->changed++;
		break;
	case DID_QUARANTINE:
		c->quarantined++;
		set_add(&run->waits, w->r.id);
		set_add(&run->waits, import_write(&run->mem, &w->r));
		c->parts_changed += !out->again;
		tell(run, &w->item,
		    str_fmt(
			&run->mem, "waits in quarantine (%s)", import_reason_code(out->reason)));
		break;
	case DID_LEAVE_OUT:
		c->left_out++;
		if (out->again) /* thrown away: so is who stands around */
			set_add(&run->waits, import_write(&run->mem, &w->r));
		break;
	}
	for (size_t i = 0; i < w->r.n_notes; i++, c->notes++)
		tell(run, &w->item, str_of(w->r.notes[i]));
}

static void count_around(struct run *run, const struct work *w, const struct import_outcome *out)
{
	struct import_counts *c = run->counts;

	c->relations += out->relations;
	c->engagements += out->engagements;
	c->ended += out->ended;
	c->waiting += out->waiting;
	c->parts_changed += out->relations + out->engagements + out->ended + out->waits_anew;
	if (out->waiting)
		tell(run, &w->item,
		    S("a guardian's record, or somebody who takes new pupils in, is missing: waits in quarantine"));
}

static enum err around(struct run *run, struct work *w, struct import_outcome *out)
{
	/* a record that waits, or was thrown away, says nothing of who stands around either */
	if (set_has(&run->waits, import_write(&run->mem, &w->r)))
		return OK;
	if (!set_has(&run->waits, w->r.id))
		TRY(quarantine_settle(run->im, &run->mem, &w->r, ""));
	w->r.contact_decides = w->r.contact_decides && !set_has(&run->guarded, w->r.id);
	return import_around(run->im, &run->mem, &w->r, out);
}

static enum err step(struct run *run, struct work *w, struct import_outcome *out)
{
	bool concerns;
	enum err e;

	*out = (struct import_outcome){ .did = DID_LEAVE_OUT };
	TRY(import_concerns(run->im, &run->mem, &w->r, set_has(&run->refs, w->r.id), &concerns));
	if (!concerns)
		return OK;
	TRY(db_begin(run->im->db, DB_SAVEPOINT));
	if (run->pass == PASS_PERSONS)
		e = import_person(
		    run->im, &run->mem, &w->r, DECIDE_NOTHING, (struct person_id){ 0 }, out);
	else
		e = around(run, w, out);
	if (e == OK)
		return db_release(run->im->db);
	(void)db_rollback(run->im->db, DB_SAVEPOINT);
	return e;
}

/* As many records as fit into one short transaction, from *at on. Nothing is told or counted before
 * it is durable: a transaction that is run again tells nothing twice. */
/* What one record changed is on record (design.md section 4: the book goes first). */
static enum err on_record(struct run *run, const struct import_outcome *out, struct import_log *log)
{
	bool person = run->pass == PASS_PERSONS;
	bool changed = person
			   ? out->did == DID_MAKE || out->did == DID_CHANGE ||
				 (out->did == DID_QUARANTINE && !out->again)
			   : out->relations + out->engagements + out->ended + out->waits_anew > 0;

	return changed ? import_record(run->im, log, out->child_id,
			     person && out->did == DID_QUARANTINE ? "quarantine" : "import")
		       : OK;
}

static enum err some(struct run *run, size_t *at, bool give_in)
{
	struct import_log log = { .n = 0 };
	struct import_outcome outs[BATCH];
	enum err went[BATCH];
	int64_t began = now_ms();
	size_t i = *at;

	if (!run->o->dry_run)
		TRY(db_begin(run->im->db, DB_WRITE));
	for (; i < run->n && (i == *at || run->o->dry_run || now_ms() - began < HOLD_MS); i++) {
		struct work *w = &run->batch[i];
		enum err e = OK;

		if (w->reading == IMPORT_PERSON)
			e = step(run, w, &outs[i]);
		if (e == OK && w->reading == IMPORT_PERSON)
			e = on_record(run, &outs[i], &log);
		if (e == ERR_CONFLICT && (give_in || run->o->dry_run))
			e = OK, went[i] = ERR_CONFLICT;
		else
			went[i] = OK;
		if (e == OK)
			continue;
		if (!run->o->dry_run)
			(void)db_rollback(run->im->db, DB_WRITE);
		return e == ERR_CONFLICT ? ERR_RETRY : e;
	}
	if (!run->o->dry_run)
		TRY(import_commit(run->im, &log));
	run->counts->commits++;
	for (; *at < i; ++*at) {
		struct work *w = &run->batch[*at];

		if (w->reading == IMPORT_BAD) {
			tell_bad(run, w);
		} else if (w->reading == IMPORT_NO_PERSON) {
			run->counts->passed += run->pass == PASS_PERSONS;
		} else if (went[*at] != OK) {
			w->problem.what =
			    S("could not be read in beside what is here; run it again");
			tell_bad(run, w);
		} else if (run->pass == PASS_PERSONS) {
			count_person(run, w, &outs[*at]);
		} else {
			count_around(run, w, &outs[*at]);
		}
	}
	return OK;
}

static enum err carry_out(struct run *run)
{
	size_t at = 0;

	for (int tries = 0; at < run->n;) {
		enum err e = some(run, &at, tries > TRIES / 2);

		if (e == OK)
			tries = 0;
		else if ((e != ERR_RETRY && e != ERR_BUSY) || ++tries > TRIES || run->o->dry_run)
			return e;
		if (!run->o->dry_run)
			pause_ms(PAUSE_MS);
	}
	return OK;
}

static void note_refs(struct run *run)
{
	for (size_t i = 0; i < run->n; i++)
		for (size_t j = 0;
		     run->batch[i].reading == IMPORT_PERSON && j < run->batch[i].r.n_refs; j++)
			set_add(&run->refs, run->batch[i].r.refs[j].id);
	for (size_t i = 0; i < run->n; i++)
		if (run->batch[i].reading == IMPORT_PERSON && run->batch[i].r.of.id.n &&
		    str_eq(str_of(run->batch[i].r.of.kind), S("guardian")))
			set_add(&run->guarded, run->batch[i].r.of.id);
}

static void tell_progress(struct run *run)
{
	static const char *const doing[] = { "looking who is meant", "reading in",
		"joining families" };

	run->records += (long)run->n;
	if (run->o->quiet || !run->o->progress || now_ms() - run->told_ms < PROGRESS_MS)
		return;
	run->told_ms = now_ms();
	fprintf(
	    run->o->progress, "%s: %s, %ld records\n", run->path, doing[run->pass], run->records);
	fflush(run->o->progress);
}

static enum err batch_done(struct run *run, size_t mark)
{
	enum err e = OK;

	if (run->pass == PASS_REFS)
		note_refs(run);
	else if (run->n > 0)
		e = carry_out(run);
	tell_progress(run);
	run->n = 0;
	arena_rewind(&run->mem, mark); /* wiped: it held children's data */
	run->batch = arena_array(&run->mem, struct work, BATCH);
	return e;
}

static long read_fd(void *from, char *to, size_t n)
{
	ssize_t got;

	while ((got = read(*(int *)from, to, n)) < 0 && errno == EINTR)
		;
	return got;
}

static enum err one_file(struct run *run, int fd)
{
	struct import_stream s;
	size_t mark = arena_mark(&run->mem);
	bool more = true;
	enum err e = OK, broken = OK;

	import_stream_init(&s, read_fd, &fd);
	run->records = 0;
	run->batch = arena_array(&run->mem, struct work, BATCH);
	while (e == OK && more) {
		struct work *w = &run->batch[run->n];
		const char *what = NULL;

		broken = import_stream_next(&s, &run->mem, &w->item, &more, &what);
		if (broken != OK && run->pass == PASS_PERSONS) {
			run->counts->bad++;
			tell(run, &(struct import_item){ .place = S("") },
			    str_fmt(&run->mem, "line %d: %s; what stands after it is not read",
				s.line, what));
		}
		if (broken == OK && more) {
			w->reading = w->item.too_long ? IMPORT_BAD
						      : import_read(&run->mem, w->item.text,
							    run->im->today, &w->r, &w->problem);
			run->n++;
		}
		if (run->n == BATCH || !more || arena_mark(&run->mem) > mark + BATCH_BYTES / 4)
			e = batch_done(run, mark);
	}
	arena_rewind(&run->mem, mark);
	return e != OK ? e : broken;
}

/* The run itself, with its counts: who ran it, and what came of it. */
static enum err finish(struct run *run)
{
	struct import_log log = { .n = 0 };
	struct book_entry *e = &log.v[0];

	if (!run->im->book)
		return OK;
	TRY(db_begin(run->im->db, DB_WRITE));
	TRY(import_record(run->im, &log, (struct child_id){ 0 }, "import.run"));
	e->note = str_fmt(&run->mem, "by:%s,new:%ld,changed:%ld,waiting:%ld,ended:%ld,bad:%ld",
	    run->im->by ? run->im->by : "-", run->counts->made, run->counts->changed,
	    run->counts->quarantined + run->counts->waiting, run->counts->ended, run->counts->bad);
	return import_commit(run->im, &log);
}

enum err import_files(struct import *im, const char *const *paths, size_t n,
    const struct import_options *o, struct import_counts *out)
{
	struct run run = { .im = im, .o = o, .counts = out, .told_ms = now_ms() };
	enum err e = OK, broken = OK;

	*out = (struct import_counts){ 0 };
	must(sodium_init() >= 0);
	crypto_shorthash_keygen(run.refs.key);
	crypto_shorthash_keygen(run.waits.key);
	crypto_shorthash_keygen(run.guarded.key);
	arena_init(&run.mem, BATCH_BYTES);
	arena_init(&run.refs.mem, SET_BYTES);
	arena_init(&run.waits.mem, SET_BYTES);
	arena_init(&run.guarded.mem, SET_BYTES);
	if (o->dry_run)
		e = db_begin(im->db, DB_WRITE);
	for (int pass = PASS_REFS; e == OK && pass <= PASS_AROUND; pass++) {
		run.pass = (enum pass)pass;
		for (size_t i = 0; e == OK && i < n; i++) {
			int fd = open(paths[i], O_RDONLY | O_CLOEXEC);

			run.path = paths[i];
			e = fd < 0 ? ERR_NOT_FOUND : one_file(&run, fd);
			if (e == ERR_INVALID) {
				broken = e;
				e = OK;
			}
			if (fd >= 0)
				close(fd);
		}
	}
	if (o->dry_run)
		(void)db_rollback(im->db, DB_WRITE);
	else if (e == OK)
		e = finish(&run);
	arena_fini(&run.refs.mem);
	arena_fini(&run.waits.mem);
	arena_fini(&run.guarded.mem);
	arena_fini(&run.mem);
	return e != OK ? e : broken;
}
