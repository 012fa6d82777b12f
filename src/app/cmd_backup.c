/*
 * backup and restore: two files and a manifest. The data is copied as of one moment, the book as of
 * a moment later, so that the book never knows less than the data (docs/book.md): what the copy's
 * data lacks, the book voids at the first start. The master key is in no backup: who takes the copy
 * takes no personal number.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/book_verify.h"
#include "app/app.h"
#include "app/options.h"

static const char backup_help[] =
    "tillsammans backup [--config FILE] [--data DIR] TO\n\n"
    "Copies the data and the book of looks into the new folder TO while the program goes on. The master\n"
    "key is not in it: keep that in another place. PostgreSQL: use pg_dump or pgbackrest; data and book\n"
    "stand in the same database there.\n\n"
    "Exit codes: 0 done, 1 could not, 2 called wrongly.\n";
static const char restore_help[] =
    "tillsammans restore [--config FILE] [--data DIR] FROM\n\n"
    "Puts a backup back where no database is yet, and holds every byte and the whole book to account\n"
    "first. Then start as usual, with the same master key.\n\n"
    "Exit codes: 0 done, 1 could not, 2 called wrongly.\n";

static const char *const names[] = { "tillsammans.db", "book.db" };
#define NAMES 2
#define PATH 1024
#define HEX (2 * crypto_hash_sha256_BYTES + 1)

static bool say(const char *what, const char *path)
{
	fprintf(stderr, "%s: %s\n", path, what);
	return false;
}

static bool sum_of(const char *path, char hex[HEX])
{
	unsigned char part[65536], hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state st;
	FILE *f = fopen(path, "rb");
	size_t n;
	bool good;

	if (!f)
		return say(strerror(errno), path);
	crypto_hash_sha256_init(&st);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		crypto_hash_sha256_update(&st, part, n);
	good = !ferror(f);
	fclose(f);
	crypto_hash_sha256_final(&st, hash);
	sodium_bin2hex(hex, HEX, hash, sizeof hash);
	return good || say("can't be read", path);
}

/* A file's content to disk, and its folder's entry for it. */
static bool made_durable(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return good || say(strerror(errno), path);
}

static bool write_manifest(const char *to)
{
	char path[PATH], file[PATH], hex[HEX];
	FILE *f;
	bool good = true;

	snprintf(path, sizeof path, "%s/MANIFEST", to);
	f = fopen(path, "wx");
	if (!f)
		return say(strerror(errno), path);
	for (int i = 0; good && i < NAMES; i++) {
		snprintf(file, sizeof file, "%s/%s", to, names[i]);
		good = sum_of(file, hex) && fprintf(f, "%s  %s\n", hex, names[i]) > 0;
	}
	good = fclose(f) == 0 && good;
	return good && made_durable(path) && made_durable(to);
}

static bool copy_out(const struct config *cfg, const char *to)
{
	const char *from[NAMES] = { cfg->database, cfg->book };
	struct db *db[NAMES] = { NULL, NULL };
	char file[PATH];
	bool good = true;

	/* Both snapshots first, the data's before the book's; then the copying takes what it takes.
	 */
	for (int i = 0; good && i < NAMES; i++)
		good =
		    db_open(from[i], DB_READER, &db[i]) == OK && db_begin(db[i], DB_SNAPSHOT) == OK;
	for (int i = 0; good && i < NAMES; i++) {
		snprintf(file, sizeof file, "%s/%s", to, names[i]);
		good = db_backup(db[i], file) == OK && made_durable(file);
	}
	for (int i = 0; i < NAMES; i++)
		db_close(db[i]);
	return good || say("the copy could not be made; the log above says why", to);
}

int cmd_backup(int argc, char **argv)
{
	struct options o;
	bool shown;

	if (!options_read(argc, argv, backup_help, &o, &shown))
		return shown ? 0 : 2;
	if (o.first + 1 != argc) {
		fputs(backup_help, stderr);
		return 2;
	}
	if (strncmp(o.cfg.database, "postgresql://", 13) == 0) {
		fputs(backup_help, stderr);
		return 1;
	}
	if (!options_there(&o))
		return 1;
	if (sodium_init() < 0 || mkdir(argv[o.first], 0700) != 0) {
		say(strerror(errno), argv[o.first]);
		return 1;
	}
	if (!copy_out(&o.cfg, argv[o.first]) || !write_manifest(argv[o.first]))
		return 1;
	printf("Backup made in %s. The master key is not in it.\n", argv[o.first]);
	return 0;
}

