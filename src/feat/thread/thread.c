#include "feat/thread/thread.h"

#include "feat/share/share.h"
#include "q_thread.h"

const struct str thread_states[THREAD_STATE_COUNT] = {
#define X(name) { #name, sizeof(#name) - 1 },
	THREAD_STATES(X)
#undef X
};

static enum err changed(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct thread_id thread)
{
	return share_save(db, permit, mem, child, "thread", thread.v, (struct str){ 0 });
}

enum err thread_add(struct db *db, const struct permit *permit, struct arena *mem,
    struct plan_id plan, struct authority_id authority, const struct thread_now *now,
    struct thread_id *out)
{
	*out = (struct thread_id){ id_random() };
	TRY(q_thread_add_row(db, permit, *out, plan, now->title, thread_states[now->state],
	    now->next, now->next_words, now->meanwhile, now->harm, authority));
	return changed(db, permit, mem, permit_child(permit), *out);
}

enum err thread_edit(struct db *db, const struct permit *permit, struct arena *mem,
    struct thread_id thread, int64_t version, const struct thread_now *now)
{
	TRY(q_thread_edit_row(db, permit, thread, version, now->title, thread_states[now->state],
	    now->next, now->next_words, now->meanwhile, now->harm));
	return changed(db, permit, mem, permit_child(permit), thread);
}

enum err thread_move(struct db *db, const struct permit *permit, struct arena *mem,
    struct child_id child, struct thread_id thread, int64_t version, int state, struct date next)
{
	TRY(q_thread_move_row(db, permit, child, thread, version, thread_states[state], next));
	return changed(db, permit, mem, child, thread);
}

enum err thread_take_back(struct db *db, const struct permit *permit, struct thread_id thread)
{
	return q_thread_correct_gone(db, permit, thread);
}
