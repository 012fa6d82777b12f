/*
 * Log lines: one JSON object a line on standard error, with the time, the level, what happened and
 * the id of the request this thread is serving. Ids only, never personal data (SoL, PDL 8:5: who
 * looked stands in the book of looks, not here).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines under this level are dropped. Starts at LOG_INFO. Call before threads start. */
void log_level_set(enum log_level least);

/* The request this thread serves from now on; 0: none. Each line of this thread carries it. */
void log_request(uint64_t request_id);

/* Writes one line whole (one write call). event: a fixed word. fmt: "key=value" text, ids only. */
void log_line(enum log_level level, const char *event, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
