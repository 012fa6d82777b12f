/* Authorities, drawers, units and those who work there. The nine municipalities are real
 * (sweden.md 2.22); units, names and telephone numbers are invented (070-1740605 to -699 belong to
 * nobody: PTS). */
#include "core/calendar.h"
#include "feat/demo/demo_in.h"
#include "q_demo_make.h"

const struct place demo_places[PLACES] = {
	{ .code = "0428", .name = "Vingåker", .of = "Vingåkers", .share = 30, .hub = 5 },
	{ .code = "0461", .name = "Gnesta", .of = "Gnesta", .share = 39, .hub = 2 },
	{ .code = "0480", .name = "Nyköping", .of = "Nyköpings", .share = 186, .hub = 2 },
	{ .code = "0481", .name = "Oxelösund", .of = "Oxelösunds", .share = 38, .hub = 2 },
	{ .code = "0482", .name = "Flen", .of = "Flens", .share = 53, .hub = 5 },
	{ .code = "0483", .name = "Katrineholm", .of = "Katrineholms", .share = 117, .hub = 5 },
	{ .code = "0484", .name = "Eskilstuna", .of = "Eskilstuna", .share = 369, .hub = 6 },
	{ .code = "0486", .name = "Strängnäs", .of = "Strängnäs", .share = 123, .hub = 6 },
	{ .code = "0488", .name = "Trosa", .of = "Trosa", .share = 45, .hub = 2 },
};

/* How many of a thousand children need one under that regime at a time, and how many one person
 * carries. */
static const struct office {
	enum party regime;
	const char *title, *manager, *unit; /* @ is a word, # the municipality */
	int per_mille, carries;
	int staff_of_unit; /* a new unit after so many */
} offices[] = {
	{ PARTY_PRESCHOOL, "förskollärare", "rektor", "@ förskola", 220, 15, 6 },
	{ PARTY_SCHOOL_TEACHER, "lärare", "rektor", "@ skola", 580, 22, 12 },
	{ PARTY_SCHOOL_PSYCHOSOCIAL, "skolkurator", NULL, NULL, 120, 25, 0 },
	{ PARTY_SCHOOL_NURSE, "skolsköterska", NULL, NULL, 60, 25, 0 },
	{ PARTY_SOC, "socialsekreterare", "enhetschef", "Barn och familj #", 150, 20, 20 },
	{ PARTY_MHV, "barnmorska", "vårdenhetschef", "Barnmorskemottagningen #", 30, 25, 20 },
	{ PARTY_BVC, "BVC-sjuksköterska", "vårdenhetschef", "BVC #", 260, 60, 12 },
	{ PARTY_VC, "sjuksköterska", "vårdenhetschef", "Vårdcentralen @", 40, 30, 20 },
	{ PARTY_DENTAL, "tandläkare", "klinikchef", "Folktandvården #", 30, 30, 20 },
	{ PARTY_BUP, "sjuksköterska", "enhetschef", "BUP #", 70, 20, 25 },
	{ PARTY_HAB, "specialpedagog", "enhetschef", "Habiliteringen #", 30, 20, 25 },
};

static enum err put_authority(struct demo *d, struct rnd *r, struct str name, const char *kind,
    const char *code, struct authority_id *out)
{
	*out = (struct authority_id){ rnd_id(r) };
	return q_demo_put_authority(d->db, *out, name, str_of(kind), str_of(code));
}

static enum err put_drawer(
    struct demo *d, struct rnd *r, struct authority_id a, enum party regime, struct drawer_id *out)
{
	*out = (struct drawer_id){ rnd_id(r) };
	return q_demo_put_drawer(d->db, *out, a, str_of(party_code(regime)));
}

static const char *keep(struct demo *d, struct str s)
{
	return str_c(&d->mem, s);
}

static const char *phone(struct demo *d, struct rnd *r)
{
	return keep(d, str_fmt(&d->mem, "070-174 06 %02d", 5 + rnd_below(r, 95)));
}

struct date demo_weekday(struct date day)
{
	return calendar_next_weekday(day);
}

