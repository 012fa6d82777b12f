#include "feat/person/person.h"

#include "access/version.h"
#include "auth/seal.h"
#include "q_person.h"

static const char *const sources[] = { "register", "school", "care", "hand", "family" };
static const char *const protections[] = { "none", "unknown", "sekretessmarkering",
	"skyddad_folkbokforing", "fingerade" };

const char *person_source_code(enum person_source s)
{
	return sources[s];
}

const char *person_protection_code(enum person_protection p)
{
	return protections[p];
}

bool person_protection_of_code(struct str code, enum person_protection *out)
{
	for (size_t i = 0; i < sizeof protections / sizeof protections[0]; i++) {
		if (!str_eq(code, str_of(protections[i])))
			continue;
		*out = (enum person_protection)i;
		return true;
	}
	return false;
}

enum err person_find_by_number(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct number *number, struct person_id *out)
{
	*out = (struct person_id){ 0 };
	for (size_t i = 0; i < keys_count(keys) && !out->v; i++) {
		struct q_person_by_index row;
		struct str index =
		    seal_index(keys, mem, keys_version(keys, i), str_of(number->canonical));

		TRY(q_person_by_index(db, permit, mem, index, &row));
		if (row.found)
			*out = row.person;
	}
	return OK;
}

/* Sealed too, so that it can be given a new index when the master key changes. */
static enum err number_give(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct number *number, struct person_id person)
{
	struct str text = str_of(number->canonical);

	return q_person_number_give(db, permit, seal_index(keys, mem, keys_newest(keys), text),
	    person, seal_close(keys, mem, "person_number", person.v, text));
}

/* Gives the number to the person, unless it is theirs already. The primary key of person_number
 * refuses a second person, also when two imports run at once. */
static enum err give_number(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct number *number, struct person_id person)
{
	struct q_person_numbers_list has;
	struct person_id owner;

	TRY(person_find_by_number(db, permit, mem, keys, number, &owner));
	if (owner.v)
		return owner.v == person.v ? OK : ERR_CONFLICT;
	TRY(q_person_numbers(db, permit, mem, person, &has));
	if (has.n)
		return ERR_CONFLICT;
	return number_give(db, permit, mem, keys, number, person);
}

/* Protection as it is to be noted: a source that is silent is believed to say nothing, not none. */
static enum err settle(struct db *db, const struct permit *permit, struct arena *mem,
    const struct person_facts *f, struct person_id person, enum person_protection *p)
{
	struct q_person_known_none known;

	*p = f->protection;
	if (*p != PERSON_UNKNOWN)
		return OK;
	TRY(q_person_known_none(db, permit, mem, person, f->drawer, &known));
	if (known.says)
		*p = PERSON_NONE;
	return OK;
}

/* Staff's own word that raised something: somebody else says whether it holds (0071). */
static enum err mark(struct db *db, const struct permit *permit, const struct person_facts *f,
    struct person_id person, enum person_protection had, enum person_protection p)
{
	if (f->source != SOURCE_HAND || p <= had || !permit_assignment(permit).v)
		return OK;
	return q_person_mark_put(db, permit, (struct item_id){ id_random() }, person, f->drawer,
	    str_of(person_protection_code(p)));
}

static enum err identity_new(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct person_facts *f, struct person_id person)
{
	struct identity_id id = { id_random() };
	struct str sealed = { NULL, 0 }, index = { NULL, 0 }, kind = { NULL, 0 };
	enum person_protection p;

	TRY(settle(db, permit, mem, f, person, &p));
	TRY(mark(db, permit, f, person, PERSON_NONE, p));
	if (f->number) {
		struct str text = str_of(f->number->canonical);

		kind = str_of(number_kind_code(f->number->kind));
		sealed = seal_close(keys, mem, "identity", id.v, text);
		index = seal_index(keys, mem, keys_newest(keys), text);
	}
	return q_person_identity_new(db, permit, id, person, str_of(person_source_code(f->source)),
	    f->drawer, f->external_id.n ? f->external_id : (struct str){ NULL, 0 }, f->given,
	    f->family, f->born, f->expected, kind, sealed, index, str_of(person_protection_code(p)),
	    f->checked);
}

