#include "feat/climb/climb.h"

#include <inttypes.h>

#include "access/access.h"
#include "core/calendar.h"
#include "feat/share/share.h"
#include "feat/voice/voice.h"
#include "q_climb.h"

/* Days between one rung and the next; a task's own answer is due the next working day. */
#define RUNG_DAYS 2
#define LETTER_DAYS 3
#define MANAGER_DAYS 7

struct climb_found {
	struct q_climb_gone_list gone;
	struct q_climb_papers_list papers;
	struct q_climb_shielded_list shielded;
	struct q_climb_voices_list voices[3];
	struct q_climb_letters_list letters[2]; /* [1]: for the manager; so in those below */
	struct q_climb_fillers_list fillers[2];
	struct q_climb_silent_list silent[2];
};

struct round {
	struct db *db;
	struct arena *mem;
	const struct permit *permit;
	struct climb_made *made;
};

/* What a task is about; assignment 0: nobody at that rung. */
struct cause {
	const char *kind, *item_kind;
	int64_t item;
	struct child_id child;
	struct plan_id plan;
	struct date on;
};

/* The rest comes in a minute. */
static bool full(const struct round *r)
{
	return r->made->n >= CLIMB_ROUND;
}

/* What a job does is on record as what a person does (promise 6): whose child, what, to whom. */
static void record(
    const struct round *r, struct child_id child, const char *item, int64_t id, struct str note)
{
	r->made->v[r->made->n++] = (struct book_entry){ .kind = BOOK_CHANGE,
		.child = child.v,
		.act = str_of(act_info(ACT_TASK_ANSWER)->code),
		.item = str_of(item),
		.item_id = id,
		.why = str_of(stand_code(STAND_JOB)),
		.outcome = S("ok"),
		.note = note };
}

/* Between the search and now somebody may have read, answered or told something new. */
static enum err still(const struct round *r, const struct cause *c, bool *out)
{
	struct q_climb_still row;

	TRY(q_climb_still(r->db, r->permit, r->mem, str_of(c->item_kind),
	    (struct item_id){ c->item }, c->on, &row));
	*out = row.found;
	return OK;
}

static enum err task(const struct round *r, const struct cause *c, struct assignment_id who)
{
	struct share_climb climb = { c->kind, c->item_kind, c->item, c->child, c->plan, who,
		calendar_next_weekday(date_add_days(permit_day(r->permit), 1)), c->on };
	struct task_id made;

	if (!who.v)
		return OK;
	TRY(share_task_climb(r->db, r->permit, r->mem, &climb, &made));
	if (made.v)
		record(r, c->child, "task", made.v,
		    str_fmt(r->mem, "made:%s:to:%" PRId64, c->kind, who.v));
	return OK;
}

static enum err rung(const struct round *r, const struct q_climb_voices *v, int number)
{
	TRY(voice_climbed(r->db, r->permit, v->voice, number));
	record(r, v->child, "voice", v->voice.v, str_fmt(r->mem, "climbed:%d", number));
	return OK;
}

static enum err gone(const struct round *r, const struct q_climb_gone_list *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		TRY(share_task_gone(r->db, r->permit, rows->v[i].task));
		record(r, rows->v[i].child, "task", rows->v[i].task.v,
		    str_fmt(r->mem, "gone:%.*s", STR(rows->v[i].kind)));
	}
	return OK;
}

/* A yes on paper that nobody has seen in time opens nothing, and who wrote it is told. */
static enum err papers(const struct round *r, const struct q_climb_papers_list *rows)
{
	for (size_t i = 0; i < rows->n && !full(r); i++) {
		bool lapsed;

		TRY(paper_lapse(r->db, r->permit, r->mem, rows->v[i].paper, &lapsed));
		if (lapsed)
			record(r, rows->v[i].child, "paper", rows->v[i].paper.v, S("lapsed"));
	}
	return OK;
}

/* Lead, deputy, manager: each two days after the one before. A rung with nobody on it is passed at
 * once. */
static enum err voices(const struct round *r, const struct q_climb_voices_list *rows, int n)
{
	for (size_t i = 0; i < rows->n && !full(r); i++) {
		const struct q_climb_voices *v = &rows->v[i];
		struct cause c = { "read_voice", "voice", v->voice.v, v->child, v->plan, v->cause };
		bool stands;

		TRY(still(r, &c, &stands));
		if (!stands)
			continue;
		/* The lead who is the reader knows already: its deputy or manager comes next. */
		if (n == 1 && v->lead.v != v->reader.v)
			TRY(task(r, &c, v->lead));
		else if (n > 1)
			TRY(task(r, &c, n == 2 ? v->deputy : v->manager));
		TRY(rung(r, v, n));
	}
	return OK;
}

static enum err one(const struct round *r, const struct cause *c, struct assignment_id who)
{
	bool stands;

	TRY(still(r, c, &stands));
	return stands ? task(r, c, who) : OK;
}

