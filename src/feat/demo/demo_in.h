/* Inside the demo's builder: who builds what, and what they share. */
#ifndef DEMO_IN_H
#define DEMO_IN_H

#include "access/facts.h"
#include "base/arena.h"
#include "core/ids.h"
#include "feat/demo/demo_make.h"

/* A stream of chance of its own for each thing that is made, so that the hundredth family is the
 * same family however many there are. Never the C library's. */
struct rnd {
	uint64_t s;
};
struct rnd rnd_of(const char *label, int64_t n);
uint64_t rnd_next(struct rnd *r);
int rnd_below(struct rnd *r, int n); /* 0 to n - 1 */
bool rnd_one_in(struct rnd *r, int n);
int64_t rnd_id(struct rnd *r);

/* Somebody at work. */
struct worker {
	struct person_id person;
	struct assignment_id assignment;
	struct staff_id staff;
	struct unit_id unit;
	struct drawer_id drawer;
	struct authority_id authority;
	enum party regime;
	const char *name; /* keeps in demo.mem */
	const char *phone;
};

/* Those who work under one regime in one municipality. */
struct team {
	struct worker *v;
	size_t n, next; /* next: whose turn it is */
};

#define PLACES 9
struct place {
	const char *code, *name, *of; /* "0483", "Katrineholm", "Katrineholms" */
	int share;                    /* of the county's children, per thousand */
	int hub;                      /* place whose BUP and habilitation serve this one */
	struct team teams[PARTY_COUNT];
	struct worker leader; /* manager of the social services office */
	struct authority_id school, social;
};
extern const struct place demo_places[PLACES];
#define STORY_PLACE 5 /* Katrineholm: there the stories of the roles happen */

#define LOOKS_MOST 400

struct demo {
	struct db *db;
	struct arena mem;     /* keeps: lives as long as the building */
	struct arena scratch; /* one family */
	const struct keys *keys;
	struct date today;
	int64_t now_ms;
	int64_t want, made; /* children */
	int64_t plans;      /* made so far: their kinds take turns */
	struct place places[PLACES];
	struct authority_id region;
	struct worker manager, administrator; /* of the stories */
	void (*progress)(void *to, int64_t made, int64_t of);
	void *to;
	struct numbers *numbers; /* which are given out */
};

/* A person with what a register says of them. */
struct somebody {
	struct person_id person;
	const char *given, *family;
	struct date born; /* unknown: expected, or nobody knows */
	const char *phone;
};

struct kid {
	struct child_id id;
	struct somebody who;
	struct date expected;
	int age; /* AGE_UNBORN */
	struct place *place;
	bool shielded;
	struct somebody guardians[3]; /* who decide now */
	int n_guardians;
	struct worker *daily; /* teacher, preschool teacher or midwife; NULL: none */
};

/* demo_org.c */
enum err demo_org(struct demo *d);
/* Whose turn it is in that team; NULL: nobody works there. */
struct worker *demo_worker(struct place *p, enum party regime);
/* The same one's colleague who is here today. */
struct worker *demo_colleague(struct demo *d, struct place *p, const struct worker *w);

/* demo_family.c */
enum err demo_families(struct demo *d);
/* Names are given or chosen; so is the birthday, from somebody so old (AGE_UNBORN: expected then).
 * A number is given where one is left that fits. */
struct asked {
	const struct place *place;
	int age;
	bool child, numberless;
	struct date expected;
	const char *protection; /* NULL: none */
};
enum err demo_somebody(struct demo *d, struct rnd *r, struct somebody *s, const struct asked *a);
enum err demo_child(struct demo *d, struct rnd *r, struct kid *k);
enum err demo_relation(struct demo *d, struct rnd *r, const struct kid *k, const struct somebody *s,
    const char *kind, struct date from, struct date to);
enum err demo_engage(struct demo *d, struct rnd *r, const struct kid *k, const struct worker *w,
    const char *how, struct date from);
/* A teacher, preschool teacher, child health nurse or midwife, by age. */
enum err demo_daily(struct demo *d, struct rnd *r, struct kid *k);

/* demo_number.c */
struct numbers;
struct numbers *numbers_new(struct arena *mem);
/* A test number of somebody so old today, else (for a child) a school's temporary one, else empty.
 * A birthday comes with it. In mem. */
struct str numbers_take(struct numbers *n, struct rnd *r, struct arena *mem, struct date today,
    int age, bool child, struct date *born);

/* demo_text.c */
/* text with @ as the name and # as the lead's name, in mem. */
struct str demo_say(struct arena *mem, const char *text, const char *name, const char *lead);
const char *demo_given(struct rnd *r, bool grown);
const char *demo_family(struct rnd *r);
const char *demo_unit_word(size_t n);

/* demo_themes.c */
/* What goes on at one service: its title, the newest word from there, what it asks of the family
 * (NULL: never anything), and what helps meanwhile (NULL: nothing was said). */
