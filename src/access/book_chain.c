#include "access/book_chain.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"

bool book_nth_good(int64_t nth)
{
	return nth >= 1 && nth < INT64_MAX / BOOK_CHAIN_MOST;
}

static const char *const kind_words[] = {
#define X(name, word) word,
	BOOK_KIND_TABLE(X)
#undef X
};

const char *book_kind_word(enum book_kind kind)
{
	must((unsigned)kind < BOOK_KIND_COUNT);
	return kind_words[kind];
}

/* --- content --- */

struct pen {
	char *p;
	size_t n;
};

static void put(struct pen *w, const char *p, size_t n)
{
	must(w->n + n <= BOOK_CONTENT_MOST);
	memcpy(w->p + w->n, p, n);
	w->n += n;
}

static bool is_code(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= ':') ||
	       c == '_' || c == ',' || c == '+';
}

static void put_code(struct pen *w, struct str s, size_t most)
{
	size_t n = s.n < most ? s.n : most;

	must(w->n + n <= BOOK_CONTENT_MOST);
	for (size_t i = 0; i < n; i++)
		w->p[w->n++] = is_code(s.p[i]) ? s.p[i] : '_';
}

static void put_u64(struct pen *w, uint64_t v)
{
	char digits[20];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + v % 10);
	while (v /= 10);
	put(w, digits + at, sizeof digits - at);
}

#define PUT(w, lit) put((w), "" lit, sizeof(lit) - 1)

static void field_i64(struct pen *w, const char *name, int64_t v)
{
	if (v) {
		must(v > 0);
		put(w, name, strlen(name));
		put_u64(w, (uint64_t)v);
	}
}

static void field_code(struct pen *w, const char *name, struct str s, size_t most)
{
	if (s.n) {
		put(w, name, strlen(name));
		put_code(w, s, most);
	}
}

/* An item or a ground: "name=code", "name=code:id", "name=:id". */
static void field_ref(struct pen *w, const char *name, struct str s, int64_t id)
{
	if (!s.n && !id)
		return;
	put(w, name, strlen(name));
	put_code(w, s, BOOK_CODE_MOST);
	if (id) {
		must(id > 0);
		PUT(w, ":");
		put_u64(w, (uint64_t)id);
	}
}

size_t book_content(const struct book_entry *e, char out[BOOK_CONTENT_MOST])
{
	struct pen w = { out, 0 };
	const char *word = book_kind_word(e->kind);

	put(&w, word, strlen(word));
	field_i64(&w, " id=", e->id);
	field_i64(&w, " child=", e->child);
	field_i64(&w, " actor=", e->actor);
	field_i64(&w, " staff=", e->staff);
	field_i64(&w, " assignment=", e->assignment);
	field_i64(&w, " unit=", e->unit);
	field_code(&w, " act=", e->act, BOOK_CODE_MOST);
	field_ref(&w, " item=", e->item, e->item_id);
	field_ref(&w, " why=", e->why, e->why_id);
	field_code(&w, " outcome=", e->outcome, BOOK_CODE_MOST);
	if (e->request) {
		PUT(&w, " request=");
		put_u64(&w, e->request);
	}
	field_i64(&w, " of=", e->of);
	field_code(&w, " note=", e->note, BOOK_NOTE_MOST);
	return w.n;
}

/* The value of a field that begins with name, taken off s. */
static bool take(struct str *s, const char *name, struct str *value)
{
	struct str want = str_of(name);

	if (!str_starts(*s, want))
		return false;
	s->p += want.n;
	s->n -= want.n;
	*value = str_cut(s, ' ');
	return true;
}

