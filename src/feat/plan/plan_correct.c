#include "feat/plan/plan_correct.h"

#include "feat/plan/plan.h"
#include "q_plan_correct.h"

enum err plan_take_back_step(
    struct db *db, const struct permit *permit, struct arena *mem, struct step_id step)
{
	struct q_plan_correct_step s;
	struct plan_next fill;
	bool next;

	TRY(q_plan_correct_step(db, permit, mem, step, &s));
	next = str_eq(s.state, S("next"));
	TRY(q_plan_correct_step_gone(db, permit, step));
	if (!next)
		return OK;
	fill = plan_filler(s.lead, permit_day(permit));
	TRY(q_plan_correct_filler(db, permit, s.plan, s.last_step + 1,
	    (struct step_id){ id_random() }, s.drawer, fill.pattern, fill.words, fill.due,
	    fill.assignment));
	return q_plan_correct_points(db, permit, s.plan, s.last_step + 1);
}

enum err plan_take_back_need(struct db *db, const struct permit *permit, struct need_id need)
{
	TRY(q_plan_correct_goals(db, permit, need));
	return q_plan_correct_need_gone(db, permit, need);
}
