#include "feat/demo/demo_make.h"

#include "feat/demo/demo_in.h"
#include "q_demo_make.h"

#define MEM_BYTES ((size_t)256 << 20)
#define SCRATCH_BYTES ((size_t)16 << 20)

int64_t demo_at(struct date d, int minutes)
{
	return date_start_ms(d) + (9 * 60 + minutes) * INT64_C(60000);
}

static enum err in_scope(struct demo *d, enum err (*make)(struct demo *d))
{
	enum err e;

	TRY(db_begin(d->db, DB_WRITE));
	e = make(d);
	if (e != OK) {
		(void)db_rollback(d->db, DB_WRITE);
		return e;
	}
	return db_commit(d->db);
}

static enum err make_all(struct demo *d)
{
	TRY(in_scope(d, demo_org));
	TRY(in_scope(d, demo_stories));
	return in_scope(d, demo_families);
}

enum err demo_build(struct db *db, const struct demo_options *o)
{
	struct demo d = { .db = db, .keys = o->keys, .today = o->today, .want = o->children };
	enum err e;

	if (o->children < DEMO_LEAST || o->children > DEMO_MOST)
		return ERR_INVALID;
	d.progress = o->progress;
	d.to = o->to;
	arena_init(&d.mem, MEM_BYTES);
	arena_init(&d.scratch, SCRATCH_BYTES);
	d.numbers = numbers_new(&d.mem);
	e = make_all(&d);
	arena_fini(&d.scratch);
	arena_fini(&d.mem);
	return e;
}

/* --- looks --- */

#define LOOK_DAYS 21

static struct book_entry look_entry(const struct q_demo_lookers *w)
{
	struct book_entry e = { .kind = BOOK_LOOK,
		.child = w->child.v,
		.actor = w->person.v,
		.staff = w->staff.v,
		.assignment = w->assignment.v,
		.unit = w->unit.v,
		.outcome = S("ok") };

	e.act = w->own ? S("plan.read") : S("child.show");
	e.item = S("plan");
	e.item_id = w->plan.v;
	e.why = w->own ? S("guardian") : S("engagement");
	return e;
}

/* Each day some of them look, in the order of the days: the book's instants only go forward. */
static enum err look_days(
    struct book *book, struct rnd *r, const struct q_demo_lookers_list *who, struct date today)
{
	int made = 0;

	for (int day = LOOK_DAYS; day > 0 && made < LOOKS_MOST; day--) {
		struct book_entry batch[LOOKS_MOST / LOOK_DAYS];
		size_t n = 0;

		while (n < sizeof batch / sizeof batch[0])
			batch[n++] = look_entry(&who->v[rnd_below(r, (int)who->n)]);
		clock_set_ms(demo_at(date_add_days(today, -day), rnd_below(r, 400)));
		TRY(book_append(book, batch, n));
		made += (int)n;
	}
	return OK;
}

enum err demo_looks(struct db *db, struct book *book, struct date today)
{
	struct arena mem;
	struct q_demo_lookers_list who;
	struct rnd r = rnd_of("looks", 0);
	enum err e;

	arena_init(&mem, (size_t)16 << 20);
	e = q_demo_lookers(db, &mem, today, &who);
	if (e == OK && who.n)
		e = look_days(book, &r, &who, today);
	clock_set_ms(0);
	arena_fini(&mem);
	return e;
}
