/* What a source has deleted ends and is never deleted (promises 5 and 8), and what an import does
 * is on record (promise 6). */
#include "feat/import/import_house.h"

static struct import_deleted_counts delete_ids(struct house *h, const char *text, bool dry)
{
	struct import_deleted_counts c;
	const char *path = file_of(h, text);
	struct import_options o = telling(h, dry);

	assert_ok(import_deleted(&h->im, h->mem, &path, 1, &o, &c));
	return c;
}

#define OPEN_RELATIONS "SELECT count(*) FROM relation WHERE to_on IS NULL"
#define OPEN_ENGAGEMENTS "SELECT count(*) FROM engagement WHERE to_on IS NULL"

TEST_DB(promise_08_a_deletion_ends_and_deletes_nothing)
{
	struct house h;
	struct import_deleted_counts c;
	struct str before;

	open_house(&h, db, mem);
	take(&h, FAMILY);
	before = whole(&h);
	/* "f" is a parent and no guardian; "t" was never taken in; the group is no person */
	c = delete_ids(&h,
	    "{\"data\":{\"persons\":[\"m\",\"t\",\"x\"],\"groups\":[\"g\"]},\"pageToken\":null}",
	    true);
	assert_int_equal(c.relations, 2);
	assert_true(str_eq(before, whole(&h)));
	c = delete_ids(&h,
	    "{\"data\":{\"persons\":[\"m\",\"t\",\"x\"],\"groups\":[\"g\"]},\"pageToken\":null}",
	    false);
	assert_int_equal(c.ids, 3);
	assert_int_equal(c.unknown, 2);
	assert_int_equal(c.others, 1);
	assert_int_equal(c.relations, 2);
	assert_int_equal(c.engagements, 0);
	assert_int_equal(count(&h, OPEN_RELATIONS " AND kind = 'guardian'"), 0);
	/* as a subscription sends them */
	c = delete_ids(&h, "{\"persons\":[{\"id\":\"a\"}]}", false);
	assert_int_equal(c.engagements, 1);
	assert_int_equal(count(&h, OPEN_ENGAGEMENTS), 1);
	assert_int_equal(count(&h, "SELECT count(*) FROM child"), 2);
	assert_int_equal(count(&h, "SELECT count(*) FROM relation"), 3);
	before = whole(&h);
	c = delete_ids(&h, "{\"persons\":[{\"id\":\"a\"},{\"id\":\"m\"}]}", false);
	assert_int_equal(c.engagements + c.relations + c.kept, 0);
	assert_true(str_eq(before, whole(&h)));
	close_house(&h);
}

/* A whole family leaves the school: the guardian is still the guardian, and reads the plan that
 * goes on elsewhere. */
TEST_DB(promise_05_a_family_that_leaves_a_school_keeps_its_own_view)
{
	struct house h;
	struct import_deleted_counts c;

	open_house(&h, db, mem);
	take(&h, FAMILY);
	c = delete_ids(&h, "[\"m\", \"f\", \"a\", \"b\"]", false);
	assert_int_equal(c.engagements, 2);
	assert_int_equal(c.relations, 0);
	assert_int_equal(count(&h, OPEN_ENGAGEMENTS), 0);
	assert_int_equal(count(&h, OPEN_RELATIONS), 3);
	close_house(&h);
}

TEST_DB(promise_08_a_deletion_takes_no_shield_away)
{
	struct house h;
	struct import_deleted_counts c;

	open_house(&h, db, mem);
	take(&h, "[" PUPIL("a", CHILD_A, "Ada", OPEN, RESP("m", "Vårdnadshavare")) "," GROWN(
		     "m", ADULT_A, "Mia", MARKED) "]");
	assert_int_equal(count(&h, "SELECT count(*) FROM child WHERE shielded = 1"), 1);
	c = delete_ids(&h, "[\"m\"]", false);
	assert_int_equal(c.kept, 1);
	assert_int_equal(c.relations, 0);
	assert_true(told(&h, "the relation stands"));
	assert_int_equal(count(&h, OPEN_RELATIONS), 1);
	assert_int_equal(count(&h, "SELECT count(*) FROM child WHERE shielded = 1"), 1);
	c = delete_ids(&h, "[\"a\"]", false);
	assert_int_equal(c.engagements, 1);
	assert_int_equal(count(&h, "SELECT count(*) FROM child WHERE shielded = 1"), 1);
	close_house(&h);
}

#define LEFT(state) "SELECT count(*) FROM relation_left WHERE state = '" state "'"

/* What stands for a mark's sake waits for a person: once, however often the source says it; once
 * more only when the source has named it since. */
