#include "feat/handover/carrier.h"

#include "q_carrier.h"

enum carrier_how carrier_choose(const struct carrier_facts *f)
{
	if (f->lead_here)
		return CARRIER_LEAD;
	if (f->deputy_here)
		return CARRIER_DEPUTY;
	return f->manager_here ? CARRIER_MANAGER : CARRIER_NOBODY;
}

static enum err find(struct db *db, struct arena *mem, struct plan_id plan, struct assignment_id of,
    struct date day, struct carrier *out)
{
	struct q_carrier_facts r;
	struct carrier_facts f;

	TRY(q_carrier_facts(db, mem, plan, of, day, &r));
	f = (struct carrier_facts){ r.in_force && !r.away, r.deputy.v && r.deputy_here,
		r.manager.v != 0 };
	*out = (struct carrier){ .how = carrier_choose(&f),
		.assignment = r.lead,
		.lead = r.lead,
		.name = r.name,
		.title = r.title,
		.unit = r.unit,
		.phone = r.phone,
		.lead_name = r.name,
		.back = r.away ? r.back : (struct date){ 0 },
		.lead_left = !r.in_force };
	if (out->how == CARRIER_DEPUTY) {
		out->assignment = r.deputy;
		out->name = r.deputy_name;
		out->title = r.deputy_title;
		out->unit = r.deputy_unit;
		out->phone = r.deputy_phone;
	} else if (out->how == CARRIER_MANAGER) {
		out->assignment = r.manager;
		out->name = r.manager_name;
		out->title = r.manager_title;
		out->phone = r.manager_phone;
	}
	return OK;
}

enum err carrier_of_plan(
    struct db *db, struct arena *mem, struct plan_id plan, struct date day, struct carrier *out)
{
	return plan.v ? find(db, mem, plan, (struct assignment_id){ 0 }, day, out) : ERR_NOT_FOUND;
}

enum err carrier_of_assignment(
    struct db *db, struct arena *mem, struct assignment_id of, struct date day, struct carrier *out)
{
	return find(db, mem, (struct plan_id){ 0 }, of, day, out);
}
