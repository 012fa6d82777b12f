#include "feat/door/door_web.h"

#include "auth/session.h"
#include "door_html.h"
#include "feat/door/door_views.h"

/* "/" leads each to where their day begins. */
static enum err door(struct request *rq, struct response *rs)
{
	switch (web_user(rq)) {
	case U_FAMILY:
		return rs_go(rs, "/home");
	case U_STAFF:
		return rs_go(rs, "/work");
	case U_MANAGER:
		return rs_go(rs, "/unit");
	case U_ADMIN:
		return rs_go(rs, "/admin");
	default:
		break;
	}
	if (rq->site->demo)
		return rs_go(rs, "/demo");
	rs_page(rs, 200, web_text(rq, MSG_door_title));
	door_closed_html(&rs->html, rq);
	return OK;
}

static void forget_cookie(struct request *rq, struct response *rs)
{
	http_header(rs->http, S("Set-Cookie"), token_cookie(rq->mem, COOKIE_SESSION, S(""), 0));
}

static enum err sign_out(struct request *rq, struct response *rs)
{
	if (rq->actor.session.v)
		TRY(session_end(rq->db, rq->actor.session, rq->now_ms));
	forget_cookie(rq, rs);
	return rs_go(rs, "/");
}

/* "Lämna sidan": out at once. Our form may lead only to pages of ours (CSP form-action), so the way
 * goes over a page without our name, which moves on to the weather by itself. */
static enum err leave(struct request *rq, struct response *rs)
{
	if (rq->actor.session.v)
		TRY(session_end(rq->db, rq->actor.session, rq->now_ms));
	forget_cookie(rq, rs);
	return rs_go(rs, "/left");
}

static enum err left(struct request *rq, struct response *rs)
{
	(void)rq;
	rs_raw(rs, 200, S("text/html; charset=utf-8"));
	http_header(rs->http, S("Clear-Site-Data"), S("\"cache\""));
	door_left_html(&rs->html, rq);
	rs->http->body = rs->html.out;
	return OK;
}

static enum err language(struct request *rq, struct response *rs)
{
	struct door_languages v = { 0 };

	v.langs.v = arena_array(rq->mem, struct door_lang, (size_t)i18n_langs_n);
	for (int i = 0; i < i18n_langs_n; i++)
		v.langs.v[v.langs.n++] = (struct door_lang){ str_of(i18n_langs[i]->tag),
			str_of(i18n_langs[i]->name), i18n_langs[i] == rq->lang };

	rs_page(rs, 200, web_text(rq, MSG_language_title));
	door_language_html(&rs->html, &v);
	return OK;
}

static enum err language_save(struct request *rq, struct response *rs)
{
	struct str tag = form_text(&rq->form, S("lang"), 1, 20);
	const struct i18n *lang = i18n_by_tag(tag);

	if (!lang)
		return ERR_INVALID;
	http_header(rs->http, S("Set-Cookie"),
	    token_cookie(rq->mem, COOKIE_LANGUAGE, str_of(lang->tag), (int64_t)365 * 86400));
	return rs_go(rs, "/");
}

static enum err help(struct request *rq, struct response *rs)
{
	rs_page(rs, 200, web_text(rq, MSG_help_title));
	door_help_html(&rs->html, rq);
	return OK;
}

/* The duty to report stands in front of everything else (SoL 19:1, promise 9): no sign-in, no
 * child, no plan, no yes. The report itself goes the municipality's own way, never through the plan
 * (OSL 40:7 g). */
static enum err report(struct request *rq, struct response *rs)
{
	rs_page(rs, 200, web_text(rq, MSG_report_title));
	door_report_html(&rs->html, rq);
	return OK;
}

static enum err about(struct request *rq, struct response *rs)
{
	rs_page(rs, 200, web_text(rq, MSG_about_title));
	door_about_html(&rs->html, rq);
	return OK;
}

static enum err accessibility(struct request *rq, struct response *rs)
{
	rs_page(rs, 200, web_text(rq, MSG_accessibility_title));
	door_accessibility_html(&rs->html, rq);
	return OK;
}

const struct route door_routes[] = {
	{ HTTP_GET, "/", door, ACT_PUBLIC },
	{ HTTP_GET, "/help", help, ACT_PUBLIC },
	{ HTTP_GET, "/report", report, ACT_PUBLIC },
	{ HTTP_GET, "/about", about, ACT_PUBLIC },
	{ HTTP_GET, "/accessibility", accessibility, ACT_PUBLIC },
	{ HTTP_GET, "/language", language, ACT_PUBLIC },
	{ HTTP_POST, "/language", language_save, ACT_LANGUAGE },
	{ HTTP_POST, "/sign-out", sign_out, ACT_SIGN_OUT },
	{ HTTP_POST, "/leave", leave, ACT_SIGN_OUT },
	{ HTTP_GET, "/left", left, ACT_PUBLIC },
	{ 0 },
};