static enum err identity_number(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct number *number, const struct q_person_identity_of *now,
    bool *changed)
{
	struct str text = str_of(number->canonical);

	for (size_t i = 0; i < keys_count(keys); i++)
		if (str_eq(now->number_index, seal_index(keys, mem, keys_version(keys, i), text)))
			return OK;
	*changed = true;
	return q_person_identity_number(db, permit, now->id, str_of(number_kind_code(number->kind)),
	    seal_close(keys, mem, "identity", now->id.v, text),
	    seal_index(keys, mem, keys_newest(keys), text));
}

static bool same_day(struct date a, struct date b)
{
	return date_cmp(a, b) == 0;
}

/* The source's own row as the source says today: names and days follow it, protection only rises,
 * and what it no longer mentions (a birth date, its id) stays. */
static enum err identity_change(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct person_facts *f, const struct q_person_identity_of *now,
    struct person_id person, bool *changed)
{
	struct str external = f->external_id.n ? f->external_id : now->external_id;
	struct date born = date_known(f->born) ? f->born : now->born;
	struct date expected = date_known(f->expected) ? f->expected : now->expected;
	enum person_protection had, p = f->protection;
	bool silent;

	must(person_protection_of_code(now->protection, &had));
	silent = p == PERSON_UNKNOWN && had == PERSON_NONE; /* it has said none before */
	if (silent || p < had)
		p = had;
	TRY(mark(db, permit, f, person, had, p));
	if (f->number)
		TRY(identity_number(db, permit, mem, keys, f->number, now, changed));
	if (!str_eq(external, now->external_id) || !str_eq(f->given, now->given) ||
	    !str_eq(f->family, now->family) || !same_day(born, now->born) ||
	    !same_day(expected, now->expected) || p != had) {
		*changed = true;
		return q_person_identity_facts(db, permit, now->id, external, f->given, f->family,
		    born, expected, str_of(person_protection_code(p)), f->checked);
	}
	if (date_cmp(f->checked, now->checked) > 0)
		return q_person_identity_checked(db, permit, now->id, f->checked);
	return OK;
}

enum err person_put(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct person_facts *f, struct person_id *person, bool *changed)
{
	struct q_person_identity_of now;
	bool new = false, other = false;

	must(!f->number || f->number->kind != NUMBER_NONE);
	if (!person->v && f->number)
		TRY(person_find_by_number(db, permit, mem, keys, f->number, person));
	if (!person->v) {
		new = true;
		person->v = id_random();
		TRY(q_person_new(db, permit, *person));
	}
	if (f->number)
		TRY(give_number(db, permit, mem, keys, f->number, *person));
	TRY(q_person_identity_of(
	    db, permit, mem, *person, str_of(person_source_code(f->source)), f->drawer, &now));
	if (now.found)
		TRY(identity_change(db, permit, mem, keys, f, &now, *person, &other));
	else
		TRY(identity_new(db, permit, mem, keys, f, *person));
	other = other || !now.found;
	if (changed)
		*changed = other;
	return other && !new ? protection_recompute_around(db, permit, mem, *person) : OK;
}

enum err protection_say(struct db *db, const struct permit *permit, struct arena *mem,
    struct person_id person, struct drawer_id drawer, enum person_protection says,
    struct date checked)
{
	must(drawer.v != 0 && date_known(checked));
	TRY(q_person_protection_say_rows(
	    db, permit, person, drawer, str_of(person_protection_code(says)), checked));
	return protection_recompute_around(db, permit, mem, person);
}

enum err protection_marked(struct db *db, const struct permit *permit, struct arena *mem, bool *any)
{
	struct q_person_marks_unasked row;

	TRY(q_person_marks_unasked(db, permit, mem, &row));
	*any = row.n != 0;
	return OK;
}

