#include "access/book_list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "access/book.h"
#include "q_book.h"
#include "q_book_list.h"

#define BUCKETS 64
#define ENTRY ((size_t)10) /* bytes: child, place in the segment */
#define PART_ROWS 1000     /* rows of the list read together */

struct entry {
	int64_t bucket;
	unsigned char bytes[ENTRY];
};

static int64_t bucket_of(struct child_id child)
{
	return (int64_t)((uint64_t)child.v % BUCKETS);
}

static int64_t segment_of(int64_t seq)
{
	return (seq - 1) / BOOK_SEGMENT;
}

static void put_entry(unsigned char out[ENTRY], struct child_id child, int64_t seq)
{
	uint64_t c = (uint64_t)child.v;
	unsigned place = (unsigned)((seq - 1) % BOOK_SEGMENT);

	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(c >> (56 - 8 * i));
	out[8] = (unsigned char)(place >> 8);
	out[9] = (unsigned char)place;
}

static int by_bucket(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->bucket != y->bucket)
		return x->bucket < y->bucket ? -1 : 1;
	return memcmp(x->bytes, y->bytes, ENTRY);
}

/* --- writing --- */

static enum err put_segment(struct db *book, struct arena *mem, int64_t chain, int64_t segment)
{
	struct q_look_children_list rows;
	struct entry *all;
	struct buf part;

	TRY(q_look_children(
	    book, mem, chain, segment * BOOK_SEGMENT, (segment + 1) * BOOK_SEGMENT, &rows));
	all = arena_array(mem, struct entry, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		all[i].bucket = bucket_of(rows.v[i].child);
		put_entry(all[i].bytes, rows.v[i].child, rows.v[i].seq);
	}
	if (rows.n)
		qsort(all, rows.n, sizeof *all, by_bucket);
	for (size_t i = 0, next; i < rows.n; i = next) {
		buf_init(&part, mem, 64 * ENTRY);
		for (next = i; next < rows.n && all[next].bucket == all[i].bucket; next++)
			buf_put(&part, (const char *)all[next].bytes, ENTRY);
		TRY(q_look_part_put(book, chain, all[i].bucket, segment, buf_text(&part)));
	}
	return OK;
}

enum err book_list_put(
    struct db *book, struct arena *mem, int64_t chain, int64_t *listed, int64_t upto)
{
	int64_t was = *listed;

	while (upto - *listed >= BOOK_SEGMENT) {
		size_t mark = arena_mark(mem);

		TRY(put_segment(book, mem, chain, *listed / BOOK_SEGMENT));
		arena_rewind(mem, mark);
		*listed += BOOK_SEGMENT;
	}
	return *listed == was ? OK : q_look_indexed_put(book, chain, *listed);
}

/* Where an entry stands in a part; NULL: nowhere. */
static const char *find(struct str part, const unsigned char entry[ENTRY])
{
	for (size_t at = 0; at + ENTRY <= part.n; at += ENTRY)
		if (memcmp(part.p + at, entry, ENTRY) == 0)
			return part.p + at;
	return NULL;
}

enum err book_list_take(struct db *book, struct arena *mem, int64_t chain, int64_t seq)
{
	struct q_look_child_of of;
	struct q_look_part_of part;
	unsigned char entry[ENTRY];
	const char *at;
	struct buf left;

	TRY(q_look_child_of(book, mem, chain, seq, &of));
	if (!of.found || !of.child.v)
		return OK;
	TRY(q_look_part_of(book, mem, chain, bucket_of(of.child), segment_of(seq), &part));
	put_entry(entry, of.child, seq);
	at = part.found ? find(part.entries, entry) : NULL;
	if (!at)
		return OK; /* not listed yet */
	buf_init(&left, mem, part.entries.n);
	buf_put(&left, part.entries.p, (size_t)(at - part.entries.p));
	buf_put(&left, at + ENTRY, part.entries.n - ENTRY - (size_t)(at - part.entries.p));
	return q_look_part_put(book, chain, bucket_of(of.child), segment_of(seq), buf_text(&left));
}

enum err book_list_missing(struct db *book, struct arena *mem, int64_t chain, int64_t after,
    int64_t upto, struct book_missing *out)
{
	struct q_look_children_list rows;

	*out = (struct book_missing){ NULL, 0 };
	TRY(q_look_children(book, mem, chain, after, upto, &rows));
	out->v = arena_array(mem, int64_t, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		struct q_look_part_of part;
		unsigned char entry[ENTRY];

		TRY(q_look_part_of(book, mem, chain, bucket_of(rows.v[i].child),
		    segment_of(rows.v[i].seq), &part));
		put_entry(entry, rows.v[i].child, rows.v[i].seq);
		if (!part.found || !find(part.entries, entry))
			out->v[out->n++] = rows.v[i].seq;
	}
	return OK;
}

