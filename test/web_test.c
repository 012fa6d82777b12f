/* The web ring: every play of test/web on each engine. One line a play. */
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
PLAY(promise_20_a_dispute_is_marked_not_whose)
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
PLAY(attack_relation)
PLAY(attack_handover)
PLAY(attack_waiver)
PLAY(attack_letter)
PLAY(attack_start)
PLAY(attack_task)
PLAY(attack_since)
PLAY(promise_03_received_since)
PLAY(promise_07_names_stay_with_their_source)
PLAY(attack_heavy)
PLAY(attack_dates)
PLAY(attack_ids)
PLAY(attack_withdraw)
PLAY(attack_many)
PLAY(attack_over)
PLAY(attack_done)
PLAY(attack_see)
