#include "feat/share/share.h"

#include <string.h>

#include "access/consent.h"
#include "access/version.h"
#include "feat/share/share_in.h"
#include "msg.h"
#include "web/sentence.h"

bool share_drawer_party(struct str regime, enum party *out)
{
	return party_of_code(regime, out);
}

/* Health care's own words, also a school nurse's (OSL 25:1; sweden.md 1.19). */
static bool is_health(enum party p)
{
	return party_regime(p) == REGIME_HEALTH || party_regime(p) == REGIME_PUPIL_HEALTH;
}

static bool is_school(enum party p)
{
	return p == PARTY_INDEPENDENT_SCHOOL || party_regime(p) == REGIME_SCHOOL ||
	       party_regime(p) == REGIME_PRESCHOOL;
}

enum content share_content(const char *kind, enum party holder)
{
	if (strcmp(kind, "thread") != 0)
		return CONTENT_AGREED; /* what everybody agreed in the plan */
	if (is_health(holder))
		return CONTENT_HEALTH;
	return is_school(holder) ? CONTENT_SCHOOL : CONTENT_SOCIAL;
}

bool share_covers(struct str scope, const char *kind, enum party holder, bool in_plan)
{
	bool frame = strcmp(kind, "plan") == 0, step = strcmp(kind, "step") == 0;

	if (str_eq(scope, S("steps")))
		return frame || step;
	if (!in_plan && strcmp(kind, "thread") != 0)
		return false; /* a child's words that it did not let into the plan */
	if (str_eq(scope, S("plan")))
		return in_plan;
	if (frame || strcmp(kind, "voice") == 0)
		return false;
	if (str_eq(scope, S("school")))
		return is_school(holder);
	if (str_eq(scope, S("health")))
		return is_health(holder);
	return str_eq(scope, S("social")) && holder == PARTY_SOC;
}

enum err share_facts(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct share_facts *out)
{
	struct q_share_facts row;

	TRY(q_share_facts(db, permit, mem, child, &row));
	if (!row.found)
		return ERR_NOT_FOUND;
	*out = (struct share_facts){ .person = row.person,
		.name = row.name,
		.age = date_known(row.born)       ? age_years(row.born, permit_day(permit))
		       : date_known(row.expected) ? AGE_UNBORN
						  : AGE_UNKNOWN,
		.born = row.born,
		.guardians = (int)row.guardians };
	/* An unknown marking is not "none" (1.61). */
	if (row.protection.n && !protection_of_code(row.protection, &out->protection))
		out->protection = PROTECTION_NOT_KNOWN;
	return OK;
}

enum says share_says(const struct share_facts *f, struct str child_view, struct str child_answer)
{
	enum says says = SAYS_UNKNOWN;

	if (str_eq(child_answer, S("yes")))
		return SAYS_AGREES;
	if (str_eq(child_answer, S("no")) || str_eq(child_answer, S("withdrawn")))
		return SAYS_OBJECTS;
	if (!says_of_code(child_view, &says))
		return SAYS_UNKNOWN;
	/* One who has to agree itself has not agreed by what somebody else wrote down (1.37). */
	if (says == SAYS_AGREES && f->age >= waiver_ages_usual().child_from)
		return SAYS_UNKNOWN;
	return says;
}

/* What is looked at when something of one drawer may go to others. */
struct item {
	const char *kind;
	enum party holder;
	struct authority_id authority;
	bool in_plan, harm;
};

static struct decision decide(const struct permit *permit, const struct share_facts *f,
    const struct item *it, const struct q_share_openings *o, enum party recipient)
{
	struct disclosure_case c = { .holder = it->holder,
		.recipient = recipient,
		.content = share_content(it->kind, it->holder),
		.age_years = f->age,
		.says = share_says(f, o->child_view, o->child_says),
		.guardians_agreeing = (int)o->agreeing,
		.guardians_total = f->guardians,
		.same_authority = it->authority.v == o->authority.v,
		.waiver = WAIVER_VALID,
		.harm_mark = it->harm,
		.protection = f->protection,
		.day = permit_day(permit) };

	return policy_disclose(&c);
}

