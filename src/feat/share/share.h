/*
 * Sharing is an act with a legal ground, never a setting (promises 3 to 5). This feature owns the
 * tables waiver, waiver_drawer, waiver_answer, disclosure and task.
 *
 * THE LIVE VIEW. Every staff query (page, list, print, search, export) that shows an item asks: is
 * it my drawer's own, or is there a live disclosure to my drawer? Nothing else opens it, and no
 * query may ask in another way: share/live.sql has the words, and the workshop refuses others.
 *
 *   SELECT s.words FROM step s WHERE s.plan = :plan AND @seen(s, :since);
 *
 * since is permit_since_ms(permit): whoever let themselves in begins with an empty folder.
 *
 * A yes that is taken back or has passed its day ends the live view at once; bumping
 * child.access_version makes pages that are being made at that moment again (share does it). A
 * step's reason is never part of a disclosure: show `reason` only where s.drawer = :permit.drawer.
 *
 * ON EVERY SAVE. Before: share_readers() and {{call share_readers : v->readers}} in the form. After
 * the row is written: share_save(). Saving inside a yes IS the disclosure: nothing more to fill in.
 */
#ifndef SHARE_H
#define SHARE_H

#include <stdbool.h>

#include "access/access.h"
#include "access/policy.h"
#include "base/date.h"
#include "html/html.h"
#include "i18n/i18n.h"

/* What is about to be saved. kind: "plan", "step", "thread", "need", "goal", "measure" or "voice".
 */
struct share_what {
	struct child_id child;
	const char *kind;
	int64_t item;            /* 0: a new one */
	struct drawer_id holder; /* whose it is; 0: the item's own, or for a new one the reader's */
	bool outside_plan;       /* a thread or measure that belongs to no plan */
	bool harm;               /* marked "harm to child" towards guardians (OSL 12:3) */
};

enum share_why { SHARE_OWN, SHARE_GUARDIAN, SHARE_CARER, SHARE_CHILD, SHARE_WAIVER, SHARE_GROUND };

/* One who will be able to read. */
struct share_reader {
	enum share_why why;
	struct str who;     /* units ("Ekbackens skola"), or a given name */
	struct date until;  /* SHARE_WAIVER: last day */
	enum ground ground; /* SHARE_GROUND */
	int part;           /* which part of an authority, as a message; 0: not said */
};
struct share_readers {
	struct share_reader *v;
	size_t n;
};

/* Who will be able to read it if it is saved now: the own drawer's engaged units, the family (12:3:
 * harm mark, ages), each other drawer with its ground. Any permit for the child; texts live in mem.
 */
enum err share_readers(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_what *what, struct share_readers *out);
/* The box "De här kan läsa när du har sparat", for a form: {{call share_readers : &v->readers}}. */
void share_readers_html(struct html *h, const struct share_readers *r);

/*
 * After the item's row is written, in the same transaction: discloses it to each drawer that a
 * valid yes opens it for and the rules allow (ALLOW by WAIVER), and ends what a new harm mark or
 * another change no longer lets through. received: the text as the others receive it (a step: its
 * sentence, never its reason); empty: made here, in Swedish. Calling it twice with the same words
 * adds nothing. Bumps child.access_version when something changed. child: of the permit, or for
 * acts on oneself (work.save, handover.answer, task.answer) one that the caller has found by its
 * own engagement.
 */
enum err share_save(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, const char *kind, int64_t item, struct str received);

/* All that a plan holds now, where a yes covers it (a plan that was opened, a yes that became
 * valid). */
enum err share_all(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child);

/* One who said yes to an invitation. */
struct share_yes {
	struct person_id person;
	struct str how;          /* 'signed_in', 'meeting', 'letter' */
	struct assignment_id by; /* who wrote it down; 0: signed in */
	struct str checked;      /* how that person was known; p NULL: signed in */
};
/* The family lets one more drawer into the plan that it has: a valid yes to sharing both ways
 * between the plan's drawer and the new one, and what the plan holds is shared at once. All who
 * have to say yes have said it. permit: ACT_INVITATION_ANSWER or ACT_PAPER_ANSWER. */
struct share_join {
	struct drawer_id plan_drawer, to;
	struct assignment_id asked_by;
	struct str purpose, child_view, child_how; /* how: p NULL: told by the family itself */
	int64_t asked_ms;
	const struct share_yes *yes;
	size_t n_yes;
};
enum err share_join(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_join *join, struct waiver_id *out);

/* Tells the unit's manager (or deputy) that somebody began to help a child by oneself, to be
 * confirmed: until then only what comes after is open. permit: ACT_CHILD_REGISTER. */
enum err share_task_confirm(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct engagement_id engagement, struct str reason);

/* Asks the reader's manager whether what the reader has just marked by hand as protected holds; the
 * task names the marker and nobody else (promise 8). Nothing to ask, or nobody: nothing. permit:
 * ACT_CHILD_REGISTER. */
enum err share_task_mark(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child);

/* What nobody has read, answered or said anew, to a person whom it has climbed to (feat/climb). */
struct share_climb {
	const char *kind;      /* "read_voice", "say_next", "silence", "protected" */
	const char *item_kind; /* what it is about: "voice", "letter", "step", "thread", "plan" */
	int64_t item;
	struct child_id child;
	struct plan_id plan; /* 0: none */
	struct assignment_id to;
	struct date due, cause; /* cause: the day of what it is about */
};
/* One task for each cause and person; *made is 0 when that person has it already. A job's permit
 * for ACT_TASK_ANSWER. */
enum err share_task_climb(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_climb *c, struct task_id *made);
/* Its cause is gone: nothing waits any longer. */
enum err share_task_gone(struct db *db, const struct permit *permit, struct task_id task);

/* Ends every live view of an item that was written on the wrong child: what was received stays with
 * its receiver, marked. permit: ACT_CHILD_CORRECT. */
enum err share_take_back(
    struct db *db, const struct permit *permit, const char *kind, int64_t item);

/* The rest of this feature's face: a yes, and a yes on paper. */
#include "feat/share/paper_views.h"
#include "feat/share/waiver.h"

/* "Skolsköterska och skolläkare, Gnesta barn- och utbildningsnämnd". */
struct str share_place_text(const struct request *rq, struct str regime, struct str authority);

#endif
