/* Families: together, apart, with one who decides alone, placed, newly arrived, protected,
 * expecting, grown up. */
#include "auth/seal.h"
#include "core/number.h"
#include "feat/demo/demo_in.h"
#include "q_demo_make.h"

#define COMMIT_EVERY 200 /* families */
#define PLAN_ONE_IN 3
#define SIBLING_ONE_IN 2 /* where one child has a plan, others often have one */

enum shape {
	TOGETHER,
	APART,
	SOLE,
	PLACED,
	GOD_MAN,
	PROTECTED_CHILD,
	PROTECTED_GUARDIAN,
	EXPECTING,
	GROWN
};

/* Kinds take turns, so that the smallest county has one of each. */
static enum shape shape_of(int64_t n)
{
	static const enum shape turns[] = { PROTECTED_CHILD, PROTECTED_GUARDIAN, PLACED, PLACED,
		GOD_MAN, EXPECTING, GROWN, APART, APART, APART, APART, APART, APART, APART, APART,
		SOLE, SOLE, SOLE, SOLE };
	size_t i = (size_t)(n % 40);

	return i < sizeof turns / sizeof turns[0] ? turns[i] : TOGETHER;
}

static enum err put_identity(struct demo *d, struct rnd *r, const struct somebody *s,
    const struct asked *a, struct str number)
{
	struct identity_id id = { rnd_id(r) };
	struct str kind = { 0 }, sealed = { 0 }, index = { 0 };
	struct drawer_id drawer = { 0 };
	bool registered = true;

	if (number.n) {
		struct number read;

		must(number_read(number, d->today, &read));
		kind = str_of(number_kind_code(read.kind));
		number = str_of(read.canonical);
		sealed = seal_close(d->keys, &d->scratch, "identity", id.v, number);
		index = seal_index(d->keys, &d->scratch, keys_newest(d->keys), number);
		registered = read.kind == NUMBER_PERSON;
		TRY(q_demo_put_number(d->db, index, s->person));
	}
	/* Who has no number yet is known by hand, who has a school's number by the school. */
	if (a->child && (!number.n || !registered))
		drawer =
		    a->place
			->teams[number.n ? (a->age < 6 ? PARTY_PRESCHOOL : PARTY_SCHOOL_TEACHER)
					 : PARTY_SOC]
			.v[0]
			.drawer;
	return q_demo_put_identity(d->db, id, s->person,
	    !drawer.v  ? S("register")
	    : number.n ? S("school")
		       : S("hand"),
	    drawer, str_of(s->given), str_of(s->family), s->born, a->expected, kind, sealed, index,
	    a->protection ? str_of(a->protection) : S("none"),
	    date_add_days(d->today, -rnd_below(r, 300)));
}

enum err demo_somebody(struct demo *d, struct rnd *r, struct somebody *s, const struct asked *a)
{
	struct str number = { 0 };

	s->person = (struct person_id){ rnd_id(r) };
	if (!s->given)
		s->given = demo_given(r, !a->child);
	if (!s->family)
		s->family = demo_family(r);
	if (a->age != AGE_UNBORN && !date_known(s->born)) {
		number =
		    numbers_take(d->numbers, r, &d->scratch, d->today, a->age, a->child, &s->born);
		if (a->numberless)
			number = (struct str){ 0 };
	}
	s->phone = a->child ? NULL
			    : str_c(&d->scratch,
				  str_fmt(&d->scratch, "070-174 06 %02d", 5 + rnd_below(r, 95)));
	TRY(q_demo_put_person(d->db, s->person, str_of(s->phone)));
	return put_identity(d, r, s, a, number);
}

enum err demo_child(struct demo *d, struct rnd *r, struct kid *k)
{
	k->id = (struct child_id){ rnd_id(r) };
	d->made++;
	return q_demo_put_child(d->db, k->id, k->who.person, str_of(k->who.given), k->who.born,
	    k->expected, k->shielded, demo_at(date_add_days(d->today, -330), 0), k->place->social);
}

