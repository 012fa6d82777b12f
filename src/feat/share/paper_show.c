/* What stands of a yes on paper on the page of its question: who wrote it down, who has seen it. */
#include <inttypes.h>

#include "feat/share/paper_views.h"
#include "q_paper.h"

static struct str say(const struct request *rq, enum msg m, const struct msg_arg *args, int n)
{
	return i18n_text(rq->mem, rq->lang, rq->today, (int)m, args, n);
}

/* "Bea Bvcsson, BVC Gnesta, skrev 18 november att du sa ja på ett möte." */
static struct str line_of(const struct request *rq, const struct q_paper_rows *p, bool staff)
{
	bool letter = str_eq(p->how, S("letter"));
	struct msg_arg args[] = { msg_arg_text(p->writer), msg_arg_text(p->writer_unit),
		msg_arg_date(date_of_ms(p->written_ms)), msg_arg_text(S("")) };

	if (staff) {
		args[3] = msg_arg_text(web_one_of_family(rq, p->name));
		return say(rq, letter ? MSG_paper_staff_letter : MSG_paper_staff_meeting, args, 4);
	}
	if (p->mine)
		return say(rq, letter ? MSG_paper_mine_letter : MSG_paper_mine_meeting, args, 3);
	return say(rq, letter ? MSG_paper_other_letter : MSG_paper_other_meeting, args, 3);
}

static void state_of(
    const struct request *rq, const struct q_paper_rows *p, bool staff, struct paper_row *row)
{
	struct msg_arg ends[] = { msg_arg_date(p->ends), msg_arg_text(p->waits_for) };
	struct msg_arg seen[] = { msg_arg_text(p->second), msg_arg_text(p->second_unit),
		msg_arg_date(date_of_ms(p->answered_ms)) };
	bool past = str_eq(p->state, S("waiting")) && date_cmp(p->ends, rq->today) < 0;

	row->shape = "ended";
	row->color = S("neutral");
	row->word = web_text(rq, MSG_paper_word_not);
	if (past || str_eq(p->state, S("lapsed"))) {
		row->state = web_text(rq, MSG_paper_lapsed);
	} else if (str_eq(p->state, S("waiting"))) {
		row->shape = "waiting_us";
		row->word = web_text(rq, MSG_paper_word_waits);
		row->state = say(rq, staff ? MSG_paper_waits_staff : MSG_paper_waits, ends, 2);
	} else if (str_eq(p->state, S("confirmed"))) {
		row->shape = "yes";
		row->word = web_text(rq, MSG_paper_word_yes);
		row->color = S("success");
		row->state = say(rq, MSG_paper_seen, seen, 3);
	} else if (str_eq(p->state, S("denied"))) {
		row->shape = "no";
		row->color = S("warning");
		row->state = say(rq, MSG_paper_denied, seen, 3);
		row->words = staff ? p->words : S("");
	} else {
		row->state = web_text(
		    rq, str_eq(p->state, S("gone")) ? MSG_paper_gone : MSG_paper_taken_back);
	}
}

enum err paper_rows(
    struct request *rq, int64_t question, bool asked, struct str back, struct paper_rows *out)
{
	bool staff = rq->actor.staff.v != 0;
	struct q_paper_rows_list rows;

	TRY(q_paper_rows(rq->db, rq->permit, rq->mem, (struct item_id){ question }, &rows));
	*out = (struct paper_rows){ .v = arena_array(rq->mem, struct paper_row, rows.n),
		.back = back };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_paper_rows *p = &rows.v[i];
		struct paper_row *row = &out->v[out->n++];

		*row = (struct paper_row){ .line = line_of(rq, p, staff) };
		state_of(rq, p, staff, row);
		if (staff || p->mine)
			row->checked = p->checked;
		if (!staff && p->mine && asked &&
		    (str_eq(p->state, S("waiting")) || str_eq(p->state, S("confirmed"))))
			out->take_back = true;
		if (!staff && p->mine && str_eq(p->state, S("confirmed")))
			out->counted = true;
	}
	return OK;
}
