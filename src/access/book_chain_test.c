#include "access/book_chain.h"

#include <sodium.h>
#include <string.h>

#include "test/t.h"

TEST(book_content_byte_for_byte)
{
	char out[BOOK_CONTENT_MOST];
	struct book_entry e = { .kind = BOOK_LOOK,
		.id = 1,
		.child = 2,
		.actor = 3,
		.staff = 4,
		.assignment = 5,
		.unit = 6,
		.act = S("child.show"),
		.item = S("plan"),
		.item_id = INT64_MAX,
		.why = S("engagement"),
		.why_id = 8,
		.outcome = S("ok"),
		.request = UINT64_MAX,
		.note = S("a b=c\n\xc3\xa5") };
	struct str s = { out, book_content(&e, out) };

	assert_str(s, "look id=1 child=2 actor=3 staff=4 assignment=5 unit=6 act=child.show "
		      "item=plan:9223372036854775807 why=engagement:8 outcome=ok "
		      "request=18446744073709551615 note=a_b_c___");
	e = (struct book_entry){ .kind = BOOK_STOP };
	assert_str(((struct str){ out, book_content(&e, out) }), "stop");
}

TEST(book_content_is_read_back_and_nothing_else)
{
	static const char *const bad[] = { "", "looks", "look ", "look  id=1", "look id=01",
		"look id=0", "look id=-1", "look id=+1", "look id=9223372036854775808",
		"look child=2 id=1", "look id=1 id=1", "look id=1\n", "look id=1 act=", "look x=1",
		"look act=a\xc3\xa5", "look act=a=b", "look request=18446744073709551616",
		"look request=0", " look", "look item=" };
	char longest[BOOK_CONTENT_MOST], again[BOOK_CONTENT_MOST];
	struct book_entry e, full = { .kind = BOOK_REFUSAL,
		.id = INT64_MAX,
		.child = INT64_MAX,
		.actor = INT64_MAX,
		.staff = INT64_MAX,
		.assignment = INT64_MAX,
		.unit = INT64_MAX,
		.item_id = INT64_MAX,
		.why_id = INT64_MAX,
		.request = UINT64_MAX,
		.of = INT64_MAX };
	char filler[2000];
	struct str s;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(book_entry_of(str_of(bad[i]), &e));
	assert_true(book_entry_of(S("look item=plan why=a:b"), &e));
	assert_str(e.why, "a:b");
	/* the longest there can be fits */
	memset(filler, 'x', sizeof filler);
	full.act = full.item = full.why = full.outcome = full.note =
	    (struct str){ filler, sizeof filler };
	s = (struct str){ longest, book_content(&full, longest) };
	assert_true(book_entry_of(s, &e));
	assert_int_equal(e.act.n, BOOK_CODE_MOST);
	assert_int_equal(e.note.n, BOOK_NOTE_MOST);
	assert_int_equal(book_content(&e, again), s.n);
	assert_memory_equal(again, s.p, s.n);
}

/* Worked out with printf, sha256sum and xxd as docs/book.md shows. */
TEST(book_chain_known_answers)
{
	struct arena *mem = t_mem();
	static const unsigned char salt[BOOK_SALT] = "0123456789abcdef";
	unsigned char commitment[BOOK_HASH], link[BOOK_HASH] = { 0 };

	book_commitment(salt, S("look id=1"), commitment);
	assert_str(book_hex(mem, commitment, BOOK_HASH),
	    "0d9e770ef2396ccd882a1a426502574c25ca18caaf7f89bb214c4cda4f6249dc");
	book_link(link, 1, 1, 1700000000000, commitment, link);
	assert_str(book_hex(mem, link, BOOK_HASH),
	    "76cdaf6a2a304e11f5a080b5ec16f1de4f6ffdcaaf736eb46cc1f5399b92943f");
}

TEST(book_checkpoint_signs_all_of_it)
{
	struct arena *mem = t_mem();
	struct book_checkpoint c = { .chain = 5, .seq = 6, .at_ms = 7, .link = { 8 } }, d;
	unsigned char public[32], secret[64], seed[32] = { 9 };
	struct str w;

	crypto_sign_seed_keypair(public, secret, seed);
	book_checkpoint_sign(mem, &c, secret);
	assert_memory_equal(c.key, public, sizeof public);
	assert_true(book_checkpoint_good(mem, &c));
#define WRONG(change) \
	do { \
		d = c; \
		change; \
		assert_false(book_checkpoint_good(mem, &d)); \
	} while (0)
	WRONG(d.chain++);
	WRONG(d.seq++);
	WRONG(d.at_ms++);
	WRONG(d.link[31] ^= 1);
	WRONG(d.key[0] ^= 1);
	WRONG(d.signature[0] ^= 1);
	w = book_witness(mem, &c);
	assert_true(book_witness_of(mem, w, &d));
	assert_memory_equal(&c, &d, sizeof c);
	for (size_t i = 0; i < w.n; i++)
		assert_false(book_witness_of(mem, (struct str){ w.p, i }, &d));
	assert_false(book_witness_of(mem, str_fmt(mem, "%.*s\n", STR(w)), &d));
}

TEST(book_key_goes_to_pem_and_back)
{
	struct arena *mem = t_mem();
	unsigned char key[BOOK_KEY] = { 1, 2, 3 }, got[BOOK_KEY];
	struct str pem = book_key_pem(mem, key);

	assert_true(book_key_of(pem, got));
	assert_memory_equal(key, got, sizeof key);
	assert_true(book_key_of(book_hex(mem, key, sizeof key), got));
	assert_false(book_key_of((struct str){ pem.p, 60 }, got));
	assert_false(book_key_of(S("zz"), got));
}

TEST(book_seqs_rows)
{
	assert_true(book_seqs_have(S("3-7,9"), 3));
	assert_true(book_seqs_have(S("3-7,9"), 7));
	assert_true(book_seqs_have(S("3-7,9"), 9));
	assert_false(book_seqs_have(S("3-7,9"), 8));
	assert_false(book_seqs_have(S("3-7,9"), 2));
	assert_false(book_seqs_have(S(""), 1));
	assert_false(book_seqs_have(S("x,9"), 9));
	assert_false(book_seqs_have(S("7-3"), 5));
}
