#include "feat/share/paper.h"

#include "access/version.h"
#include "core/calendar.h"
#include "q_paper.h"

/* A working week to have seen the paper; then the deputy may too, and a week later it lapses. */
#define PAPER_DAYS 7
#define PAPER_ENDS 14
/* To see that it does not count. */
#define PAPER_TOLD 2

static struct str question_code(enum paper_question kind)
{
	return kind == PAPER_WAIVER ? S("waiver") : S("invitation");
}

enum err paper_second(
    struct db *db, const struct permit *permit, struct arena *mem, struct paper_second *out)
{
	struct date today = permit_day(permit);
	struct q_paper_seconds_list rows;

	TRY(q_paper_seconds(db, permit, mem, &rows));
	*out = (struct paper_second){ .found = rows.n != 0 };
	if (!out->found)
		return OK;
	out->assignment = rows.v[0].id;
	out->name = rows.v[0].name;
	/* Somebody stands behind where there is anybody: the named deputy, else the next of these.
	 * One manager with two assignments is one person. */
	out->deputy = rows.v[0].deputy;
	for (size_t i = 1; i < rows.n && !out->deputy.v; i++)
		if (rows.v[i].staff.v != rows.v[0].staff.v)
			out->deputy = rows.v[i].id;
	out->due = calendar_next_weekday(date_add_days(today, PAPER_DAYS));
	out->ends = calendar_next_weekday(date_add_days(today, PAPER_ENDS));
	return OK;
}

enum err paper_write(struct db *db, const struct permit *permit, const struct paper_note *note,
    const struct paper_second *second)
{
	struct paper_id id = { id_random() };
	struct task_id task = { id_random() };

	must(second->found && note->checked.n);
	TRY(q_paper_task_put(db, permit, task, second->assignment, second->deputy,
	    (struct item_id){ id.v }, second->due));
	TRY(q_paper_put(db, permit, id, question_code(note->kind),
	    (struct item_id){ note->question }, note->person, note->how, note->checked, task,
	    second->ends));
	TRY(version_assignment(db, second->assignment));
	return version_access(db, permit_child(permit));
}

enum err paper_waits(struct db *db, const struct permit *permit, struct arena *mem,
    int64_t question, struct person_id person, bool *out)
{
	struct q_paper_waits row;

	TRY(q_paper_waits(db, permit, mem, (struct item_id){ question }, person, &row));
	*out = row.found;
	return OK;
}

enum err paper_of(struct db *db, const struct permit *permit, struct arena *mem, struct paper_id id,
    struct paper *out)
{
	struct q_paper_one row;

	TRY(q_paper_one(db, permit, mem, id, &row));
	if (!row.found)
		return ERR_NOT_FOUND;
	*out = (struct paper){ .id = row.id,
		.task = row.task,
		.kind = str_eq(row.kind, S("waiver")) ? PAPER_WAIVER : PAPER_INVITATION,
		.question = row.question.v,
		.person = row.person,
		.written_by = row.written_by,
		.how = row.how,
		.checked = row.checked,
		.name = row.name,
		.writer = row.writer,
		.writer_title = row.writer_title,
		.written_ms = row.written_ms,
		.version = row.version,
		.due = row.due,
		.ends = row.ends,
		.child = row.child != 0,
		.decides = row.decides != 0,
		.asked = row.asked != 0 };
	return OK;
}

enum err paper_confirm(struct db *db, const struct permit *permit, const struct paper *p)
{
	TRY(q_paper_answered(db, permit, p->id, S("confirmed"), (struct str){ 0 }, p->version));
	TRY(q_paper_task_answered(db, permit, p->task, S("allowed"), (struct str){ 0 }));
	return version_access(db, permit_child(permit));
}

enum err paper_deny(
    struct db *db, const struct permit *permit, const struct paper *p, struct str words)
{
	struct date due = calendar_next_weekday(date_add_days(permit_day(permit), PAPER_TOLD));

	must(words.n);
	TRY(q_paper_answered(db, permit, p->id, S("denied"), words, p->version));
	TRY(q_paper_task_answered(db, permit, p->task, S("denied"), words));
	TRY(q_paper_not(db, permit, (struct task_id){ id_random() }, p->id, words, due));
	return version_access(db, permit_child(permit));
}

enum err paper_tidy(struct db *db, const struct permit *permit, int64_t question)
{
	TRY(q_paper_gone(db, permit, (struct item_id){ question }));
	return q_paper_tasks_gone(db, permit, (struct item_id){ question });
}

enum err paper_take_back(struct db *db, const struct permit *permit, struct arena *mem,
    int64_t question, bool *was_confirmed)
{
	struct q_paper_mine mine;

	TRY(q_paper_mine(db, permit, mem, (struct item_id){ question }, &mine));
	if (!mine.found)
		return ERR_CONFLICT;
	*was_confirmed = str_eq(mine.state, S("confirmed"));
	TRY(q_paper_back(db, permit, mine.id));
	TRY(q_paper_tasks_gone(db, permit, (struct item_id){ question }));
	return version_access(db, permit_child(permit));
}

enum err paper_tell_lead(struct db *db, const struct permit *permit, struct plan_id plan)
{
	return q_paper_tell_lead(db, permit, (struct task_id){ id_random() }, plan,
	    calendar_next_weekday(date_add_days(permit_day(permit), PAPER_TOLD)));
}

enum err paper_lapse(
    struct db *db, const struct permit *permit, struct arena *mem, struct paper_id id, bool *lapsed)
{
	struct q_paper_late row;

	TRY(q_paper_late(db, permit, mem, id, &row));
	*lapsed = row.found;
	if (!row.found)
		return OK;
	TRY(q_paper_lapsed(db, permit, id));
	TRY(q_paper_task_lapsed(db, permit, id));
	TRY(q_paper_not(db, permit, (struct task_id){ id_random() }, id, (struct str){ 0 },
	    calendar_next_weekday(date_add_days(permit_day(permit), PAPER_TOLD))));
	return version_access(db, row.child);
}
