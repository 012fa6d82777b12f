#include "feat/demo/demo_web.h"

#include "auth/session.h"
#include "demo_html.h"
#include "feat/demo/demo_views.h"

/* Groups by rank; a role without words in the language files is not shown. */
static const struct {
	int64_t from;
	enum msg name;
	const char *anchor;
} groups[] = { { 0, MSG_demo_family, "family" }, { 30, MSG_demo_staff, "staff" },
	{ 50, MSG_demo_leads, "leads" } };
#define GROUPS (sizeof groups / sizeof groups[0])

static enum err demo_page(struct request *rq, struct response *rs)
{
	struct demo_page v = { 0 };
	struct q_demo_roles_list roles;

	if (!rq->site->demo)
		return ERR_NOT_FOUND;
	TRY(q_demo_roles(rq->db, rq->mem, &roles));
	v.groups.v = arena_array(rq->mem, struct demo_group, GROUPS);
	v.groups.n = GROUPS;
	for (size_t g = 0; g < GROUPS; g++) {
		struct demo_group *to = &v.groups.v[g];

		to->name = web_text(rq, groups[g].name);
		to->anchor = str_of(groups[g].anchor);
		to->roles.v = arena_array(rq->mem, struct demo_role, roles.n);
		for (size_t i = 0; i < roles.n; i++) {
			const struct q_demo_roles *row = &roles.v[i];
			enum msg m;

			if (row->rank < groups[g].from ||
			    (g + 1 < GROUPS && row->rank >= groups[g + 1].from))
				continue;
			if (msg_of_key(str_fmt(rq->mem, "demo_role_%.*s", STR(row->role)), &m))
				to->roles.v[to->roles.n++] =
				    (struct demo_role){ row, web_text(rq, m) };
		}
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
	rq->actor.person = person;
	rs->signed_in = true;
	http_header(rs->http, S("Set-Cookie"),
	    token_cookie(rq->mem, COOKIE_SESSION, token_text(rq->mem, &token), -1));
	return rs_go(rs, "%s", role.found ? str_c(rq->mem, role.start) : "/");
}

const struct route demo_routes[] = {
	{ HTTP_GET, "/demo", demo_page, ACT_PUBLIC },
	{ HTTP_POST, "/demo/enter", demo_enter, ACT_DEMO_ENTER },
	{ 0 },
};