/* Is this yes one that carries this item there, by its own ground? */
static bool opens(const struct permit *permit, const struct share_facts *f, const struct item *it,
    const struct q_share_openings *o)
{
	enum party recipient;
	struct decision d;

	if (!share_drawer_party(o->regime, &recipient) ||
	    !share_covers(o->content, it->kind, it->holder, it->in_plan))
		return false;
	d = decide(permit, f, it, o, recipient);
	return d.verdict == VERDICT_ALLOW && d.ground == GROUND_WAIVER;
}

/* The openings that hold for the item: at most one per drawer, the one that lasts longest. */
static enum err openings(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct drawer_id holder, struct item *it,
    struct q_share_openings_list *out)
{
	struct q_share_openings_list all;
	struct q_share_drawer drawer;
	struct share_facts f;

	*out = (struct q_share_openings_list){ 0 };
	TRY(share_facts(db, permit, mem, child, &f));
	TRY(q_share_drawer(db, permit, mem, holder, &drawer));
	if (!drawer.found || !share_drawer_party(drawer.regime, &it->holder))
		return OK;
	it->authority = drawer.authority;
	TRY(q_share_openings(db, permit, mem, child, holder, &all));
	out->v = arena_array(mem, struct q_share_openings, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		if (out->n && out->v[out->n - 1].drawer.v == all.v[i].drawer.v)
			continue;
		if (opens(permit, &f, it, &all.v[i]))
			out->v[out->n++] = all.v[i];
	}
	return OK;
}

/* --- who will be able to read --- */

static void add(struct share_readers *r, enum share_why why, struct str who, struct date until)
{
	r->v[r->n++] = (struct share_reader){ why, who, until, GROUND_NONE, 0 };
}

/* One school has three walls inside (OSL 23:2, 25:1): its name alone does not say who reads. */
static enum err say_part(struct db *db, const struct permit *permit, struct arena *mem,
    struct drawer_id drawer, struct share_reader *r)
{
	struct q_share_drawer row;
	struct buf key;
	enum msg m;

	TRY(q_share_drawer(db, permit, mem, drawer, &row));
	buf_init(&key, mem, 48);
	buf_str(&key, S("regime_"));
	for (size_t i = 0; i < row.regime.n; i++)
		buf_char(&key, (char)(row.regime.p[i] == '_' ? '_' : row.regime.p[i] | 0x20));
	if (msg_of_key(buf_text(&key), &m))
		r->part = (int)m;
	return OK;
}

/* The units that work with the child in a drawer; none yet: the authority's name. */
static enum err units_of(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct drawer_id drawer, struct str *out)
{
	struct q_share_engaged_list units;
	struct q_share_drawer row;
	struct buf b;

	TRY(q_share_engaged(db, permit, mem, child, drawer, &units));
	buf_init(&b, mem, 64);
	for (size_t i = 0; i < units.n; i++) {
		buf_str(&b, i ? S(", ") : S(""));
		buf_str(&b, units.v[i].unit);
	}
	if (units.n == 0) {
		TRY(q_share_drawer(db, permit, mem, drawer, &row));
		buf_str(&b, row.name);
	}
	*out = buf_text(&b);
	return OK;
}

static enum item_kind item_kind_of(const char *kind)
{
	if (strcmp(kind, "step") == 0)
		return ITEM_STEP;
	if (strcmp(kind, "thread") == 0)
		return ITEM_THREAD;
	if (strcmp(kind, "voice") == 0)
		return ITEM_VOICE;
	return strcmp(kind, "plan") == 0 ? ITEM_PLAN : ITEM_MEASURE;
}

bool share_family_sees(const struct permit *permit, const struct share_facts *f, const char *kind,
    enum party holder, bool harm, enum party viewer)
{
	struct family_item it = { .viewer = viewer,
		.kind = item_kind_of(kind),
		.holder = holder,
		.age_years = f->age,
		.harm_mark = harm,
		.protection = f->protection,
		.day = permit_day(permit) };

