/*
 * A step of the plan as one sentence: who does what, by when. In one place for all who say it: the
 * pages of family and staff, and what a receiver keeps (feat/share).
 */
#ifndef WEB_SENTENCE_H
#define WEB_SENTENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "i18n/i18n.h"

/* What it is made of. Texts are borrowed. */
struct plan_sentence {
	struct str pattern; /* key of a message pattern_...; empty: words say it all */
	struct str words;   /* free text, or what fills the pattern */
	struct str who;     /* the owner, as the reader knows it */
	struct str child;   /* the child's name */
	struct date due;
	int64_t due_minute; /* after midnight; -1: no time of day */
	struct str you;     /* the reader's own name, said as "you"; empty: by name, as to others */
	bool done;          /* said as what was done, without the day it was meant for */
};
/* The sentence in the reader's language: plain, with who and when. A time of day stands in the same
 * sentence. In mem. */
struct str plan_say(
    struct arena *mem, const struct i18n *lang, struct date today, const struct plan_sentence *s);

#endif
