/* A step reads as one sentence in every language (promise 18), with its time of day in it. */
#include "web/sentence.h"

#include <string.h>

#include "t.h"

static struct str say(const char *lang, const char *pattern, const char *words, int64_t minute)
{
	struct plan_sentence s = { .pattern = str_of(pattern),
		.words = str_of(words),
		.who = S("Kim"),
		.child = S("Ella"),
		.due = { 2026, 11, 24 },
		.due_minute = minute };

	return plan_say(
	    t_mem(), i18n_choose(str_of(lang), S("")), (struct date){ 2026, 11, 18 }, &s);
}

TEST(promise_18_a_step_and_its_time_of_day_are_one_sentence)
{
	assert_str(say("sv", "", "Kim ringer Sara.", 600), "Kim ringer Sara klockan 10.00.");
	assert_str(say("sv", "", "Kim ringer Sara", 600), "Kim ringer Sara klockan 10.00.");
	assert_str(say("sv", "", " Kim ringer Sara. ", 615), "Kim ringer Sara klockan 10.15.");
	assert_str(say("sv", "", "Kan du ringa?", 600), "Kan du ringa? Klockan 10.00.");
	assert_str(say("sv", "", "Kim ringer Sara.", -1), "Kim ringer Sara.");
	assert_str(say("sv", "pattern_call", "Sara", 600),
	    "Kim ringer Sara tisdag 24 november klockan 10.00.");
	assert_str(say("sv", "pattern_call", "Sara", -1), "Kim ringer Sara tisdag 24 november.");
	assert_true(str_ends(say("en", "pattern_call", "Sara", 600), S(" at 10.00.")));
}

static struct str say_to_alva(const char *lang, const char *pattern, const char *words)
{
	struct plan_sentence s = { .pattern = str_of(pattern),
		.words = str_of(words),
		.who = S("Kim"),
		.child = S("Alva"),
		.you = S("Alva"),
		.due = { 2026, 11, 24 },
		.due_minute = -1 };

	return plan_say(
	    t_mem(), i18n_choose(str_of(lang), S("")), (struct date){ 2026, 11, 18 }, &s);
}

/* A youth reads her own plan as it is said to her, not as it is said about her. */
TEST(promise_18_a_child_reads_you_and_not_its_own_name)
{
	assert_str(
	    say_to_alva("sv", "pattern_meet", "Alva"), "Kim träffar dig tisdag 24 november.");
	assert_str(say_to_alva("sv", "pattern_walk", "Alva"),
	    "Kim och du tar en promenad tisdag 24 november.");
	assert_str(say_to_alva("sv-x-easy", "pattern_meet", "Alva"),
	    "Kim träffar dig tisdag 24 november.");
	assert_str(say_to_alva("sv", "pattern_meet", "Alvas lärare"),
	    "Kim träffar Alvas lärare tisdag 24 november.");
	assert_str(say_to_alva("sv", "", "Kim ringer Alva."), "Kim ringer Alva.");
	assert_true(str_starts(say_to_alva("en", "pattern_meet", "Alva"), S("Kim will meet you ")));
}
