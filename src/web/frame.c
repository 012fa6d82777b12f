#include "web/frame.h"

#include <inttypes.h>
#include <string.h>

#include "web/frame_views.h"
#include "web_html.h"

/* Words of a form are given back whole up to here. */
#define GIVE_BACK 12

/* The only place where an enum err becomes a status. */
static const struct outcome {
	int status;
	enum msg title, text;
} outcomes[] = {
	[OK] = { 500, MSG_error_500_title, MSG_error_500_text },
	[ERR_INVALID] = { 400, MSG_error_400_title, MSG_error_400_text },
	[ERR_DENIED] = { 403, MSG_error_403_title, MSG_error_403_text },
	[ERR_NOT_FOUND] = { 404, MSG_error_404_title, MSG_error_404_text },
	[ERR_CONFLICT] = { 409, MSG_error_409_title, MSG_error_409_text },
	[ERR_RETRY] = { 503, MSG_error_503_title, MSG_error_503_text },
	[ERR_TOO_LARGE] = { 413, MSG_error_413_title, MSG_error_413_text },
	[ERR_BUSY] = { 503, MSG_error_503_title, MSG_error_503_text },
	[ERR_INTERNAL] = { 500, MSG_error_500_title, MSG_error_500_text },
};

static void fresh(struct request *rq, struct response *rs)
{
	struct str csrf = rs->html.csrf;

	http_response_reset(rs->http, rq->mem);
	*rs = (struct response){ .http = rs->http };
	html_init(&rs->html, rq->mem, rq->lang, rq->today);
	rs->html.csrf = csrf;
}

/* What the user wrote, so that nothing is lost (promise 17): texts, never secrets or ids. */
static void give_back(const struct request *rq, struct error_page *v)
{
	struct str from = rq->http ? rq->http->sec_fetch_site : S("");

	if (!rq->http || rq->http->method != HTTP_POST)
		return;
	/* What another site sent in the user's name are nobody's words: they are not shown as the
	 * user's. */
	if (from.n && !str_eq(from, S("same-origin")) && !str_eq(from, S("none")))
		return;
	v->words.v = arena_array(rq->mem, struct error_words, GIVE_BACK);
	for (size_t i = 0; i < rq->http->form.n && v->words.n < GIVE_BACK; i++) {
		const struct http_pair *p = &rq->http->form.v[i];

		if (p->value.n >= 12 && !str_eq(p->name, S("csrf")) &&
		    !str_eq(p->name, S("once")) && str_has(p->value, S(" "))) {
			v->words.n++;
			v->words.v[v->words.n - 1] =
			    (struct error_words){ p->value, (int64_t)v->words.n };
		}
	}
}

/* Who was too late is led back to what it was about, as it is now: only whoever had a permit for
 * that child by standing around it, and so may open its page (promise 7). */
static void way_back(const struct request *rq, struct error_page *v)
{
	enum stand stand = rq->permit ? permit_stand(rq->permit) : STAND_NONE;
	struct child_id child = rq->permit ? permit_child(rq->permit) : (struct child_id){ 0 };

	if (!child.v)
		return;
	if (permit_family(rq->permit)) {
		v->way = str_fmt(rq->mem, "/children/%" PRId64 "/plan", child.v);
		v->way_text = web_text(rq, MSG_error_to_plan);
	} else if (stand == STAND_ENGAGEMENT || stand == STAND_DEPUTY) {
		v->way = str_fmt(rq->mem, "/children/%" PRId64, child.v);
		v->way_text = web_text(rq, MSG_error_to_child);
	}
}

void frame_error(struct request *rq, struct response *rs, enum err e)
{
	const struct outcome *o = &outcomes[e];
	bool nobody = rq->actor.person.v == 0;
	enum msg title = o->title, text = o->text;
	struct msg_arg number = msg_arg_text(str_fmt(rq->mem, "%016" PRIx64, rq->http->id));
	struct error_page v = { 0 };

	fresh(rq, rs);
	if (e == ERR_DENIED && nobody && rq->http->method != HTTP_POST) {
		rs_go(rs, "/"); /* the front door leads to sign-in */
		return;
	}
	if (e == ERR_DENIED && rq->permit && permit_shielded(rq->permit)) {
		title = MSG_shielded_title;
		text = permit_family(rq->permit) ? MSG_shielded_family : MSG_shielded_staff;
	} else if (e == ERR_DENIED && rq->http->method == HTTP_POST) {
		title = MSG_error_form_title;
		text = nobody ? MSG_error_form_text : MSG_error_form_again;
	} else if (e == ERR_DENIED && rq->actor.assignment.v) {
		text = MSG_error_403_staff;
	}
	if (e == ERR_CONFLICT) {
		way_back(rq, &v);
		if (rq->route->act == ACT_STEP_DONE) {
			title = MSG_error_step_title;
			text = MSG_error_step_text;
		}
	}
	v.title = web_text(rq, title);
	v.text = i18n_text(rq->mem, rq->lang, rq->today, (int)text, &number, 1);
	give_back(rq, &v);
	rs_page(rs, o->status, v.title);
	error_page_html(&rs->html, &v);
	if (o->status == 503)
		http_header(rs->http, S("Retry-After"), S("5"));
}

