#include "app/config.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"

enum kind { TEXT, NUMBER, YES_NO, ON_OFF };

static const struct key {
	const char *name;
	enum kind kind;
	size_t at;
	size_t room;         /* TEXT */
	int64_t least, most; /* NUMBER */
	const char *allowed; /* in words, for the person who mends it */
} keys[] = {
#define AT(field) offsetof(struct config, field)
	{ "address", TEXT, AT(address), 64, 0, 0, "a numeric address, as 127.0.0.1 or ::1" },
	{ "port", NUMBER, AT(port), 0, 0, 65535, "a number from 0 (any free port) to 65535" },
	{ "threads", NUMBER, AT(threads), 0, 0, 64, "a number from 0 (one per processor) to 64" },
	{ "data", TEXT, AT(data), CONFIG_TEXT, 0, 0, "a directory" },
	{ "database", TEXT, AT(database), CONFIG_TEXT, 0, 0, "a file, or postgresql://..." },
	{ "book", TEXT, AT(book), CONFIG_TEXT, 0, 0, "a file, or postgresql://..." },
	{ "key_file", TEXT, AT(key_file), CONFIG_TEXT, 0, 0, "a file outside the data directory" },
	{ "copy", TEXT, AT(copy), 32, 0, 0,
	    "a short name, another one for each copy of the program" },
	{ "witness", TEXT, AT(witness), CONFIG_TEXT, 0, 0, "a file" },
	{ "session_minutes", NUMBER, AT(session_minutes), 0, 5, 720, "a number from 5 to 720" },
	{ "kept_mb", NUMBER, AT(kept_mb), 0, 0, 4096, "a number of megabytes from 0 to 4096" },
	{ "wal_mb", NUMBER, AT(wal_mb), 0, 1, 4096, "a number of megabytes from 1 to 4096" },
	{ "tls_in_front", YES_NO, AT(tls_in_front), 0, 0, 0, "yes or no" },
	{ "sandbox", ON_OFF, AT(sandbox), 0, 0, 0, "on or off" },
	{ "log_debug", NUMBER, AT(log_debug), 0, 0, 1, "0 or 1" },
#undef AT
};
#define KEYS (sizeof keys / sizeof keys[0])

struct reading {
	struct config *cfg;
	char wrong[600]; /* what is wrong; empty: nothing */
};

static bool put(struct config *cfg, const struct key *k, const char *value)
{
	char *at = (char *)cfg + k->at;
	int64_t v;

	switch (k->kind) {
	case TEXT:
		if (strlen(value) >= k->room || !str_is_clean(str_of(value)))
			return false;
		snprintf(at, k->room, "%s", value);
		return true;
	case NUMBER:
		if (!str_to_i64(str_of(value), k->least, k->most, &v))
			return false;
		memcpy(at, &v, sizeof v);
		return true;
	case YES_NO:
		if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
			return false;
		*(bool *)at = value[0] == 'y';
		return true;
	case ON_OFF:
		if (strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
			return false;
		*(bool *)at = strcmp(value, "on") == 0;
		return true;
	}
	return false;
}

static int on_pair(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;

	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i].name, name) != 0 || section[0] != '\0')
			continue;
		if (put(r->cfg, &keys[i], value))
			return 1;
		snprintf(r->wrong, sizeof r->wrong, "%s = %.80s is not allowed: write %s", name,
		    value, keys[i].allowed);
		return 0;
	}
	if (r->wrong[0])
		return 0;
	snprintf(r->wrong, sizeof r->wrong,
	    "there is no key \"%.60s\"%s%.40s; the keys are: ", name,
	    section[0] ? " in a section " : "", section);
	for (size_t i = 0; i < KEYS; i++) {
		size_t n = strlen(r->wrong);

		snprintf(r->wrong + n, sizeof r->wrong - n, "%s%s", i ? ", " : "", keys[i].name);
	}
	return 0;
}

static enum err from_environment(struct config *cfg)
{
	for (size_t i = 0; i < KEYS; i++) {
		char name[64] = "TILLSAMMANS_";
		const char *value;

		for (size_t n = strlen(name), j = 0; keys[i].name[j]; j++)
			name[n + j] = (char)toupper((unsigned char)keys[i].name[j]);
		value = getenv(name);
		if (value && !put(cfg, &keys[i], value)) {
			fprintf(stderr, "environment: %s is not allowed: write %s\n", name,
			    keys[i].allowed);
			return ERR_INVALID;
		}
	}
	return OK;
}

enum err config_load(const char *path, struct config *out)
{
	struct reading r = { .cfg = out };

	*out = (struct config){ .address = "127.0.0.1",
		.port = 8080,
		.copy = "main",
		.session_minutes = 60,
		.kept_mb = 24,
		.wal_mb = 8,
		.sandbox = true };
	if (path) {
		int line = ini_parse(path, on_pair, &r);

		if (line < 0) {
			fprintf(stderr, "%s: can't be read: %s\n", path, strerror(errno));
			return ERR_INVALID;
		}
		if (line > 0) {
			fprintf(stderr, "%s:%d: %s\n", path, line,
			    r.wrong[0] ? r.wrong : "not a line of the form key = value");
			return ERR_INVALID;
		}
	}
	return from_environment(out);
}

/* Beside the data directory, never in it: DIR.key. */
static void default_key(struct config *cfg)
{
	size_t n = strlen(cfg->data);

	while (n > 1 && cfg->data[n - 1] == '/')
		n--;
	if (!cfg->key_file[0] && !getenv("CREDENTIALS_DIRECTORY"))
		snprintf(cfg->key_file, sizeof cfg->key_file, "%.*s.key", (int)(n < 480 ? n : 480),
		    cfg->data);
}

void config_finish(struct config *cfg)
{
	default_key(cfg);
	if (!cfg->database[0])
		snprintf(cfg->database, sizeof cfg->database, "%.480s/tillsammans.db", cfg->data);
	if (!cfg->book[0]) {
		if (strncmp(cfg->database, "postgresql://", 13) == 0)
			snprintf(cfg->book, sizeof cfg->book, "%s", cfg->database);
		else
			snprintf(cfg->book, sizeof cfg->book, "%.480s/book.db", cfg->data);
	}
}

static bool folder_of(const char *file, char *say, size_t room)
{
	const char *end = strrchr(file, '/');
	char folder[CONFIG_TEXT + 1];
	struct stat st;

	errno = ENOTDIR; /* what it is when something else is there */
	if (strncmp(file, "postgresql://", 13) == 0 || strncmp(file, "file:", 5) == 0)
		return true;
	if (!end)
		snprintf(folder, sizeof folder, ".");
	else
		snprintf(folder, sizeof folder, "%.*s", end > file ? (int)(end - file) : 1, file);
	if (stat(folder, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	snprintf(say, room,
	    "there is no folder %s (%s). Make it (mkdir -m 700 %s), or name the one you mean: "
	    "--data DIR, or data = DIR in the configuration",
	    folder, strerror(errno), folder);
	return false;
}

bool config_folders(const struct config *cfg, char *say, size_t room)
{
	return folder_of(cfg->database, say, room) && folder_of(cfg->book, say, room);
}
