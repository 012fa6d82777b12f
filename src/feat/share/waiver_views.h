/* What the pages of a yes to sharing are filled with. */
#ifndef WAIVER_VIEWS_H
#define WAIVER_VIEWS_H

#include "feat/share/paper_views.h"
#include "feat/share/waiver.h"
#include "q_waiver.h"
#include "web/field.h"
#include "web/web.h"

struct waiver_view {
	const struct q_waiver_list *row;
	struct str from, to; /* in short: what they do */
	bool mutual;         /* they share with each other: told once */
	struct {
		struct str *v;
		size_t n;
	} from_all, to_all; /* what they do and whose they are */
	struct str what, child_says;
	struct str turn; /* why it ends that day: a birthday */
	struct str state_word, color;
	const char *shape;
	bool live;     /* holds today */
	bool waiting;  /* for this reader's answer */
	bool withdraw; /* this reader may take it back */
};

struct waiver_list_page {
	struct child_id child;
	struct str name;
	bool staff, self; /* self: the child's own page */
	struct {
		struct waiver_view *v;
		size_t n;
	} waiting, given, ended;
};

struct waiver_show_page {
	struct waiver_view w;
	struct child_id child;
	struct str name;
	bool staff;
	bool may_record; /* staff of the drawer that asked, while it is asked */
	struct q_waiver_answers_list answers;
	struct web_field person, answer, how, checked;
	struct web_fields errors;
	struct paper_rows papers;
	struct str
	    second; /* who has to have seen a paper before it counts; empty: nobody is there */
};

struct waiver_end_page {
	struct waiver_view w;
	struct str name;
	struct {
		struct str *v;
		size_t n;
	} opened; /* what they can read now */
};

struct waiver_new_page {
	struct child_id child;
	struct str name;
	struct str askees; /* who gets the question */
	struct date last;
	struct str turn;
	bool human; /* nobody known can say yes */
	struct web_field to[WAIVER_TO], both, content, purpose, until, view, view_how;
	struct web_fields errors;
};

/* The word for a code: "regime_" and "BUP" is the message regime_bup; the code where there is none.
 */
struct str waiver_code_text(const struct request *rq, const char *prefix, struct str code);
/* A message with the child's name in it. */
struct str waiver_with_name(const struct request *rq, enum msg m, struct str name);
/* Why a yes ends on that day, where it is the day before a birthday from which somebody has to say
 * more: told from the question on, so that nobody is taken by surprise (promise 12). Else empty. */
struct str waiver_turn_text(
    const struct request *rq, const struct share_facts *f, struct date until);

#endif
