#include "feat/org/org_web.h"

#include <inttypes.h>

#include "access/version.h"
#include "feat/org/org_ask.h"
#include "feat/org/org_views.h"
#include "org_html.h"

static const char *const roles[] = { "professional", "manager", "administrator" };

/* --- all units --- */

static enum err units_page(struct request *rq, struct response *rs)
{
	struct org_page v = { 0 };
	const struct web_field *all[] = { &v.name, &v.phone, NULL };

	TRY(q_org_authority(rq->db, rq->permit, rq->mem, rq->actor.authority, &v.authority));
	TRY(q_org_units(rq->db, rq->permit, rq->mem, rq->actor.authority, &v.units));
	TRY(q_org_unmanaged(rq->db, rq->permit, rq->mem, rq->actor.authority, &v.unmanaged));
	TRY(org_asks(rq, "/admin", &v.asks));
	v.name = web_field(rq, WEB_TEXT, "name", MSG_admin_unit_name, MSG_none, S(""));
	v.phone = web_field(rq, WEB_TEXT, "phone", MSG_admin_phone, MSG_none, S(""));
	v.errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_admin_title));
	org_page_html(&rs->html, &v);
	return OK;
}

static enum err admin_show(struct request *rq, struct response *rs)
{
	return units_page(rq, rs);
}

static enum err unit_add(struct request *rq, struct response *rs)
{
	struct unit_id id = { id_random() };
	struct str name = form_text(&rq->form, S("name"), 1, 120),
		   phone = form_text(&rq->form, S("phone"), 0, 40);

	if (rq->form.bad)
		return units_page(rq, rs);
	TRY(q_org_unit_add(rq->db, rq->permit, id, rq->actor.authority, name,
	    phone.n ? phone : (struct str){ 0 }));
	return rs_go_said(rq, rs, MSG_said_admin_unit, "/admin/units/%" PRId64, id.v);
}

/* --- one unit --- */

static enum err unit_fields(struct request *rq, struct org_unit_page *v)
{
	struct q_org_colleagues_list who;
	struct q_org_drawers_list drawers;

	TRY(q_org_colleagues(rq->db, rq->permit, rq->mem, rq->actor.authority, &who));
	TRY(q_org_drawers(rq->db, rq->permit, rq->mem, rq->actor.authority, &drawers));
	v->who = web_field(rq, WEB_SELECT, "who", MSG_admin_who, MSG_admin_who_hint, S(""));
	web_options(rq, &v->who, who.n + 1);
	web_option(&v->who, S(""), web_text(rq, MSG_admin_who_new), S(""));
	for (size_t i = 0; i < who.n; i++)
		web_option(&v->who, str_of_i64(rq->mem, who.v[i].id.v), who.v[i].name, S(""));
	v->name = web_field(rq, WEB_TEXT, "name", MSG_admin_name, MSG_admin_name_hint, S(""));
	v->phone = web_field(rq, WEB_TEXT, "phone", MSG_admin_phone, MSG_none, S(""));
	v->title = web_field(rq, WEB_TEXT, "title", MSG_admin_job, MSG_admin_job_hint, S(""));
	v->role = web_field(rq, WEB_SELECT, "role", MSG_admin_role, MSG_none, S("professional"));
	web_options(rq, &v->role, 3);
	for (size_t i = 0; i < 3; i++)
		web_option(&v->role, str_of(roles[i]),
		    web_word(rq, "admin_role_", str_of(roles[i])), S(""));
	v->drawer =
	    web_field(rq, WEB_SELECT, "drawer", MSG_admin_regime, MSG_admin_regime_hint, S(""));
	web_options(rq, &v->drawer, drawers.n);
	for (size_t i = 0; i < drawers.n; i++)
		web_option(&v->drawer, str_of_i64(rq->mem, drawers.v[i].id.v),
		    web_word(rq, "regime_", drawers.v[i].regime), S(""));
	v->from =
	    web_field(rq, WEB_DATE, "from", MSG_admin_from, MSG_none, date_iso(rq->mem, rq->today));
	v->to = web_field(rq, WEB_DATE, "to", MSG_admin_to, MSG_admin_to_hint, S(""));
	return OK;
}

static enum err unit_page(struct request *rq, struct response *rs, struct unit_id unit)
{
	struct org_unit_page v = { 0 };
	struct q_org_unit_staff_list rows;
	const struct web_field *all[] = { &v.who, &v.name, &v.phone, &v.title, &v.role, &v.drawer,
		&v.from, &v.to, NULL };

