#include "access/book_verify.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "access/book_list.h"
#include "q_book.h"

#define PAGE 500
/* A batch may run over the thousand; more than this between two checkpoints is never written. */
#define UNSIGNED_MOST 2000
#define MEM_BYTES ((size_t)32 << 20)

static const struct {
	const char *word, *text;
} wrongs[] = {
#define X(name, word, text) { word, text },
	BOOK_FINDING_TABLE(X)
#undef X
};

const char *book_wrong_word(enum book_wrong w)
{
	must((unsigned)w < BOOK_WRONG_COUNT);
	return wrongs[w].word;
}

const char *book_wrong_text(enum book_wrong w)
{
	must((unsigned)w < BOOK_WRONG_COUNT);
	return wrongs[w].text;
}

struct walk {
	struct db *db;
	struct arena mem;
	const struct book_trust *trust;
	void (*found)(void *to, const struct book_finding *f);
	void *to;
	struct book_sum *sum;

	int64_t chain, seq; /* the record before */
	unsigned char link[BOOK_HASH];
	bool link_known; /* link is that record's as stored */
	bool doubt;      /* that record does not follow the one before it */
	int64_t signed_seq;
	int64_t listed_seq; /* records up to it are listed under their children */
	/* The checkpoint that comes next in this page. */
	struct q_look_checkpoints_list points;
	size_t point;
	/* The last ERASE record looked up. */
	int64_t eraser;
	char erased[BOOK_CONTENT_MOST];
	size_t n_erased;
};

static void tell(struct walk *w, enum book_wrong wrong, int64_t seq, int64_t to)
{
	struct book_finding f = { wrong, w->chain, seq, to };

	w->sum->findings++;
	w->found(w->to, &f);
}

/* Whether the ERASE record by names seq. */
static enum err erased_by_rule(struct walk *w, int64_t by, int64_t seq, bool *named)
{
	struct book_entry e;

	*named = false;
	if (by < 1 || by >= BOOK_CHAIN_MOST)
		return OK;
	if (w->eraser != by) {
		struct q_look_content row;

		TRY(q_look_content(w->db, &w->mem, w->chain, by, &row));
		w->eraser = by;
		w->n_erased = 0;
		if (row.found && row.content.n <= BOOK_CONTENT_MOST) {
			memcpy(w->erased, row.content.p, row.content.n);
			w->n_erased = row.content.n;
		}
	}
	*named = book_entry_of((struct str){ w->erased, w->n_erased }, &e) &&
		 e.kind == BOOK_ERASE && book_seqs_have(e.note, seq);
	return OK;
}

static enum err check_content(struct walk *w, const struct q_look_walk *r)
{
	unsigned char commitment[BOOK_HASH];
	struct book_entry e;
	bool named;

	if (!r->content.p && !r->salt.p) {
		w->sum->erased++;
		TRY(erased_by_rule(w, r->erased_by, r->seq, &named));
		if (!named)
			tell(w, BOOK_WRONG_ERASED, r->seq, r->seq);
		return OK;
	}
	if (!r->content.p || r->salt.n != BOOK_SALT || r->content.n > BOOK_CONTENT_MOST) {
		tell(w, BOOK_WRONG_CONTENT, r->seq, r->seq);
		return OK;
	}
	book_commitment((const unsigned char *)r->salt.p, r->content, commitment);
	if (!str_eq(r->commitment, (struct str){ (const char *)commitment, BOOK_HASH }))
		tell(w, BOOK_WRONG_CONTENT, r->seq, r->seq);
	else if (!book_entry_of(r->content, &e))
		tell(w, BOOK_WRONG_UNREADABLE, r->seq, r->seq);
	else if (e.child != r->child.v || e.id != r->id.v)
		tell(w, BOOK_WRONG_COLUMN, r->seq, r->seq);
	return OK;
}

