/* What the pages of the child's own words are filled with. */
#ifndef VOICE_VIEWS_H
#define VOICE_VIEWS_H

#include "feat/family/family.h"
#include "q_voice.h"
#include "web/field.h"

/* A picture instead of words, for who is too small to write or does not want to. */
struct voice_mood {
	struct str code, name;
	const char *picture; /* a path of ours */
	bool on;
};
struct voice_moods {
	struct voice_mood *v;
	size_t n;
};

struct voice_row {
	struct child_id child;
	struct voice_id id;
	struct str who, mood, words, led, read_who;
	int64_t sent_ms, read_ms, version; /* read_ms 0: nobody yet */
	struct date read_by;
	bool own, in_plan, may_open, may_tell;
};
struct voice_rows {
	struct voice_row *v;
	size_t n;
};

struct voice_page {
	struct child_id child;
	struct str name;
	const struct family_helpers *helpers; /* the child chooses among them */
	const struct family_helper *to;       /* chosen; NULL: not yet */
	struct str reader_away;               /* who reads instead; empty: the reader is there */
	struct date read_by;
	struct voice_moods moods;
	struct voice_rows rows;
	struct web_field words, in_plan;
	struct web_fields errors;
	bool empty; /* sent with neither words nor a picture */
};

#endif
