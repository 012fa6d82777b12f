/*
 * A page that is one form: a title, fields, advice beside them, who will be able to read, Save. A
 * handler makes one, puts its fields in order, and shows it; after a failed POST the same handler
 * shows it again with the user's own words.
 */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "web/field.h"

#define WEB_SHEET_FIELDS 40
#define WEB_SHEET_BUTTONS 3

struct web_button {
	struct str name, value, text;
};

/* One field of a form that came too late, for the two versions side by side. */
struct web_beside {
	struct str label, theirs, mine;
};

struct web_sheet {
	struct str title, lead, note; /* lead, note: empty for none */
	struct str door, door_text;   /* the next door, in the note; empty: none */
	struct str back, back_text;   /* where one came from */
	struct str action;            /* a path of ours */
	struct str submit;            /* a verb */
	int64_t version;              /* hidden; 0: none */
	struct web_field v[WEB_SHEET_FIELDS];
	size_t n;
	bool advice;             /* "write so that the child it is about can read it" */
	struct html_raw readers; /* who will be able to read when it is saved */
	struct {
		struct web_button v[WEB_SHEET_BUTTONS];
		size_t n;
	} others; /* other things to do with what the form is about */
	struct web_fields errors;
	bool conflict; /* somebody changed it while the user wrote: 409, both versions side by side
			*/
	struct str conflict_title, conflict_text; /* where it is another reason; empty: that one */
	struct str keep;                          /* where "keep what stands" leads; empty: back */
	struct {
		struct web_beside *v;
		size_t n;
	} beside;   /* made by web_sheet_show: what differs */
	int status; /* 0: 200, or 422 where there is something to mend */
};

/* One that leads back to a page; title and submit in words. */
struct web_sheet *web_sheet(struct request *rq, enum msg title, enum msg submit, struct str back,
    struct str back_text, struct str action);
/* The next field; see web_field. */
struct web_field *web_sheet_field(struct request *rq, struct web_sheet *s, enum web_kind kind,
    const char *name, enum msg label, enum msg hint, struct str initial);
/* One more button that sends the form as name=value. */
void web_sheet_button(
    struct request *rq, struct web_sheet *s, const char *name, const char *value, enum msg text);
/* Writes the page: 200 for a fresh one, 422 where there is something to mend. Where s->conflict is
 * set the fields were given what stands now; the user's own words are kept in them. */
void web_sheet_show(struct request *rq, struct response *rs, struct web_sheet *s);

#endif