static bool number(struct str s, uint64_t most, uint64_t *out)
{
	uint64_t v = 0;

	if (s.n == 0 || s.p[0] == '0')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)(s.p[i] - '0');

		if (digit > 9 || v > (most - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*out = v;
	return true;
}

static bool take_i64(struct str *s, const char *name, int64_t *out)
{
	struct str value;
	uint64_t v = 0;

	if (take(s, name, &value) && !number(value, INT64_MAX, &v))
		return false;
	*out = (int64_t)v;
	return true;
}

static bool take_ref(struct str *s, const char *name, struct str *code, int64_t *id)
{
	struct str value;
	uint64_t v = 0;
	size_t colon;

	if (!take(s, name, &value))
		return true;
	for (colon = value.n; colon > 0 && value.p[colon - 1] != ':'; colon--)
		;
	if (colon && number((struct str){ value.p + colon, value.n - colon }, INT64_MAX, &v))
		value.n = colon - 1;
	*code = value;
	*id = (int64_t)v;
	return true;
}

bool book_entry_of(struct str content, struct book_entry *out)
{
	char again[BOOK_CONTENT_MOST];
	struct str rest = content, word = str_cut(&rest, ' '), request;
	struct book_entry e = { 0 };
	int kind = 0;

	while (kind < BOOK_KIND_COUNT && !str_eq(word, str_of(kind_words[kind])))
		kind++;
	if (kind == BOOK_KIND_COUNT || content.n > BOOK_CONTENT_MOST)
		return false;
	e.kind = (enum book_kind)kind;
	if (!take_i64(&rest, "id=", &e.id) || !take_i64(&rest, "child=", &e.child) ||
	    !take_i64(&rest, "actor=", &e.actor) || !take_i64(&rest, "staff=", &e.staff) ||
	    !take_i64(&rest, "assignment=", &e.assignment) || !take_i64(&rest, "unit=", &e.unit))
		return false;
	(void)take(&rest, "act=", &e.act);
	if (!take_ref(&rest, "item=", &e.item, &e.item_id) ||
	    !take_ref(&rest, "why=", &e.why, &e.why_id))
		return false;
	(void)take(&rest, "outcome=", &e.outcome);
	if (take(&rest, "request=", &request) && !number(request, UINT64_MAX, &e.request))
		return false;
	if (!take_i64(&rest, "of=", &e.of))
		return false;
	(void)take(&rest, "note=", &e.note);
	/* One way of writing each: what reads as the same entry but is written otherwise is not
	 * ours. */
	if (!str_eq(content, (struct str){ again, book_content(&e, again) }))
		return false;
	*out = e;
	return true;
}

/* --- chain --- */

void book_commitment(
    const unsigned char salt[BOOK_SALT], struct str content, unsigned char out[BOOK_HASH])
{
	char of[BOOK_SALT + BOOK_CONTENT_MOST];

	must(content.n <= BOOK_CONTENT_MOST);
	memcpy(of, salt, BOOK_SALT);
	memcpy(of + BOOK_SALT, content.p, content.n);
	hash_sha256((struct str){ of, BOOK_SALT + content.n }, out);
}

static void put_be(unsigned char *p, int64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
}

void book_link(const unsigned char before[BOOK_HASH], int64_t chain, int64_t seq, int64_t at_ms,
    const unsigned char commitment[BOOK_HASH], unsigned char out[BOOK_HASH])
{
	unsigned char b[BOOK_HASH + 24 + BOOK_HASH];

	memcpy(b, before, BOOK_HASH);
	put_be(b + BOOK_HASH, chain);
	put_be(b + BOOK_HASH + 8, seq);
	put_be(b + BOOK_HASH + 16, at_ms);
	memcpy(b + BOOK_HASH + 24, commitment, BOOK_HASH);
	hash_sha256((struct str){ (const char *)b, sizeof b }, out);
}

/* --- checkpoints --- */

struct str book_hex(struct arena *mem, const unsigned char *p, size_t n)
{
	char *text = arena_array(mem, char, 2 * n + 1);

	sodium_bin2hex(text, 2 * n + 1, p, n);
	return (struct str){ text, 2 * n };
}

static bool unhex(struct str s, unsigned char *out, size_t n)
{
	size_t got;

	return s.n == 2 * n && sodium_hex2bin(out, n, s.p, s.n, NULL, &got, NULL) == 0 && got == n;
}

struct str book_checkpoint_text(struct arena *mem, const struct book_checkpoint *c)
{
	return str_fmt(mem,
	    "tillsammans checkpoint 1\nchain=%" PRId64 "\nseq=%" PRId64 "\nat_ms=%" PRId64
	    "\nlink=%.*s\n",
	    c->chain, c->seq, c->at_ms, STR(book_hex(mem, c->link, BOOK_HASH)));
}

void book_checkpoint_sign(
    struct arena *mem, struct book_checkpoint *c, const unsigned char secret[64])
{
	size_t mark = arena_mark(mem);
	struct str text = book_checkpoint_text(mem, c);

	must(crypto_sign_ed25519_sk_to_pk(c->key, secret) == 0);
	must(crypto_sign_detached(
		 c->signature, NULL, (const unsigned char *)text.p, text.n, secret) == 0);
	arena_rewind(mem, mark);
}

bool book_checkpoint_good(struct arena *mem, const struct book_checkpoint *c)
{
	size_t mark = arena_mark(mem);
	struct str text = book_checkpoint_text(mem, c);
	bool good = crypto_sign_verify_detached(
			c->signature, (const unsigned char *)text.p, text.n, c->key) == 0;

	arena_rewind(mem, mark);
	return good;
}

struct str book_witness(struct arena *mem, const struct book_checkpoint *c)
{
	return str_fmt(mem, "%.*skey=%.*s\nsignature=%.*s\n", STR(book_checkpoint_text(mem, c)),
	    STR(book_hex(mem, c->key, BOOK_KEY)), STR(book_hex(mem, c->signature, BOOK_SIGNATURE)));
}

bool book_witness_of(struct arena *mem, struct str text, struct book_checkpoint *out)
{
	static const char *const names[] = {
		"chain=", "seq=", "at_ms=", "link=", "key=", "signature="
	};
	struct book_checkpoint c = { 0 };
	struct str rest = text, v[6];

	if (!str_eq(str_cut(&rest, '\n'), S("tillsammans checkpoint 1")))
		return false;
	for (int i = 0; i < 6; i++) {
		struct str line = str_cut(&rest, '\n'), name = str_of(names[i]);

		if (!str_starts(line, name))
			return false;
		v[i] = (struct str){ line.p + name.n, line.n - name.n };
	}
	if (!str_to_i64(v[0], 1, INT64_MAX, &c.chain) || !str_to_i64(v[1], 1, INT64_MAX, &c.seq) ||
	    !str_to_i64(v[2], 0, INT64_MAX, &c.at_ms) || !unhex(v[3], c.link, BOOK_HASH) ||
	    !unhex(v[4], c.key, BOOK_KEY) || !unhex(v[5], c.signature, BOOK_SIGNATURE) ||
	    !str_eq(text, book_witness(mem, &c)))
		return false;
	*out = c;
	return true;
}

/* RFC 8410: SubjectPublicKeyInfo of an Ed25519 key is these 12 bytes and the key. */
static const unsigned char spki[12] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03,
	0x21, 0x00 };
