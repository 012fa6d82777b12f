/* Long: the stories share their people. The people whom one can be on the start page, and the
 * children around whom they meet: Ella's plan is shared by school, social services and child
 * psychiatry; the other stories show what else families live with. */
#include "feat/demo/demo_in.h"
#include "q_demo_make.h"

/* Roles stand in groups on the page by rank: from 10 the family, from 30 who helps, from 50 who
 * leads. */
struct role {
	const char *code;
	int rank;
	struct person_id person;
	const struct worker *worker;
	struct child_id child;
	struct plan_id plan;
	const char *start;
};

struct story {
	struct demo *d;
	struct place *place;
	struct worker *teacher, *counsellor, *nurse, *social, *lead, *bup, *centre, *preschool,
	    *bvc, *hab;
};

static enum err put_role(struct demo *d, struct role r)
{
	return q_demo_put_role(d->db, str_of(r.code), r.rank,
	    r.worker ? r.worker->person : r.person,
	    r.worker ? r.worker->assignment : (struct assignment_id){ 0 }, r.child, r.plan,
	    str_of(r.start));
}

static struct date in_days(const struct story *s, int days)
{
	return demo_weekday(date_add_days(s->d->today, days));
}

static struct date ago(const struct story *s, int days)
{
	return date_add_days(s->d->today, -days);
}

static enum err grown(struct story *s, struct rnd *r, const char *given, const char *family,
    int age, const char *protection, struct somebody *out)
{
	*out = (struct somebody){ .given = given, .family = family };
	return demo_somebody(s->d, r, out,
	    &(struct asked){ .place = s->place, .age = age, .protection = protection });
}

static enum err kid(struct story *s, struct rnd *r, const char *given, const char *family, int age,
    bool shielded, struct kid *out)
{
	*out = (struct kid){ .place = s->place,
		.age = age,
		.shielded = shielded,
		.who = { .given = given, .family = family } };
	TRY(demo_somebody(
	    s->d, r, &out->who, &(struct asked){ .place = s->place, .age = age, .child = true }));
	return demo_child(s->d, r, out);
}

static enum err guards(struct story *s, struct rnd *r, struct kid *k, const struct somebody *who)
{
	k->guardians[k->n_guardians++] = *who;
	return demo_relation(s->d, r, k, who, "guardian", k->who.born, (struct date){ 0 });
}

static struct making begin(
    struct story *s, const struct rnd *r, const struct kid *k, int opened_days_ago)
{
	return (struct making){ .d = s->d, .r = *r, .kid = k, .opened = ago(s, opened_days_ago) };
}

/* --- Ella, 8: her parents live apart and do not agree --- */

static enum err ella_agreed(struct story *s, struct making *m)
{
	struct need_id need;
	struct goal_id goal;

	TRY(making_need(m, s->counsellor, "learning",
	    "@ blir trött av ljudet i klassrummet och kommer inte igång på morgnarna.", false,
	    &need));
	TRY(making_need(m, s->bup, "feelings", "@ har svårt att somna och oroar sig för nästa dag.",
	    false, NULL));
	TRY(making_need(
	    m, s->teacher, "learning", "@ läser gärna högt för yngre barn.", true, NULL));
	TRY(making_need(m, s->nurse, "health", "@ cyklar varje dag och äter bra.", true, NULL));
	TRY(making_goal(m, s->counsellor, need,
	    "@ vet på kvällen vad som ska hända i skolan nästa dag.", &goal));
	TRY(making_measure(m, s->counsellor, goal, "counsellor_talk",
	    "Samtal hos kuratorn varje tisdag", ago(s, 120), "active"));
	TRY(making_measure(m, s->teacher, goal, "timetable_pictures", "Schema med bilder på bänken",
	    ago(s, 100), "active"));
	TRY(making_measure(m, s->social, goal, "parent_talk", "Samtal för föräldrar, var för sig",
	    ago(s, 60), "active"));
	TRY(making_measure(
	    m, s->nurse, goal, "nurse_talk", "Hälsosamtal om sömn", ago(s, 110), "ended"));
	return making_measure(m, s->bup, goal, "bup_assessment",
	    "Utredning om vad som är svårt och varför", in_days(s, 20), "planned");
}

