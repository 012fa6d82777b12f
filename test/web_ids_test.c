/*
 * Every route that names something by its id, asked for by everybody in the world, for everything
 * that is not theirs: the answer is the one for a thing that does not exist, to the byte, and
 * nothing has changed (promises 3 and 7). And every form of every page, with the ids in it changed
 * for those of somebody else's child: nothing of that child is shown or changed.
 *
 * Who may know of a thing is said here once more, in SQL of its own: the test holds access/ to the
 * promise, not to itself. A new noun in a path, or a route that nobody can reach here, fails until
 * the world below has one.
 *
 * Long: the walk over the pages, the forms and the second opinion in SQL are one proof.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "db/db.h"
#include "t.h"
#include "web/ring.h"

#define NONE "9999"

/* One of each noun for each of several children; what must not be read says whose it is. */
static const char world[] =
    "INSERT INTO need (id, plan, drawer, area, words, made_ms) VALUES (7101, 30, 12, 'home', 'Kanarie10', 5), (7102, 32, 12, 'home', 'Kanarie12', 5), (7103, 33, 21, 'home', 'Kanarie13', 5);"
    "INSERT INTO goal (id, plan, drawer, need, words, made_ms) VALUES (7111, 30, 12, 7101, 'Kanarie10', 5), (7112, 32, 12, 7102, 'Kanarie12', 5), (7113, 33, 21, 7103, 'Kanarie13', 5);"
    "INSERT INTO party (id, plan, name, made_ms) VALUES (7131, 30, 'Kanarie10', 5), (7132, 32, 'Kanarie12', 5), (7133, 33, 'Kanarie13', 5);"
    "INSERT INTO measure (id, child, plan, drawer, goal, words, layer, area, unit, assignment, from_on, state, made_ms) VALUES "
    "(7121, 10, 30, 12, 7111, 'Kanarie10', 'promoting', 'home', 101, 1102, '2026-10-01', 'active', 5), "
    "(7122, 12, 32, 12, 7112, 'Kanarie12', 'promoting', 'home', 101, 1102, '2026-10-01', 'active', 5), "
    "(7123, 13, 33, 21, 7113, 'Kanarie13', 'promoting', 'home', 201, 1104, '2026-10-01', 'active', 5);"
    "INSERT INTO thread (id, child, plan, drawer, unit, assignment, title, state, since_on, next_on, heard_on, made_ms, controller, archive_owner) VALUES "
    "(7124, 13, 33, 21, 201, 1104, 'Kanarie13', 'active', '2026-10-03', '2026-12-16', '2026-10-01', 1, 2, 2);"
    "INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, how_checked, asked_ms, valid_ms) VALUES "
    "(7141, 12, 1102, 'Kanarie12', 'plan', '2026-11-10', '2027-01-11', 'asked', 'unknown', 'signed_in', 1, NULL), "
    "(7142, 13, 1104, 'Kanarie13', 'plan', '2026-11-10', '2027-01-11', 'asked', 'unknown', 'signed_in', 1, NULL), "
    "(7143, 13, 1104, 'Kanarie13', 'plan', '2026-09-10', '2027-01-11', 'valid', 'agrees', 'signed_in', 1, 2);"
    "INSERT INTO waiver_drawer (waiver, drawer, side) VALUES (7141, 12, 'holder'), (7141, 31, 'recipient'), (7142, 21, 'holder'), (7142, 32, 'recipient'), (7143, 21, 'holder'), (7143, 41, 'recipient');"
    "INSERT INTO waiver_answer (waiver, person, says, at_ms, how) VALUES (7141, 2004, 'asked', NULL, NULL), (7141, 2013, 'asked', NULL, NULL), (7142, 2004, 'asked', NULL, NULL), (7143, 2004, 'yes', 2, 'signed_in');"
    "INSERT INTO voice (id, child, author, drawer, reader, words, sent_ms, read_by_on, read_ms, read_by) VALUES (7151, 12, 2013, 12, 1102, 'Kanarie12', 5, '2026-11-20', NULL, NULL), (7152, 15, 2016, 12, 1102, 'Kanarie15', 5, '2026-11-20', 6, 1102);"
    "INSERT INTO letter (id, child, author, kind, about_kind, about, to_assignment, to_words, words, sent_ms) VALUES (7161, 10, 2001, 'question', NULL, NULL, 1102, NULL, 'Kanarie10', 5), "
    "(7162, 12, 2004, 'question', NULL, NULL, 1102, NULL, 'Kanarie12', 5), (7163, 13, 2004, 'question', NULL, NULL, 1104, NULL, 'Kanarie13', 5), "
    "(7164, 10, 2001, 'disagree', 'step', 41, 1102, NULL, 'Kanarie10', 5), (7165, 12, 2004, 'hand_on', NULL, NULL, NULL, 'Farmor', 'Kanarie12', 5);"
    "INSERT INTO story (id, child, author, words, changed_ms) VALUES (7166, 10, 2001, 'Kanarie10', 5), (7167, 12, 2004, 'Kanarie12', 5), (7168, 13, 2004, 'Kanarie13', 5);"
    "INSERT INTO invitation (id, child, assignment, words, state, made_ms) VALUES (7171, 10, 1104, 'Kanarie10', 'asked', 5), (7172, 12, 1105, 'Kanarie12', 'asked', 5), (7173, 13, 1104, 'Kanarie13', 'asked', 5), (7174, 12, 1102, 'Kanarie12', 'asked', 5);"
    "INSERT INTO invitation_answer (invitation, person, says) VALUES (7171, 2001, 'asked'), (7171, 2002, 'asked'), (7172, 2004, 'asked'), (7173, 2004, 'asked'), (7174, 2004, 'asked');"
    "INSERT INTO handover (id, plan, giver, receiver, words, state, asked_ms) VALUES (7181, 30, 1102, 1105, 'Kanarie10', 'asked', 5), (7182, 33, 1104, 1111, 'Kanarie13', 'asked', 5);"
    "INSERT INTO task (id, kind, child, plan, drawer, assignment, item_kind, item, words, due_on, state, made_ms) VALUES (7201, 'paper_yes', 13, NULL, 21, 1108, 'paper', 7191, NULL, '2026-12-01', 'open', 5), "
    "(7202, 'say_next', 10, 30, 12, 1102, NULL, NULL, 'Kanarie10', '2026-12-01', 'open', 5), (7203, 'say_next', 13, 33, 21, 1104, NULL, NULL, 'Kanarie13', '2026-12-01', 'open', 5);"
    "INSERT INTO paper (id, child, question_kind, question, person, how, checked, drawer, written_by, written_ms, task, ends_on, state) VALUES (7191, 13, 'waiver', 7142, 2004, 'letter', 'Kanarie13', 21, 1104, 5, 7201, '2026-12-01', 'waiting');"
    "INSERT INTO absence (id, staff, from_on, to_on) VALUES (7221, 907, '2026-11-20', '2026-11-22');"
    "INSERT INTO relation_left (id, relation, drawer, why, state, made_ms) VALUES (7231, 4006, 21, 'deleted', 'open', 5);"
    "INSERT INTO assignment_ask (id, staff, unit, drawer, role, title, from_on, asked_by, asked_ms, state) VALUES (7241, 913, 201, 21, 'manager', 'enhetschef', '2026-11-18', 1110, 5, 'open');"
    "INSERT INTO quarantine (id, drawer, source, external_id, reason, payload, state, made_ms) SELECT 7211, 21, 'school', 'x', 'no_number', number_sealed, 'open', 5 FROM (SELECT CAST('x' AS %s) AS number_sealed) z;";

