#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

const char *err_name(enum err e)
{
	switch (e) {
	case OK:
		return "OK";
#define X(name, text) \
	case ERR_##name: \
		return #name;
		ERR_TABLE(X)
#undef X
	}
	return "?";
}

enum err err_born(enum err e, const char *file, int line, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	log_line(LOG_ERROR, "fail", "err=%s at=%s:%d %s", err_name(e), file, line, text);
	return e;
}

_Noreturn void err_must(const char *cond, const char *file, int line)
{
	log_line(LOG_ERROR, "must", "broken=%s at=%s:%d", cond, file, line);
	abort();
}
