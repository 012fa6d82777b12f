#include "feat/plan/plan_lead.h"

#include "access/version.h"
#include "q_plan_lead.h"

enum err plan_lead_becomes(struct db *db, const struct permit *permit, struct plan_id plan,
    struct assignment_id from, struct assignment_id to)
{
	TRY(q_plan_lead_set(db, permit, plan, from, to));
	TRY(q_plan_lead_step(db, permit, plan, from, to));
	return version_access_plan(db, plan);
}