/* Where the ids of a noun stand and which child's they are. theirs: where an act on it is not about
 * a child, which assignments may know of it. */
struct noun {
	const char *name, *rows, *theirs;
};
static const struct noun nouns[] = {
	{ "child", "SELECT id, id FROM child", NULL },
	{ "plan", "SELECT id, child FROM plan", NULL },
	{ "step", "SELECT s.id, p.child FROM step s JOIN plan p ON p.id = s.plan", NULL },
	{ "thread", "SELECT id, child FROM thread", NULL },
	{ "need", "SELECT n.id, p.child FROM need n JOIN plan p ON p.id = n.plan", NULL },
	{ "goal", "SELECT n.id, p.child FROM goal n JOIN plan p ON p.id = n.plan", NULL },
	{ "party", "SELECT n.id, p.child FROM party n JOIN plan p ON p.id = n.plan", NULL },
	{ "measure", "SELECT id, child FROM measure", NULL },
	{ "waiver", "SELECT id, child FROM waiver", NULL },
	{ "voice", "SELECT id, child FROM voice", NULL },
	{ "letter", "SELECT id, child FROM letter", NULL },
	{ "invitation", "SELECT id, child FROM invitation", NULL },
	{ "paper", "SELECT id, 0 FROM paper",
	    "SELECT t.assignment FROM task t JOIN paper p ON p.task = t.id WHERE p.id = %lld" },
	{ "handover", "SELECT h.id, p.child FROM handover h JOIN plan p ON p.id = h.plan",
	    "SELECT receiver FROM handover WHERE id = %lld" },
	{ "task", "SELECT id, 0 FROM task", "SELECT assignment FROM task WHERE id = %lld" },
	{ "quarantine", "SELECT id, 0 FROM quarantine",
	    "SELECT a.id FROM assignment a JOIN drawer d ON d.id = a.drawer JOIN quarantine q ON q.id = %lld JOIN drawer e ON e.id = q.drawer WHERE a.role = 'administrator' AND d.authority = e.authority" },
	{ "left", "SELECT id, 0 FROM relation_left",
	    "SELECT a.id FROM assignment a JOIN drawer d ON d.id = a.drawer JOIN relation_left l ON l.id = %lld JOIN drawer e ON e.id = l.drawer WHERE a.role = 'administrator' AND d.authority = e.authority" },
	{ "ask", "SELECT id, 0 FROM assignment_ask",
	    "SELECT a.id FROM assignment a JOIN unit me ON me.id = a.unit JOIN assignment_ask k ON k.id = %lld JOIN unit u ON u.id = k.unit "
	    "WHERE (a.role = 'administrator' AND u.authority = me.authority) OR (a.role = 'manager' AND k.unit = a.unit)" },
	{ "unit", "SELECT id, 0 FROM unit",
	    "SELECT a.id FROM assignment a JOIN unit me ON me.id = a.unit JOIN unit u ON u.id = %lld WHERE a.role = 'administrator' AND u.authority = me.authority" },
	{ "assignment", "SELECT id, 0 FROM assignment",
	    "SELECT a.id FROM assignment a JOIN unit me ON me.id = a.unit JOIN assignment x ON x.id = %lld JOIN unit u ON u.id = x.unit "
	    "WHERE (a.role = 'administrator' AND u.authority = me.authority) OR (a.role = 'manager' AND x.unit = a.unit)" },
};
#define NOUNS (sizeof nouns / sizeof *nouns)

