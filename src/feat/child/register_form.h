/* The form of a child that is registered by hand: what it asks, and what was written in it. */
#ifndef REGISTER_FORM_H
#define REGISTER_FORM_H

#include "core/number.h"
#include "feat/child/register_names.h"

#define REGISTER_PEOPLE 6 /* around the child, in one form */

struct register_entry {
	struct str given, family;
	struct number number;
	bool numbered;
};

struct registration {
	struct register_entry child, people[REGISTER_PEOPLE]; /* nobody: no given name */
	/* Who each is to the child, as relation.kind: never self-declared, always with a source
	 * (sweden.md 2.12). */
	struct str kinds[REGISTER_PEOPLE];
	struct date born, expected, checked;
	int protection;  /* none, yes, unknown */
	enum msg source; /* from where, in words */
	struct str reason;
	int same; /* 0: the same child, 1: another; -1: not asked, or not answered */
	struct register_name names[1 + REGISTER_PEOPLE]; /* the child's, then theirs */
	bool mine; /* the form was shown what stands: its own names are to replace that */
};

/* What the page says besides its fields. */
struct register_asking {
	bool more;     /* one more person */
	bool same;     /* is it the same child? */
	bool several;  /* there are more than one of that name */
	bool too_many; /* tries */
	/* All is saved but names that stand in other letters; NULL: not that. */
	const struct registration *names;
	struct child_id child;
};
enum err register_page(struct request *rq, struct response *rs, const struct register_asking *ask);

/* What was written; what is to be mended is marked in rq->form. names and mine are empty yet. */
struct registration register_read(struct request *rq);

#endif
