#include "web/sheet.h"

#include "web_html.h"

struct web_sheet *web_sheet(struct request *rq, enum msg title, enum msg submit, struct str back,
    struct str back_text, struct str action)
{
	struct web_sheet *s = arena_new(rq->mem, struct web_sheet);

	s->title = web_text(rq, title);
	s->submit = web_text(rq, submit);
	s->back = back;
	s->back_text = back_text;
	s->action = action;
	return s;
}

struct web_field *web_sheet_field(struct request *rq, struct web_sheet *s, enum web_kind kind,
    const char *name, enum msg label, enum msg hint, struct str initial)
{
	must(s->n < WEB_SHEET_FIELDS); /* fields are named by the program */
	s->v[s->n] = web_field(rq, kind, name, label, hint, initial);
	return &s->v[s->n++];
}

void web_sheet_button(
    struct request *rq, struct web_sheet *s, const char *name, const char *value, enum msg text)
{
	must(s->others.n < WEB_SHEET_BUTTONS);
	s->others.v[s->others.n++] =
	    (struct web_button){ str_of(name), str_of(value), web_text(rq, text) };
}

void web_sheet_show(struct request *rq, struct response *rs, struct web_sheet *s)
{
	const struct web_field *all[WEB_SHEET_FIELDS + 1] = { 0 };

	for (size_t i = 0; i < s->n; i++)
		all[i] = &s->v[i];
	s->errors = web_errors(rq, all);
	rs_page(rs, s->status ? s->status : rq->form.bad ? 422 : 200, s->title);
	web_sheet_html(&rs->html, s);
}