enum err demo_relation(struct demo *d, struct rnd *r, const struct kid *k, const struct somebody *s,
    const char *kind, struct date from, struct date to)
{
	bool registered = str_eq(str_of(kind), S("guardian")) || str_eq(str_of(kind), S("parent"));

	return q_demo_put_relation(d->db, (struct relation_id){ rnd_id(r) }, k->id, s->person,
	    str_of(kind), from, to, registered ? S("register") : S("hand"),
	    registered ? (struct drawer_id){ 0 } : k->place->teams[PARTY_SOC].v[0].drawer,
	    date_add_days(d->today, -rnd_below(r, 200)));
}

enum err demo_engage(struct demo *d, struct rnd *r, const struct kid *k, const struct worker *w,
    const char *how, struct date from)
{
	TRY(q_demo_put_own_name(d->db, (struct identity_id){ rnd_id(r) }, k->id, w->drawer,
	    str_of(k->who.given), str_of(k->who.family), from));
	return q_demo_put_engagement(d->db, (struct engagement_id){ rnd_id(r) }, k->id, w->unit,
	    w->drawer, w->assignment, str_of(how), from, demo_at(from, 10));
}

enum err demo_daily(struct demo *d, struct rnd *r, struct kid *k)
{
	enum party regime = k->age == AGE_UNBORN ? PARTY_MHV
			    : k->age < 2         ? PARTY_BVC
			    : k->age < 6         ? PARTY_PRESCHOOL
						 : PARTY_SCHOOL_TEACHER;
	struct date from = date_add_days(d->today, -100 - rnd_below(r, 200));

	if (k->age > 18)
		return OK;
	k->daily = demo_worker(k->place, regime);
	TRY(demo_engage(d, r, k, k->daily, "import", from));
	if (regime == PARTY_PRESCHOOL)
		TRY(demo_engage(d, r, k, demo_worker(k->place, PARTY_BVC), "import", from));
	return OK;
}

static struct place *place_of(struct demo *d, struct rnd *r)
{
	int at = rnd_below(r, 1000), i = 0;

	while (i < PLACES - 1 && at >= d->places[i].share)
		at -= d->places[i++].share;
	return &d->places[i];
}

struct household {
	enum shape shape;
	struct place *place;
	struct somebody adults[2], carers[2], god_man;
	int n_adults;
	int oldest;
	bool planned; /* a child of theirs has a plan */
};

static enum err put_adults(struct demo *d, struct rnd *r, struct household *h)
{
	int n = h->shape == SOLE || h->shape == GOD_MAN || h->shape == PROTECTED_GUARDIAN ? 1 : 2;

	for (int i = 0; i < n; i++) {
		struct asked a = { .place = h->place,
			.age = (h->oldest < 0 ? 0 : h->oldest) + 23 + rnd_below(r, 14) };

		if (i == 1 && h->shape != APART && rnd_below(r, 3))
			h->adults[i].family = h->adults[0].family;
		if (h->shape == PROTECTED_GUARDIAN)
			a.protection = "skyddad_folkbokforing";
		TRY(demo_somebody(d, r, &h->adults[i], &a));
	}
	h->n_adults = n;
	if (h->shape == PLACED) {
		for (int i = 0; i < 2; i++)
			TRY(demo_somebody(d, r, &h->carers[i],
			    &(struct asked){ .place = h->place, .age = 40 + rnd_below(r, 10) }));
	}
	if (h->shape == GOD_MAN)
		return demo_somebody(
		    d, r, &h->god_man, &(struct asked){ .place = h->place, .age = 45 });
	return OK;
}

/* On the eighteenth birthday the guardians' view ends the same day (FB 9:1). */
static struct date last_day(const struct demo *d, const struct kid *k)
{
	struct date birthday;

	if (k->age < 18)
		return (struct date){ 0 };
	birthday = date_add_months(k->who.born, 12 * 18);
	(void)d;
	return date_add_days(birthday, -1);
}

static enum err put_relations(struct demo *d, struct rnd *r, struct household *h, struct kid *k)
{
	struct date from = k->age == AGE_UNBORN ? date_add_days(d->today, -90) : k->who.born,
		    to = last_day(d, k);
	const char *kind = k->age == AGE_UNBORN ? "parent" : "guardian";

