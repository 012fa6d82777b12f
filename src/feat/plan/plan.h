/*
 * The one shared plan. Its promises: an open plan has exactly one next step with an owner, a date
 * and a sentence (1), and exactly one lead (2). The database holds both at commit; the functions
 * here keep them on the way.
 */
#ifndef PLAN_H
#define PLAN_H

#include "access/access.h"
#include "feat/plan/plan_close.h"
#include "feat/plan/plan_correct.h"
#include "feat/plan/plan_lead.h"
#include "web/sentence.h"

/* What comes after a step that is done. All zero: nobody named one, and the program fills in "[the
 * lead] says what happens next, by [date]". */
struct plan_next {
	struct str pattern, words, reason, place;
	struct date due;
	int64_t due_minute;
	struct assignment_id assignment; /* the owner: one of these three */
	struct person_id person;
	struct party_id party;
	bool harm; /* "harm to child" towards guardians (OSL 12:3) */
};
/* The step that the program itself puts there: the lead says what happens next. */
struct plan_next plan_filler(struct assignment_id lead, struct date today);

/*
 * Marks the next step done. version: of the step, from the form. ERR_CONFLICT: somebody changed it,
 * or it is no longer the next. ERR_NOT_FOUND: no such step of this child. permit: ACT_STEP_DONE.
 */
enum err plan_step_done(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version, const struct plan_next *next);

/* A plan that opens with its family's yes. next: words empty: the filler. */
struct plan_opening {
	struct drawer_id drawer; /* the asker's */
	struct assignment_id lead;
	struct authority_id authority;
	struct date noticed;
	struct plan_next next;
};
/* permit: ACT_INVITATION_ANSWER or ACT_PLAN_START. The child has no open plan (the database refuses
 * a second one). */
enum err plan_open(struct db *db, const struct permit *permit, struct arena *mem,
    const struct plan_opening *o, struct plan_id *out);

/* One more step, for later, held by the writer's drawer. ERR_NOT_FOUND: no plan that it sees. */
enum err plan_step_put(struct db *db, const struct permit *permit, struct arena *mem,
    struct plan_id plan, const struct plan_next *step, struct step_id *out);
/* Other words, owner or day, of a step that the own drawer holds and that is not done.
 * ERR_CONFLICT: changed since that version. */
enum err plan_step_change(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version, const struct plan_next *to);
/* A later step of the own drawer will not be: never the next one (promise 1). */
enum err plan_step_drop(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version);
/* A later step becomes the next; the one that was waits. ERR_INVALID: it has no day, or what this
 * drawer writes can't be read where the plan is carried. */
enum err plan_step_make_next(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version);

/* After any row of a plan is written: shared inside the yes that holds, and rendered pages are
 * stale. */
enum err plan_item_saved(
    struct db *db, const struct permit *permit, struct arena *mem, const char *kind, int64_t item);

/* Before something is hung on an open plan that does not change the plan or the child itself (a
 * hand-over asked): two copies of the program on one server can't close it and hang that on it at
 * the same moment. ERR_CONFLICT: it is not open any more. */
enum err plan_hold_open(struct db *db, const struct permit *permit, struct plan_id plan);

/* How the youth itself wants to meet at this step: 'chat', 'walk', 'home', 'video', 'phone'.
 * permit: ACT_STEP_HOW. ERR_CONFLICT: the step is done, or not this child's. */
enum err plan_step_how(
    struct db *db, const struct permit *permit, struct step_id step, struct str how);

#endif
