/* Ids that can't be mixed up. Random 63-bit numbers above zero; v = 0 means none. */
#ifndef CORE_IDS_H
#define CORE_IDS_H

#include <stdint.h>

/* clang-format off */
#define ID_TABLE(X) \
	X(person) X(child) X(staff) X(authority) X(drawer) X(unit) X(assignment) X(engagement) \
	X(relation) X(identity) X(absence) X(session) X(quarantine) \
	X(thread) X(plan) X(step) X(need) X(goal) X(measure) X(layer) X(party) X(handover) X(invitation) \
	X(waiver) X(paper) X(disclosure) X(task) X(voice) X(letter) X(story) X(story_loan) X(item) X(left) X(ask)
/* clang-format on */

#define X(name) \
	struct name##_id { \
		int64_t v; \
	};
ID_TABLE(X)
#undef X

/* A fresh random id: 1 to 2^63 - 1, from the kernel's generator. */
int64_t id_random(void);

#endif
