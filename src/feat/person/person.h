/*
 * Who is meant: persons, their numbers, what each source says of them, children and who stands
 * around a child. Owner of the tables person, identity and person_number, and the only writer of
 * child's birth, relation and engagement by import or hand-over.
 *
 * Promise 8: one person per number, so no open twin; protection is raised by an import and never
 * lowered; unknown is not none. Promise 7: registering somebody the installation knows already
 * attaches silently; a drawer sees its own source's facts, the register's and the family's.
 *
 * permit of all writing calls: ACT_CHILD_REGISTER, ACT_CHILD_CORRECT or ACT_QUARANTINE_ANSWER, a
 * reader's or a job's (access_job). All of them run inside the caller's DB_WRITE or savepoint.
 */
#ifndef PERSON_H
#define PERSON_H

#include <stdbool.h>

#include "access/access.h"
#include "auth/keys.h"
#include "core/number.h"

enum person_source {
	SOURCE_REGISTER, /* the population register: no drawer */
	SOURCE_SCHOOL,   /* a school's import */
	SOURCE_CARE,     /* a patient register's import */
	SOURCE_HAND,     /* entered by somebody who said how they know, and when they checked */
	SOURCE_FAMILY    /* the family's own words: no drawer */
};
const char *person_source_code(enum person_source s); /* "school", as the table says */

/* From the weakest to the strongest. Unknown is a missing or unreadable mark: treated as protected
 * (sweden.md 1.61). */
enum person_protection {
	PERSON_NONE,
	PERSON_UNKNOWN,
	PERSON_SEKRETESSMARKERING,    /* OSL 22:1 */
	PERSON_SKYDDAD_FOLKBOKFORING, /* folkbokföringslagen 16 § */
	PERSON_FINGERADE              /* lag (1991:483) */
};
const char *person_protection_code(enum person_protection p);
bool person_protection_of_code(struct str code, enum person_protection *out);

/* What one source says of one person. Texts are borrowed. */
struct person_facts {
	enum person_source source;
	struct drawer_id drawer; /* who holds it; zero for the register and the family */
	struct str external_id;  /* the source's own id; empty: none */
	struct str given, family;
	struct date born;     /* unknown: not known; never taken from a coordination number */
	struct date expected; /* an expected child */
	const struct number *number; /* NULL: none; else a valid one */
	enum person_protection protection;
	struct date checked; /* when the source was asked */
};

/* Who has this number; v = 0: nobody here. Also for ACT_CHILD_FIND. */
enum err person_find_by_number(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct number *number, struct person_id *out);

/*
 * Notes what a source says. *person v = 0: the person who has the number, else somebody new.
 * The source's own row is made or changed; protection only goes up; PERSON_UNKNOWN becomes
 * none where the register or the same drawer by hand says none. Children around are shielded in
 * the same transaction. *changed (may be NULL): something else than the day of checking is new.
 * ERR_CONFLICT: the number is another person's, or this person has another number.
 */
enum err person_put(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct person_facts *f, struct person_id *person, bool *changed);

/*
 * A person says, having checked with a source on a day, what protection holds: the only way down.
 * Changes the rows that this drawer holds itself; what the register or other drawers say stands.
 */
enum err protection_say(struct db *db, const struct permit *permit, struct arena *mem,
    struct person_id person, struct drawer_id drawer, enum person_protection says,
    struct date checked);

/* What the reader has marked by hand in this request: somebody else says whether it holds. *any:
 * there is something to ask. permit: ACT_CHILD_REGISTER. */
enum err protection_marked(
    struct db *db, const struct permit *permit, struct arena *mem, bool *any);
enum err protection_marks_to(struct db *db, const struct permit *permit, struct task_id task);
/* Somebody else's answer: it holds; or not, as the register said on that day. Then what the drawer
 * wrote by hand is lowered, and nothing else: not the register's word, an import's or another
 * drawer's. permit: ACT_TASK_ANSWER. ERR_CONFLICT: answered, or the reader's own mark. */
enum err protection_mark_answer(struct db *db, const struct permit *permit, struct arena *mem,
    struct task_id task, bool holds, struct date checked);

/* What the family calls the child: its own word, which a drawer reads where it has noted no name
 * itself and the register is silent (promise 7: never what another drawer wrote). permit:
 * ACT_CHILD_NAME. ERR_CONFLICT: changed since. */
