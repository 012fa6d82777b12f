/* One record into the house: the person, the child, and who stands around it. */
#include "feat/import/import_match.h"
#include "q_import.h"

#define OF_AGE 18 /* FB 9:1 */

static struct str source_code(const struct import_record *r)
{
	return str_of(person_source_code(r->source));
}

static bool is_child(const struct import *im, const struct import_record *r)
{
	if (r->of.id.n)
		return false;
	if (date_known(r->born))
		return age_years(r->born, im->today) < OF_AGE;
	return r->n_enrolments > 0; /* a pupil whose age is not known */
}

/* The person, the source's facts, and the child where it is one. */
static enum err put_in(struct import *im, struct arena *mem, const struct import_record *r,
    struct person_id person, struct import_outcome *out)
{
	struct person_facts f = { .source = r->source,
		.drawer = im->drawer,
		.external_id = r->id,
		.given = r->given,
		.family = r->family,
		.born = r->born,
		.number = r->numbered ? &r->number : NULL,
		.protection = r->protection,
		.checked = im->today };
	bool changed, made = false, new = !person.v;

	TRY(person_put(im->db, im->permit, mem, im->keys, &f, &person, &changed));
	out->person = person;
	out->did = new ? DID_MAKE : changed ? DID_CHANGE : DID_NOTHING;
	if (!out->child || r->gone)
		return OK;
	TRY(child_attach(im->db, im->permit, mem, person, r->called, r->born, (struct date){ 0 },
	    im->authority, &out->child_id, &made));
	if (made)
		out->did = DID_MAKE;
	return OK;
}

/* What a person decided: it is the candidate, whatever id or number says. */
static enum err join(struct import *im, struct arena *mem, const struct import_record *r,
    const struct import_match *m, struct person_id candidate, struct import_outcome *out)
{
	if (m->known.v && m->known.v != candidate.v)
		TRY(person_external_drop(im->db, im->permit, mem, m->known, r->source, im->drawer));
	if (r->numbered && m->numbered.v && m->numbered.v != candidate.v)
		return ERR_CONFLICT; /* never two people for one number */
	if (r->numbered)
		TRY(person_number_add(im->db, im->permit, mem, im->keys, &r->number, candidate));
	return put_in(im, mem, r, candidate, out);
}

/* Does this drawer hear of adults like this one? Somebody's guardian, somebody known by the
 * source's id, or somebody with a mark: an import raises protection for everybody here. */
enum err import_concerns(
    struct import *im, struct arena *mem, const struct import_record *r, bool referred, bool *out)
{
	struct q_import_by_external known;
	struct person_id numbered = { 0 };

	*out = referred || r->of.id.n > 0 || is_child(im, r);
	if (*out)
		return OK;
	TRY(q_import_by_external(
	    im->db, im->permit, mem, im->drawer, source_code(r), r->id, &known));
	if (!known.found && r->numbered && r->protection > PERSON_UNKNOWN)
		TRY(person_find_by_number(
		    im->db, im->permit, mem, im->keys, &r->number, &numbered));
	*out = known.found || numbered.v;
	return OK;
}

enum err import_person(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_decision decision, struct person_id candidate, struct import_outcome *out)
{
	struct import_match m;
	bool thrown = false;

	*out = (struct import_outcome){ .did = DID_LEAVE_OUT, .child = is_child(im, r) };
	TRY(import_matching(im, mem, r, &m));
	if (r->gone && !m.known.v && !m.numbered.v)
		return OK; /* nobody begins anything with somebody who has left */
	if (m.unclear && decision == DECIDE_NOTHING)
		TRY(quarantine_answer_of(im, mem, r, m.reason, &decision, &thrown, &candidate));
	out->again = thrown;
	if (thrown)
		return OK;
	if (decision == DECIDE_JOIN)
		return join(im, mem, r, &m, candidate, out);
	if (decision == DECIDE_NEW) {
		if (m.known.v || m.numbered.v)
			return ERR_CONFLICT;
		return put_in(im, mem, r, (struct person_id){ 0 }, out);
	}
	if (m.unclear) {
		out->did = DID_QUARANTINE;
		out->reason = m.reason;
		return quarantine_put(im, mem, r, m.reason, m.candidate, "", &out->again);
	}
	return put_in(im, mem, r, m.person, out);
}

