/* Plans of the many: a theme that fits the age, the services it needs, and each kind of state in
 * turn. */
#include "feat/demo/demo_in.h"
#include "q_demo_make.h"

#define TURN(n, every, at) ((n) % (every) == (at))

static const struct theme *theme_of(struct rnd *r, int age)
{
	size_t start = (size_t)rnd_below(r, (int)demo_theme_count);

	for (size_t i = 0; i < demo_theme_count; i++) {
		const struct theme *t = &demo_themes[(start + i) % demo_theme_count];

		if (age >= t->age_from && age <= t->age_to)
			return t;
	}
	return &demo_themes[8]; /* a home: for all ages */
}

/* Small children have preschool where the theme says school, and no child health nurse after six.
 */
static enum party fitting(enum party regime, int age)
{
	bool school = regime == PARTY_SCHOOL_TEACHER || regime == PARTY_SCHOOL_PSYCHOSOCIAL ||
		      regime == PARTY_SCHOOL_NURSE;

	if (school && age < 6)
		return PARTY_PRESCHOOL;
	return regime == PARTY_BVC && age >= 6 ? PARTY_SCHOOL_NURSE : regime;
}

static void gather(struct making *m, const struct theme *t)
{
	for (int i = 0; t->regimes[i] != PARTY_ANY && m->n_helpers < HELPERS; i++) {
		enum party regime = fitting(t->regimes[i], m->kid->age);
		struct worker *w = m->kid->daily && m->kid->daily->regime == regime
				       ? m->kid->daily
				       : demo_worker(m->kid->place, regime);
		bool there = w == NULL;

		for (int j = 0; j < m->n_helpers && !there; j++)
			there = m->helpers[j]->drawer.v == w->drawer.v;
		if (!there)
			m->helpers[m->n_helpers++] = w;
	}
}

/* Who of the helpers works under that regime of the theme; NULL: nobody does. */
static struct worker *helper_of(const struct making *m, const struct theme *t, int who)
{
	enum party regime = fitting(t->regimes[who], m->kid->age);

	for (int i = 0; i < m->n_helpers; i++)
		if (m->helpers[i]->regime == regime)
			return m->helpers[i];
	return NULL;
}

static const char *yes_of(int64_t n)
{
	return TURN(n, 10, 4)   ? "asked"
	       : TURN(n, 10, 6) ? "withdrawn"
	       : TURN(n, 10, 8) ? "expired"
				: "valid";
}

static enum err put_needs(struct making *m, const struct theme *t, struct goal_id *goal)
{
	struct worker *lead = m->helpers[0], *last = m->helpers[m->n_helpers - 1];
	struct need_id need;

	TRY(making_need(m, lead, t->area, t->need, false, &need));
	if (rnd_below(&m->r, 3))
		TRY(making_need(m, last, t->area, t->also, false, NULL));
	TRY(making_need(m, last, t->area, t->strengths[0], true, NULL));
	if (rnd_below(&m->r, 2))
		TRY(making_need(m, lead, "relations", t->strengths[1], true, NULL));
	return making_goal(m, lead, need, t->goal, goal);
}

static enum err put_measures(struct making *m, const struct theme *t)
{
	struct goal_id goal;

	TRY(put_needs(m, t, &goal));
	for (int i = 0; i < m->n_helpers && i < 3 && t->kinds[i]; i++)
		TRY(making_measure(m, m->helpers[i], goal, t->kinds[i], t->measures[i],
		    date_add_days(m->opened, 14 * (i + 1)),
		    m->closed ? "ended"
		    : i == 2  ? "planned"
			      : "active"));
	return OK;
}

/* The newest word from a service, as its state wants it; NULL: nothing new. */
static const char *news_of(struct making *m, const struct theme_thread *t, const char *state)
{
	static const char *const waits[] = {
		"Inget nytt än. @ är kvar i kön, och vi ringer när vi vet en dag.",
		"Kön rör sig långsamt. Vi hör av oss då, också om det inte finns något nytt."
	};

	if (str_eq(str_of(state), S("queue")))
		return waits[rnd_below(&m->r, 2)];
	if (str_eq(str_of(state), S("waiting_us")))
		return "Det är vi som ska göra vår del klar. Ni behöver inte göra något just nu.";
	if (str_eq(str_of(state), S("waiting_you")))
		return t->asks;
	return rnd_one_in(&m->r, 6) ? NULL : t->news;
}

/* What has been there longest is active; of the rest each kind of state in turn. */
static const char *state_of(const struct making *m, const struct theme_thread *t, int64_t n, int i)
{
	static const char *const states[] = { "active", "waiting_us", "queue", "waiting_you",
		"active", "decided" };
	const char *state = states[(size_t)(n + i) % 6];

	if (m->closed)
		return "ended";
	return i == 0 || (!t->asks && str_eq(str_of(state), S("waiting_you"))) ? "active" : state;
}

