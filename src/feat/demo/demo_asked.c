/* What waits for somebody's answer when the demo is new, and a letter that left the program: a plan
 * that a family is invited to, a record that an import put aside, a child of whom nobody has
 * checked whether it is protected, a yes on paper that another has not seen, a relation that a
 * source has let go of, an assignment that an administrator asks for herself. Nothing else in a new
 * demo leads to these pages. */
#include "auth/seal.h"
#include "feat/demo/demo_in.h"
#include "q_demo_make.h"
#include "json/json.h"

enum err demo_invited(struct demo *d, struct rnd *r, const struct kid *k, const struct worker *by,
    const char *words, const char *first)
{
	struct invitation_id id = { rnd_id(r) };
	int64_t at = demo_at(date_add_days(d->today, -1), 90);

	TRY(q_demo_put_invitation_open(d->db, id, k->id, by->assignment,
	    demo_say(&d->scratch, words, k->who.given, by->name), S("family"),
	    demo_say(&d->scratch, first, k->who.given, by->name),
	    demo_weekday(date_add_days(d->today, 9)), at));
	for (int i = 0; i < k->n_guardians; i++)
		TRY(q_demo_put_invitation_answer(d->db, id, k->guardians[i].person));
	return OK;
}

enum err demo_paper(struct demo *d, struct rnd *r, const struct kid *k, struct waiver_id waiver,
    const struct somebody *whose, const struct worker *by)
{
	struct paper_id id = { rnd_id(r) };
	struct task_id task = { rnd_id(r) };
	int64_t at = demo_at(date_add_days(d->today, -1), 120);

	must(by->drawer.v == d->manager.drawer.v);
	TRY(q_demo_put_task(d->db, task, S("paper_yes"), k->id, (struct plan_id){ 0 }, by->drawer,
	    d->manager.assignment, (struct assignment_id){ 0 }, S("paper"),
	    (struct item_id){ id.v }, (struct drawer_id){ 0 }, (struct str){ 0 }, (struct str){ 0 },
	    demo_weekday(date_add_days(d->today, 6)), at));
	return q_demo_put_paper(d->db, id, k->id, waiver, whose->person, S("Visade körkort"),
	    by->drawer, by->assignment, at, task, demo_weekday(date_add_days(d->today, 13)));
}

enum err demo_letter_out(struct demo *d, struct rnd *r, const struct kid *k,
    const struct somebody *by, const char *to, const char *words)
{
	return q_demo_put_letter_out(d->db, (struct letter_id){ rnd_id(r) }, k->id, by->person,
	    str_of(to), demo_say(&d->scratch, words, k->who.given, ""),
	    demo_at(date_add_days(d->today, -6), 660));
}

/* The same name and birth date as the child's, and no number: a person has to say whether it is
 * the same child (promise 8). The payload is in the shape that import_write gives. */
enum err demo_set_aside(
    struct demo *d, struct rnd *r, const struct kid *k, const struct worker *drawer_of)
{
	struct quarantine_id id = { rnd_id(r) };
	struct arena *mem = &d->scratch;
	struct str payload;
	struct json j;
	struct buf b;

	buf_init(&b, mem, 512);
	json_init(&j, &b);
	json_obj(&j);
	json_field(&j, "id", "b5f0c9c2-41d7-4b0f-9a35-6b1f6f2f7a10");
	json_field(&j, "givenName", k->who.given);
	json_field(&j, "familyName", k->who.family);
	json_field(&j, "x_called", k->who.given);
	json_field(&j, "x_care", true);
	json_field(&j, "birthDate", date_iso(mem, k->who.born));
	json_field(&j, "securityMarking", "Ingen");
	json_end(&j);
	payload = buf_text(&b);
	return q_demo_put_quarantine(d->db, id, drawer_of->drawer, S("care"),
	    S("b5f0c9c2-41d7-4b0f-9a35-6b1f6f2f7a10"), S("name_match"),
	    seal_close(d->keys, mem, "quarantine", id.v, payload),
	    seal_index(d->keys, mem, keys_newest(d->keys), payload), k->who.person,
	    demo_at(date_add_days(d->today, -2), -420));
}

enum err demo_unchecked(
    struct demo *d, struct rnd *r, const struct kid *k, const struct worker *drawer_of)
{
	return q_demo_put_identity(d->db, (struct identity_id){ rnd_id(r) }, k->who.person,
	    S("care"), drawer_of->drawer, str_of(k->who.given), str_of(k->who.family), k->who.born,
	    (struct date){ 0 }, (struct str){ 0 }, (struct str){ 0 }, (struct str){ 0 },
	    S("unknown"), date_add_days(d->today, -4));
}

/* Who is protected has vanished from the source: the relation stands until a person has answered.
 */
enum err demo_left(struct demo *d, struct rnd *r, const struct kid *k, const struct somebody *whose,
    const struct worker *drawer_of)
{
	struct relation_id id = { rnd_id(r) };
	struct date checked = date_add_days(d->today, -30);

	TRY(q_demo_put_source_id(d->db, (struct identity_id){ rnd_id(r) }, k->who.person,
	    drawer_of->drawer, S("b5f0c9c2-41d7-4b0f-9a35-6b1f6f2f7a11"), checked));
	TRY(q_demo_put_source_id(d->db, (struct identity_id){ rnd_id(r) }, whose->person,
	    drawer_of->drawer, S("b5f0c9c2-41d7-4b0f-9a35-6b1f6f2f7a12"), checked));
	TRY(q_demo_put_relation(d->db, id, k->id, whose->person, S("parent"),
	    date_add_days(d->today, -400), (struct date){ 0 }, S("care"), drawer_of->drawer,
	    checked));
	return q_demo_put_left(d->db, (struct left_id){ rnd_id(r) }, id, drawer_of->drawer,
	    demo_at(date_add_days(d->today, -3), -400));
}

enum err demo_own_ask(struct demo *d, struct rnd *r)
{
	return q_demo_put_ask(d->db, (struct ask_id){ rnd_id(r) }, d->manager.authority,
	    d->manager.unit, d->manager.drawer, S("samordnare"), d->today,
	    demo_at(date_add_days(d->today, -1), 30));
}