struct row {
	int64_t id, of;
};
struct rows {
	struct row v[64];
	size_t n;
};

static void rows_of(struct ring *r, const char *sql, struct rows *out)
{
	static const struct db_column cols[] = { { "a", DB_INT64, true, 0, 0 },
		{ "b", DB_INT64, true, 0, 0 } };
	struct db_query q = {
		.name = "ids", .sqlite = sql, .pg = sql, .index = -1, .outs = 2, .cols = cols
	};
	bool more;

	out->n = 0;
	assert_ok(db_run(ring_db(r), &q, NULL));
	while (db_next(ring_db(r), &more) == OK && more) {
		assert_true(out->n < 64);
		out->v[out->n].id = db_col_i64(ring_db(r), 0);
		out->v[out->n++].of = db_col_null(ring_db(r), 1) ? 0 : db_col_i64(ring_db(r), 1);
	}
	db_done(ring_db(r));
}

struct one {
	const char *name;
	int64_t person, assignment;
};
static const struct one everybody[] = { { "tess", 1001, 1101 }, { "kim", 1002, 1102 },
	{ "nils", 1003, 1103 }, { "sol", 1004, 1104 }, { "bo", 1005, 1105 }, { "bea", 1006, 1106 },
	{ "fia", 1007, 1107 }, { "mia", 1008, 1108 }, { "rut", 1009, 1109 }, { "ada", 1010, 1110 },
	{ "dan", 1011, 1111 }, { "nora", 1012, 1112 }, { "tom", 1013, 1113 }, { "sara", 2001, 0 },
	{ "erik", 2002, 0 }, { "petra", 2004, 0 }, { "birgit", 2005, 0 }, { "sanna", 2006, 0 },
	{ "olle", 2007, 0 }, { "alva", 2013, 0 }, { "adam", 2016, 0 }, { "ella", 2011, 0 } };
