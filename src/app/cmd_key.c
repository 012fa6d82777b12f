/*
 * The master key changes hands. `key add` puts a second key into the file; every program that runs
 * is started anew, and from then on seals with the new key and opens with both. `key rotate` seals
 * everything anew, a few rows a transaction, while the programs go on: it may be killed and run
 * again, it goes on with what is left. When nothing is left, the old line can be taken out.
 */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "access/book.h"
#include "app/app.h"
#include "app/options.h"
#include "auth/keys.h"
#include "feat/import/import.h"
#include "feat/person/person.h"
#include "q_book.h"
#include "q_import.h"
#include "q_person.h"

static const char help[] =
    "tillsammans key [--config FILE] [--data DIR] add|rotate|status\n\n"
    "add     puts a fresh key of the next version into the key file. Then start every running\n"
    "        program anew: it seals with the new key and opens with both (all sign in again)\n"
    "rotate  seals every personal number and waiting record with the newest key, and gives them\n"
    "        new indexes, beside the running program. Safe to stop and to run again\n"
    "status  what still needs an older key\n\n"
    "Exit codes: 0 nothing needs an older key, 1 something does, or an error, 2 called wrongly.\n";

#define TRIES 20
#define MEM_BYTES ((size_t)64 << 20)

struct rotation {
	struct db *db;
	struct arena mem;
	const struct keys *keys;
	struct person_id person, number;
	struct quarantine_id quarantine;
	size_t done;
};

/* One small transaction; true in *more: something was there to do. */
static enum err one_batch(struct rotation *r, int part, size_t *n, size_t *bad)
{
	switch (part) {
	case 0:
		return person_keys_renew(r->db, &r->mem, r->keys, &r->person, n, bad);
	case 1:
		return person_keys_renew_numbers(r->db, &r->mem, r->keys, &r->number, n, bad);
	default:
		return quarantine_keys_renew(r->db, &r->mem, r->keys, &r->quarantine, n, bad);
	}
}

static enum err batch(struct rotation *r, int part, bool *more)
{
	struct rotation before = *r;
	enum err e = ERR_RETRY;
	size_t n = 0, bad = 0;

	for (int i = 0; e == ERR_RETRY && i < TRIES; i++) {
		arena_rewind(&r->mem, 0);
		r->person = before.person;
		r->number = before.number;
		r->quarantine = before.quarantine;
		e = db_begin(r->db, DB_WRITE);
		if (e != OK)
			continue;
		e = one_batch(r, part, &n, &bad);
		if (e == OK)
			e = db_commit(r->db);
		else
			db_rollback(r->db, DB_WRITE);
	}
	if (e == OK)
		r->done += n;
	*more = n + bad > 0;
	return e;
}

static enum err rotate(struct db *db, const struct keys *keys)
{
	struct rotation r = { .db = db, .keys = keys };
	enum err e = OK;

	arena_init(&r.mem, MEM_BYTES);
	for (int part = 0; part < 3 && e == OK; part++) {
		bool more = true;

		while (more && e == OK) {
			e = batch(&r, part, &more);
			if (r.done && more)
				fprintf(stderr, "key: %zu sealed anew\r", r.done);
		}
	}
	arena_fini(&r.mem);
	fprintf(stderr, "key: %zu sealed anew with version %d\n", r.done, keys_newest(keys));
	return e;
}

/* What still needs an older key, told; *left: how many things. */
static enum err status(struct db *db, struct db *book, const struct keys *keys, int64_t *left)
{
	unsigned char public[BOOK_KEY], secret[64];
	char version = (char)keys_newest(keys);
	struct str newest = { &version, 1 };
	struct q_person_keys_left persons;
	struct q_quarantine_keys_left waiting;
	struct q_look_keys_left looks;
	struct arena mem;
	enum err e;

	arena_init(&mem, (size_t)1 << 20);
	book_keys(keys, keys_newest(keys), public, secret);
	sodium_memzero(secret, sizeof secret);
	e = q_person_keys_left(db, &mem, newest, &persons);
	if (e == OK)
		e = q_quarantine_keys_left(db, &mem, newest, &waiting);
	if (e == OK)
		e = q_look_keys_left(
		    book, &mem, (struct str){ (const char *)public, sizeof public }, &looks);
	arena_fini(&mem);
	TRY(e);
	*left = persons.identities + persons.numbers + persons.bare + waiting.n + looks.chains;
	printf(
	    "newest key: version %d; keys in the file: %zu\n", keys_newest(keys), keys_count(keys));
	printf("sealed with an older key: %" PRId64 " numbers, %" PRId64 " waiting records\n",
	    persons.identities + persons.numbers, waiting.n);
	if (persons.bare)
		printf("numbers that only an older version of the program indexed: %" PRId64 "\n",
		    persons.bare);
	if (looks.chains)
		printf("chains of the book whose last checkpoint has an older key: %" PRId64
		       " (start that copy of the program anew)\n",
		    looks.chains);
	if (looks.checkpoints)
		printf("checkpoints signed with older keys: %" PRId64
		       " (keep the old public key for looks verify --public: docs/book.md)\n",
		    looks.checkpoints);
	printf(*left ? "older keys are still needed\n" : "no older key is needed any more\n");
	return OK;
}

static int add_key(const struct config *cfg)
{
	uint8_t version;

	if (!cfg->key_file[0]) {
		fprintf(stderr,
		    "key: the key comes as a credential; add the line to its file by hand\n");
		return 1;
	}
	if (keys_add(cfg->key_file, &version) != OK)
		return 1;
	printf("version %d is in %s. Start every running program anew, then run: tillsammans key "
	       "rotate\n",
	    version, cfg->key_file);
	return 0;
}

int cmd_key(int argc, char **argv)
{
	struct options o;
	struct keys *keys = NULL;
	struct db *db = NULL, *book = NULL;
	int64_t left = 1;
	const char *word;
	enum err e;
	bool shown;

	if (!options_read(argc, argv, help, &o, &shown))
		return shown ? 0 : 2;
	word = argc - o.first == 1 ? argv[o.first] : "";
	if (strcmp(word, "add") == 0)
		return add_key(&o.cfg);
	if (strcmp(word, "rotate") != 0 && strcmp(word, "status") != 0) {
		fputs(help, stderr);
		return 2;
	}
	if (!options_there(&o))
		return 1;
	e = keys_open(o.cfg.key_file[0] ? o.cfg.key_file : NULL, &keys);
	if (e == OK)
		e = db_open(o.cfg.database, DB_WRITER, &db);
	if (e == OK)
		e = db_migrate(db, DB_STORE_MAIN);
	if (e == OK)
		e = db_open(o.cfg.book, DB_READER, &book);
	if (e == OK && word[0] == 'r')
		e = rotate(db, keys);
	if (e == OK)
		e = status(db, book, keys, &left);
	db_close(book);
	db_close(db);
	keys_close(keys);
	return e == OK && left == 0 ? 0 : 1;
}
