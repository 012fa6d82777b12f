#include "core/act.h"

#include "base/err.h"

static const struct act_info acts[] = {
#define X(name, code, writes, users, subject) { code, writes, users, SUBJECT_##subject },
	ACT_TABLE(X)
#undef X
};

const struct act_info *act_info(enum act act)
{
	must((unsigned)act < ACT_COUNT);
	return &acts[act];
}
