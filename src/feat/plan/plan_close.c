#include "feat/plan/plan_close.h"

#include "access/version.h"
#include "q_plan_close.h"

enum err plan_close(struct db *db, const struct permit *permit, struct plan_id plan,
    int64_t version, const struct plan_closing *c)
{
	TRY(q_plan_close_set(db, permit, plan, version, c->came, c->view, c->no_view, c->call));
	if (c->next_done)
		TRY(q_plan_close_done(db, permit, plan));
	TRY(q_plan_close_dropped(db, permit, plan));
	return version_access(db, permit_child(permit));
}

enum err plan_close_goal(struct db *db, const struct permit *permit, struct plan_id plan,
    struct goal_id goal, struct str result)
{
	return q_plan_close_goal(db, permit, plan, goal, result);
}

enum err plan_layer_add(struct db *db, const struct permit *permit, struct plan_id plan,
    struct layer_id id, const struct plan_layer *l)
{
	/* SoL 10:8 and HSL 16:4 name the blocks; without the consent it is no SIP but a plan
	 * together. */
	if (str_eq(l->kind, S("sip")) &&
	    (!l->measures.n || !l->who.n || !l->others.n || !l->main.n || !l->consent.v))
		return ERR_CONFLICT;
	return q_plan_layer_add(db, permit, id, plan, l->kind, l->from, l->to, l->measures, l->who,
	    l->others, l->main, l->consent);
}
