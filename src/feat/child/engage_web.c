/* Stop helping a child: a page that asks first. Who carries the plan hands it over first (promise
 * 2). */
#include <inttypes.h>

#include "access/version.h"
#include "feat/child/child_web.h"
#include "q_child.h"
#include "web/sheet.h"

static enum err end_page(
    struct request *rq, struct response *rs, const struct q_engage_leads *leads)
{
	struct q_engage_name child;
	struct msg_arg name;
	struct web_sheet *s;

	TRY(q_engage_name(rq->db, rq->permit, rq->mem, &child));
	name = msg_arg_text(web_called(rq, child.name));
	s = web_sheet(rq, MSG_engage_stop, MSG_engage_stop,
	    str_fmt(rq->mem, "/children/%" PRId64, rq->child.v), web_called(rq, child.name),
	    str_fmt(rq->mem, "/children/%" PRId64 "/engagement/end", rq->child.v));
	s->title = web_text(rq, MSG_engage_stop_title);
	s->lead = i18n_text(rq->mem, rq->lang, rq->today, MSG_engage_stop_means, &name, 1);
	if (leads->found) { /* a no names the next door (promise 14) */
		s->note = web_text(rq, MSG_engage_leads);
		s->door = str_fmt(rq->mem, "/plans/%" PRId64 "/handover", leads->plan.v);
		s->door_text = web_text(rq, MSG_handover_title);
		s->status = rq->http->method == HTTP_POST ? 409 : 0;
	}
	web_sheet_show(rq, rs, s);
	return OK;
}

static enum err end_show(struct request *rq, struct response *rs)
{
	struct q_engage_leads leads;

	TRY(q_engage_leads(rq->db, rq->permit, rq->mem, &leads));
	return end_page(rq, rs, &leads);
}

static enum err end_save(struct request *rq, struct response *rs)
{
	struct q_engage_leads leads;

	TRY(q_engage_leads(rq->db, rq->permit, rq->mem, &leads));
	if (leads.found)
		return end_page(rq, rs, &leads);
	TRY(q_engage_end(rq->db, rq->permit));
	TRY(version_access(rq->db, rq->child));
	return rs_go_said(rq, rs, MSG_said_saved, "/work");
}

const struct route engage_routes[] = {
	{ HTTP_GET, "/children/{child}/engagement/end", end_show, ACT_ENGAGEMENT_EDIT },
	{ HTTP_POST, "/children/{child}/engagement/end", end_save, ACT_ENGAGEMENT_EDIT },
	{ 0 },
};