struct child_called {
	struct str given, family; /* family: empty until the family has said it */
	int64_t version;
};
enum err child_called(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_called *out);
enum err child_call(struct db *db, const struct permit *permit, struct arena *mem,
    const struct child_called *called);

/* The child that this person is: found, or made with controller as the authority that answers for
 * the record (GDPR art. 4(7)). called: what the family calls the child. *made may be NULL. Shields
 * it at once where it must be. */
enum err child_attach(struct db *db, const struct permit *permit, struct arena *mem,
    struct person_id person, struct str called, struct date born, struct date expected,
    struct authority_id controller, struct child_id *out, bool *made);

/* Somebody around the child, from a source with the day it was checked. Where the same relation
 * goes on already only the day of checking moves. kind: "guardian", "carer", "god_man", "parent",
 * "other". Raises the child's access_version; shields it where this person is protected. */
struct relation_facts {
	struct child_id child;
	struct person_id person;
	struct str kind;
	struct date from, to; /* to unknown: goes on */
	enum person_source source;
	struct drawer_id drawer;
	struct date checked;
	bool unproven; /* the word of one who is new to a child that others know: gives no view
			  (0040) */
};
enum err relation_set(struct db *db, const struct permit *permit, struct arena *mem,
    const struct relation_facts *r, bool *changed);
/* The relation has ended: its last day is `last`. */
enum err relation_end(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct person_id person, struct str kind, struct date last);
/* The same for this one row, by a person who has checked. permit: ACT_QUARANTINE_ANSWER.
 * ERR_CONFLICT: it has ended, or begins later. */
enum err relation_end_one(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct relation_id relation, struct date last);

/* A person has decided that this number is this person's too (a coordination number before, a
 * temporary one). ERR_CONFLICT: it is somebody else's. */
enum err person_number_add(struct db *db, const struct permit *permit, struct arena *mem,
    const struct keys *keys, const struct number *number, struct person_id person);
/* The master key changes hands: seals the numbers of up to PERSON_KEYS_MOST persons anew, in the
 * caller's DB_WRITE. *after: the last person seen (v = 0 at first); *n: persons done; *bad: numbers
 * that do not open or collide, left as they are. Nothing done and none bad: the end. An operator's
 * command, no reader: it shows nothing. */
#define PERSON_KEYS_MOST 200
enum err person_keys_renew(struct db *db, struct arena *mem, const struct keys *keys,
    struct person_id *after, size_t *n, size_t *bad);
/* The same for numbers that are only somebody's too (person_number_add), after the above. */
enum err person_keys_renew_numbers(struct db *db, struct arena *mem, const struct keys *keys,
    struct person_id *after, size_t *n, size_t *bad);
/* This source's id for the person is another's after all. */
enum err person_external_drop(struct db *db, const struct permit *permit, struct arena *mem,
    struct person_id person, enum person_source source, struct drawer_id drawer);

/* The assignment takes the child in from that day, by import; nothing changes where it has an open
 * engagement already. The only door to a child inside a drawer (promise 3). */
enum err child_engage(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct assignment_id assignment, struct date from, bool *changed);
/* The engagement that an import opened for the assignment ends after its last day; that of who
 * carries the child's plan stays until it is handed over (promise 2). */
enum err child_disengage(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct assignment_id assignment, struct date last, bool *changed);

/* A manager's answer to an engagement that somebody opened by themselves: works with the child, and
 * what came before opens; or not, and the engagement ends at once. permit: ACT_TASK_ANSWER.
 * ERR_CONFLICT: no such engagement. */
enum err child_engagement_answered(struct db *db, const struct permit *permit,
    struct child_id child, struct engagement_id engagement, bool works);

/* The reader has accepted a hand-over: the child's door is open to them from today, and all of
 * their drawer that an engagement by oneself kept closed. permit: ACT_HANDOVER_ANSWER. */
enum err child_take_over(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child);

/* child.shielded as the facts say now; raises access_version when it changed. */
enum err protection_recompute(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child);
/* For every child that this person is or stands around: siblings too. */
enum err protection_recompute_around(
    struct db *db, const struct permit *permit, struct arena *mem, struct person_id person);

#endif
