#include "feat/looks/looks_web.h"

#include "access/consent.h"
#include "feat/looks/looks.h"
#include "feat/looks/looks_views.h"
#include "looks_html.h"
#include "q_looks.h"

#define ROWS 20
#define AT_ONCE 200 /* records read from the book in one go */
#define WHO_MOST 64
#define MINUTE_MS 60000

/* One assignment that has looked, asked about once a page. */
struct who {
	int64_t assignment;
	bool found, known, agreed, marked;
	struct str unit;
	enum party holder;
};

struct looking {
	struct request *rq;
	struct looks_facts facts;
	struct who who[WHO_MOST];
	int n_who;
};

static enum err find_who(struct looking *l, int64_t assignment, struct who *out)
{
	struct request *rq = l->rq;
	struct q_looks_drawer drawer;
	struct q_looks_who row;

	for (int i = 0; i < l->n_who; i++) {
		if (l->who[i].assignment == assignment) {
			*out = l->who[i];
			return OK;
		}
	}
	*out = (struct who){ .assignment = assignment };
	TRY(q_looks_who(rq->db, rq->permit, rq->mem, (struct assignment_id){ assignment }, &row));
	if (row.found && party_of_code(row.regime, &out->holder)) {
		TRY(q_looks_drawer(rq->db, rq->permit, rq->mem, row.drawer, &drawer));
		out->found = true;
		out->unit = row.unit;
		out->agreed = drawer.agreed != 0;
		out->known = drawer.agreed || drawer.thread;
		out->marked = drawer.marked != 0;
	}
	if (l->n_who < WHO_MOST)
		l->who[l->n_who++] = *out;
	return OK;
}

static enum err shown(struct looking *l, const struct book_entry *e, bool *yes, struct who *who)
{
	struct request *rq = l->rq;
	struct looks_facts f = l->facts;

	*who = (struct who){ 0 };
	f.own = e->actor == rq->actor.person.v && e->assignment == 0;
	f.staff = e->assignment != 0;
	if (f.staff) {
		TRY(find_who(l, e->assignment, who));
		f.known = who->known;
		f.agreed = who->agreed;
		f.drawer_marked = who->marked;
		f.holder = who->holder;
	}
	if (e->item_id && f.staff && f.known) {
		struct q_looks_item item;

		TRY(q_looks_item(
		    rq->db, rq->permit, rq->mem, e->item, (struct item_id){ e->item_id }, &item));
		f.item_marked = !item.found || item.harm != 0;
	}
	*yes = looks_shown(&f, e);
	return OK;
}

static struct str text_of(const struct request *rq, struct str key, struct str name)
{
	struct msg_arg arg = msg_arg_text(name);
	enum msg m;

	must(msg_of_key(key, &m));
	return i18n_text(rq->mem, rq->lang, rq->today, (int)m, &arg, 1);
}

static struct str why(
    const struct request *rq, const struct book_entry *e, bool own, struct str name)
{
	if (own)
		return web_text(
		    rq, str_eq(e->why, S("self")) ? MSG_look_why_self : MSG_look_why_guardian);
	if (str_eq(e->why, S("deputy")))
		return text_of(rq, S("look_why_deputy"), name);
	if (str_eq(e->why, S("manager")))
		return text_of(rq, S("look_why_manager"), name);
	return text_of(rq, S("look_why_engagement"), name);
}

/* The reader's own looks of one day, one after another, are one row: they would hide everybody
 * else's, and yet who sees a time that was not its own knows that somebody else came in. */
static bool put_with_last(struct looks_page *v, const struct book_look *look)
{
	struct looks_row *last = v->rows.n ? &v->rows.v[v->rows.n - 1] : NULL;

	if (!last || look->entry.assignment || !last->own ||
	    date_cmp(last->day, date_of_ms(look->at_ms)) != 0)
		return false;
	last->times = last->times ? last->times + 1 : 2;
	last->first_ms = look->at_ms;
	v->before_ms = look->at_ms;
	v->before_id = look->id;
	return true;
}

/* One more look in a row of looks alike; false: more people than the row tells apart. */
static bool count_look(struct looks_row *row, int64_t actor)
{
	int64_t i = 0;

	while (i < row->people && row->who[i] != actor)
		i++;
	if (i == LOOKS_PEOPLE)
		return false;
	if (i == row->people)
		row->who[row->people++] = actor;
	row->looks++;
	return true;
}

/* Looks of staff that would read alike (one unit, minute, thing and reason) are one row that says
 * how many people looked: else the family reads one person who looks again and again. What is
 * counted is what would have had a row each, and nothing else (promise 6). */
