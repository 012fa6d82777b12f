#include "feat/handover/handover.h"

#include "access/version.h"
#include "feat/handover/carrier.h"
#include "feat/person/person.h"
#include "feat/plan/plan.h"
#include "q_handover.h"

enum err handover_ask(struct db *db, const struct permit *permit, struct arena *mem,
    struct plan_id plan, struct assignment_id receiver, struct str words)
{
	struct q_handover_plan p;
	struct q_handover_receivers_list all;
	struct carrier c;
	bool one = false;

	TRY(q_handover_plan(db, permit, mem, plan, permit_since_ms(permit), &p));
	TRY(carrier_of_plan(db, mem, plan, permit_day(permit), &c));
	if (c.assignment.v != permit_assignment(permit).v &&
	    p.lead.v != permit_assignment(permit).v)
		return ERR_DENIED; /* only who carries it gives it on */
	TRY(q_handover_receivers(db, permit, mem, plan, &all));
	for (size_t i = 0; i < all.n; i++)
		one = one || all.v[i].assignment.v == receiver.v;
	if (!one)
		return ERR_INVALID;
	TRY(plan_hold_open(db, permit, plan));
	TRY(q_handover_add(
	    db, permit, (struct handover_id){ id_random() }, plan, p.lead, receiver, words));
	return version_assignment(db, receiver);
}

enum err handover_take_back(
    struct db *db, const struct permit *permit, struct handover_id h, int64_t version)
{
	return q_handover_take_back(db, permit, h, version);
}

enum err handover_accept(struct db *db, const struct permit *permit, struct arena *mem,
    struct handover_id h, int64_t version, struct child_id *child, bool *open)
{
	struct q_handover_one_asked row;

	TRY(q_handover_one_asked(db, permit, mem, h, &row));
	*child = row.child;
	if (!str_eq(row.state, S("asked")) || row.version != version)
		return ERR_CONFLICT;
	*open = row.open != 0;
	if (!*open)
		return OK;
	TRY(q_handover_accept(db, permit, h, version));
	TRY(child_take_over(db, permit, mem, row.child));
	return plan_lead_becomes(db, permit, row.plan, row.giver, permit_assignment(permit));
}

enum err handover_decline(struct db *db, const struct permit *permit, struct arena *mem,
    struct handover_id h, int64_t version, struct str why)
{
	struct q_handover_one_asked row;

	TRY(q_handover_one_asked(db, permit, mem, h, &row));
	return q_handover_decline(db, permit, h, version, why);
}

enum err handover_give_all(struct db *db, const struct permit *permit, struct arena *mem,
    struct assignment_id lead, struct assignment_id receiver, struct str words, int *asked)
{
	struct q_handover_of_lead_list plans;

	*asked = 0;
	TRY(q_handover_of_lead(db, permit, mem, lead, &plans));
	for (size_t i = 0; i < plans.n; i++) {
		struct q_handover_colleagues_list who;
		bool one = false;

		if (plans.v[i].asked)
			continue; /* somebody has the question already */
		TRY(q_handover_colleagues(db, permit, mem, plans.v[i].drawer, lead, &who));
		for (size_t k = 0; k < who.n; k++)
			one = one || who.v[k].assignment.v == receiver.v;
		if (!one)
			continue; /* another drawer's plan: that needs a yes */
		TRY(plan_hold_open(db, permit, plans.v[i].plan));
		TRY(q_handover_add_for(db, permit, (struct handover_id){ id_random() },
		    plans.v[i].plan, receiver, words));
		++*asked;
	}
	return *asked ? version_assignment(db, receiver) : OK;
}

enum err handover_plan_closed(struct db *db, const struct permit *permit, struct plan_id plan)
{
	return q_handover_plan_closed(db, permit, plan);
}

enum err handover_waiting(struct db *db, const struct permit *permit, struct arena *mem, int64_t *n)
{
	struct q_handover_count row;

	TRY(q_handover_count(db, permit, mem, &row));
	*n = row.n;
	return OK;
}
