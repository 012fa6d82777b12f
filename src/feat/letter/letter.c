#include "feat/letter/letter.h"

#include "q_letter.h"

enum err letter_about_step(struct db *db, const struct permit *permit, struct step_id step,
    struct assignment_id to, struct str words)
{
	return q_letter_send(db, permit, (struct letter_id){ id_random() }, S("question"),
	    S("step"), (struct item_id){ step.v }, to, (struct str){ 0 }, words, 0);
}