enum err protection_marks_to(struct db *db, const struct permit *permit, struct task_id task)
{
	return q_person_marks_to(db, permit, task);
}

enum err protection_mark_answer(struct db *db, const struct permit *permit, struct arena *mem,
    struct task_id task, bool holds, struct date checked)
{
	struct q_person_marks_of_list marks;

	TRY(q_person_marks_of(db, permit, mem, task, &marks));
	if (marks.n == 0)
		return ERR_CONFLICT;
	TRY(q_person_marks_answer(db, permit, task, holds, holds ? (struct date){ 0 } : checked));
	for (size_t i = 0; !holds && i < marks.n; i++) {
		TRY(q_person_mark_lower(db, permit, marks.v[i].person, task, checked));
		TRY(protection_recompute_around(db, permit, mem, marks.v[i].person));
	}
	return OK;
}

enum err child_called(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_called *out)
{
	struct q_person_called row;

	TRY(q_person_called(db, permit, mem, &row));
	*out = (struct child_called){ row.given, row.family, row.version };
	return OK;
}

enum err child_call(struct db *db, const struct permit *permit, struct arena *mem,
    const struct child_called *called)
{
	struct q_person_called row;

	must(called->given.n && called->family.n);
	TRY(q_person_called(db, permit, mem, &row));
	TRY(q_person_called_child(db, permit, called->given, called->version));
	if (row.id.v)
		return q_person_called_change(db, permit, row.id, called->given, called->family);
	return q_person_called_put(
	    db, permit, (struct identity_id){ id_random() }, called->given, called->family);
}

enum err child_attach(struct db *db, const struct permit *permit, struct arena *mem,
    struct person_id person, struct str called, struct date born, struct date expected,
    struct authority_id controller, struct child_id *out, bool *made)
{
	struct q_person_child_of_person row;

	TRY(q_person_child_of_person(db, permit, mem, person, &row));
	if (made)
		*made = !row.found;
	*out = row.id;
	if (!row.found) {
		*out = (struct child_id){ id_random() };
		TRY(q_person_child_new(
		    db, permit, *out, person, called, born, expected, controller));
	} else if (!date_known(row.born) && date_known(born)) {
		TRY(q_person_child_is_born(
		    db, permit, *out, born)); /* ages are rules: promise 12 */
	}
	return protection_recompute(db, permit, mem, *out);
}

/* The same relation may have begun that day and ended since: what comes now begins the day after.
 */
static enum err begins(struct db *db, const struct permit *permit, struct arena *mem,
    const struct relation_facts *r, struct date *from)
{
	struct q_person_relation_began was;

	*from = r->from;
	for (;;) {
		TRY(q_person_relation_began(
		    db, permit, mem, r->child, r->person, r->kind, *from, &was));
		if (!was.found || !date_known(was.to_on))
			return OK;
		*from = date_add_days(was.to_on, 1);
	}
}

enum err relation_set(struct db *db, const struct permit *permit, struct arena *mem,
    const struct relation_facts *r, bool *changed)
{
	struct q_person_relation_now_list now;
	struct q_person_relation_ended ended;
	bool stands = !r->unproven;
	struct date from;

	if (changed)
		*changed = false;
	if (r->source != SOURCE_REGISTER) {
		TRY(q_person_relation_ended(
		    db, permit, mem, r->child, r->person, r->kind, r->checked, &ended));
		stands = stands && ended.n == 0;
	}
	TRY(q_person_relation_now(db, permit, mem, r->child, r->person, r->kind, r->checked, &now));
	if (now.n) {
		const struct q_person_relation_now *is = &now.v[now.n - 1];

		if (date_cmp(r->checked, is->checked) > 0 &&
		    str_eq(is->source, str_of(person_source_code(r->source))))
			TRY(q_person_relation_checked(db, permit, is->id, r->checked));
		if (is->stands || !stands)
			return OK;
		TRY(q_person_relation_stands(db, permit, is->id));
		return version_access(db, r->child);
	}
	TRY(begins(db, permit, mem, r, &from));
	if (date_known(r->to) && date_cmp(from, r->to) > 0)
		return OK; /* all of that time is told already */
	if (changed)
		*changed = true;
	TRY(q_person_relation_new(db, permit, (struct relation_id){ id_random() }, r->child,
	    r->person, r->kind, from, r->to, str_of(person_source_code(r->source)), r->drawer,
	    r->checked, stands));
	TRY(version_access(db, r->child));
	return protection_recompute(db, permit, mem, r->child);
}