/* No digital plan any longer: who carries it follows the routine, on paper (promise 8). */
static enum err shielded(const struct round *r, const struct q_climb_shielded_list *rows)
{
	for (size_t i = 0; i < rows->n && !full(r); i++) {
		const struct q_climb_shielded *p = &rows->v[i];
		struct cause c = { "protected", "plan", p->plan.v, p->child, p->plan,
			permit_day(r->permit) };

		TRY(one(r, &c, p->lead));
	}
	return OK;
}

static enum err letters(const struct round *r, const struct q_climb_letters_list *rows, int manager)
{
	for (size_t i = 0; i < rows->n && !full(r); i++) {
		const struct q_climb_letters *l = &rows->v[i];
		struct cause c = { "read_voice", "letter", l->letter.v, l->child, l->plan,
			date_of_ms(l->sent_ms) };
		struct assignment_id lead = l->lead.v ? l->lead : l->reader;

		TRY(one(r, &c, manager ? l->manager : lead));
	}
	return OK;
}

static enum err fillers(const struct round *r, const struct q_climb_fillers_list *rows, int manager)
{
	for (size_t i = 0; i < rows->n && !full(r); i++) {
		const struct q_climb_fillers *f = &rows->v[i];
		struct cause c = { "say_next", "step", f->step.v, f->child, f->plan, f->cause };

		TRY(one(r, &c, manager ? f->manager_of : f->lead));
	}
	return OK;
}

static enum err silent(const struct round *r, const struct q_climb_silent_list *rows, int manager)
{
	for (size_t i = 0; i < rows->n && !full(r); i++) {
		const struct q_climb_silent *t = &rows->v[i];
		struct cause c = { "silence", "thread", t->thread.v, t->child, t->plan, t->cause };

		TRY(one(r, &c, manager ? t->manager_of : t->lead));
	}
	return OK;
}

static bool anything(const struct climb_found *f)
{
	size_t n = f->gone.n + f->papers.n + f->shielded.n;

	for (int i = 0; i < 3; i++)
		n += f->voices[i].n;
	for (int i = 0; i < 2; i++)
		n += f->letters[i].n + f->fillers[i].n + f->silent[i].n;
	return n > 0;
}

enum err climb_find(
    struct db *db, struct arena *mem, int64_t now_ms, const struct climb_found **out)
{
	const struct permit *permit = access_job(mem, ACT_TASK_ANSWER, now_ms);
	struct climb_found *f = arena_new(mem, struct climb_found);
	struct date day = permit_day(permit);

	*out = NULL;
	TRY(q_climb_gone(db, permit, mem, CLIMB_ROUND / 2, &f->gone));
	TRY(q_climb_papers(db, permit, mem, CLIMB_ROUND / 2, &f->papers));
	TRY(q_climb_shielded(db, permit, mem, CLIMB_ROUND / 2, &f->shielded));
	for (int n = 1; n <= 3; n++)
		TRY(q_climb_voices(db, permit, mem, CLIMB_ROUND, n,
		    date_add_days(day, -RUNG_DAYS * (n - 1)), &f->voices[n - 1]));
	for (int manager = 0; manager < 2; manager++) {
		struct date before = date_add_days(day, manager ? -MANAGER_DAYS : 0);
		struct date sent = date_add_days(day, manager ? -MANAGER_DAYS : -LETTER_DAYS);

		TRY(q_climb_letters(db, permit, mem, CLIMB_ROUND, date_start_ms(sent), manager,
		    &f->letters[manager]));
		TRY(q_climb_fillers(
		    db, permit, mem, CLIMB_ROUND, before, manager, &f->fillers[manager]));
		TRY(q_climb_silent(
		    db, permit, mem, CLIMB_ROUND, before, manager, &f->silent[manager]));
	}
	if (anything(f))
		*out = f;
	return OK;
}

enum err climb_make(struct db *db, struct arena *mem, int64_t now_ms, const struct climb_found *f,
    struct climb_made *made)
{
	struct round r = { db, mem, access_job(mem, ACT_TASK_ANSWER, now_ms), made };

	/* A voice's rung is a task and a step up: one more than CLIMB_ROUND at most. */
	*made = (struct climb_made){ arena_array(mem, struct book_entry, CLIMB_ROUND + 1), 0 };
	TRY(gone(&r, &f->gone));
	TRY(papers(&r, &f->papers));
	TRY(shielded(&r, &f->shielded));
	for (int n = 1; n <= 3; n++)
		TRY(voices(&r, &f->voices[n - 1], n));
	for (int manager = 0; manager < 2; manager++)
		TRY(letters(&r, &f->letters[manager], manager));
	for (int manager = 0; manager < 2; manager++)
		TRY(fillers(&r, &f->fillers[manager], manager));
	for (int manager = 0; manager < 2; manager++)
		TRY(silent(&r, &f->silent[manager], manager));
	return OK;
}
