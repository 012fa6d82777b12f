#include "app/cmd_looks.h"

#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "access/book.h"
#include "access/book_verify.h"
#include "app/options.h"
#include "q_book.h"

#define SHOWN_MOST 1000 /* findings printed; all are counted */
#define FILE_MOST 4096

static const char help[] =
    "tillsammans looks [--config FILE] [--data DIR] COMMAND [--book FILE|URL] [...]\n\n"
    "  verify [--public FILE]... [--witness FILE]...\n"
    "      Reads the whole book of looks and names each record that was changed, removed, moved or\n"
    "      inserted. Needs the program's master key or, without it, the public keys (PEM) that were\n"
    "      kept elsewhere. A witness (an earlier checkpoint kept elsewhere) shows a cut tail too.\n"
    "  export     the book as lines for another checker (docs/book.md)\n"
    "  key        the public key, as PEM: keep it where nobody who runs the program can change it\n"
    "  witness    the last checkpoint of each chain: send it to somebody outside now and then\n\n"
    "Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 something can't be read.\n";

enum { FOUND_NOTHING, FOUND_SOMETHING, WRONG_USE, NO_READING };

struct asked {
	const char *book;
	struct book_trust trust;
};

static struct str read_file(const char *path, char text[FILE_MOST])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, FILE_MOST);

	if (fd >= 0)
		close(fd);
	if (n < 0)
		fprintf(stderr, "%s: can't be read\n", path);
	return (struct str){ text, n < 0 ? 0 : (size_t)n };
}

static bool add_key(struct book_trust *t, const char *path)
{
	char text[FILE_MOST];

	if (t->n_keys == BOOK_TRUST_MOST ||
	    !book_key_of(read_file(path, text), t->keys[t->n_keys])) {
		fprintf(stderr, "%s: not a public Ed25519 key (PEM), or one too many\n", path);
		return false;
	}
	t->n_keys++;
	return true;
}

static bool add_witness(struct book_trust *t, const char *path)
{
	char text[FILE_MOST];
	struct arena mem;
	bool good;

	arena_init(&mem, (size_t)1 << 20);
	good = t->n_witnesses < BOOK_TRUST_MOST &&
	       book_witness_of(&mem, read_file(path, text), &t->witnesses[t->n_witnesses]);
	arena_fini(&mem);
	if (good)
		t->n_witnesses++;
	else
		fprintf(stderr, "%s: not a witness, or one too many\n", path);
	return good;
}

