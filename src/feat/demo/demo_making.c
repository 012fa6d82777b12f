/* One plan being made: each thing in it with its drawer, its owner and, where the family said yes,
 * who else may read it. */
#include "access/consent.h"
#include "feat/demo/demo_in.h"
#include "i18n/i18n.h"
#include "q_demo_make.h"
#include "web/sentence.h"

#define WAIVER_DAYS 364

static struct date later(struct date a, struct date b)
{
	return date_cmp(a, b) > 0 ? a : b;
}

static struct str said(struct making *m, const char *text)
{
	if (!text)
		return (struct str){ 0 };
	return demo_say(&m->d->scratch, text, m->kid->who.given, m->helpers[0]->name);
}

enum err making_open(struct making *m)
{
	const struct worker *lead = m->helpers[0];
	struct demo *d = m->d;
	int64_t at = demo_at(m->opened, 0);

	m->plan = (struct plan_id){ rnd_id(&m->r) };
	m->yes_to = d->today;
	/* The next step is named last, in making_end; the database looks at the commit. */
	TRY(q_demo_put_plan(d->db, m->plan, m->kid->id, lead->drawer, S("open"), lead->assignment,
	    1, false, m->opened, date_add_days(m->opened, -20 - rnd_below(&m->r, 60)),
	    (struct date){ 0 }, (struct str){ 0 }, (struct str){ 0 }, (struct str){ 0 },
	    (struct str){ 0 }, 0, at, lead->authority));
	for (int i = 0; i < m->n_helpers; i++)
		TRY(demo_engage(d, &m->r, m->kid, m->helpers[i], "invitation", m->opened));
	return q_demo_put_invitation(d->db, (struct invitation_id){ rnd_id(&m->r) }, m->kid->id,
	    lead->assignment, m->plan,
	    said(m, "Vi vill göra en plan tillsammans, så att alla vet vad som händer."),
	    (struct date){ 0 }, S("yes"),
	    m->kid->n_guardians ? m->kid->guardians[0].person : m->kid->who.person, at - 86400000,
	    at, false);
}

/* --- a yes to sharing --- */

static enum err put_answers(struct making *m, const char *state, int64_t at)
{
	bool asked = str_eq(str_of(state), S("asked")),
	     withdrawn = str_eq(str_of(state), S("withdrawn"));
	const struct kid *k = m->kid;
	struct demo *d = m->d;

	for (int i = 0; i < k->n_guardians; i++) {
		/* Of two, the second has not answered yet; one who takes it back is enough. */
		bool waits = asked && i == k->n_guardians - 1;
		const char *says = waits ? "asked" : withdrawn && i == 0 ? "withdrawn" : "yes";

		TRY(q_demo_put_waiver_answer(d->db, m->waiver, k->guardians[i].person, str_of(says),
		    waits ? 0 : at, waits, waits ? (struct str){ 0 } : S("signed_in")));
	}
	if (k->age < 15) /* from 15 the child agrees itself (sweden.md 1.37) */
		return OK;
	return q_demo_put_waiver_answer(d->db, m->waiver, k->who.person,
	    asked ? S("asked") : S("yes"), asked ? 0 : at, asked,
	    asked ? (struct str){ 0 } : S("signed_in"));
}

static bool drawer_before(const struct making *m, int i)
{
	for (int j = 0; j < i; j++)
		if (m->helpers[j]->drawer.v == m->helpers[i]->drawer.v)
			return true;
	return false;
}

enum err making_waiver(struct making *m, const char *state, const char *purpose)
{
	bool asked = str_eq(str_of(state), S("asked")),
	     withdrawn = str_eq(str_of(state), S("withdrawn"));
	bool expired = str_eq(str_of(state), S("expired"));
	struct demo *d = m->d;
	bool view;
	struct date last;
	struct date from = asked ? date_add_days(d->today, -3) : date_add_days(m->opened, 2);
	struct date to = expired ? date_add_days(d->today, -12) : date_add_days(from, WAIVER_DAYS);
	int64_t at = demo_at(from, 30),
		ended = withdrawn ? demo_at(date_add_days(d->today, -9), 200) : 0;