#define EVERYBODY (sizeof everybody / sizeof *everybody)

/* Whether somebody may know of the child at all, on 18 November 2026. */
static bool stands(struct ring *r, const struct one *o, int64_t child)
{
	char sql[900];

	if (o->assignment)
		snprintf(sql, sizeof sql,
		    "SELECT count(*) FROM engagement e JOIN assignment a ON a.id = e.assignment AND a.drawer = e.drawer WHERE e.child = %lld AND a.id = %lld "
		    "AND a.role = 'professional' AND e.from_on <= '2026-11-18' AND (e.to_on IS NULL OR e.to_on >= '2026-11-18')",
		    (long long)child, (long long)o->assignment);
	else
		snprintf(sql, sizeof sql,
		    "SELECT count(*) FROM child c WHERE c.id = %lld AND ((c.person = %lld AND c.born_on <= '2013-11-18') OR (c.born_on > '2008-11-18' AND EXISTS ("
		    "SELECT 1 FROM relation r WHERE r.child = c.id AND r.person = %lld AND r.stands = 1 AND r.kind IN ('guardian', 'carer', 'god_man') "
		    "AND r.from_on <= '2026-11-18' AND (r.to_on IS NULL OR r.to_on >= '2026-11-18'))))",
		    (long long)child, (long long)o->person, (long long)o->person);
	return ring_number(r, sql) > 0;
}

static bool may_know(struct ring *r, const struct one *o, const struct route *rt,
    const struct noun *noun, const struct row *row)
{
	char theirs[600], sql[800];

	if (!noun->theirs || (row->of && act_info(rt->act)->subject == SUBJECT_CHILD))
		return stands(r, o, row->of);
	snprintf(theirs, sizeof theirs, noun->theirs, (long long)row->id);
	snprintf(sql, sizeof sql, "SELECT count(*) FROM assignment WHERE id = %lld AND id IN (%s)",
	    (long long)o->assignment, theirs);
	return ring_number(r, sql) > 0;
}

/* Grows with every change of anything. PostgreSQL's sum is no int64. */
static int64_t changes(struct ring *r)
{
	return ring_number(r,
	    "SELECT CAST((SELECT sum(content_version + access_version) FROM child) + (SELECT sum(access_version) FROM person) + (SELECT version FROM org_stamp) + "
	    "(SELECT sum(version) FROM task) + (SELECT sum(version) FROM quarantine) + (SELECT sum(version) FROM relation_left) + (SELECT sum(version) FROM assignment_ask) + (SELECT count(*) FROM paper) + (SELECT count(*) FROM receiver) AS BIGINT)");
}

static struct ring *ring_with_world(void)
{
	struct ring *r = ring_open();
	static char sql[sizeof world + 16];

	snprintf(
	    sql, sizeof sql, world, strncmp(t_where(), "postgresql:", 11) == 0 ? "BYTEA" : "BLOB");
	assert_ok(db_script(ring_db(r), sql));
	return r;
}

/* What a page needs besides its path. */
static const char *query_of(const struct route *rt)
{
	return strcmp(rt->path, "/children/{child}/disagree") == 0 ? "?about=step&item=41" : "";
}

/* The path with that id for its first noun, and the other for its second. */
static void path_with(
    const struct route *rt, char *out, size_t room, const char *id, const char *second)
{
	const char *path = rt->path;
	size_t n = 0;
	bool first = true;

	for (const char *p = path; *p; p++) {
		if (*p != '{') {
			assert_true(n + 1 < room);
			out[n++] = *p;
			continue;
		}
		n += (size_t)snprintf(out + n, room - n, "%s", first ? id : second);
		first = false;
		p = strchr(p, '}');
	}
	snprintf(out + n, room - n, "%s", rt->method == HTTP_GET ? query_of(rt) : "");
}

