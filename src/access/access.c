#include "access/permit_in.h"

#include <string.h>

#include "q_access.h"

/* From this age a child signs in for itself (design.md section 4; nothing in law says an age). */
#define YOUTH_AGE 13
/* The guardian's right ends (FB 9:1): on the birthday, the same day (promise 12). */
#define ADULT_AGE 18

/* The assignment that somebody at work wears. *worn is false for one that has ended or not begun:
 * it can't be worn. */
static enum err wear(struct db *db, struct arena *mem, struct assignment_id assignment,
    struct date day, struct actor *out, bool *worn)
{
	struct q_access_worn row;

	TRY(q_access_worn(db, mem, assignment, &row));
	*worn = row.found && date_cmp(row.from_on, day) <= 0 &&
		!(date_known(row.to_on) && date_cmp(row.to_on, day) < 0);
	if (!*worn)
		return OK;
	out->staff = row.staff;
	out->assignment = assignment;
	out->unit = row.unit;
	out->drawer = row.drawer;
	out->authority = row.authority;
	out->regime = row.regime;
	out->role = row.role;
	out->staff_name = row.staff_name;
	out->title = row.title;
	out->unit_name = row.unit_name;
	return OK;
}

enum err access_actor(
    struct db *db, struct arena *mem, struct str token_hash, int64_t now_ms, struct actor *out)
{
	struct q_access_session row;
	struct actor a;
	bool worn = true;

	*out = (struct actor){ 0 };
	if (token_hash.n == 0)
		return OK;
	TRY(q_access_session(db, mem, token_hash, &row));
	if (!row.found || now_ms >= row.ends_ms)
		return OK;
	a = (struct actor){ .session = row.id,
		.person = row.person,
		.person_version = row.person_version,
		.org_version = row.org_version,
		.session_ends_ms = row.ends_ms,
		.lang = row.lang };
	if (row.assignment.v)
		TRY(wear(db, mem, row.assignment, date_of_ms(now_ms), &a, &worn));
	if (worn)
		*out = a;
	return OK;
}

static unsigned user_of_role(struct str role)
{
	if (str_eq(role, S("manager")))
		return U_MANAGER;
	return str_eq(role, S("administrator")) ? U_ADMIN : U_STAFF;
}

/* How a relation counts on that day, for a child of that age. */
static enum stand stand_of_relation(struct str kind, int age)
{
	if (age >= ADULT_AGE)
		return STAND_NONE;
	if (str_eq(kind, S("guardian")))
		return STAND_GUARDIAN;
	if (str_eq(kind, S("god_man")))
		return STAND_GOD_MAN;
	return str_eq(kind, S("carer")) ? STAND_CARER : STAND_NONE;
}

/* Family: the child itself from the age at which it signs in, or one with a relation that day. */
static enum err stand_of_family(
    struct db *db, struct arena *mem, struct permit *p, const struct q_access_child *child)
{
	struct q_access_relation_list kinds;
	int age = age_years(child->born, p->day);

	if (child->person.v == p->actor.person.v) {
		p->stand = age >= YOUTH_AGE ? STAND_SELF : STAND_NONE;
		return OK;
	}
	TRY(q_access_relation(db, mem, p->subject.child, p->actor.person, p->day, &kinds));
	for (size_t i = 0; i < kinds.n && p->stand != STAND_GUARDIAN; i++) {
		enum stand s = stand_of_relation(kinds.v[i].kind, age);

		p->stand = s != STAND_NONE ? s : p->stand;
	}
	return OK;
}

/* Of several that let the reader in, the one that reaches furthest back counts. */
static void let_in(struct permit *p, enum stand stand, struct drawer_id drawer, int64_t since_ms)
{
	if (drawer.v != p->actor.drawer.v)
		return;
	if (p->stand == STAND_NONE || since_ms < p->since_ms)
		p->since_ms = since_ms;
	p->stand = stand;
}

/* Staff: only by an engagement in the drawer of the assignment worn now (promise 3), one's own or
 * that of a colleague who is away or has left and named this assignment as deputy (promise 2). A
 * manager hands plans on but opens none: see feat/unit. */
static enum err stand_of_staff(struct db *db, struct arena *mem, struct permit *p)
{
	struct child_id child = p->subject.child;
	struct q_access_engagement_list own;

