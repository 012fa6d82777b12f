#include "feat/check/check.h"

#include "access/policy.h"
#include "q_check.h"

#define MEM_BYTES ((size_t)1 << 30) /* of address space */

/* promise, name, kind, words. PLAIN: its query takes nothing; DAY: it takes the day. */
#define PLAIN_CHECKS(X) \
	X(1, plan_next, "plan", "an open plan without a next step that has owner, date and words") \
	X(1, plan_two_next, "plan", "a step is next in a plan that does not point at it") \
	X(1, thread_next, "thread", "goes on without a next date of its own") \
	X(2, plan_lead, "plan", "an open plan that nobody leads") \
	X(2, plan_two_open, "child", "has two open plans") \
	X(2, handover, "handover", "answered without an instant, or asked twice") \
	X(3, engagement_drawer, "engagement", "opens another drawer than the assignment's own") \
	X(3, assignment_drawer, "assignment", \
	    "stands in a drawer of another authority than the unit's") \
	X(4, disclosure_item, "disclosure", \
	    "shares what is not there, not this child's, or another drawer's") \
	X(4, disclosure_scope, "disclosure", "stands on a yes that does not cover it") \
	X(4, paper, "paper", \
	    "a yes on paper that counts on one person's word, or on another drawer's") \
	X(5, after_end, "disclosure", "was made before its yes was given or after it ended") \
	X(5, waiver_withdrawn, "waiver", "withdrawn or valid, and its end says otherwise") \
	X(8, shielded_plan, "plan", "an open plan for a child with a protected person") \
	X(8, mark, "mark", \
	    "by hand, and answered by the one who made it, or lowered with no day of asking") \
	X(3, own_ask, "ask", "an assignment asked for oneself, answered by the one it is for") \
	X(8, left, "left", "ended by a person, and the relation goes on") \
	X(8, twin, "identity", "has a number that is another person's, or nobody's") \
	X(11, voice_drawer, "voice", "lies in another drawer than its reader's") \
	X(11, closed_view, "plan", "closed without the child's view or a reason") \
	X(15, similar, "measure", "does the same as another, and nobody was asked") \
	X(20, letter_author, "letter", "was written by somebody outside the family") \
	X(20, story_author, "story", "was told by somebody outside the family")
#define DAY_CHECKS(X) \
	X(1, step_uncovered, "step", "next, and neither owner, deputy nor manager is at work") \
	X(2, lead_uncovered, "plan", "neither its lead, a deputy nor the manager is at work") \
	X(5, waiver_answers, "waiver", "valid without a yes from everybody who must give one") \
	X(8, protection, "child", \
	    "not shielded, and somebody of the family is protected or may be") \
	X(11, voice_unread, "voice", "unread beyond its day, and nobody else was told") \
	X(12, adult_waiver, "waiver", "about an adult, without that person's own yes") \
	X(12, youth_waiver, "waiver", \
	    "about a youth of 15 without its own yes, or of 12 without its view")
#define OWN_CHECKS(X) \
	X(4, disclosure_ground, "disclosure", \
	    "has no ground that was in force, or none that lets it through") \
	X(5, after_last_day, "waiver", "something was shared on it after its last day") \
	X(6, book, "record", \
	    "the book of looks does not verify there: tillsammans looks verify says how") \
	X(17, change_without_look, "record", "a change whose record is not in the book") \
	X(17, loose_end, "row", "points at something that is not there")

const char *const check_names[] = {
#define X(promise, name, kind, text) #name,
	PLAIN_CHECKS(X) DAY_CHECKS(X) OWN_CHECKS(X)
#undef X
	    NULL,
};

struct checking {
	struct db *db, *book;
	const struct book_trust *trust;
	struct arena mem;
	struct date day;
	const struct check_sink *sink;
	struct check_sum *sum;
};

static void found(struct checking *c, int promise, const char *name, const char *kind,
    const char *text, int64_t id)
{
	struct check_finding f = { promise, name, kind, id, text };

	c->sum->findings++;
	if (c->sink && c->sink->found)
		c->sink->found(c->sink->to, &f);
}

