/*
 * A name that stands in the drawer's own book is replaced by no other without a question: whoever
 * registers somebody again in other letters sees both side by side. All else is saved already, so
 * that the reader works with the child when they are shown what stands: no name is told to somebody
 * who has only a number (promises 3, 7 and 17).
 */
#ifndef REGISTER_NAMES_H
#define REGISTER_NAMES_H

#include "web/sheet.h"

/* One person of the form: who it is, as far as that is known (v = 0: somebody new), and what the
 * own drawer has written of them by hand. */
struct register_name {
	struct person_id person;
	bool stands;
	struct str given, family;
	int64_t version;
};

/* The child in the address (?child=) that the form came back for: *person, v = 0 unless the reader
 * works with it today. */
enum err register_again(struct request *rq, struct person_id *person);
/* Fills what stands of n->person. */
enum err register_stands(struct request *rq, struct register_name *n);
/* Who stands around the child in the own drawer under that name already, in whatever letters;
 * *person v = 0: nobody, or more than one. */
enum err register_around(struct request *rq, struct child_id child, struct str kind,
    struct str given, struct str family, struct person_id *person);
/* What a form has to have been shown to replace any of them; 0: nothing stands. */
int64_t register_version(const struct register_name *v, size_t n);
/* Both versions of the names beside each other, on the page that the form comes back with. who: as
 * struct register_name, [0] the child's. keep: where to go when what stands is to stay. */
void register_beside(struct request *rq, struct web_sheet *s, const struct register_name *who,
    size_t n, struct str keep);

#endif
