/*
 * What goes on at one service: one thread, one state, one next date of its own ("nothing new, back
 * on 14 October" is an answer). Owns the table thread.
 */
#ifndef THREAD_H
#define THREAD_H

#include "access/access.h"

/* The states, in the order they stand in a list. */
#define THREAD_STATES(X) X(waiting_us) X(waiting_you) X(queue) X(active) X(decided) X(ended)

enum {
#define X(name) THREAD_##name,
	THREAD_STATES(X)
#undef X
	    THREAD_STATE_COUNT
};
/* Their codes in the database and in forms. */
extern const struct str thread_states[THREAD_STATE_COUNT];

/* How a thread is to stand. Texts are borrowed. */
struct thread_now {
	struct str title; /* empty: as it was */
	int state;        /* THREAD_... */
	struct date next; /* known unless ended */
	struct str next_words, meanwhile;
	bool harm; /* "harm to child" towards guardians (OSL 12:3) */
};

/* A new one at the permit's unit, carried by the permit's assignment. plan: v = 0: of none. */
enum err thread_add(struct db *db, const struct permit *permit, struct arena *mem,
    struct plan_id plan, struct authority_id authority, const struct thread_now *now,
    struct thread_id *out);
/* Changes one of the own drawer's. ERR_CONFLICT: somebody changed it since that version, or it is
 * not the drawer's. permit: ACT_THREAD_EDIT. */
enum err thread_edit(struct db *db, const struct permit *permit, struct arena *mem,
    struct thread_id thread, int64_t version, const struct thread_now *now);
/* State and date alone, as the table "my work" changes them; its other words stay. child: whose it
 * is. permit: ACT_WORK_SAVE. */
enum err thread_move(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct thread_id thread, int64_t version, int state, struct date next);

/* One written on the wrong child leaves it; of the own drawer, else ERR_CONFLICT. permit:
 * ACT_CHILD_CORRECT. */
enum err thread_take_back(struct db *db, const struct permit *permit, struct thread_id thread);

#endif
