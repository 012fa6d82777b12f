/*
 * The one shared plan. Its promises: an open plan has exactly one next step with an owner, a date and a
 * sentence (1), and exactly one lead (2). The database holds both at commit; the functions here keep
 * them on the way.
 */
#ifndef PLAN_H
#define PLAN_H

#include "access/access.h"
#include "feat/plan/plan_close.h"
#include "feat/plan/plan_lead.h"
#include "i18n/i18n.h"

/* A step as a sentence is made of: who does what by when. Texts are borrowed. */
struct plan_sentence {
	struct str pattern; /* key of a message pattern_...; empty: words say it all */
	struct str words;   /* free text, or what fills the pattern */
	struct str who;     /* the owner, as the reader knows it */
	struct str child;   /* the child's name */
	struct date due;
	int64_t due_minute; /* after midnight; -1: no time of day */
};
/* The sentence in the reader's language: one, plain, with who and when. In mem. */
struct str plan_say(
    struct arena *mem, const struct i18n *lang, struct date today, const struct plan_sentence *s);

/* What comes after a step that is done. All zero: nobody named one, and the program fills in "[the lead]
 * says what happens next, by [date]". */
struct plan_next {
	struct str pattern, words, reason, place;
	struct date due;
	int64_t due_minute;
	struct assignment_id assignment; /* the owner: one of these three */
	struct person_id person;
	struct party_id party;
};

/*
 * Marks the next step done. version: of the step, from the form. ERR_CONFLICT: somebody changed it, or it
 * is no longer the next. ERR_NOT_FOUND: no such step of this child. permit: ACT_STEP_DONE.
 */
enum err plan_step_done(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version, const struct plan_next *next);

#endif
