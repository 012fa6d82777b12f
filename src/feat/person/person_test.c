#include "feat/person/person.h"

#include <string.h>

#define number count_of /* core/number.h has the word */
#include "db/db_test.h"
#undef number
#include "test/t.h"

/* Numbers from the tax agency's list of test numbers (data/ids). */
#define NUMBER_A "201501012395"
#define NUMBER_B "189001019802"

struct world {
	struct db *db;
	struct arena *mem;
	struct keys *keys;
	const struct permit *permit;
};

static struct world world(struct db *db, struct arena *mem)
{
	struct world w = { .db = db, .mem = mem };
	const char *path = str_c(mem, str_fmt(mem, "%s/key", t_dir()));

	assert_ok(keys_make(path));
	assert_ok(keys_open(path, &w.keys));
	w.permit = access_job(mem, ACT_CHILD_REGISTER, 1795000000000);
	assert_ok(db_script(db,
	    "INSERT INTO authority (id, name, kind, municipality) VALUES (1, 'A', 'board', '0461');"
	    "INSERT INTO drawer (id, authority, regime) VALUES (11, 1, 'SCHOOL_TEACHER'), (12, 1, "
	    "'SOC')"));
	return w;
}

static struct person_facts says(
    enum person_source source, int64_t drawer, const char *given, enum person_protection p)
{
	return (struct person_facts){ .source = source,
		.drawer = { drawer },
		.given = str_of(given),
		.family = S("Test"),
		.born = { 2015, 9, 16 },
		.protection = p,
		.checked = { 2026, 11, 21 } };
}

static struct number read_number(const char *text)
{
	struct number n;

	assert_true(number_read(str_of(text), (struct date){ 2026, 11, 21 }, &n));
	return n;
}

static enum err put(struct world *w, struct person_facts f, struct person_id *p, bool *changed)
{
	enum err e = db_begin(w->db, DB_WRITE);

	assert_int_equal(e, OK);
	e = person_put(w->db, w->permit, w->mem, w->keys, &f, p, changed);
	if (e == OK)
		return db_commit(w->db);
	assert_ok(db_rollback(w->db, DB_WRITE));
	return e;
}

TEST_DB(promise_07_registering_somebody_known_attaches_silently)
{
	struct world w = world(db, mem);
	struct number a = read_number(NUMBER_A);
	struct person_facts school = says(SOURCE_SCHOOL, 11, "Ada", PERSON_NONE),
			    hand = says(SOURCE_HAND, 12, "Ada", PERSON_NONE);
	struct person_id first = { 0 }, second = { 0 }, found;
	bool changed;

	school.number = hand.number = &a;
	assert_ok(put(&w, school, &first, &changed));
	assert_true(changed);
	assert_ok(put(&w, hand, &second, &changed));
	assert_int_equal(first.v, second.v);
	assert_ok(person_find_by_number(db, w.permit, mem, w.keys, &a, &found));
	assert_int_equal(found.v, first.v);
	assert_int_equal(count_of(db, "SELECT count(*) FROM person"), 1);
	assert_int_equal(count_of(db, "SELECT count(*) FROM identity"), 2);
	assert_ok(put(&w, hand, &second, &changed));
	assert_false(changed);
	keys_close(w.keys);
}

TEST_DB(promise_08_one_person_per_number)
{
	struct world w = world(db, mem);
	struct number a = read_number(NUMBER_A), b = read_number(NUMBER_B);
	struct person_facts f = says(SOURCE_SCHOOL, 11, "Ada", PERSON_NONE);
	struct person_id first = { 0 }, second = { 0 };

	f.number = &a;
	assert_ok(put(&w, f, &first, NULL));
	f.number = &b;
	assert_ok(put(&w, f, &second, NULL));
	assert_int_not_equal(first.v, second.v);
	assert_int_equal(put(&w, f, &first, NULL), ERR_CONFLICT); /* another's number */
	f.number = &a;
	assert_int_equal(put(&w, f, &second, NULL), ERR_CONFLICT);
	assert_int_equal(count_of(db, "SELECT count(*) FROM person_number"), 2);
	keys_close(w.keys);
}