	if (date_cmp(from, d->today) > 0) /* a child born yesterday */
		from = d->today, at = demo_at(from, 30);
	m->waiver = (struct waiver_id){ rnd_id(&m->r) };
	view = m->kid->age >= 12 || rnd_one_in(&m->r, 2);
	last = waiver_holds_to(waiver_ages_usual(), m->kid->who.born, view, d->today);
	if (m->kid->age >= 0 && date_cmp(last, to) < 0)
		to = last;
	TRY(q_demo_put_waiver(d->db, m->waiver, m->kid->id, m->helpers[0]->assignment,
	    said(m, purpose), S("plan"), from, to, expired ? S("valid") : str_of(state),
	    view ? S("agrees") : S("unknown"), at - 3600000, asked ? 0 : at, asked, ended,
	    ended == 0));
	for (int i = 0; i < m->n_helpers; i++) {
		if (drawer_before(m, i))
			continue;
		TRY(q_demo_put_waiver_drawer(d->db, m->waiver, m->helpers[i]->drawer, S("holder")));
		TRY(q_demo_put_waiver_drawer(
		    d->db, m->waiver, m->helpers[i]->drawer, S("recipient")));
	}
	TRY(put_answers(m, state, at));
	if (!asked) {
		m->yes_on = from;
		m->yes_to = withdrawn ? date_add_days(d->today, -10) : expired ? to : d->today;
	}
	return making_share(m, "plan", m->plan.v, m->helpers[0], S("En gemensam plan"), m->opened);
}

enum err making_share(struct making *m, const char *kind, int64_t item, const struct worker *from,
    struct str received, struct date on)
{
	struct demo *d = m->d;

	on = later(on, m->yes_on);
	if (!date_known(m->yes_on) || date_cmp(on, m->yes_to) > 0)
		return OK;
	for (int i = 0; i < m->n_helpers; i++) {
		const struct worker *to = m->helpers[i];

		if (to->drawer.v == from->drawer.v || drawer_before(m, i))
			continue;
		TRY(q_demo_put_disclosure(d->db, (struct disclosure_id){ rnd_id(&m->r) },
		    m->kid->id, str_of(kind), (struct item_id){ item }, from->drawer, to->drawer,
		    S("WAIVER"), m->waiver, (struct str){ 0 }, received, from->assignment,
		    demo_at(on, 40)));
	}
	return OK;
}

enum err making_needed(struct making *m, const char *kind, int64_t item, const struct worker *from,
    const struct worker *to, const char *need, const char *received, struct date on)
{
	bool social = from->regime == PARTY_SOC;

	return q_demo_put_disclosure(m->d->db, (struct disclosure_id){ rnd_id(&m->r) }, m->kid->id,
	    str_of(kind), (struct item_id){ item }, from->drawer, to->drawer,
	    social ? S("SOCIAL_U18") : S("HEALTH_U18"), (struct waiver_id){ 0 }, said(m, need),
	    said(m, received), from->assignment, demo_at(on, 45));
}

/* --- steps --- */

enum err making_step_done(
    struct making *m, const struct worker *by, const char *words, struct date on)
{
	struct step_id id = { rnd_id(&m->r) };
	struct str text = said(m, words);
	struct demo *d = m->d;

	TRY(q_demo_put_step(d->db, m->plan, ++m->last_step, id, by->drawer, S("done"),
	    (struct str){ 0 }, text, (struct str){ 0 }, (struct str){ 0 }, on, 0, true,
	    by->assignment, (struct person_id){ 0 }, (struct party_id){ 0 }, 0, 0,
	    demo_at(on, 60 + rnd_below(&m->r, 300)), false, by->person,
	    demo_at(date_add_days(on, -10), 0)));
	return making_share(m, "step", id.v, by, text, date_add_days(on, -10));
}

/* "meet|@": the pattern_ and what fills it; without the bar free text, or what the pattern given
 * says. */
static struct str pattern_of(struct making *m, const struct step_now *s, struct str *words)
{
	struct str text = said(m, s->words), rest = text, first = str_cut(&rest, '|');

	*words = rest.n ? rest : text;
	return rest.n ? str_fmt(&m->d->scratch, "pattern_%.*s", STR(first)) : str_of(s->pattern);
}

enum err making_step(struct making *m, const struct step_now *s)
{
	const struct worker *holder = s->worker ? s->worker : m->helpers[0];
	struct step_id id = { rnd_id(&m->r) };
	struct demo *d = m->d;
	struct str words, pattern = pattern_of(m, s, &words), received;
	bool filler = str_eq(pattern, S("pattern_says_next"));
	struct date made = later(m->opened, date_add_days(d->today, -8));