TEST_DB(promise_08_a_relation_left_standing_waits_for_a_person)
{
	struct house h;
	struct str before;

	open_house(&h, db, mem);
	take(&h, "[" PUPIL("a", CHILD_A, "Ada", OPEN, RESP("m", "Vårdnadshavare")) "," GROWN(
		     "m", ADULT_A, "Mia", MARKED) "]");
	delete_ids(&h, "[\"m\"]", true);
	assert_int_equal(count(&h, LEFT("open")), 0);
	delete_ids(&h, "[\"m\"]", false);
	assert_int_equal(count(&h, LEFT("open") " AND why = 'deleted' AND drawer = 11"), 1);
	before = whole(&h);
	delete_ids(&h, "[\"m\"]", false);
	assert_true(str_eq(before, whole(&h)));
	take(&h, "[" PUPIL("a", CHILD_A, "Ada", OPEN, RESP("f", "Vårdnadshavare")) "," GROWN(
		     "f", ADULT_B, "Fred", OPEN) "]");
	assert_int_equal(count(&h, "SELECT count(*) FROM relation_left"), 1);
	assert_int_equal(count(&h, OPEN_RELATIONS), 2);
	/* named again: nothing to answer; and let go once more by not being named */
	take(&h, "[" PUPIL("a", CHILD_A, "Ada", OPEN,
		     RESP("f", "Vårdnadshavare") "," RESP("m", "Vårdnadshavare")) "]");
	assert_int_equal(count(&h, LEFT("open")), 0);
	assert_int_equal(count(&h, LEFT("named")), 1);
	for (int twice = 0; twice < 2; twice++) {
		take(&h, "[" PUPIL("a", CHILD_A, "Ada", OPEN, RESP("f", "Vårdnadshavare")) "]");
		assert_int_equal(count(&h, LEFT("open") " AND why = 'unlisted'"), 1);
		assert_int_equal(count(&h, "SELECT count(*) FROM relation_left"), 2);
	}
	/* kept by a person: the same delivery asks no more */
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_script(db,
	    "UPDATE relation_left SET state = 'kept', words = 'x', answered_by = 1101, answered_ms = 1 WHERE state = 'open'"));
	assert_ok(db_commit(db));
	take(&h, "[" PUPIL("a", CHILD_A, "Ada", OPEN, RESP("f", "Vårdnadshavare")) "]");
	delete_ids(&h, "[\"m\"]", false);
	assert_int_equal(count(&h, LEFT("open")), 0);
	assert_int_equal(count(&h, LEFT("kept")), 1);
	assert_int_equal(count(&h, "SELECT count(*) FROM child WHERE shielded = 1"), 1);
	close_house(&h);
}

/* A person has ended the relation: the view is gone, the shield goes with the mark alone. */
TEST_DB(promise_08_an_ended_relation_shields_while_the_mark_stands)
{
	struct house h;
	const struct permit *p;
	struct child_id child;
	int64_t relation;

	open_house(&h, db, mem);
	p = access_job(mem, ACT_QUARANTINE_ANSWER, 1795000000000);
	take(&h, "[" PUPIL("a", CHILD_A, "Ada", OPEN, RESP("m", "Vårdnadshavare")) "," GROWN(
		     "m", ADULT_A, "Mia", MARKED) "]");
	delete_ids(&h, "[\"m\"]", false);
	child.v = count(&h, "SELECT MIN(id) FROM child");
	relation = count(&h, "SELECT MIN(id) FROM relation");
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_script(db,
	    "UPDATE relation SET from_on = '2026-01-01';"
	    "UPDATE relation_left SET state = 'ended', last_on = '2026-10-31', checked_on = '2026-11-01', words = 'x', answered_by = 1101, answered_ms = 1"));
	assert_ok(relation_end_one(
	    db, p, mem, child, (struct relation_id){ relation }, date_add_days(h.im.today, -1)));
	assert_int_equal(relation_end_one(db, p, mem, child, (struct relation_id){ relation },
			     date_add_days(h.im.today, -1)),
	    ERR_CONFLICT);
	assert_ok(db_commit(db));
	assert_int_equal(count(&h, OPEN_RELATIONS), 0);
	assert_int_equal(count(&h, "SELECT count(*) FROM child WHERE shielded = 1"), 1);
	/* as before, without such an answer an ended relation shields no longer */
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_script(db, "DELETE FROM relation_left"));
	assert_ok(protection_recompute(db, p, mem, child));
	assert_ok(db_commit(db));
	assert_int_equal(count(&h, "SELECT count(*) FROM child WHERE shielded = 1"), 0);
	close_house(&h);
}

/* A hostile or mistaken delivery says that all pupils are gone: no family loses who carries its
 * plan. */
