/* Quarantine: records that wait for a person. Sealed, one open case per record (promise 8). */
#include "auth/seal.h"
#include "feat/import/import_match.h"
#include "q_import.h"

const char *import_reason_code(enum import_reason r)
{
	static const char *const codes[] = {
#define X(name, code) code,
		IMPORT_REASONS(X)
#undef X
	};

	return codes[r];
}

static struct str case_id(struct arena *mem, const struct import_record *r, const char *suffix)
{
	return str_fmt(mem, "%.*s%s", STR(r->id), suffix);
}

static const char *suffix_of(enum import_reason reason)
{
	return reason == REASON_GUARDIAN_MISSING ? "#guardian"
	       : reason == REASON_NO_RECEIVER    ? "#school"
						 : "";
}

static struct str payload_index(struct import *im, struct arena *mem, struct str payload)
{
	return seal_index(im->keys, mem, keys_newest(im->keys), payload);
}

/* Whether this is the payload's index, under any key: the master key may be changing hands. */
static bool is_payload_index(
    struct import *im, struct arena *mem, struct str index, struct str payload)
{
	for (size_t i = 0; i < keys_count(im->keys); i++)
		if (str_eq(index, seal_index(im->keys, mem, keys_version(im->keys, i), payload)))
			return true;
	return false;
}

/* It waits because the source has said "protected", not because somebody is unknown: a person
 * answers that. A later delivery that is silent, or says "none", takes it neither away nor out of
 * sight (promise 8; sweden.md 1.61). */
static bool says_protected(const struct q_quarantine_open_case *c)
{
	return c->found && c->marked &&
	       !str_eq(c->reason, str_of(import_reason_code(REASON_GUARDIAN_MISSING)));
}

enum err quarantine_put(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_reason reason, struct person_id candidate, const char *suffix, bool *again)
{
	struct str source = str_of(person_source_code(r->source)), id = case_id(mem, r, suffix);
	struct str why = str_of(import_reason_code(reason)), payload = import_write(mem, r), index;
	int64_t marked = r->protection > PERSON_UNKNOWN || reason == REASON_GUARDIAN_MISSING;
	struct q_quarantine_open_case now;
	struct quarantine_id fresh = { id_random() };

	index = payload_index(im, mem, payload);
	TRY(q_quarantine_open_case(im->db, im->permit, mem, im->drawer, source, id, &now));
	*again = now.found && str_eq(now.reason, why) &&
		 is_payload_index(im, mem, now.payload_index, payload) &&
		 now.candidate.v == candidate.v;
	if (says_protected(&now) && r->protection <= PERSON_UNKNOWN)
		*again = true;
	if (*again)
		return OK;
	if (now.found)
		TRY(q_quarantine_renew(im->db, im->permit, now.id, why,
		    seal_close(im->keys, mem, "quarantine", now.id.v, payload), index, candidate,
		    marked));
	else
		TRY(q_quarantine_new(im->db, im->permit, fresh, im->drawer, source, id, why,
		    seal_close(im->keys, mem, "quarantine", fresh.v, payload), index, candidate,
		    marked));
	/* A case that speaks of protection shields at once, whoever is right. */
	if (now.found && now.candidate.v && now.candidate.v != candidate.v)
		TRY(protection_recompute_around(im->db, im->permit, mem, now.candidate));
	return candidate.v ? protection_recompute_around(im->db, im->permit, mem, candidate) : OK;
}

enum err quarantine_answer_of(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_reason reason, enum import_decision *decision, bool *thrown,
    struct person_id *candidate)
{
	struct str source = str_of(person_source_code(r->source));
	struct str payload = import_write(mem, r);
	struct q_quarantine_answered was = { 0 };

	for (size_t i = 0; i < keys_count(im->keys) && !was.found; i++)
		TRY(q_quarantine_answered(im->db, im->permit, mem, im->drawer, source,
		    case_id(mem, r, suffix_of(reason)),
		    seal_index(im->keys, mem, keys_version(im->keys, i), payload),
		    str_of(import_reason_code(reason)), &was));
	*thrown = was.found && str_eq(was.state, S("thrown"));
	*decision = was.found && !*thrown && was.candidate.v ? DECIDE_JOIN : DECIDE_NOTHING;
	if (*decision == DECIDE_JOIN)
		*candidate = was.candidate;
	return OK;
}

enum err quarantine_settle(
    struct import *im, struct arena *mem, const struct import_record *r, const char *suffix)
{
	struct str source = str_of(person_source_code(r->source)), id = case_id(mem, r, suffix);
	struct q_quarantine_open_case now;

	TRY(q_quarantine_open_case(im->db, im->permit, mem, im->drawer, source, id, &now));
	if (!now.found || says_protected(&now))
		return OK;
	TRY(q_quarantine_settled(im->db, im->permit, im->drawer, source, id));
	return now.candidate.v ? protection_recompute_around(im->db, im->permit, mem, now.candidate)
			       : OK;
}