/* --- reading --- */

struct place {
	int64_t chain, seq, at_ms, id;
};

struct places {
	struct arena *mem;
	struct place *v;
	size_t n, room;
	int64_t before_ms, before_id;
};

/* One that stands before the page's end. */
static void add(struct places *p, struct place of)
{
	if (of.at_ms > p->before_ms || (of.at_ms == p->before_ms && of.id >= p->before_id))
		return;
	if (p->n == p->room) {
		size_t room = p->room ? p->room * 2 : 64;

		p->v = arena_grow(p->mem, p->v, p->n * sizeof *p->v, room * sizeof *p->v);
		p->room = room;
	}
	p->v[p->n++] = of;
}

static enum err add_listed(struct db *reader, struct arena *mem, int64_t chain, int64_t seq,
    struct child_id child, struct places *p)
{
	struct q_look_when row;

	TRY(q_look_when(reader, mem, chain, seq, child, &row));
	if (row.found)
		add(p, (struct place){ chain, seq, row.at_ms, row.id.v });
	return OK;
}

static enum err look_in_part(struct db *reader, struct arena *mem, int64_t chain,
    const struct q_look_parts *part, struct child_id child, struct places *p)
{
	unsigned char of[ENTRY];

	put_entry(of, child, 1);
	for (size_t at = 0; at + ENTRY <= part->entries.n; at += ENTRY) {
		const unsigned char *e = (const unsigned char *)part->entries.p + at;

		if (memcmp(e, of, 8) == 0)
			TRY(add_listed(reader, mem, chain,
			    part->segment * BOOK_SEGMENT + (int64_t)e[8] * 256 + e[9] + 1, child,
			    p));
	}
	return OK;
}

static enum err look_in_chain(
    struct db *reader, struct arena *mem, int64_t chain, struct child_id child, struct places *p)
{
	struct q_look_indexed_of indexed;
	struct q_look_parts_list parts;
	struct q_look_tail_list tail;
	int64_t after = -1;

	TRY(q_look_indexed_of(reader, mem, chain, &indexed));
	do {
		TRY(q_look_parts(reader, mem, chain, bucket_of(child), after, PART_ROWS, &parts));
		for (size_t i = 0; i < parts.n; i++) {
			TRY(look_in_part(reader, mem, chain, &parts.v[i], child, p));
			after = parts.v[i].segment;
		}
	} while (parts.n == PART_ROWS);
	TRY(q_look_tail(reader, mem, chain, indexed.found ? indexed.seq : 0, child, &tail));
	for (size_t i = 0; i < tail.n; i++)
		add(p, (struct place){ chain, tail.v[i].seq, tail.v[i].at_ms, tail.v[i].id.v });
	return OK;
}

static int newest_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->at_ms != y->at_ms)
		return x->at_ms > y->at_ms ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

enum err book_looks(struct db *reader, struct arena *mem, struct child_id child, int64_t before_ms,
    int64_t before_id, size_t most, struct book_looks *out)
{
	struct places p = { .mem = mem, .before_ms = before_ms, .before_id = before_id };
	struct q_book_chains_list chains;

	*out = (struct book_looks){ NULL, 0 };
	must(most > 0 && most <= 1000);
	TRY(q_book_chains(reader, mem, &chains));
	for (size_t i = 0; i < chains.n; i++)
		TRY(look_in_chain(reader, mem, chains.v[i].chain, child, &p));
	if (p.n)
		qsort(p.v, p.n, sizeof *p.v, newest_first);
	out->v = arena_array(mem, struct book_look, most);
	for (size_t i = 0; i < p.n && out->n < most; i++) {
		struct book_look *l = &out->v[out->n];
		struct q_look_what row;

		TRY(q_look_what(reader, mem, p.v[i].chain, p.v[i].seq, child, &row));
		if (!row.found)
			continue; /* erased this moment */
		*l = (struct book_look){ .at_ms = row.at_ms, .id = row.id.v };
		if (!book_entry_of(row.content, &l->entry) || l->entry.child != child.v ||
		    l->entry.id != l->id)
			return fail(
			    ERR_INTERNAL, "record id=%" PRId64 " is not as it was written", l->id);
		out->n++;
	}
	return OK;
}
