/* Pages of a yes to sharing: what there is, one yes with its answers, taking it back. */
#include <inttypes.h>

#include "feat/share/share_web.h"
#include "feat/share/waiver_views.h"
#include "share_html.h"

/* --- words --- */

struct str waiver_code_text(const struct request *rq, const char *prefix, struct str code)
{
	struct str word = web_word(rq, prefix, code);

	return word.n ? word : code;
}

struct str share_place_text(const struct request *rq, struct str regime, struct str authority)
{
	struct str r = waiver_code_text(rq, "regime_", regime);

	return str_fmt(rq->mem, "%.*s, %.*s", STR(r), STR(authority));
}

struct str waiver_with_name(const struct request *rq, enum msg m, struct str name)
{
	struct msg_arg arg = msg_arg_text(name);

	return i18n_text(rq->mem, rq->lang, rq->today, (int)m, &arg, 1);
}

/* The drawers of one side, as families and staff know them: what they do and whose they are. Which
 * unit works with the child there is not said here: the one who reads this may not know (promise
 * 7). */
static struct str side(const struct request *rq, const struct q_waiver_sides_list *sides,
    struct waiver_id id, struct str which, struct str *all, size_t *n)
{
	struct drawer_id last = { 0 };
	struct buf b;

	buf_init(&b, rq->mem, 128);
	for (size_t i = 0; i < sides->n; i++) {
		const struct q_waiver_sides *s = &sides->v[i];
		struct str what = waiver_code_text(rq, "regime_", s->regime);

		if (s->waiver.v != id.v || !str_eq(s->side, which) || s->drawer.v == last.v)
			continue;
		last = s->drawer;
		all[(*n)++] = share_place_text(rq, s->regime, s->authority);
		if (str_has(buf_text(&b), what))
			continue; /* the same in another municipality */
		buf_str(&b, b.n ? S("; ") : S(""));
		buf_str(&b, what);
	}
	return buf_text(&b);
}

static void both_sides(const struct request *rq, const struct q_waiver_sides_list *sides,
    struct waiver_id id, struct waiver_view *w)
{
	w->from_all.v = arena_array(rq->mem, struct str, sides->n + 1);
	w->to_all.v = arena_array(rq->mem, struct str, sides->n + 1);
	w->from = side(rq, sides, id, S("holder"), w->from_all.v, &w->from_all.n);
	w->to = side(rq, sides, id, S("recipient"), w->to_all.v, &w->to_all.n);
	w->mutual = w->from_all.n > 0 && w->from_all.n == w->to_all.n;
	for (size_t i = 0; w->mutual && i < w->from_all.n; i++)
		w->mutual = str_eq(w->from_all.v[i], w->to_all.v[i]);
}

static void state_of(const struct request *rq, struct waiver_view *w)
{
	struct str s = w->row->state;
	bool past = date_cmp(w->row->until, rq->today) < 0;
	enum msg m = MSG_waiver_state_ended;

	w->color = S("neutral");
	w->shape = "ended";
	if (str_eq(s, S("asked")) && !past) {
		m = w->waiting ? MSG_waiver_state_you : MSG_waiver_state_asked;
		w->shape = w->waiting ? "waiting_you" : "ask";
		w->color = w->waiting ? S("warning") : S("info");
	} else if (w->live) {
		m = MSG_waiver_state_valid;
		w->shape = "yes";
		w->color = S("success");
	} else if (str_eq(s, S("refused"))) {
		m = MSG_waiver_state_refused;
	} else if (str_eq(s, S("withdrawn"))) {
		m = MSG_waiver_state_withdrawn;
	}
	w->state_word = web_text(rq, m);
}