static enum err ella_goes_on(struct story *s, struct making *m)
{
	TRY(making_thread(m, s->bup, "Utredning på BUP", "queue", ago(s, 70), in_days(s, 21),
	    "Inget nytt än. Väntan är just nu åtta till tio månader. Oskar ringer också om det inte finns något nytt.",
	    "Stödet i skolan fortsätter hela tiden och väntar inte på utredningen. Säg saker två gånger, en sak i taget. Ring första linjen om det blir tungt, de svarar på vardagar."));
	TRY(making_thread(m, s->counsellor, "Samtal i skolan", "active", ago(s, 120), in_days(s, 2),
	    "@ och Anna ses varje tisdag. Nu övar de på att säga till i tid.", NULL));
	TRY(making_thread(m, s->teacher, "Extra stöd i klassrummet", "active", ago(s, 100),
	    in_days(s, 12),
	    "Schemat med bilder hänger på bänken. Jonas säger till i förväg innan något ändras.",
	    "Titta på morgondagens schema tillsammans på kvällen. Låt @ vara i fred tio minuter efter skolan."));
	TRY(making_thread(m, s->social, "Samtal för föräldrar", "waiting_you", ago(s, 9),
	    in_days(s, 5), "Välj en av tiderna i brevet. Ni kan komma var för sig.", NULL));
	return making_thread(m, s->nurse, "Hälsosamtal om sömn", "ended", ago(s, 40),
	    (struct date){ 0 }, NULL, NULL);
}

static enum err ella_steps(struct story *s, struct making *m)
{
	TRY(making_step_done(m, s->counsellor, "Möte med familjen och skolan", ago(s, 140)));
	TRY(making_step_done(
	    m, s->teacher, "Jonas satte upp dagens schema med bilder", ago(s, 98)));
	TRY(making_step_done(m, s->nurse, "Mia pratade med @ om sömn", ago(s, 88)));
	TRY(making_step_done(m, s->counsellor, "Anna skickade remiss till BUP", ago(s, 70)));
	TRY(making_step_done(m, s->social, "Leyla ringde er båda, var för sig", ago(s, 20)));
	TRY(making_step_done(m, s->bup, "Oskar ringde och berättade om kön", ago(s, 6)));
	TRY(making_step(m, &(struct step_now){ .worker = s->counsellor,
			       .words = "meet|@",
			       .place = "Lilla rummet, Ekbackens skola",
			       .due = in_days(s, 2),
			       .minute = 10 * 60,
			       .reason = "Jonas märkte att @ var tyst i måndags." }));
	TRY(making_step(m, &(struct step_now){ .worker = s->bup,
			       .words = "give|frågorna inför första besöket",
			       .due = in_days(s, 14),
			       .minute = -1,
			       .later = true }));
	return making_step(m, &(struct step_now){ .worker = s->social,
				  .words = "talk_child|@ om hur det är hemma",
				  .due = in_days(s, 8),
				  .minute = -1,
				  .later = true,
				  .harm = true });
}

static enum err ella_words(
    struct story *s, struct making *m, const struct somebody *sara, const struct somebody *erik)
{
	TRY(making_letter(m, sara, s->counsellor, "question",
	    "Hur gick det i tisdags? @ ville inte berätta.", ago(s, 12),
	    "Det gick bra. Vi ritade, och hon valde själv vad vi gör nästa gång."));
	TRY(making_letter(m, sara, s->social, "words",
	    "Jag kan bara på förmiddagar. Skriv till mig, ring inte till jobbet.", ago(s, 3),
	    NULL));
	TRY(making_letter(m, erik, s->counsellor, "disagree",
	    "Jag vill inte att BUP gör en utredning nu.", ago(s, 5), NULL));
	TRY(making_voice(m, s->counsellor, "mood_ok",
	    "Jag vill att Jonas säger till innan vi byter sal.", ago(s, 15), true, true));
	TRY(making_voice(m, s->counsellor, "mood_worried", NULL, ago(s, 1), false, false));
	TRY(making_story(m, sara,
	    "@ föddes tidigt och har alltid hört mer än andra. Hon behöver veta vad som ska hända. "
	    "Det som hjälper: att säga det två gånger och att få vara i fred tio minuter efter skolan."));
	return making_party(
	    m, "Scoutkåren", "070-174 06 51", "Per telefon: @ är med på onsdagar och mår bra där.");
}

/* The family centre would like to take part: a yes to give, for both parents. */
static enum err ella_asked(struct story *s, struct making *m)
{
	struct making also = *m;