	return policy_guardian_view(&it).verdict == VERDICT_ALLOW;
}

static enum err family(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_what *what, const struct item *it, struct share_readers *r)
{
	struct q_share_family_list rows;
	struct share_facts f;

	TRY(share_facts(db, permit, mem, what->child, &f));
	TRY(q_share_family(db, permit, mem, what->child, &rows));
	if (age_reached(AGE_OWN_CONSENT_ONLINE, f.age) &&
	    share_family_sees(permit, &f, it->kind, it->holder, it->harm, PARTY_CHILD))
		add(r, SHARE_CHILD, f.name, (struct date){ 0 });
	if (!share_family_sees(permit, &f, it->kind, it->holder, it->harm, PARTY_GUARDIAN))
		return OK;
	for (size_t i = 0; i < rows.n && r->n < 24; i++)
		add(r, str_eq(rows.v[i].kind, S("carer")) ? SHARE_CARER : SHARE_GUARDIAN,
		    rows.v[i].name, (struct date){ 0 });
	return OK;
}

enum err share_readers(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_what *what, struct share_readers *out)
{
	struct item it = { .kind = what->kind, .in_plan = !what->outside_plan, .harm = what->harm };
	struct drawer_id holder = what->holder;
	struct q_share_openings_list open;
	struct str units;

	*out = (struct share_readers){ .v = arena_array(mem, struct share_reader, 64) };
	if (holder.v == 0 && what->item) {
		struct q_share_item row;

		TRY(q_share_item(db, permit, mem, str_of(what->kind),
		    (struct item_id){ what->item }, what->child, &row));
		if (!row.found)
			return ERR_NOT_FOUND;
		holder = row.drawer;
		it.in_plan = row.in_plan != 0;
	}
	if (holder.v == 0)
		holder = permit_drawer(permit);
	TRY(openings(db, permit, mem, what->child, holder, &it, &open));
	TRY(units_of(db, permit, mem, what->child, holder, &units));
	add(out, SHARE_OWN, units, (struct date){ 0 });
	TRY(say_part(db, permit, mem, holder, &out->v[0]));
	TRY(family(db, permit, mem, what, &it, out));
	for (size_t i = 0; i < open.n && out->n < 64; i++) {
		TRY(units_of(db, permit, mem, what->child, open.v[i].drawer, &units));
		add(out, SHARE_WAIVER, units, open.v[i].until);
		TRY(say_part(db, permit, mem, open.v[i].drawer, &out->v[out->n - 1]));
	}
	return OK;
}

/* --- saving is sharing --- */

enum err share_words(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, const char *kind, int64_t item, struct drawer_id holder, struct str *out)
{
	const struct i18n *sv =
	    i18n_langs[0]; /* authorities keep records in Swedish (språklagen 10 §) */
	struct date today = permit_day(permit);
	struct q_share_called called;
	struct q_share_words row;
	struct str name;

	TRY(q_share_called(db, permit, mem, child, holder, &called));
	name = called.name.n ? called.name
			     : i18n_text(mem, sv, today, MSG_share_words_unnamed, NULL, 0);
	if (strcmp(kind, "plan") == 0) {
		struct msg_arg arg = msg_arg_text(name);

		*out = i18n_text(mem, sv, today, MSG_share_words_plan, &arg, 1);
		return OK;
	}
	TRY(q_share_words(db, permit, mem, str_of(kind), (struct item_id){ item }, holder, &row));
	if (!row.found)
		return ERR_NOT_FOUND;
	if (strcmp(kind, "step") == 0) {
		struct plan_sentence s = { row.pattern, row.words, row.who, name, row.due,
			row.due_minute_null ? -1 : row.due_minute, { 0 }, false };

		*out = plan_say(mem, sv, today, &s);
		return OK;
	}
	*out = strcmp(kind, "thread") == 0 && row.who.n
		   ? str_fmt(mem, "%.*s. %.*s", STR(row.words), STR(row.who))
		   : row.words;
	return OK;
}

