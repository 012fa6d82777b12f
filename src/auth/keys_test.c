#include "auth/keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/t.h"

#define KEY_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"

static const char *put(const char *name, const char *text, mode_t mode)
{
	static char dir[64], path[128];
	int fd;

	if (!dir[0]) {
		snprintf(dir, sizeof dir, "/tmp/keys_test.XXXXXX");
		assert_non_null(mkdtemp(dir));
	}
	snprintf(path, sizeof path, "%s/%s", dir, name);
	if (!text)
		return path;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	return path;
}

static enum err try_text(const char *text)
{
	struct keys *k = NULL;
	enum err e = keys_open(put("k", text, 0600), &k);

	assert_true((e == OK) == (k != NULL));
	keys_close(k);
	return e;
}

TEST(keys_made_once_and_never_written_over)
{
	const char *path = put("made", NULL, 0);
	unsigned char a[KEY_BYTES], b[KEY_BYTES];
	struct keys *k;
	struct stat st;

	assert_ok(keys_make(path));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(keys_make(path), ERR_CONFLICT);
	assert_ok(keys_open(path, &k));
	assert_int_equal(keys_newest(k), 1);
	assert_ok(keys_derive(k, 1, KEY_SEAL, a));
	keys_close(k);
	assert_ok(keys_open(path, &k));
	assert_ok(keys_derive(k, 1, KEY_SEAL, b));
	assert_memory_equal(a, b, sizeof a);
	keys_close(k);
}

TEST(keys_added_beside_the_old_ones)
{
	const char *path = put("added", "1 " KEY_A, 0400); /* no line end behind it */
	unsigned char a[KEY_BYTES], b[KEY_BYTES];
	struct keys *k;
	struct stat st;
	uint8_t version;

	assert_ok(keys_open(path, &k));
	assert_ok(keys_derive(k, 1, KEY_SEAL, a));
	keys_close(k);
	for (int i = 2; i <= KEYS_MOST; i++) {
		assert_ok(keys_add(path, &version));
		assert_int_equal(version, i);
	}
	assert_int_equal(keys_add(path, &version), ERR_CONFLICT);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0400);
	assert_ok(keys_open(path, &k));
	assert_int_equal(keys_count(k), KEYS_MOST);
	assert_ok(keys_derive(k, 1, KEY_SEAL, b));
	assert_memory_equal(a, b, sizeof a);
	assert_ok(keys_derive(k, 2, KEY_SEAL, b));
	assert_memory_not_equal(a, b, sizeof a);
	keys_close(k);
	assert_int_equal(keys_add("/nonexistent/key", &version), ERR_NOT_FOUND);
}

TEST(keys_readable_by_others_are_refused)
{
	static const mode_t bad[] = { 0640, 0604, 0644, 0660, 0622, 04600, 0601 };
	struct keys *k;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(keys_open(put("mode", "1 " KEY_A "\n", bad[i]), &k), ERR_DENIED);
	assert_ok(keys_open(put("mode", "1 " KEY_A "\n", 0400), &k));
	keys_close(k);
	assert_int_equal(keys_open("/nonexistent/key", &k), ERR_NOT_FOUND);
	assert_int_equal(keys_open("/tmp", &k), ERR_DENIED);
}

TEST(keys_come_as_a_systemd_credential)
{
	char dir[128];
	struct keys *k;

	snprintf(dir, sizeof dir, "%s", put("tillsammans-key", "1 " KEY_A "\n", 0400));
	*strrchr(dir, '/') = '\0';
	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	assert_ok(keys_open(NULL, &k));
	keys_close(k);
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_int_equal(keys_open(NULL, &k), ERR_NOT_FOUND);
}

TEST(keys_file_rows)
{
	static const struct {
		const char *text;
		enum err want;
	} rows[] = {
		{ "1 " KEY_A "\n", OK },
		{ "1 " KEY_A, OK },
		{ "# old one below\n2 " KEY_B "\n1 " KEY_A "\n", OK },
		{ "255 " KEY_A "\n", OK },
		{ "", ERR_INVALID },
		{ "\n\n", ERR_INVALID },
		{ KEY_A "\n", ERR_INVALID },
		{ "0 " KEY_A "\n", ERR_INVALID },
		{ "256 " KEY_A "\n", ERR_INVALID },
		{ "1 " KEY_A "0\n", ERR_INVALID },
		{ "1 " KEY_A "\n1 " KEY_B "\n", ERR_INVALID },
		{ "1 0g" KEY_A "\n", ERR_INVALID },
		{ "1 zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
		    ERR_INVALID },
		{ "1 0000000000000000000000000000000000000000000000000000000000000000\n",
		    ERR_INVALID },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(try_text(rows[i].text), rows[i].want);
}

TEST(keys_of_several_versions_and_uses_differ)
{
	unsigned char seen[12][KEY_BYTES];
	struct keys *k;
	size_t n = 0;

	assert_ok(keys_open(put("two", "1 " KEY_A "\n7 " KEY_B "\n", 0600), &k));
	assert_int_equal(keys_count(k), 2);
	assert_int_equal(keys_newest(k), 7);
	assert_int_equal(keys_version(k, 1), 1);
	for (uint8_t v = 1; v <= 7; v = (uint8_t)(v + 6))
		for (int use = KEY_INDEX; use <= KEY_BOOK; use++)
			assert_ok(keys_derive(k, v, (enum key_use)use, seen[n++]));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(seen[i], seen[j], KEY_BYTES);
	assert_int_equal(keys_derive(k, 2, KEY_SEAL, seen[0]), ERR_NOT_FOUND);
	keys_close(k);
	keys_close(NULL);
}
