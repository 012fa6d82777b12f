#include "feat/share/disclose.h"

#include "access/version.h"
#include "q_disclose.h"

/* Whose secret it is follows from the drawer, also for what was agreed (OSL 8:2;
 * sweden.md 1.18, 1.27). */
static enum content content_held_by(enum party holder)
{
	return share_content("thread", holder);
}

/* The last yes between the two, as the rules know it. */
static enum err past(struct db *db, const struct permit *permit, struct arena *mem,
    const struct disclose_ask *ask, struct disclosure_case *c)
{
	struct q_disclose_past row;

	TRY(q_disclose_past(db, permit, mem, ask->child, ask->holder, ask->to, &row));
	if (!row.found)
		return OK;
	if (str_eq(row.state, S("withdrawn")))
		c->waiver = WAIVER_WITHDRAWN;
	else if (date_cmp(row.until, permit_day(permit)) < 0)
		c->waiver = WAIVER_EXPIRED;
	return OK;
}

/* A yes that holds now and speaks of the item. */
static enum err valid(struct db *db, const struct permit *permit, struct arena *mem,
    const struct disclose_ask *ask, const struct share_facts *f, bool in_plan,
    struct disclosure_case *c, struct waiver_id *waiver)
{
	struct q_share_openings_list open;

	TRY(q_share_openings(db, permit, mem, ask->child, ask->holder, &open));
	for (size_t i = 0; i < open.n; i++) {
		const struct q_share_openings *o = &open.v[i];

		if (o->drawer.v != ask->to.v ||
		    !share_covers(o->content, ask->kind, c->holder, in_plan))
			continue;
		*waiver = o->waiver;
		c->waiver = WAIVER_VALID;
		c->guardians_agreeing = (int)o->agreeing;
		if (c->says == SAYS_UNKNOWN)
			c->says = share_says(f, o->child_view, o->child_says);
		return OK;
	}
	return past(db, permit, mem, ask, c);
}

enum err disclose_judge(struct db *db, const struct permit *permit, struct arena *mem,
    const struct disclose_ask *ask, struct disclose_answer *out)
{
	struct disclosure_case c = { .need = ask->need.n ? NEED_YES : NEED_UNSET,
		.investigation = ask->investigation,
		.asks = ask->investigator_asks ? ASKER_INVESTIGATOR : ASKER_NOBODY,
		.says = ask->says,
		.day = permit_day(permit) };
	struct q_share_drawer from, to;
	struct q_share_item row;
	struct share_facts f;

	*out = (struct disclose_answer){ 0 };
	TRY(share_facts(db, permit, mem, ask->child, &f));
	TRY(q_share_item(
	    db, permit, mem, str_of(ask->kind), (struct item_id){ ask->item }, ask->child, &row));
	if (!row.found || row.drawer.v != ask->holder.v)
		return ERR_NOT_FOUND;
	TRY(q_share_drawer(db, permit, mem, ask->holder, &from));
	TRY(q_share_drawer(db, permit, mem, ask->to, &to));
	if (!from.found || !to.found || !share_drawer_party(from.regime, &c.holder) ||
	    !share_drawer_party(to.regime, &c.recipient))
		return ERR_NOT_FOUND;
	c.content = content_held_by(c.holder);
	c.age_years = f.age;
	c.guardians_total = f.guardians;
	c.same_authority = from.authority.v == to.authority.v;
	c.harm_mark = row.harm != 0;
	c.protection = f.protection;
	TRY(valid(db, permit, mem, ask, &f, row.in_plan != 0, &c, &out->waiver));
	out->d = policy_disclose(&c);
	if (out->d.ground != GROUND_WAIVER)
		out->waiver = (struct waiver_id){ 0 };
	return share_words(
	    db, permit, mem, ask->child, ask->kind, ask->item, ask->holder, &out->words);
}

enum err disclose_do(struct db *db, const struct permit *permit, const struct disclose_ask *ask,
    const struct disclose_answer *answer, struct task_id task)
{
	must(answer->d.ground != GROUND_NONE &&
	     (answer->d.verdict == VERDICT_ALLOW ||
		 (answer->d.verdict == VERDICT_HUMAN && task.v != 0)));
	TRY(q_share_put(db, permit, (struct disclosure_id){ id_random() }, ask->child,
	    str_of(ask->kind), (struct item_id){ ask->item }, ask->holder, ask->to,
	    str_of(ground_code(answer->d.ground)), answer->waiver, ask->need, answer->words,
	    permit_assignment(permit), task));
	return version_access(db, ask->child);
}