/* Exit code, or -1 to go on. */
static int read_own_options(int argc, char **argv, struct asked *a)
{
	static const struct option longs[] = { { "book", required_argument, NULL, 'b' },
		{ "public", required_argument, NULL, 'k' },
		{ "witness", required_argument, NULL, 'w' }, { "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 } };

	optind = 1;
	for (int c; (c = getopt_long(argc, argv, "b:k:w:h", longs, NULL)) != -1;) {
		switch (c) {
		case 'b':
			a->book = optarg;
			break;
		case 'k':
			if (!add_key(&a->trust, optarg))
				return NO_READING;
			break;
		case 'w':
			if (!add_witness(&a->trust, optarg))
				return NO_READING;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs(help, stderr);
			return WRONG_USE;
		}
	}
	if (optind != argc) {
		fputs(help, stderr);
		return WRONG_USE;
	}
	return -1;
}

/* Without public keys from elsewhere: ours, of every version. */
static bool trust_ourselves(const struct config *cfg, struct book_trust *t)
{
	unsigned char secret[64];
	struct keys *k;

	if (t->n_keys)
		return true;
	if (keys_open(cfg->key_file[0] ? cfg->key_file : NULL, &k) != OK) {
		fprintf(stderr, "looks: no master key; name the public key with --public FILE\n");
		return false;
	}
	for (size_t i = 0; i < keys_count(k) && t->n_keys < BOOK_TRUST_MOST; i++)
		book_keys(k, keys_version(k, i), t->keys[t->n_keys++], secret);
	sodium_memzero(secret, sizeof secret);
	keys_close(k);
	return true;
}

/* A witness that nobody you trust signed would prove nothing. */
static bool witnesses_hold(const struct book_trust *t)
{
	struct arena mem;
	bool all = true;

	arena_init(&mem, (size_t)1 << 20);
	for (size_t i = 0; i < t->n_witnesses; i++) {
		const struct book_checkpoint *c = &t->witnesses[i];
		bool trusted = false;

		for (size_t k = 0; k < t->n_keys; k++)
			trusted = trusted || memcmp(t->keys[k], c->key, BOOK_KEY) == 0;
		if (!trusted || !book_checkpoint_good(&mem, c)) {
			fprintf(stderr,
			    "looks: witness of record %" PRId64
			    " is not signed by a key you trust\n",
			    c->seq);
			all = false;
		}
	}
	arena_fini(&mem);
	return all;
}

static void print_finding(void *to, const struct book_finding *f)
{
	int *shown = to;

	if (++*shown > SHOWN_MOST)
		return;
	printf(
	    "%s\tchain=%" PRId64 "\trecord=%" PRId64, book_wrong_word(f->wrong), f->chain, f->seq);
	if (f->to != f->seq)
		printf("-%" PRId64, f->to);
	printf("\t%s\n", book_wrong_text(f->wrong));
}

static int verify(struct db *book, const struct config *cfg, struct book_trust *t)
{
	struct book_sum sum;
	int shown = 0;

	if (!trust_ourselves(cfg, t) || !witnesses_hold(t))
		return NO_READING;
	if (book_verify(book, t, print_finding, &shown, &sum) != OK)
		return NO_READING;
	if (shown > SHOWN_MOST)
		printf("...\t%d more findings\n", shown - SHOWN_MOST);
	printf("%" PRId64 " chains, %" PRId64 " records (%" PRId64 " erased by rule), %" PRId64
	       " checkpoints, %" PRId64 " records after the last checkpoint, %" PRId64
	       " findings\n",
	    sum.chains, sum.records, sum.erased, sum.checkpoints, sum.unsigned_tail, sum.findings);
	return sum.findings ? FOUND_SOMETHING : FOUND_NOTHING;
}

static int print_key(const struct config *cfg)
{
	struct book_trust t = { .n_keys = 0 };
	struct arena mem;

	if (!trust_ourselves(cfg, &t))
		return NO_READING;
	arena_init(&mem, (size_t)1 << 20);
	printf("%.*s", STR(book_key_pem(&mem, t.keys[0]))); /* the newest */
	arena_fini(&mem);
	return 0;
}

static enum err print_witnesses(struct db *book, struct arena *mem)
{
	struct q_book_chains_list chains;

	TRY(q_book_chains(book, mem, &chains));
	for (size_t i = 0; i < chains.n; i++) {
		struct q_look_checkpoint_last last;
		struct book_checkpoint c = { .chain = chains.v[i].chain };

		TRY(q_look_checkpoint_last(book, mem, c.chain, &last));
		if (!last.found || last.link.n != BOOK_HASH || last.key.n != BOOK_KEY ||
		    last.signature.n != BOOK_SIGNATURE)
			continue;
		c.seq = last.seq;
		c.at_ms = last.at_ms;
		memcpy(c.link, last.link.p, BOOK_HASH);
		memcpy(c.key, last.key.p, BOOK_KEY);
		memcpy(c.signature, last.signature.p, BOOK_SIGNATURE);
		printf("%.*s", STR(book_witness(mem, &c)));
	}
	return OK;
}

static int on_book(const char *what, const struct config *cfg, struct asked *a)
{
	struct db *book = NULL;
	struct arena mem;
	int code = NO_READING;

	if (db_open(a->book ? a->book : cfg->book, DB_READER, &book) != OK) {
		fprintf(stderr, "looks: the book can't be opened\n");
		return NO_READING;
	}
	arena_init(&mem, (size_t)8 << 20);
	if (strcmp(what, "verify") == 0)
		code = verify(book, cfg, &a->trust);
	else if (strcmp(what, "export") == 0)
		code = book_export(book, STDOUT_FILENO) == OK ? 0 : NO_READING;
	else if (strcmp(what, "witness") == 0)
		code = print_witnesses(book, &mem) == OK ? 0 : NO_READING;
	arena_fini(&mem);
	db_close(book);
	return code;
}

int cmd_looks(int argc, char **argv)
{
	static const char *const words[] = { "verify", "export", "key", "witness" };
	struct asked a = { .book = NULL };
	struct options o;
	const char *what;
	bool shown;
	int code;

	must(sodium_init() >= 0);
	if (!options_read(argc, argv, help, &o, &shown))
		return shown ? 0 : WRONG_USE;
	what = o.first < argc ? argv[o.first] : "";
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(what, words[i]) != 0)
			continue;
		code = read_own_options(argc - o.first, argv + o.first, &a);
		if (code >= 0)
			return code;
		if (strcmp(what, "key") == 0)
			return print_key(&o.cfg);
		return a.book || options_there(&o) ? on_book(what, &o.cfg, &a) : NO_READING;
	}
	fputs(help, stderr);
	return WRONG_USE;
}