#define X(promise, name, kind, text) \
	static void found_##name(struct checking *c, int64_t id) \
	{ \
		found(c, promise, #name, kind, text, id); \
	}
PLAIN_CHECKS(X)
DAY_CHECKS(X)
OWN_CHECKS(X)
#undef X

#define RUN(name, ...) \
	static enum err run_##name(struct checking *c) \
	{ \
		struct q_check_##name##_list rows; \
\
		TRY(q_check_##name(c->db, &c->mem, ##__VA_ARGS__, &rows)); \
		for (size_t i = 0; i < rows.n; i++) \
			found_##name(c, rows.v[i].id.v); \
		return OK; \
	}
#define X(promise, name, kind, text) RUN(name)
PLAIN_CHECKS(X)
#undef X
#define X(promise, name, kind, text) RUN(name, c->day)
DAY_CHECKS(X)
#undef X

/* --- grounds --- */

/* What such a holder's items are about: the narrowest the tables know. */
static enum content content_of(enum party holder)
{
	switch (party_regime(holder)) {
	case REGIME_HEALTH:
	case REGIME_PUPIL_HEALTH:
		return CONTENT_HEALTH;
	case REGIME_SOCIAL:
		return CONTENT_SOCIAL;
	case REGIME_UNKNOWN:
	case REGIME_PRESCHOOL:
	case REGIME_SCHOOL:
	case REGIME_PRIVATE:
	case REGIME_POLICE:
	case REGIME_MUNICIPALITY:
	case REGIME_PERSON:
	case REGIME_PROGRAMME:
		break;
	}
	return CONTENT_SCHOOL;
}

/* In force that day; and either the rules let it through, or a person assessed it (HUMAN, with its
 * task). */
static bool ground_holds(const struct q_check_disclosures *d)
{
	struct disclosure_case k = { .day = date_of_ms(d->at_ms),
		.need = d->need.n ? NEED_YES : NEED_NO };
	enum ground g;
	struct decision said;

	if (!ground_of_code(d->ground, &g) || !ground_in_force(g, k.day))
		return false;
	if (d->task.v) /* assessed by a named person, who wrote why */
		return true;
	if (!party_of_code(d->holder, &k.holder) || !party_of_code(d->recipient, &k.recipient))
		return false;
	k.content = content_of(k.holder);
	k.age_years = date_known(d->born)       ? age_years(d->born, k.day)
		      : date_known(d->expected) ? AGE_UNBORN
						: AGE_UNKNOWN;
	k.guardians_agreeing = k.guardians_total = GUARDIANS_UNKNOWN;
	k.same_authority = d->from_authority.v == d->to_authority.v;
	said = policy_disclose(&k);
	return said.verdict == VERDICT_ALLOW && said.ground == g;
}

static enum err run_grounds(struct checking *c)
{
	struct q_check_disclosures_list rows;

	TRY(q_check_disclosures(c->db, &c->mem, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (!ground_holds(&rows.v[i]))
			found_disclosure_ground(c, rows.v[i].id.v);
	return OK;
}

static enum err run_last_days(struct checking *c)
{
	struct q_check_waiver_ends_list rows;

	TRY(q_check_waiver_ends(c->db, &c->mem, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (date_cmp(date_of_ms(rows.v[i].last_ms), rows.v[i].to_on) > 0)
			found_after_last_day(c, rows.v[i].id.v);
	return OK;
}

/* --- the book --- */

static void book_found(void *to, const struct book_finding *f)
{
	found_book(to, f->seq);
}

static enum err run_book(struct checking *c)
{
	struct book_sum sum;
	struct q_check_token_after_list rows;

	if (!c->book)
		return OK;
	TRY(book_verify(c->book, c->trust, book_found, c, &sum));
	TRY(q_check_token_after(c->db, &c->mem, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct q_check_token_look look;

		TRY(q_check_token_look(
		    c->book, &c->mem, rows.v[i].chain, rows.v[i].after, rows.v[i].token, &look));
		if (!look.found)
			found_change_without_look(c, rows.v[i].token);
	}
	return OK;
}

/* What SQLite itself knows of references that lead nowhere; PostgreSQL can't have any unless
 * somebody switched its triggers off, and has no such question. */
static enum err run_loose_ends(struct checking *c)
{
	static const struct db_query q = { .name = "check_loose_end",
		.sqlite = "SELECT COALESCE(rowid, 0) FROM pragma_foreign_key_check LIMIT 1000",
		.pg = "SELECT 0 WHERE false",
		.index = -1,
		.outs = 1,
		.store = DB_STORE_MAIN };
	bool more;

	TRY(db_run(c->db, &q, NULL));
	for (;;) {
		TRY(db_next(c->db, &more));
		if (!more)
			return OK;
		found_loose_end(c, db_col_i64(c->db, 0));
	}
}

static enum err run_fillers(struct checking *c)
{
	struct q_check_fillers row;

	TRY(q_check_fillers(c->db, &c->mem, c->day, &row));
	c->sum->fillers = row.n;
	c->sum->fillers_late = row.late;
	return OK;
}

static enum err run_all(struct checking *c)
{
	enum err (*const all[])(struct checking *) = {
#define X(promise, name, kind, text) run_##name,
		PLAIN_CHECKS(X) DAY_CHECKS(X)
#undef X
		    run_grounds,
		run_last_days,
		run_book,
		run_loose_ends,
		run_fillers,
	};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		size_t mark = arena_mark(&c->mem);

		TRY(all[i](c));
		arena_rewind(&c->mem, mark);
	}
	return OK;
}

enum err check_run(struct db *db, struct db *book, const struct book_trust *trust, struct date day,
    const struct check_sink *sink, struct check_sum *sum)
{
	struct checking c = {
		.db = db, .book = book, .trust = trust, .day = day, .sink = sink, .sum = sum
	};
	enum err e;

	*sum = (struct check_sum){ 0 };
	arena_init(&c.mem, MEM_BYTES);
	e = run_all(&c);
	arena_fini(&c.mem);
	return e;
}