/* The main ways, by who is signed in. */
static void nav(const struct request *rq, struct frame *v)
{
	static const struct way {
		unsigned users;
		const char *path;
		enum msg text;
	} ways[] = {
		{ U_FAMILY, "/home", MSG_nav_home },
		{ U_STAFF, "/work", MSG_nav_work },
		{ U_STAFF, "/children/find", MSG_nav_find },
		{ U_STAFF | U_MANAGER, "/tasks", MSG_nav_tasks },
		{ U_MANAGER, "/unit", MSG_nav_unit },
		{ U_ADMIN, "/admin", MSG_nav_admin },
		{ U_ADMIN, "/quarantine", MSG_nav_quarantine },
	};
	unsigned user = web_user(rq);

	v->nav.v = arena_array(rq->mem, struct frame_link, sizeof ways / sizeof ways[0]);
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (ways[i].users & user)
			v->nav.v[v->nav.n++] =
			    (struct frame_link){ str_of(ways[i].path), web_text(rq, ways[i].text),
				    str_eq(rq->http->path, str_of(ways[i].path)) };
	}
}

/* A notice put into a cookie by rs_go_said: shown once, then gone. */
static struct str said(const struct request *rq, struct response *rs)
{
	struct str key, given = http_get(&rq->http->cookies, S(COOKIE_FLASH));
	enum msg m;

	if (!given.n)
		return S("");
	http_header(rs->http, S("Set-Cookie"), token_cookie(rq->mem, COOKIE_FLASH, S(""), 0));
	if (!token_check(rq->site->tokens, rq->mem, "said", given, rq->now_ms, &key) ||
	    !msg_of_key(key, &m))
		return S("");
	return web_text(rq, m);
}

/* Should the frame be larger than its room, the text grows once: to twice that, somewhere else. */
size_t frame_needs(const struct response *rs)
{
	return rs->framed ? 3 * (rs->html.out.n + FRAME_ROOM) : 0;
}

/* Puts the frame's upper part above the page and the rest below, where the page lies if there is
 * room. */
static struct buf around(struct buf *inside, struct str frame, size_t above)
{
	size_t n = inside->n;

	buf_put(inside, frame.p, frame.n); /* makes room */
	memmove(inside->p + above, inside->p, n);
	memcpy(inside->p, frame.p, above);
	memcpy(inside->p + above + n, frame.p + above, frame.n - above);
	return *inside;
}

void frame_lay(struct request *rq, struct response *rs)
{
	struct html page = rs->html;
	struct frame v = { .rq = rq, .rs = rs };
	size_t above;

	if (!rs->framed)
		return;
	v.said = said(rq, rs);
	v.family = rq->actor.person.v && !rq->actor.assignment.v;
	v.worker = rq->actor.assignment.v != 0;
	/* Who is signed in could not be asked, and the page may hold words given back: a way out.
	 */
	v.unknown = !rq->actor.person.v && rs->http->status >= 500 &&
		    http_get(&rq->http->cookies, S(COOKIE_SESSION)).n;
	v.wide = rs->wide ? S("t-wide") : S("");
	v.lang_tag = str_of(rq->lang->tag);
	v.lang_dir = str_of(rq->lang->dir);
	nav(rq, &v);
	buf_init(&page.out, rq->mem, FRAME_ROOM);
	frame_begin_html(&page, &v);
	above = page.out.n;
	frame_end_html(&page, &v);
	rs->http->body = around(&rs->html.out, buf_text(&page.out), above);
	rs->framed = false; /* once: it is a whole page now */
}

static struct book_entry entry_of(const struct request *rq, int status, enum err e)
{
	const struct permit *p = rq->permit;
	/* A form that comes back with what is to be mended (422), or only asked (find), changed
	 * nothing. */
	bool writes = rq->route->method == HTTP_POST && status == 303;