static const struct noun *noun_of(const char *path, bool second)
{
	const char *at = strchr(path, '{');

	at = at && second ? strchr(at + 1, '{') : at;
	for (size_t i = 0; at && i < NOUNS; i++)
		if (strncmp(at + 1, nouns[i].name, strlen(nouns[i].name)) == 0 &&
		    at[1 + strlen(nouns[i].name)] == '}')
			return &nouns[i];
	if (at)
		fail_msg("%s: the test has no such noun; give the world above one", path);
	return NULL;
}

struct answer {
	int status;
	struct str body;
};

static struct answer ask(struct ring *r, const struct one *o, const struct route *rt,
    const char *id, const char *second, const char *form)
{
	char path[200];
	struct ring_answer a;

	path_with(rt, path, sizeof path, id, second);
	a = ring_do(r, o->name, path, rt->method == HTTP_POST ? form : NULL);
	return (struct answer){ a.status, a.body };
}

static void shut(struct ring *r, const struct route *rt, const struct noun *noun,
    const struct one *o, const struct rows *rows)
{
	struct answer none = ask(r, o, rt, NONE, NONE, "version=1");
	int64_t before = changes(r);

	none.body = str_copy(t_mem(), none.body);
	if (none.status < 400)
		fail_msg("%s %s: %d for what does not exist", o->name, rt->path, none.status);
	for (size_t i = 0; i < rows->n; i++) {
		char id[32];
		struct answer a;

		if (may_know(r, o, rt, noun, &rows->v[i]))
			continue;
		snprintf(id, sizeof id, "%lld", (long long)rows->v[i].id);
		a = ask(r, o, rt, id, NONE, "version=1");
		if (a.status != none.status || !str_eq(a.body, none.body))
			fail_msg("%s %s %s: %d, and %d for what does not exist", o->name, rt->path,
			    id, a.status, none.status);
	}
	if (changes(r) != before)
		fail_msg("%s %s: something has changed", o->name, rt->path);
}

static const char *text_of_id(int64_t id)
{
	return str_c(t_mem(), str_fmt(t_mem(), "%lld", (long long)id));
}

/* Of the same child, for the second noun of a path. */
static const char *second_of(struct ring *r, const struct route *rt, int64_t child)
{
	const struct noun *noun = noun_of(rt->path, true);
	struct rows rows;

	if (!noun)
		return NONE;
	rows_of(r, noun->rows, &rows);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].of == child)
			return text_of_id(rows.v[i].id);
	return NONE;
}

/* One's own plan, and in the same path what belongs to another's. */
static void second_shut(struct ring *r, const struct route *rt, const struct noun *noun,
    const struct one *o, const struct rows *rows)
{
	const struct noun *other = noun_of(rt->path, true);
	struct rows others;

	if (!other)
		return;
	rows_of(r, other->rows, &others);
	for (size_t i = 0; i < rows->n; i++) {
		const char *id = text_of_id(rows->v[i].id);
		struct answer none;

		if (!may_know(r, o, rt, noun, &rows->v[i]))
			continue;
		none = ask(r, o, rt, id, NONE, "version=1");
		none.body = str_copy(t_mem(), none.body);
		for (size_t k = 0; k < others.n; k++) {
			struct answer a;

			if (others.v[k].of == rows->v[i].of)
				continue;
			a = ask(r, o, rt, id, text_of_id(others.v[k].id), "version=1");
			if (a.status != none.status || !str_eq(a.body, none.body))
				fail_msg("%s %s %s with %lld of another: %d", o->name, rt->path, id,
				    (long long)others.v[k].id, a.status);
		}
	}
}

TEST_DB(promise_07_every_route_is_shut_to_who_may_not_know)
{
	struct ring *r = ring_with_world();
	int routes = 0;

	for (const struct route *const *table = app_routes; *table; table++) {
		for (const struct route *rt = *table; rt->path; rt++) {
			const struct noun *noun = noun_of(rt->path, false);
			struct rows rows;
			size_t mark;

			if (!noun)
				continue;
			rows_of(r, noun->rows, &rows);
			if (rows.n < 1)
				fail_msg("the world has no %s", noun->name);
			mark = arena_mark(t_mem());
			for (size_t i = 0; i < EVERYBODY; i++) {
				shut(r, rt, noun, &everybody[i], &rows);
				second_shut(r, rt, noun, &everybody[i], &rows);
			}
			arena_rewind(t_mem(), mark);
			routes++;
		}
	}
	assert_true(routes > 80);
	ring_close(r);
}

