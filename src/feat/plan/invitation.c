#include "feat/plan/invitation.h"

#include "access/consent.h"
#include "feat/plan/plan.h"
#include "feat/share/share.h"
#include "q_invitation.h"
#include "q_plan.h"

#define PARTIES_MOST 8

enum err invitation_people(
    struct db *db, const struct permit *permit, struct arena *mem, struct invitation_people *out)
{
	struct q_invitation_deciders_list rows;
	struct q_invitation_child child;
	struct waiver_needs needs;
	int age = permit_age(permit);

	TRY(q_invitation_deciders(db, permit, mem, &rows));
	TRY(q_invitation_child(db, permit, mem, &child));
	if (age < 0)
		age = date_known(child.expected) ? AGE_UNBORN : AGE_UNKNOWN;
	needs = waiver_needs(waiver_ages_usual(), age, rows.n ? (int)rows.n : GUARDIANS_UNKNOWN);
	*out =
	    (struct invitation_people){ .v = arena_array(mem, struct invitation_person, rows.n + 1),
		    .nobody = needs.human };
	for (size_t i = 0; needs.guardians && i < rows.n; i++)
		out->v[out->n++] =
		    (struct invitation_person){ rows.v[i].person, rows.v[i].name, false };
	if (needs.child_yes)
		out->v[out->n++] = (struct invitation_person){ child.person, child.name, true };
	out->nobody = out->nobody || out->n == 0;
	return OK;
}

enum err invitation_ask(struct db *db, const struct permit *permit, struct arena *mem,
    const struct invitation_ask *ask, const struct invitation_people *people,
    struct invitation_id *out)
{
	(void)mem;
	*out = (struct invitation_id){ id_random() };
	TRY(q_invitation_put(db, permit, *out, ask->words, ask->noticed, ask->with_whom,
	    ask->parties, ask->next_words, ask->next, ask->child_view, ask->child_how));
	for (size_t i = 0; i < people->n; i++)
		TRY(q_invitation_ask(db, permit, *out, people->v[i].person));
	return OK;
}

/* Outside parties that the asker named, one a line. */
static enum err put_parties(
    struct db *db, const struct permit *permit, struct plan_id plan, struct str lines)
{
	for (int n = 0; lines.n && n < PARTIES_MOST; n++) {
		struct str name = str_trim(str_cut(&lines, '\n'));

		if (name.n)
			TRY(q_plan_party_add(db, permit, (struct party_id){ id_random() }, plan,
			    name, (struct str){ 0 }));
	}
	return OK;
}

static enum err open_new(struct db *db, const struct permit *permit, struct arena *mem,
    const struct q_invitation_show *i, struct plan_id *out)
{
	struct date today = permit_day(permit);
	struct plan_opening o = { .drawer = i->drawer,
		.lead = i->asker,
		.authority = i->authority,
		.noticed = i->noticed };

	if (i->next_words.n)
		o.next = (struct plan_next){ .words = i->next_words,
			.due = date_cmp(i->next, today) < 0 ? today : i->next,
			.due_minute = -1,
			.assignment = i->asker };
	TRY(plan_open(db, permit, mem, &o, out));
	return put_parties(db, permit, *out, i->parties);
}

/* The child has a plan: the yes lets the asker's drawer into it. */
static enum err join(struct db *db, const struct permit *permit, struct arena *mem,
    const struct q_invitation_show *i, const struct q_plan_of_child *plan,
    const struct q_invitation_answers_list *answers, struct waiver_id *out)
{
	struct share_yes *yes = arena_array(mem, struct share_yes, answers->n);
	struct share_join j = { .plan_drawer = plan->drawer,
		.to = i->drawer,
		.asked_by = i->asker,
		.purpose = i->words,
		.child_view = i->child_view.n ? i->child_view : S("unknown"),
		.child_how = i->child_how,
		.asked_ms = i->made_ms,
		.yes = yes };

	if (plan->drawer.v == i->drawer.v)
		return OK; /* the plan stands in the asker's own drawer */
	for (size_t k = 0; k < answers->n; k++)
		if (str_eq(answers->v[k].says, S("yes")))
			yes[j.n_yes++] = (struct share_yes){ answers->v[k].person,
				answers->v[k].how, answers->v[k].by, answers->v[k].checked };
	return share_join(db, permit, mem, &j, out);
}

static enum err all_said_yes(struct db *db, const struct permit *permit, struct arena *mem,
    struct invitation_id invitation, struct person_id last,
    const struct q_invitation_answers_list *answers)
{
	struct q_invitation_show i;
	struct q_plan_of_child there;
	struct waiver_id waiver = { 0 };
	struct plan_id plan;

	TRY(q_invitation_show(db, permit, mem, invitation, &i));
	TRY(q_plan_of_child(db, permit, mem, &there));
	plan = there.plan;
	if (there.found)
		TRY(join(db, permit, mem, &i, &there, answers, &waiver));
	else
		TRY(open_new(db, permit, mem, &i, &plan));
	return q_invitation_ends(db, permit, invitation, S("yes"), plan, waiver, last);
}

static const struct q_invitation_answers *answer_of(
    const struct q_invitation_answers_list *answers, struct person_id person)
{
	for (size_t i = 0; i < answers->n; i++)
		if (answers->v[i].person.v == person.v)
			return &answers->v[i];
	return NULL;
}

/* Who decides for the child may have changed since the question was asked (FB 6:11, 6:13; 1.37):
 * who decides today and was not asked is asked now, and who decides no longer keeps nobody waiting.
 */
static enum err has_said_yes(struct db *db, const struct permit *permit, struct arena *mem,
    struct invitation_id invitation, const struct q_invitation_answers_list *answers, bool *all)
{
	struct invitation_people people;

	TRY(invitation_people(db, permit, mem, &people));
	*all = !people.nobody;
	for (size_t i = 0; i < people.n; i++) {
		const struct q_invitation_answers *a = answer_of(answers, people.v[i].person);

		if (!a)
			TRY(q_invitation_ask(db, permit, invitation, people.v[i].person));
		*all = *all && a && str_eq(a->says, S("yes"));
	}
	return OK;
}

enum err invitation_hear(struct db *db, const struct permit *permit, struct arena *mem,
    struct invitation_id invitation, const struct invitation_said *said)
{
	struct q_invitation_answers_list answers;
	bool all;

	TRY(q_invitation_say(db, permit, invitation, said->person, said->yes ? S("yes") : S("no"),
	    said->how, said->by, said->checked));
	if (!said->yes)
		TRY(q_invitation_ends(db, permit, invitation, S("no"), (struct plan_id){ 0 },
		    (struct waiver_id){ 0 }, said->person));
	TRY(paper_tidy(db, permit, invitation.v));
	if (!said->yes)
		return OK;
	TRY(q_invitation_answers(db, permit, mem, invitation, &answers));
	TRY(has_said_yes(db, permit, mem, invitation, &answers, &all));
	if (all)
		TRY(all_said_yes(db, permit, mem, invitation, said->person, &answers));
	return OK;
}

enum err invitation_unhear(
    struct db *db, const struct permit *permit, struct invitation_id invitation)
{
	return q_invitation_unsay(db, permit, invitation);
}