static void check_link(struct walk *w, const struct q_look_walk *r)
{
	unsigned char link[BOOK_HASH] = { 0 }, commitment[BOOK_HASH];
	bool follows = true;

	if (r->commitment.n != BOOK_HASH || r->link.n != BOOK_HASH) {
		follows = false;
	} else if (w->link_known) {
		memcpy(commitment, r->commitment.p, BOOK_HASH);
		book_link(w->link, w->chain, r->seq, r->at_ms, commitment, link);
		follows = str_eq(r->link, (struct str){ (const char *)link, BOOK_HASH });
	}
	/* A record in doubt whose successor follows it was changed itself; one whose successor does
	 * not stands in a wrong place. */
	if (w->doubt)
		tell(w, follows ? BOOK_WRONG_SELF : BOOK_WRONG_PLACE, w->seq, w->seq);
	w->doubt = !follows;
	w->link_known = r->link.n == BOOK_HASH;
	if (w->link_known)
		memcpy(w->link, r->link.p, BOOK_HASH);
}

static void settle_doubt(struct walk *w)
{
	if (w->doubt)
		tell(w, BOOK_WRONG_SELF, w->seq, w->seq);
	w->doubt = false;
}

static bool trusted(const struct walk *w, const unsigned char key[BOOK_KEY])
{
	for (size_t i = 0; i < w->trust->n_keys; i++)
		if (memcmp(w->trust->keys[i], key, BOOK_KEY) == 0)
			return true;
	return false;
}

static bool checkpoint_of(
    const struct walk *w, const struct q_look_checkpoints *p, struct book_checkpoint *c)
{
	*c = (struct book_checkpoint){ .chain = w->chain, .seq = p->seq, .at_ms = p->at_ms };
	if (p->link.n != BOOK_HASH || p->key.n != BOOK_KEY || p->signature.n != BOOK_SIGNATURE)
		return false;
	memcpy(c->link, p->link.p, BOOK_HASH);
	memcpy(c->key, p->key.p, BOOK_KEY);
	memcpy(c->signature, p->signature.p, BOOK_SIGNATURE);
	return true;
}

/* Checkpoints up to the record just read: r, NULL when the chain has ended. */
static void check_points(struct walk *w, const struct q_look_walk *r, int64_t upto)
{
	while (w->point < w->points.n && w->points.v[w->point].seq <= upto) {
		const struct q_look_checkpoints *p = &w->points.v[w->point++];
		struct book_checkpoint c;

		w->sum->checkpoints++;
		if (!checkpoint_of(w, p, &c) || !trusted(w, c.key) ||
		    !book_checkpoint_good(&w->mem, &c)) {
			tell(w, BOOK_WRONG_SIGNATURE, p->seq, p->seq);
			continue; /* says nothing */
		}
		if (!r)
			tell(w, BOOK_WRONG_TAIL, p->seq, p->seq);
		else if (p->seq == r->seq && !str_eq(p->link, r->link))
			tell(w, BOOK_WRONG_REWRITTEN, p->seq, p->seq);
		if (p->seq - w->signed_seq > UNSIGNED_MOST)
			tell(w, BOOK_WRONG_UNSIGNED, p->seq, p->seq);
		w->signed_seq = p->seq;
	}
}

static void check_witnesses(struct walk *w, const struct q_look_walk *r)
{
	for (size_t i = 0; i < w->trust->n_witnesses; i++) {
		const struct book_checkpoint *c = &w->trust->witnesses[i];

		if (c->chain == w->chain && c->seq == r->seq &&
		    !str_eq(r->link, (struct str){ (const char *)c->link, BOOK_HASH }))
			tell(w, BOOK_WRONG_WITNESS, r->seq, r->seq);
	}
}

static enum err check_record(struct walk *w, const struct q_look_walk *r)
{
	if (r->seq != w->seq + 1) {
		settle_doubt(w);
		tell(w, BOOK_WRONG_MISSING, w->seq + 1, r->seq - 1);
		w->link_known = false; /* what it follows is gone */
	}
	check_link(w, r);
	w->seq = r->seq;
	w->sum->records++;
	TRY(check_content(w, r));
	check_points(w, r, r->seq);
	check_witnesses(w, r);
	return OK;
}

