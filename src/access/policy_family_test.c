/* What each of a family sees of an item of a drawer (12:3; promises 6, 11, 12, 20). */
#include "access/policy.h"

#include "test/t.h"

#define DAY \
	{ \
		2026, 4, 27 \
	}

static struct family_item item(enum party viewer, enum item_kind kind, enum party holder, int age)
{
	return (struct family_item){
		.viewer = viewer, .kind = kind, .holder = holder, .age_years = age, .day = DAY
	};
}

static enum verdict sees(struct family_item i)
{
	return policy_guardian_view(&i).verdict;
}

TEST(promise_12_family_view_ends_on_the_18th_birthday)
{
	struct date born = { 2008, 5, 4 };
	struct date eve = { 2026, 5, 3 }, birthday = { 2026, 5, 4 };

	for (int k = 0; k < ITEM_KIND_COUNT; k++) {
		struct family_item i =
		    item(PARTY_GUARDIAN, (enum item_kind)k, PARTY_SCHOOL_TEACHER, 0);

		i.about = ITEM_PLAN;
		i.says = SAYS_AGREES;
		i.written_by_viewer = i.for_viewer = true;
		i.age_years = age_years(born, birthday);
		i.day = birthday;
		assert_int_equal(sees(i), VERDICT_DENY);
	}
	for (int k = ITEM_PLAN; k <= ITEM_WAIVER; k++) {
		struct family_item i = item(PARTY_GUARDIAN, (enum item_kind)k, PARTY_BUP, 0);

		i.age_years = age_years(born, eve);
		i.day = eve;
		assert_int_equal(sees(i), VERDICT_ALLOW);
	}
}

TEST(promise_20_one_guardians_words_are_not_the_others)
{
	struct family_item i = item(PARTY_OTHER_GUARDIAN, ITEM_GUARDIAN_WORDS, PARTY_SOC, 8);

	assert_int_equal(sees(i), VERDICT_DENY);
	i.kind = ITEM_LOOK; /* not even that somebody read them */
	i.about = ITEM_GUARDIAN_WORDS;
	assert_int_equal(sees(i), VERDICT_DENY);
	i.for_viewer = true;
	assert_int_equal(sees(i), VERDICT_ALLOW);
	i.protection = PROTECTION_SECRECY_MARK;
	assert_int_equal(sees(i), VERDICT_HUMAN);
}

TEST(promise_11_childs_words_go_to_the_chosen_reader)
{
	struct family_item i = item(PARTY_GUARDIAN, ITEM_VOICE, PARTY_SCHOOL_PSYCHOSOCIAL, 9);

	assert_int_equal(sees(i), VERDICT_DENY);
	i.for_viewer = true;
	assert_int_equal(sees(i), VERDICT_ALLOW);
	i.harm_mark = true;
	assert_int_equal(sees(i), VERDICT_DENY);
	i = item(PARTY_CHILD, ITEM_VOICE, PARTY_SCHOOL_PSYCHOSOCIAL, 9);
	i.written_by_viewer = true;
	assert_int_equal(sees(i), VERDICT_ALLOW);
}

TEST(promise_06_a_look_passes_the_test_of_what_was_read)
{
	static const enum party viewers[] = { PARTY_GUARDIAN, PARTY_OTHER_GUARDIAN, PARTY_CHILD };

	for (size_t v = 0; v < 3; v++) {
		for (int k = 0; k < ITEM_LOOK; k++) {
			struct family_item i =
			    item(viewers[v], (enum item_kind)k, PARTY_SCHOOL_PSYCHOSOCIAL, 13);
			struct family_item look = i;

			look.kind = ITEM_LOOK;
			look.about = (enum item_kind)k;
			assert_int_equal(sees(look), sees(i));
		}
	}
	assert_int_equal(
	    sees(item(PARTY_GUARDIAN, ITEM_REPORT, PARTY_SCHOOL_TEACHER, 9)), VERDICT_HUMAN);
	assert_int_equal(
	    sees(item(PARTY_GUARDIAN, ITEM_SIGNAL, PARTY_SCHOOL_TEACHER, 9)), VERDICT_HUMAN);
	assert_int_equal(sees(item(PARTY_GUARDIAN, ITEM_THREAD, PARTY_BUP, 9)), VERDICT_ALLOW);
	assert_int_equal(sees(item(PARTY_GUARDIAN, ITEM_THREAD, PARTY_BUP, 14)), VERDICT_HUMAN);
}