struct str waiver_turn_text(
    const struct request *rq, const struct share_facts *f, struct date until)
{
	struct waiver_ages ages = waiver_ages_usual();
	const int turns[] = { ages.view_from, ages.child_from, age_rule_years(AGE_ADULT) };
	static const enum msg texts[] = { MSG_waiver_turns_12, MSG_waiver_turns_15,
		MSG_waiver_turns_18 };
	struct msg_arg name = msg_arg_text(f->name);

	for (size_t i = 0; date_known(f->born) && i < 3; i++)
		if (date_cmp(date_add_days(date_add_months(f->born, 12 * turns[i]), -1), until) ==
		    0)
			return i18n_text(rq->mem, rq->lang, rq->today, (int)texts[i], &name, 1);
	return S("");
}

static struct waiver_view view_of(const struct request *rq, const struct q_waiver_list *row,
    const struct q_waiver_sides_list *sides, const struct share_facts *f)
{
	struct str name = f->name;
	struct waiver_view w = { .row = row,
		.what = waiver_code_text(rq, "content_", row->content) };
	bool past = date_cmp(row->until, rq->today) < 0;
	enum stand stand = permit_stand(rq->permit);

	both_sides(rq, sides, row->id, &w);
	w.live = str_eq(row->state, S("valid")) && !past;
	w.waiting = !past && str_eq(row->state, S("asked")) && str_eq(row->my, S("asked"));
	/* One who decides now and was never asked has to say yes too (FB 6:13), and so may end it.
	 */
	w.withdraw =
	    w.live && (str_eq(row->my, S("yes")) ||
			  (row->my.n == 0 && (stand == STAND_GUARDIAN || stand == STAND_GOD_MAN)));
	w.child_says = waiver_with_name(rq,
	    str_eq(row->child_view, S("agrees"))    ? MSG_waiver_child_agrees
	    : str_eq(row->child_view, S("objects")) ? MSG_waiver_child_objects
						    : MSG_waiver_child_unknown,
	    name);
	w.turn = waiver_turn_text(rq, f, row->until);
	state_of(rq, &w);
	return w;
}

/* --- reading --- */

/* A carer decides nothing about what is shared, and sees it in the plan (FB 6:11). */
static enum err may_read(const struct request *rq)
{
	return permit_stand(rq->permit) == STAND_CARER ? ERR_DENIED : OK;
}

struct loaded {
	struct share_facts facts;
	struct q_waiver_list_list rows;
	struct q_waiver_sides_list sides;
};

static enum err load(struct request *rq, struct loaded *l)
{
	TRY(may_read(rq));
	TRY(share_facts(rq->db, rq->permit, rq->mem, rq->child, &l->facts));
	TRY(q_waiver_list(
	    rq->db, rq->permit, rq->mem, rq->child, permit_since_ms(rq->permit), &l->rows));
	l->facts.name = web_called(rq, l->facts.name);
	return q_waiver_sides(rq->db, rq->permit, rq->mem, rq->child, &l->sides);
}

static enum err waiver_of(struct request *rq, struct loaded *l, struct waiver_view *out)
{
	int64_t id = web_id(rq, "waiver");

	TRY(load(rq, l));
	for (size_t i = 0; i < l->rows.n; i++) {
		if (l->rows.v[i].id.v == id) {
			*out = view_of(rq, &l->rows.v[i], &l->sides, &l->facts);
			return OK;
		}
	}
	return ERR_NOT_FOUND;
}

static enum err sharing(struct request *rq, struct response *rs)
{
	struct waiver_list_page v = { .child = rq->child, .staff = rq->actor.staff.v != 0 };
	struct loaded l;

	TRY(load(rq, &l));
	v.name = l.facts.name;
	v.self = permit_stand(rq->permit) == STAND_SELF;
	v.waiting.v = arena_array(rq->mem, struct waiver_view, l.rows.n + 1);
	v.given.v = arena_array(rq->mem, struct waiver_view, l.rows.n + 1);
	v.ended.v = arena_array(rq->mem, struct waiver_view, l.rows.n + 1);
	for (size_t i = 0; i < l.rows.n; i++) {
		struct waiver_view w = view_of(rq, &l.rows.v[i], &l.sides, &l.facts);

		if (w.live)
			v.given.v[v.given.n++] = w;
		else if (str_eq(w.row->state, S("asked")) && date_cmp(w.row->until, rq->today) >= 0)
			v.waiting.v[v.waiting.n++] = w;
		else
			v.ended.v[v.ended.n++] = w;
	}
	rs->wide = v.staff;
	rs_page(rs, 200, web_text(rq, MSG_waiver_title));
	waiver_list_html(&rs->html, &v);
	return OK;
}