	also.helpers[0] = s->counsellor;
	also.helpers[1] = s->preschool;
	also.n_helpers = 2;
	also.yes_on = (struct date){ 0 };
	TRY(making_waiver(&also, "asked",
	    "Förskolan där Leo går får veta hur @ har det, så att syskonen får samma schema hemma."));
	m->r = also.r;
	return OK;
}

static enum err ella_plan(struct story *s, struct rnd *r, const struct kid *k,
    const struct somebody *sara, const struct somebody *erik, struct plan_id *out)
{
	struct making m = begin(s, r, k, 150);
	struct worker *helpers[] = { s->counsellor, s->teacher, s->social, s->bup, s->nurse };

	for (size_t i = 0; i < 5; i++)
		m.helpers[m.n_helpers++] = helpers[i];
	TRY(making_open(&m));
	TRY(making_waiver(&m, "valid",
	    "Skolan, socialtjänsten och BUP ser samma plan för @ och vem som gör vad."));
	TRY(ella_agreed(s, &m));
	TRY(ella_goes_on(s, &m));
	TRY(ella_steps(s, &m));
	TRY(ella_words(s, &m, sara, erik));
	TRY(making_sip(&m));
	TRY(making_end(&m));
	*out = m.plan;
	TRY(ella_asked(s, &m));
	*r = m.r;
	return OK;
}

/* --- Leo, 2: Sara decides alone; few words yet --- */

static enum err leo_plan(struct story *s, struct rnd *r, const struct kid *k,
    const struct somebody *sara, struct plan_id *out)
{
	struct making m = begin(s, r, k, 60);
	struct need_id need;
	struct goal_id goal;

	m.helpers[0] = s->centre;
	m.helpers[1] = s->preschool;
	m.helpers[2] = s->bvc;
	m.n_helpers = 3;
	TRY(making_open(&m));
	TRY(making_waiver(
	    &m, "valid", "Familjecentralen, förskolan och BVC hjälps åt med @s språk."));
	TRY(making_need(&m, s->preschool, "learning",
	    "@ har få ord och blir arg när andra inte förstår.", false, &need));
	TRY(making_need(&m, s->preschool, "relations", "@ delar gärna med sig och skrattar mycket.",
	    true, NULL));
	TRY(making_goal(&m, s->centre, need, "@ kan visa eller säga vad han vill i leken.", &goal));
	TRY(making_measure(&m, s->preschool, goal, "preschool_extra",
	    "Bilder och lugna stunder varje dag", ago(s, 40), "active"));
	TRY(making_measure(&m, s->bvc, goal, "speech_support", "Logopeden provar och ger övningar",
	    in_days(s, 25), "planned"));
	TRY(making_thread(&m, s->bvc, "Tal och språk", "waiting_us", ago(s, 14), in_days(s, 16),
	    "Ulla bokar tid hos logopeden. Ni behöver inte göra något just nu.",
	    "Läs en kort stund varje kväll och peka tillsammans. Vänta in @ och räkna tyst till fem."));
	TRY(making_thread(&m, s->preschool, "Stöd i förskolan", "active", ago(s, 40), in_days(s, 9),
	    "@ använder bilderna vid maten. Nu provar Karin dem i leken också.",
	    "Använd samma fem bilder hemma: äta, sova, ut, mer och stopp."));
	TRY(making_step_done(&m, s->preschool, "Karin gjorde bilder för dagen", ago(s, 38)));
	TRY(making_step_done(&m, s->bvc, "Ulla kontrollerade hörseln: den är bra", ago(s, 25)));
	TRY(making_step(&m, &(struct step_now){ .person = sara,
				.words = "come_along|familjecentralens språkstund",
				.place = "Familjecentralen",
				.due = in_days(s, 4),
				.minute = 9 * 60 + 30 }));
	TRY(making_letter(
	    &m, sara, s->centre, "question", "Får storasyster följa med?", ago(s, 2), NULL));
	*out = m.plan;
	*r = m.r;
	return making_end(&m);
}

static enum err holm(struct story *s)
{
	struct rnd r = rnd_of("story holm", 0);
	struct somebody sara, erik, lina;
	struct kid ella, leo, nova;
	struct plan_id p_ella, p_leo;

