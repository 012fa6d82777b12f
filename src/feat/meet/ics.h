/* A calendar file (iCalendar, RFC 5545): lines folded at 75 octets, texts escaped, times in UTC. */
#ifndef MEET_ICS_H
#define MEET_ICS_H

#include "base/date.h"
#include "base/str.h"

struct ics_event {
	int64_t id;      /* random; the same event has the same */
	int64_t version; /* grows when it changes: a calendar then replaces what it had */
	struct str title, text;
	struct date day;
	int64_t minute; /* after midnight in Sweden; -1: the whole day */
};

/* b: the caller's, empty. Between begin and end any number of events. */
void ics_begin(struct buf *b, struct str name);
void ics_put(struct buf *b, const struct ics_event *e, int64_t now_ms);
void ics_end(struct buf *b);

/* The instant of that minute of that day in Sweden, also where the clock changes. */
int64_t ics_instant_ms(struct date day, int64_t minute);

#endif
