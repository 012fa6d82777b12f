#include <string.h>

#include "feat/import/import.h"
#define number count_of /* core/number.h has the word */
#include "db/db_test.h"
#undef number
#include "test/t.h"
#include "test/web/ring.h"

/* Ada (authority 2) answers what its drawer 21 could not read in. Numbers: data/ids; names
 * invented. */
#define CHILD_A "201501012395"
#define CHILD_B "201501032393"

static struct import_counts take(struct ring *r, const char *text)
{
	const char *path = str_c(ring_mem(r), str_fmt(ring_mem(r), "%s/people.json", t_dir()));
	struct import im = { .db = ring_db(r),
		.permit = access_job(ring_mem(r), ACT_CHILD_REGISTER, clock_now_ms()),
		.keys = ring_keys(r),
		.drawer = { 21 },
		.authority = { 2 },
		.today = date_of_ms(clock_now_ms()) };
	struct import_options o = { .quiet = true };
	struct import_counts c;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_ok(import_files(&im, &path, 1, &o, &c));
	return c;
}

static bool has(struct str body, const char *what)
{
	return str_has(body, str_of(what));
}

static int64_t open_case(struct ring *r)
{
	return count_of(ring_db(r), "SELECT MIN(id) FROM quarantine WHERE state = 'open'");
}

static struct ring_answer answer(struct ring *r, const char *form)
{
	return ring_do(r, "ada",
	    str_c(ring_mem(r), str_fmt(ring_mem(r), "/quarantine/%lld", (long long)open_case(r))),
	    form);
}

#define PUPIL(id, number, given, mark) \
	"[{\"id\":\"" id "\",\"givenName\":\"" given \
	"\",\"familyName\":\"Test\",\"civicNo\":{\"value\":\"" number \
	"\"},\"birthDate\":\"2015-01-01\",\"securityMarking\":\"" mark "\"}]"
#define NAMELESS \
	"[{\"id\":\"n\",\"givenName\":\"Ada\",\"familyName\":\"Test\",\"birthDate\":\"2015-01-01\"," \
	"\"securityMarking\":\"Ingen\"}]"

TEST_DB(promise_08_quarantine_is_answered_by_a_person)
{
	struct ring *r = ring_open();
	struct ring_answer a;

	take(r, PUPIL("a", CHILD_A, "Ada", "Ingen"));
	assert_int_equal(take(r, PUPIL("a", CHILD_B, "Ada", "Ingen")).quarantined, 1);
	assert_int_equal(ring_do(r, "sol", "/quarantine", NULL).status, 403);
	assert_int_equal(ring_do(r, "sara", "/quarantine", NULL).status, 403);
	a = ring_do(r, "ada", "/quarantine", NULL);
	assert_int_equal(a.status, 200);
	assert_true(has(a.body, "Personen har fått ett annat nummer"));
	a = answer(r, NULL);
	assert_int_equal(a.status, 200);
	assert_true(has(a.body, "Ada Test"));
	assert_true(has(a.body, "20150103-"));
	assert_false(has(a.body, CHILD_B));
	assert_false(has(a.body, "2393"));
	assert_int_equal(answer(r, "choice=join&answer=&version=1").status, 422);
	assert_int_equal(answer(r, "choice=make&answer=x&version=1").status, 422); /* not offered */
	assert_int_equal(answer(r, "choice=join&answer=Ringde+skolan&version=1").status, 303);
	assert_true(ring_booked(r, "change", "quarantine.answer", 0));
	assert_int_equal(count_of(db, "SELECT count(*) FROM quarantine WHERE state = 'joined'"), 1);
	assert_int_equal(count_of(db, "SELECT count(*) FROM identity WHERE external_id = 'a'"), 1);
	assert_int_equal(count_of(db, "SELECT count(DISTINCT person) FROM person_number"), 1);
	/* and the next delivery fits */
	assert_int_equal(take(r, PUPIL("a", CHILD_B, "Ada", "Ingen")).same, 1);
	ring_close(r);
}

