#include "auth/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

#define CREDENTIAL "tillsammans-key"
#define CONTEXT "tillsamm" /* crypto_kdf_CONTEXTBYTES = 8 */
#define FILE_MOST 1024     /* 8 lines of 69 bytes, and room */

struct keys {
	size_t n;
	struct {
		uint8_t version;
		unsigned char master[crypto_kdf_KEYBYTES];
	} v[KEYS_MOST]; /* newest first */
};

static enum err add(struct keys *k, struct str line)
{
	struct str number = str_cut(&line, ' ');
	unsigned char master[crypto_kdf_KEYBYTES];
	size_t n, at = 0;
	int64_t version;

	if (k->n == KEYS_MOST || !str_to_i64(number, 1, 255, &version) ||
	    line.n != 2 * sizeof master ||
	    sodium_hex2bin(master, sizeof master, line.p, line.n, NULL, &n, NULL) != 0 ||
	    n != sizeof master || sodium_is_zero(master, sizeof master)) {
		sodium_memzero(master, sizeof master);
		return ERR_INVALID;
	}
	while (at < k->n && k->v[at].version > version)
		at++;
	if (at < k->n && k->v[at].version == version) {
		sodium_memzero(master, sizeof master);
		return ERR_INVALID;
	}
	memmove(&k->v[at + 1], &k->v[at], (k->n - at) * sizeof k->v[0]);
	k->v[at].version = (uint8_t)version;
	memcpy(k->v[at].master, master, sizeof master);
	k->n++;
	sodium_memzero(master, sizeof master);
	return OK;
}

static enum err parse(struct keys *k, struct str text)
{
	while (text.n) {
		struct str line = str_cut(&text, '\n');

		if (line.n && line.p[0] != '#')
			TRY(add(k, line));
	}
	return k->n ? OK : ERR_INVALID;
}

/* Reads through one descriptor, so that what was checked is what is read. */
static enum err read_private(const char *path, char text[FILE_MOST], size_t *n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	ssize_t got = 0;

	*n = 0;
	if (fd < 0)
		return errno == ENOENT
			   ? fail(ERR_NOT_FOUND, "key file is missing")
			   : fail(ERR_DENIED, "key file can't be opened: errno=%d", errno);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & 07077) != 0) {
		close(fd);
		return fail(ERR_DENIED, "key file must be a plain file with mode 0600 or 0400");
	}
	while (*n < FILE_MOST && (got = read(fd, text + *n, FILE_MOST - *n)) > 0)
		*n += (size_t)got;
	close(fd);
	if (got < 0 || *n == FILE_MOST)
		return fail(ERR_INVALID, "key file is too long or can't be read");
	return OK;
}

enum err keys_open(const char *path, struct keys **out)
{
	char text[FILE_MOST], place[4096];
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	struct keys *k;
	enum err e;
	size_t n;

	*out = NULL;
	must(sodium_init() >= 0);
	if (!path) {
		if (!dir ||
		    snprintf(place, sizeof place, "%s/%s", dir, CREDENTIAL) >= (int)sizeof place)
			return fail(
			    ERR_NOT_FOUND, "no key file is named and there is no credential");
		path = place;
	}
	k = sodium_malloc(sizeof *k); /* not an arena: locked and guarded, one per program */
	must(k != NULL);
	sodium_memzero(k, sizeof *k);
	e = read_private(path, text, &n);
	if (e == OK) {
		e = parse(k, (struct str){ text, n });
		if (e != OK)
			(void)fail(e, "key file does not hold lines of VERSION and 64 hex digits");
	}
	sodium_memzero(text, sizeof text);
	if (e != OK) {
		keys_close(k);
		return e;
	}
	must(sodium_mprotect_readonly(k) == 0);
	*out = k;
	return OK;
}

void keys_close(struct keys *k)
{
	if (k)
		sodium_free(k); /* wipes first */
}

enum err keys_make(const char *path)
{
	unsigned char master[crypto_kdf_KEYBYTES];
	char line[2 + 2 * sizeof master + 2] = "1 ";
	size_t n = sizeof line - 1;
	bool written;
	int fd;