/* Those whom one can be on the start page have names of their own. */
static const char *story_name(
    const struct demo *d, const struct place *p, enum party regime, size_t i)
{
	static const struct {
		enum party regime;
		size_t i;
		const char *name;
	} names[] = { { PARTY_SCHOOL_TEACHER, 0, "Jonas Bergman" },
		{ PARTY_SCHOOL_PSYCHOSOCIAL, 0, "Anna Lindqvist" },
		{ PARTY_SCHOOL_NURSE, 0, "Mia Rahimi" }, { PARTY_SOC, 0, "Leyla Demir" },
		{ PARTY_SOC, 1, "Petra Norell" }, { PARTY_BUP, 0, "Oskar Lund" },
		{ PARTY_PRESCHOOL, 0, "Karin Ahlgren" }, { PARTY_BVC, 0, "Ulla Nieminen" } };

	for (size_t n = 0; p == &d->places[STORY_PLACE] && n < sizeof names / sizeof names[0]; n++)
		if (names[n].regime == regime && names[n].i == i)
			return names[n].name;
	return NULL;
}

/* Somebody at work: person, staff, assignment. w->unit, drawer and authority are given. */
static enum err put_worker(
    struct demo *d, struct rnd *r, struct worker *w, const char *role, const char *title)
{
	if (!w->name)
		w->name = keep(d, str_fmt(&d->mem, "%s %s", demo_given(r, true), demo_family(r)));
	w->person = (struct person_id){ rnd_id(r) };
	w->staff = (struct staff_id){ rnd_id(r) };
	w->assignment = (struct assignment_id){ rnd_id(r) };
	w->phone = phone(d, r);
	TRY(q_demo_put_person(d->db, w->person, (struct str){ 0 }));
	TRY(q_demo_put_staff(d->db, w->staff, w->person, str_of(w->name), str_of(w->phone)));
	return q_demo_put_assignment(d->db, w->assignment, w->staff, w->unit, w->drawer,
	    str_of(role), str_of(title), date_add_days(d->today, -400 - rnd_below(r, 2000)));
}

static enum err put_unit(struct demo *d, struct rnd *r, const struct place *p,
    struct authority_id a, const char *pattern, struct str code, struct unit_id *out)
{
	static const char *const trees[] = { "Eken", "Björken", "Aspen", "Linden", "Rönnen",
		"Tallen", "Granen", "Hasseln", "Almen", "Sälgen", "Oxeln", "Lönnen" };
	bool alone =
	    str_ends(str_of(pattern), S("@")); /* a name by itself, else "Ekbackens skola" */
	const char *word =
	    alone ? trees[rnd_below(r, 12)] : demo_unit_word((size_t)rnd_below(r, 9999));
	struct str name = demo_say(&d->scratch, pattern, word, p->name);

	*out = (struct unit_id){ rnd_id(r) };
	return q_demo_put_unit(d->db, *out, a, name, str_of(p->code),
	    str_fmt(&d->scratch, "070-174 06 %02d", 5 + rnd_below(r, 95)), code);
}

/* A deputy for each, and now and then somebody who is ill: the deputy carries (promise 2). */
static bool is_away(const struct demo *d, const struct place *p, size_t i)
{
	return i % 8 == 5 || (i == 1 && p == &d->places[1]);
}

static enum err deputies(struct demo *d, struct rnd *r, const struct place *p, struct team *t)
{
	for (size_t i = 0; t->n > 1 && i < t->n; i++) {
		struct worker *w = &t->v[i];

		TRY(q_demo_put_deputy(d->db, w->assignment, t->v[(i + 1) % t->n].assignment));
		if (!is_away(d, p, i))
			continue;
		TRY(q_demo_put_absence(d->db, (struct absence_id){ rnd_id(r) }, w->staff,
		    date_add_days(d->today, -4 - rnd_below(r, 20)),
		    date_add_days(d->today, 6 + rnd_below(r, 30))));
	}
	return OK;
}

static size_t team_size(const struct demo *d, const struct place *p, const struct office *o)
{
	int64_t children = d->want * p->share / 1000, load = children * o->per_mille / 1000;

	if (o->regime == PARTY_BUP || o->regime == PARTY_HAB) /* one for three municipalities */
		load *= 3;
	return (size_t)(load / o->carries) + 2;
}

/* The unit where nobody's pattern stands: pupil health works in the schools there are. */
static struct unit_id school_unit(const struct place *p, size_t i)
{
	const struct team *t = &p->teams[PARTY_SCHOOL_TEACHER];

	return t->v[(i * 7) % t->n].unit;
}

static enum err put_team(struct demo *d, struct rnd *r, struct place *p, const struct office *o,
    struct authority_id a, struct drawer_id drawer)
{
	struct team *t = &p->teams[o->regime];
	struct unit_id unit = { 0 };

