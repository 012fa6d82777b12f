/*
 * What a source has deleted (sweden.md 2.3: deletions come only by /deletedEntities, without them
 * ghosts stay). Nothing is deleted here and nothing forgotten: a pupil's engagements that an import
 * opened in this drawer end, and an adult is no longer said to be responsible by this source.
 *
 * Two things an import may not take (promises 8 and 5): a protected person's place round a child,
 * for the child's shield would go with it (unknown counts as protected); and a family's view of a
 * plan only because the child has left this school. So an adult's relation ends only where the
 * child is still a pupil here, that is where the source lets go of the adult and not of the family.
 */
#include "base/file.h"
#include "feat/import/import.h"
#include "q_import.h"

#define FILE_BYTES ((size_t)64 << 20)
#define AT_ONCE 32

struct gone {
	struct person_id person;
	struct child_id child; /* v = 0: an adult */
	const char *source;
	struct str id;
};

struct deleting {
	struct import *im;
	struct arena *mem;
	const struct import_options *o;
	struct import_deleted_counts *counts;
	const char *path;
	struct gone *v;
	size_t n, room;
	struct import_log log;
};

static void tell(struct deleting *d, struct str id, const char *what)
{
	if (d->o->problems)
		fprintf(d->o->problems, "%s: %.*s: %s\n", d->path, STR(id), what);
}

static enum err note_id(struct deleting *d, struct str id)
{
	static const char *const sources[] = { "school", "care" };
	struct q_import_by_external known = { 0 };
	struct q_import_child_of is;

	d->counts->ids++;
	for (size_t i = 0; i < 2 && !known.found; i++) {
		TRY(q_import_by_external(d->im->db, d->im->permit, d->mem, d->im->drawer,
		    str_of(sources[i]), id, &known));
		if (!known.found)
			continue;
		TRY(q_import_child_of(d->im->db, d->im->permit, d->mem, known.person, &is));
		if (d->n < d->room)
			d->v[d->n++] = (struct gone){ known.person, is.child, sources[i], id };
	}
	d->counts->unknown += !known.found;
	return OK;
}

/* Ids as texts, or as objects with an id. */
static enum err note_list(struct deleting *d, const struct json_val *list)
{
	for (const struct json_val *i = list->first; i; i = i->next) {
		const struct json_val *id = i->kind == JSON_IS_OBJECT ? json_find(i, "id") : i;

		if (!id || id->kind != JSON_IS_TEXT || id->s.n == 0 || id->s.n > IMPORT_ID_MOST) {
			tell(d, json_path(d->mem, i), "an id is due here");
			return ERR_INVALID;
		}
		TRY(note_id(d, id->s));
	}
	return OK;
}

static size_t ids_in(const struct json_val *v)
{
	size_t n = v->kind == JSON_IS_LIST ? v->n : 0;

	for (const struct json_val *i = v->first; v->kind == JSON_IS_OBJECT && i; i = i->next)
		n += ids_in(i);
	return n;
}

/* {"data": {"persons": [...], "groups": [...]}}, {"persons": [...]}, {"data": [...]}, or the list.
 */
static enum err note_file(struct deleting *d, const struct json_val *root)
{
	const struct json_val *data = root, *persons;

	if (root->kind == JSON_IS_OBJECT && json_find(root, "data"))
		data = json_find(root, "data");
	persons = data->kind == JSON_IS_OBJECT ? json_find(data, "persons") : data;
	if (data->kind == JSON_IS_OBJECT)
		d->counts->others += (long)(ids_in(data) - (persons ? ids_in(persons) : 0));
	if (!persons)
		return OK;
	if (persons->kind != JSON_IS_LIST) {
		tell(d, S("persons"), "a list of ids is due here");
		return ERR_INVALID;
	}
	d->room = d->n + persons->n;
	{
		struct gone *more = arena_array(d->mem, struct gone, d->room + 1);

		for (size_t i = 0; i < d->n; i++)
			more[i] = d->v[i];
		d->v = more;
	}
	return note_list(d, persons);
}

/* --- what ends --- */

static enum err child_gone(struct deleting *d, const struct gone *g)
{
	struct q_import_engaged_list now;

