#include "feat/org/org.h"

#include "access/version.h"
#include "auth/session.h"
#include "q_org.h"

enum err org_absence_add(struct db *db, const struct permit *permit, struct assignment_id of,
    struct date from, struct date to)
{
	TRY(q_org_absence_add(db, permit, (struct absence_id){ id_random() }, of, from, to));
	return version_covered(db, of, (struct assignment_id){ 0 });
}

enum err org_absence_end(
    struct db *db, const struct permit *permit, struct assignment_id of, struct date back)
{
	TRY(q_org_absence_drop(db, permit, of, back));
	TRY(q_org_absence_cut(db, permit, of, back, date_add_days(back, -1)));
	return version_covered(db, of, (struct assignment_id){ 0 });
}

enum err org_deputy_set(struct db *db, const struct permit *permit, struct arena *mem,
    struct assignment_id of, struct assignment_id deputy, int64_t version)
{
	struct q_org_assignment a;
	struct q_org_deputy_fits fits;
	struct q_org_is_mine mine = { 0 };

	TRY(q_org_assignment(db, permit, mem, of, &a));
	if (deputy.v && deputy.v != a.deputy.v)
		TRY(q_org_is_mine(db, permit, mem, deputy, &mine));
	if (mine.found)
		return ERR_INVALID;
	if (deputy.v) {
		TRY(q_org_deputy_fits(db, permit, mem, of, deputy, permit_day(permit), &fits));
		if (!fits.found)
			return ERR_INVALID;
	} else if (a.carries && !a.here) {
		return ERR_INVALID; /* somebody must cover what is carried */
	}
	TRY(q_org_deputy_set(db, permit, of, deputy, version));
	return version_covered(db, of, a.deputy);
}

enum err org_assignment_end(struct db *db, const struct permit *permit, struct arena *mem,
    struct assignment_id of, struct date last, int64_t version, int64_t *carries, bool *ended)
{
	struct q_org_assignment a;
	struct q_org_deputy_fits fits = { 0 };

	TRY(q_org_assignment(db, permit, mem, of, &a));
	*carries = a.carries;
	if (a.deputy.v)
		TRY(q_org_deputy_fits(
		    db, permit, mem, of, a.deputy, date_add_days(last, 1), &fits));
	*ended = a.carries == 0 || fits.found;
	if (!*ended)
		return OK;
	TRY(q_org_end(db, permit, of, last, version));
	if (date_cmp(last, permit_day(permit)) < 0)
		TRY(session_end_worn(db, of, permit_now_ms(permit)));
	return version_covered(db, of, (struct assignment_id){ 0 });
}
