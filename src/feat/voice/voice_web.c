#include "feat/voice/voice_web.h"

#include <inttypes.h>

#include "access/version.h"
#include "assets.h"
#include "core/calendar.h"
#include "feat/voice/voice_views.h"
#include "q_family.h"
#include "voice_html.h"

#define WORDS_MOST 4000
/* Read within two working days: said before writing, kept by what climbs (feat/climb). */
#define READ_DAYS 2

/* A picture for who does not write: each a drawing of its own, in web/img. */
static const struct mood {
	struct str code;
	const char *picture;
} moods[] = {
	{ { "good", 4 }, ASSET_mood_good_svg }, { { "ok", 2 }, ASSET_mood_ok_svg },
	{ { "bad", 3 }, ASSET_mood_bad_svg }, { { "sad", 3 }, ASSET_mood_sad_svg },
	{ { "worried", 7 }, ASSET_mood_worried_svg }, { { "angry", 5 }, ASSET_mood_angry_svg },
	{ { "tired", 5 }, ASSET_mood_tired_svg }, { { "not_say", 7 }, ASSET_mood_not_say_svg },
	{ { "not_now", 7 }, "" }, /* a button of its own at home, not among the pictures */
};
#define MOODS (sizeof moods / sizeof moods[0])

static struct voice_moods mood_list(struct request *rq)
{
	struct voice_moods out = { .v = arena_array(rq->mem, struct voice_mood, MOODS) };
	struct str chosen = rq->form.n ? form_value(&rq->form, S("mood")) : S("");

	for (size_t i = 0; i + 1 < MOODS; i++)
		out.v[out.n++] =
		    (struct voice_mood){ moods[i].code, web_word(rq, "mood_", moods[i].code),
			    moods[i].picture, str_eq(chosen, moods[i].code) };
	return out;
}

static struct date read_by(const struct request *rq)
{
	struct date d = rq->today;

	for (int i = 0; i < READ_DAYS; i++)
		d = calendar_next_weekday(date_add_days(d, 1));
	return d;
}

static enum err fill(struct request *rq, struct voice_page *v)
{
	struct q_family_child child;

	TRY(q_family_child(rq->db, rq->permit, rq->mem, &child));
	v->child = rq->child;
	v->name = web_called(rq, child.name);
	v->read_by = read_by(rq);
	v->moods = mood_list(rq);
	v->words = web_field(rq, WEB_AREA, "words", MSG_write_text, MSG_write_text_hint, S(""));
	v->in_plan =
	    web_field(rq, WEB_CHECK, "in_plan", MSG_write_in_plan, MSG_write_in_plan_text, S(""));
	v->errors = web_errors(rq, (const struct web_field *const[]){ &v->words, NULL });
	return OK;
}

/* What was sent can't be read again by login alone: only that it was, to whom, and when it was
 * read. */
static enum err load_sent(struct request *rq, struct voice_page *v)
{
	struct q_voice_sent_list rows;

	TRY(q_voice_sent(rq->db, rq->permit, rq->mem, &rows));
	v->rows.v = arena_array(rq->mem, struct voice_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v->rows.v[v->rows.n++] = (struct voice_row){ .child = rq->child,
			.id = rows.v[i].id,
			.who = rows.v[i].who,
			.sent_ms = rows.v[i].sent_ms,
			.read_by = rows.v[i].read_by,
			.read_ms = rows.v[i].read_ms_null ? 0 : rows.v[i].read_ms,
			.read_who = rows.v[i].read_who };
	return OK;
}

static enum err youth_page(
    struct request *rq, struct response *rs, int status, int64_t to, bool empty)
{
	struct voice_page v = { .empty = empty };
	struct family_helpers all;

	TRY(fill(rq, &v));
	TRY(family_helpers(rq, &all));
	v.helpers = &all;
	v.to = family_helper_by(&all, to);
	if (v.to && date_known(v.to->away_to))
		v.reader_away = v.to->cover;
	rs_page(rs, status, web_text(rq, v.to ? MSG_write_page : MSG_write_title));
	if (v.to) {
		voice_write_html(&rs->html, &v);
		return OK;
	}
	TRY(load_sent(rq, &v));
	voice_choose_html(&rs->html, &v);
	return OK;
}

static enum err staff_page(struct request *rq, struct response *rs, int status, bool empty)
{
	struct voice_page v = { .empty = empty };
	struct q_voice_inbox_list rows;

	TRY(fill(rq, &v));
	v.words.label = web_text(rq, MSG_voice_said);
	v.in_plan.label = web_text(rq, MSG_voice_child_wants);
	TRY(q_voice_inbox(rq->db, rq->permit, rq->mem, &rows));
	v.rows.v = arena_array(rq->mem, struct voice_row, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_voice_inbox *r = &rows.v[i];
		bool open = !r->read_ms_null;

		v.rows.v[v.rows.n++] = (struct voice_row){ .child = rq->child,
			.id = r->id,
			.who = r->reader,
			.mood = open ? web_word(rq, "mood_", r->mood) : S(""),
			.words = open ? r->words : S(""),
			.led = r->led,
			.sent_ms = r->sent_ms,
			.read_by = r->read_by,
			.read_ms = open ? r->read_ms : 0,
			.version = r->version,
			.own = r->own != 0,
			.in_plan = r->in_plan != 0,
			.may_open = !open,
			.may_tell = open && r->own && !r->led.n };
	}
	rs_page(rs, status, web_text(rq, MSG_voice_inbox_short));
	voice_inbox_html(&rs->html, &v);
	return OK;
}

static enum err page(struct request *rq, struct response *rs)
{
	int64_t to = 0;