static void record_fields(struct request *rq, struct waiver_show_page *v)
{
	const struct web_field *all[] = { &v->person, &v->answer, &v->how, &v->checked, NULL };

	v->person = web_field(rq, WEB_RADIO, "person", MSG_waiver_record_who, MSG_none, S(""));
	web_options(rq, &v->person, v->answers.n);
	for (size_t i = 0; i < v->answers.n; i++)
		if (str_eq(v->answers.v[i].says, S("asked")))
			web_option(&v->person, str_of_i64(rq->mem, v->answers.v[i].person.v),
			    v->answers.v[i].name, S(""));
	v->answer = web_field(rq, WEB_RADIO, "answer", MSG_waiver_record_answer, MSG_none, S(""));
	web_options(rq, &v->answer, 2);
	web_option(&v->answer, S("yes"), web_text(rq, MSG_waiver_says_yes), S(""));
	web_option(&v->answer, S("no"), web_text(rq, MSG_waiver_says_no), S(""));
	v->how = web_field(rq, WEB_RADIO, "how", MSG_waiver_record_how, MSG_none, S(""));
	web_options(rq, &v->how, 2);
	web_option(&v->how, S("meeting"), web_text(rq, MSG_waiver_how_meeting), S(""));
	web_option(&v->how, S("letter"), web_text(rq, MSG_waiver_how_letter), S(""));
	v->checked =
	    web_field(rq, WEB_TEXT, "checked", MSG_ask_identity, MSG_waiver_checked_hint, S(""));
	v->errors = web_errors(rq, all);
	v->may_record = v->person.options.n > 0;
}

/* Who confirms is told before anything is written down; where nobody is, that too. */
static enum err record_form(struct request *rq, struct waiver_show_page *v)
{
	struct paper_second second;

	TRY(paper_second(rq->db, rq->permit, rq->mem, &second));
	v->second = second.name;
	record_fields(rq, v);
	return OK;
}

static enum err show(struct request *rq, struct response *rs, int status)
{
	struct waiver_show_page v = { .child = rq->child, .staff = rq->actor.staff.v != 0 };
	struct loaded l;

	TRY(waiver_of(rq, &l, &v.w));
	v.name = l.facts.name;
	if (v.staff) {
		TRY(q_waiver_answers(rq->db, rq->permit, rq->mem, v.w.row->id, &v.answers));
		for (size_t i = 0; i < v.answers.n; i++) {
			struct q_waiver_answers *a = &v.answers.v[i];

			a->name = a->person.v == l.facts.person.v ? v.name
								  : web_one_of_family(rq, a->name);
		}
		if (str_eq(v.w.row->state, S("asked")))
			TRY(record_form(rq, &v));
	}
	TRY(paper_rows(rq, v.w.row->id.v, str_eq(v.w.row->state, S("asked")),
	    str_fmt(rq->mem, "/waivers/%" PRId64 "/paper", v.w.row->id.v), &v.papers));
	rs->wide = v.staff;
	rs_page(rs, status, web_text(rq, MSG_waiver_title));
	waiver_show_html(&rs->html, &v);
	return OK;
}

static enum err waiver_page(struct request *rq, struct response *rs)
{
	return show(rq, rs, 200);
}

/* --- answering --- */

static enum err waiver_answer_save(struct request *rq, struct response *rs)
{
	static const struct str answers[] = { { "yes", 3 }, { "no", 2 } };
	int answer = form_choice(&rq->form, S("answer"), answers, 2, true);
	struct waiver_view w;
	struct loaded l;