static bool put_with_alike(
    struct looks_page *v, const struct looks_row *row, const struct book_look *look)
{
	if (row->own)
		return false;
	for (size_t i = v->rows.n; i-- > 0;) {
		struct looks_row *r = &v->rows.v[i];

		if (r->at_ms / MINUTE_MS != row->at_ms / MINUTE_MS)
			return false;
		if (r->own || !str_eq(r->unit, row->unit) || !str_eq(r->what, row->what) ||
		    !str_eq(r->why, row->why) || !count_look(r, look->entry.actor))
			continue;
		v->before_ms = look->at_ms;
		v->before_id = look->id;
		return true;
	}
	return false;
}

static struct looks_row row_of(struct looking *l, const struct looks_page *v,
    const struct book_look *look, const struct who *who)
{
	const struct request *rq = l->rq;
	bool own = look->entry.assignment == 0;

	return (struct looks_row){ .at_ms = look->at_ms,
		.own = own,
		.day = date_of_ms(look->at_ms),
		.unit = own ? web_text(rq, MSG_look_you) : who->unit,
		.what = text_of(rq, looks_what(rq->mem, &look->entry), v->name),
		.why = why(rq, &look->entry, own, v->name),
		.looks = 1,
		.people = 1,
		.who = { look->entry.actor } };
}

static void put_row(struct looks_page *v, const struct looks_row *row, const struct book_look *look)
{
	v->rows.v[v->rows.n++] = *row;
	v->before_ms = look->at_ms;
	v->before_id = look->id;
}

/* Reads on until the page is full and one more is known of: nothing tells how much was left out. */
static enum err fill(struct looking *l, struct looks_page *v, int64_t before_ms, int64_t before_id)
{
	struct book_looks looks;

	v->rows.v = arena_array(l->rq->mem, struct looks_row, ROWS);
	do {
		size_t mark = arena_mark(l->rq->mem), rows = v->rows.n;
		int n_who = l->n_who;

		TRY(book_looks(l->rq->book_db, l->rq->mem, l->rq->child, before_ms, before_id,
		    AT_ONCE, &looks));
		for (size_t i = 0; i < looks.n; i++) {
			struct looks_row row;
			struct who who;
			bool yes;

			before_ms = looks.v[i].at_ms;
			before_id = looks.v[i].id;
			TRY(shown(l, &looks.v[i].entry, &yes, &who));
			if (!yes || put_with_last(v, &looks.v[i]))
				continue;
			row = row_of(l, v, &looks.v[i], &who);
			if (put_with_alike(v, &row, &looks.v[i]))
				continue;
			if (v->rows.n == ROWS) {
				v->older = true;
				return OK;
			}
			put_row(v, &row, &looks.v[i]);
		}
		/* However much is left out, it leaves no trace: not in memory either. */
		if (v->rows.n == rows && l->n_who == n_who)
			arena_rewind(l->rq->mem, mark);
	} while (looks.n == AT_ONCE);
	return OK;
}

static int64_t number(const struct request *rq, struct str name)
{
	int64_t v;

	return str_to_i64(http_get(&rq->http->query, name), 1, INT64_MAX, &v) ? v : INT64_MAX;
}

static enum err looks(struct request *rq, struct response *rs)
{
	struct looks_page v = { .child = rq->child };
	struct looking l = { .rq = rq };
	struct q_looks_child child;

	/* Who has read is for the child and those who decide for it (OSL 12:1, 12:3). */
	if (permit_stand(rq->permit) == STAND_CARER)
		return ERR_DENIED;
	TRY(q_looks_child(rq->db, rq->permit, rq->mem, &child));
	v.name = child.name;
	v.self = permit_stand(rq->permit) == STAND_SELF;
	l.facts = (struct looks_facts){ .child_reads = v.self,
		.age = date_known(child.born)       ? age_years(child.born, rq->today)
		       : date_known(child.expected) ? AGE_UNBORN
						    : AGE_UNKNOWN,
		.day = rq->today };
	if (child.protection.n && !protection_of_code(child.protection, &l.facts.protection))
		l.facts.protection = PROTECTION_NOT_KNOWN;
	TRY(fill(&l, &v, number(rq, S("before")), number(rq, S("id"))));
	rs_page(rs, 200, web_text(rq, MSG_look_title));
	looks_page_html(&rs->html, &v);
	return OK;
}

const struct route looks_routes[] = {
	{ HTTP_GET, "/children/{child}/looks", looks, ACT_LOOKS_READ },
	{ 0 },
};