	TRY(grown(s, &r, "Sara", "Holm", 35, NULL, &sara));
	TRY(grown(s, &r, "Erik", "Holm", 38, NULL, &erik));
	TRY(grown(s, &r, "Lina", "Moberg", 33, NULL, &lina));
	TRY(kid(s, &r, "Ella", "Holm", 8, false, &ella));
	TRY(guards(s, &r, &ella, &sara));
	TRY(guards(s, &r, &ella, &erik));
	TRY(kid(s, &r, "Leo", "Holm", 2, false, &leo));
	TRY(guards(s, &r, &leo, &sara));
	TRY(kid(s, &r, "Nova", "Moberg", 1, false, &nova));
	TRY(guards(s, &r, &nova, &erik));
	TRY(guards(s, &r, &nova, &lina));
	TRY(demo_engage(s->d, &r, &nova, s->bvc, "import", ago(s, 200)));
	TRY(demo_invited(s->d, &r, &nova, s->bvc,
	    "@ vaknar ofta och ni är trötta båda två. Ska vi göra en plan ihop, så att ni vet vad som händer och vem ni ringer?",
	    "# kommer hem till er och pratar om nätterna"));
	TRY(ella_plan(s, &r, &ella, &sara, &erik, &p_ella));
	TRY(leo_plan(s, &r, &leo, &sara, &p_leo));
	TRY(demo_letter_out(s->d, &r, &ella, &sara, "Mormor Karin",
	    "Hej mamma! Så här gör de i skolan nu, så kan vi göra likadant hos dig.\n- Schema med bilder på bänken\n- @ läser gärna högt för yngre barn."));
	TRY(put_role(
	    s->d, (struct role){ "guardian", 10, sara.person, NULL, ella.id, p_ella, "/home" }));
	TRY(put_role(s->d,
	    (struct role){ "other_guardian", 11, erik.person, NULL, ella.id, p_ella, "/home" }));
	TRY(put_role(
	    s->d, (struct role){ "teacher", 30, { 0 }, s->teacher, ella.id, p_ella, "/work" }));
	TRY(put_role(s->d,
	    (struct role){ "counsellor", 31, { 0 }, s->counsellor, ella.id, p_ella, "/work" }));
	TRY(put_role(
	    s->d, (struct role){ "school_nurse", 32, { 0 }, s->nurse, ella.id, p_ella, "/work" }));
	TRY(put_role(s->d,
	    (struct role){ "social_worker", 33, { 0 }, s->social, ella.id, p_ella, "/work" }));
	TRY(put_role(
	    s->d, (struct role){ "bup_nurse", 34, { 0 }, s->bup, ella.id, p_ella, "/work" }));
	TRY(put_role(
	    s->d, (struct role){ "family_centre", 35, { 0 }, s->centre, leo.id, p_leo, "/work" }));
	TRY(put_role(s->d,
	    (struct role){ "preschool_teacher", 36, { 0 }, s->preschool, leo.id, p_leo, "/work" }));
	return put_role(
	    s->d, (struct role){ "bvc_nurse", 37, { 0 }, s->bvc, leo.id, p_leo, "/work" });
}

/* --- Alva, 15: mostly at home --- */

static enum err alva_plan(struct story *s, struct rnd *r, const struct kid *k, struct plan_id *out)
{
	struct making m = begin(s, r, k, 95);
	struct need_id need;
	struct goal_id goal;

