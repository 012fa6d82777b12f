#include "feat/climb/climb.h"

#include "access/access.h"
#include "core/calendar.h"
#include "q_climb.h"

/* Days between one rung and the next; a task's own answer is due the next working day. */
#define RUNG_DAYS 2
#define LETTER_DAYS 3
#define MANAGER_DAYS 7

struct round {
	struct db *db;
	struct arena *mem;
	const struct permit *permit;
	size_t *made;
};

/* What a task is about; assignment 0: nobody at that rung. */
struct cause {
	const char *kind, *item_kind;
	int64_t item;
	struct child_id child;
	struct plan_id plan;
	struct date on;
};

static enum err task(const struct round *r, const struct cause *c, struct assignment_id who)
{
	struct date day = permit_day(r->permit);

	if (!who.v)
		return OK;
	TRY(q_climb_task(r->db, r->permit, (struct task_id){ id_random() }, str_of(c->kind),
	    c->child, c->plan, who, str_of(c->item_kind), (struct item_id){ c->item },
	    calendar_next_weekday(date_add_days(day, 1)), c->on));
	++*r->made;
	return OK;
}

static struct round round_of(struct db *db, struct arena *mem, int64_t now_ms, size_t *made)
{
	return (struct round){ db, mem, access_job(mem, ACT_TASK_ANSWER, now_ms), made };
}

/* Lead, deputy, manager: each two days after the one before. A rung with nobody on it is passed at
 * once. */
static enum err voices(const struct round *r)
{
	struct date day = permit_day(r->permit);

	for (int rung = 1; rung <= 3; rung++) {
		struct q_climb_voices_list rows;

		TRY(q_climb_voices(r->db, r->permit, r->mem, rung,
		    date_add_days(day, -RUNG_DAYS * (rung - 1)), &rows));
		for (size_t i = 0; i < rows.n; i++) {
			const struct q_climb_voices *v = &rows.v[i];
			struct cause c = { "read_voice", "voice", v->voice.v, v->child, v->plan,
				v->cause };

			/* The lead who is the reader knows already: its deputy or manager comes
			 * next. */
			if (rung == 1 && v->lead.v != v->reader.v)
				TRY(task(r, &c, v->lead));
			else if (rung > 1)
				TRY(task(r, &c, rung == 2 ? v->deputy : v->manager));
			TRY(q_climb_voice_rung(r->db, r->permit, v->voice, rung));
		}
	}
	return OK;
}

static enum err letters(const struct round *r, int days, bool manager)
{
	int64_t before = date_start_ms(date_add_days(permit_day(r->permit), -days));
	struct q_climb_letters_list rows;

	TRY(q_climb_letters(r->db, r->permit, r->mem, before, manager, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_climb_letters *l = &rows.v[i];
		struct cause c = { "read_voice", "letter", l->letter.v, l->child, l->plan,
			date_of_ms(l->sent_ms) };
		struct assignment_id lead = l->lead.v ? l->lead : l->reader;

		TRY(task(r, &c, manager ? l->manager : lead));
	}
	return OK;
}

static enum err fillers(const struct round *r, int days, bool manager)
{
	struct q_climb_fillers_list rows;

	TRY(q_climb_fillers(
	    r->db, r->permit, r->mem, date_add_days(permit_day(r->permit), -days), manager, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_climb_fillers *f = &rows.v[i];
		struct cause c = { "say_next", "step", f->step.v, f->child, f->plan, f->cause };

		TRY(task(r, &c, manager ? f->manager_of : f->lead));
	}
	return OK;
}

static enum err silent(const struct round *r, int days, bool manager)
{
	struct q_climb_silent_list rows;

	TRY(q_climb_silent(
	    r->db, r->permit, r->mem, date_add_days(permit_day(r->permit), -days), manager, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_climb_silent *t = &rows.v[i];
		struct cause c = { "silence", "thread", t->thread.v, t->child, t->plan, t->cause };

		TRY(task(r, &c, manager ? t->manager_of : t->lead));
	}
	return OK;
}

enum err climb_run(struct db *db, struct arena *mem, int64_t now_ms, size_t *made)
{
	struct round r = round_of(db, mem, now_ms, made);

	*made = 0;
	TRY(q_climb_close(db, r.permit));
	TRY(voices(&r));
	TRY(letters(&r, LETTER_DAYS, false));
	TRY(letters(&r, MANAGER_DAYS, true));
	TRY(fillers(&r, 0, false));
	TRY(fillers(&r, MANAGER_DAYS, true));
	TRY(silent(&r, 0, false));
	return silent(&r, MANAGER_DAYS, true);
}
