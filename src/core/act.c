#include "core/act.h"

#include "base/err.h"

static const struct {
	const char *code;
	bool writes;
} acts[] = {
#define X(name, code, writes) { code, writes },
	ACT_TABLE(X)
#undef X
};

const char *act_code(enum act act)
{
	must((unsigned)act < ACT_COUNT);
	return acts[act].code;
}

bool act_writes(enum act act)
{
	must((unsigned)act < ACT_COUNT);
	return acts[act].writes;
}

bool act_of_code(struct str code, enum act *out)
{
	for (int i = 0; i < ACT_COUNT; i++) {
		if (str_eq(code, str_of(acts[i].code))) {
			*out = (enum act)i;
			return true;
		}
	}
	return false;
}