	return (struct book_entry){
		.kind = e != OK  ? BOOK_REFUSAL
			: writes ? BOOK_CHANGE
				 : BOOK_LOOK,
		.child = p ? permit_child(p).v : rq->child.v,
		.actor = rq->actor.person.v,
		.staff = rq->actor.staff.v,
		.assignment = rq->actor.assignment.v,
		.unit = rq->actor.unit.v,
		.act = str_of(act_info(rq->route->act)->code),
		.why = p ? str_of(stand_code(permit_stand(p))) : S("none"),
		.outcome = e == OK ? S("ok") : str_of(err_name(e)),
		.request = rq->http->id,
	};
}

void frame_entries(const struct request *rq, const struct response *rs, enum err e,
    struct book_entry **entries, size_t *n)
{
	const struct subject_child *children = NULL;
	size_t n_children = 0, at = 0;
	struct book_entry *all, first;

	*n = 0;
	/* Strangers can't fill the book, and pages about nobody need no record. A sign-in does. */
	if (rq->actor.person.v == 0)
		return;
	if (act_info(rq->route->act)->subject == SUBJECT_NONE && rs->n_looks == 0 && !rs->signed_in)
		return;
	if (rq->permit && e == OK && rs->look_self)
		children = permit_children(rq->permit, &n_children);
	first = entry_of(rq, rs->http->status, e);
	if (e == OK && rs->changed)
		first.kind = BOOK_CHANGE;
	if (e == OK && rs->refused) {
		first.kind = BOOK_REFUSAL;
		first.outcome = str_of(err_name(ERR_NOT_FOUND));
		first.child = rs->refused_child.v;
	}
	all = arena_array(rq->mem, struct book_entry, 1 + n_children + (size_t)rs->n_looks);
	if (n_children == 0 || first.kind == BOOK_CHANGE)
		all[at++] = first;
	for (size_t i = 0; i < n_children; i++) {
		all[at] = first;
		all[at].kind = BOOK_LOOK;
		all[at].child = children[i].child.v;
		all[at++].why = str_of(stand_code(children[i].stand));
	}
	for (int i = 0; e == OK && i < rs->n_looks; i++) {
		const struct web_look *l = &rs->looks[i];

		all[at] = first;
		all[at].kind = BOOK_LOOK;
		all[at].child = l->child.v;
		all[at].item = str_of(l->kind);
		all[at].item_id = l->item;
		all[at++].why = str_of(stand_code(l->stand));
	}
	*entries = all;
	*n = at;
}

void frame_refusal(void *ctx, int status, struct str *content_type, struct str *body)
{
	static const struct {
		int status;
		enum msg title, text;
	} pages[] = {
		{ 405, MSG_error_405_title, MSG_error_405_text },
		{ 413, MSG_error_413_title, MSG_error_413_text },
		{ 414, MSG_error_414_title, MSG_error_414_text },
		{ 431, MSG_error_414_title, MSG_error_414_text },
		{ 500, MSG_error_500_title, MSG_error_500_plain },
		{ 503, MSG_error_503_title, MSG_error_503_text },
		{ 400, MSG_error_400_title, MSG_error_400_text },
	};
	/* The pages outlive the server: their memory is the program's. */
	static struct arena mem;
	size_t i = 0;
	struct http_request *http;
	struct http_response *rs_http;
	struct request rq = { .mem = &mem, .site = ctx, .lang = i18n_langs[0] };
	struct response rs = { 0 };
	const struct i18n *english = i18n_choose(S("en"), S(""));
	struct error_page v = { 0 };

	if (!mem.base)
		arena_init(&mem, (size_t)1 << 20);
	while (i + 1 < sizeof pages / sizeof pages[0] && pages[i].status != status)
		i++;
	http = arena_new(&mem, struct http_request);
	rs_http = arena_new(&mem, struct http_response);
	http_response_reset(rs_http, &mem);
	rq.http = http;
	rs.http = rs_http;
	html_init(&rs.html, &mem, rq.lang, rq.today);
	v.title = web_text(&rq, pages[i].title);
	v.text = web_text(&rq, pages[i].text);
	/* Made once, before anybody has asked: nobody's language is known, so both stand there. */
	if (english != rq.lang) {
		v.also_title = i18n_text(&mem, english, rq.today, (int)pages[i].title, NULL, 0);
		v.also_text = i18n_text(&mem, english, rq.today, (int)pages[i].text, NULL, 0);
	}
	rs_page(&rs, status, v.title);
	error_page_html(&rs.html, &v);
	frame_lay(&rq, &rs);
	*content_type = rs_http->content_type;
	*body = buf_text(&rs_http->body);
}
