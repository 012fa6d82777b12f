#include "feat/letter/letter_web.h"

#include <inttypes.h>

#include "feat/letter/letter_views.h"
#include "letter_html.h"
#include "q_family.h"

/* The family's box: one's own letters, and what another said that one may see. */
static enum err family_box(struct request *rq, struct letter_box *v)
{
	enum stand stand = permit_stand(rq->permit);
	bool self = stand == STAND_SELF;
	struct q_letter_box_list rows;

	TRY(q_letter_box(
	    rq->db, rq->permit, rq->mem, stand == STAND_GUARDIAN || stand == STAND_GOD_MAN, &rows));
	v->letters.v = arena_array(rq->mem, struct letter_row, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_letter_box *r = &rows.v[i];

		/* A child's own words can't be read again by login alone (promise 11). */
		v->letters.v[v->letters.n++] = (struct letter_row){ .child = rq->child,
			.id = r->id,
			.kind = web_word(rq, "letter_kind_", r->kind),
			.who = r->to_words.n ? r->to_words : r->to_name,
			.words = r->mine && self ? S("") : r->words,
			.answer = r->answer,
			.sent_ms = r->sent_ms,
			.read_ms = r->read_ms_null || r->to_words.n ? 0 : r->read_ms,
			.answered_ms = r->answered_ms_null ? 0 : r->answered_ms,
			.ended_ms = r->ended_ms_null ? 0 : r->ended_ms,
			.may_end = r->mine && r->ended_ms_null && r->about.v &&
				   (str_eq(r->kind, S("disagree")) || str_eq(r->kind, S("wrong"))),
			.mine = r->mine != 0,
			.shared = r->shared != 0,
			.outside = r->mine && r->to_words.n };
	}
	return OK;
}

/* Staff: letters to oneself. Words show once they were opened, which is on record as read. */
static enum err staff_box(struct request *rq, struct letter_box *v)
{
	struct q_letter_inbox_list rows;

	TRY(q_letter_inbox(rq->db, rq->permit, rq->mem, &rows));
	v->staff = true;
	v->letters.v = arena_array(rq->mem, struct letter_row, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_letter_inbox *r = &rows.v[i];
		bool open = !r->read_ms_null;

		v->letters.v[v->letters.n++] = (struct letter_row){ .child = rq->child,
			.id = r->id,
			.kind = web_word(rq, "letter_kind_", r->kind),
			.who = web_one_of_family(rq, r->author),
			.words = open ? r->words : S(""),
			.answer = r->answer,
			.sent_ms = r->sent_ms,
			.read_ms = open ? r->read_ms : 0,
			.answered_ms = r->answered_ms_null ? 0 : r->answered_ms,
			.ended_ms = r->ended_ms_null ? 0 : r->ended_ms,
			.version = r->version,
			.may_open = !open,
			.may_answer = open && !r->answer.n };
	}
	return OK;
}

static enum err box(struct request *rq, struct response *rs)
{
	struct letter_box v = { .child = rq->child };
	struct q_family_child child;

	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v.name = web_called(rq, child.name);
	if (permit_family(rq->permit))
		TRY(family_box(rq, &v));
	else
		TRY(staff_box(rq, &v));
	rs_page(rs, 200, web_text(rq, MSG_letter_box_title));
	letter_box_html(&rs->html, &v);
	return OK;
}

/* A letter to somebody else is none (promise 7), and the book says nothing of reading it. */
static enum err open_letter(struct request *rq, struct response *rs)
{
	struct letter_id id = { web_id(rq, "letter") };
	struct q_letter_to_me to_me;

	if (permit_family(rq->permit))
		return ERR_NOT_FOUND;
	TRY(q_letter_to_me(rq->db, rq->permit, rq->mem, id, &to_me));
	if (!to_me.found)
		return ERR_NOT_FOUND;
	TRY(q_letter_mark_read(rq->db, rq->permit, id));
	return rs_go(rs, "/children/%" PRId64 "/letters", rq->child.v);
}

static enum err answer(struct request *rq, struct response *rs)
{
	struct letter_id id = { web_id(rq, "letter") };
	struct q_letter_to_me to_me;
	struct str words = form_text(&rq->form, S("answer"), 1, 4000);
	int64_t version = web_version(rq);

	TRY(q_letter_to_me(rq->db, rq->permit, rq->mem, id, &to_me));
	if (!to_me.found)
		return ERR_NOT_FOUND;
	if (rq->form.bad)
		return ERR_INVALID;
	TRY(q_letter_put_answer(rq->db, rq->permit, id, version, words));
	return rs_go_said(
	    rq, rs, MSG_said_letter_answered, "/children/%" PRId64 "/letters", rq->child.v);
}

/* The one who disputed something ends it; what was said and answered stays in both boxes. */
static enum err end_dispute(struct request *rq, struct response *rs)
{
	struct letter_id id = { web_id(rq, "letter") };
	struct q_letter_dispute_of row;

	TRY(q_letter_dispute_of(rq->db, rq->permit, rq->mem, id, &row));
	if (!row.found)
		return ERR_NOT_FOUND;
	if (row.ended_ms_null)
		TRY(q_letter_end_dispute(rq->db, rq->permit, id));
	rs_look(rs, rq->child, "letter", id.v, permit_stand(rq->permit));
	return rs_go_said(
	    rq, rs, MSG_said_dispute_ended, "/children/%" PRId64 "/letters", rq->child.v);
}

const struct route letter_routes[] = {
	{ HTTP_GET, "/children/{child}/letters", box, ACT_LETTER_READ },
	{ HTTP_POST, "/letters/{letter}/open", open_letter, ACT_LETTER_READ },
	{ HTTP_POST, "/letters/{letter}/answer", answer, ACT_LETTER_ANSWER },
	{ HTTP_GET, "/children/{child}/write", letter_write_page, ACT_LETTER_READ },
	{ HTTP_POST, "/children/{child}/letters", letter_send_form, ACT_LETTER_WRITE },
	{ HTTP_GET, "/children/{child}/disagree", letter_disagree_page, ACT_PLAN_READ },
	{ HTTP_POST, "/children/{child}/disagree", letter_disagree_send, ACT_DISAGREE },
	{ HTTP_POST, "/letters/{letter}/end", end_dispute, ACT_DISAGREE },
	{ HTTP_GET, "/children/{child}/hand-on", letter_hand_on_page, ACT_PLAN_READ },
	{ HTTP_POST, "/children/{child}/hand-on", letter_hand_on_send, ACT_HAND_ON },
	{ HTTP_GET, "/letters/{letter}", letter_out_page, ACT_LETTER_READ },
	{ 0 },
};