	t->n = team_size(d, p, o);
	t->v = arena_array(&d->mem, struct worker, t->n);
	for (size_t i = 0; i < t->n; i++) {
		struct worker *w = &t->v[i];

		if (o->unit && i % (size_t)o->staff_of_unit == 0) {
			struct worker boss = {
				.drawer = drawer, .authority = a, .regime = o->regime
			};
			bool school = o->regime == PARTY_SCHOOL_TEACHER;

			bool first = school && i == 0 && p == &d->places[STORY_PLACE];

			TRY(put_unit(d, r, p, a, first ? "Ekbackens skola" : o->unit,
			    school ? str_fmt(&d->scratch, "9%.3s%04zu", p->code + 1, i / 12)
				   : (struct str){ 0 },
			    &unit));
			boss.unit = unit;
			if (o->regime == PARTY_SOC && p == &d->places[STORY_PLACE] && i == 0)
				boss.name = "Marie Öberg";
			TRY(put_worker(d, r, &boss, "manager", o->manager));
			if (o->regime == PARTY_SOC && i == 0)
				p->leader = boss;
		}
		*w = (struct worker){ .unit = o->unit ? unit : school_unit(p, i),
			.drawer = drawer,
			.authority = a,
			.regime = o->regime,
			.name = story_name(d, p, o->regime, i) };
		TRY(put_worker(d, r, w, "professional", o->title));
	}
	arena_rewind(&d->scratch, 0);
	return deputies(d, r, p, t);
}

static enum err terms(struct demo *d, struct authority_id a)
{
	for (int y = d->today.y - 1; y <= d->today.y + 1; y++) {
		int16_t year = (int16_t)y;

		TRY(q_demo_put_term(
		    d->db, a, (struct date){ year, 1, 8 }, (struct date){ year, 6, 12 }));
		TRY(q_demo_put_term(
		    d->db, a, (struct date){ year, 8, 18 }, (struct date){ year, 12, 20 }));
	}
	return OK;
}

static enum err put_administrator(
    struct demo *d, struct rnd *r, struct worker w, struct worker *out)
{
	w.name = out ? "Tor Ek" : NULL;
	TRY(put_worker(d, r, &w, "administrator", "systemförvaltare"));
	if (out)
		*out = w;
	return OK;
}

/* The family centre: four services under one roof, each with its own drawer (sweden.md 4.8). The
 * municipality's own part is a unit of its social services. */
static enum err family_centre(struct demo *d, struct rnd *r, struct place *p)
{
	struct team *t = &p->teams[PARTY_SOC];
	struct worker boss = p->leader, *v;
	struct unit_id unit;

	TRY(put_unit(d, r, p, p->social, "Familjecentralen @", (struct str){ 0 }, &unit));
	boss.name = NULL;
	boss.unit = unit;
	TRY(put_worker(d, r, &boss, "manager", "samordnare"));
	v = arena_array(&d->mem, struct worker, t->n + 2);
	for (size_t i = 0; i < t->n; i++)
		v[i] = t->v[i];
	for (size_t i = t->n; i < t->n + 2; i++) {
		v[i] = (struct worker){ .unit = unit,
			.drawer = boss.drawer,
			.authority = p->social,
			.regime = PARTY_SOC };
		if (p == &d->places[STORY_PLACE] && i == t->n)
			v[i].name = "Fatima Yusuf";
		TRY(put_worker(d, r, &v[i], "professional", "familjestödjare"));
	}
	TRY(q_demo_put_deputy(d->db, v[t->n].assignment, v[t->n + 1].assignment));
	TRY(q_demo_put_deputy(d->db, v[t->n + 1].assignment, v[t->n].assignment));
	t->v = v;
	t->n += 2;
	return OK;
}

static bool is_municipal(enum party regime)
{
	return regime == PARTY_PRESCHOOL || regime == PARTY_SCHOOL_TEACHER ||
	       regime == PARTY_SCHOOL_PSYCHOSOCIAL || regime == PARTY_SCHOOL_NURSE ||
	       regime == PARTY_SOC;
}

static enum err municipality(
    struct demo *d, struct rnd *r, struct place *p, const struct drawer_id *regional)
{
	bool hub = &d->places[p->hub] == p;

