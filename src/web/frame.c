#include "web/frame.h"

#include "base/log.h"
#include "web_html.h"

/* Words of a form are given back whole up to here. */
#define GIVE_BACK 12

static const struct outcome {
	int status;
	enum msg title, text;
} outcomes[] = {
	[OK] = { 200, MSG_error_internal_title, MSG_error_internal },
	[ERR_INVALID] = { 400, MSG_error_invalid_title, MSG_error_invalid },
	[ERR_DENIED] = { 403, MSG_error_denied_title, MSG_error_denied },
	[ERR_NOT_FOUND] = { 404, MSG_error_not_found_title, MSG_error_not_found },
	[ERR_CONFLICT] = { 409, MSG_error_conflict_title, MSG_error_conflict },
	[ERR_RETRY] = { 503, MSG_error_busy_title, MSG_error_busy },
	[ERR_TOO_LARGE] = { 413, MSG_error_large_title, MSG_error_large },
	[ERR_BUSY] = { 503, MSG_error_busy_title, MSG_error_busy },
	[ERR_INTERNAL] = { 500, MSG_error_internal_title, MSG_error_internal },
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
	if (!rq->http || rq->http->method != HTTP_POST)
		return;
	v->words.v = arena_array(rq->mem, struct error_words, GIVE_BACK);
	for (size_t i = 0; i < rq->http->form.n && v->words.n < GIVE_BACK; i++) {
		const struct http_pair *p = &rq->http->form.v[i];

		if (p->value.n >= 12 && !str_eq(p->name, S("csrf")) && !str_eq(p->name, S("once")) &&
		    str_has(p->value, S(" ")))
			v->words.v[v->words.n++] = (struct error_words){ p->value };
	}
}

void frame_error(struct request *rq, struct response *rs, enum err e)
{
	const struct outcome *o = &outcomes[e];
	struct error_page v = { .title = o->title, .text = o->text };
	bool nobody = rq->actor.person.v == 0;

	fresh(rq, rs);
	if (e == ERR_DENIED && nobody && rq->http->method != HTTP_POST) {
		rs_go(rs, "/"); /* the front door leads to sign-in */
		return;
	}
	if (e == ERR_DENIED && rq->permit && permit_shielded(rq->permit)) {
		v.title = MSG_shielded_title;
		v.text = permit_family(rq->permit) ? MSG_shielded_family : MSG_shielded_staff;
	} else if (e == ERR_DENIED && rq->http->method == HTTP_POST) {
		v.title = MSG_error_form_title;
		v.text = MSG_error_form;
	}
	v.demo = rq->site->demo;
	give_back(rq, &v);
	rs_page(rs, o->status, web_text(rq, v.title));
	rs->narrow = true;
	error_page_html(&rs->html, &v);
	if (o->status == 503)
		http_header(rs->http, S("Retry-After"), S("5"));
}

void frame_lay(struct request *rq, struct response *rs)
{
	struct html page = rs->html;
	struct frame v = { .rq = rq, .rs = rs };

	if (!rs->framed)
		return;
	v.inside = html_raw(buf_text(&rs->html.out));
	v.said = rs->said;
	v.family = rq->actor.person.v && !rq->actor.assignment.v;
	v.staff = rq->actor.assignment.v != 0;
	v.manager = str_eq(rq->actor.role, S("manager"));
	v.admin = str_eq(rq->actor.role, S("administrator"));
	v.path = rq->http->path;
	v.lang_tag = str_of(rq->lang->tag);
	v.lang_dir = str_of(rq->lang->dir);
	rs->http->body.n = 0;
	page.out = rs->http->body;
	frame_html(&page, &v);
	rs->http->body = page.out;
}

static struct book_entry entry_of(const struct request *rq, enum err e)
{
	const struct permit *p = rq->permit;
	bool writes = rq->route->method == HTTP_POST;

	return (struct book_entry){
		.kind = e != OK ? BOOK_REFUSAL :
		    writes	? BOOK_CHANGE :
				  BOOK_LOOK,
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
	/* Nobody signed in and nothing personal shown: the log has it, the book needs no record. */
	if (rq->actor.person.v == 0 && rs->n_looks == 0 && rq->route->method != HTTP_POST)
		return;
	if (rq->permit && e == OK && rs->look_self)
		children = permit_children(rq->permit, &n_children);
	first = entry_of(rq, e);
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
