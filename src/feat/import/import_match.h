/* Whom a record is about. Shared by import.c's files only. */
#ifndef IMPORT_MATCH_H
#define IMPORT_MATCH_H

#include "feat/import/import.h"

struct import_match {
	struct person_id known;    /* by the source's own id; v = 0: none */
	struct person_id numbered; /* by the number; v = 0: none */
	struct person_id person;   /* whom it is about; v = 0: somebody new, or unclear */
	bool unclear;              /* reason and candidate say why */
	enum import_reason reason;
	struct person_id candidate;
};
enum err import_matching(
    struct import *im, struct arena *mem, const struct import_record *r, struct import_match *out);

/* An answer already given to the same record for the same reason. */
enum err quarantine_answer_of(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_reason reason, enum import_decision *decision, bool *thrown,
    struct person_id *candidate);
/* A part of the record of somebody who is in waits for a person. */
enum err import_part_waits(struct import *im, struct arena *mem, const struct import_record *r,
    enum import_reason reason, const char *suffix, struct import_outcome *out);
#endif
