/*
 * People from files into the house (issue 2, section 4): matches each record with who is here
 * already, creates and updates children, guardians, relations and school engagements, and puts
 * what does not match into quarantine, never beside it as an open twin (promise 8). Owner of the
 * tables quarantine and receiver; the rest is written by feat/person.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include <stdio.h>

#include "access/book.h"
#include "feat/import/import_read.h"

/* Why a record waits for a person: message quarantine_why_NAME. */
#define IMPORT_REASONS(X) \
	X(NUMBER_CHANGED, "number_changed") /* the source's id is known with another number */ \
	X(NUMBER_OTHER, \
	    "number_other")   /* the source's id is one person's, the number another's */ \
	X(TWO_IDS, "two_ids") /* the number's owner has another id in this source */ \
	X(OTHER_PERSON, "other_person") /* the number's owner has another name and birth date */ \
	X(NAME_MATCH, "name_match") /* same name and birth date as somebody, no number to tell */ \
	X(PROTECTION, "protection") /* the source says no protection where there is a mark */ \
	X(GUARDIAN_MISSING, "guardian_missing") /* a guardian whose record did not come */ \
	X(NO_RECEIVER, "no_receiver") /* nobody is named to take new pupils in at that school */

enum import_reason {
#define X(name, code) REASON_##name,
	IMPORT_REASONS(X)
#undef X
};
const char *import_reason_code(enum import_reason r);

/* What an import is done with. Texts are borrowed. */
struct import {
	struct db *db;               /* a DB_WRITER */
	const struct permit *permit; /* ACT_CHILD_REGISTER of a job, or ACT_QUARANTINE_ANSWER */
	const struct keys *keys;
	struct drawer_id drawer;
	struct authority_id authority;
	struct date today;
	struct book *book; /* settled; NULL: a page's import, whose request is on record itself */
	const char *by;    /* who runs it, as the machine knows them; a code, or NULL */
};

/* What a person decided of a quarantined record. */
enum import_decision { DECIDE_NOTHING, DECIDE_JOIN, DECIDE_NEW };

enum import_did {
	DID_NOTHING, /* the same as before */
	DID_MAKE,    /* somebody new */
	DID_CHANGE,
	DID_QUARANTINE, /* waits for a person (a new case, or one that waits already) */
	DID_LEAVE_OUT /* an adult nobody refers to, somebody gone, or a record that was thrown away
		       */
};

/* What came of one record. */
struct import_outcome {
	enum import_did did;
	bool child; /* a child; else a guardian or another adult */
	bool again; /* the same case waits or was answered already */
	enum import_reason reason;
	struct person_id person;           /* v = 0: none */
	struct child_id child_id;          /* v = 0: none */
	int relations, engagements, ended; /* opened, opened, ended */
	int waiting, waits_anew;           /* parts of the record that wait; of them new */
};

/* Is it somebody for this drawer: a child, or an adult whom somebody refers to (referred), who is
 * known already or has a mark? Others are left out: staff, mostly. */
enum err import_concerns(
    struct import *im, struct arena *mem, const struct import_record *r, bool referred, bool *out);
/* Who the record is about: finds, makes or changes the person and the child. Inside the caller's
 * DB_WRITE; ERR_CONFLICT: two at once, run again. */
enum err import_person(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_decision decision, struct person_id candidate, struct import_outcome *out);
/* Who stands around: relations and school engagements, once all persons are in. */
enum err import_around(struct import *im, struct arena *mem, const struct import_record *r,
    struct import_outcome *out);

/* Puts a record aside for a person; a case of the same record is not opened twice. suffix: "" or
 * what part of the record waits ("#school"). */
enum err quarantine_put(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_reason reason, struct person_id candidate, const char *suffix, bool *again);

/* The record (or the part that suffix names) could be read in: what waited of it waits no longer.
 */
enum err quarantine_settle(
    struct import *im, struct arena *mem, const struct import_record *r, const char *suffix);

/* The master key changes hands: seals up to QUARANTINE_KEYS_MOST records anew, in the caller's
 * DB_WRITE; *after, *n and *bad as person_keys_renew. */
#define QUARANTINE_KEYS_MOST 50
enum err quarantine_keys_renew(struct db *db, struct arena *mem, const struct keys *keys,
    struct quarantine_id *after, size_t *n, size_t *bad);

/* Counts of a run; the first five are persons and add up to `persons`. */
struct import_counts {
	long made, changed, same, quarantined, left_out;
	long persons;                       /* records that are a person and could be read */
	long children;                      /* of them */
	long bad;                           /* records that could not be read in */
	long passed;                        /* other resources */
	long relations, engagements, ended; /* opened, opened, ended */
	long waiting;                       /* guardians and schools that wait in quarantine */
	long parts_changed;                 /* of all these, what was new */
	long notes;
	long commits;
};

struct import_options {
	bool dry_run;
	bool quiet;     /* no progress */
	FILE *problems; /* a line a problem: FILE: PLACE: WHAT */
	FILE *progress;
};

/* The ids that a source says it has deleted (SS 12000 /deletedEntities, or the list of a
 * subscription). Nothing is deleted here: see import_deleted.c. Errors as import_files. */
struct import_deleted_counts {
	long ids, unknown;           /* read; of them, not known in this drawer */
	long engagements, relations; /* ended */
	long kept;   /* relations that stand because the person is marked, or the mark is unknown */
	long others; /* ids of what is no person */
};
enum err import_deleted(struct import *im, struct arena *mem, const char *const *paths, size_t n,
    const struct import_options *o, struct import_deleted_counts *out);

/* On record: a change of an import, about a child where it is one (v = 0: of nobody's). Call
 * inside the change's transaction; import_commit makes the records durable, then the data. */
struct import_log {
	struct book_entry v[BOOK_CHANGES_MOST];
	size_t n;
};
enum err import_record(
    struct import *im, struct import_log *log, struct child_id child, const char *item);
enum err import_commit(struct import *im, struct import_log *log);

/* Reads the files, one after the other, as one delivery. ERR_NOT_FOUND: a file can't be read.
 * ERR_INVALID: a file is broken in the middle; what stood before it is in. */
enum err import_files(struct import *im, const char *const *paths, size_t n,
    const struct import_options *o, struct import_counts *out);

#endif