/* Ends what stands open and should not: the yes no longer lets it through, or the words are new.
 * What was shared once by another ground was that text and not what comes after it
 * (sweden.md 1.30). */
static enum err end_old(struct db *db, const struct permit *permit,
    const struct q_share_live_list *live, const struct q_share_openings_list *open,
    struct str received, bool frame, bool *changed)
{
	for (size_t i = 0; i < live->n; i++) {
		const struct q_share_live *l = &live->v[i];
		bool keep = frame || str_eq(l->received, received);

		if (l->waiver.v) {
			bool opened = false;

			for (size_t k = 0; k < open->n; k++)
				opened = opened || (open->v[k].drawer.v == l->drawer.v &&
						       open->v[k].waiver.v == l->waiver.v);
			keep = opened && str_eq(l->received, received);
		}
		if (keep)
			continue;
		TRY(q_share_end(db, permit, l->id));
		*changed = true;
	}
	return OK;
}

static bool stands(
    const struct q_share_live_list *live, const struct q_share_openings *o, struct str received)
{
	for (size_t i = 0; i < live->n; i++)
		if (live->v[i].drawer.v == o->drawer.v && live->v[i].waiver.v == o->waiver.v &&
		    str_eq(live->v[i].received, received))
			return true;
	return false;
}

static enum err save_one(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, const char *kind, int64_t item, struct str received, bool *changed)
{
	struct item it = { .kind = kind };
	struct q_share_openings_list open;
	struct q_share_live_list live;
	struct q_share_item row;

	TRY(q_share_item(db, permit, mem, str_of(kind), (struct item_id){ item }, child, &row));
	if (!row.found)
		return ERR_NOT_FOUND;
	it.harm = row.harm != 0;
	it.in_plan = row.in_plan != 0;
	TRY(openings(db, permit, mem, child, row.drawer, &it, &open));
	TRY(q_share_live(db, permit, mem, str_of(kind), (struct item_id){ item }, &live));
	if (open.n == 0 && live.n == 0)
		return OK;
	if (received.n == 0)
		TRY(share_words(db, permit, mem, child, kind, item, row.drawer, &received));
	TRY(end_old(db, permit, &live, &open, received, strcmp(kind, "plan") == 0, changed));
	for (size_t i = 0; i < open.n; i++) {
		const struct q_share_openings *o = &open.v[i];
		struct assignment_id by = permit_assignment(permit);

		if (stands(&live, o, received))
			continue;
		TRY(q_share_put(db, permit, (struct disclosure_id){ id_random() }, child,
		    str_of(kind), (struct item_id){ item }, row.drawer, o->drawer,
		    str_of(ground_code(GROUND_WAIVER)), o->waiver, (struct str){ 0 }, received,
		    by.v ? by : o->asked_by, (struct task_id){ 0 }));
		*changed = true;
	}
	return OK;
}

enum err share_save(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, const char *kind, int64_t item, struct str received)
{
	bool changed = false;

	must(permit_child(permit).v == 0 || permit_child(permit).v == child.v);
	TRY(save_one(db, permit, mem, child, kind, item, received, &changed));
	return changed ? version_access(db, child) : OK;
}

enum err share_all(
    struct db *db, const struct permit *permit, struct arena *mem, struct child_id child)
{
	struct q_share_items_list items;
	bool changed = false;

	must(permit_child(permit).v == 0 || permit_child(permit).v == child.v);
	TRY(q_share_items(db, permit, mem, child, &items));
	for (size_t i = 0; i < items.n; i++)
		TRY(save_one(db, permit, mem, child, str_c(mem, items.v[i].kind), items.v[i].item.v,
		    S(""), &changed));
	return changed ? version_access(db, child) : OK;
}

enum err share_take_back(struct db *db, const struct permit *permit, const char *kind, int64_t item)
{
	return q_share_correct_end(db, permit, str_of(kind), (struct item_id){ item });
}