	if (rq->form.bad)
		return ERR_INVALID;
	TRY(waiver_of(rq, &l, &w));
	if (w.row->my.n == 0)
		return ERR_DENIED; /* this one was not asked */
	TRY(waiver_hear(rq->db, rq->permit, rq->mem, w.row->id,
	    &(struct waiver_heard){
		.person = rq->actor.person, .yes = answer == 0, .how = S("signed_in") }));
	return rs_go_said(rq, rs, answer == 0 ? MSG_said_waiver_yes : MSG_said_waiver_no,
	    "/waivers/%" PRId64, w.row->id.v);
}

/* A yes counts when another has seen the paper: the answer here is the same whatever there is
 * elsewhere (promise 7). */
static enum err record_yes(struct request *rq, const struct waiver_heard *heard,
    struct waiver_id id, const struct paper_second *second)
{
	return paper_write(rq->db, rq->permit,
	    &(struct paper_note){ PAPER_WAIVER, id.v, heard->person, heard->how, heard->checked },
	    second);
}

/* A yes or no on paper or at a meeting, written down by the ones who asked. */
static enum err waiver_record(struct request *rq, struct response *rs)
{
	static const struct str answers[] = { { "yes", 3 }, { "no", 2 } };
	static const struct str hows[] = { { "meeting", 7 }, { "letter", 6 } };
	struct waiver_heard heard = { .person = { form_id(&rq->form, S("person"), true) } };
	int answer = form_choice(&rq->form, S("answer"), answers, 2, true);
	int how = form_choice(&rq->form, S("how"), hows, 2, true);
	struct q_waiver_answers_list asked;
	struct waiver_id id = { web_id(rq, "waiver") };
	struct paper_second second;
	struct waiver_view w;
	struct loaded l;
	bool found = false, waits;

	heard.checked = form_text(&rq->form, S("checked"), 3, 200);
	/* Who let themselves in opens nothing by their own word alone: not their drawer's earlier
	 * content, and not another's by a yes that nobody else heard (promise 3). */
	if (permit_since_ms(rq->permit) != 0)
		form_mark(&rq->form, S("checked"), MSG_waiver_not_confirmed);
	TRY(paper_second(rq->db, rq->permit, rq->mem, &second));
	if (answer == 0 && !second.found)
		form_mark(&rq->form, S("answer"), MSG_paper_nobody);
	TRY(waiver_of(rq, &l, &w));
	TRY(paper_waits(rq->db, rq->permit, rq->mem, id.v, heard.person, &waits));
	if (answer == 0 && waits)
		form_mark(&rq->form, S("person"), MSG_paper_waits_already);
	/* What somebody has said already is nobody else's to change. */
	TRY(q_waiver_answers(rq->db, rq->permit, rq->mem, id, &asked));
	for (size_t i = 0; i < asked.n; i++)
		found = found || (asked.v[i].person.v == heard.person.v &&
				     str_eq(asked.v[i].says, S("asked")));
	if (!rq->form.bad && !found)
		return ERR_NOT_FOUND;
	if (rq->form.bad)
		return show(rq, rs, 422);
	heard.yes = answer == 0;
	heard.how = hows[how];
	heard.by = permit_assignment(rq->permit);
	if (heard.yes) {
		TRY(record_yes(rq, &heard, id, &second));
		return rs_go_said(rq, rs, MSG_paper_said, "/waivers/%" PRId64, id.v);
	}
	TRY(waiver_hear(rq->db, rq->permit, rq->mem, id, &heard));
	return rs_go_said(rq, rs, MSG_said_saved, "/waivers/%" PRId64, id.v);
}

/* --- taking back --- */

/* A yes that staff wrote down as this reader's, while the question is open: the reader's own word
 * goes before theirs. */
static enum err paper_back(struct request *rq, struct response *rs)
{
	struct waiver_view w;
	struct loaded l;
	bool counted;

