/* What "my work" is filled with. */
#ifndef WORK_VIEWS_H
#define WORK_VIEWS_H

#include "q_work.h"
#include "web/web.h"

struct work_choice {
	struct str value, text;
	bool chosen;
};

struct work_row {
	const struct q_work_rows *row;
	struct str name, sentence;
	int age; /* -1: unknown */
	bool late;
	struct {
		struct work_choice *v;
		size_t n;
	} states;
	struct str date;    /* in the field: as the user wrote it */
	struct str was;     /* hidden: version, state and date the form was opened with */
	struct str theirs;  /* somebody else changed it meanwhile: how it stands now */
	struct str problem; /* what is to be mended */
};

struct work_page {
	struct {
		struct work_row *v;
		size_t n;
	} rows;
	struct str lead;
	int64_t asked;               /* to take over a plan */
	int problems;                /* rows to mend or to choose in */
	int64_t page, before, after; /* 0: none */
};

#endif