/* The list by which a family finds its looks is not chained, so it is held against the records. */
static enum err check_list(struct walk *w, int64_t after, int64_t upto)
{
	struct book_missing missing;

	if (upto > w->listed_seq)
		upto = w->listed_seq;
	if (upto <= after)
		return OK;
	TRY(book_list_missing(w->db, &w->mem, w->chain, after, upto, &missing));
	for (size_t i = 0; i < missing.n; i++)
		tell(w, BOOK_WRONG_UNLISTED, missing.v[i], missing.v[i]);
	return OK;
}

static enum err check_chain(struct walk *w)
{
	struct q_look_walk_list rows;
	struct q_look_indexed_of listed;
	size_t mark = arena_mark(&w->mem);

	w->seq = w->signed_seq = 0;
	w->eraser = 0;
	w->n_erased = 0;
	memset(w->link, 0, sizeof w->link);
	w->link_known = true;
	w->doubt = false;
	TRY(q_look_indexed_of(w->db, &w->mem, w->chain, &listed));
	w->listed_seq = listed.found ? listed.seq : 0;
	do {
		int64_t from = w->seq;

		TRY(q_look_walk(w->db, &w->mem, w->chain, from, PAGE, &rows));
		if (rows.n == 0)
			break;
		/* At most one checkpoint a record, so a page's checkpoints are bounded too. */
		TRY(q_look_checkpoints(w->db, &w->mem, w->chain, from, rows.v[rows.n - 1].seq,
		    (int64_t)2 * PAGE, &w->points));
		w->point = 0;
		for (size_t i = 0; i < rows.n; i++)
			TRY(check_record(w, &rows.v[i]));
		TRY(check_list(w, from, w->seq));
		arena_rewind(&w->mem, mark);
	} while (rows.n == PAGE);
	settle_doubt(w);
	w->sum->unsigned_tail += w->seq - w->signed_seq;
	if (w->seq - w->signed_seq > UNSIGNED_MOST)
		tell(w, BOOK_WRONG_UNSIGNED, w->seq, w->seq);
	TRY(q_look_checkpoints(w->db, &w->mem, w->chain, w->seq, INT64_MAX, PAGE, &w->points));
	w->point = 0;
	check_points(w, NULL, INT64_MAX);
	for (size_t i = 0; i < w->trust->n_witnesses; i++)
		if (w->trust->witnesses[i].chain == w->chain && w->trust->witnesses[i].seq > w->seq)
			tell(w, BOOK_WRONG_TAIL, w->trust->witnesses[i].seq,
			    w->trust->witnesses[i].seq);
	arena_rewind(&w->mem, mark);
	return OK;
}

/* A record whose chain is none of the book's is in nobody's walk. */
static enum err check_strays(struct walk *w)
{
	struct q_look_strays_list rows;

	TRY(q_look_strays(w->db, &w->mem, PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		int64_t seq = rows.v[i].place % BOOK_CHAIN_MOST;

		w->chain = 0;
		tell(w, BOOK_WRONG_CHAIN, seq, seq);
	}
	return OK;
}

static enum err check_all(struct walk *w)
{
	struct q_book_chains_list chains;