	m.helpers[0] = s->counsellor;
	m.helpers[1] = s->social;
	m.helpers[2] = s->bup;
	m.n_helpers = 3;
	TRY(making_open(&m));
	TRY(making_waiver(
	    &m, "valid", "Skolan, socialtjänsten och BUP hjälps åt så att @ orkar ta sig ut."));
	TRY(making_need(&m, s->counsellor, "learning",
	    "@ har varit hemma från skolan sedan september.", false, &need));
	TRY(making_need(&m, s->counsellor, "relations",
	    "@ tecknar och har vänner på nätet som betyder mycket.", true, NULL));
	TRY(making_goal(
	    &m, s->counsellor, need, "@ är i skolan på bilden varje torsdag före lovet.", &goal));
	TRY(making_measure(&m, s->counsellor, goal, "return_to_school",
	    "Små steg tillbaka med Anna", ago(s, 60), "active"));
	TRY(making_measure(&m, s->bup, goal, "bup_treatment", "Samtal på BUP varannan vecka",
	    ago(s, 30), "active"));
	TRY(making_thread(&m, s->counsellor, "Tillbaka till skolan", "active", ago(s, 60),
	    in_days(s, 3),
	    "@ har varit i bildsalen fyra torsdagar. Vi går i samma takt till lovet.",
	    "Det räcker att komma en stund. Ingen frågar varför @ har varit borta."));
	TRY(making_thread(&m, s->bup, "Behandling på BUP", "active", ago(s, 30), in_days(s, 6),
	    "Två samtal av sex är gjorda. De handlar om sömn och söndagar.",
	    "Gå ut en stund före lunch. Skriv till Oskar, eller ring 1177 om det blir för tungt."));
	TRY(making_thread(&m, s->social, "Samtal med familjen", "waiting_us", ago(s, 8),
	    in_days(s, 10), "Leyla letar efter en tid som passar alla tre.",
	    "Ring Leyla om det blir bråk hemma."));
	TRY(making_step_done(
	    &m, s->counsellor, "Anna och @ gick runt i skolan efter skoltid", ago(s, 50)));
	TRY(making_step_done(&m, s->bup, "Första samtalet på BUP", ago(s, 28)));
	TRY(making_step(&m, &(struct step_now){ .worker = s->counsellor,
				.words = "meet|@",
				.place = "Grinden, Ekbackens skola",
				.due = in_days(s, 3),
				.minute = 13 * 60 }));
	TRY(making_voice(&m, s->counsellor, "mood_tired",
	    "Jag orkar en timme om ingen frågar varför jag varit borta.", ago(s, 20), true, true));
	TRY(making_voice(
	    &m, s->bup, "mood_sad", "Det är svårast på söndagar.", ago(s, 1), false, false));
	*out = m.plan;
	*r = m.r;
	return making_end(&m);
}

static enum err nyberg(struct story *s)
{
	struct rnd r = rnd_of("story nyberg", 0);
	struct somebody mother, father;
	struct kid alva;
	struct plan_id plan;

	TRY(grown(s, &r, "Helena", "Nyberg", 44, NULL, &mother));
	TRY(grown(s, &r, "Jari", "Nyberg", 46, NULL, &father));
	TRY(kid(s, &r, "Alva", "Nyberg", 15, false, &alva));
	TRY(guards(s, &r, &alva, &mother));
	TRY(guards(s, &r, &alva, &father));
	TRY(alva_plan(s, &r, &alva, &plan));
	return put_role(
	    s->d, (struct role){ "youth", 12, alva.who.person, NULL, alva.id, plan, "/home" });
}

/* --- Nils, 4: lives with a foster family --- */

static enum err nils_plan(struct story *s, struct rnd *r, const struct kid *k,
    const struct somebody *birgit, struct plan_id *out)
{
	struct making m = begin(s, r, k, 200);
	struct need_id need, sleep;
	struct goal_id goal;

	m.helpers[0] = s->social;
	m.helpers[1] = s->preschool;
	m.helpers[2] = s->bvc;
	m.helpers[3] = s->hab;
	m.n_helpers = 4;
	TRY(making_open(&m));
	TRY(making_waiver(
	    &m, "valid", "De som hjälper @ ser samma plan, också när han byter förskola."));
	TRY(making_need(&m, s->social, "safety",
	    "@ behöver ett hem där vardagen är likadan varje dag.", false, &need));
	TRY(making_need(
	    &m, s->preschool, "relations", "@ och katten Sot är bästa vänner.", true, NULL));
	TRY(making_goal(&m, s->social, need, "@ vet när han träffar mamma nästa gång.", &goal));
	TRY(making_measure(&m, s->social, goal, "foster_home", "Boende hos familjen Ståhl",
	    ago(s, 200), "active"));
	TRY(making_measure(&m, s->hab, goal, "habilitation", "Träning att hålla i penna och sked",
	    ago(s, 80), "active"));
	TRY(making_thread(&m, s->social, "Stöd till familjehemmet", "active", ago(s, 200),
	    in_days(s, 7), "Leyla kommer hem till er varannan vecka.",
	    "Ring Leyla om något blir svårt efter ett besök. Kvällar och helger svarar jouren."));
	TRY(making_thread(&m, s->hab, "Träning på habiliteringen", "active", ago(s, 80),
	    in_days(s, 15), "@ håller nu i skeden själv. Vi fortsätter med pennan.",
	    "Träna korta stunder, hellre tre minuter varje dag än en timme på lördag."));
	TRY(making_thread(&m, s->bvc, "Hälsokontroll vid fyra år", "decided", ago(s, 18),
	    in_days(s, 28), "Ulla tittar på tal, lek och hur @ rör sig.", NULL));
	TRY(making_step_done(&m, s->social, "Leyla hälsade på hemma hos er", ago(s, 30)));
	TRY(making_step_done(&m, s->preschool, "Karin visade @ den nya avdelningen", ago(s, 12)));
	TRY(making_step(&m, &(struct step_now){ .person = birgit,
				.words = "call_by|habiliteringen",
				.due = in_days(s, 1),
				.minute = -1 }));
	TRY(making_letter(
	    &m, birgit, s->social, "question", "Vad säger vi till @ om julen?", ago(s, 4), NULL));
	m.n_helpers = 0; /* the nurse's own note goes to nobody by the family's yes */
	TRY(making_need(
	    &m, s->bvc, "health", "@ sover oroligt efter besök hos mamma.", false, &sleep));
	m.n_helpers = 4;
	TRY(making_needed(&m, "need", sleep.v, s->bvc, s->social,
	    "Leyla planerar besöken och behöver veta hur @ mår efter dem.",
	    "@ sover oroligt efter besök hos mamma.", ago(s, 16)));
	*out = m.plan;
	*r = m.r;
	return making_end(&m);
}

