/* Tasks that other features ask of a named person. */
#include "core/calendar.h"
#include "feat/person/person.h"
#include "feat/share/share.h"
#include "q_share_task.h"

/* A working week to confirm. */
#define CONFIRM_DAYS 7

enum err share_task_confirm(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct engagement_id engagement, struct str reason)
{
	struct q_share_task_manager manager;

	TRY(q_share_task_manager(db, permit, mem, &manager));
	if (!manager.found)
		return OK; /* nobody to tell: the folder stays closed until somebody engaged there
			      confirms */
	return q_share_task_put(db, permit, (struct task_id){ id_random() }, child,
	    manager.assignment, manager.deputy, S("engagement"), (struct item_id){ engagement.v },
	    reason, calendar_next_weekday(date_add_days(permit_day(permit), CONFIRM_DAYS)));
}

enum err share_task_mark(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child)
{
	struct task_id task = { id_random() };
	struct q_share_task_seconds_list who;
	struct assignment_id deputy;
	bool any;

	TRY(protection_marked(db, permit, mem, &any));
	if (!any)
		return OK;
	TRY(q_share_task_seconds(db, permit, mem, &who));
	if (who.n == 0)
		return OK; /* nobody to ask: the mark holds (docs/roadmap.md) */
	deputy = who.v[0].deputy;
	for (size_t i = 1; i < who.n && !deputy.v; i++)
		if (who.v[i].staff.v != who.v[0].staff.v)
			deputy = who.v[i].assignment;
	TRY(q_share_task_mark_put(db, permit, task, child, who.v[0].assignment, deputy,
	    (struct item_id){ permit_assignment(permit).v },
	    calendar_next_weekday(date_add_days(permit_day(permit), CONFIRM_DAYS))));
	return protection_marks_to(db, permit, task);
}

enum err share_task_climb(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_climb *c, struct task_id *made)
{
	struct task_id id = { id_random() };
	struct q_share_task_made row;

	TRY(q_share_task_climb(db, permit, id, str_of(c->kind), c->child, c->plan, c->to,
	    str_of(c->item_kind), (struct item_id){ c->item }, c->due, c->cause));
	TRY(q_share_task_made(db, permit, mem, id, &row));
	*made = row.found ? id : (struct task_id){ 0 };
	return OK;
}

enum err share_task_gone(struct db *db, const struct permit *permit, struct task_id task)
{
	return q_share_task_gone(db, permit, task);
}