	if (!s->later)
		m->next_step = m->last_step + 1;
	TRY(q_demo_put_step(d->db, m->plan, ++m->last_step, id, holder->drawer,
	    s->later ? S("later") : S("next"), pattern, words, said(m, s->reason),
	    said(m, s->place), s->due, s->minute < 0 ? 0 : s->minute, s->minute < 0,
	    s->worker ? s->worker->assignment : (struct assignment_id){ 0 },
	    s->worker ? (struct person_id){ 0 } : s->person->person, (struct party_id){ 0 }, filler,
	    s->harm, 0, true, (struct person_id){ 0 }, demo_at(made, 0)));
	if (s->harm) /* shared with nobody: somebody has to assess it first */
		return OK;
	received = plan_say(&d->scratch, i18n_langs[0], made,
	    &(struct plan_sentence){ pattern, words,
		s->worker ? str_of(s->worker->name) : str_of(s->person->given),
		str_of(m->kid->who.given), s->due, s->minute, { 0 }, false });
	return making_share(m, "step", id.v, holder, received, made);
}

/* --- what the plan holds --- */

enum err making_need(struct making *m, const struct worker *w, const char *area, const char *words,
    bool strength, struct need_id *out)
{
	struct need_id id = { rnd_id(&m->r) };
	struct str text = said(m, words);

	TRY(q_demo_put_need(m->d->db, id, m->plan, w->drawer, str_of(area), text, strength,
	    demo_at(m->opened, 20)));
	if (out)
		*out = id;
	return making_share(m, "need", id.v, w, text, m->opened);
}

enum err making_goal(struct making *m, const struct worker *w, struct need_id need,
    const char *words, struct goal_id *out)
{
	struct goal_id id = { rnd_id(&m->r) };
	struct str text = said(m, words);

	TRY(q_demo_put_goal(m->d->db, id, m->plan, w->drawer, need, text,
	    demo_weekday(date_add_days(m->d->today, 30 + rnd_below(&m->r, 60))),
	    demo_at(m->opened, 25)));
	if (out)
		*out = id;
	return making_share(m, "goal", id.v, w, text, m->opened);
}

enum err making_measure(struct making *m, const struct worker *w, struct goal_id goal,
    const char *kind, const char *words, struct date from, const char *state)
{
	bool ended = str_eq(str_of(state), S("ended")),
	     planned = str_eq(str_of(state), S("planned"));
	struct measure_id id = { rnd_id(&m->r) };
	struct str text = said(m, words);
	struct q_demo_kind k;
	struct demo *d = m->d;
	struct date to = ended     ? date_add_days(d->today, -7)
			 : planned ? date_add_days(from, 120)
				   : (struct date){ 0 };

	TRY(q_demo_kind(d->db, &d->scratch, str_of(kind), &k));
	must(k.found);
	TRY(q_demo_put_measure(d->db, id, m->kid->id, m->plan, w->drawer, goal, str_of(kind), text,
	    k.layer, k.area, w->unit, w->assignment, from, to, str_of(state),
	    ended ? S("Det hjälpte, och vi fortsätter på egen hand.") : (struct str){ 0 },
	    demo_at(m->opened, 35)));
	return making_share(m, "measure", id.v, w, text, m->opened);
}

enum err making_thread(struct making *m, const struct worker *w, const char *title,
    const char *state, struct date since, struct date next, const char *next_words,
    const char *meanwhile)
{
	struct thread_id id = { rnd_id(&m->r) };
	struct str text = said(m, title);

	if (str_eq(str_of(state), S("ended")))
		next = (struct date){ 0 };
	TRY(q_demo_put_thread(m->d->db, id, m->kid->id, m->plan, w->drawer, w->unit, w->assignment,
	    text, str_of(state), since, next, said(m, next_words), said(m, meanwhile),
	    later(since, date_add_days(m->d->today, -3 - rnd_below(&m->r, 40))), demo_at(since, 0),
	    w->authority));
	return making_share(m, "thread", id.v, w, text, since);
}

/* --- what people write --- */