static enum err stahl(struct story *s)
{
	struct rnd r = rnd_of("story stahl", 0);
	struct somebody birgit, mother;
	struct kid nils;
	struct plan_id plan;

	TRY(grown(s, &r, "Birgit", "Ståhl", 50, NULL, &birgit));
	TRY(grown(s, &r, "Jenny", "Lilja", 27, NULL, &mother));
	TRY(kid(s, &r, "Nils", "Lilja", 4, false, &nils));
	TRY(guards(s, &r, &nils, &mother));
	TRY(demo_relation(s->d, &r, &nils, &birgit, "carer", ago(s, 200), (struct date){ 0 }));
	TRY(nils_plan(s, &r, &nils, &birgit, &plan));
	return put_role(
	    s->d, (struct role){ "carer", 13, birgit.person, NULL, nils.id, plan, "/home" });
}

/* --- a guardian with protected identity: the mark is kept, and there is no digital plan (promise
 * 8) --- */

static enum err shielded(struct story *s)
{
	struct rnd r = rnd_of("story shielded", 0);
	struct somebody mother, other;
	struct kid sami, noor;

	TRY(grown(s, &r, "Mariam", "Haddad", 32, "skyddad_folkbokforing", &mother));
	TRY(kid(s, &r, "Sami", "Haddad", 6, true, &sami));
	TRY(guards(s, &r, &sami, &mother));
	TRY(demo_engage(s->d, &r, &sami, s->teacher, "import", ago(s, 80)));
	/* Another child of whom nobody has checked it: unknown is not none. */
	TRY(grown(s, &r, "Nadia", "Yilmaz", 36, NULL, &other));
	TRY(kid(s, &r, "Noor", "Yilmaz", 9, true, &noor));
	TRY(guards(s, &r, &noor, &other));
	TRY(demo_unchecked(s->d, &r, &noor, &s->d->administrator));
	TRY(demo_left(s->d, &r, &sami, &mother, &s->d->administrator));
	return put_role(s->d, (struct role){ "guardian_protected", 14, mother.person, NULL, sami.id,
				  { 0 }, "/home" });
}

/* --- Tilde, 11: her lead changes work; and one plan comes to Leyla --- */

static enum err tilde_plan(struct story *s, struct rnd *r, const struct kid *k, struct worker *lead,
    struct worker *to, struct plan_id *out)
{
	struct making m = begin(s, r, k, 110);
	struct need_id need;
	struct goal_id goal;

