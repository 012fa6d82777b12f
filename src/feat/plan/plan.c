#include "feat/plan/plan.h"

#include "core/calendar.h"
#include "msg.h"
#include "q_plan.h"

/* A filler gives the lead a working week to say what happens next. */
#define FILLER_DAYS 7

struct str plan_say(
    struct arena *mem, const struct i18n *lang, struct date today, const struct plan_sentence *s)
{
	struct msg_arg args[] = { msg_arg_text(s->who), msg_arg_date(s->due),
		msg_arg_text(s->words), msg_arg_text(s->child) };
	enum msg m;

	if (s->pattern.n && msg_of_key(s->pattern, &m))
		return i18n_text(mem, lang, today, (int)m, args, 4);
	return s->words;
}

/* The step that the program itself puts there (promise 1): the lead says what happens next. */
static struct plan_next filler(struct assignment_id lead, struct date today)
{
	return (struct plan_next){ .pattern = S("pattern_says_next"),
		.words = S("says_next"),
		.due = calendar_next_weekday(date_add_days(today, FILLER_DAYS)),
		.due_minute = -1,
		.assignment = lead };
}

/* Who may not see the step may not know of it: the same answer as for none (promise 7; OSL 12:3). */
static enum err may_see(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, bool harm)
{
	struct q_plan_step_seen seen;

	if (permit_family(permit))
		return harm && permit_stand(permit) != STAND_SELF ? ERR_NOT_FOUND : OK;
	TRY(q_plan_step_seen(db, permit, mem, step, permit_since_ms(permit), &seen));
	return seen.found ? OK : ERR_NOT_FOUND;
}

enum err plan_step_done(struct db *db, const struct permit *permit, struct arena *mem,
    struct step_id step, int64_t version, const struct plan_next *next)
{
	struct q_plan_step_next now;
	struct plan_next fill;
	bool named = next && next->words.n;

	TRY(q_plan_step_next(db, permit, mem, step, &now));
	TRY(may_see(db, permit, mem, step, now.harm != 0));
	if (now.version != version)
		return ERR_CONFLICT;
	fill = filler(now.lead, permit_day(permit));
	if (!named)
		next = &fill;
	TRY(q_plan_step_mark_done(db, permit, now.plan, now.number, version));
	TRY(q_plan_step_add(db, permit, now.plan, now.last_step + 1,
	    (struct step_id){ id_random() }, now.drawer, next->pattern, next->words, next->reason,
	    next->place, next->due, next->due_minute < 0 ? 0 : next->due_minute,
	    next->due_minute < 0, next->assignment, next->person, next->party, named ? 0 : 1));
	TRY(q_plan_points_at(db, permit, now.plan, now.last_step + 1, now.plan_version));
	return q_plan_child_changed(db, permit);
}
