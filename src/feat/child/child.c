#include "feat/child/child.h"

#include <string.h>

#include "access/ground.h"
#include "auth/seal.h"
#include "core/number.h"
#include "feat/plan/plan.h"

/* What is needed while a page is being filled. */
struct loading {
	struct request *rq;
	struct child_page *v;
	int64_t since;
	struct drawer_id mine;
	struct q_child_show_whys_list whys;
	struct q_child_show_said_yes_list said_yes;
	struct q_child_show_disputes_list disputes;
};

static struct str say(const struct request *rq, enum msg m, const struct msg_arg *args, int n)
{
	return i18n_text(rq->mem, rq->lang, rq->today, (int)m, args, n);
}

static const char *color_of(struct str state)
{
	if (str_eq(state, S("waiting_you")))
		return "warning";
	if (str_eq(state, S("active")) || str_eq(state, S("decided")))
		return "success";
	return str_eq(state, S("queue")) || str_eq(state, S("planned")) ? "info" : "neutral";
}

/* "Sara och Erik": each once. */
static void add_name(struct request *rq, struct str *names, struct str name, bool last)
{
	struct msg_arg both[] = { msg_arg_text(*names), msg_arg_text(name) };

	if (names->n == 0)
		*names = name;
	else if (last)
		*names = say(rq, MSG_child_and, both, 2);
	else
		*names = str_fmt(rq->mem, "%.*s, %.*s", STR(*names), STR(name));
}

static struct str who_said_yes(const struct loading *l, struct waiver_id waiver)
{
	struct str names = S("");
	size_t n = 0, at = 0;

	for (size_t i = 0; i < l->said_yes.n; i++)
		n += l->said_yes.v[i].waiver.v == waiver.v;
	for (size_t i = 0; i < l->said_yes.n; i++)
		if (l->said_yes.v[i].waiver.v == waiver.v)
			add_name(l->rq, &names, l->said_yes.v[i].given, ++at == n);
	return names.n ? names : web_text(l->rq, MSG_child_the_family);
}

/* Why an item of another drawer stands here, in plain words; empty for the own drawer's. */
static struct str why(
    const struct loading *l, const char *kind, int64_t item, struct drawer_id holder)
{
	for (size_t i = 0; holder.v != l->mine.v && i < l->whys.n; i++) {
		const struct q_child_show_whys *w = &l->whys.v[i];
		struct str ground = web_word(l->rq, "ground_", w->ground);
		struct msg_arg args[3];

		if (w->item.v != item || !str_eq(w->kind, str_of(kind)))
			continue;
		if (w->waiver.v) {
			args[0] = msg_arg_text(who_said_yes(l, w->waiver));
			args[1] = msg_arg_date(w->to_on);
			return say(l->rq, MSG_child_why_waiver, args, 2);
		}
		args[0] = msg_arg_text(ground.n ? ground : w->ground);
		args[1] = msg_arg_text(w->who);
		args[2] = msg_arg_date(date_of_ms(w->at_ms));
		return say(l->rq, MSG_child_why_law, args, 3);
	}
	return S("");
}

static struct child_said said_of(const struct loading *l, const char *kind, int64_t item)
{
	struct child_said s = { .child = l->rq->child };

	for (size_t i = 0; i < l->disputes.n; i++) {
		const struct q_child_show_disputes *d = &l->disputes.v[i];

		if (d->item.v == item && str_eq(d->kind, str_of(kind)))
			s = (struct child_said){ l->rq->child, true, d->to_me != 0 };
	}
	return s;
}

/* Shown masked; a number that does not open (another key) is not shown at all. */
static struct str masked(struct request *rq, const struct q_child_show_person *row)
{
	struct str text;
	struct number n;

	if (!row->number_of.v ||
	    seal_open(rq->site->keys, rq->mem, "identity", row->number_of.v, row->number_sealed,
		&text) != OK ||
	    !number_read(text, rq->today, &n))
		return S("");
	return str_copy(rq->mem, str_of(n.masked));
}

static enum err load_relations(struct loading *l)
{
	struct q_child_show_relations_list rows;
	struct request *rq = l->rq;
	size_t guardians = 0, at = 0;

	TRY(q_child_show_relations(rq->db, rq->permit, rq->mem, &rows));
	for (size_t i = 0; i < rows.n; i++)
		guardians += str_eq(rows.v[i].kind, S("guardian"));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_child_show_relations *r = &rows.v[i];
		struct str name = str_fmt(rq->mem, "%.*s %.*s", STR(r->given), STR(r->family));