static enum err person_of(struct import *im, struct arena *mem, const struct import_record *r,
    struct str id, struct person_id *out)
{
	struct q_import_by_external row;

	TRY(q_import_by_external(im->db, im->permit, mem, im->drawer, source_code(r), id, &row));
	*out = row.person;
	return OK;
}

static bool decides(const char *kind)
{
	return str_eq(str_of(kind), S("guardian")) || str_eq(str_of(kind), S("god_man"));
}

static enum err relate(struct import *im, struct arena *mem, const struct import_record *r,
    const struct import_ref *ref, struct child_id child, struct person_id person,
    struct import_outcome *out)
{
	struct relation_facts f = { .child = child,
		.person = person,
		.kind = str_of(ref->kind),
		.from = date_known(ref->from) ? ref->from : im->today,
		.to = ref->to,
		.source = r->source,
		.drawer = im->drawer,
		.checked = im->today };
	bool changed = false;

	if (date_known(ref->to) && date_cmp(ref->to, im->today) < 0)
		return OK; /* over already */
	TRY(relation_set(im->db, im->permit, mem, &f, &changed));
	out->relations += changed;
	return q_left_named(im->db, im->permit, child, person, f.kind, im->drawer);
}

/*
 * The source lists all who are responsible: who is no longer there has no view from today. But a
 * protected person (unknown counts) is never taken away by an import: that would take the child's
 * shield away too (promise 8). A person says whether that relation has ended (left_web.c).
 */
static enum err drop_missing(struct import *im, struct arena *mem, const struct import_record *r,
    const struct person_id *here, struct import_outcome *out)
{
	struct q_import_relations_list now;

	TRY(q_import_relations(
	    im->db, im->permit, mem, out->child_id, im->drawer, source_code(r), im->today, &now));
	for (size_t i = 0; i < now.n; i++) {
		struct date last = date_add_days(im->today, -1);
		struct q_import_any_mark mark;
		bool still = false;

		for (size_t j = 0; j < r->n_refs; j++)
			still = still || (here[j].v == now.v[i].person.v &&
					     str_eq(str_of(r->refs[j].kind), now.v[i].kind));
		if (still)
			continue;
		TRY(q_import_any_mark(im->db, im->permit, mem, now.v[i].person, &mark));
		if (mark.n) {
			TRY(q_left_put(im->db, im->permit, (struct left_id){ id_random() },
			    now.v[i].id, im->drawer, S("unlisted")));
			continue;
		}
		if (date_cmp(last, now.v[i].from_on) < 0)
			last = now.v[i].from_on;
		TRY(relation_end(
		    im->db, im->permit, mem, out->child_id, now.v[i].person, now.v[i].kind, last));
		out->ended += date_cmp(last, im->today) < 0;
	}
	return OK;
}

static enum err relations(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_outcome *out)
{
	struct person_id here[IMPORT_REFS] = { 0 };
	bool missing = false;

	for (size_t i = 0; i < r->n_refs; i++) {
		TRY(person_of(im, mem, r, r->refs[i].id, &here[i]));
		if (here[i].v && here[i].v != out->person.v)
			TRY(relate(im, mem, r, &r->refs[i], out->child_id, here[i], out));
		else
			missing = missing || decides(r->refs[i].kind);
	}
	/* A guardian named as a contact alone: who that is, and whether protected, nobody here
	 * knows, unless a guardian of the child's is known already. */
	if (r->contact_decides && !missing) {
		struct q_import_guardians known;

		TRY(q_import_guardians(
		    im->db, im->permit, mem, out->child_id, im->drawer, im->today, &known));
		missing = known.n == 0;
	}
	if (r->refs_said && !missing)
		TRY(drop_missing(im, mem, r, here, out));
	if (!missing)
		return quarantine_settle(im, mem, r, "#guardian");
	/* Who decides for the child is not known here, so neither is whether they are protected. */
	return import_part_waits(im, mem, r, REASON_GUARDIAN_MISSING, "#guardian", out);
}

