#include "web/field.h"

static struct str problem_text(
    const struct request *rq, enum form_problem p, int message, bool choice)
{
	switch (p) {
	case FORM_OK:
		return S("");
	case FORM_MISSING:
	case FORM_TOO_SHORT:
		return web_text(rq, choice ? MSG_form_choose : MSG_form_missing);
	case FORM_NOT_A_CHOICE:
		return web_text(rq, MSG_form_choose);
	case FORM_TOO_LONG:
		return web_text(rq, MSG_form_too_long);
	case FORM_NOT_A_DATE:
		return web_text(rq, MSG_form_date);
	case FORM_RULE:
		return web_text(rq, message ? (enum msg)message : MSG_form_wrong);
	case FORM_NOT_A_NUMBER:
	case FORM_OUT_OF_RANGE:
	case FORM_NOT_TEXT:
		break;
	}
	return web_text(rq, MSG_form_wrong);
}

struct web_field web_field(struct request *rq, enum web_kind kind, const char *name, enum msg label,
    enum msg hint, struct str initial)
{
	struct web_field f = { .kind = kind,
		.name = str_of(name),
		.label = web_text(rq, label),
		.value = initial,
		.stands = initial };
	enum form_problem problem;
	int message = 0;
	bool choice = kind == WEB_SELECT || kind == WEB_RADIO;

	if (hint != MSG_none)
		f.hint = web_text(rq, hint);
	if (rq->form.n) {
		f.value = form_value(&rq->form, f.name);
		problem = form_problem(&rq->form, f.name, &message);
		f.error = kind == WEB_DATE && problem == FORM_MISSING
			      ? web_text(rq, MSG_form_date)
			      : problem_text(rq, problem, message, choice);
	}
	f.wrong = f.error.n ? "true" : "false";
	f.by = str_fmt(rq->mem, "%s%s%s%s%s", f.hint.n ? name : "", f.hint.n ? "-hint" : "",
	    f.hint.n && f.error.n ? " " : "", f.error.n ? name : "", f.error.n ? "-error" : "");
	return f;
}

void web_options(struct request *rq, struct web_field *f, size_t most)
{
	f->options.v = arena_array(rq->mem, struct web_option, most ? most : 1);
	f->options.n = 0;
}

void web_option(struct web_field *f, struct str value, struct str label, struct str hint)
{
	f->options.v[f->options.n++] =
	    (struct web_option){ value, label, hint, f->value.n && str_eq(value, f->value) };
}

struct web_fields web_errors(struct request *rq, const struct web_field *const *fields)
{
	struct web_fields out = { 0 };
	size_t n = 0;

	while (fields[n])
		n++;
	out.v = arena_array(rq->mem, const struct web_field *, n + 1);
	for (size_t i = 0; i < n; i++)
		if (fields[i]->error.n)
			out.v[out.n++] = fields[i];
	return out;
}
