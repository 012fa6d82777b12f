/*
 * Every way a call can fail, once. A code exists only if a caller acts on it.
 * What a user can mend is data (struct form), not an error.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define ERR_TABLE(X) \
	X(INVALID, "breaks a rule its user can mend") \
	X(DENIED, "may not do this to this subject") \
	X(NOT_FOUND, "none, or none this actor may know of") \
	X(CONFLICT, "changed since the form was opened") \
	X(RETRY, "the store asks to run it again") \
	X(TOO_LARGE, "more than a limit allows") \
	X(BUSY, "no place in the queue; come back") \
	X(INTERNAL, "our fault; logged where it was born")

enum err {
	OK = 0,
#define X(name, text) ERR_##name,
	ERR_TABLE(X)
#undef X
};

/* The code's name ("CONFLICT"; "OK"), for logs. Static text. */
const char *err_name(enum err e);

/* Passes an error on. */
#define TRY(call) \
	do { \
		enum err try_ = (call); \
		if (try_ != OK) \
			return try_; \
	} while (0)

/*
 * Logs an error where it is born and returns it. The text holds ids only: never a name, a number
 * or anything a person wrote.
 */
#define fail(e, ...) err_born((e), __FILE__, __LINE__, __VA_ARGS__)
enum err err_born(enum err e, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5), cold));

/* A promise inside the program: if it is broken the program ends at once, in release too. */
#define must(cond) ((cond) ? (void)0 : err_must(#cond, __FILE__, __LINE__))
_Noreturn void err_must(const char *cond, const char *file, int line) __attribute__((cold));

#endif
