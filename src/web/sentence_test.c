/* A step reads as one sentence in every language (promise 18), with its time of day in it. */
#include "web/sentence.h"

#include <string.h>

#include "msg.h"
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

/* Kim says it to Alva; done: it is over. */
static struct str say_to(
    const char *lang, const char *pattern, const char *words, int minute, bool done)
{
	struct plan_sentence s = { .pattern = str_of(pattern),
		.words = str_of(words),
		.who = S("Kim"),
		.child = S("Alva"),
		.you = S("Alva"),
		.due = { 2026, 11, 24 },
		.due_minute = minute,
		.done = done };

	return plan_say(
	    t_mem(), i18n_choose(str_of(lang), S("")), (struct date){ 2026, 11, 18 }, &s);
}

static struct str say_to_alva(const char *lang, const char *pattern, const char *words)
{
	return say_to(lang, pattern, words, -1, false);
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

static struct str say_done(const char *lang, const char *pattern, const char *words)
{
	return say_to(lang, pattern, words, 600, true);
}

/* Done on another day than it was meant for: the sentence promises nothing and names no day. */
TEST(promise_18_what_is_done_is_said_as_done)
{
	assert_str(say_done("sv", "pattern_meet", "Alva"), "Kim träffade dig.");
	assert_str(say_done("sv", "pattern_walk", "Alva"), "Kim och du tog en promenad.");
	assert_str(say_done("sv", "pattern_call_by", "Sara"), "Kim ringde Sara.");
	assert_str(
	    say_done("sv-x-easy", "pattern_refer", "BUP"), "Kim skrev till BUP och bad om hjälp.");
	assert_str(say_done("en", "pattern_meet", "Alva"), "Kim met you.");
	assert_str(say_done("sv", "", "Kim ringde Alva."), "Kim ringde Alva.");
}

/* Each sentence that can be chosen has its other half: none is left to promise what was done. */
TEST(promise_18_every_pattern_can_be_said_as_done)
{
	int n = 0;

	for (int m = 0; m < MSG_COUNT; m++) {
		struct str key = str_of(msg_keys[m]);
		enum msg half;

		if (!str_starts(key, S("pattern_")))
			continue;
		assert_true(msg_of_key(str_fmt(t_mem(), "done_%s", msg_keys[m] + 8), &half));
		n++;
	}
	assert_true(n > 25);
}
