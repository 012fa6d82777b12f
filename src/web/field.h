/*
 * Fields of a form as pages show them: label, hint, the user's own words, what is to be mended. One
 * look for all forms: {{call web_field : &v->from}} in a template, {{call web_errors : &v->errors}}
 * first in the form.
 */
#ifndef WEB_FIELD_H
#define WEB_FIELD_H

#include "web/web.h"

struct web_option {
	struct str value, label, hint;
	bool on;
};
struct web_options {
	struct web_option *v;
	size_t n;
};

enum web_kind { WEB_TEXT, WEB_DATE, WEB_AREA, WEB_SELECT, WEB_RADIO, WEB_CHECK };

struct web_field {
	enum web_kind kind;
	struct str name, label, hint, value;
	struct str stands; /* what stands there now, whatever the user has written */
	struct str error;  /* empty: nothing to mend */
	struct str by;     /* ids of hint and error, for aria-describedby */
	const char *wrong; /* "true" or "false" */
	struct web_options options;
};
struct web_fields {
	const struct web_field **v;
	size_t n;
};

/* One choice of a radio field, for the template. */
struct web_choice {
	const struct web_field *field;
	const struct web_option *option;
};

/* A field; initial stands there until the user has written. hint: MSG_none for none. After a POST
 * the user's words and what is wrong with them stand there instead. */
struct web_field web_field(struct request *rq, enum web_kind kind, const char *name, enum msg label,
    enum msg hint, struct str initial);
/* Room for n options; then web_option for each. */
void web_options(struct request *rq, struct web_field *f, size_t most);
void web_option(struct web_field *f, struct str value, struct str label, struct str hint);
/* Those of the fields that have something to mend, for the summary. fields ends with NULL. */
struct web_fields web_errors(struct request *rq, const struct web_field *const *fields);

#endif
