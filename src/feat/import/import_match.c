#include "feat/import/import_match.h"

#include "i18n/i18n.h"
#include "q_import.h"

static struct str source_code(const struct import_record *r)
{
	return str_of(person_source_code(r->source));
}

/* Do two people have a given name in common? Both folded. */
static bool share_a_name(struct str a, struct str b)
{
	while (a.n) {
		struct str one = str_cut(&a, ' '), rest = b;

		while (one.n && rest.n)
			if (str_eq(str_cut(&rest, ' '), one))
				return true;
	}
	return false;
}

/* A number that is one digit of another: both birth date and name are somebody else's. Only what
 * this drawer may know counts (promise 7). */
static enum err is_other(struct import *im, struct arena *mem, const struct import_record *r,
    struct person_id person, bool *other)
{
	struct str given = i18n_folded(mem, r->given);
	struct q_import_known_as_list as;

	*other = false;
	TRY(q_import_known_as(im->db, im->permit, mem, person, im->drawer, &as));
	for (size_t i = 0; i < as.n; i++) {
		if (!date_known(r->born) || !date_known(as.v[i].born))
			continue;
		if (date_cmp(r->born, as.v[i].born) == 0 ||
		    share_a_name(given, i18n_folded(mem, as.v[i].given))) {
			*other = false;
			return OK;
		}
		*other = true;
	}
	return OK;
}

static enum err unclear(
    struct import_match *m, enum import_reason reason, struct person_id candidate)
{
	m->unclear = true;
	m->reason = reason;
	m->candidate = candidate;
	return OK;
}

/* Somebody whom the source's own id names already. */
static enum err match_known(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_match *m)
{
	struct q_import_numbers has;

	m->person = m->known;
	if (!r->numbered || m->numbered.v == m->known.v)
		return OK;
	if (m->numbered.v)
		return unclear(m, REASON_NUMBER_OTHER, m->numbered);
	TRY(q_import_numbers(im->db, im->permit, mem, m->known, &has));
	return has.n ? unclear(m, REASON_NUMBER_CHANGED, m->known) : OK;
}

/* Somebody who has the number, and whom this source may call by another id. */
static enum err match_number(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_match *m)
{
	struct q_import_external_of ext;
	bool other;

	m->person = m->numbered;
	TRY(q_import_external_of(
	    im->db, im->permit, mem, im->drawer, source_code(r), m->numbered, &ext));
	if (ext.found && ext.external_id.n && !str_eq(ext.external_id, r->id))
		return unclear(m, REASON_TWO_IDS, m->numbered);
	TRY(is_other(im, mem, r, m->numbered, &other));
	return other ? unclear(m, REASON_OTHER_PERSON, m->numbered) : OK;
}

/* Nobody by id or number: is there somebody by name and birth date? Two people who both have a
 * number are two people. */
static enum err match_name(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_match *m)
{
	struct str given = i18n_folded(mem, r->given), family = i18n_folded(mem, r->family);
	struct q_import_by_born_list who;

	if (!date_known(r->born))
		return OK;
	TRY(q_import_by_born(im->db, im->permit, mem, r->born, &who));
	for (size_t i = 0; i < who.n; i++)
		if ((!r->numbered || !who.v[i].numbered) &&
		    str_eq(i18n_folded(mem, who.v[i].family), family) &&
		    str_eq(i18n_folded(mem, who.v[i].given), given))
			return unclear(m, REASON_NAME_MATCH, who.v[i].person);
	return OK;
}

enum err import_matching(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_match *out)
{
	struct q_import_by_external known;
	struct q_import_marks marks;

	*out = (struct import_match){ 0 };
	TRY(q_import_by_external(
	    im->db, im->permit, mem, im->drawer, source_code(r), r->id, &known));
	out->known = known.person;
	if (r->numbered)
		TRY(person_find_by_number(
		    im->db, im->permit, mem, im->keys, &r->number, &out->numbered));
	if (out->known.v)
		TRY(match_known(im, mem, r, out));
	else if (out->numbered.v)
		TRY(match_number(im, mem, r, out));
	else
		TRY(match_name(im, mem, r, out));
	if (out->unclear || !out->person.v || r->protection != PERSON_NONE)
		return OK;
	/* "None" against a mark that this drawer may know of. Against a mark that only others know,
	 * the record is taken without a word, and the child stays shielded. */
	TRY(q_import_marks(im->db, im->permit, mem, out->person, im->drawer, &marks));
	return marks.n ? unclear(out, REASON_PROTECTION, out->person) : OK;
}
