#include "access/version.h"

#include "q_version.h"

enum err version_access(struct db *db, struct child_id child)
{
	return q_version_child(db, child);
}

enum err version_access_plan(struct db *db, struct plan_id plan)
{
	return q_version_plan(db, plan);
}

enum err version_person(struct db *db, struct person_id person)
{
	return q_version_person(db, person);
}

enum err version_assignment(struct db *db, struct assignment_id of)
{
	return q_version_assignment(db, of);
}

enum err version_covered(struct db *db, struct assignment_id of, struct assignment_id before)
{
	return q_version_covered(db, of, before);
}