		if (str_eq(r->kind, S("guardian"))) {
			at++;
			if (i == 0 || rows.v[i - 1].person.v != r->person.v)
				add_name(rq, &l->v->guardians, name, at == guardians);
		} else if (i == 0 || rows.v[i - 1].person.v != r->person.v) {
			l->v->others = str_fmt(rq->mem, "%.*s%s%.*s: %.*s.", STR(l->v->others),
			    l->v->others.n ? " " : "", STR(web_word(rq, "relation_", r->kind)),
			    STR(name));
		}
	}
	return OK;
}

static enum err load_person(struct loading *l)
{
	struct q_child_show_person row;
	struct request *rq = l->rq;
	struct child_page *v = l->v;

	TRY(q_child_show_person(rq->db, rq->permit, rq->mem, &row));
	v->child = rq->child;
	v->name = row.identity.v ? str_fmt(rq->mem, "%.*s %.*s", STR(row.given), STR(row.family))
				 : web_called(rq, S(""));
	v->given = row.identity.v ? row.given : v->name;
	v->age = age_years(row.born, rq->today);
	v->expected = row.expected;
	v->number = masked(rq, &row);
	return load_relations(l);
}

/* who: as the reader knows the owner; a journal names people. */
static struct str sentence_of(
    const struct loading *l, const struct q_child_show_steps *row, struct str who)
{
	struct plan_sentence s = { .pattern = row->pattern,
		.words = row->words,
		.who = who,
		.child = l->v->given,
		.due = row->due,
		.due_minute = row->due_minute_null ? -1 : row->due_minute,
		.done = str_eq(row->state, S("done")) };

	return plan_say(l->rq->mem, l->rq->lang, l->rq->today, &s);
}

static struct child_step step_of(const struct loading *l, const struct q_child_show_steps *row)
{
	bool mine = row->owner_assignment.v && row->owner_assignment.v == l->rq->actor.assignment.v;
	struct child_step s = { .row = row,
		.sentence = sentence_of(l, row, mine ? web_text(l->rq, MSG_who_you) : row->owner),
		.why = why(l, "step", row->id.v, row->drawer),
		.said = said_of(l, "step", row->id.v),
		.own = row->drawer.v == l->mine.v };
	struct msg_arg args[] = { msg_arg_date(l->rq->today),
		msg_arg_text(sentence_of(l, row, row->owner)) };

	s.late = !row->done_ms && date_known(row->due) && date_cmp(row->due, l->rq->today) < 0;
	if (row->done_ms)
		s.done = date_of_ms(row->done_ms);
	s.copy = say(l->rq, MSG_child_copy, args, 2);
	if (row->how.n) {
		struct msg_arg wants[] = { msg_arg_text(l->v->given),
			msg_arg_text(web_word(l->rq, "meet_way_", row->how)) };

		s.wants = say(l->rq, MSG_meet_wants, wants, 2);
	}
	return s;
}

static enum err load_steps(struct loading *l)
{
	struct q_child_show_steps_list rows;
	struct request *rq = l->rq;
	struct child_page *v = l->v;

	TRY(q_child_show_steps(rq->db, rq->permit, rq->mem, v->plan.plan, l->since, &rows));
	v->later.v = arena_array(rq->mem, struct child_step, rows.n);
	v->done.v = arena_array(rq->mem, struct child_step, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		struct child_step s = step_of(l, &rows.v[i]);

		if (str_eq(s.row->state, S("next"))) {
			struct child_step *next = arena_new(rq->mem, struct child_step);

			*next = s;
			v->next = next;
		} else if (str_eq(s.row->state, S("later"))) {
			v->later.v[v->later.n++] = s;
		} else {
			v->done.v[v->done.n++] = s;
		}
	}
	return OK;
}

static enum err load_threads(struct loading *l)
{
	struct q_child_show_threads_list rows;
	struct request *rq = l->rq;

	TRY(q_child_show_threads(rq->db, rq->permit, rq->mem, l->since, &rows));
	l->v->threads.v = arena_array(rq->mem, struct child_thread, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_child_show_threads *t = &rows.v[i];

		l->v->threads.v[l->v->threads.n++] = (struct child_thread){ .row = t,
			.state = web_word(rq, "thread_", t->state),
			.why = why(l, "thread", t->id.v, t->drawer),
			.said = said_of(l, "thread", t->id.v),
			.color = color_of(t->state),
			.own = t->drawer.v == l->mine.v };
	}
	return OK;
}