	TRY(q_org_unit(rq->db, rq->permit, rq->mem, unit, rq->actor.authority, &v.unit));
	TRY(q_org_unit_staff(rq->db, rq->permit, rq->mem, unit, &rows));
	v.staff.v = arena_array(rq->mem, struct org_row, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v.staff.v[v.staff.n++] = (struct org_row){ &rows.v[i],
			web_word(rq, "admin_role_", rows.v[i].role),
			web_word(rq, "regime_", rows.v[i].regime),
			date_known(rows.v[i].to_on) && date_cmp(rows.v[i].to_on, rq->today) < 0 };
	TRY(unit_fields(rq, &v));
	v.errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad ? 422 : 200, web_text(rq, MSG_admin_unit_title));
	org_unit_html(&rs->html, &v);
	return OK;
}

static enum err unit_show(struct request *rq, struct response *rs)
{
	return unit_page(rq, rs, (struct unit_id){ web_id(rq, "unit") });
}

/* Somebody of the authority already, or a new colleague. */
static enum err staff_of_form(struct request *rq, struct str name, struct staff_id *out)
{
	struct q_org_colleagues_list who;
	struct str phone = form_text(&rq->form, S("phone"), 0, 40);
	struct person_id person = { id_random() };

	if (out->v) {
		TRY(q_org_colleagues(rq->db, rq->permit, rq->mem, rq->actor.authority, &who));
		for (size_t i = 0; i < who.n; i++)
			if (who.v[i].id.v == out->v)
				return OK;
		return ERR_NOT_FOUND;
	}
	phone = phone.n ? phone : (struct str){ 0 };
	out->v = id_random();
	TRY(q_org_person_add(rq->db, rq->permit, person, phone));
	return q_org_staff_add(rq->db, rq->permit, *out, person, name, phone);
}

static enum err staff_add(struct request *rq, struct response *rs)
{
	struct unit_id unit = { web_id(rq, "unit") };
	struct form *f = &rq->form;
	struct staff_id staff = { form_id(f, S("who"), false) };
	struct str name = form_text(f, S("name"), staff.v ? 0 : 1, 120),
		   title = form_text(f, S("title"), 1, 80);
	struct str choices[3] = { str_of(roles[0]), str_of(roles[1]), str_of(roles[2]) };
	int role = form_choice(f, S("role"), choices, 3, true);
	struct drawer_id drawer = { form_id(f, S("drawer"), true) };
	struct date from = form_date(f, S("from"), true), to = form_date(f, S("to"), false);
	struct q_org_unit u;
	struct q_org_drawers_list drawers;
	struct assignment_id id = { id_random() };
	struct org_ask_facts ask = { .unit = unit,
		.drawer = drawer,
		.role = choices[role < 0 ? 0 : role],
		.title = title,
		.from = from,
		.to = to };
	bool one = false, mine, waits;

	TRY(q_org_unit(rq->db, rq->permit, rq->mem, unit, rq->actor.authority, &u));
	TRY(q_org_drawers(rq->db, rq->permit, rq->mem, rq->actor.authority, &drawers));
	for (size_t i = 0; i < drawers.n; i++)
		one = one || drawers.v[i].id.v == drawer.v;
	if (!one)
		form_mark(f, S("drawer"), MSG_form_choose);
	if (!f->bad && date_known(to) && date_cmp(to, from) < 0)
		form_mark(f, S("to"), MSG_unit_to_before);
	if (f->bad)
		return unit_page(rq, rs, unit);
	TRY(staff_of_form(rq, name, &staff));
	TRY(org_ask_is_me(rq->db, rq->permit, rq->mem, staff, &mine));
	if (mine) { /* nobody gives themselves a right */
		ask.staff = staff;
		TRY(org_ask_put(rq->db, rq->permit, rq->mem, &ask, &waits));
		if (!waits)
			return rs_go_said(
			    rq, rs, MSG_said_admin_asked, "/admin/units/%" PRId64, unit.v);
		form_mark(f, S("who"), MSG_own_ask_waits_already);
		return unit_page(rq, rs, unit);
	}
	TRY(q_org_assignment_add(
	    rq->db, rq->permit, id, staff, unit, drawer, choices[role], title, from, to));
	TRY(version_covered(rq->db, id, (struct assignment_id){ 0 }));
	return rs_go_said(rq, rs, MSG_said_admin_staff, "/admin/units/%" PRId64, unit.v);
}

