/*
 * The writer's side of the book, in one file although it is long: append, void, erase and open all
 * move the same head, and nothing else may.
 */
#include "access/book.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/book_list.h"
#include "base/date.h"
#include "q_book.h"

#define SCRATCH_BYTES ((size_t)8 << 20)
#define WALK_ROWS 500
#define CHAIN_TRIES 8
#define SETTLE_ROWS 100000 /* far more than any batch */

/* Where a chain stands. */
struct head {
	int64_t seq, at_ms;
	unsigned char link[BOOK_HASH];
	int64_t changes; /* CHANGE records appended by this run: the ring's place */
};

struct book {
	struct arena mem; /* keeps: this struct, and scratch behind it */
	struct db *db;    /* keeps */
	int64_t chain;
	int64_t first; /* place of the record that would be 0 (migrations/book/0005) */
	struct head head;
	int64_t signed_seq, signed_ms; /* the last checkpoint */
	int64_t listed_seq;            /* records up to it are listed under their children */
	const char *witness;           /* keeps; NULL: none */
	const char *version;           /* keeps */
	unsigned char public[BOOK_KEY];
	unsigned char *secret; /* keeps: 64 bytes of locked memory */

	/* An append whose commit did not answer: it may have landed. */
	bool unsure;
	struct head tried;
	int64_t tried_changes[BOOK_CHANGES_MOST];
	size_t n_tried_changes;
	int64_t owed[BOOK_CHANGES_MOST]; /* changes that must be voided before anything else */
	size_t n_owed;
	bool settled; /* the start is on record */
	bool broken;  /* somebody else wrote in our chain: nothing may be appended any more */
};

static struct str blob(const unsigned char *p, size_t n)
{
	return (struct str){ (const char *)p, n };
}

static bool link_of(struct str s, unsigned char out[BOOK_HASH])
{
	if (s.n != BOOK_HASH)
		return false;
	memcpy(out, s.p, BOOK_HASH);
	return true;
}

void book_keys(
    const struct keys *k, uint8_t version, unsigned char public[BOOK_KEY], unsigned char secret[64])
{
	unsigned char seed[KEY_BYTES];

	must(keys_derive(k, version, KEY_BOOK, seed) == OK);
	must(crypto_sign_ed25519_seed_keypair(public, secret, seed) == 0);
	sodium_memzero(seed, sizeof seed);
}

/* --- append --- */

/* What is random in a record. One call to the kernel makes those of a whole batch. */
struct luck {
	unsigned char salt[BOOK_SALT];
	uint64_t id;
};

static enum err put_records(struct book *b, const struct book_entry *entries, size_t n,
    const struct luck *luck, int64_t at_ms, struct head *h)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char commitment[BOOK_HASH], link[BOOK_HASH];
		char content[BOOK_CONTENT_MOST];
		struct book_entry e = entries[i];
		const unsigned char *salt = luck[i].salt;
		struct str text;

		if (!e.id)
			e.id = (int64_t)(luck[i].id >> 1 | 1); /* as id_random: 63 bits, never 0 */
		text = (struct str){ content, book_content(&e, content) };
		book_commitment(salt, text, commitment);
		book_link(h->link, b->chain, h->seq + 1, at_ms, commitment, link);
		TRY(q_look_put(b->db, b->first + h->seq + 1, at_ms, (struct item_id){ e.id },
		    (struct child_id){ e.child }, blob(salt, BOOK_SALT), text,
		    blob(commitment, BOOK_HASH), blob(link, BOOK_HASH)));
		h->seq++;
		h->at_ms = at_ms;
		memcpy(h->link, link, BOOK_HASH);
		if (e.kind == BOOK_CHANGE)
			h->changes++;
	}
	return OK;
}

/* Signs the chain up to h, in the open transaction. */
static enum err put_checkpoint(
    struct book *b, const struct head *h, int64_t now_ms, struct book_checkpoint *c)
{
	*c = (struct book_checkpoint){ .chain = b->chain, .seq = h->seq, .at_ms = now_ms };
	memcpy(c->link, h->link, BOOK_HASH);
	book_checkpoint_sign(&b->mem, c, b->secret);
	return q_look_checkpoint_put(b->db, c->chain, c->seq, c->at_ms, blob(c->link, BOOK_HASH),
	    blob(c->key, BOOK_KEY), blob(c->signature, BOOK_SIGNATURE));
}

/* Leaves the checkpoint outside the data directory, whole or not at all. What fails here is logged
 * and does not stop the work: the book itself holds. */