static struct child_measure measure_of(
    const struct loading *l, const struct q_child_show_measures *m)
{
	return (struct child_measure){ .row = m,
		.name = web_word(l->rq, "kind_", m->kind),
		.state = web_word(l->rq, "measure_", m->state),
		.why = why(l, "measure", m->id.v, m->drawer),
		.said = said_of(l, "measure", m->id.v),
		.color = color_of(m->state) };
}

/* Measures stand under their goal, goals under their need; what stands under something that the
 * reader may not see stands by itself. */
static void place_measures(struct loading *l, const struct q_child_show_measures_list *rows,
    struct child_goal *goals, size_t n_goals)
{
	struct child_page *v = l->v;

	v->measures.v = arena_array(l->rq->mem, struct child_measure, rows->n);
	for (size_t g = 0; g < n_goals; g++)
		goals[g].measures.v = arena_array(l->rq->mem, struct child_measure, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		struct child_measure m = measure_of(l, &rows->v[i]);
		size_t g = 0;

		while (g < n_goals && (!m.row->goal.v || goals[g].row->id.v != m.row->goal.v))
			g++;
		if (g < n_goals)
			goals[g].measures.v[goals[g].measures.n++] = m;
		else
			v->measures.v[v->measures.n++] = m;
	}
}

static void place_needs(
    struct loading *l, const struct q_child_show_needs_list *needs, size_t n_goals)
{
	struct child_page *v = l->v;

	v->needs.v = arena_array(l->rq->mem, struct child_need, needs->n);
	v->strengths.v = arena_array(l->rq->mem, struct child_need, needs->n);
	v->goals.v = arena_array(l->rq->mem, struct child_goal, n_goals);
	for (size_t i = 0; i < needs->n; i++) {
		const struct q_child_show_needs *n = &needs->v[i];
		struct child_need box = { .row = n,
			.area = web_word(l->rq, "area_", n->area),
			.why = why(l, "need", n->id.v, n->drawer),
			.said = said_of(l, "need", n->id.v),
			.own = n->drawer.v == l->mine.v };

		box.goals.v = arena_array(l->rq->mem, struct child_goal, n_goals);
		if (n->strength)
			v->strengths.v[v->strengths.n++] = box;
		else
			v->needs.v[v->needs.n++] = box;
	}
}

static enum err load_needs(struct loading *l)
{
	struct request *rq = l->rq;
	struct child_page *v = l->v;
	struct q_child_show_needs_list needs;
	struct q_child_show_goals_list goals;
	struct q_child_show_measures_list measures;
	struct child_goal *all;

	TRY(q_child_show_needs(rq->db, rq->permit, rq->mem, v->plan.plan, l->since, &needs));
	TRY(q_child_show_goals(rq->db, rq->permit, rq->mem, v->plan.plan, l->since, &goals));
	TRY(q_child_show_measures(rq->db, rq->permit, rq->mem, v->plan.plan, l->since, &measures));
	all = arena_array(rq->mem, struct child_goal, goals.n);
	for (size_t i = 0; i < goals.n; i++) {
		const struct q_child_show_goals *g = &goals.v[i];

		all[i] = (struct child_goal){ .row = g,
			.why = why(l, "goal", g->id.v, g->drawer),
			.said = said_of(l, "goal", g->id.v),
			.result = web_word(rq, "plan_result_", g->result),
			.own = g->drawer.v == l->mine.v };
	}
	place_measures(l, &measures, all, goals.n);
	place_needs(l, &needs, goals.n);
	for (size_t i = 0; i < goals.n; i++) {
		size_t k = 0;

		while (k < v->needs.n &&
		       (!goals.v[i].need.v || v->needs.v[k].row->id.v != goals.v[i].need.v))
			k++;
		if (k < v->needs.n)
			v->needs.v[k].goals.v[v->needs.v[k].goals.n++] = all[i];
		else
			v->goals.v[v->goals.n++] = all[i];
	}
	return OK;
}

/* "AL" of "Anna Lindqvist": first letters, whole characters. */
static struct str initials(struct arena *mem, struct str name)
{
	struct buf b;

