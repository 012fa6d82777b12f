#include "feat/share/waiver.h"

#include "access/version.h"
#include "feat/share/paper.h"
#include "q_waiver.h"

struct waiver_needs waiver_needs_for(const struct share_facts *f)
{
	return waiver_needs(waiver_ages_usual(), f->age, f->guardians);
}

struct date waiver_last_day(const struct share_facts *f, bool view_known, struct date today)
{
	return waiver_holds_to(waiver_ages_usual(), f->born, view_known, today);
}

static enum err put_sides(
    struct db *db, const struct permit *permit, struct waiver_id id, const struct waiver_ask *ask)
{
	struct drawer_id own = permit_drawer(permit);

	TRY(q_waiver_put_drawer(db, permit, id, own, S("holder")));
	if (ask->both_ways)
		TRY(q_waiver_put_drawer(db, permit, id, own, S("recipient")));
	for (int i = 0; i < ask->n_to; i++) {
		TRY(q_waiver_put_drawer(db, permit, id, ask->to[i], S("recipient")));
		if (ask->both_ways)
			TRY(q_waiver_put_drawer(db, permit, id, ask->to[i], S("holder")));
	}
	return OK;
}

enum err waiver_ask(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_facts *f, const struct waiver_ask *ask, struct waiver_id *out)
{
	struct waiver_needs needs = waiver_needs_for(f);
	struct q_waiver_deciders_list deciders;

	must(!needs.human && ask->n_to > 0);
	*out = (struct waiver_id){ id_random() };
	TRY(q_waiver_put(db, permit, *out, ask->purpose, ask->content, ask->until, ask->child_view,
	    ask->child_how));
	TRY(put_sides(db, permit, *out, ask));
	TRY(q_waiver_deciders(db, permit, mem, &deciders));
	for (size_t i = 0; needs.guardians && i < deciders.n; i++)
		TRY(q_waiver_put_answer(db, permit, *out, deciders.v[i].person, S("asked")));
	if (needs.child_yes)
		TRY(q_waiver_put_answer(db, permit, *out, f->person, S("asked")));
	return version_access(db, permit_child(permit));
}

enum err waiver_hear(struct db *db, const struct permit *permit, struct arena *mem,
    struct waiver_id waiver, const struct waiver_heard *heard)
{
	struct q_waiver_count now;

	TRY(q_waiver_say(db, permit, waiver, heard->person, heard->yes ? S("yes") : S("no"),
	    heard->how, heard->by, heard->checked));
	TRY(q_waiver_count(db, permit, mem, waiver, &now));
	if (now.no)
		TRY(q_waiver_is_refused(db, permit, waiver));
	TRY(paper_tidy(db, permit, waiver.v));
	TRY(version_access(db, permit_child(permit)));
	if (now.no || now.waiting || now.yes == 0)
		return OK;
	TRY(q_waiver_becomes_valid(db, permit, waiver, heard->how));
	return share_all(db, permit, mem, permit_child(permit));
}

enum err waiver_unhear(struct db *db, const struct permit *permit, struct waiver_id waiver)
{
	TRY(q_waiver_unsay(db, permit, waiver));
	return version_access(db, permit_child(permit));
}

enum err waiver_withdraw(
    struct db *db, const struct permit *permit, struct waiver_id waiver, bool never_asked)
{
	if (never_asked)
		TRY(q_waiver_put_answer(db, permit, waiver, permit_actor(permit), S("withdrawn")));
	else
		TRY(q_waiver_take_back(db, permit, waiver));
	TRY(q_waiver_ends(db, permit, waiver));
	return version_access(db, permit_child(permit));
}