TEST_DB(promise_08_protection_goes_up_and_only_a_person_takes_it_down)
{
	struct world w = world(db, mem);
	struct person_facts f = says(SOURCE_SCHOOL, 11, "Ada", PERSON_NONE);
	struct person_id p = { 0 };
	struct child_id c;

	assert_ok(put(&w, f, &p, NULL));
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(child_attach(db, w.permit, mem, p, S("Ada"), f.born, (struct date){ 0 },
	    (struct authority_id){ 1 }, &c, NULL));
	assert_ok(db_commit(db));
	assert_int_equal(count_of(db, "SELECT shielded FROM child"), 0);
	f.protection = PERSON_UNKNOWN; /* silent, and it has said none before */
	assert_ok(put(&w, f, &p, NULL));
	assert_int_equal(count_of(db, "SELECT shielded FROM child"), 0);
	f.protection = PERSON_SEKRETESSMARKERING;
	assert_ok(put(&w, f, &p, NULL));
	assert_int_equal(count_of(db, "SELECT shielded FROM child"), 1);
	assert_int_equal(count_of(db, "SELECT access_version FROM child"), 2);
	f.protection = PERSON_NONE;
	assert_ok(put(&w, f, &p, NULL));
	assert_int_equal(count_of(db, "SELECT shielded FROM child"), 1);
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(protection_say(db, w.permit, mem, p, (struct drawer_id){ 11 }, PERSON_NONE,
	    (struct date){ 2026, 11, 21 }));
	assert_ok(db_commit(db));
	assert_int_equal(count_of(db, "SELECT shielded FROM child"), 0);
	keys_close(w.keys);
}

static struct child_id child(struct world *w, const char *given)
{
	struct person_facts f = says(SOURCE_SCHOOL, 11, given, PERSON_NONE);
	struct person_id p = { 0 };
	struct child_id c;

	assert_ok(put(w, f, &p, NULL));
	assert_ok(db_begin(w->db, DB_WRITE));
	assert_ok(child_attach(w->db, w->permit, w->mem, p, str_of(given), f.born,
	    (struct date){ 0 }, (struct authority_id){ 1 }, &c, NULL));
	assert_ok(db_commit(w->db));
	return c;
}

TEST_DB(promise_08_a_protected_guardian_shields_siblings)
{
	struct world w = world(db, mem);
	struct child_id both[] = { child(&w, "Ada"), child(&w, "Bo") };
	struct person_facts f = says(SOURCE_SCHOOL, 11, "Siv", PERSON_NONE);
	struct person_id guardian = { 0 };

	child(&w, "Cilla"); /* of another family */
	assert_ok(put(&w, f, &guardian, NULL));
	assert_ok(db_begin(db, DB_WRITE));
	for (size_t i = 0; i < 2; i++) {
		struct relation_facts r = { .child = both[i],
			.person = guardian,
			.kind = S("guardian"),
			.from = { 2020, 1, 1 },
			.source = SOURCE_SCHOOL,
			.drawer = { 11 },
			.checked = { 2026, 11, 21 } };
		bool changed;

		assert_ok(relation_set(db, w.permit, mem, &r, &changed));
		assert_true(changed);
		assert_ok(relation_set(db, w.permit, mem, &r, &changed));
		assert_false(changed);
	}
	assert_ok(db_commit(db));
	assert_int_equal(count_of(db, "SELECT count(*) FROM child WHERE shielded = 1"), 0);
	f.protection = PERSON_SKYDDAD_FOLKBOKFORING;
	assert_ok(put(&w, f, &guardian, NULL));
	assert_int_equal(count_of(db, "SELECT count(*) FROM child WHERE shielded = 1"), 2);
	assert_int_equal(count_of(db, "SELECT count(*) FROM relation"), 2);
	keys_close(w.keys);
}