enum err making_letter(struct making *m, const struct somebody *by, const struct worker *to,
    const char *kind, const char *words, struct date on, const char *answer)
{
	int64_t sent = demo_at(on, 500), read = demo_at(date_add_days(on, 1), 15);

	return q_demo_put_letter(m->d->db, (struct letter_id){ rnd_id(&m->r) }, m->kid->id,
	    by->person, str_of(kind), to->assignment, said(m, words), sent, answer ? read : 0,
	    !answer, answer ? to->assignment : (struct assignment_id){ 0 }, said(m, answer),
	    answer ? read + 600000 : 0, !answer,
	    answer ? to->assignment : (struct assignment_id){ 0 });
}

enum err making_voice(struct making *m, const struct worker *reader, const char *mood,
    const char *words, struct date on, bool read, bool in_plan)
{
	struct voice_id id = { rnd_id(&m->r) };
	struct date by = demo_weekday(date_add_days(on, 2));
	int climbed =
	    !read && date_cmp(by, m->d->today) < 0; /* words nobody has read climb (promise 11) */

	TRY(q_demo_put_voice(m->d->db, id, m->kid->id, m->kid->who.person, reader->drawer,
	    reader->assignment, str_of(mood), said(m, words), demo_at(on, 420), by,
	    read ? demo_at(date_add_days(on, 1), 0) : 0, !read,
	    read ? reader->assignment : (struct assignment_id){ 0 }, climbed, in_plan));
	return in_plan ? making_share(
			     m, "voice", id.v, reader, words ? said(m, words) : str_of(mood), on)
		       : OK;
}

enum err making_story(struct making *m, const struct somebody *by, const char *words)
{
	struct story_id id = { rnd_id(&m->r) };
	int64_t at = demo_at(date_add_days(m->opened, 3), 600);

	TRY(q_demo_put_story(m->d->db, id, m->kid->id, by->person, said(m, words), at));
	return q_demo_put_loan(m->d->db, (struct story_loan_id){ rnd_id(&m->r) }, id,
	    m->helpers[0]->assignment, at, date_add_days(m->d->today, 60));
}

enum err making_party(struct making *m, const char *name, const char *phone, const char *answered)
{
	struct date on = date_add_days(m->d->today, -6 - rnd_below(&m->r, 20));

	return q_demo_put_party(m->d->db, (struct party_id){ rnd_id(&m->r) }, m->plan,
	    said(m, name), str_of(phone), on, said(m, answered), demo_at(m->opened, 50));
}

/* SoL 10:8, HSL 16:4: the four blocks that a SIP must have; it needs a yes. */
enum err making_sip(struct making *m)
{
	return q_demo_put_layer(m->d->db, (struct item_id){ rnd_id(&m->r) }, m->plan, S("sip"),
	    m->helpers[0]->drawer, date_add_days(m->opened, 14),
	    said(m, "Samtal, lugnare dagar och hjälp hemma"),
	    said(m, "Region Sörmland svarar för vården, socialnämnden för stödet hemma"),
	    said(m, "Skolan ger stöd i klassrummet"), said(m, "Socialnämnden"), m->waiver,
	    demo_at(date_add_days(m->opened, 14), 0));
}

enum err making_handover(struct making *m, const struct worker *giver,
    const struct worker *receiver, const char *words, bool asked)
{
	int64_t at =
	    demo_at(asked ? date_add_days(m->d->today, -1) : date_add_days(m->opened, 20), 100);

	return q_demo_put_handover(m->d->db, (struct handover_id){ rnd_id(&m->r) }, m->plan,
	    giver->assignment, receiver->assignment, said(m, words),
	    asked ? S("asked") : S("accepted"), at, asked ? 0 : at + 7200000, asked);
}

enum err making_end(struct making *m)
{
	struct demo *d = m->d;

	if (!m->closed)
		return q_demo_end_plan(d->db, m->plan, S("open"), m->next_step, false,
		    (struct date){ 0 }, (struct str){ 0 }, (struct str){ 0 }, (struct str){ 0 },
		    (struct str){ 0 }, m->last_step);
	return q_demo_end_plan(d->db, m->plan, S("closed"), 0, true,
	    date_add_days(d->today, -5 - rnd_below(&m->r, 40)),
	    said(m, "Det går bra nu. Vi behöver inte planen längre."),
	    m->kid->age >= 4 ? said(m, "@ säger att det är bra nu.") : (struct str){ 0 },
	    m->kid->age >= 4 ? (struct str){ 0 } : said(m, "@ är för liten för att frågas."),
	    said(m, "Ring # om det blir svårt igen."), m->last_step);
}
