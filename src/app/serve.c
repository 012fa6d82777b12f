/*
 * One request, one transaction, one arena, one answer. This is the only place where an enum err
 * becomes a status.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <sodium.h>

#include "app/app.h"
#include "base/log.h"
#include "q_session.h"
#include "web/frame.h"
#include "web/staff.h"

/* What comes after an attempt, where nothing unwinds: the last look at the permit, the page of a
 * refusal, the head of the answer. */
#define AFTER_BYTES ((size_t)256 * 1024)

/* The subject of an act on one child: what the first noun in the path that belongs to a child
 * names. */
static enum err subject_of(struct work *w, struct child_id *out)
{
	const struct http_request *http = w->rq.http;

	*out = (struct child_id){ 0 };
	for (int i = 0; i < http->n_params && out->v == 0; i++)
		TRY(access_child_of(w->rq.db, w->rq.mem, str_c(w->rq.mem, http->param_names[i]),
		    http->params[i], out));
	return OK;
}

/* A writing form carries our token and comes from a page of ours. */
static bool form_is_ours(const struct request *rq)
{
	struct str from = rq->http->sec_fetch_site;

	if (from.n && !str_eq(from, S("same-origin")) && !str_eq(from, S("none")))
		return false;
	return csrf_check(
	    rq->site->tokens, &rq->session_token, S("form"), http_get(&rq->http->form, S("csrf")));
}

/* Everything that an attempt fills begins anew: an attempt that is run again leaves no trace. */
static void begin(struct work *w, struct db *db, struct db *book_db, struct staff_cards *cards)
{
	struct request *rq = &w->rq;

	arena_rewind(rq->mem, w->mark);
	http_response_reset(w->rs.http, rq->mem);
	w->rs = (struct response){ .http = w->rs.http };
	w->entries = NULL;
	w->n_entries = 0;
	rq->db = db;
	rq->book_db = book_db;
	rq->cards = cards;
	staff_cards_begin(cards);
	rq->permit = NULL;
	rq->actor = (struct actor){ 0 };
	rq->child = (struct child_id){ 0 };
	rq->form = (struct form){ 0 };
	rq->now_ms = clock_now_ms();
	rq->today = date_of_ms(rq->now_ms);
	rq->lang = i18n_choose(
	    http_get(&rq->http->cookies, S(COOKIE_LANGUAGE)), rq->http->accept_language);
	html_init(&w->rs.html, rq->mem, rq->lang, rq->today);
}

static enum err who(struct request *rq)
{
	struct str hash = { 0 };

	if (token_parse(http_get(&rq->http->cookies, S(COOKIE_SESSION)), &rq->session_token))
		hash = token_hash(rq->site->tokens, rq->mem, &rq->session_token);
	else
		rq->session_token = (struct token){ 0 };
	TRY(access_actor(rq->db, rq->mem, hash, rq->now_ms, &rq->actor));
	if (rq->actor.person.v == 0)
		rq->session_token = (struct token){ 0 }; /* ended: its forms are no longer ours */
	return OK;
}

/* What makes a form the same: who sent it, its page's number, where it goes and every word in it.
 */
static struct str once_token(
    struct arena *mem, struct person_id person, const struct http_request *http)
{
	unsigned char *out = arena_array(mem, unsigned char, 32);
	crypto_generichash_state st;

	crypto_generichash_init(&st, NULL, 0, 32);
	crypto_generichash_update(&st, (const unsigned char *)&person.v, sizeof person.v);
	crypto_generichash_update(&st, (const unsigned char *)http->path.p, http->path.n);
	for (size_t i = 0; i < http->form.n; i++) {
		const struct http_pair *p = &http->form.v[i];

		if (str_eq(p->name, S("csrf")))
			continue; /* the session's, not the form's */
		crypto_generichash_update(&st, (const unsigned char *)&p->name.n, sizeof p->name.n);
		crypto_generichash_update(&st, (const unsigned char *)p->name.p, p->name.n);
		crypto_generichash_update(
		    &st, (const unsigned char *)&p->value.n, sizeof p->value.n);
		crypto_generichash_update(&st, (const unsigned char *)p->value.p, p->value.n);
	}
	crypto_generichash_final(&st, out, 32);
	return (struct str){ (const char *)out, 32 };
}

/* A form carries a number of its own: sent twice, it is carried out once, and the second answer is
 * the first one's (a double tap, a nervous reload). */
static enum err run_once(struct work *w)
{
	struct request *rq = &w->rq;
	struct str once = http_get(&rq->http->form, S("once"));
	struct person_id person = rq->actor.person; /* the handler may make it another */
	struct q_once_find before;

