/* What the pages of disclosure and of waiting tasks are filled with. */
#ifndef DISCLOSE_VIEWS_H
#define DISCLOSE_VIEWS_H

#include "feat/share/disclose.h"
#include "q_disclose.h"
#include "web/field.h"
#include "web/web.h"

struct disclose_page {
	struct child_id child;
	struct str name;
	struct web_field what, to, need, investigation, view, assessor;
	bool ask_investigation, ask_view;
	struct web_fields errors;
	bool judged;
	enum verdict verdict;
	struct str reason, ground, provision, words;
	bool can_ask; /* HUMAN with a ground and somebody to assess it */
	struct str deputy_name;
	struct date due;
};

struct task_row {
	const struct q_task_list *row;
	struct str kind, name;
	bool late, paper; /* paper: it has a page of its own */
};
struct tasks_page {
	struct {
		struct task_row *v;
		size_t n;
	} tasks;
};

struct task_page {
	struct task_id id;
	struct q_task_one row;
	struct str name, kind, words, to, reason, ground;
	bool other_drawer; /* what it is about is another drawer's secret */
	bool assess;       /* a disclosure; else something to say done to */
	bool read_voice;   /* the child's words lie behind a door of their own */
	bool read_letter;  /* it waits in this reader's own box */
	struct child_id child;
	bool confirm;   /* somebody let themselves in: does that hold? */
	bool mark;      /* somebody marked a person as protected: does that hold? */
	bool routine;   /* the plan's lead is told that there is no digital plan any longer */
	bool can_allow; /* the rules still leave it to a person */
	struct web_field answer;
	struct web_fields errors;
};

/* Does a mark by hand hold? Its page names who marked, and nobody else (promise 8). */
struct mark_page {
	struct task_id id;
	struct q_task_one row;
	struct str marker, title;
	struct date made;
	struct web_field checked, answer;
	struct web_fields errors;
};
enum err mark_show(struct request *rq, struct response *rs, const struct task_page *of);
enum err mark_save(struct request *rq, struct response *rs, const struct task_page *of);

#endif
