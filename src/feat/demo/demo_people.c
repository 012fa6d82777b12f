/* `tillsammans demo people`: who one can be, for people and for programs (docs/surface.md). */
#include "feat/demo/demo_make.h"
#include "q_demo.h"
#include "json/json.h"

/* 63 bits do not fit a JSON number everywhere (RFC 8259 section 6): ids are texts. */
static void put_id(struct json *j, struct arena *mem, const char *key, int64_t id)
{
	json_key(j, key);
	if (id)
		json_text(j, str_of_i64(mem, id));
	else
		json_nothing(j);
}

enum err demo_people_json(struct db *db, struct arena *mem, struct str *out)
{
	struct q_demo_roles_list roles;
	struct buf b;
	struct json j;

	TRY(q_demo_roles(db, mem, &roles));
	buf_init(&b, mem, 4096);
	json_init(&j, &b);
	json_arr(&j);
	for (size_t i = 0; i < roles.n; i++) {
		const struct q_demo_roles *r = &roles.v[i];

		json_obj(&j);
		json_field(&j, "role", r->role);
		put_id(&j, mem, "person", r->person.v);
		json_field(&j, "name", r->name);
		put_id(&j, mem, "assignment", r->assignment.v);
		put_id(&j, mem, "child", r->child.v);
		put_id(&j, mem, "plan", r->plan.v);
		json_field(&j, "start", r->start);
		json_end(&j);
	}
	json_end(&j);
	buf_char(&b, '\n');
	*out = buf_text(&b);
	return OK;
}

enum err demo_people_text(struct db *db, struct arena *mem, struct str *out)
{
	struct q_demo_roles_list roles;
	struct buf b;

	TRY(q_demo_roles(db, mem, &roles));
	buf_init(&b, mem, 4096);
	for (size_t i = 0; i < roles.n; i++) {
		const struct q_demo_roles *r = &roles.v[i];

		buf_fmt(&b, "  %-20.*s %.*s%s%.*s\n", STR(r->role), STR(r->name),
		    r->unit.n ? ", " : "", STR(r->unit));
	}
	*out = buf_text(&b);
	return OK;
}
