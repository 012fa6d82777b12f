/* What a person can do, one code each: route tables, permits and the book of looks all speak of acts. */
#ifndef CORE_ACT_H
#define CORE_ACT_H

#include "base/str.h"

/* name, code in SQL and on record, whether it changes anything */
#define ACT_TABLE(X) \
	X(PUBLIC, "public", 0)

enum act {
#define X(name, code, writes) ACT_##name,
	ACT_TABLE(X)
#undef X
	ACT_COUNT
};

const char *act_code(enum act act);
bool act_writes(enum act act);
/* false: no act has that code */
bool act_of_code(struct str code, enum act *out);

#endif