static enum err put_thread(struct making *m, const struct theme_thread *t, const struct worker *by,
    const char *state, int days)
{
	struct date today = m->d->today, since = date_add_days(m->opened, days);

	if (date_cmp(since, today) > 0)
		since = today;
	return making_thread(m, by, t->title, state, since,
	    demo_weekday(date_add_days(today, 2 + rnd_below(&m->r, 40))),
	    m->closed ? NULL : news_of(m, t, state), t->meanwhile);
}

/* What goes on at one of the helpers' for most children. */
static enum err put_common(struct making *m, int64_t n)
{
	const struct worker *by = m->helpers[rnd_below(&m->r, m->n_helpers)];

	for (size_t i = 0; i < demo_common_count; i++)
		if ((enum party)demo_common[i].who == by->regime)
			return put_thread(m, &demo_common[i], by,
			    state_of(m, &demo_common[i], n, 4), 20 + rnd_below(&m->r, 60));
	return OK;
}

/* Two always, the others for most. */
static enum err put_threads(struct making *m, const struct theme *t, int64_t n)
{
	for (int i = 0; i < 4; i++) {
		const struct theme_thread *w = &t->threads[i];
		struct worker *by = helper_of(m, t, w->who);

		if (by && (i < 2 || !rnd_one_in(&m->r, 5)))
			TRY(put_thread(
			    m, w, by, state_of(m, w, n, i), 5 + 12 * i + rnd_below(&m->r, 10)));
	}
	return rnd_one_in(&m->r, 3) ? OK : put_common(m, n);
}

static enum err put_done(struct making *m, const struct theme *t)
{
	int days = date_days_between(m->opened, m->d->today) - 6, n = 0;

	while (n < 8 && t->done[n])
		n++;
	for (int i = 0; i < n; i++) {
		struct date on = date_add_days(m->opened, 3 + days * i / n);

		if (date_cmp(on, date_add_days(m->d->today, -3)) < 0)
			TRY(making_step_done(m, m->helpers[i % m->n_helpers], t->done[i], on));
	}
	return OK;
}

/* What comes after the next step: one to three. */
static enum err put_later(struct making *m, const struct theme *t)
{
	int n = 1 + rnd_below(&m->r, 3);

	for (int i = 0; i < n; i++)
		TRY(making_step(m, &(struct step_now){ .worker = m->helpers[i % m->n_helpers],
				       .words = t->later[i],
				       .minute = -1,
				       .later = true,
				       .due = demo_weekday(date_add_days(
					   m->d->today, 30 + 14 * i + rnd_below(&m->r, 10))) }));
	return OK;
}

static enum err put_next(struct making *m, const struct theme *t, int64_t n)
{
	struct date today = m->d->today;
	bool late = TURN(n, 13, 5), filler = TURN(n, 17, 9);
	int who = filler ? 0 : (int)(n % 3);
	struct step_now s = { .minute = -1 };

	if (who == 2 && !m->kid->n_guardians)
		who = 0;
	s.words = t->next[who];
	s.due = late ? date_add_days(today, -1 - rnd_below(&m->r, 6))
		     : demo_weekday(date_add_days(today, rnd_below(&m->r, 24)));
	if (who == 2)
		s.person = &m->kid->guardians[0];
	else
		s.worker = m->helpers[who % m->n_helpers];
	if (who == 1 && !TURN(n, 4, 0))
		s.minute = 60 * (8 + rnd_below(&m->r, 8));
	if (filler) {
		s.pattern = "pattern_says_next";
		s.words = "says_next";
		s.worker = m->helpers[0];
	}
	TRY(making_step(m, &s));
	return put_later(m, t);
}

/* Of one guardian or of both, each in a box of its own (promise 20). */
static enum err put_letters(struct making *m, int64_t n)
{
	static const char *const asked[][2] = {
		{ "Kan vi flytta mötet till efter klockan fyra?",
		    "Ja, det går bra. Jag skickar en ny tid." },
		{ "@ hade en bra vecka. Är det något vi ska göra annorlunda hemma?",
		    "Vad roligt! Fortsätt precis så. Vi pratar mer när vi ses." },
		{ "Vem ringer jag när du är på semester?",
		    "Min kollega har hand om allt då. Numret står överst på er sida." },
		{ "Får mormor vara med nästa gång?", "Ja, om @ vill. Hon är varmt välkommen." },
		{ "@ vill inte att klassen får veta något. Hur gör ni?",
		    "Bara de som står i planen får veta. Vi säger ingenting i klassen." },
	};
	const struct kid *k = m->kid;
	struct date today = m->d->today;

	for (int i = 0; i < 2; i++) {
		size_t w = (size_t)rnd_below(&m->r, sizeof asked / sizeof asked[0]);
		struct date on = date_add_days(today, -8 - 20 * i);

		if (date_cmp(on, m->opened) > 0 && !rnd_one_in(&m->r, 3))
			TRY(making_letter(m, &k->guardians[0], m->helpers[0], "question",
			    asked[w][0], on, i || TURN(n, 8, 1) ? asked[w][1] : NULL));
	}
	if (TURN(n, 9, 2) && k->n_guardians > 1)
		TRY(making_letter(m, &k->guardians[1], m->helpers[0], "disagree",
		    "Jag vill att vi väntar med detta.", date_add_days(today, -5), NULL));
	return OK;
}

