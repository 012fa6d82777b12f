#include "feat/measure/measure.h"

#include "msg.h"
#include "q_measure.h"

struct str measure_kind_name(
    struct arena *mem, const struct i18n *lang, struct date today, struct str kind)
{
	enum msg m;

	if (kind.n == 0 || !msg_of_key(str_fmt(mem, "kind_%.*s", STR(kind)), &m))
		return S("");
	return i18n_text(mem, lang, today, (int)m, NULL, 0);
}

enum err measure_similar_for_family(struct db *db, const struct permit *permit, struct arena *mem,
    const struct i18n *lang, struct date today, struct child_id child, bool sees_harm,
    struct measure_pairs *out)
{
	struct q_measure_pairs_list rows;

	TRY(q_measure_pairs(db, permit, mem, child, sees_harm, &rows));
	out->v = arena_array(mem, struct measure_pair, rows.n + 1);
	out->n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_measure_pairs *r = &rows.v[i];
		struct str one = measure_kind_name(mem, lang, today, r->one_kind);
		struct str two = measure_kind_name(mem, lang, today, r->two_kind);

		out->v[out->n++] = (struct measure_pair){ .one = r->one,
			.two = r->two,
			.one_words = one.n ? one : r->one_words,
			.one_who = r->one_who,
			.two_words = two.n ? two : r->two_words,
			.two_who = r->two_who };
	}
	return OK;
}

enum err measure_end_with_plan(struct db *db, const struct permit *permit, struct plan_id plan,
    struct measure_id measure, struct str result)
{
	return q_measure_end_at_close(db, permit, measure, plan, result);
}

enum err measure_take_back(struct db *db, const struct permit *permit, struct measure_id measure)
{
	TRY(q_measure_correct_ties(db, permit, measure));
	return q_measure_correct_gone(db, permit, measure);
}