struct theme_thread {
	int who; /* which of the theme's regimes; in demo_common the regime itself */
	const char *title, *news, *asks, *meanwhile;
};
/* What a plan is about: texts for one kind of trouble. @ is the child's name, # the lead's. */
struct theme {
	const char *area;
	int age_from, age_to;
	enum party regimes[4]; /* the lead's first; ends with PARTY_ANY */
	const char *need, *also, *strengths[2], *goal;
	const char *kinds[3]; /* of measures: of the lead, of the others */
	const char *measures[3];
	struct theme_thread threads[4];
	const char *done[8];
	const char *next[3]; /* by the lead, by another service, by a guardian */
	const char *later[3];
};
extern const struct theme demo_themes[];
extern const size_t demo_theme_count;
/* What goes on for most children at that service, whatever the plan is about. */
extern const struct theme_thread demo_common[];
extern const size_t demo_common_count;

/* demo_plan.c: a plan being made. */
#define HELPERS 5
struct making {
	struct demo *d;
	struct rnd r;
	const struct kid *kid;
	struct plan_id plan;
	struct worker *helpers[HELPERS]; /* the lead first */
	int n_helpers;
	struct date opened;
	int64_t last_step, next_step;
	struct waiver_id waiver; /* v = 0: none */
	struct date yes_on;      /* the waiver is valid from; unknown: never was */
	struct date yes_to;      /* sharing on it ended after this day */
	bool closed;
};
enum err demo_plan(struct demo *d, struct rnd *r, const struct kid *k);
enum err making_open(struct making *m);
/* state: "valid", "asked", "withdrawn", or "expired". */
enum err making_waiver(struct making *m, const char *state, const char *purpose);
/* The item is shared with every other helper's drawer, if the family has said yes. */
enum err making_share(struct making *m, const char *kind, int64_t item, const struct worker *from,
    struct str received, struct date on);
/* Without a yes, to health care or social services, because care or support of a child needs it
 * (OSL 25:12, 26:9). */
enum err making_needed(struct making *m, const char *kind, int64_t item, const struct worker *from,
    const struct worker *to, const char *need, const char *received, struct date on);
enum err making_step_done(
    struct making *m, const struct worker *by, const char *words, struct date on);
struct step_now {
	const struct worker *worker; /* owner; or */
	const struct somebody *person;
	const char *words, *place, *pattern, *reason;
	struct date due;
	int minute; /* -1: no time of day */
	bool later; /* not the next one */
	bool harm;
};
enum err making_step(struct making *m, const struct step_now *s);
enum err making_need(struct making *m, const struct worker *w, const char *area, const char *words,
    bool strength, struct need_id *out);
enum err making_goal(struct making *m, const struct worker *w, struct need_id need,
    const char *words, struct goal_id *out);
enum err making_measure(struct making *m, const struct worker *w, struct goal_id goal,
    const char *kind, const char *words, struct date from, const char *state);
enum err making_thread(struct making *m, const struct worker *w, const char *title,
    const char *state, struct date since, struct date next, const char *next_words,
    const char *meanwhile);
enum err making_letter(struct making *m, const struct somebody *by, const struct worker *to,
    const char *kind, const char *words, struct date on, const char *answer);
enum err making_voice(struct making *m, const struct worker *reader, const char *mood,
    const char *words, struct date on, bool read, bool in_plan);
enum err making_story(struct making *m, const struct somebody *by, const char *words);
enum err making_party(struct making *m, const char *name, const char *phone, const char *answered);
enum err making_sip(struct making *m);
enum err making_handover(struct making *m, const struct worker *giver,
    const struct worker *receiver, const char *words, bool asked);
/* Names the next step, or closes: after everything else is there. */
enum err making_end(struct making *m);
struct date demo_weekday(struct date d);
/* Nine in the morning that day, and some minutes. */
int64_t demo_at(struct date d, int minutes);

/* demo_asked.c */
/* The guardians are asked to a plan; first: what would happen first. */
/* A yes on paper that the manager of the stories has not seen yet. */
enum err demo_paper(struct demo *d, struct rnd *r, const struct kid *k, struct waiver_id waiver,
    const struct somebody *whose, const struct worker *by);
enum err demo_invited(struct demo *d, struct rnd *r, const struct kid *k, const struct worker *by,
    const char *words, const char *first);
/* A guardian's own message to somebody outside the program. */
enum err demo_letter_out(struct demo *d, struct rnd *r, const struct kid *k,
    const struct somebody *by, const char *to, const char *words);
/* A record of that child in quarantine, for the administrators of that worker's authority. */
enum err demo_set_aside(
    struct demo *d, struct rnd *r, const struct kid *k, const struct worker *drawer_of);

/* A source of that worker's drawer did not say whether the child is protected; k is shielded. */
enum err demo_unchecked(
    struct demo *d, struct rnd *r, const struct kid *k, const struct worker *drawer_of);
/* A source of that worker's drawer has deleted an adult with a mark; the relation stands. */
enum err demo_left(struct demo *d, struct rnd *r, const struct kid *k, const struct somebody *whose,
    const struct worker *drawer_of);
/* What an administrator asks for herself, in the unit of the manager of the stories. */
enum err demo_own_ask(struct demo *d, struct rnd *r);

/* demo_story.c: the people whom one can be on the start page. */
enum err demo_stories(struct demo *d);

extern const char demo_numbers_young[], demo_numbers_old[]; /* 12 characters each, by birth */

#endif