static void leave_witness(struct book *b, const struct book_checkpoint *c)
{
	size_t mark = arena_mark(&b->mem);
	struct str text = book_witness(&b->mem, c), next;
	bool good;
	int fd;

	if (!b->witness)
		return;
	next = str_fmt(&b->mem, "%s.next", b->witness);
	fd =
	    open(str_c(&b->mem, next), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	good = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n;
	if (fd >= 0 && close(fd) != 0)
		good = false;
	if (!good || rename(str_c(&b->mem, next), b->witness) != 0)
		(void)fail(ERR_INTERNAL, "witness file can't be written: errno=%d", errno);
	arena_rewind(&b->mem, mark);
}

static void signed_now(struct book *b, const struct book_checkpoint *c)
{
	b->signed_seq = c->seq;
	b->signed_ms = c->at_ms;
	leave_witness(b, c);
}

static bool due(const struct book *b, const struct head *h, int64_t now_ms)
{
	return h->seq - b->signed_seq >= BOOK_SIGN_EVERY ||
	       (h->seq > b->signed_seq &&
		   (now_ms - b->signed_ms >= BOOK_SIGN_EVERY_MS || now_ms < b->signed_ms));
}

static void remember_tried(
    struct book *b, const struct head *h, const struct book_entry *entries, size_t n)
{
	b->unsure = true;
	b->tried = *h;
	b->n_tried_changes = 0;
	for (size_t i = 0; i < n; i++)
		if (entries[i].kind == BOOK_CHANGE)
			b->tried_changes[b->n_tried_changes++] = entries[i].id;
}

/* erase: what an ERASE record does beside being appended; NULL for all others. */
struct erasure {
	int64_t chain;
	const int64_t *seqs;
	size_t n;
};

static enum err erase_now(struct book *b, const struct erasure *erase, int64_t by)
{
	for (size_t i = 0; erase && i < erase->n; i++) {
		TRY(book_list_take(b->db, &b->mem, erase->chain, erase->seqs[i]));
		TRY(q_look_erase(b->db, erase->chain, erase->seqs[i], by));
	}
	return OK;
}

static enum err append_sure(struct book *b, const struct book_entry *entries, size_t n,
    const struct erasure *erase, bool sign)
{
	size_t mark = arena_mark(&b->mem);
	struct luck *luck = arena_array(&b->mem, struct luck, n);
	struct head h = b->head;
	struct book_checkpoint c;
	int64_t now_ms = clock_now_ms();
	int64_t listed = b->listed_seq;
	bool signs = false;
	enum err e;

	randombytes_buf(luck, n * sizeof *luck);
	e = db_begin(b->db, DB_WRITE);
	if (e == OK) {
		e = put_records(b, entries, n, luck, now_ms, &h);
		if (e == OK)
			e = erase_now(b, erase, h.seq);
		signs = e == OK && (sign || due(b, &h, now_ms));
		if (signs)
			e = put_checkpoint(b, &h, now_ms, &c);
		if (e == OK)
			e = book_list_put(b->db, &b->mem, b->chain, &listed, h.seq);
		if (e != OK)
			(void)db_rollback(b->db, DB_WRITE);
	}
	arena_rewind(&b->mem, mark);
	if (e != OK)
		return e;
	e = db_commit(b->db);
	if (e != OK) {
		/* It may have landed all the same (a lost connection): look before the next one. */
		remember_tried(b, &h, entries, n);
		return e;
	}
	b->head = h;
	b->listed_seq = listed;
	if (signs)
		signed_now(b, &c);
	return OK;
}

/* The chain's last record as the store has it. */
static enum err head_read(struct book *b, struct head *h)
{
	size_t mark = arena_mark(&b->mem);
	struct q_look_head row;
	enum err e = q_look_head(b->db, &b->mem, b->chain, &row);

	if (e == OK) {
		*h = (struct head){ .changes = b->head.changes };
		if (row.found) {
			h->seq = row.seq;
			h->at_ms = row.at_ms;
			if (!link_of(row.link, h->link))
				e = fail(ERR_DENIED, "link of a wrong length");
		}
	}
	arena_rewind(&b->mem, mark);
	return e;
}

static enum err listed_read(struct book *b)
{
	size_t mark = arena_mark(&b->mem);
	struct q_look_indexed_of row;
	enum err e = q_look_indexed_of(b->db, &b->mem, b->chain, &row);

	if (e == OK)
		b->listed_seq = row.found ? row.seq : 0;
	arena_rewind(&b->mem, mark);
	return e;
}

static bool same_head(const struct head *a, const struct head *b)
{
	return a->seq == b->seq && memcmp(a->link, b->link, BOOK_HASH) == 0;
}

/* After an append that did not answer. Where it landed, its changes were answered as failed. A void
 * that lands twice does no harm. */
static enum err make_sure(struct book *b)
{
	struct head h;

	if (b->broken)
		return ERR_INTERNAL; /* logged when it broke */
	if (b->unsure) {
		TRY(head_read(b, &h));
		TRY(listed_read(b));
		if (same_head(&h, &b->tried)) {
			b->head = b->tried;
			memcpy(b->owed, b->tried_changes, sizeof b->owed);
			b->n_owed = b->n_tried_changes;
		} else if (!same_head(&h, &b->head)) {
			b->broken = true;
			return fail(
			    ERR_INTERNAL, "another program writes in this chain of the book");
		}
		b->unsure = false;
	}
	if (b->n_owed) {
		struct book_entry e[BOOK_CHANGES_MOST] = { 0 };

		for (size_t i = 0; i < b->n_owed; i++)
			e[i] = (struct book_entry){ .kind = BOOK_VOID, .of = b->owed[i] };
		TRY(append_sure(b, e, b->n_owed, NULL, false));
		b->n_owed = 0;
	}
	return OK;
}

static enum err append(struct book *b, const struct book_entry *entries, size_t n,
    const struct erasure *erase, bool sign)
{
	enum err e;

	TRY(make_sure(b));
	e = append_sure(b, entries, n, erase, sign);
	if (e == ERR_CONFLICT) {
		/* Only a second program in this chain can have taken our numbers. */
		b->broken = true;
		return fail(ERR_INTERNAL, "another program writes in this chain of the book");
	}
	return e;
}

enum err book_append(struct book *b, const struct book_entry *entries, size_t n)
{
	size_t changes = 0;

	must(n > 0 && n <= BOOK_BATCH_MOST && b->settled);
	for (size_t i = 0; i < n; i++) {
		if (entries[i].kind == BOOK_CHANGE) {
			must(entries[i].id > 0); /* the change's token */
			changes++;
		}
	}
	must(changes <= BOOK_CHANGES_MOST);
	return append(b, entries, n, NULL, false);
}

enum err book_tick(struct book *b)
{
	int64_t now_ms = clock_now_ms();
	struct book_checkpoint c;
	enum err e;

	TRY(make_sure(b));
	if (!due(b, &b->head, now_ms))
		return OK;
	TRY(db_begin(b->db, DB_WRITE));
	e = put_checkpoint(b, &b->head, now_ms, &c);
	if (e != OK) {
		(void)db_rollback(b->db, DB_WRITE);
		return e;
	}
	TRY(db_commit(b->db));
	signed_now(b, &c);
	return OK;
}

/* --- changes --- */

enum err book_token(const struct book *b, struct db *main, size_t nth, int64_t id)
{
	must(nth < BOOK_CHANGES_MOST && id > 0);
	return q_change_token_put(
	    main, b->chain, (b->head.changes + (int64_t)nth) % BOOK_CHANGES_MOST, id, b->head.seq);
}

/* Owed from now on: a void that can't be appended yet (full disk) goes before the next record. */
enum err book_void(struct book *b, const int64_t *ids, size_t n)
{
	must(n > 0 && b->n_owed + n <= BOOK_CHANGES_MOST);
	for (size_t i = 0; i < n; i++) {
		must(ids[i] > 0);
		b->owed[b->n_owed++] = ids[i];
	}
	return make_sure(b);
}

static bool among(const struct q_change_tokens_list *tokens, int64_t id)
{
	for (size_t i = 0; i < tokens->n; i++)
		if (tokens->v[i].token == id)
			return true;
	return false;
}

static bool has(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

#define VOIDS_MOST ((size_t)2 * BOOK_CHANGES_MOST)

/* What book_settle learns from the records, newest first. */
struct backward {
	const struct q_change_tokens_list *tokens;
	int64_t voids[VOIDS_MOST];
	size_t n_voids, n_changes;
	struct book_entry *out; /* voids to append, room for BOOK_CHANGES_MOST */
	size_t n_out;
};

/* false: what is older was settled when this copy last began, or is older than any open batch. */
static bool go_back(struct backward *w, const struct q_look_back *row)
{
	struct book_entry r;

	if (row->content.n == 0 || !book_entry_of(row->content, &r))
		return true; /* erased; looks verify says what else it may be */
	if (r.kind == BOOK_START || w->n_voids == VOIDS_MOST)
		return false;
	if (r.kind == BOOK_VOID)
		w->voids[w->n_voids++] = r.of;
	if (r.kind != BOOK_CHANGE)
		return true;
	if (!among(w->tokens, r.id) && !has(w->voids, w->n_voids, r.id))
		w->out[w->n_out++] = (struct book_entry){ .kind = BOOK_VOID, .of = r.id };
	return ++w->n_changes < BOOK_CHANGES_MOST;
}

/*
 * Only the last batch can lack its data: the one writer commits it before it appends the next. A
 * batch holds no more changes than the ring, and the ring holds the tokens of exactly the last
 * BOOK_CHANGES_MOST changes since the last start: so those are looked at, and no others.
 */
static enum err find_lost(struct book *b, struct backward *w)
{
	struct q_look_back_list rows;
	int64_t before = BOOK_CHAIN_MOST;
	bool on = true;

	do {
		size_t mark = arena_mark(&b->mem);

		TRY(q_look_back(b->db, &b->mem, b->chain, before, WALK_ROWS, &rows));
		for (size_t i = 0; on && i < rows.n; i++) {
			on = go_back(w, &rows.v[i]);
			before = rows.v[i].seq;
		}
		on = on && rows.n == WALK_ROWS;
		arena_rewind(&b->mem, mark);
	} while (on && b->head.seq - before < SETTLE_ROWS);
	return OK;
}

enum err book_settle(struct book *b, struct db *main, size_t *voided)
{
	size_t mark = arena_mark(&b->mem);
	struct book_entry out[BOOK_CHANGES_MOST + 1];
	struct q_change_tokens_list tokens;
	struct backward w = { .tokens = &tokens, .out = out };

	*voided = 0;
	TRY(make_sure(b));
	TRY(q_change_tokens(main, &b->mem, b->chain, &tokens));
	for (size_t i = 0; i < tokens.n; i++)
		if (tokens.v[i].after_seq >= b->head.seq)
			return fail(ERR_DENIED,
			    "the book's tail is cut: the data knows of record %" PRId64,
			    tokens.v[i].after_seq + 1);
	TRY(find_lost(b, &w));
	arena_rewind(&b->mem, mark);
	out[w.n_out] = (struct book_entry){ .kind = BOOK_START, .note = str_of(b->version) };
	TRY(append(b, out, w.n_out + 1, NULL, true));
	b->head.changes = 0;
	b->settled = true;
	*voided = w.n_out;
	return OK;
}

enum err book_landed(const struct book *b, struct db *main, int64_t id, bool *landed)
{
	struct q_change_tokens_list tokens;
	struct arena mem;
	enum err e;

	arena_init(&mem, (size_t)1 << 20);
	e = q_change_tokens(main, &mem, b->chain, &tokens);
	*landed = e == OK && among(&tokens, id);
	arena_fini(&mem);
	return e;
}

/* --- erasing --- */

/* As many of the ascending seqs as fit in a note, as "3-7,9". */
static size_t name_seqs(const int64_t *seqs, size_t n, char note[BOOK_NOTE_MOST], size_t *length)
{
	size_t i = 0, at = 0;

	while (i < n) {
		char part[48];
		size_t last = i;
		int k;

		while (last + 1 < n && seqs[last + 1] == seqs[last] + 1)
			last++;
		must(last + 1 == n || seqs[last + 1] > seqs[last]);
		k = last == i ? snprintf(part, sizeof part, "%s%" PRId64, at ? "," : "", seqs[i])
			      : snprintf(part, sizeof part, "%s%" PRId64 "-%" PRId64, at ? "," : "",
				    seqs[i], seqs[last]);
		if (at + (size_t)k > BOOK_NOTE_MOST)
			break;
		memcpy(note + at, part, (size_t)k);
		at += (size_t)k;
		i = last + 1;
	}
	*length = at;
	return i;
}

/* Records that say nothing of anybody stay, or nobody could follow what was erased. */
static enum err erasable(struct book *b, int64_t chain, int64_t seq)
{
	size_t mark = arena_mark(&b->mem);
	struct q_look_content row;
	struct book_entry r;
	enum err e = seq < 1 || seq >= BOOK_CHAIN_MOST
			 ? ERR_NOT_FOUND
			 : q_look_content(b->db, &b->mem, chain, seq, &row);

	if (e == OK && !row.found)
		e = ERR_NOT_FOUND;
	if (e == OK &&
	    (row.content.n == 0 || !book_entry_of(row.content, &r) || r.kind == BOOK_VOID ||
		r.kind == BOOK_ERASE || r.kind == BOOK_START || r.kind == BOOK_STOP))
		e = fail(ERR_INVALID, "record %" PRId64 " is not one that is erased", seq);
	arena_rewind(&b->mem, mark);
	return e;
}

enum err book_erase(struct book *b, int64_t chain, const int64_t *seqs, size_t n, struct str rule)
{
	must(n > 0);
	for (size_t i = 0; i < n; i++)
		TRY(erasable(b, chain, seqs[i]));
	while (n) {
		char note[BOOK_NOTE_MOST];
		struct book_entry e = { .kind = BOOK_ERASE, .why = rule };
		size_t length, named;

		named = name_seqs(seqs, n, note, &length);
		e.note = (struct str){ note, length };
		TRY(append(b, &e, 1, &(struct erasure){ chain, seqs, named }, false));
		seqs += named;
		n -= named;
	}
	return OK;
}

/* --- open and close --- */

static enum err chain_put(struct book *b, const char *copy)
{
	enum err e;

	TRY(db_begin(b->db, DB_WRITE));
	e = q_book_chain_put(b->db, id_random(), str_of(copy), clock_now_ms());
	if (e == OK)
		return db_commit(b->db);
	(void)db_rollback(b->db, DB_WRITE);
	return e;
}

/* Its place among the chains is given when it is put there; another copy that begins at the same
 * moment may take the same, and one of the two asks again. */
static enum err chain_find(struct book *b, const char *copy)
{
	size_t mark = arena_mark(&b->mem);
	enum err e = OK;

	for (int i = 0; i < CHAIN_TRIES && b->chain == 0; i++) {
		struct q_book_chain_of row;

		TRY(q_book_chain_of(b->db, &b->mem, str_of(copy), &row));
		if (row.found && !book_nth_good(row.nth)) {
			e = fail(ERR_DENIED, "the chain has an impossible number");
			break;
		}
		if (row.found) {
			b->chain = row.chain;
			b->first = row.nth * BOOK_CHAIN_MOST;
			break;
		}
		e = chain_put(b, copy);
		if (e != OK && e != ERR_CONFLICT && e != ERR_RETRY)
			break;
	}
	arena_rewind(&b->mem, mark);
	return b->chain ? OK : e == OK ? ERR_INTERNAL : e;
}

/* Whether a checkpoint's key is one of ours, of any version. */
static bool our_key(const struct keys *k, const unsigned char key[BOOK_KEY])
{
	unsigned char public[BOOK_KEY], secret[64];
	bool found = false;

	for (size_t i = 0; i < keys_count(k) && !found; i++) {
		book_keys(k, keys_version(k, i), public, secret);
		found = memcmp(public, key, BOOK_KEY) == 0;
	}
	sodium_memzero(secret, sizeof secret);
	return found;
}

/* Follows the records after *h to the end, moving *h there. */
static enum err follow(struct book *b, struct head *h)
{
	struct q_look_walk_list rows;

	do {
		size_t mark = arena_mark(&b->mem);

		TRY(q_look_walk(b->db, &b->mem, b->chain, h->seq, WALK_ROWS, &rows));
		for (size_t i = 0; i < rows.n; i++) {
			const struct q_look_walk *r = &rows.v[i];
			unsigned char link[BOOK_HASH], commitment[BOOK_HASH];

			if (r->seq != h->seq + 1 || !link_of(r->commitment, commitment))
				return fail(ERR_DENIED,
				    "the book does not verify after record %" PRId64, h->seq);
			book_link(h->link, b->chain, r->seq, r->at_ms, commitment, link);
			if (!str_eq(r->link, blob(link, BOOK_HASH)))
				return fail(ERR_DENIED,
				    "the book does not verify at record %" PRId64, r->seq);
			h->seq = r->seq;
			h->at_ms = r->at_ms;
			memcpy(h->link, link, BOOK_HASH);
		}
		arena_rewind(&b->mem, mark);
	} while (rows.n == WALK_ROWS);
	return OK;
}

static enum err check_witness(struct book *b, const struct keys *k)
{
	char text[1024];
	struct book_checkpoint c;
	struct q_look_walk_list rows;
	ssize_t n;
	int fd;

	if (!b->witness)
		return OK;
	fd = open(b->witness, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return OK; /* the first start */
	n = fd < 0 ? -1 : read(fd, text, sizeof text);
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return fail(ERR_DENIED, "witness file can't be read: errno=%d", errno);
	if (!book_witness_of(&b->mem, (struct str){ text, (size_t)n }, &c) || !our_key(k, c.key) ||
	    !book_checkpoint_good(&b->mem, &c))
		return fail(ERR_DENIED, "witness file is not one that this key signed");
	if (c.chain != b->chain)
		return fail(ERR_DENIED, "witness file is of another chain");
	TRY(q_look_walk(b->db, &b->mem, b->chain, c.seq - 1, 1, &rows));
	if (rows.n == 0 || rows.v[0].seq != c.seq ||
	    !str_eq(rows.v[0].link, blob(c.link, BOOK_HASH)))
		return fail(
		    ERR_DENIED, "the book is not what the witness saw at record %" PRId64, c.seq);
	return OK;
}

/* The head, reached from the last checkpoint over every record after it. */
static enum err head_check(struct book *b, const struct keys *k)
{
	struct q_look_checkpoint_last last;
	struct q_look_walk_list at;
	struct book_checkpoint c = { .chain = b->chain };

	TRY(q_look_checkpoint_last(b->db, &b->mem, b->chain, &last));
	if (last.found) {
		c.seq = last.seq;
		c.at_ms = last.at_ms;
		if (last.key.n != BOOK_KEY || last.signature.n != BOOK_SIGNATURE ||
		    !link_of(last.link, c.link))
			return fail(ERR_DENIED, "checkpoint %" PRId64 " is not whole", c.seq);
		memcpy(c.key, last.key.p, BOOK_KEY);
		memcpy(c.signature, last.signature.p, BOOK_SIGNATURE);
		if (!our_key(k, c.key) || !book_checkpoint_good(&b->mem, &c))
			return fail(
			    ERR_DENIED, "checkpoint %" PRId64 " is not signed by our key", c.seq);
		TRY(q_look_walk(b->db, &b->mem, b->chain, c.seq - 1, 1, &at));
		if (at.n == 0 || at.v[0].seq != c.seq ||
		    !str_eq(at.v[0].link, blob(c.link, BOOK_HASH)))
			return fail(ERR_DENIED,
			    "record %" PRId64 " is not what its checkpoint signed", c.seq);
		b->signed_seq = c.seq;
		b->signed_ms = c.at_ms;
		b->head = (struct head){ .seq = c.seq, .at_ms = at.v[0].at_ms };
		memcpy(b->head.link, c.link, BOOK_HASH);
	}
	TRY(follow(b, &b->head));
	return check_witness(b, k);
}

static enum err open_all(struct book *b, const struct book_options *o)
{
	TRY(db_open(o->where, DB_WRITER, &b->db));
	TRY(db_migrate(b->db, DB_STORE_BOOK));
	TRY(chain_find(b, o->copy));
	TRY(listed_read(b));
	return head_check(b, o->keys);
}

enum err book_open(const struct book_options *o, struct book **out)
{
	struct arena mem;
	struct book *b;
	enum err e;

	*out = NULL;
	must(sodium_init() >= 0);
	arena_init(&mem, SCRATCH_BYTES);
	b = arena_new(&mem, struct book);
	b->witness = o->witness ? str_c(&mem, str_of(o->witness)) : NULL;
	b->version = str_c(&mem, str_of(o->version));
	b->secret = sodium_malloc(64); /* locked and guarded */
	must(b->secret != NULL);
	book_keys(o->keys, keys_newest(o->keys), b->public, b->secret);
	b->mem = mem;
	e = open_all(b, o);
	if (e != OK) {
		b->broken = true; /* nothing more goes into it */
		book_close(b);
		return e;
	}
	*out = b;
	return OK;
}

void book_close(struct book *b)
{
	struct arena mem;

	if (!b)
		return;
	if (b->settled && !b->broken)
		(void)append(b, &(struct book_entry){ .kind = BOOK_STOP }, 1, NULL, true);
	db_close(b->db);
	sodium_free(b->secret);
	mem = b->mem;
	arena_fini(&mem);
}

void book_adopt(struct book *b)
{
	db_adopt(b->db);
}

void book_log_share(struct book *b, struct db_log *log)
{
	db_log_share(b->db, log);
}

bool book_log_rest(struct book *b, int64_t most)
{
	return db_log_rest(b->db, most);
}

int64_t book_chain(const struct book *b)
{
	return b->chain;
}

int64_t book_seq(const struct book *b)
{
	return b->head.seq;
}