/* The other half: somebody gets further than 404 at every route, so what is shut above is a door.
 * And none of them carries out a form that is not ours (CSRF), whoever sends it. */
TEST_DB(every_route_opens_to_somebody_and_no_form_without_its_token)
{
	struct ring *r = ring_with_world();

	for (const struct route *const *table = app_routes; *table; table++) {
		for (const struct route *rt = *table; rt->path; rt++) {
			const struct noun *noun = noun_of(rt->path, false);
			struct rows rows = { .n = 1 };
			int opened = 0;

			if (noun)
				rows_of(r, noun->rows, &rows);
			for (size_t i = 0; i < EVERYBODY; i++) {
				for (size_t k = 0; k < rows.n; k++) {
					char id[32];
					int64_t before = changes(r);
					struct answer a;

					if (noun &&
					    !may_know(r, &everybody[i], rt, noun, &rows.v[k]))
						continue;
					snprintf(id, sizeof id, "%lld", (long long)rows.v[k].id);
					a = ask(r, &everybody[i], rt, id,
					    second_of(r, rt, rows.v[k].of),
					    "csrf=bm90LW91cnM&version=1&words=x&do=yes&seen=1");
					if (rt->method == HTTP_POST && a.status < 400)
						fail_msg("%s POST %s %s without its token: %d",
						    everybody[i].name, rt->path, id, a.status);
					if (changes(r) != before)
						fail_msg("%s %s %s: something has changed",
						    everybody[i].name, rt->path, id);
					opened += rt->method == HTTP_POST ? a.status == 403
									  : a.status < 400;
				}
			}
			/* a payload that can be opened: import_web_test */
			if (opened == 0 && !(noun && strcmp(noun->name, "quarantine") == 0))
				fail_msg("%s opens to nobody here", rt->path);
		}
	}
	ring_close(r);
}

/* --- forms --- */

struct field {
	struct str name, value;
	bool at_name; /* the id stands in the name: "state-51" */
};
struct page_form {
	struct str action;
	struct field fields[200];
	size_t n;
};

/* What stands in the quotation marks of an attribute; NULL: it has none. */
static struct str attribute(struct str tag, const char *name)
{
	struct str want = str_fmt(t_mem(), " %s=\"", name);
	const char *at = memmem(tag.p, tag.n, want.p, want.n), *end;

	if (!at)
		return (struct str){ NULL, 0 };
	at += want.n;
	end = memchr(at, '"', (size_t)(tag.p + tag.n - at));
	assert_non_null(end);
	return (struct str){ at, (size_t)(end - at) };
}

static void put_field(struct page_form *f, struct str name, struct str value)
{
	if (name.n == 0 || str_eq(name, S("csrf")))
		return;
	assert_true(f->n < sizeof f->fields / sizeof *f->fields);
	f->fields[f->n++] = (struct field){ .name = name, .value = value };
}

static bool named_before(const struct page_form *f, struct str name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->fields[i].name, name))
			return true;
	return false;
}

/* Fields as somebody fills them in: the first of each choice, a word in each text. */
static void read_tag(struct page_form *f, struct str tag, struct str *select)
{
	struct str name = attribute(tag, "name"), value = attribute(tag, "value"),
		   type = attribute(tag, "type");

	if (str_starts(tag, S("<input")) || str_starts(tag, S("<button"))) {
		if ((str_eq(type, S("radio")) || str_starts(tag, S("<button"))) &&
		    named_before(f, name))
			return;
		if (value.n == 0)
			value = str_eq(type, S("date")) ? S("2026-12-01") : S("x");
		put_field(f, name, value);
	} else if (str_starts(tag, S("<textarea"))) {
		put_field(f, name, S("x"));
	} else if (str_starts(tag, S("<select"))) {
		*select = name;
	} else if (str_starts(tag, S("<option")) && select->n && value.n) {
		put_field(f, *select, value);
		*select = (struct str){ NULL, 0 };
	}
}

