/* What the plan's pages are filled with. */
#ifndef PLAN_VIEWS_H
#define PLAN_VIEWS_H

#include "feat/share/share.h"
#include "q_invitation.h"
#include "web/field.h"
#include "web/web.h"

struct invitation_page {
	struct invitation_id id;
	struct q_invitation_show row;
	struct str child;
	int age;
	bool has_plan, open, yes;
	bool asks_view; /* a guardian tells what the child thinks (SoL 3:1) */
	struct paper_rows papers;
	bool ends_sharing; /* a yes from paper let somebody into the plan: taken back as such */
	bool tells_lead;   /* ... or opened one */
};

/* What the asker waits for, and a yes on paper that came since. */
struct asked_page {
	struct invitation_id id;
	struct child_id child;
	struct str name;
	struct q_invitation_show row;
	struct paper_rows papers;
	struct str second; /* who has to have seen a paper; empty: nobody is there */
	bool may_write, needs_view;
	struct web_field person, how, checked, view, view_how;
	struct web_fields errors;
};

/* A yes on paper that waits for this reader. */
struct paper_page {
	struct paper paper;
	struct str child, who, how, asks, words, view;
	struct { /* a yes to sharing: with whom, what they tell each other, until when */
		struct str *v;
		size_t n;
	} to;
	struct str what;
	bool mutual;
	struct date until;
	bool may_confirm;
	struct web_field seen, answer;
	struct web_fields errors;
};

#endif
