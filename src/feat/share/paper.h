/*
 * A yes on paper or at a meeting, written down by staff. It opens nothing at once: somebody else of
 * the drawer that asked has to have seen the paper (OSL 10:1, 12:2). Until then nothing anywhere
 * depends on whether the child has a plan elsewhere, and so whoever wrote it down learns nothing of
 * that (promise 7). This feature owns the table paper; what the yes opens is the question's own
 * (waiver_hear, invitation_hear), asked by whoever carries out the confirmation (feat/plan).
 */
#ifndef PAPER_H
#define PAPER_H

#include "access/access.h"

enum paper_question { PAPER_WAIVER, PAPER_INVITATION };

/* Who confirms for this reader: a manager of the same drawer, the own unit's first; where it has
 * none, a colleague in it (OSL 6:3). Never the reader, in whatever role. */
struct paper_second {
	bool found; /* false: nobody else is there, and so no paper counts; the family answers
		       itself */
	struct assignment_id assignment, deputy; /* deputy.v = 0: none */
	struct str name;
	struct date due, ends; /* to answer by; the last day, after which it lapses */
};
/* permit: ACT_WAIVER_ASK or ACT_PLAN_START. Says nothing of any child. */
enum err paper_second(
    struct db *db, const struct permit *permit, struct arena *mem, struct paper_second *out);

struct paper_note {
	enum paper_question kind;
	int64_t question;
	struct person_id person;
	struct str how, checked; /* 'meeting', 'letter'; how the writer knew who it was */
};
/* Does one wait for this person's answer to the question already? */
enum err paper_waits(struct db *db, const struct permit *permit, struct arena *mem,
    int64_t question, struct person_id person, bool *out);
/* Writes it down and asks the one who confirms. ERR_CONFLICT: one waits already. */
enum err paper_write(struct db *db, const struct permit *permit, const struct paper_note *note,
    const struct paper_second *second);

/* One that waits for this reader's answer. permit: ACT_PAPER_READ or ACT_PAPER_ANSWER. */
struct paper {
	struct paper_id id;
	struct task_id task;
	enum paper_question kind;
	int64_t question;
	struct person_id person;
	struct assignment_id written_by;
	struct str how, checked, name; /* name: as the drawer knows its person; p NULL: does not */
	struct str writer, writer_title;
	int64_t written_ms, version;
	struct date due, ends;
	bool child;   /* the child's own yes */
	bool decides; /* its person decides for the child today, or is the child */
	bool asked;   /* the question still waits for this answer */
};
/* ERR_NOT_FOUND: none, or not this reader's to answer. */
enum err paper_of(struct db *db, const struct permit *permit, struct arena *mem, struct paper_id id,
    struct paper *out);
/* The paper has been seen, or why not (words). The caller lets the yes count in the same
 * transaction. ERR_CONFLICT: answered, taken back or lapsed meanwhile, or by the one who wrote it.
 */
enum err paper_confirm(struct db *db, const struct permit *permit, const struct paper *p);
enum err paper_deny(
    struct db *db, const struct permit *permit, const struct paper *p, struct str words);

/* After a question has heard something: what waits for an answer that is given already is gone.
 * Any permit that may answer a question. */
enum err paper_tidy(struct db *db, const struct permit *permit, int64_t question);
/* The reader takes back the yes that was written down as theirs. *was_confirmed: it counted, and
 * the caller has to ask again. ERR_CONFLICT: there is none. permit: ACT_WAIVER_ANSWER or
 * ACT_INVITATION_ANSWER. */
enum err paper_take_back(struct db *db, const struct permit *permit, struct arena *mem,
    int64_t question, bool *was_confirmed);
/* A yes from paper is no longer what its person says, though it has opened a plan: who carries it
 * is told, to talk with the family and close it. permit: ACT_INVITATION_ANSWER. */
enum err paper_tell_lead(struct db *db, const struct permit *permit, struct plan_id plan);
/* Nobody has answered in time; *lapsed is false where somebody has after all. A job's permit for
 * ACT_TASK_ANSWER. */
enum err paper_lapse(struct db *db, const struct permit *permit, struct arena *mem,
    struct paper_id id, bool *lapsed);

#endif