	TRY(q_access_engagement(db, mem, child, p->actor.assignment, p->day, &own));
	for (size_t i = 0; i < own.n; i++)
		let_in(p, STAND_ENGAGEMENT, own.v[i].drawer,
		    own.v[i].earlier_open ? 0 : own.v[i].made_ms);
	if (p->stand == STAND_NONE) {
		struct q_access_deputy_list for_others;

		TRY(q_access_deputy(db, mem, child, p->actor.assignment, p->day, &for_others));
		for (size_t i = 0; i < for_others.n; i++)
			let_in(p, STAND_DEPUTY, for_others.v[i].drawer,
			    for_others.v[i].earlier_open ? 0 : for_others.v[i].made_ms);
	}
	if (p->stand == STAND_NONE && (p->act == ACT_VOICE_READ || p->act == ACT_VOICE_WRITE)) {
		struct q_access_climbed words;

		TRY(q_access_climbed(db, mem, p->subject.child, p->actor.assignment, &words));
		p->stand = words.found ? STAND_DEPUTY : STAND_NONE;
	}
	return OK;
}

/* A yes on paper: who is asked whether it has been seen answers that, and opens no child by it. */
static enum err stand_of_paper(struct db *db, struct arena *mem, struct permit *p)
{
	struct q_access_paper row;

	if (p->actor.assignment.v == 0)
		return OK; /* the family's page of it is that of the question */
	TRY(q_access_paper(db, mem, p->subject.child, p->actor.assignment, p->day, &row));
	if (row.found)
		p->stand = user_of_role(p->actor.role) == U_MANAGER ? STAND_MANAGER : STAND_DEPUTY;
	return OK;
}

static enum err permit_for_child(
    struct db *db, struct arena *mem, struct permit *p, struct child_id child)
{
	struct q_access_child row;

	if (child.v == 0)
		return ERR_NOT_FOUND;
	TRY(q_access_child(db, mem, child, &row));
	if (!row.found)
		return ERR_NOT_FOUND;
	p->subject = (struct subject_child){ .child = child,
		.version = row.version,
		.content_version = row.content_version,
		.born = row.born,
		.shielded = row.shielded != 0 };
	if (p->act == ACT_PAPER_READ || p->act == ACT_PAPER_ANSWER)
		TRY(stand_of_paper(db, mem, p));
	else if (p->actor.assignment.v == 0)
		TRY(stand_of_family(db, mem, p, &row));
	else if (user_of_role(p->actor.role) == U_STAFF)
		TRY(stand_of_staff(db, mem, p));
	p->subject.stand = p->stand;
	if (p->stand == STAND_NONE)
		return ERR_NOT_FOUND;
	if (p->subject.shielded)
		return ERR_DENIED;
	return (act_info(p->act)->users & stand_user(p->stand)) != 0 ? OK : ERR_DENIED;
}

/* One row per child: the strongest stand counts (a guardian who is a family home too). */
static void add_child(struct permit *p, const struct q_access_family *row)
{
	int age = age_years(row->born, p->day);
	enum stand s = row->self ? (age >= YOUTH_AGE ? STAND_SELF : STAND_NONE)
				 : stand_of_relation(row->kind, age);

	if (s == STAND_NONE)
		return;
	for (size_t i = 0; i < p->n_children; i++) {
		if (p->children[i].child.v == row->child.v) {
			if (s == STAND_GUARDIAN)
				p->children[i].stand = s;
			return;
		}
	}
	p->children[p->n_children++] = (struct subject_child){ .child = row->child,
		.version = row->version,
		.content_version = row->content_version,
		.stand = s,
		.born = row->born,
		.shielded = row->shielded != 0 };
}

/* What waits for an answer: tasks, and plans that somebody wants to hand over. */
static enum err waiting_of(
    struct db *db, struct arena *mem, const struct permit *p, int64_t *children, int64_t *versions)
{
	struct q_access_waiting row;

	TRY(q_access_waiting(db, mem, p->actor.assignment, &row));
	*children = row.children;
	*versions = row.versions;
	return OK;
}

/* What staff's own lists stand on (promise 5: a list closes in the same second as a page). */
static enum err work_of(
    struct db *db, struct arena *mem, const struct permit *p, int64_t *children, int64_t *versions)
{
	struct q_access_work row;

	if (p->act == ACT_TASK_READ || p->act == ACT_TASK_ANSWER || p->act == ACT_HANDOVER_ANSWER)
		return waiting_of(db, mem, p, children, versions);
	TRY(q_access_work(db, mem, p->actor.assignment, p->day, &row));
	*children = row.children;
	*versions = row.versions;
	return OK;
}

static enum err permit_for_self(struct db *db, struct arena *mem, struct permit *p)
{
	unsigned users = act_info(p->act)->users;
	struct q_access_family_list rows;