TEST_DB(promise_08_a_new_person_only_where_no_number_says_otherwise)
{
	struct ring *r = ring_open();
	int64_t children;

	take(r, PUPIL("a", CHILD_A, "Ada", "Ingen"));
	children = count_of(db, "SELECT count(*) FROM child");
	assert_int_equal(take(r, NAMELESS).quarantined, 1);
	assert_int_equal(answer(r, "choice=make&answer=Skolan+har+tv%C3%A5&version=1").status, 303);
	assert_int_equal(count_of(db, "SELECT count(*) FROM child"), children + 1);
	assert_int_equal(take(r, NAMELESS).same, 1);
	assert_int_equal(count_of(db, "SELECT count(*) FROM quarantine WHERE state = 'open'"), 0);
	ring_close(r);
}

TEST_DB(promise_08_a_thrown_record_comes_back_only_changed)
{
	struct ring *r = ring_open();

	take(r, PUPIL("a", CHILD_A, "Ada", "Ingen"));
	take(r, NAMELESS);
	assert_int_equal(answer(r, "choice=throw&answer=Fel+i+k%C3%A4llan&version=1").status, 303);
	assert_int_equal(take(r, NAMELESS).left_out, 1);
	assert_int_equal(count_of(db, "SELECT count(*) FROM quarantine WHERE state = 'open'"), 0);
	ring_close(r);
}

TEST_DB(promise_08_a_protected_case_shows_no_name)
{
	struct ring *r = ring_open();
	struct ring_answer a;

	take(r, PUPIL("a", CHILD_A, "Hemlighild", "Sekretessmarkering"));
	take(r, PUPIL("a", CHILD_A, "Hemlighild", "Ingen"));
	a = answer(r, NULL);
	assert_int_equal(a.status, 200);
	assert_true(has(a.body, "Skyddet stämmer inte"));
	assert_false(has(a.body, "Hemlighild"));
	assert_false(has(a.body, "201501"));
	assert_int_equal(answer(r, "choice=join&answer=Kontrollerat&version=1").status, 303);
	assert_int_equal(
	    count_of(db,
		"SELECT count(*) FROM identity WHERE protection = 'sekretessmarkering' AND source = 'school'"),
	    1);
	assert_int_equal(
	    count_of(db,
		"SELECT count(*) FROM child c JOIN identity i ON i.person = c.person WHERE i.external_id = 'a' AND c.shielded = 1"),
	    1);
	ring_close(r);
}

TEST_DB(promise_07_quarantine_tells_nothing_of_other_drawers)
{
	struct ring *r = ring_open();
	struct ring_answer a;

	/* only another drawer knows this child */
	assert_ok(db_script(ring_db(r),
	    "INSERT INTO person (id) VALUES (7001); INSERT INTO identity (id, person, source, drawer, given_name, "
	    "family_name, born_on, protection, checked_on) VALUES (7002, 7001, 'hand', 31, 'Ada', 'Test', '2015-01-01', "
	    "'none', '2026-01-01')"));
	assert_int_equal(take(r, NAMELESS).quarantined, 1);
	a = ring_do(r, "ada", "/quarantine", NULL);
	assert_true(has(a.body, "Det är oklart vem det är"));
	assert_false(has(a.body, "Samma namn"));
	a = answer(r, NULL);
	assert_false(has(a.body, "Det som finns här"));
	assert_false(has(a.body, "Samma namn"));
	assert_false(has(a.body, "value=\"join\""));
	assert_int_equal(answer(r, "choice=join&answer=x&version=1").status, 422);
	/* another authority's administrator: there is no such case */
	assert_ok(db_script(ring_db(r), "UPDATE assignment SET drawer = 41 WHERE id = 1110"));
	assert_int_equal(answer(r, NULL).status, 404);
	ring_close(r);
}

TEST_DB(promise_08_unknown_protection_is_lowered_by_a_person_who_has_checked)
{
	ring_play("promise_08_unknown_protection_is_checked");
}
