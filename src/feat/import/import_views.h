/* What the quarantine's pages are filled with. */
#ifndef IMPORT_VIEWS_H
#define IMPORT_VIEWS_H

#include "q_import.h"
#include "web/field.h"

struct quarantine_row {
	const struct q_quarantine_list *row;
	struct str why, holder, source;
	struct date since;
};

struct left_row {
	const struct q_left_list *row;
	struct str why, holder, source;
	struct date since;
};

struct quarantine_list_page {
	struct {
		struct quarantine_row *v;
		size_t n;
	} cases;
	int64_t all; /* those that are not shown too */
	struct {
		struct left_row *v;
		size_t n;
	} left; /* relations that stand though a source has let go */
};

/* One source's facts, in words; empty: nothing to show. */
struct quarantine_facts {
	struct str source, name, number;
	struct date born, checked;
};

struct quarantine_page {
	struct quarantine_id id;
	int64_t version;
	struct str why, advice, holder, source, external_id;
	struct date since;
	bool hidden; /* protected: no name, no number, no day */
	struct quarantine_facts sent;
	struct {
		struct quarantine_facts *v;
		size_t n;
	} known; /* whom it may be, as far as this authority may know */
	struct web_field choice, answer;
	struct web_fields errors;
};

struct left_page {
	struct left_id id;
	const struct q_left_one *row;
	struct str why, kind, source, holder;
	struct date since;
	struct web_field choice, last, checked, answer;
	struct web_fields errors;
};

struct protection_row {
	const struct q_protection_unknown *row;
	struct str value, source;
	bool on;
};
struct protection_page {
	struct {
		struct protection_row *v;
		size_t n;
	} people;
	int64_t after; /* there are more behind this one; 0: no */
	bool nobody;   /* nobody was chosen */
	struct web_field says, with, checked, words;
	struct web_fields errors;
};

#endif