	if (permit_stand(rq->permit) != STAND_SELF)
		return staff_page(rq, rs, 200, false);
	(void)str_to_i64(http_get(&rq->http->query, S("to")), 1, INT64_MAX, &to);
	return youth_page(rq, rs, 200, to, false);
}

/* /voice: the way in for the youth itself, whatever its child's number is. */
static enum err mine(struct request *rq, struct response *rs)
{
	size_t n;
	const struct subject_child *children = permit_children(rq->permit, &n);

	for (size_t i = 0; i < n; i++)
		if (children[i].stand == STAND_SELF && !children[i].shielded)
			return rs_go(rs, "/children/%" PRId64 "/voice", children[i].child.v);
	return ERR_NOT_FOUND;
}

static enum err send(struct request *rq, struct response *rs)
{
	bool self = permit_stand(rq->permit) == STAND_SELF,
	     in_plan = form_checked(&rq->form, S("in_plan"));
	struct str codes[MOODS];
	struct assignment_id none = { 0 }, reader = permit_assignment(rq->permit);
	struct drawer_id drawer = permit_drawer(rq->permit);
	struct str words = form_text(&rq->form, S("words"), 0, WORDS_MOST);
	int64_t to = self ? form_id(&rq->form, S("to"), true) : 0;
	struct str mood = { 0 };
	int chosen;

	for (size_t i = 0; i < MOODS; i++)
		codes[i] = moods[i].code;
	chosen = form_choice(&rq->form, S("mood"), codes, MOODS, false);
	if (chosen >= 0)
		mood = codes[chosen];
	if (self) {
		struct family_helpers all;
		const struct family_helper *who;
		struct q_voice_drawer row;

		TRY(family_helpers(rq, &all));
		who = family_helper_by(&all, to);
		if (!who)
			return ERR_NOT_FOUND;
		reader = who->assignment;
		TRY(q_voice_drawer(rq->db, rq->permit, rq->mem, reader, &row));
		drawer = row.drawer;
	}
	if (rq->form.bad || (!words.n && !mood.n))
		return self ? youth_page(rq, rs, 422, to, !rq->form.bad)
			    : staff_page(rq, rs, 422, !rq->form.bad);
	if (!words.n)
		words = (struct str){ 0 };
	TRY(q_voice_send(rq->db, rq->permit, (struct voice_id){ id_random() }, drawer, reader,
	    self ? none : reader, mood, words, read_by(rq), rq->now_ms, self, self ? none : reader,
	    in_plan));
	if (in_plan)
		TRY(version_access(rq->db, rq->child));
	return rs_go_said(rq, rs, self ? MSG_said_voice_sent : MSG_said_saved,
	    "/children/%" PRId64 "/voice", rq->child.v);
}

/* Only what stands in this reader's own box. */
static enum err in_box(struct request *rq, struct voice_id id)
{
	struct q_voice_inbox_list rows;

	if (permit_family(rq->permit))
		return ERR_NOT_FOUND;
	TRY(q_voice_inbox(rq->db, rq->permit, rq->mem, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].id.v == id.v)
			return OK;
	return ERR_NOT_FOUND;
}

static enum err open_voice(struct request *rq, struct response *rs)
{
	struct voice_id id = { web_id(rq, "voice") };

	TRY(in_box(rq, id));
	TRY(q_voice_mark_read(rq->db, rq->permit, id));
	return rs_go(rs, "/children/%" PRId64 "/voice", rq->child.v);
}

static enum err led_to(struct request *rq, struct response *rs)
{
	struct voice_id id = { web_id(rq, "voice") };
	struct str led = form_text(&rq->form, S("led"), 1, 400);
	int64_t version = web_version(rq);

	TRY(in_box(rq, id));
	if (rq->form.bad)
		return ERR_INVALID;
	TRY(q_voice_put_led(rq->db, rq->permit, id, version, led));
	return rs_go_said(rq, rs, MSG_said_saved, "/children/%" PRId64 "/voice", rq->child.v);
}

const struct route voice_routes[] = {
	{ HTTP_GET, "/voice", mine, ACT_HOME_READ },
	{ HTTP_GET, "/children/{child}/voice", page, ACT_VOICE_READ },
	{ HTTP_POST, "/children/{child}/voice", send, ACT_VOICE_WRITE },
	{ HTTP_POST, "/voices/{voice}/open", open_voice, ACT_VOICE_READ },
	{ HTTP_POST, "/voices/{voice}/led", led_to, ACT_VOICE_WRITE },
	{ 0 },
};
