#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static enum log_level least_level = LOG_INFO;
static _Thread_local uint64_t this_request;

void log_level_set(enum log_level least)
{
	least_level = least;
}

void log_request(uint64_t request_id)
{
	this_request = request_id;
}

/* JSON string escaping by construction; n is the room left in out. */
static size_t escape(char *out, size_t n, const char *text)
{
	size_t used = 0;

	for (; *text && used + 7 < n; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\') {
			out[used++] = '\\';
			out[used++] = (char)c;
		} else if (c < 0x20) {
			used += (size_t)snprintf(out + used, 7, "\\u%04x", c);
		} else {
			out[used++] = (char)c;
		}
	}
	out[used] = '\0';
	return used;
}

void log_line(enum log_level level, const char *event, const char *fmt, ...)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };
	char text[1024], safe[2048], line[2304];
	struct timespec now;
	struct tm tm;
	va_list ap;
	int n;

	if (level < least_level)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	escape(safe, sizeof safe, text);
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	n = snprintf(line, sizeof line,
	    "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\",\"level\":\"%s\",\"event\":\"%s\","
	    "\"request\":\"%016llx\",\"text\":\"%s\"}\n",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    now.tv_nsec / 1000000, names[level], event, (unsigned long long)this_request, safe);
	if (n > 0 && (size_t)n < sizeof line) {
		/* A log that can't be written must not stop the work. */
		ssize_t ignored = write(STDERR_FILENO, line, (size_t)n);
		(void)ignored;
	}
}