	TRY(q_import_engaged(
	    d->im->db, d->im->permit, d->mem, g->child, d->im->drawer, d->im->today, &now));
	for (size_t i = 0; i < now.n; i++) {
		bool changed;

		TRY(child_disengage(d->im->db, d->im->permit, d->mem, g->child, now.v[i].assignment,
		    d->im->today, &changed));
		d->counts->engagements += changed;
		d->counts->kept += !changed;
		if (!changed)
			tell(d, g->id, "whoever carries the child's plan hands it over first");
		if (changed)
			TRY(import_record(d->im, &d->log, g->child, "import"));
	}
	return OK;
}

static enum err adult_gone(struct deleting *d, const struct gone *g)
{
	struct q_import_responsible_list now;
	struct q_import_any_mark mark;

	TRY(q_import_responsible(d->im->db, d->im->permit, d->mem, g->person, d->im->drawer,
	    str_of(g->source), d->im->today, &now));
	if (now.n == 0)
		return OK;
	TRY(q_import_any_mark(d->im->db, d->im->permit, d->mem, g->person, &mark));
	if (mark.n) {
		d->counts->kept += (long)now.n;
		tell(d, g->id,
		    "has a protection mark, or it is not known: the relation stands until a person answers at "
		    "/quarantine");
		for (size_t i = 0; i < now.n; i++)
			TRY(q_left_put(d->im->db, d->im->permit, (struct left_id){ id_random() },
			    now.v[i].id, d->im->drawer, S("deleted")));
		return OK;
	}
	for (size_t i = 0; i < now.n; i++) {
		struct date last = date_add_days(d->im->today, -1);

		if (date_cmp(last, now.v[i].from_on) < 0)
			last = now.v[i].from_on;
		TRY(relation_end(d->im->db, d->im->permit, d->mem, now.v[i].child, g->person,
		    now.v[i].kind, last));
		d->counts->relations++;
		TRY(import_record(d->im, &d->log, now.v[i].child, "import"));
	}
	return OK;
}

static enum err one_gone(struct deleting *d, const struct gone *g, bool children)
{
	if (children != (g->child.v != 0))
		return OK;
	return children ? child_gone(d, g) : adult_gone(d, g);
}

static enum err some_gone(struct deleting *d, size_t from, size_t to, bool children)
{
	enum err e = OK;

	d->log.n = 0;
	if (!d->o->dry_run)
		TRY(db_begin(d->im->db, DB_WRITE));
	for (size_t i = from; e == OK && i < to; i++)
		e = one_gone(d, &d->v[i], children);
	if (d->o->dry_run)
		return e;
	if (e == OK)
		return import_commit(d->im, &d->log);
	(void)db_rollback(d->im->db, DB_WRITE);
	return e;
}

/* Children first: whose pupil has left is then no longer one of a child here. */
static enum err all_gone(struct deleting *d)
{
	for (int children = 1; children >= 0; children--) {
		for (size_t i = 0; i < d->n; i += AT_ONCE) {
			struct import_deleted_counts before = *d->counts;
			enum err e = OK;

			for (int tries = 0; tries < 20; tries++) {
				*d->counts = before;
				e = some_gone(
				    d, i, i + AT_ONCE < d->n ? i + AT_ONCE : d->n, children == 1);
				if (d->o->dry_run || (e != ERR_RETRY && e != ERR_BUSY))
					break;
			}
			TRY(e);
		}
	}
	return OK;
}

enum err import_deleted(struct import *im, struct arena *mem, const char *const *paths, size_t n,
    const struct import_options *o, struct import_deleted_counts *out)
{
	struct deleting d = { .im = im, .mem = mem, .o = o, .counts = out };
	enum err e = OK;

	*out = (struct import_deleted_counts){ 0 };
	for (size_t i = 0; i < n; i++) {
		const struct json_val *root;
		struct json_problem problem;
		struct str text;

		d.path = paths[i];
		if (file_read(mem, paths[i], FILE_BYTES, &text) != OK)
			return ERR_NOT_FOUND;
		if (json_read(mem, text, (struct json_limits){ FILE_BYTES, 8 }, &root, &problem) !=
		    OK) {
			tell(&d, str_fmt(mem, "line %d", problem.line), "is no JSON");
			return ERR_INVALID;
		}
		TRY(note_file(&d, root));
	}
	if (o->dry_run)
		TRY(db_begin(im->db, DB_WRITE));
	e = all_gone(&d);
	if (o->dry_run)
		(void)db_rollback(im->db, DB_WRITE);
	return e;
}
