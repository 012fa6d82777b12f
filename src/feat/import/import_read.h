/*
 * One record of a file as a person: SS 12000 /persons (the standard's shape and Skolverket's), HL7
 * Sweden Patient and RelatedPerson. Pure: no database, no keys.
 */
#ifndef IMPORT_READ_H
#define IMPORT_READ_H

#include "feat/person/person.h"
#include "json/json.h"

#define IMPORT_REFS 24       /* responsibles of one child */
#define IMPORT_ENROLMENTS 24 /* of one child */
#define IMPORT_NOTES 8
#define IMPORT_ID_MOST 200 /* characters */
#define IMPORT_NAME_MOST 300

/* Somebody around the child, by the source's own id. */
struct import_ref {
	struct str id;
	const char *kind;     /* "guardian" ... as relation_set says */
	struct date from, to; /* unknown: the source does not say */
};

struct import_enrolment {
	struct str at;        /* the source's id of the school unit */
	struct str code;      /* its school unit code, where the source has it */
	struct date from, to; /* unknown: not said */
	bool cancelled;
};

struct import_record {
	enum person_source source; /* SOURCE_SCHOOL or SOURCE_CARE */
	struct str id;             /* the source's own */
	struct str given, family;
	struct str called; /* the name that is used */
	bool numbered;
	struct number number;
	struct date born; /* as the source says, or from a personal number where it says nothing */
	enum person_protection protection;
	bool gone;      /* dead, or moved out of the country */
	bool refs_said; /* the source lists who is responsible: who is not there, is no longer */
	struct import_ref refs[IMPORT_REFS];
	size_t n_refs;
	struct import_enrolment enrolments[IMPORT_ENROLMENTS];
	size_t n_enrolments;
	bool contact_decides; /* a guardian is named as a contact, so by no number and no id */
	struct import_ref of; /* RelatedPerson: it stands around this child; id empty: no */
	const char *notes[IMPORT_NOTES]; /* what is odd but no reason to refuse; static text */
	size_t n_notes;
};

enum import_reading {
	IMPORT_PERSON,
	IMPORT_NO_PERSON, /* another kind of resource: passed over */
	IMPORT_BAD        /* what says where and why, in words its sender can act on */
};
/* What the text of one record says. Texts live in mem. */
enum import_reading import_read(struct arena *mem, struct str text, struct date today,
    struct import_record *out, struct json_problem *problem);

/* The record as text, in its own shape, for the quarantine's sealed payload; the same record
 * always gives the same bytes, and import_read gives the same record back. */
struct str import_write(struct arena *mem, const struct import_record *r);

#endif
