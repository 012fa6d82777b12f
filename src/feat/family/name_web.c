/* What the child is called: the family says it itself. Services that have noted no name read it
 * where the register is silent. */
#include <inttypes.h>

#include "feat/family/family_web.h"
#include "feat/person/person.h"
#include "web/sheet.h"

static enum err page(struct request *rq, struct response *rs, const struct child_called *now)
{
	struct web_sheet *s = web_sheet(rq, MSG_name_title, MSG_name_save,
	    str_fmt(rq->mem, "/children/%" PRId64 "/plan", rq->child.v),
	    web_text(rq, MSG_name_back),
	    str_fmt(rq->mem, "/children/%" PRId64 "/name", rq->child.v));

	s->lead = web_text(rq, MSG_name_lead);
	s->version = now->version;
	web_sheet_field(rq, s, WEB_TEXT, "given", MSG_name_given, MSG_name_given_hint, now->given);
	web_sheet_field(rq, s, WEB_TEXT, "family", MSG_name_family, MSG_none, now->family);
	web_sheet_show(rq, rs, s);
	return OK;
}

static enum err name_show(struct request *rq, struct response *rs)
{
	struct child_called now;

	TRY(child_called(rq->db, rq->permit, rq->mem, &now));
	return page(rq, rs, &now);
}

static enum err name_save(struct request *rq, struct response *rs)
{
	struct child_called to = { .given = form_text(&rq->form, S("given"), 1, 120),
		.family = form_text(&rq->form, S("family"), 1, 120),
		.version = web_version(rq) };
	struct child_called now;

	TRY(child_called(rq->db, rq->permit, rq->mem, &now));
	if (rq->form.bad)
		return page(rq, rs, &now);
	TRY(child_call(rq->db, rq->permit, rq->mem, &to));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64 "/plan", rq->child.v);
}

const struct route name_routes[] = {
	{ HTTP_GET, "/children/{child}/name", name_show, ACT_CHILD_NAME },
	{ HTTP_POST, "/children/{child}/name", name_save, ACT_CHILD_NAME },
	{ 0 },
};