	if (p->actor.assignment.v) {
		unsigned user = user_of_role(p->actor.role);

		p->stand = user == U_MANAGER ? STAND_MANAGER
			   : user == U_ADMIN ? STAND_ADMIN
					     : STAND_ENGAGEMENT;
		if ((users & user) == 0)
			return ERR_DENIED;
		return work_of(db, mem, p, &p->work_children, &p->work_versions);
	}
	if ((users & U_FAMILY) == 0)
		return ERR_DENIED;
	TRY(q_access_family(db, mem, p->actor.person, p->day, &rows));
	p->children = arena_array(mem, struct subject_child, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		add_child(p, &rows.v[i]);
	p->stand = p->n_children ? p->children[0].stand : STAND_NONE;
	return OK;
}

enum err access_permit(struct db *db, struct arena *mem, const struct actor *actor, enum act act,
    struct child_id child, int64_t now_ms, const struct permit **out)
{
	struct permit *p = arena_new(mem, struct permit);

	*p = (struct permit){ .act = act, .actor = *actor, .now_ms = now_ms };
	*out = p;
	p->day = date_of_ms(now_ms);
	p->until_ms = date_start_ms(date_add_days(p->day, 1));
	if (actor->session.v && actor->session_ends_ms < p->until_ms)
		p->until_ms = actor->session_ends_ms;
	if (act_info(act)->users & U_PUBLIC)
		return OK;
	if (actor->person.v == 0)
		return ERR_DENIED; /* the dispatcher leads to sign-in */
	switch (act_info(act)->subject) {
	case SUBJECT_CHILD:
		return permit_for_child(db, mem, p, child);
	case SUBJECT_SELF:
	case SUBJECT_UNIT:
		return permit_for_self(db, mem, p);
	case SUBJECT_NONE:
		break;
	}
	return OK;
}

const struct permit *access_job(struct arena *mem, enum act act, int64_t now_ms)
{
	struct permit *p = arena_new(mem, struct permit);

	*p = (struct permit){
		.act = act, .now_ms = now_ms, .stand = STAND_JOB, .until_ms = INT64_MAX
	};
	p->day = date_of_ms(now_ms);
	return p;
}

/* One child's version, the reader's, and the session, in one query. */
static enum err holds(struct db *db, struct arena *mem, const struct permit *p,
    struct child_id child, int64_t version)
{
	struct q_access_holds row;

	TRY(q_access_holds(db, mem, child, p->actor.person, p->actor.session, &row));
	if (child.v && (row.child_version_null || row.child_version != version))
		return ERR_RETRY;
	if (p->actor.person.v &&
	    (row.person_version_null || row.person_version != p->actor.person_version))
		return ERR_RETRY;
	return p->actor.session.v && (row.session_open_null || !row.session_open) ? ERR_RETRY : OK;
}

bool access_in_time(const struct permit *p, int64_t now_ms)
{
	return now_ms < p->until_ms;
}

enum err access_holds(struct db *db, struct arena *mem, const struct permit *p, int64_t now_ms)
{
	if (p->stand == STAND_JOB)
		return OK;
	if (!access_in_time(p, now_ms))
		return ERR_RETRY;
	if (p->actor.person.v == 0)
		return OK;
	if (p->work_versions) {
		int64_t children, versions;

		TRY(work_of(db, mem, p, &children, &versions));
		if (children != p->work_children || versions != p->work_versions)
			return ERR_RETRY;
	}
	if (p->n_children == 0)
		return holds(db, mem, p, p->subject.child, p->subject.version);
	for (size_t i = 0; i < p->n_children; i++)
		TRY(holds(db, mem, p, p->children[i].child, p->children[i].version));
	return OK;
}

enum err access_child_of(
    struct db *db, struct arena *mem, const char *noun, int64_t id, struct child_id *out)
{
	*out = (struct child_id){ 0 };
	if (strcmp(noun, "child") == 0) {
		out->v = id;
		return OK;
	}
#define NOUN(name) \
	if (strcmp(noun, #name) == 0) { \
		struct q_access_of_##name row; \
\
		TRY(q_access_of_##name(db, mem, (struct name##_id){ id }, &row)); \
		*out = row.found ? row.child : (struct child_id){ 0 }; \
		return OK; \
	}
	NOUN(plan)
	NOUN(step)
	NOUN(thread)
	NOUN(need)
	NOUN(goal)
	NOUN(measure)
	NOUN(waiver)
	NOUN(paper)
	NOUN(voice)
	NOUN(letter)
	NOUN(invitation)
	NOUN(handover)
	NOUN(disclosure)
#undef NOUN
	return OK; /* a noun that belongs to no child: unit, task ... */
}