/* --- one assignment --- */

static enum err one_load(struct request *rq, struct org_one_page *v)
{
	v->id.v = web_id(rq, "assignment");
	TRY(q_org_one(rq->db, rq->permit, rq->mem, v->id, rq->actor.authority, &v->row));
	v->role = web_word(rq, "admin_role_", v->row.role);
	v->regime = web_word(rq, "regime_", v->row.regime);
	v->ended = date_known(v->row.to_on) && date_cmp(v->row.to_on, rq->today) < 0;
	return OK;
}

static enum err one_page(struct request *rq, struct response *rs, struct org_one_page *v)
{
	const struct web_field *all[] = { &v->deputy.field, &v->last, NULL };

	TRY(org_deputy_form(rq, v->id, v->row.deputy, v->row.version,
	    str_fmt(rq->mem, "/admin/assignments/%" PRId64 "/deputy", v->id.v), &v->deputy));
	v->last = web_field(rq, WEB_DATE, "last", MSG_admin_last, MSG_admin_last_hint,
	    date_iso(rq->mem, rq->today));
	v->errors = web_errors(rq, all);
	rs->wide = true;
	rs_page(rs, rq->form.bad || v->refused ? 422 : 200, web_text(rq, MSG_unit_person));
	org_one_html(&rs->html, v);
	return OK;
}

static enum err one_show(struct request *rq, struct response *rs)
{
	struct org_one_page v = { 0 };

	TRY(one_load(rq, &v));
	return one_page(rq, rs, &v);
}

static enum err deputy_save(struct request *rq, struct response *rs)
{
	struct org_one_page v = { 0 };
	bool saved;

	TRY(one_load(rq, &v));
	TRY(org_deputy_save(rq, v.id, &saved));
	if (!saved)
		return one_page(rq, rs, &v);
	return rs_go_said(rq, rs, MSG_said_unit_deputy, "/admin/assignments/%" PRId64, v.id.v);
}

/* Days that are put to somebody's own assignment are given by somebody else, as the first ones were
 * (org_ask.h): also when it has ended and would come back. */
static enum err is_own_and_longer(
    struct request *rq, const struct org_one_page *v, struct date last, bool *out)
{
	struct q_org_is_mine mine;

	TRY(q_org_is_mine(rq->db, rq->permit, rq->mem, v->id, &mine));
	*out = mine.found && date_known(v->row.to_on) && date_cmp(last, v->row.to_on) > 0;
	return OK;
}

static enum err end_save(struct request *rq, struct response *rs)
{
	struct org_one_page v = { 0 };
	struct date last = form_date(&rq->form, S("last"), true);
	int64_t version = web_version(rq), carries;
	bool ended, longer;

	TRY(one_load(rq, &v));
	TRY(is_own_and_longer(rq, &v, last, &longer));
	if (longer)
		form_mark(&rq->form, S("last"), MSG_admin_last_own);
	if (rq->form.bad)
		return one_page(rq, rs, &v);
	TRY(org_assignment_end(rq->db, rq->permit, rq->mem, v.id, last, version, &carries, &ended));
	if (!ended) {
		v.refused = true;
		return one_page(rq, rs, &v);
	}
	return rs_go_said(rq, rs, MSG_said_admin_ended, "/admin/units/%" PRId64, v.row.unit.v);
}

const struct route org_routes[] = {
	{ HTTP_GET, "/admin", admin_show, ACT_ADMIN_READ },
	{ HTTP_POST, "/admin/units", unit_add, ACT_ADMIN_EDIT },
	{ HTTP_GET, "/admin/units/{unit}", unit_show, ACT_ADMIN_READ },
	{ HTTP_POST, "/admin/units/{unit}", staff_add, ACT_ADMIN_EDIT },
	{ HTTP_GET, "/admin/asked/{ask}", org_ask_show, ACT_ADMIN_READ },
	{ HTTP_POST, "/admin/asked/{ask}", org_ask_save, ACT_ADMIN_EDIT },
	{ HTTP_GET, "/admin/assignments/{assignment}", one_show, ACT_ADMIN_READ },
	{ HTTP_POST, "/admin/assignments/{assignment}/deputy", deputy_save, ACT_ADMIN_EDIT },
	{ HTTP_POST, "/admin/assignments/{assignment}/end", end_save, ACT_ADMIN_EDIT },
	{ 0 },
};
