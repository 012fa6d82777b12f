#include "feat/plan/plan_paste.h"

#include <string.h>

#include "t.h"

static const struct date today = { 2026, 11, 18 };

TEST(promise_21_a_pasted_sip_becomes_needs_goals_and_steps)
{
	struct paste p;

	plan_paste(t_mem(),
	    S("SIP för Ella\nDeltagare: Sara, Kim\n\nBehov\n- Att orka hela skoldagen\n• Sova bättre\nMål: Ella är med "
	      "fyra dagar av fem, följs upp 20 januari\r\nInsatser:\nKim | ringer Sara | 2026-12-01\nVem: BUP; Vad: tar "
	      "emot remiss; När: 1/12\n1. Sara bokar tid 3 dec 2026.\nÖvrigt\nKaffe"),
	    today, &p);
	assert_int_equal(p.n, 6);
	assert_int_equal(p.v[0].kind, PASTE_NEED);
	assert_str(p.v[0].words, "Att orka hela skoldagen");
	assert_str(p.v[1].words, "Sova bättre");
	assert_int_equal(p.v[2].kind, PASTE_GOAL);
	assert_true(date_cmp(p.v[2].due, (struct date){ 2027, 1, 20 }) == 0);
	assert_int_equal(p.v[3].kind, PASTE_STEP);
	assert_str(p.v[3].words, "Kim: ringer Sara, 2026-12-01");
	assert_str(p.v[4].words, "BUP: tar emot remiss, 1/12");
	assert_true(date_cmp(p.v[4].due, (struct date){ 2026, 12, 1 }) == 0);
	assert_str(p.v[5].words, "Sara bokar tid 3 dec 2026.");
	assert_true(date_cmp(p.v[5].due, (struct date){ 2026, 12, 3 }) == 0);
	/* Nothing is lost: what was not recognised comes back. */
	assert_str(p.rest, "SIP för Ella\nDeltagare: Sara, Kim\nÖvrigt\nKaffe");
}

TEST(plan_paste_days)
{
	static const struct {
		const char *text;
		struct date day;
	} cases[] = { { "2026-12-01", { 2026, 12, 1 } }, { "senast 1/12", { 2026, 12, 1 } },
		{ "1/12 2027", { 2027, 12, 1 } }, { "den 14 oktober", { 2027, 10, 14 } },
		{ "14 OKT 2026", { 2026, 10, 14 } }, { "31 februari", { 0, 0, 0 } },
		{ "29/2", { 2028, 2, 29 } }, { "99/99", { 0, 0, 0 } },
		{ "klockan 15", { 0, 0, 0 } }, { "", { 0, 0, 0 } }, { "2026-13-01", { 0, 0, 0 } } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct date got = plan_paste_day(str_of(cases[i].text), today);

		if (date_cmp(got, cases[i].day) != 0)
			fail_msg("%s: %d-%d-%d", cases[i].text, got.y, got.m, got.d);
	}
}

TEST(plan_paste_gives_back_what_has_no_room)
{
	struct buf b;
	struct paste p;

	buf_init(&b, t_mem(), 64);
	buf_str(&b, S("Mål\n"));
	for (int i = 0; i < PASTE_MOST + 3; i++)
		buf_fmt(&b, "Rad %d\n", i);
	plan_paste(t_mem(), buf_text(&b), today, &p);
	assert_int_equal(p.n, PASTE_MOST);
	assert_str(p.rest, "Rad 11\nRad 12\nRad 13");
}