	m.helpers[0] = lead;
	m.helpers[1] = s->teacher;
	m.helpers[2] = s->counsellor;
	m.n_helpers = 3;
	TRY(making_open(&m));
	TRY(making_waiver(&m, "valid", "Socialtjänsten och skolan hjälps åt med @s morgnar."));
	TRY(making_need(&m, lead, "guidance",
	    "Morgnarna blir bråkiga, och @ kommer sent till skolan.", false, &need));
	TRY(making_need(
	    &m, s->teacher, "learning", "@ är bäst i klassen på att räkna.", true, NULL));
	TRY(making_goal(&m, lead, need, "@ kommer i tid fyra dagar av fem.", &goal));
	TRY(making_measure(
	    &m, lead, goal, "family_talk", "Familjesamtal varannan vecka", ago(s, 80), "active"));
	TRY(making_thread(
	    &m, lead, "Stöd till familjen", "active", ago(s, 90), in_days(s, 11), NULL, NULL));
	TRY(making_step_done(&m, lead, "Första familjesamtalet", ago(s, 80)));
	TRY(making_step(&m, &(struct step_now){ .worker = lead,
				.words = "call_by|@s familj",
				.due = in_days(s, 0),
				.minute = -1 }));
	if (to)
		TRY(making_handover(&m, lead, to,
		    "Jag byter tjänst på måndag. Familjen vill bli ringd efter fyra.", true));
	*out = m.plan;
	*r = m.r;
	return making_end(&m);
}

/* The father said yes at a meeting: it counts when the manager has seen the paper. */
static enum err tilde_asked(
    struct story *s, struct rnd *r, const struct kid *k, const struct somebody *father)
{
	struct making m = begin(s, r, k, 110);

	m.helpers[0] = s->lead;
	m.helpers[1] = s->bup;
	m.n_helpers = 2;
	TRY(making_waiver(
	    &m, "asked", "BUP får veta vad vi har bestämt, så att @ slipper berätta igen."));
	*r = m.r;
	return demo_paper(s->d, r, k, m.waiver, father, s->lead);
}

static enum err ekdahl(struct story *s)
{
	struct rnd r = rnd_of("story ekdahl", 0);
	struct somebody mother, father;
	struct kid tilde, love;
	struct plan_id plan, other;

	TRY(grown(s, &r, "Ulrika", "Ekdahl", 39, NULL, &mother));
	TRY(grown(s, &r, "Niklas", "Ekdahl", 41, NULL, &father));
	TRY(kid(s, &r, "Tilde", "Ekdahl", 11, false, &tilde));
	TRY(guards(s, &r, &tilde, &mother));
	TRY(guards(s, &r, &tilde, &father));
	TRY(kid(s, &r, "Love", "Ekdahl", 13, false, &love));
	TRY(guards(s, &r, &love, &mother));
	TRY(guards(s, &r, &love, &father));
	TRY(tilde_plan(s, &r, &tilde, s->lead, NULL, &plan));
	TRY(tilde_plan(s, &r, &love, s->lead, s->social, &other));
	TRY(demo_set_aside(s->d, &r, &tilde, &s->d->administrator));
	TRY(tilde_asked(s, &r, &tilde, &father));
	TRY(demo_own_ask(s->d, &r));
	TRY(put_role(s->d, (struct role){ "lead", 38, { 0 }, s->lead, tilde.id, plan, "/work" }));
	TRY(put_role(
	    s->d, (struct role){ "manager", 50, { 0 }, &s->d->manager, tilde.id, plan, "/unit" }));
	return put_role(s->d, (struct role){ "administrator", 51, { 0 }, &s->d->administrator,
				  { 0 }, { 0 }, "/admin" });
}

enum err demo_stories(struct demo *d)
{
	struct place *p = &d->places[STORY_PLACE];
	struct team *soc = &p->teams[PARTY_SOC];
	struct story s = { .d = d, .place = p };

	s.teacher = &p->teams[PARTY_SCHOOL_TEACHER].v[0];
	s.counsellor = &p->teams[PARTY_SCHOOL_PSYCHOSOCIAL].v[0];
	s.nurse = &p->teams[PARTY_SCHOOL_NURSE].v[0];
	s.social = &soc->v[0];
	s.lead = &soc->v[1];
	s.centre = &soc->v[soc->n - 2]; /* the family centre's two stand last */
	s.bup = &p->teams[PARTY_BUP].v[0];
	s.preschool = &p->teams[PARTY_PRESCHOOL].v[0];
	s.bvc = &p->teams[PARTY_BVC].v[0];
	s.hab = &p->teams[PARTY_HAB].v[0];
	TRY(holm(&s));
	TRY(nyberg(&s));
	TRY(stahl(&s));
	TRY(shielded(&s));
	return ekdahl(&s);
}
