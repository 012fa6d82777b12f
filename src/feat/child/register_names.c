#include "feat/child/register_names.h"

#include "q_find.h"

enum err register_again(struct request *rq, struct person_id *person)
{
	struct q_register_mine row;
	struct child_id child;

	*person = (struct person_id){ 0 };
	if (!str_to_i64(http_get(&rq->http->query, S("child")), 1, INT64_MAX, &child.v))
		return OK;
	TRY(q_register_mine(rq->db, rq->permit, rq->mem, child, &row));
	if (row.found)
		*person = row.person;
	return OK;
}

enum err register_stands(struct request *rq, struct register_name *n)
{
	struct q_register_stands row;

	n->stands = false;
	if (!n->person.v)
		return OK;
	TRY(q_register_stands(rq->db, rq->permit, rq->mem, n->person, &row));
	*n = (struct register_name){ n->person, row.found, row.given, row.family, row.version };
	return OK;
}

enum err register_around(struct request *rq, struct child_id child, struct str kind,
    struct str given, struct str family, struct person_id *person)
{
	struct str g = i18n_folded(rq->mem, given), f = i18n_folded(rq->mem, family);
	struct q_register_around_list rows;
	size_t n = 0;

	*person = (struct person_id){ 0 };
	TRY(q_register_around(rq->db, rq->permit, rq->mem, child, kind, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (!str_eq(i18n_folded(rq->mem, rows.v[i].given), g) ||
		    !str_eq(i18n_folded(rq->mem, rows.v[i].family), f))
			continue;
		*person = rows.v[i].person;
		n++;
	}
	if (n != 1)
		*person = (struct person_id){ 0 };
	return OK;
}

int64_t register_version(const struct register_name *v, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i].stands ? v[i].version : 0;
	return sum;
}

/* The field of the i-th person; 0: the child's own. */
static struct web_field *field_of(
    struct request *rq, struct web_sheet *s, const char *key, size_t i)
{
	struct str name = i ? str_fmt(rq->mem, "%s-%d", key, (int)i) : str_of(key);

	for (size_t k = 0; k < s->n; k++)
		if (str_eq(s->v[k].name, name))
			return &s->v[k];
	return NULL;
}

static void put_stands(struct web_field *f, struct str stands)
{
	if (f)
		f->stands = stands;
}

void register_beside(struct request *rq, struct web_sheet *s, const struct register_name *who,
    size_t n, struct str keep)
{
	for (size_t i = 0; i < s->n; i++)
		s->v[i].stands = s->v[i].value; /* all else is saved as it was written */
	for (size_t i = 0; i < n; i++) {
		if (!who[i].stands)
			continue;
		put_stands(field_of(rq, s, "given", i), who[i].given);
		put_stands(field_of(rq, s, "family", i), who[i].family);
	}
	s->version = register_version(who, n);
	s->conflict = true;
	s->conflict_title = web_text(rq, MSG_register_names_title);
	s->conflict_text = web_text(rq, MSG_register_names_text);
	s->keep = keep;
}
