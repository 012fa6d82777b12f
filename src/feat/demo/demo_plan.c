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

static const char *yes_of(int64_t n)
{
	return TURN(n, 10, 4)   ? "asked"
	       : TURN(n, 10, 6) ? "withdrawn"
	       : TURN(n, 10, 8) ? "expired"
				: "valid";
}

static enum err put_measures(struct making *m, const struct theme *t)
{
	struct need_id need;
	struct goal_id goal;

	TRY(making_need(m, m->helpers[0], t->area, t->need, false, &need));
	TRY(making_need(m, m->helpers[m->n_helpers - 1], t->area, t->strength, true, NULL));
	TRY(making_goal(m, m->helpers[0], need, t->goal, &goal));
	for (int i = 0; i < m->n_helpers && i < 3 && t->kinds[i]; i++)
		TRY(making_measure(m, m->helpers[i], goal, t->kinds[i], t->measures[i],
		    date_add_days(m->opened, 14 * (i + 1)),
		    m->closed ? "ended"
		    : i == 2  ? "planned"
			      : "active"));
	return OK;
}

static enum err put_threads(struct making *m, const struct theme *t, int64_t n)
{
	static const char *const states[] = { "active", "waiting_us", "queue", "waiting_you",
		"active", "decided" };
	struct date today = m->d->today;

	for (int i = 0; i < m->n_helpers && i < 3 && t->threads[i]; i++) {
		const char *state = m->closed ? "ended"
				    : i == 0  ? "active"
					      : states[(size_t)(n + i) % 6];
		bool waits = str_eq(str_of(state), S("queue"));
		struct date since = date_add_days(m->opened, 5 + rnd_below(&m->r, 10));

		if (date_cmp(since, today) > 0)
			since = today;
		TRY(making_thread(m, m->helpers[i], t->threads[i], state, since,
		    demo_weekday(date_add_days(today, 2 + rnd_below(&m->r, 40))),
		    waits ? "Inget nytt än. Vi hör av oss då." : NULL,
		    waits || i ? t->meanwhile : NULL));
	}
	return OK;
}

static enum err put_done(struct making *m, const struct theme *t)
{
	int days = date_days_between(m->opened, m->d->today) - 6, n = 0;

	while (n < 5 && t->done[n])
		n++;
	for (int i = 0; i < n; i++) {
		struct date on = date_add_days(m->opened, 3 + days * i / n);

		if (date_cmp(on, date_add_days(m->d->today, -3)) < 0)
			TRY(making_step_done(m, m->helpers[i % m->n_helpers], t->done[i], on));
	}
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
	if (!TURN(n, 3, 0))
		return OK;
	s = (struct step_now){ .worker = m->helpers[0],
		.words = "invite|alla som hjälper @",
		.minute = -1,
		.later = true,
		.due = demo_weekday(date_add_days(today, 40)) };
	return making_step(m, &s);
}

static enum err put_words(struct making *m, int64_t n)
{
	const struct kid *k = m->kid;
	struct date today = m->d->today;

	if (TURN(n, 4, 1) && k->n_guardians)
		TRY(making_letter(m, &k->guardians[0], m->helpers[0], "question",
		    "Kan vi flytta mötet till efter klockan fyra?", date_add_days(today, -8),
		    TURN(n, 8, 1) ? "Ja, det går bra. Jag skickar en ny tid." : NULL));
	if (TURN(n, 9, 2) && k->n_guardians > 1)
		TRY(making_letter(m, &k->guardians[1], m->helpers[0], "disagree",
		    "Jag vill att vi väntar med detta.", date_add_days(today, -5), NULL));
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