	must(sodium_init() >= 0);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno == EEXIST
			   ? fail(ERR_CONFLICT, "a key file is there already")
			   : fail(ERR_INTERNAL, "key file can't be made: errno=%d", errno);
	crypto_kdf_keygen(master);
	sodium_bin2hex(line + 2, sizeof line - 2, master, sizeof master);
	line[n - 1] = '\n';
	written = write(fd, line, n) == (ssize_t)n && fsync(fd) == 0;
	sodium_memzero(master, sizeof master);
	sodium_memzero(line, sizeof line);
	if (close(fd) != 0 || !written) {
		unlink(path); /* half a key would lock its owner out */
		return fail(ERR_INTERNAL, "key file can't be written: errno=%d", errno);
	}
	return OK;
}

/* The folder's entry must be durable too: else a power cut could bring the old file back after
 * numbers were sealed with the new key. */
static bool folder_is_durable(const char *path)
{
	char folder[4096];
	char *slash;
	bool good;
	int fd;

	snprintf(folder, sizeof folder, "%s", path);
	slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	good = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

/* The text as the new file beside path, then path itself. */
static enum err put_in_place(const char *path, const char *text, size_t n)
{
	char next[4096];
	struct stat st;
	bool good;
	int fd;

	if (snprintf(next, sizeof next, "%s.next", path) >= (int)sizeof next ||
	    stat(path, &st) != 0)
		return fail(ERR_INTERNAL, "key file can't be written anew");
	unlink(next); /* of an attempt that was cut off: nothing was sealed with it */
	fd = open(next, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	good = fd >= 0 && write(fd, text, n) == (ssize_t)n &&
	       fchown(fd, st.st_uid, st.st_gid) == 0 && fchmod(fd, st.st_mode & 0700) == 0 &&
	       fsync(fd) == 0;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (good && rename(next, path) == 0 && folder_is_durable(path))
		return OK;
	unlink(next);
	return fail(ERR_INTERNAL, "key file can't be written anew: errno=%d", errno);
}

enum err keys_add(const char *path, uint8_t *version)
{
	unsigned char master[crypto_kdf_KEYBYTES];
	char text[FILE_MOST], hex[2 * sizeof master + 1];
	struct keys *k;
	enum err e;
	size_t n;
	int more;

	TRY(keys_open(path, &k));
	must(k != NULL);
	*version = (uint8_t)(keys_newest(k) + 1);
	more = keys_count(k) < KEYS_MOST && keys_newest(k) < 255;
	keys_close(k);
	if (!more)
		return fail(ERR_CONFLICT, "key file has no room for another key");
	e = read_private(path, text, &n);
	if (e == OK && n + 80 > sizeof text)
		e = fail(ERR_CONFLICT, "key file has no room for another key");
	if (e == OK) {
		crypto_kdf_keygen(master);
		sodium_bin2hex(hex, sizeof hex, master, sizeof master);
		if (text[n - 1] != '\n')
			text[n++] = '\n';
		n += (size_t)snprintf(text + n, sizeof text - n, "%d %s\n", *version, hex);
		e = put_in_place(path, text, n);
	}
	sodium_memzero(master, sizeof master);
	sodium_memzero(hex, sizeof hex);
	sodium_memzero(text, sizeof text);
	return e;
}

size_t keys_count(const struct keys *k)
{
	return k->n;
}

uint8_t keys_version(const struct keys *k, size_t i)
{
	must(i < k->n);
	return k->v[i].version;
}

uint8_t keys_newest(const struct keys *k)
{
	return k->v[0].version;
}

enum err keys_derive(
    const struct keys *k, uint8_t version, enum key_use use, unsigned char out[KEY_BYTES])
{
	for (size_t i = 0; i < k->n; i++) {
		if (k->v[i].version == version) {
			must(crypto_kdf_derive_from_key(
				 out, KEY_BYTES, (uint64_t)use, CONTEXT, k->v[i].master) == 0);
			return OK;
		}
	}
	return fail(ERR_NOT_FOUND, "no key of version=%d", version);
}
