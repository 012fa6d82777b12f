/* The calendar file is read back by another's reader (libical): it is a calendar, and it gives
 * nothing away. */
#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

#include "feat/meet/ics.h"
#include "t.h"
#include "web/ring.h"

static icalcomponent *read_back(struct str text)
{
	icalcomponent *c = icalparser_parse_string(str_c(t_mem(), text));

	assert_non_null(c);
	assert_int_equal(icalcomponent_isa(c), ICAL_VCALENDAR_COMPONENT);
	assert_int_equal(icalcomponent_count_errors(c), 0);
	assert_true(icalrestriction_check(c));
	return c;
}

TEST(a_calendar_file_is_read_by_others)
{
	struct buf b;
	struct ics_event e = { .id = 7,
		.version = 3,
		.title = S("Möte, med; tecken \\ och\nrad"),
		.text = S(
		    "Åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö åäö."),
		.day = { 2026, 11, 24 },
		.minute = 630 };
	icalcomponent *c, *ev;
	struct icaltimetype at;
	struct str rest;

	buf_init(&b, t_mem(), 64);
	ics_begin(&b, S("Nästa steg"));
	ics_put(&b, &e, INT64_C(1794992400000));
	e.minute = -1;
	ics_put(&b, &e, INT64_C(1794992400000));
	ics_end(&b);
	c = read_back(buf_text(&b));
	ev = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT);
	assert_string_equal(icalcomponent_get_summary(ev), "Möte, med; tecken \\ och\nrad");
	assert_string_equal(icalcomponent_get_description(ev), e.text.p);
	assert_int_equal(icalcomponent_get_sequence(ev), 3);
	at = icalcomponent_get_dtstart(ev);
	assert_int_equal(at.hour, 9); /* 10.30 in Sweden in winter */
	assert_int_equal(at.minute, 30);
	assert_true(icaltime_is_utc(at));
	ev = icalcomponent_get_next_component(c, ICAL_VEVENT_COMPONENT);
	at = icalcomponent_get_dtstart(ev);
	assert_true(at.is_date && at.day == 24);
	icalcomponent_free(c);
	for (rest = buf_text(&b); rest.n;)
		assert_true(str_cut(&rest, '\n').n <= 76); /* 75 and CR */
}

TEST(a_time_of_day_holds_where_the_clock_changes)
{
	/* 29 March and 25 October 2026. */
	assert_int_equal(minute_of_ms(ics_instant_ms((struct date){ 2026, 3, 29 }, 600)), 600);
	assert_int_equal(minute_of_ms(ics_instant_ms((struct date){ 2026, 10, 25 }, 600)), 600);
	assert_int_equal(minute_of_ms(ics_instant_ms((struct date){ 2026, 3, 28 }, 0)), 0);
}

TEST_DB(promise_08_a_calendar_gives_nothing_away)
{
	static const char *const secrets[] = { "BUP", "Kim", "Sara", "Ella", "skola", "mage",
		"promenad", "Gnesta", "ringer" };
	struct ring *r = ring_open();
	struct str file;
	icalcomponent *c;

	assert_ok(db_script(
	    ring_db(r), "UPDATE step SET place = 'BUP Gnesta', due_minute = 600 WHERE id = 41"));
	file = ring_do(r, "sara", "/children/10/calendar.ics", NULL).body;
	c = read_back(file);
	assert_int_equal(icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT), 1);
	for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
		if (str_has(file, str_of(secrets[i])))
			fail_msg("the calendar says %s", secrets[i]);
	icalcomponent_free(c);
	/* A step marked "harm to child" (OSL 12:3) is no event for a guardian. */
	assert_ok(db_script(ring_db(r), "UPDATE step SET harm = 0 WHERE id = 42"));
	c = read_back(ring_do(r, "sara", "/children/10/calendar.ics", NULL).body);
	assert_int_equal(icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT), 2);
	icalcomponent_free(c);
	assert_true(ring_booked(r, "look", "plan.read", 10));
	/* Protected, strangers, staff: no calendar. */
	assert_int_equal(ring_do(r, "sanna", "/children/14/calendar.ics", NULL).status, 403);
	assert_int_equal(ring_do(r, "petra", "/children/10/calendar.ics", NULL).status, 404);
	assert_int_equal(ring_do(r, "kim", "/children/10/calendar.ics", NULL).status, 403);
	ring_close(r);
}