TEST_DB(promise_02_a_deletion_leaves_who_carries_the_plan)
{
	struct house h;
	struct import_deleted_counts c;

	open_house(&h, db, mem);
	take(&h, FAMILY);
	assert_ok(db_begin(db, DB_WRITE));
	assert_ok(db_script(db,
	    "INSERT INTO plan (id, child, drawer, state, lead, next_step, opened_on, last_step, made_ms, controller, archive_owner) "
	    "SELECT 801, MIN(c.id), 11, 'open', 1101, 1, '2026-09-01', 1, 1, 1, 1 FROM child c;"
	    "INSERT INTO step (plan, number, id, drawer, state, words, due_on, owner_assignment, made_ms) VALUES "
	    "(801, 1, 802, 11, 'next', 'Rut ringer.', '2026-12-01', 1101, 1)"));
	assert_ok(db_commit(db));
	c = delete_ids(&h, "[\"a\", \"b\"]", false);
	assert_int_equal(c.engagements, 1);
	assert_int_equal(c.kept, 1);
	assert_true(told(&h, "hands it over first"));
	assert_int_equal(count(&h, OPEN_ENGAGEMENTS), 1);
	close_house(&h);
}

TEST_DB(promise_06_an_import_is_on_record)
{
	struct book_options o = { .where = str_c(mem, str_fmt(mem, "%s/import-book.db", t_dir())),
		.copy = "import",
		.version = "test" };
	struct house h;
	struct db *reader;
	size_t voided;

	open_house(&h, db, mem);
	o.keys = h.keys;
	assert_ok(book_open(&o, &h.im.book));
	assert_ok(book_settle(h.im.book, db, &voided));
	h.im.by = "ops";
	take(&h, FAMILY);
	delete_ids(&h, "[\"a\", \"m\"]", false);
	assert_ok(db_open(o.where, DB_READER, &reader));
	/* made, and who stands around: two a child; the adults; the run; what ended */
	assert_int_equal(
	    count_of(reader,
		"SELECT count(*) FROM look WHERE content LIKE '%\"change\"%' OR content LIKE '%change%'"),
	    9);
	assert_int_equal(count_of(reader, "SELECT count(*) FROM look WHERE child IS NOT NULL"), 6);
	assert_int_equal(
	    count_of(reader,
		"SELECT count(*) FROM look WHERE content LIKE '%import.run%' AND content LIKE '%by:ops,new:4%'"),
	    1);
	db_close(reader);
	/* none of them is taken for one that never landed */
	book_close(h.im.book);
	assert_ok(book_open(&o, &h.im.book));
	assert_ok(book_settle(h.im.book, db, &voided));
	assert_int_equal(voided, 0);
	book_close(h.im.book);
	close_house(&h);
}

/* HL7 Sweden: a guardian who is only a contact has no number and no id. */
#define PATIENT(contact) \
	"{\"resourceType\":\"Patient\",\"id\":\"p\",\"identifier\":[{\"system\":" \
	"\"http://electronichealth.se/identifier/personnummer\",\"value\":\"" CHILD_A "\"}]," \
	"\"meta\":{\"security\":[]},\"name\":[{\"given\":[\"Ada\"],\"family\":\"Test\"}]" contact \
	"}"
#define GUARD \
	"[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-RoleCode\",\"code\":" \
	"\"GUARD\"}]}]"
#define CONTACT ",\"contact\":[{\"relationship\":" GUARD ",\"name\":{\"text\":\"Mia Test\"}}]"
#define RELATED \
	"{\"resourceType\":\"RelatedPerson\",\"id\":\"r\",\"patient\":{\"reference\":\"Patient/p\"}," \
	"\"relationship\":" GUARD ",\"identifier\":[{\"system\":" \
	"\"http://electronichealth.se/identifier/personnummer\",\"value\":\"" ADULT_A "\"}]," \
	"\"name\":[{\"given\":[\"Mia\"],\"family\":\"Test\"}]}"

TEST_DB(promise_08_a_guardian_named_as_a_contact_alone_waits_for_a_person)
{
	struct house h;
	struct str before;

	open_house(&h, db, mem);
	take(&h, PATIENT(CONTACT));
	assert_int_equal(h.c.waiting, 1);
	assert_int_equal(
	    count(&h,
		"SELECT count(*) FROM quarantine WHERE state = 'open' AND reason = 'guardian_missing'"),
	    1);
	assert_int_equal(count(&h, "SELECT count(*) FROM child WHERE shielded = 1"), 1);
	before = whole(&h);
	take(&h, PATIENT(CONTACT));
	assert_true(str_eq(before, whole(&h)));
	/* with the guardian's own record, in any order, nothing waits */
	take(&h, PATIENT(CONTACT) "\n" RELATED);
	assert_int_equal(h.c.waiting, 0);
	assert_int_equal(count(&h, "SELECT count(*) FROM quarantine WHERE state = 'open'"), 0);
	assert_int_equal(count(&h, "SELECT count(*) FROM relation WHERE kind = 'guardian'"), 1);
	before = whole(&h);
	take(&h, RELATED "\n" PATIENT(CONTACT));
	assert_true(str_eq(before, whole(&h)));
	/* and from then on the guardian is known */
	take(&h, PATIENT(CONTACT));
	assert_int_equal(h.c.waiting, 0);
	close_house(&h);
}