/* The form of that number on a page. false: there is none. */
static bool read_form(struct str page, int number, struct page_form *f)
{
	const char *at = page.p, *end = page.p + page.n, *stop;
	struct str select = { NULL, 0 };

	f->n = 0;
	for (int i = -1; i < number; i++, at++)
		if (!(at = memmem(at, (size_t)(end - at), "<form", 5)))
			return false;
	at--;
	stop = memmem(at, (size_t)(end - at), "</form>", 7);
	assert_non_null(stop);
	f->action = attribute(
	    (struct str){ at, (size_t)((const char *)memchr(at, '>', (size_t)(end - at)) - at) },
	    "action");
	while ((at = memchr(at + 1, '<', (size_t)(stop - at - 1))) != NULL) {
		const char *close = memchr(at, '>', (size_t)(end - at));

		assert_non_null(close);
		read_tag(f, (struct str){ at, (size_t)(close - at) }, &select);
	}
	return f->action.n > 0;
}

static void put_escaped(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (isalnum((unsigned char)s.p[i]))
			buf_char(b, s.p[i]);
		else
			buf_fmt(b, "%%%02X", (unsigned char)s.p[i]);
	}
}

/* Where an id stands in "51", "a1102", "step-41", "12 44 1": behind letters, before nothing or a
 * blank. 0: none does. */
static size_t id_at(struct str s, size_t *digits)
{
	size_t at = 0;

	while (at < s.n && (islower((unsigned char)s.p[at]) || s.p[at] == '-'))
		at++;
	for (*digits = 0; at + *digits < s.n && isdigit((unsigned char)s.p[at + *digits]);)
		++*digits;
	return *digits >= 2 && (at + *digits == s.n || s.p[at + *digits] == ' ') ? at : s.n;
}

/* The form's words, with that id where another stood. */
static const char *with_id(const struct page_form *f, size_t field, bool at_name, int64_t id)
{
	struct buf b;

	buf_init(&b, t_mem(), 1024);
	for (size_t i = 0; i < f->n; i++) {
		struct str name = f->fields[i].name, value = f->fields[i].value;
		struct str *of = at_name ? &name : &value;
		size_t digits, at = id_at(*of, &digits);

		if (i == field)
			*of = str_fmt(t_mem(), "%.*s%lld%.*s", (int)at, of->p, (long long)id,
			    (int)(of->n - at - digits), of->p + at + digits);
		if (b.n)
			buf_char(&b, '&');
		put_escaped(&b, name);
		buf_char(&b, '=');
		put_escaped(&b, value);
	}
	return str_c(t_mem(), buf_text(&b));
}

/* Ids of what is of children that the actor may not know of, one of each noun, and some people. */
static size_t foreign_ids(struct ring *r, const struct one *o, int64_t *out)
{
	static const int64_t people[] = { 2007, 2016, 1112, 41 };
	size_t n = 0;

	for (size_t i = 0; i < NOUNS; i++) {
		struct rows rows;

		rows_of(r, nouns[i].rows, &rows);
		for (size_t k = 0; k < rows.n; k++) {
			if (rows.v[k].of && !stands(r, o, rows.v[k].of)) {
				out[n++] = rows.v[k].id;
				break;
			}
		}
	}
	for (size_t i = 0; i < sizeof people / sizeof *people; i++)
		out[n++] = people[i];
	return n;
}

/* Versions of all children that the actor may not know of, and their canaries on a page. */
static int64_t strangers_children(
    struct ring *r, const struct one *o, struct str page, const char *what)
{
	int64_t sum = 0;

	for (int64_t child = 10; child <= 15; child++) {
		char sql[120];

		if (stands(r, o, child))
			continue;
		snprintf(sql, sizeof sql,
		    "SELECT content_version + access_version FROM child WHERE id = %lld",
		    (long long)child);
		sum += ring_number(r, sql);
		if (str_has(page, str_fmt(t_mem(), "Kanarie%lld", (long long)child)) ||
		    (child == 13 && str_has(page, S("Nisse"))))
			fail_msg("%s: %s reads of child %lld", what, o->name, (long long)child);
	}
	return sum;
}

