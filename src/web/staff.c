#include "web/staff.h"

#include <stdlib.h>
#include <string.h>

#include "q_staff.h"

#define PLACES ((size_t)16384)        /* a power of two; three quarters are used at most */
#define CARDS_BYTES ((size_t)6 << 20) /* address space; a large county uses a fifth of it */
#define CARD_ROOM ((size_t)8 << 10)   /* that much must be free before another is put in */

enum kind { NONE, ASSIGNMENT, DRAWER, COVER };

struct place {
	enum kind kind;
	int64_t id;
	const void *of; /* a struct staff_card, a struct str, a struct assignment_id */
};

struct staff_cards {
	int64_t org_version; /* of all that lies here */
	struct date day;     /* and when it was worked out */
	size_t n;
	struct arena mem;
	struct place places[PLACES];
};

struct staff_cards *staff_cards_open(void)
{
	struct staff_cards *c = calloc(1, sizeof *c);

	must(c != NULL);
	arena_init(&c->mem, CARDS_BYTES);
	return c;
}

void staff_cards_close(struct staff_cards *c)
{
	if (!c)
		return;
	arena_fini(&c->mem);
	free(c);
}

static void forget(struct staff_cards *c)
{
	arena_rewind(&c->mem, 0);
	memset(c->places, 0, sizeof c->places);
	c->n = 0;
}

/*
 * The cards that hold in this request's snapshot, with room for one more; NULL: none may be used.
 * Between changes of a writer what is read may be taken back, and its version comes again for
 * something else. Nothing is forgotten in the middle of a request: a card lives as long as it.
 */
static struct staff_cards *cards_of(const struct request *rq)
{
	struct staff_cards *c = rq->cards;

	if (!c || rq->actor.org_version == 0 || db_writing(rq->db))
		return NULL;
	if (c->org_version != rq->actor.org_version || date_cmp(c->day, rq->today) != 0) {
		forget(c);
		c->org_version = rq->actor.org_version;
		c->day = rq->today;
	}
	return c;
}

static bool has_room(const struct staff_cards *c)
{
	return c->n < PLACES / 4 * 3 && c->mem.budget - c->mem.used > CARD_ROOM;
}

void staff_cards_begin(struct staff_cards *c)
{
	if (c && !has_room(c))
		forget(c);
}

/* Where it lies, or the free place where it may. */
static struct place *place_of(struct staff_cards *c, enum kind kind, int64_t id)
{
	uint64_t h = ((uint64_t)id + (uint64_t)kind) * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(h >> 40) % PLACES;

	while (c->places[i].kind != NONE && (c->places[i].kind != kind || c->places[i].id != id))
		i = (i + 1) % PLACES;
	return &c->places[i];
}

static enum err read_card(
    struct request *rq, struct assignment_id assignment, const struct staff_card **out)
{
	struct q_staff_card row;
	struct q_staff_away_list away;
	struct staff_card *card;

	*out = NULL;
	TRY(q_staff_card(rq->db, rq->mem, assignment, &row));
	if (!row.found)
		return OK;
	TRY(q_staff_away(rq->db, rq->mem, assignment, rq->today, &away));
	card = arena_new(rq->mem, struct staff_card);
	*card = (struct staff_card){ .name = row.name,
		.title = row.title,
		.unit = row.unit,
		.phone = row.phone,
		.to = row.to,
		.away = arena_array(rq->mem, struct staff_away, away.n),
		.n_away = away.n };
	for (size_t i = 0; i < away.n; i++)
		card->away[i] = (struct staff_away){ away.v[i].from, away.v[i].to };
	*out = card;
	return OK;
}

/* What the request has read, for the requests after it. */
static const struct staff_card *keep_card(struct arena *mem, const struct staff_card *of)
{
	struct staff_card *card = arena_new(mem, struct staff_card);

	*card = *of;
	card->name = str_copy(mem, of->name);
	card->title = str_copy(mem, of->title);
	card->unit = str_copy(mem, of->unit);
	card->phone = str_copy(mem, of->phone);
	card->away = arena_array(mem, struct staff_away, of->n_away);
	for (size_t i = 0; i < of->n_away; i++)
		card->away[i] = of->away[i];
	return card;
}

static size_t card_size(const struct staff_card *c)
{
	return sizeof *c + c->name.n + c->title.n + c->unit.n + c->phone.n +
	       c->n_away * sizeof *c->away;
}

static void put(struct staff_cards *c, struct place *p, enum kind kind, int64_t id, const void *of)
{
	*p = (struct place){ kind, id, of };
	c->n++;
}

enum err staff_card(
    struct request *rq, struct assignment_id assignment, const struct staff_card **out)
{
	struct staff_cards *c = cards_of(rq);
	struct place *p = c ? place_of(c, ASSIGNMENT, assignment.v) : NULL;

	if (p && p->kind != NONE) {
		*out = p->of;
		return OK;
	}
	TRY(read_card(rq, assignment, out));
	if (p && *out && has_room(c) && card_size(*out) < CARD_ROOM / 2) {
		*out = keep_card(&c->mem, *out);
		put(c, p, ASSIGNMENT, assignment.v, *out);
	}
	return OK;
}

enum err staff_regime(struct request *rq, struct drawer_id drawer, struct str *out)
{
	struct staff_cards *c = cards_of(rq);
	struct place *p = c ? place_of(c, DRAWER, drawer.v) : NULL;
	struct q_staff_regime row;

	if (p && p->kind != NONE) {
		*out = *(const struct str *)p->of;
		return OK;
	}
	TRY(q_staff_regime(rq->db, rq->mem, drawer, &row));
	*out = row.found ? row.regime : S("");
	if (p && row.found && has_room(c) && row.regime.n < CARD_ROOM / 2) {
		struct str *kept = arena_new(&c->mem, struct str);

		*kept = str_copy(&c->mem, row.regime);
		put(c, p, DRAWER, drawer.v, kept);
	}
	return OK;
}

bool staff_cover(const struct request *rq, struct assignment_id of, struct assignment_id *cover)
{
	struct staff_cards *c = cards_of(rq);
	const struct place *p = c ? place_of(c, COVER, of.v) : NULL;

	if (!p || p->kind == NONE)
		return false;
	*cover = *(const struct assignment_id *)p->of;
	return true;
}

void staff_cover_is(const struct request *rq, struct assignment_id of, struct assignment_id cover)
{
	struct staff_cards *c = cards_of(rq);
	struct assignment_id *kept;

	if (!c || !has_room(c))
		return;
	kept = arena_new(&c->mem, struct assignment_id);
	*kept = cover;
	put(c, place_of(c, COVER, of.v), COVER, of.v, kept);
}

struct date staff_away_to(const struct staff_card *c, struct date day)
{
	struct date last = { 0 };

	if (date_known(c->to) && date_cmp(c->to, day) < 0)
		return STAFF_NOBODY_KNOWS;
	for (size_t i = 0; i < c->n_away; i++) {
		const struct staff_away *a = &c->away[i];
		struct date to = date_known(a->to) ? a->to : STAFF_NOBODY_KNOWS;

		if (date_cmp(a->from, day) <= 0 && date_cmp(to, day) >= 0 && date_cmp(to, last) > 0)
			last = to;
	}
	return last;
}
