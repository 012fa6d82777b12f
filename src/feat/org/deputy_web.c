#include "feat/org/org.h"
#include "q_org.h"

enum err org_deputy_form(struct request *rq, struct assignment_id of, struct assignment_id now,
    int64_t version, struct str action, struct org_deputy_form *out)
{
	struct q_org_deputies_list who;
	struct web_field *f = &out->field;

	TRY(q_org_deputies(rq->db, rq->permit, rq->mem, of, &who));
	out->action = action;
	out->version = version;
	*f = web_field(rq, WEB_SELECT, "deputy", MSG_unit_deputy, MSG_unit_deputy_hint,
	    now.v ? str_of_i64(rq->mem, now.v) : S(""));
	web_options(rq, f, who.n + 1);
	web_option(f, S(""), web_text(rq, MSG_unit_deputy_none), S(""));
	for (size_t i = 0; i < who.n; i++)
		web_option(f, str_of_i64(rq->mem, who.v[i].id.v),
		    str_fmt(rq->mem, "%.*s, %.*s, %.*s", STR(who.v[i].name), STR(who.v[i].title),
			STR(who.v[i].unit)),
		    S(""));
	return OK;
}

enum err org_deputy_save(struct request *rq, struct assignment_id of, bool *saved)
{
	struct assignment_id deputy = { form_id(&rq->form, S("deputy"), false) };
	int64_t version = web_version(rq);
	enum err e;

	*saved = false;
	if (rq->form.bad)
		return OK;
	e = org_deputy_set(rq->db, rq->permit, rq->mem, of, deputy, version);
	if (e == ERR_INVALID) {
		form_mark(&rq->form, S("deputy"), MSG_unit_deputy_wrong);
		return OK;
	}
	*saved = e == OK;
	return e;
}