static int tamper(struct ring *r, const struct one *o, const char *path, int number, size_t field,
    bool at_name, int64_t id)
{
	struct page_form *f = arena_new(t_mem(), struct page_form);
	struct ring_answer a = ring_do(r, o->name, path, NULL);
	int64_t before;
	const char *action, *what;

	if (a.status != 200 || !read_form(str_copy(t_mem(), a.body), number, f) || field >= f->n)
		return 0; /* an earlier form has ended what this page is about */
	action = str_c(t_mem(), f->action);
	what = str_c(t_mem(), str_fmt(t_mem(), "%s POST %s (%.*s: %lld)", path, action,
				  STR(f->fields[field].name), (long long)id));
	before = strangers_children(r, o, a.body, path);
	a = ring_do(r, o->name, action, with_id(f, field, at_name, id));
	if (a.status >= 500)
		fail_msg("%s: %d", what, a.status);
	if (strangers_children(r, o, a.body, what) != before)
		fail_msg("%s: %s has changed a child that is not theirs", what, o->name);
	if (a.status == 303) {
		struct str to = str_copy(t_mem(), a.location);

		strangers_children(r, o, ring_do(r, o->name, str_c(t_mem(), to), NULL).body, what);
	}
	return 1;
}

static int tamper_page(struct ring *r, const struct one *o, const char *path)
{
	struct page_form *f = arena_new(t_mem(), struct page_form);
	struct ring_answer a = ring_do(r, o->name, path, NULL);
	struct str page = str_copy(t_mem(), a.body);
	int64_t ids[NOUNS + 8];
	size_t n = foreign_ids(r, o, ids);
	bool pg = db_engine(ring_db(r)) != DB_SQLITE;
	int sent = 0;

	for (int number = 0; a.status == 200 && read_form(page, number, f); number++) {
		for (size_t i = 0; i < f->n; i++) {
			struct str name = f->fields[i].name;
			size_t digits;

			if (str_eq(name, S("version")) || str_eq(name, S("once")))
				continue;
			/* on the slower engine one of them each, a different one each time */
			for (size_t k = pg ? (size_t)sent % n : 0; k < n; k += pg ? n : 1) {
				size_t mark = arena_mark(t_mem());

				if (id_at(f->fields[i].value, &digits) < f->fields[i].value.n)
					sent += tamper(r, o, path, number, i, false, ids[k]);
				if (id_at(name, &digits) < name.n)
					sent += tamper(r, o, path, number, i, true, ids[k]);
				arena_rewind(t_mem(), mark);
			}
		}
	}
	return sent;
}

static void tamper_everywhere(const char *name, int least)
{
	struct ring *r = ring_with_world();
	const struct one *o = everybody;
	int sent = 0;

	while (strcmp(o->name, name) != 0)
		o++;
	for (const struct route *const *table = app_routes; *table; table++) {
		for (const struct route *rt = *table; rt->path; rt++) {
			const struct noun *noun = noun_of(rt->path, false);
			struct rows rows = { .n = 1 };

			if (rt->method != HTTP_GET)
				continue;
			if (noun)
				rows_of(r, noun->rows, &rows);
			for (size_t k = 0; k < rows.n; k++) {
				size_t mark = arena_mark(t_mem());
				char path[240];

				if (noun && !may_know(r, o, rt, noun, &rows.v[k]))
					continue;
				path_with(rt, path, sizeof path, text_of_id(rows.v[k].id),
				    second_of(r, rt, rows.v[k].of));
				sent += tamper_page(r, o, path);
				arena_rewind(t_mem(), mark);
			}
		}
	}
	if (db_engine(ring_db(r)) != DB_SQLITE)
		least /= 20;
	if (sent < least)
		fail_msg("%s: only %d forms were sent", name, sent);
	ring_close(r);
}

#define FORMS(name, least) \
	TEST_DB(promise_03_no_form_of_##name##_reaches_another_child) \
	{ \
		tamper_everywhere(#name, least); \
	}

FORMS(tess, 10)
FORMS(kim, 500)
FORMS(nils, 50)
FORMS(sol, 500)
FORMS(bo, 100)
FORMS(sara, 50)
FORMS(erik, 50)
FORMS(petra, 50)
FORMS(birgit, 10)
FORMS(alva, 50)
FORMS(adam, 10)
