#include "feat/letter/letter.h"

#include "q_letter.h"

enum err letter_about_time(struct db *db, const struct permit *permit, struct step_id step,
    struct date due, int64_t due_minute, struct assignment_id to, struct str words)
{
	return q_letter_send_time(db, permit, (struct letter_id){ id_random() }, step, due,
	    due_minute < 0 ? 0 : due_minute, due_minute < 0, to, words);
}
