/*
 * "Vem har läst": the family's own extract from the book of looks (PDL 8:5; HSLF-FS 2016:40 4:9):
 * unit and time, what and why in plain words. Each record passes the test of what was looked at
 * (promise 6); what a reader may not see leaves no gap, number or count.
 */
#ifndef LOOKS_H
#define LOOKS_H

#include "access/access.h"
#include "access/book.h"
#include "access/facts.h"

/* What decides whether one record is shown. */
struct looks_facts {
	bool own;         /* the reader's own look */
	bool staff;       /* somebody at work looked */
	bool child_reads; /* the reader is the child itself */
	bool known;       /* the family knows that this drawer works with the child */
	bool agreed;      /* because of the plan, a yes or a question; else by what goes on there */
	bool drawer_marked; /* the drawer holds something marked "harm to child" */
	bool item_marked;   /* the item itself is */
	enum party holder;
	int age;
	enum protection protection;
	struct date day;
};
/* A pure rule. false: the record is not there for this reader. */
bool looks_shown(const struct looks_facts *f, const struct book_entry *e);

/* The key of what was looked at, in words: "look_act_plan_read"; never empty. */
struct str looks_what(struct arena *mem, const struct book_entry *e);

#endif