	TRY(put_authority(d, r,
	    str_fmt(&d->scratch, "Barn- och utbildningsnämnden i %s kommun", p->of), "board",
	    p->code, &p->school));
	TRY(put_authority(d, r, str_fmt(&d->scratch, "Socialnämnden i %s kommun", p->of), "board",
	    p->code, &p->social));
	TRY(terms(d, p->school));
	for (size_t i = 0; i < sizeof offices / sizeof offices[0]; i++) {
		const struct office *o = &offices[i];
		struct drawer_id drawer = regional[o->regime];
		struct authority_id a = d->region;

		if ((o->regime == PARTY_BUP || o->regime == PARTY_HAB) && !hub)
			continue;
		if (is_municipal(o->regime)) {
			a = o->regime == PARTY_SOC ? p->social : p->school;
			TRY(put_drawer(d, r, a, o->regime, &drawer));
		}
		TRY(put_team(d, r, p, o, a, drawer));
	}
	TRY(family_centre(d, r, p));
	TRY(put_administrator(d, r, p->teams[PARTY_SOC].v[0],
	    p == &d->places[STORY_PLACE] ? &d->administrator : NULL));
	return put_administrator(d, r, p->teams[PARTY_SCHOOL_TEACHER].v[0], NULL);
}

/* A school that no board answers for (SkolL 29:14), and an association: each a drawer of its own.
 */
static enum err others(struct demo *d, struct rnd *r, const char *name, const char *kind,
    const char *unit, enum party regime, const char *title, const char *manager, struct place *p)
{
	struct team *t = &p->teams[regime];
	struct authority_id a;
	struct drawer_id drawer;
	struct worker boss;
	struct unit_id u;

	TRY(put_authority(d, r, str_of(name), kind, p->code, &a));
	TRY(put_drawer(d, r, a, regime, &drawer));
	TRY(put_unit(d, r, p, a, unit, (struct str){ 0 }, &u));
	boss = (struct worker){ .unit = u, .drawer = drawer, .authority = a, .regime = regime };
	TRY(put_worker(d, r, &boss, "manager", manager));
	t->n = 3;
	t->v = arena_array(&d->mem, struct worker, t->n);
	for (size_t i = 0; i < t->n; i++) {
		t->v[i] = (struct worker){
			.unit = u, .drawer = drawer, .authority = a, .regime = regime
		};
		TRY(put_worker(d, r, &t->v[i], "professional", title));
	}
	return deputies(d, r, p, t);
}

/* Who has no BUP or association at home goes to the neighbour's. */
static void borrow(struct demo *d, enum party regime, const struct place *from)
{
	for (int i = 0; i < PLACES; i++) {
		const struct place *of = from ? from : &d->places[d->places[i].hub];

		if (!d->places[i].teams[regime].n)
			d->places[i].teams[regime] = of->teams[regime];
	}
}

enum err demo_org(struct demo *d)
{
	static const enum party health[] = { PARTY_MHV, PARTY_BVC, PARTY_VC, PARTY_BUP, PARTY_HAB,
		PARTY_DENTAL };
	struct rnd r = rnd_of("region", 0);
	struct drawer_id regional[PARTY_COUNT] = { { 0 } };

	TRY(put_authority(d, &r, S("Region Sörmland"), "region", "0004", &d->region));
	for (size_t i = 0; i < sizeof health / sizeof health[0]; i++)
		TRY(put_drawer(d, &r, d->region, health[i], &regional[health[i]]));
	for (int i = 0; i < PLACES; i++) {
		struct rnd own = rnd_of("municipality", i);

		d->places[i] = demo_places[i];
		TRY(municipality(d, &own, &d->places[i], regional));
	}
	TRY(others(d, &r, "Vintergatans friskola AB", "independent", "Vintergatans friskola",
	    PARTY_INDEPENDENT_SCHOOL, "lärare", "rektor", &d->places[2]));
	TRY(others(d, &r, "Föreningen Vid din sida", "association", "Vid din sida", PARTY_NGO,
	    "ledare", "verksamhetschef", &d->places[6]));
	borrow(d, PARTY_BUP, NULL);
	borrow(d, PARTY_HAB, NULL);
	borrow(d, PARTY_NGO, &d->places[6]);
	d->manager = d->places[STORY_PLACE].leader;
	return OK;
}

struct worker *demo_worker(struct place *p, enum party regime)
{
	struct team *t = &p->teams[regime];

	return t->n ? &t->v[t->next++ % t->n] : NULL;
}

struct worker *demo_colleague(struct demo *d, struct place *p, const struct worker *w)
{
	struct team *t = &p->teams[w->regime];

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].assignment.v != w->assignment.v && !is_away(d, p, i))
			return &t->v[i];
	return NULL;
}