	k->n_guardians = 0;
	for (int i = 0; i < h->n_adults; i++) {
		if (h->shape == GOD_MAN) /* the parents are not here */
			kind = "parent";
		TRY(demo_relation(d, r, k, &h->adults[i], kind, from, to));
		if (h->shape != GOD_MAN && !date_known(to) && k->age != AGE_UNBORN)
			k->guardians[k->n_guardians++] = h->adults[i];
	}
	for (int i = 0; h->shape == PLACED && i < 2; i++)
		TRY(demo_relation(d, r, k, &h->carers[i], "carer", date_add_days(d->today, -300),
		    (struct date){ 0 }));
	if (h->shape == GOD_MAN) {
		TRY(demo_relation(d, r, k, &h->god_man, "god_man", date_add_days(d->today, -120),
		    (struct date){ 0 }));
		k->guardians[k->n_guardians++] = h->god_man;
	}
	return OK;
}

static enum err put_kid(struct demo *d, struct rnd *r, struct household *h, int age)
{
	struct kid k = { .place = h->place, .age = age, .who.family = h->adults[0].family };
	struct asked a = { .place = h->place, .age = age, .child = true };

	k.shielded = h->shape == PROTECTED_CHILD || h->shape == PROTECTED_GUARDIAN;
	a.numberless = h->shape == GOD_MAN;
	if (h->shape == PROTECTED_CHILD)
		a.protection = "sekretessmarkering";
	if (age == AGE_UNBORN) {
		k.who.given = "Barnet";
		a.expected = k.expected = date_add_days(d->today, 30 + rnd_below(r, 150));
	}
	TRY(demo_somebody(d, r, &k.who, &a));
	TRY(demo_child(d, r, &k));
	TRY(put_relations(d, r, h, &k));
	TRY(demo_daily(d, r, &k));
	if (h->shape == PLACED)
		TRY(demo_engage(d, r, &k, demo_worker(k.place, PARTY_SOC), "invitation",
		    date_add_days(d->today, -300)));
	/* Promise 8: a child with a protected person has no digital plan. */
	if (k.shielded || age == AGE_UNBORN ||
	    !(d->made % PLAN_ONE_IN == 0 || h->shape == GOD_MAN || h->shape == GROWN ||
		(h->planned && rnd_one_in(r, SIBLING_ONE_IN))))
		return OK;
	h->planned = true;
	return demo_plan(d, r, &k);
}

static enum err put_family(struct demo *d, int64_t n)
{
	struct rnd r = rnd_of("family", n);
	struct household h = { .shape = shape_of(n) };
	int kids = 1 + (rnd_below(&r, 2) ? 0 : 1 + rnd_one_in(&r, 4)), age;

	h.place = place_of(d, &r);
	h.oldest = age = h.shape == GROWN       ? 18
			 : h.shape == GOD_MAN   ? 15 + rnd_below(&r, 2)
			 : h.shape == EXPECTING ? AGE_UNBORN
						: rnd_below(&r, 18);
	TRY(put_adults(d, &r, &h));
	for (int i = 0; i < kids && d->made < d->want && age >= AGE_UNBORN; i++) {
		TRY(put_kid(d, &r, &h, age));
		if (h.shape == GROWN || h.shape == GOD_MAN || h.shape == EXPECTING)
			break;
		age -= 2 + rnd_below(&r, 3);
		if (age < 0)
			break;
	}
	return OK;
}

enum err demo_families(struct demo *d)
{
	for (int64_t n = 0; d->made < d->want; n++) {
		size_t mark = arena_mark(&d->scratch);

		TRY(put_family(d, n));
		arena_rewind(&d->scratch, mark);
		if (n % COMMIT_EVERY == COMMIT_EVERY - 1) {
			TRY(db_commit(d->db));
			TRY(db_begin(d->db, DB_WRITE));
			if (d->progress)
				d->progress(d->to, d->made, d->want);
		}
	}
	return OK;
}
