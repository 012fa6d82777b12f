/* For the tests of the import: a house with one school, and payloads of one family. */
#ifndef IMPORT_HOUSE_H
#define IMPORT_HOUSE_H

#include "feat/import/import.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/seal.h"
#include "q_import.h"
#define number count_of /* core/number.h has the word */
#include "db/db_test.h"
#undef number
#include "test/t.h"

/* Numbers from the tax agency's list of test numbers (data/ids); names are invented. */
#define CHILD_A "201501012395"
#define CHILD_B "201501032393"
#define CHILD_C "201501052391"
#define ADULT_A "189001019802"
#define ADULT_B "189001039800"

struct house {
	struct import im;
	struct arena *mem;
	struct keys *keys;
	FILE *told;
	struct import_counts c;
};

static inline void open_house(struct house *h, struct db *db, struct arena *mem)
{
	const char *path = str_c(mem, str_fmt(mem, "%s/key", t_dir()));

	*h = (struct house){ .mem = mem };
	assert_ok(keys_make(path));
	assert_ok(keys_open(path, &h->keys));
	assert_ok(db_script(db,
	    "INSERT INTO authority (id, name, kind, municipality) VALUES (1, 'Skolnämnden', 'board', '0461');"
	    "INSERT INTO drawer (id, authority, regime) VALUES (11, 1, 'SCHOOL_TEACHER'), (12, 1, 'SOC');"
	    "INSERT INTO unit (id, authority, name, municipality, school_code) VALUES (101, 1, 'Eken', '0461', "
	    "'12345678');"
	    "INSERT INTO person (id) VALUES (1001); INSERT INTO staff (id, person, name) VALUES (901, 1001, 'Rut');"
	    "INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on) VALUES (1101, 901, 101, 11, "
	    "'professional', 'lärare', '2026-01-01'); INSERT INTO receiver VALUES ('eken', 11, 1101)"));
	h->im = (struct import){ .db = db,
		.permit = access_job(mem, ACT_CHILD_REGISTER, 1795000000000),
		.keys = h->keys,
		.drawer = { 11 },
		.authority = { 1 },
		.today = date_of_ms(1795000000000) };
}

static inline void close_house(struct house *h)
{
	keys_close(h->keys);
	if (h->told)
		fclose(h->told);
}

static inline const char *file_of(struct house *h, const char *text)
{
	static int n;
	const char *path = str_c(h->mem, str_fmt(h->mem, "%s/%d.json", t_dir(), n++));
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

/* What is told from now on lies in h->told. */
static inline struct import_options telling(struct house *h, bool dry)
{
	if (h->told)
		fclose(h->told);
	h->told = tmpfile();
	assert_non_null(h->told);
	return (struct import_options){ .dry_run = dry, .quiet = true, .problems = h->told };
}

static inline enum err read_files(struct house *h, const char *const *paths, size_t n, bool dry)
{
	struct import_options o = telling(h, dry);

	return import_files(&h->im, paths, n, &o, &h->c);
}

static inline void take(struct house *h, const char *text)
{
	const char *path = file_of(h, text);

	assert_ok(read_files(h, &path, 1, false));
}

static inline bool told(struct house *h, const char *what)
{
	char line[1000];

	rewind(h->told);
	while (fgets(line, sizeof line, h->told))
		if (strstr(line, what))
			return true;
	return false;
}

static inline int64_t count(struct house *h, const char *sql)
{
	return count_of(h->im.db, sql);
}

/* All that the tables hold, bytes as hex: nothing may differ. */
static inline struct str whole(struct house *h)
{
	static const char *const tables[][2] = {
		{ "person", "id || '|' || access_version || '|' || version" },
		{ "identity",
		    "id || '|' || person || '|' || source || '|' || COALESCE(external_id, '') || '|' || given_name || '|' "
		    "|| family_name || '|' || COALESCE(born_on, '') || '|' || COALESCE(HEX(number_sealed), '') || '|' || "
		    "COALESCE(HEX(number_index), '') || '|' || protection || '|' || checked_on || '|' || version" },
		{ "person_number", "HEX(number_index) || '|' || person" },
		{ "child",
		    "id || '|' || person || '|' || name || '|' || shielded || '|' || access_version || '|' || "
		    "content_version || '|' || version" },
		{ "relation",
		    "id || '|' || child || '|' || person || '|' || kind || '|' || from_on || '|' || COALESCE(to_on, '') || "
		    "'|' || version" },
		{ "engagement",
		    "id || '|' || child || '|' || from_on || '|' || COALESCE(to_on, '') || '|' || version" },
		{ "quarantine",
		    "id || '|' || reason || '|' || HEX(payload) || '|' || state || '|' || COALESCE(candidate, 0) || '|' || "
		    "version" },
		{ "relation_left", "id || '|' || relation || '|' || state || '|' || version" },
	};
	static const struct db_column cols[] = { { "line", DB_TEXT, false, 0, 0 } };
	struct buf b;

	if (db_engine(h->im.db) == DB_POSTGRES)
		assert_ok(db_script(h->im.db,
		    "CREATE OR REPLACE FUNCTION hex(b bytea) RETURNS text AS $$ SELECT encode(b, 'hex') $$ LANGUAGE SQL"));
	buf_init(&b, h->mem, 1 << 16);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		struct str sql =
		    str_fmt(h->mem, "SELECT %s FROM %s ORDER BY 1", tables[i][1], tables[i][0]);
		struct str *rows;
		size_t n;

		assert_ok(db_many(h->im.db,
		    query(str_c(h->mem, sql), 0, NULL, 1, cols, sizeof(struct str), false), NULL,
		    h->mem, (void **)&rows, &n));
		for (size_t j = 0; j < n; j++)
			buf_fmt(&b, "%.*s\n", STR(rows[j]));
	}
	return buf_text(&b);
}

#define PUPIL(id, number, given, mark, responsibles) \
	"{\"id\":\"" id "\",\"givenName\":\"" given \
	"\",\"familyName\":\"Test\",\"civicNo\":{\"value\":\"" number \
	"\",\"nationality\":\"SWE\"}," mark \
	"\"enrolments\":[{\"enroledAt\":{\"id\":\"eken\"},\"schoolType\":\"GR\"," \
	"\"startDate\":\"2026-08-01\"}],\"responsibles\":[" responsibles "]}"
#define GROWN(id, number, given, mark) \
	"{\"id\":\"" id "\",\"givenName\":\"" given \
	"\",\"familyName\":\"Test\",\"civicNo\":{\"value\":\"" number "\"}," mark \
	"\"birthDate\":\"1985-05-05\"}"
#define RESP(id, type) "{\"person\":{\"id\":\"" id "\"},\"relationType\":\"" type "\"}"
#define OPEN "\"securityMarking\":\"Ingen\","
#define MARKED "\"securityMarking\":\"Sekretessmarkering\","

#define FAMILY \
	"{\"data\":[" PUPIL("a", CHILD_A, "Ada Maria", OPEN, \
	    RESP("m", "Vårdnadshavare") "," RESP("f", "Förälder")) "," PUPIL("b", CHILD_B, "Bo", \
	    OPEN, RESP("m", "Vårdnadshavare")) "," GROWN("m", ADULT_A, "Mia", OPEN) "," GROWN("f", \
	    ADULT_B, "Fred", \
	    OPEN) "," GROWN("t", "189001059808", "Tess", OPEN) "],\"pageToken\":null}"

#endif