static enum err put_words(struct making *m, int64_t n)
{
	const struct kid *k = m->kid;
	struct date today = m->d->today;

	if (k->n_guardians)
		TRY(put_letters(m, n));
	if (TURN(n, 3, 0) && k->age >= 6)
		TRY(making_voice(m, m->helpers[0], "mood_ok", "Jag vill veta innan det händer.",
		    date_add_days(today, -14), true, TURN(n, 6, 0)));
	if (TURN(n, 7, 3) && k->age >= 6)
		TRY(making_voice(m, m->helpers[0], "mood_tired", NULL,
		    date_add_days(today, TURN(n, 14, 3) ? -9 : -1), false, false));
	if (TURN(n, 5, 2) && k->n_guardians)
		TRY(making_story(m, &k->guardians[0],
		    "@ vill veta i förväg vad som ska hända. Det hjälper att säga det två gånger."));
	if (TURN(n, 8, 5))
		TRY(making_party(m, "Fotbollslaget", "070-174 06 44",
		    "Per telefon: @ är välkommen på torsdagar."));
	return OK;
}

/* OSL 25:12, 26:9: needed for care, treatment or other support of somebody under 18; the need
 * stands in words. */
static enum err put_disclosed(struct making *m)
{
	for (int i = 1; i < m->n_helpers; i++) {
		const struct worker *from = m->helpers[0], *to = m->helpers[i];
		bool health = party_regime(from->regime) == REGIME_HEALTH,
		     social = from->regime == PARTY_SOC;
		bool to_either =
		    party_regime(to->regime) == REGIME_HEALTH || to->regime == PARTY_SOC;

		if (!(health || social) || !to_either || from->drawer.v == to->drawer.v)
			continue;
		return making_needed(m, "plan", m->plan.v, from, to,
		    "De som ger stödet behöver veta vad som är bestämt.", "En gemensam plan",
		    date_cmp(m->opened, date_add_days(m->d->today, -4)) < 0
			? date_add_days(m->opened, 4)
			: m->opened);
	}
	return OK;
}

static enum err put_task(struct making *m)
{
	const struct worker *lead = m->helpers[0], *to = m->helpers[m->n_helpers - 1],
			    *deputy = demo_colleague(m->d, m->kid->place, lead);

	if (to->drawer.v == lead->drawer.v)
		return OK;
	return q_demo_put_task(m->d->db, (struct task_id){ rnd_id(&m->r) }, S("assess_disclosure"),
	    m->kid->id, m->plan, lead->drawer, lead->assignment,
	    deputy ? deputy->assignment : (struct assignment_id){ 0 }, S("plan"),
	    (struct item_id){ m->plan.v }, to->drawer, S("GENERAL"),
	    S("Kan de få veta vad som är bestämt, fast familjen inte har svarat?"),
	    demo_weekday(date_add_days(m->d->today, 3)),
	    demo_at(date_add_days(m->d->today, -1), 0));
}

static enum err put_rest(struct making *m, int64_t n, const char *yes)
{
	const struct worker *colleague = demo_colleague(m->d, m->kid->place, m->helpers[0]);
	bool valid = str_eq(str_of(yes), S("valid"));

	TRY(put_words(m, n));
	if (!valid && m->kid->age < 18)
		TRY(put_disclosed(m));
	if (str_eq(str_of(yes), S("asked")) && !m->closed)
		TRY(put_task(m));
	if (valid && TURN(n, 6, 1) && m->n_helpers > 1)
		TRY(making_sip(m));
	if (colleague && !m->closed && TURN(n, 11, 4))
		return making_handover(m, m->helpers[0], colleague,
		    "Jag byter tjänst. @ vill bli ringd, inte skriven till.", true);
	if (colleague && TURN(n, 11, 7))
		return making_handover(m, colleague, m->helpers[0], "@ bor nu närmare dig.", false);
	return OK;
}

enum err demo_plan(struct demo *d, struct rnd *r, const struct kid *k)
{
	int64_t n = d->plans++;
	const struct theme *t = theme_of(r, k->age);
	struct making m = { .d = d, .r = *r, .kid = k, .closed = TURN(n, 9, 8) };
	const char *yes = yes_of(n);

	gather(&m, t);
	m.opened = date_add_days(d->today, -30 - rnd_below(&m.r, 290));
	if (date_cmp(m.opened, k->who.born) < 0)
		m.opened = k->who.born;
	if (date_cmp(m.opened, date_add_days(d->today, -25)) > 0) /* too new for a yes that ended */
		yes = "valid";
	TRY(making_open(&m));
	TRY(making_waiver(&m, yes, "Alla som hjälper @ ska se samma plan och nästa steg."));
	TRY(put_measures(&m, t));
	TRY(put_threads(&m, t, n));
	TRY(put_done(&m, t));
	if (!m.closed)
		TRY(put_next(&m, t, n));
	TRY(put_rest(&m, n, yes));
	*r = m.r;
	return making_end(&m);
}