#define PEM_BEGIN "-----BEGIN PUBLIC KEY-----\n"
#define PEM_END "\n-----END PUBLIC KEY-----\n"

struct str book_key_pem(struct arena *mem, const unsigned char key[BOOK_KEY])
{
	unsigned char der[sizeof spki + BOOK_KEY];
	char text[64];

	memcpy(der, spki, sizeof spki);
	memcpy(der + sizeof spki, key, BOOK_KEY);
	sodium_bin2base64(text, sizeof text, der, sizeof der, sodium_base64_VARIANT_ORIGINAL);
	return str_fmt(mem, PEM_BEGIN "%s" PEM_END, text);
}

bool book_key_of(struct str text, unsigned char key[BOOK_KEY])
{
	unsigned char der[sizeof spki + BOOK_KEY];
	size_t n;

	text = str_trim(text);
	if (unhex(text, key, BOOK_KEY))
		return true;
	if (!str_starts(text, S(PEM_BEGIN)))
		return false;
	text.p += sizeof PEM_BEGIN - 1;
	text.n -= sizeof PEM_BEGIN - 1;
	text = str_cut(&text, '\n');
	if (sodium_base642bin(der, sizeof der, text.p, text.n, NULL, &n, NULL,
		sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    n != sizeof der || memcmp(der, spki, sizeof spki) != 0)
		return false;
	memcpy(key, der + sizeof spki, BOOK_KEY);
	return true;
}

bool book_seqs_have(struct str seqs, int64_t seq)
{
	while (seqs.n) {
		struct str to = str_cut(&seqs, ','), from = str_cut(&to, '-');
		int64_t a, b;

		if (!str_to_i64(from, 1, INT64_MAX, &a))
			return false;
		b = a;
		if (to.n && !str_to_i64(to, a, INT64_MAX, &b))
			return false;
		if (seq >= a && seq <= b)
			return true;
	}
	return false;
}
