/* What the pages of letters are filled with. */
#ifndef LETTER_VIEWS_H
#define LETTER_VIEWS_H

#include "feat/family/family.h"
#include "q_letter.h"
#include "web/field.h"

struct letter_row {
	struct child_id child;
	struct letter_id id;
	struct str kind, who, about, words, answer;               /* words empty: not shown */
	int64_t sent_ms, read_ms, answered_ms, ended_ms, version; /* 0: not yet */
	bool mine, shared, outside, may_open, may_answer;
	bool may_end; /* a dispute of this reader's own that goes on */
};
struct letter_rows {
	struct letter_row *v;
	size_t n;
};

struct letter_box {
	struct child_id child;
	struct str name;
	bool staff;
	struct letter_rows letters;
	struct web_field answer;
};

struct letter_choose {
	struct child_id child;
	struct str name;
	const struct family_helpers *helpers;
};

struct letter_write {
	struct child_id child;
	struct str name, path; /* where the form goes */
	const struct family_helper *to;
	struct str about; /* the item's words, for "not right" */
	struct str about_kind;
	int64_t about_item;
	struct web_field kind, reader, words, shown;
	struct web_fields errors;
	bool may_show; /* there is another guardian */
	bool self;
};

struct letter_what {
	struct str value, label;
	struct str part; /* the first of its kind: what they are; else empty */
	bool on;
};
struct letter_hand_on {
	struct child_id child;
	struct str name;
	struct {
		struct letter_what *v;
		size_t n;
	} whats;
	struct str part; /* of the last one put there */
	struct web_field reader, other, own;
	struct web_fields errors;
	bool self, nothing; /* nothing was chosen */
};

struct letter_out {
	struct child_id child;
	struct str to, words;
	int64_t sent_ms;
};

#endif