	TRY(q_book_chains(w->db, &w->mem, &chains));
	for (size_t i = 0; i < chains.n; i++) {
		w->chain = chains.v[i].chain;
		w->sum->chains++;
		if (book_nth_good(chains.v[i].nth)) /* else its records are nobody's: strays */
			TRY(check_chain(w));
		else
			tell(w, BOOK_WRONG_CHAIN, 0, 0);
	}
	for (size_t i = 0; i < w->trust->n_witnesses; i++) {
		bool there = false;

		w->chain = w->trust->witnesses[i].chain;
		for (size_t j = 0; j < chains.n; j++)
			there = there || chains.v[j].chain == w->chain;
		if (!there)
			tell(w, BOOK_WRONG_CHAIN, w->trust->witnesses[i].seq,
			    w->trust->witnesses[i].seq);
	}
	return check_strays(w);
}

enum err book_verify(struct db *book, const struct book_trust *trust,
    void (*found)(void *to, const struct book_finding *f), void *to, struct book_sum *sum)
{
	struct walk w = { .db = book, .trust = trust, .found = found, .to = to, .sum = sum };
	enum err e;

	*sum = (struct book_sum){ 0 };
	TRY(db_begin(book, DB_SNAPSHOT));
	arena_init(&w.mem, MEM_BYTES);
	e = check_all(&w);
	arena_fini(&w.mem);
	if (e == OK)
		return db_end(book);
	(void)db_rollback(book, DB_SNAPSHOT);
	return e;
}

/* --- export --- */

static void put_hex(struct buf *b, struct str s)
{
	buf_char(b, '\t');
	if (s.n)
		buf_str(b, book_hex(b->mem, (const unsigned char *)s.p, s.n));
}

static void record_line(struct buf *b, int64_t chain, const struct q_look_walk *r)
{
	buf_fmt(b, "R\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64, chain, r->seq, r->at_ms,
	    r->erased_by);
	put_hex(b, r->salt);
	put_hex(b, r->content);
	put_hex(b, r->commitment);
	put_hex(b, r->link);
	buf_char(b, '\n');
}

static void checkpoint_line(struct buf *b, int64_t chain, const struct q_look_checkpoints *p)
{
	buf_fmt(b, "C\t%" PRId64 "\t%" PRId64 "\t%" PRId64, chain, p->seq, p->at_ms);
	put_hex(b, p->link);
	put_hex(b, p->key);
	put_hex(b, p->signature);
	buf_char(b, '\n');
}

static enum err write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n <= 0)
			return fail(ERR_INTERNAL, "export can't be written");
		s.p += n;
		s.n -= (size_t)n;
	}
	return OK;
}

/* Records and checkpoints are two lists, each ascending. records: none can be told of a chain
 * without places; its checkpoints then say that there were some. */
static enum err export_chain(struct db *db, struct arena *mem, int64_t chain, bool records, int fd)
{
	struct q_look_walk_list rows;
	struct q_look_checkpoints_list points;
	size_t mark = arena_mark(mem);
	int64_t seq = 0;

	do {
		struct buf b;

		rows.n = 0;
		buf_init(&b, mem, 65536);
		if (records)
			TRY(q_look_walk(db, mem, chain, seq, PAGE, &rows));
		for (size_t i = 0; i < rows.n; i++)
			record_line(&b, chain, &rows.v[i]);
		if (rows.n)
			seq = rows.v[rows.n - 1].seq;
		TRY(write_all(fd, buf_text(&b)));
		arena_rewind(mem, mark);
	} while (rows.n == PAGE);
	seq = 0;
	do {
		struct buf b;

		buf_init(&b, mem, 65536);
		TRY(q_look_checkpoints(db, mem, chain, seq, INT64_MAX, PAGE, &points));
		for (size_t i = 0; i < points.n; i++)
			checkpoint_line(&b, chain, &points.v[i]);
		if (points.n)
			seq = points.v[points.n - 1].seq;
		TRY(write_all(fd, buf_text(&b)));
		arena_rewind(mem, mark);
	} while (points.n == PAGE);
	return OK;
}

enum err book_export(struct db *book, int fd)
{
	struct q_book_chains_list chains;
	struct arena mem;
	enum err e;

	TRY(db_begin(book, DB_SNAPSHOT));
	arena_init(&mem, MEM_BYTES);
	e = q_book_chains(book, &mem, &chains);
	for (size_t i = 0; e == OK && i < chains.n; i++)
		e = export_chain(book, &mem, chains.v[i].chain, book_nth_good(chains.v[i].nth), fd);
	arena_fini(&mem);
	if (e == OK)
		return db_end(book);
	(void)db_rollback(book, DB_SNAPSHOT);
	return e;
}
