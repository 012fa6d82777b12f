#include "feat/looks/looks.h"

#include "access/policy.h"
#include "msg.h"

/* What the act was about, for the family's test. */
static enum item_kind about(const struct book_entry *e, bool agreed)
{
	if (str_starts(e->act, S("voice.")) || str_eq(e->item, S("voice")))
		return ITEM_VOICE;
	if (str_starts(e->act, S("letter.")) || str_starts(e->act, S("story.")) ||
	    str_eq(e->act, S("disagree")) || str_eq(e->item, S("letter")) ||
	    str_eq(e->item, S("story")))
		return ITEM_GUARDIAN_WORDS;
	if (str_eq(e->item, S("paper")) || str_starts(e->act, S("paper.")))
		return ITEM_NOTE; /* whose yes it was is told on the question's page, to that one
				     (promise 20) */
	if (str_eq(e->item, S("task")))
		return ITEM_NOTE; /* what staff have to think about is a drawer's own */
	if (str_eq(e->item, S("thread")) || str_starts(e->act, S("thread.")))
		return ITEM_THREAD;
	return agreed ? ITEM_PLAN : ITEM_THREAD;
}

/* A change whose item the record does not name. */
static bool changed_something(const struct book_entry *e)
{
	return e->kind == BOOK_CHANGE && e->item_id == 0;
}

bool looks_shown(const struct looks_facts *f, const struct book_entry *e)
{
	struct family_item item = { .viewer = f->child_reads ? PARTY_CHILD : PARTY_GUARDIAN,
		.kind = ITEM_LOOK,
		.holder = f->holder,
		.age_years = f->age,
		.protection = f->protection,
		.harm_mark = f->item_marked,
		.day = f->day };

	if (e->kind != BOOK_LOOK && e->kind != BOOK_CHANGE)
		return false; /* a refusal showed nothing to anybody */
	if (f->own)
		return true;
	/* What another of the family reads and writes is its own (promise 20). */
	if (!f->staff || !f->known)
		return false;
	item.about = about(e, f->agreed);
	/* A thing of the program's own, not of the child's: tasks are staff's. */
	if (item.about == ITEM_NOTE)
		return false;
	if (item.about == ITEM_VOICE && f->child_reads)
		item.written_by_viewer = true;
	/* It could be the marked one that was changed. */
	if (f->drawer_marked && changed_something(e))
		return false;
	return policy_guardian_view(&item).verdict == VERDICT_ALLOW;
}

struct str looks_what(struct arena *mem, const struct book_entry *e)
{
	char *key;
	struct str s;
	enum msg m;

	s = str_fmt(mem, "look_act_%.*s", STR(e->act));
	key = arena_array(mem, char, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		key[i] = s.p[i] == '.' ? '_' : s.p[i];
	s = (struct str){ key, s.n };
	if (msg_of_key(s, &m))
		return s;
	return e->kind == BOOK_CHANGE ? S("look_act_change") : S("look_act_look");
}