	TRY(waiver_of(rq, &l, &w));
	if (w.row->my.n == 0)
		return ERR_DENIED; /* this one was not asked */
	if (!str_eq(w.row->state, S("asked")))
		return ERR_CONFLICT; /* a yes that holds is taken back with its consequences first
				      */
	TRY(paper_take_back(rq->db, rq->permit, rq->mem, w.row->id.v, &counted));
	if (counted)
		TRY(waiver_unhear(rq->db, rq->permit, w.row->id));
	return rs_go_said(rq, rs, MSG_paper_said_back, "/waivers/%" PRId64, w.row->id.v);
}

/* What the one who takes a yes back may itself not read is not told by taking it back: a youth's
 * contact with health care outside the plan (OSL 12:3), what is marked, the child's own words. */
static enum err may_be_told(
    struct request *rq, const struct share_facts *f, const struct q_waiver_opened *o, bool *yes)
{
	struct q_share_drawer from;
	struct q_share_item row;
	enum party holder;

	*yes = false;
	if (str_eq(o->kind, S("voice")))
		return OK;
	TRY(q_share_item(rq->db, rq->permit, rq->mem, o->kind, o->item, rq->child, &row));
	TRY(q_share_drawer(rq->db, rq->permit, rq->mem, o->from, &from));
	if (!row.found || !from.found || !share_drawer_party(from.regime, &holder))
		return OK;
	*yes = permit_stand(rq->permit) == STAND_SELF ||
	       share_family_sees(rq->permit, f, row.in_plan ? "plan" : str_c(rq->mem, o->kind),
		   holder, row.harm != 0, PARTY_GUARDIAN);
	return OK;
}

static enum err withdraw_page(struct request *rq, struct response *rs)
{
	struct waiver_end_page v = { 0 };
	struct q_waiver_opened_list opened;
	struct loaded l;

	TRY(waiver_of(rq, &l, &v.w));
	v.name = l.facts.name;
	if (!v.w.withdraw)
		return rs_go(rs, "/waivers/%" PRId64, v.w.row->id.v);
	TRY(q_waiver_opened(rq->db, rq->permit, rq->mem, v.w.row->id, &opened));
	v.opened.v = arena_array(rq->mem, struct str, opened.n + 1);
	for (size_t i = 0; i < opened.n; i++) {
		bool told, seen;

		TRY(may_be_told(rq, &l.facts, &opened.v[i], &told));
		seen = !told;

		for (size_t k = 0; k < v.opened.n; k++)
			seen = seen || str_eq(v.opened.v[k], opened.v[i].received);
		if (!seen)
			v.opened.v[v.opened.n++] = opened.v[i].received;
	}
	rs_page(rs, 200, web_text(rq, MSG_waiver_withdraw_title));
	waiver_end_html(&rs->html, &v);
	return OK;
}

static enum err withdraw_save(struct request *rq, struct response *rs)
{
	struct waiver_view w;
	struct loaded l;

	TRY(waiver_of(rq, &l, &w));
	if (!w.withdraw)
		return w.row->my.n ? ERR_CONFLICT : ERR_DENIED;
	TRY(waiver_withdraw(rq->db, rq->permit, w.row->id, w.row->my.n == 0));
	return rs_go_said(rq, rs, MSG_said_waiver_withdrawn, "/waivers/%" PRId64, w.row->id.v);
}

const struct route waiver_routes[] = {
	{ HTTP_GET, "/children/{child}/sharing", sharing, ACT_WAIVER_READ },
	{ HTTP_GET, "/waivers/{waiver}", waiver_page, ACT_WAIVER_READ },
	{ HTTP_POST, "/waivers/{waiver}", waiver_answer_save, ACT_WAIVER_ANSWER },
	{ HTTP_POST, "/waivers/{waiver}/record", waiver_record, ACT_WAIVER_ASK },
	{ HTTP_POST, "/waivers/{waiver}/paper", paper_back, ACT_WAIVER_ANSWER },
	{ HTTP_GET, "/waivers/{waiver}/withdraw", withdraw_page, ACT_WAIVER_ANSWER },
	{ HTTP_POST, "/waivers/{waiver}/withdraw", withdraw_save, ACT_WAIVER_ANSWER },
	{ 0 },
};
