#include "feat/meet/ics.h"

#include <inttypes.h>
#include <time.h>

#define FOLD 75 /* octets in a line, without its end (RFC 5545 3.1) */

/* One content line: name, colon, value; folded between characters, never inside one. */
static void line(struct buf *b, struct str name, struct str value, bool text)
{
	size_t at = 0;

	buf_str(b, name);
	at = name.n;
	for (size_t i = 0; i < value.n;) {
		unsigned char c = (unsigned char)value.p[i];
		size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		bool escape = text && (c == '\\' || c == ';' || c == ',' || c == '\n');

		n = n > value.n - i ? value.n - i : n;
		if (at + n + (escape ? 1 : 0) > FOLD) {
			buf_str(b, S("\r\n "));
			at = 1;
		}
		if (escape)
			buf_char(b, '\\');
		if (c == '\n' && text)
			buf_char(b, 'n');
		else if (c >= 0x20)
			buf_put(b, value.p + i, n);
		at += n + (escape ? 1 : 0);
		i += n;
	}
	buf_str(b, S("\r\n"));
}

static void stamp(struct buf *b, const char *name, int64_t at_ms)
{
	time_t s = (time_t)(at_ms / 1000);
	struct tm t;
	char out[32];

	gmtime_r(&s, &t);
	strftime(out, sizeof out, "%Y%m%dT%H%M%SZ", &t);
	buf_fmt(b, "%s:%s\r\n", name, out);
}

int64_t ics_instant_ms(struct date day, int64_t minute)
{
	int64_t at = date_start_ms(day) + minute * 60000;

	/* On the two days of the year when the clock changes. */
	return at + (minute - minute_of_ms(at)) * 60000;
}

void ics_begin(struct buf *b, struct str name)
{
	buf_str(b, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tillsammans//sv\r\n"
		     "CALSCALE:GREGORIAN\r\n"));
	line(b, S("X-WR-CALNAME:"), name, true);
}

void ics_put(struct buf *b, const struct ics_event *e, int64_t now_ms)
{
	struct date d = e->day;

	buf_fmt(b, "BEGIN:VEVENT\r\nUID:%" PRId64 "@tillsammans\r\nSEQUENCE:%" PRId64 "\r\n", e->id,
	    e->version);
	stamp(b, "DTSTAMP", now_ms);
	if (e->minute >= 0)
		stamp(b, "DTSTART", ics_instant_ms(d, e->minute));
	else
		buf_fmt(
		    b, "DTSTART;VALUE=DATE:%04d%02d%02d\r\nTRANSP:TRANSPARENT\r\n", d.y, d.m, d.d);
	line(b, S("SUMMARY:"), e->title, true);
	line(b, S("DESCRIPTION:"), e->text, true);
	buf_str(b, S("CLASS:PRIVATE\r\nEND:VEVENT\r\n"));
}

void ics_end(struct buf *b)
{
	buf_str(b, S("END:VCALENDAR\r\n"));
}
