/* The web ring: every play of test/web on each engine. One line a play. */
#include <dirent.h>

#include "t.h"
#include "web/ring.h"

#define PLAY(name) \
	TEST_DB(web_##name) \
	{ \
		ring_play(#name); \
	}

PLAY(home)
PLAY(family)
PLAY(letter)
PLAY(promise_02_the_family_always_has_somebody)
PLAY(promise_02_carers_and_god_man_stand_around_a_child)
PLAY(promise_04_what_is_given_for_a_marked_goal_is_not_the_guardians)
PLAY(promise_04_a_yes_on_paper_counts_when_another_has_seen_it)
PLAY(promise_04_a_yes_on_paper_is_refused_lapses_or_is_taken_back)
PLAY(promise_04_a_paper_yes_to_sharing_counts_when_another_has_seen_it)
PLAY(promise_04_a_measure_marked_harm_is_not_the_guardians)
PLAY(promise_04_the_party_form_shows_its_readers)
PLAY(promise_07_same_name_is_asked_only_in_the_own_drawer)
PLAY(promise_07_names_in_other_letters_tell_of_no_other_drawer)
PLAY(promise_17_a_name_in_other_letters_replaces_none)
PLAY(promise_20_nobody_hides_anothers_letters_by_writing_many)
PLAY(promise_17_an_old_letter_waits_before_answered_ones)
PLAY(promise_17_a_goal_keeps_the_need_that_has_ended)
PLAY(promise_17_a_form_is_the_same_only_from_the_same_person)
PLAY(promise_18_what_is_done_is_said_as_done)
PLAY(promise_08_a_relation_left_standing_is_answered)
PLAY(promise_08_nobody_answers_for_their_own_family)
PLAY(promise_11_a_small_child_points_at_a_picture)
PLAY(promise_11_how_and_when_is_the_youths_to_say)
PLAY(promise_11_no_open_measure_is_left_in_a_closed_plan)
PLAY(promise_12_what_age_opens_and_closes_on_its_day)
PLAY(promise_20_a_dispute_ends_by_its_writer)
PLAY(promise_20_a_dispute_is_marked_not_whose)
PLAY(promise_20_a_time_that_does_not_suit_is_its_writers)
PLAY(promise_06_looks_that_read_alike_are_one_row)
PLAY(promise_21_what_is_typed_once_serves_again)
PLAY(voice)
PLAY(story)
PLAY(door)
PLAY(confirm)
PLAY(handover)
PLAY(child)
PLAY(share)
PLAY(work)
PLAY(start)
PLAY(find)
PLAY(steps)
PLAY(paste)
PLAY(disclose)
PLAY(measure)
PLAY(looks)
PLAY(close)
PLAY(layers)
PLAY(unit)
PLAY(admin)
PLAY(correct)
PLAY(promise_08_a_mark_by_hand_has_a_way_back)
PLAY(promise_08_unknown_protection_is_checked)
PLAY(attack_relation)
PLAY(attack_handover)
PLAY(attack_waiver)
PLAY(attack_letter)
PLAY(attack_start)
PLAY(attack_task)
PLAY(attack_since)
PLAY(promise_03_who_was_refused_sees_nothing_when_they_ask_again)
PLAY(promise_03_a_yes_opens_the_drawer_that_asked)
PLAY(promise_03_nobody_assesses_their_own_question)
PLAY(promise_03_nobody_confirms_themselves)
PLAY(promise_03_received_since)
PLAY(promise_03_who_is_not_confirmed_writes_down_no_yes)
PLAY(promise_03_what_a_refused_one_said_gives_no_view)
PLAY(promise_12_nobody_of_age_is_registered_as_a_child)
PLAY(promise_03_an_assessor_is_of_the_same_drawer)
PLAY(promise_07_the_family_says_what_the_child_is_called)
PLAY(promise_07_names_stay_with_their_source)
PLAY(promise_12_a_yes_ends_before_fifteen)
PLAY(promise_12_a_yes_on_paper_has_the_childs_view)
PLAY(attack_heavy)
PLAY(attack_dates)
PLAY(attack_ids)
PLAY(attack_withdraw)
PLAY(attack_many)
PLAY(attack_long_plan)
PLAY(attack_over)
PLAY(attack_done)
PLAY(attack_see)
PLAY(attack_waiver_between)
PLAY(promise_03_nobody_makes_themselves_a_deputy)
PLAY(promise_03_nobody_gives_themselves_an_assignment)
PLAY(promise_03_nobody_prolongs_their_own_assignment)
PLAY(promise_13_a_unit_without_a_manager_is_told_upwards)
PLAY(attack_guardian_between)
PLAY(promise_01_the_next_step_is_shown_behind_many_later_ones)
PLAY(promise_17_a_row_saved_beside_a_wrong_one_is_told)

/* A play without its line above would pass by never being played. */
TEST(every_play_is_played)
{
	struct str here =
	    t_file(t_mem(), str_c(t_mem(), str_fmt(t_mem(), "%s/test/web_test.c", t_source())));
	DIR *d = opendir(str_c(t_mem(), str_fmt(t_mem(), "%s/test/web", t_source())));
	int plays = 0;

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d)) != NULL;) {
		struct str file = str_of(e->d_name), name = str_cut(&file, '.');

		if (!str_eq(file, S("http")))
			continue;
		plays++;
		if (!str_has(here, str_fmt(t_mem(), "PLAY(%.*s)\n", STR(name))))
			fail_msg("test/web/%s has no line in test/web_test.c", e->d_name);
	}
	closedir(d);
	assert_true(plays > 40);
}