/* Every file of the backup is, byte for byte, what the manifest says. */
static bool manifest_holds(const char *from)
{
	char path[PATH], file[PATH], hex[HEX], line[PATH], want[HEX + 64];
	FILE *f;
	bool good = true;

	snprintf(path, sizeof path, "%s/MANIFEST", from);
	f = fopen(path, "r");
	if (!f)
		return say(strerror(errno), path);
	for (int i = 0; good && i < NAMES; i++) {
		snprintf(file, sizeof file, "%s/%s", from, names[i]);
		if (!fgets(line, sizeof line, f) || !sum_of(file, hex))
			good = say("is not whole", path);
		snprintf(want, sizeof want, "%s  %s\n", hex, names[i]);
		if (good && strcmp(line, want) != 0)
			good = say("is not the file that was backed up", file);
	}
	fclose(f);
	return good;
}

static void count_finding(void *to, const struct book_finding *f)
{
	(void)f;
	++*(int64_t *)to;
}

static bool copy_file(const char *from, const char *to)
{
	char part[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t n = 1;
	bool good = out >= 0;

	while (good && (n = read(in, part, sizeof part)) > 0)
		good = write(out, part, (size_t)n) == n;
	good = good && n == 0 && fsync(out) == 0;
	if (!good)
		say(strerror(errno), to);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return good;
}

/* The book's chain, without trust in any key: restore needs no secret; `looks verify` asks for
 * more. of: whose copy lies at path. */
static bool chain_holds(const char *path, const char *of)
{
	struct book_trust nobody = { 0 };
	struct book_sum sum = { 0 };
	struct db *db;
	int64_t found = 0;
	bool good;

	if (db_open(path, DB_WRITER, &db) != OK)
		return say("can't be opened", path);
	good = db_migrate(db, DB_STORE_BOOK) == OK &&
	       book_verify(db, &nobody, count_finding, &found, &sum) == OK;
	db_close(db);
	/* Unknown keys are all that may be found here. */
	if (!good || found > sum.checkpoints)
		return say("the book of looks does not verify; see tillsammans looks verify", of);
	return true;
}

/* A database of SQLite and what lies beside it. */
static void clear_away(const char *path)
{
	static const char *const beside[] = { "", "-wal", "-shm" };
	char file[PATH + 8];

	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path, beside[i]);
		unlink(file);
	}
}

/* Looked at in a copy, made what this program reads: a backup may be an older program's. What is
 * restored is what was backed up, byte for byte. */
static bool book_holds(const char *path, const char *data)
{
	char copy[PATH];
	bool good;

	snprintf(copy, sizeof copy, "%s/book.checked", data);
	clear_away(copy);
	good = copy_file(path, copy) && chain_holds(copy, path);
	clear_away(copy);
	return good;
}

int cmd_restore(int argc, char **argv)
{
	struct options o;
	char file[PATH];
	const char *from;
	bool shown;

	if (!options_read(argc, argv, restore_help, &o, &shown))
		return shown ? 0 : 2;
	if (o.first + 1 != argc || strncmp(o.cfg.database, "postgresql://", 13) == 0) {
		fputs(restore_help, stderr);
		return 2;
	}
	from = argv[o.first];
	snprintf(file, sizeof file, "%s/%s", from, names[1]);
	if (sodium_init() < 0 || !manifest_holds(from))
		return 1;
	if (access(o.cfg.database, F_OK) == 0 || access(o.cfg.book, F_OK) == 0) {
		say("is there already: restore into an empty data folder", o.cfg.data);
		return 1;
	}
	if (mkdir(o.cfg.data, 0700) != 0 && errno != EEXIST) {
		say(strerror(errno), o.cfg.data);
		return 1;
	}
	if (!book_holds(file, o.cfg.data)) {
		rmdir(o.cfg.data); /* if there is nothing else in it */
		return 1;
	}
	if (!copy_file(file, o.cfg.book))
		return 1;
	snprintf(file, sizeof file, "%s/%s", from, names[0]);
	if (!copy_file(file, o.cfg.database) || !made_durable(o.cfg.data))
		return 1;
	printf("Restored into %s. Start with the same master key.\n", o.cfg.data);
	return 0;
}