	if (once.n == 0 || rq->actor.person.v == 0)
		return w->route->run(rq, &w->rs);
	once = once_token(rq->mem, person, rq->http);
	TRY(q_once_find(rq->db, rq->mem, once, person, &before));
	if (before.found)
		return rs_go(&w->rs, "%s", str_c(rq->mem, before.location));
	TRY(w->route->run(rq, &w->rs));
	if (w->rs.http->status != 303)
		return OK;
	return q_once_put(rq->db, once, person,
	    http_get(&(struct http_pairs){ w->rs.http->headers, (size_t)w->rs.http->n_headers },
		S("Location")),
	    rq->now_ms);
}

static enum err decide_and_run(struct work *w)
{
	struct request *rq = &w->rq;
	struct response *rs = &w->rs;

	TRY(who(rq));
	/* Every page has a number already, which no other has. */
	rs->html.once = str_fmt(rq->mem, "%016" PRIx64, rq->http->id);
	rs->html.csrf = csrf_make(rq->site->tokens, rq->mem, &rq->session_token, S("form"));
	if (act_info(w->route->act)->subject == SUBJECT_CHILD)
		TRY(subject_of(w, &rq->child));
	TRY(access_permit(
	    rq->db, rq->mem, &rq->actor, w->route->act, rq->child, rq->now_ms, &rq->permit));
	if (w->route->method == HTTP_POST) {
		if (!form_is_ours(rq))
			return ERR_DENIED;
		rq->form = form_of(rq->mem, &rq->http->form);
	}
	return w->route->method == HTTP_POST ? run_once(w) : w->route->run(rq, rs);
}

enum err serve_attempt(struct work *w, struct db *db, struct db *book_db, struct staff_cards *cards)
{
	jmp_buf over;

	if (setjmp(over)) {
		/* Over its memory budget: this request ends with 500, the worker lives. */
		w->rq.mem->over = NULL;
		begin(w, db, book_db, cards);
		/* The page of the error keeps the frame of whoever asked: "leave the page" with it.
		 */
		db_done(db);
		if (who(&w->rq) != OK)
			w->rq.actor = (struct actor){ 0 };
		w->rs.html.csrf =
		    csrf_make(w->rq.site->tokens, w->rq.mem, &w->rq.session_token, S("form"));
		w->result = fail(ERR_INTERNAL, "request over its memory budget");
		frame_error(&w->rq, &w->rs, w->result);
		return w->result;
	}
	begin(w, db, book_db, cards);
	w->rq.mem->over = &over;
	w->result = decide_and_run(w);
	if (w->result != OK && w->result != ERR_RETRY)
		frame_error(&w->rq, &w->rs, w->result);
	if (w->result != ERR_RETRY)
		frame_entries(&w->rq, &w->rs, w->result, &w->entries, &w->n_entries);
	arena_need(w->rq.mem, frame_needs(&w->rs) + AFTER_BYTES);
	w->rq.mem->over = NULL;
	return w->result;
}

static enum err decide_again(void *what)
{
	struct work *w = what;
	const struct permit *permit;

	TRY(who(&w->rq));
	TRY(access_permit(
	    w->rq.db, w->rq.mem, &w->rq.actor, w->route->act, w->rq.child, w->rq.now_ms, &permit));
	w->rq.permit = permit;
	return OK;
}

void serve_decide_again(struct work *w)
{
	struct actor before = w->rq.actor;
	size_t mark = arena_mark(w->rq.mem);
	enum err e = arena_within(w->rq.mem, decide_again, w);

	if (e == OK)
		return;
	w->rq.actor = before; /* its own change closed it: the page is told so */
	if (e == ERR_TOO_LARGE) {
		db_done(w->rq.db);
		arena_rewind(w->rq.mem, mark);
	}
}

void serve_work(struct work *w, struct http_exchange *x, struct arena *mem, const struct site *site)
{
	*w = (struct work){ .x = x, .route = app_route(&x->rq) };
	w->writes = w->route->method == HTTP_POST;
	w->result = ERR_RETRY; /* not attempted yet */
	w->rs.http = &x->rs;
	w->rq = (struct request){ .mem = mem, .site = site, .http = &x->rq, .route = w->route };
	/* Also for who is told that we are busy before anything was attempted. */
	w->rq.lang =
	    i18n_choose(http_get(&x->rq.cookies, S(COOKIE_LANGUAGE)), x->rq.accept_language);
	w->mark = arena_mark(mem);
}

void serve_refuse(struct work *w, enum err e)
{
	w->result = e;
	frame_error(&w->rq, &w->rs, e);
	frame_entries(&w->rq, &w->rs, e, &w->entries, &w->n_entries);
}

void serve_busy(struct work *w)
{
	http_response_reset(w->rs.http, w->rq.mem);
	w->rs = (struct response){ .http = w->rs.http };
	html_init(&w->rs.html, w->rq.mem, w->rq.lang, w->rq.today);
	frame_error(&w->rq, &w->rs, ERR_BUSY);
}

void serve_lay(struct work *w)
{
	frame_lay(&w->rq, &w->rs);
}

void serve_send(struct work *w)
{
	serve_lay(w);
	http_exchange_send(w->x);
}
