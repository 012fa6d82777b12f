/*
 * The test runner's face. A test stands beside what it tests (src/ROOM/x_test.c) and registers
 * itself: TEST(date_leap_day) { assert_int_equal(...); } Names begin with the promise they hold
 * where they hold one: promise_01_next_step_is_never_missing. TEST_DB runs once per engine that the
 * run has (SQLite always; PostgreSQL where TEST_PG names one), on a fresh migrated database each
 * time.
 */
#ifndef TEST_T_H
#define TEST_T_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* cmocka has a fail() of its own; in this house fail() is that of base/err.h. Use fail_msg(). */
#pragma push_macro("fail")
#undef fail
#include <cmocka.h>
#undef fail
#pragma pop_macro("fail")
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;

void t_register(const char *name, void (*run)(void **));
void t_register_db(const char *name, void (*run)(struct db *db, struct arena *mem));

#define TEST(name) \
	static void name(void **state); \
	__attribute__((constructor)) static void name##_registers(void) \
	{ \
		t_register(#name, name); \
	} \
	static void name(__attribute__((unused)) void **state)

#define TEST_DB(name) \
	static void name(struct db *db, struct arena *mem); \
	__attribute__((constructor)) static void name##_registers(void) \
	{ \
		t_register_db(#name, name); \
	} \
	static void name( \
	    __attribute__((unused)) struct db *db, __attribute__((unused)) struct arena *mem)

/* An arena of 64 MiB that lives until the running test ends. */
struct arena *t_mem(void);
/* Ends the running test as skipped; only for shared data that is absent. */
_Noreturn void t_skip(const char *reason);
/* The folder ../shared/data of the checkout (env SHARED_DATA); NULL: absent, call t_skip. */
const char *t_data(void);
/* The checkout's root: test files of the repository stand under it. */
const char *t_source(void);
/* An empty folder of the running test's own, removed after it. */
const char *t_dir(void);
/* In a TEST_DB: where its database is, for db_open of a second connection. */
const char *t_where(void);
/* The whole of a file, in mem; fails the test when it can't be read. */
struct str t_file(struct arena *mem, const char *path);

#define assert_str(got, want) \
	do { \
		struct str got_ = (got); \
		const char *want_ = (want); \
		assert_int_equal(got_.n, strlen(want_)); \
		assert_memory_equal(got_.p, want_, got_.n); \
	} while (0)
#define assert_ok(call) assert_int_equal((call), OK)

#endif