enum err relation_end(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct person_id person, struct str kind, struct date last)
{
	TRY(q_person_relation_ends(db, permit, child, person, kind, last));
	TRY(version_access(db, child));
	return protection_recompute(db, permit, mem, child);
}

enum err relation_end_one(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct relation_id relation, struct date last)
{
	TRY(q_person_relation_ends_one(db, permit, relation, last));
	TRY(version_access(db, child));
	return protection_recompute(db, permit, mem, child);
}

enum err person_number_add(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct number *number, struct person_id person)
{
	struct person_id owner;

	TRY(person_find_by_number(db, permit, mem, keys, number, &owner));
	if (owner.v)
		return owner.v == person.v ? OK : ERR_CONFLICT;
	return number_give(db, permit, mem, keys, number, person);
}

enum err person_external_drop(struct db *db, const struct permit *permit, struct arena *mem,
    struct person_id person, enum person_source source, struct drawer_id drawer)
{
	(void)mem;
	return q_person_external_drops(
	    db, permit, person, str_of(person_source_code(source)), drawer);
}

enum err child_engage(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct assignment_id assignment, struct date from, bool *changed)
{
	struct q_person_engaged now;

	TRY(q_person_engaged(db, permit, mem, child, assignment, &now));
	*changed = !now.found;
	if (now.found)
		return OK;
	TRY(q_person_engage(
	    db, permit, (struct engagement_id){ id_random() }, child, assignment, from));
	return version_access(db, child);
}

enum err child_disengage(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct assignment_id assignment, struct date last, bool *changed)
{
	struct q_person_engaged now;
	struct q_person_carries plan;

	TRY(q_person_engaged(db, permit, mem, child, assignment, &now));
	TRY(q_person_carries(db, permit, mem, child, assignment, &plan));
	*changed = now.found && str_eq(now.how, S("import")) && !plan.found;
	if (!*changed)
		return OK;
	TRY(q_person_disengage(db, permit, now.id, last));
	return version_access(db, child);
}

enum err child_take_over(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child)
{
	struct q_person_engaged now;

	TRY(q_person_engaged(db, permit, mem, child, permit_assignment(permit), &now));
	if (now.found)
		TRY(q_person_earlier_opens(db, permit, child));
	else
		TRY(q_person_take_over(db, permit, (struct engagement_id){ id_random() }, child));
	return version_access(db, child);
}

enum err protection_recompute(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child)
{
	(void)mem;
	return q_person_protection_recompute_one(db, permit, child, permit_day(permit));
}

enum err protection_recompute_around(
    struct db *db, const struct permit *permit, struct arena *mem, struct person_id person)
{
	struct q_person_protection_children_around_list list;

	TRY(q_person_protection_children_around(db, permit, mem, person, &list));
	for (size_t i = 0; i < list.n; i++)
		TRY(protection_recompute(db, permit, mem, list.v[i].child));
	return OK;
}

enum err child_engagement_answered(struct db *db, const struct permit *permit,
    struct child_id child, struct engagement_id engagement, bool works)
{
	if (works)
		TRY(q_person_engagement_confirmed(db, permit, engagement, child));
	else
		TRY(q_person_engagement_refused(
		    db, permit, engagement, child, date_add_days(permit_day(permit), -1)));
	if (!works)
		TRY(q_person_engagement_refused_said(db, permit, engagement, child));
	return version_access(db, child);
}
