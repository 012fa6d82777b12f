/*
 * Keys: who may do what to whom. No permit, no query. access_permit decides on facts read by its
 * own queries; access_holds asks, before the answer leaves, whether what it decided on still
 * stands.
 *
 * Law: OSL 8:1-2 (walls), 12:1 and 12:3 (the child and its guardians), FB 6:11 and 6:13; PDL 4:1
 * (inner secrecy: only who takes part). Who may not know of a child gets ERR_NOT_FOUND, the same as
 * for a child that does not exist (promise 7).
 */
#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "core/act.h"
#include "core/ids.h"
#include "db/db.h"

/* Who is asking: what the session says. All zero: the public. Texts live in the loading arena. */
struct actor {
	struct session_id session;
	struct person_id person;
	int64_t person_version; /* of what the person may see */
	int64_t org_version;    /* of units and staff (migrations/0046_stamp.sql) */
	int64_t session_ends_ms;
	/* The assignment worn now; zero for family. */
	struct staff_id staff;
	struct assignment_id assignment;
	struct unit_id unit;
	struct drawer_id drawer;
	struct authority_id authority;
	struct str regime, role, staff_name, title, unit_name;
	struct str lang; /* chosen language; empty: ask the browser */
};

/* How the reader stands to the child: what the book says as the why, and what policy decides on. */
enum stand {
	STAND_NONE,
	STAND_SELF,       /* the child itself */
	STAND_GUARDIAN,   /* with the right to decide (FB 6:11) */
	STAND_CARER,      /* family home */
	STAND_GOD_MAN,    /* special representative, acts as guardian */
	STAND_ENGAGEMENT, /* staff with an engagement */
	STAND_DEPUTY,     /* staff for a colleague who is away */
	STAND_MANAGER,
	STAND_ADMIN,
	STAND_JOB, /* a job of the program: jobs have no reader */
};
const char *stand_code(enum stand s); /* "guardian", for the book and the log */

/* One child that a permit speaks of. */
struct subject_child {
	struct child_id child;
	int64_t version; /* access_version it was decided on */
	int64_t content_version;
	enum stand stand;
	struct date born; /* unknown: expected, or not known */
	bool shielded;    /* promise 8: no digital plan */
};

struct permit; /* closed: only access.c makes one */

/* Finds the actor behind a session token's hash; all zero (and OK) when there is none that holds
 * now. */
enum err access_actor(
    struct db *db, struct arena *mem, struct str token_hash, int64_t now_ms, struct actor *out);

/*
 * May this actor do this now? child: the subject where the act has one (v = 0 otherwise). *out
 * lives in mem. ERR_NOT_FOUND: may not even know that the child exists, or nobody signed in may.
 * ERR_DENIED: may know of the child, may not do this; also when the child is shielded
 * (permit_shielded on *out, which is set then too).
 */
enum err access_permit(struct db *db, struct arena *mem, const struct actor *actor, enum act act,
    struct child_id child, int64_t now_ms, const struct permit **out);
/* A permit for a job or a command on this machine; it has no reader and no child. */
const struct permit *access_job(struct arena *mem, enum act act, int64_t now_ms);
/* Is the day, the session's time, that it was decided for not over? */
bool access_in_time(const struct permit *p, int64_t now_ms);
/* Does everything it was decided on still hold? ERR_RETRY: no, decide again. */
enum err access_holds(struct db *db, struct arena *mem, const struct permit *p, int64_t now_ms);

/* The child that something in a path belongs to; noun: "plan", "step" ... v = 0: none. */
enum err access_child_of(
    struct db *db, struct arena *mem, const char *noun, int64_t id, struct child_id *out);

/* must() unless the permit was made for this act, or for one of these n acts. */
void permit_need(const struct permit *p, enum act act);
void permit_need_any(const struct permit *p, const enum act *acts, int n);
struct child_id permit_child(const struct permit *p);           /* v = 0: not about one child */
struct person_id permit_actor(const struct permit *p);          /* v = 0: the public, a job */
struct staff_id permit_staff(const struct permit *p);           /* v = 0: not staff */
struct assignment_id permit_assignment(const struct permit *p); /* v = 0: not staff */
struct drawer_id permit_drawer(const struct permit *p);         /* the assignment's drawer */
struct unit_id permit_unit(const struct permit *p);
struct date permit_day(const struct permit *p); /* civil day in Sweden */
int64_t permit_now_ms(const struct permit *p);
/* How the reader stands to the child; for acts on oneself the role. */
enum stand permit_stand(const struct permit *p);
bool permit_family(const struct permit *p);   /* the reader is the child, a guardian or a carer */
bool permit_shielded(const struct permit *p); /* the child has a protected person */
/* The child's age that day; -1: unknown or not born. */
int permit_age(const struct permit *p);
/* Content before this instant is closed (an engagement by oneself, not yet confirmed); 0: all open.
 */
int64_t permit_since_ms(const struct permit *p);
/* Children of a family reader (acts on oneself): those that this reader may see, youngest first. */
const struct subject_child *permit_children(const struct permit *p, size_t *n);
/* Everything it was decided on and for, as bytes in mem: two permits with the same stamps open the
 * same page (web/kept.h). Empty: it is about no child, so nothing tells when its page is old. */
struct str permit_stamps(const struct permit *p, struct arena *mem);
/* The subject itself (acts on one child); NULL otherwise. */
const struct subject_child *permit_subject(const struct permit *p);

#endif