enum err import_part_waits(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_reason reason, const char *suffix, struct import_outcome *out)
{
	enum import_decision decision;
	struct person_id candidate;
	bool thrown, again;

	TRY(quarantine_answer_of(im, mem, r, reason, &decision, &thrown, &candidate));
	if (thrown)
		return OK;
	TRY(quarantine_put(im, mem, r, reason, out->person, suffix, &again));
	out->waiting++;
	out->waits_anew += !again;
	return OK;
}

static bool is_over(
    const struct import *im, const struct import_record *r, const struct import_enrolment *e)
{
	return r->gone || e->cancelled || (date_known(e->to) && date_cmp(e->to, im->today) < 0);
}

/* A pupil's school of today takes it in; a school of before lets it go, unless the same colleague
 * receives for both. */
static enum err enrolments(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_outcome *out)
{
	struct q_import_receiver to[IMPORT_ENROLMENTS];
	bool waits = false, changed;

	for (size_t i = 0; i < r->n_enrolments; i++) {
		const struct import_enrolment *e = &r->enrolments[i];

		TRY(q_import_receiver(
		    im->db, im->permit, mem, im->drawer, e->at, e->code, im->today, &to[i]));
		if (is_over(im, r, e))
			continue;
		waits = waits || !to[i].found;
		if (!to[i].found)
			continue;
		TRY(child_engage(im->db, im->permit, mem, out->child_id, to[i].assignment,
		    date_known(e->from) ? e->from : im->today, &changed));
		out->engagements += changed;
	}
	for (size_t i = 0; i < r->n_enrolments; i++) {
		const struct import_enrolment *e = &r->enrolments[i];
		struct date last = date_known(e->to) ? e->to : im->today;
		bool still = !to[i].found || !is_over(im, r, e);

		for (size_t j = 0; j < r->n_enrolments && !still; j++)
			still = !is_over(im, r, &r->enrolments[j]) &&
				to[j].assignment.v == to[i].assignment.v;
		if (still)
			continue;
		if (date_cmp(last, im->today) > 0)
			last = im->today;
		TRY(child_disengage(
		    im->db, im->permit, mem, out->child_id, to[i].assignment, last, &changed));
		out->ended += changed;
	}
	if (!waits)
		return quarantine_settle(im, mem, r, "#school");
	return import_part_waits(im, mem, r, REASON_NO_RECEIVER, "#school", out);
}

/* A RelatedPerson stands around a Patient that came by itself. */
static enum err related(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_outcome *out)
{
	struct person_id child;
	struct q_import_child_of is;

	TRY(person_of(im, mem, r, r->of.id, &child));
	if (!child.v || child.v == out->person.v)
		return OK;
	TRY(q_import_child_of(im->db, im->permit, mem, child, &is));
	if (!is.found)
		return OK;
	out->child_id = is.child;
	return relate(im, mem, r, &r->of, is.child, out->person, out);
}

enum err import_around(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_outcome *out)
{
	struct q_import_child_of is;

	*out = (struct import_outcome){ .did = DID_NOTHING };
	TRY(person_of(im, mem, r, r->id, &out->person));
	if (!out->person.v)
		return OK; /* left out, or waiting itself */
	if (r->of.id.n)
		return related(im, mem, r, out);
	TRY(q_import_child_of(im->db, im->permit, mem, out->person, &is));
	out->child_id = is.child;
	if (!is.found || !is_child(im, r))
		return OK;
	TRY(relations(im, mem, r, out));
	return enrolments(im, mem, r, out);
}
