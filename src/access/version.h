/*
 * What pages that are being made were decided on. Whoever changes what somebody may see says so
 * here, in the same transaction and by no query of its own: access_holds then finds the page stale
 * before it leaves, and it is made again (promise 5). That something of the child is other than it
 * was needs no word: the database stamps it (content_version, migrations/0046_stamp.sql).
 *
 * No permit is asked: the caller's change had one, and a version only grows. ERR_CONFLICT: no such
 * child or person.
 */
#ifndef ACCESS_VERSION_H
#define ACCESS_VERSION_H

#include "base/err.h"
#include "core/ids.h"
#include "db/db.h"

/* Somebody may see more or less of the child than before. */
enum err version_access(struct db *db, struct child_id child);
/* The same, for the child whose plan it is. */
enum err version_access_plan(struct db *db, struct plan_id plan);
/* This person may see something else than before. */
enum err version_person(struct db *db, struct person_id person);
/* The same, for the person behind an assignment. */
enum err version_assignment(struct db *db, struct assignment_id of);
/* And for all whom a change of that assignment reaches: its person, who covers it now, and before
 * (0: nobody) who did before. */
enum err version_covered(struct db *db, struct assignment_id of, struct assignment_id before);

#endif
