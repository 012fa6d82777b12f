#include "feat/demo/demo_web.h"

#include "auth/session.h"
#include "demo_html.h"
#include "feat/demo/demo_views.h"

static enum err demo_page(struct request *rq, struct response *rs)
{
	struct demo_page v = { 0 };
	struct q_demo_roles_list roles;

	if (!rq->site->demo)
		return ERR_NOT_FOUND;
	TRY(q_demo_roles(rq->db, rq->mem, &roles));
	v.roles.v = arena_array(rq->mem, struct demo_role, roles.n);
	for (size_t i = 0; i < roles.n; i++) {
		enum msg m;

		if (!msg_of_key(str_fmt(rq->mem, "role_%.*s", STR(roles.v[i].role)), &m))
			continue;
		v.roles.v[v.roles.n++] = (struct demo_role){ &roles.v[i], web_text(rq, m) };
	}
	rs_page(rs, 200, web_text(rq, MSG_demo_title));
	demo_page_html(&rs->html, &v);
	return OK;
}

static enum err demo_enter(struct request *rq, struct response *rs)
{
	struct person_id person = { form_id(&rq->form, S("person"), true) };
	struct q_demo_role_by_person role;
	struct q_demo_any_person any;
	struct token token;

	if (!rq->site->demo)
		return ERR_NOT_FOUND;
	if (rq->form.bad)
		return ERR_INVALID;
	TRY(q_demo_role_by_person(rq->db, rq->mem, person, &role));
	TRY(q_demo_any_person(rq->db, rq->mem, person, rq->today, &any));
	if (!any.found)
		return ERR_NOT_FOUND;
	TRY(session_begin(rq->db, rq->mem, rq->site->tokens, person,
	    role.found ? role.assignment : any.assignment, rq->now_ms,
	    rq->now_ms + rq->site->session_ms, &token));
	http_header(rs->http, S("Set-Cookie"),
	    token_cookie(rq->mem, COOKIE_SESSION, token_text(rq->mem, &token), -1));
	return rs_go(rs, "%s", role.found ? str_c(rq->mem, role.start) : "/");
}

const struct route demo_routes[] = {
	{ HTTP_GET, "/demo", demo_page, ACT_PUBLIC },
	{ HTTP_POST, "/demo/enter", demo_enter, ACT_DEMO_ENTER },
	{ 0 },
};
