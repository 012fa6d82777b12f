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

/* What a person reads of it: an option by its label, a tick as yes or no, nothing as a dash. */
static struct str in_words(struct request *rq, const struct web_field *f, struct str value)
{
	struct date day;
	struct msg_arg arg;

	if (f->kind == WEB_CHECK)
		return web_text(rq, value.n ? MSG_conflict_yes : MSG_conflict_no);
	for (size_t i = 0; i < f->options.n; i++)
		if (str_eq(f->options.v[i].value, value))
			return f->options.v[i].label;
	if (value.n == 0)
		return web_text(rq, MSG_conflict_empty);
	if (f->kind != WEB_DATE || !date_parse(value, &day))
		return value;
	arg = msg_arg_date(day);
	return i18n_text(rq->mem, rq->lang, rq->today, MSG_conflict_day, &arg, 1);
}

static void put_beside(struct request *rq, struct web_sheet *s)
{
	s->beside.v = arena_array(rq->mem, struct web_beside, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		const struct web_field *f = &s->v[i];

		if (!str_eq(f->stands, f->value))
			s->beside.v[s->beside.n++] = (struct web_beside){ f->label,
				in_words(rq, f, f->stands), in_words(rq, f, f->value) };
	}
}

void web_sheet_show(struct request *rq, struct response *rs, struct web_sheet *s)
{
	const struct web_field *all[WEB_SHEET_FIELDS + 1] = { 0 };

	for (size_t i = 0; i < s->n; i++)
		all[i] = &s->v[i];
	s->errors = web_errors(rq, all);
	if (s->conflict) {
		s->status = 409;
		put_beside(rq, s);
	}
	rs_page(rs, s->status ? s->status : rq->form.bad ? 422 : 200, s->title);
	web_sheet_html(&rs->html, s);
}