	buf_init(&b, mem, 16);
	while (name.n) {
		struct str word = str_trim(str_cut(&name, ' '));
		size_t n = 1;

		while (n < word.n && ((unsigned char)word.p[n] & 0xC0) == 0x80)
			n++;
		if (word.n && b.n < 8)
			buf_put(&b, word.p, n);
	}
	return buf_text(&b);
}

/* An invitation that waits for the family's answer: one's own, and no other's. */
static enum err load_asked(struct loading *l)
{
	struct q_child_show_asked asked;

	TRY(q_child_show_asked(l->rq->db, l->rq->permit, l->rq->mem, &asked));
	if (asked.found)
		l->v->asked = date_of_ms(asked.made_ms);
	return OK;
}

static enum err load_plan(struct loading *l)
{
	struct request *rq = l->rq;
	struct child_page *v = l->v;

	TRY(q_child_show_plan(rq->db, rq->permit, rq->mem, l->since, &v->plan));
	if (!v->plan.found)
		return load_asked(l);
	v->own_plan = v->plan.drawer.v == l->mine.v;
	v->lead = v->plan.lead.v == rq->actor.assignment.v;
	v->initials = initials(rq->mem, v->plan.lead_name);
	TRY(load_steps(l));
	TRY(load_needs(l));
	return q_child_show_parties(rq->db, rq->permit, rq->mem, v->plan.plan, &v->parties);
}

/* What was received and is closed keeps the mark that it had, for a copy stands as it was disputed
 * (SoL 14:6, GDPR art. 19); what the family says of it to others later is nothing that this drawer
 * learns (promise 5). */
static struct child_said said_while_open(
    const struct loading *l, const struct q_child_show_received *r)
{
	for (size_t i = 0; i < l->disputes.n; i++) {
		const struct q_child_show_disputes *d = &l->disputes.v[i];
		bool then =
		    (r->until_ms_null || d->sent_ms <= r->until_ms) &&
		    (!date_known(r->until) || date_cmp(date_of_ms(d->sent_ms), r->until) <= 0);

		if (d->item.v == r->item.v && str_eq(d->kind, r->kind) && (then || d->to_us))
			return (struct child_said){ l->rq->child, true, d->to_me != 0 };
	}
	return (struct child_said){ .child = l->rq->child };
}

static enum err load_received(struct loading *l)
{
	struct q_child_show_received_list rows;
	struct request *rq = l->rq;

	TRY(q_child_show_received(rq->db, rq->permit, rq->mem, l->since, &rows));
	l->v->received.v = arena_array(rq->mem, struct child_received, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_child_show_received *r = &rows.v[i];

		l->v->received.v[l->v->received.n++] = (struct child_received){ .row = r,
			.kind = web_word(rq, "item_", r->kind),
			.from = web_word(rq, "regime_", r->regime),
			.at = date_of_ms(r->at_ms),
			.said = said_while_open(l, r),
			.closed =
			    r->closed_ms_null ? (struct date){ 0 } : date_of_ms(r->closed_ms) };
	}
	return OK;
}

static enum err load_voices(struct loading *l)
{
	struct q_child_show_voices_list rows;
	struct request *rq = l->rq;

	TRY(q_child_show_voices(rq->db, rq->permit, rq->mem, l->since, &rows));
	l->v->voices.v = arena_array(rq->mem, struct child_voice, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		l->v->voices.v[l->v->voices.n++] =
		    (struct child_voice){ rows.v[i].words.n ? rows.v[i].words
							    : web_word(rq, "mood_", rows.v[i].mood),
			    date_of_ms(rows.v[i].sent_ms) };
	return OK;
}

enum err child_page_load(struct request *rq, struct child_page *out)
{
	struct loading l = { .rq = rq,
		.v = out,
		.since = permit_since_ms(rq->permit),
		.mine = permit_drawer(rq->permit) };

	*out = (struct child_page){ .closed_before = l.since != 0 };
	TRY(q_child_show_whys(rq->db, rq->permit, rq->mem, l.since, &l.whys));
	TRY(q_child_show_said_yes(rq->db, rq->permit, rq->mem, &l.said_yes));
	TRY(q_child_show_disputes(rq->db, rq->permit, rq->mem, &l.disputes));
	TRY(load_person(&l));
	TRY(load_plan(&l));
	TRY(load_threads(&l));
	TRY(load_received(&l));
	return load_voices(&l);
}
