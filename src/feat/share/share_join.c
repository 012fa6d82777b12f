/* A drawer joins a plan by the family's yes to its invitation. */
#include "access/version.h"
#include "feat/share/waiver.h"
#include "q_share_join.h"

enum err share_join(struct db *db, const struct permit *permit, struct arena *mem,
    const struct share_join *join, struct waiver_id *out)
{
	static const char *const sides[] = { "holder", "recipient" };
	const struct drawer_id both[] = { join->plan_drawer, join->to };
	struct waiver_id w = { id_random() };
	struct share_facts f;

	*out = w;
	must(join->n_yes > 0 && join->plan_drawer.v != join->to.v);
	TRY(share_facts(db, permit, mem, permit_child(permit), &f));
	TRY(q_share_join_put(db, permit, w, join->asked_by, join->purpose,
	    waiver_last_day(&f, !str_eq(join->child_view, S("unknown")), permit_day(permit)),
	    join->child_view, join->child_how, join->yes[0].how, join->asked_ms));
	for (int d = 0; d < 2; d++)
		for (int s = 0; s < 2; s++)
			TRY(q_share_join_side(db, permit, w, both[d], str_of(sides[s])));
	for (size_t i = 0; i < join->n_yes; i++)
		TRY(q_share_join_yes(db, permit, w, join->yes[i].person, join->yes[i].how,
		    join->yes[i].by, join->yes[i].checked));
	TRY(version_access(db, permit_child(permit)));
	return share_all(db, permit, mem, permit_child(permit));
}
