/* What a permit says to those who were given one. */
#include "access/permit_in.h"

const char *stand_code(enum stand s)
{
	static const char *const codes[] = { "none", "self", "guardian", "carer", "god_man",
		"engagement", "deputy", "manager", "administrator", "job" };

	must((unsigned)s < sizeof codes / sizeof codes[0]);
	return codes[s];
}

unsigned stand_user(enum stand s)
{
	switch (s) {
	case STAND_SELF:
		return U_YOUTH;
	case STAND_GUARDIAN:
	case STAND_GOD_MAN: /* lag 2005:429: in the guardians' place for a child who came alone */
		return U_GUARDIAN;
	case STAND_CARER:
		return U_CARER;
	case STAND_ENGAGEMENT:
	case STAND_DEPUTY:
		return U_STAFF;
	case STAND_MANAGER:
		return U_MANAGER;
	case STAND_ADMIN:
		return U_ADMIN;
	case STAND_NONE:
	case STAND_JOB:
		break;
	}
	return 0;
}

void permit_need(const struct permit *p, enum act act)
{
	must(p && p->act == act);
}

void permit_need_any(const struct permit *p, const enum act *acts, int n)
{
	bool one = false;

	must(p);
	for (int i = 0; i < n; i++)
		one = one || p->act == acts[i];
	must(one);
}

struct child_id permit_child(const struct permit *p)
{
	return p->subject.child;
}

struct person_id permit_actor(const struct permit *p)
{
	return p->actor.person;
}

struct staff_id permit_staff(const struct permit *p)
{
	return p->actor.staff;
}

struct assignment_id permit_assignment(const struct permit *p)
{
	return p->actor.assignment;
}

struct drawer_id permit_drawer(const struct permit *p)
{
	return p->actor.drawer;
}

struct unit_id permit_unit(const struct permit *p)
{
	return p->actor.unit;
}

struct date permit_day(const struct permit *p)
{
	return p->day;
}

int64_t permit_now_ms(const struct permit *p)
{
	return p->now_ms;
}

enum stand permit_stand(const struct permit *p)
{
	return p->stand;
}

bool permit_family(const struct permit *p)
{
	return (stand_user(p->stand) & U_FAMILY) != 0;
}

bool permit_shielded(const struct permit *p)
{
	return p->subject.shielded;
}

int permit_age(const struct permit *p)
{
	return age_years(p->subject.born, p->day);
}

int64_t permit_since_ms(const struct permit *p)
{
	return p->since_ms;
}

const struct subject_child *permit_children(const struct permit *p, size_t *n)
{
	*n = p->n_children;
	return p->children;
}

const struct subject_child *permit_subject(const struct permit *p)
{
	return p->subject.child.v ? &p->subject : NULL;
}

static void put_child(struct buf *b, const struct subject_child *c)
{
	int64_t of[] = { c->child.v, c->version, c->content_version, c->stand, c->shielded };

	buf_put(b, (const char *)of, sizeof of);
}

struct str permit_stamps(const struct permit *p, struct arena *mem)
{
	int64_t of[] = { p->act, p->actor.person.v, p->actor.person_version, p->actor.org_version,
		p->actor.staff.v, p->actor.assignment.v, p->actor.unit.v, p->actor.drawer.v,
		p->actor.authority.v, p->stand, p->since_ms, (int64_t)p->n_children };
	struct buf b;

	if (!p->subject.child.v && p->n_children == 0)
		return S("");
	buf_init(&b, mem, sizeof of + (1 + p->n_children) * 5 * sizeof(int64_t));
	buf_put(&b, (const char *)of, sizeof of);
	put_child(&b, &p->subject);
	for (size_t i = 0; i < p->n_children; i++)
		put_child(&b, &p->children[i]);
	return buf_text(&b);
}
