#include "web/kept.h"

#include <lz4.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "web/frame.h"

/* Pages of one route in one language are much alike: the first ones of a day are the dictionary
 * that the others are packed with. It only grows, at its end, so what was packed with less of it
 * still unpacks. */
#define PATTERNS 32
#define PATTERN_MOST ((size_t)64 << 10) /* as far as LZ4 looks back */
#define PAGE_MOST ((size_t)256 << 10)   /* a larger page is made afresh each time */
#define PAGE_USUAL 1024                 /* packed; how many places the table has depends on it */
#define WAYS 4                          /* places that a key may lie at */

struct kept_key {
	uint64_t v[2];
};

struct pattern {
	const struct route *route;
	const struct i18n *lang;
	char *page; /* keeps */
	size_t n;
};

/* A kept page in the ring: this, its title, its holes, its looks, its packed bytes. */
struct leaf {
	struct kept_key key;
	uint32_t size; /* of all of it, a multiple of 8 */
	uint32_t title, holes, looks, packed, plain;
	uint32_t pattern_n; /* as long as the dictionary was then */
	uint16_t pattern;
	bool wide, look_self;
};

struct place {
	struct kept_key key;
	uint64_t at; /* bytes ever put into the ring before it; 0 and no key: free */
};

struct kept {
	unsigned char secret[crypto_generichash_KEYBYTES];
	pthread_rwlock_t lock;
	char *ring; /* keeps: a mapping, as long as room */
	size_t room;
	uint64_t put; /* bytes ever put; the ring's end is put % room */
	struct place *places;
	size_t n_places; /* a power of two */
	struct pattern patterns[PATTERNS];
	struct date day;
	LZ4_stream_t packer;
	char *scratch; /* keeps */
	uint64_t found, made, plain, packed;
};

static void *map(size_t n)
{
	void *p = mmap(
	    NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	must(p != MAP_FAILED);
	return p;
}

struct kept *kept_open(size_t bytes)
{
	struct kept *k;

	if (bytes < 2 * PAGE_MOST)
		return NULL;
	k = calloc(1, sizeof *k);
	must(k != NULL);
	randombytes_buf(k->secret, sizeof k->secret);
	must(pthread_rwlock_init(&k->lock, NULL) == 0);
	k->room = bytes & ~(size_t)4095;
	k->ring = map(k->room);
	k->n_places = WAYS;
	while (k->n_places < k->room / PAGE_USUAL * 2)
		k->n_places *= 2;
	k->places = map(k->n_places * sizeof *k->places);
	k->scratch = map(LZ4_COMPRESSBOUND(PAGE_MOST) + PAGE_MOST);
	return k;
}

/* Everything that was kept is gone, and gone from memory. */
static void wipe(struct kept *k)
{
	must(madvise(k->ring, k->room, MADV_DONTNEED) == 0);
	must(madvise(k->places, k->n_places * sizeof *k->places, MADV_DONTNEED) == 0);
	for (size_t i = 0; i < PATTERNS; i++) {
		if (k->patterns[i].page) {
			sodium_memzero(k->patterns[i].page, PATTERN_MOST);
			free(k->patterns[i].page);
		}
		k->patterns[i] = (struct pattern){ 0 };
	}
	k->put = 0;
}

void kept_close(struct kept *k)
{
	if (!k)
		return;
	wipe(k);
	munmap(k->ring, k->room);
	munmap(k->places, k->n_places * sizeof *k->places);
	sodium_memzero(k->scratch, LZ4_COMPRESSBOUND(PAGE_MOST) + PAGE_MOST);
	munmap(k->scratch, LZ4_COMPRESSBOUND(PAGE_MOST) + PAGE_MOST);
	pthread_rwlock_destroy(&k->lock);
	sodium_memzero(k, sizeof *k);
	free(k);
}

static void add(crypto_generichash_state *st, const void *p, size_t n)
{
	uint64_t length = n;

	crypto_generichash_update(st, (const unsigned char *)&length, sizeof length);
	if (n)
		crypto_generichash_update(st, p, n);
}

/* The key of the page that this request asks for; false: it is not to be kept. */
static bool key_of(const struct kept *k, const struct request *rq, struct kept_key *out)
{
	const struct http_request *http = rq->http;
	int64_t of[4] = { (int64_t)(intptr_t)rq->route, (int64_t)(intptr_t)rq->lang, rq->today.y,
		rq->today.m * 32 + rq->today.d };
	crypto_generichash_state st;
	struct str stamps;

	if (!k || http->method != HTTP_GET || rq->actor.person.v == 0)
		return false;
	stamps = permit_stamps(rq->permit, rq->mem);
	if (stamps.n == 0)
		return false; /* nobody's page has no version */
	must(crypto_generichash_init(&st, k->secret, sizeof k->secret, sizeof *out) == 0);
	add(&st, of, sizeof of);
	add(&st, http->path.p, http->path.n);
	for (size_t i = 0; i < http->query.n; i++) {
		add(&st, http->query.v[i].name.p, http->query.v[i].name.n);
		add(&st, http->query.v[i].value.p, http->query.v[i].value.n);
	}
	add(&st, stamps.p, stamps.n);
	crypto_generichash_final(&st, (unsigned char *)out->v, sizeof out->v);
	return true;
}

static bool same(const struct kept_key *a, const struct kept_key *b)
{
	return a->v[0] == b->v[0] && a->v[1] == b->v[1];
}

/* The places where a key may lie, side by side. */
static struct place *places_of(const struct kept *k, const struct kept_key *key)
{
	return &k->places[key->v[0] & (k->n_places - WAYS)];
}

/* What was put at that point still stands: nothing newer lies over it. */
static bool stands(const struct kept *k, const struct place *p)
{
	return (p->key.v[0] | p->key.v[1]) != 0 && k->put - p->at <= k->room;
}

static const struct leaf *leaf_of(const struct kept *k, const struct kept_key *key)
{
	const struct place *p = places_of(k, key);

	for (int i = 0; i < WAYS; i++)
		if (stands(k, &p[i]) && same(&p[i].key, key))
			return (const void *)(k->ring + p[i].at % k->room);
	return NULL;
}

/* The tokens of this session and this page, where those of another one stood. */
static void fill_holes(struct html *h, const struct html_hole *holes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str with = holes[i].once ? h->once : h->csrf;

		must(holes[i].n == with.n && holes[i].at + with.n <= h->out.n);
		memcpy(h->out.p + holes[i].at, with.p, with.n);
	}
}

static void unpack(
    const struct kept *k, const struct leaf *l, const struct request *rq, struct response *rs)
{
	const char *at = (const char *)(l + 1);
	const struct html_hole *holes;
	const struct pattern *pattern = &k->patterns[l->pattern];
	struct str title = str_copy(rq->mem, (struct str){ at, l->title });
	size_t room = l->plain + FRAME_ROOM; /* the frame comes around it */
	char *plain = arena_take(rq->mem, room, 1, 8);
	struct html_hole *h = arena_array(rq->mem, struct html_hole, l->holes);
	struct web_look *looks = arena_array(rq->mem, struct web_look, l->looks);

	at += (l->title + 7) & ~(size_t)7;
	holes = (const void *)at;
	memcpy(h, holes, l->holes * sizeof *h);
	at += (l->holes * sizeof *h + 7) & ~(size_t)7;
	memcpy(looks, at, l->looks * sizeof *looks);
	at += l->looks * sizeof *looks;
	must(LZ4_decompress_safe_usingDict(at, plain, (int)l->packed, (int)l->plain, pattern->page,
		 (int)l->pattern_n) == (int)l->plain);
	rs->html.out.p = plain;
	rs->html.out.n = l->plain;
	rs->html.out.room = room;
	rs_page(rs, 200, title);
	rs->wide = l->wide;
	rs->look_self = l->look_self;
	rs->looks = looks;
	rs->n_looks = rs->looks_room = (int)l->looks;
	fill_holes(&rs->html, h, l->holes);
}

bool kept_again(const struct request *rq, struct response *rs)
{
	struct kept *k = rq->site->kept;
	struct kept_key key;
	const struct leaf *l;

	/* Nothing may run out of memory while the lock is held. */
	if (!key_of(k, rq, &key) || rq->mem->budget - rq->mem->used < 2 * PAGE_MOST)
		return false;
	pthread_rwlock_rdlock(&k->lock);
	l = date_cmp(k->day, rq->today) == 0 ? leaf_of(k, &key) : NULL;
	if (l)
		unpack(k, l, rq, rs);
	pthread_rwlock_unlock(&k->lock);
	if (l)
		__atomic_add_fetch(&k->found, 1, __ATOMIC_RELAXED);
	return l != NULL;
}

/* The pattern for this route and language. */
static size_t pattern_for(struct kept *k, const struct request *rq)
{
	for (size_t i = 0; i < PATTERNS; i++) {
		struct pattern *p = &k->patterns[i];

		if (p->page && p->route == rq->route && p->lang == rq->lang)
			return i;
		if (p->page)
			continue;
		*p = (struct pattern){ rq->route, rq->lang, malloc(PATTERN_MOST), 0 };
		must(p->page != NULL);
		return i;
	}
	return PATTERNS;
}

/* After the page was packed with what the pattern was before. */
static void add_to_pattern(struct pattern *p, const char *page, size_t n)
{
	n = n > PATTERN_MOST - p->n ? PATTERN_MOST - p->n : n;
	memcpy(p->page + p->n, page, n);
	p->n += n;
}

/* A copy of the page without its secrets. false: a secret stands where no hole is. */
static bool blank(char *page, const struct response *rs)
{
	const struct html *h = &rs->html;

	memcpy(page, h->out.p, h->out.n);
	for (size_t i = 0; i < h->n_holes; i++) {
		const struct html_hole *hole = &h->holes[i];
		struct str was = hole->once ? h->once : h->csrf;

		if (hole->n != was.n || hole->at + was.n > h->out.n ||
		    memcmp(page + hole->at, was.p, was.n) != 0)
			return false;
		memset(page + hole->at, '0', was.n);
	}
	return !(h->csrf.n && memmem(page, h->out.n, h->csrf.p, h->csrf.n)) &&
	       !(h->once.n && memmem(page, h->out.n, h->once.p, h->once.n));
}

/* Room for so many bytes in one piece; what lay there is gone. */
static char *claim(struct kept *k, size_t n)
{
	size_t end = k->put % k->room;

	if (end + n > k->room) {
		memset(k->ring + end, 0, k->room - end);
		k->put += k->room - end;
	}
	k->put += n;
	return k->ring + (k->put - n) % k->room;
}

static void note(struct kept *k, const struct kept_key *key, uint64_t at)
{
	struct place *p = places_of(k, key), *to = p;

	/* a place that is free, or the oldest */
	for (int i = 0; i < WAYS; i++) {
		if (same(&p[i].key, key) || !stands(k, &p[i])) {
			to = &p[i];
			break;
		}
		if (p[i].at < to->at)
			to = &p[i];
	}
	*to = (struct place){ *key, at };
}

static void put_leaf(
    struct kept *k, const struct kept_key *key, const struct request *rq, const struct response *rs)
{
	const struct html *h = &rs->html;
	char *page = k->scratch, *packed = k->scratch + PAGE_MOST, *at;
	struct leaf l = { .key = *key,
		.title = (uint32_t)rs->title.n,
		.holes = (uint32_t)h->n_holes,
		.looks = (uint32_t)rs->n_looks,
		.plain = (uint32_t)h->out.n,
		.wide = rs->wide,
		.look_self = rs->look_self };
	size_t title = (l.title + 7) & ~(size_t)7,
	       holes = (l.holes * sizeof *h->holes + 7) & ~(size_t)7,
	       looks = l.looks * sizeof *rs->looks, pattern;
	int n;

	if (!blank(page, rs) || (pattern = pattern_for(k, rq)) == PATTERNS)
		return;
	l.pattern = (uint16_t)pattern;
	l.pattern_n = (uint32_t)k->patterns[pattern].n;
	LZ4_resetStream_fast(&k->packer);
	LZ4_loadDict(&k->packer, k->patterns[pattern].page, (int)k->patterns[pattern].n);
	n = LZ4_compress_fast_continue(
	    &k->packer, page, packed, (int)h->out.n, LZ4_COMPRESSBOUND(PAGE_MOST), 1);
	must(n > 0);
	add_to_pattern(&k->patterns[pattern], page, h->out.n);
	l.packed = (uint32_t)n;
	l.size = (uint32_t)((sizeof l + title + holes + looks + (size_t)n + 7) & ~(size_t)7);
	if (l.size > k->room / 8)
		return;
	at = claim(k, l.size);
	note(k, key, k->put - l.size);
	memcpy(at, &l, sizeof l);
	at += sizeof l;
	memcpy(at, rs->title.p, l.title);
	at += title;
	if (l.holes)
		memcpy(at, h->holes, l.holes * sizeof *h->holes);
	at += holes;
	if (looks)
		memcpy(at, rs->looks, looks);
	memcpy(at + looks, packed, (size_t)n);
	k->made++;
	k->plain += l.plain;
	k->packed += l.size;
}

void kept_this(const struct request *rq, const struct response *rs)
{
	struct kept *k = rq->site->kept;
	struct kept_key key;

	/* A version that is taken back comes a second time, for something else. */
	if (db_writing(rq->db))
		return;
	if (!rs->framed || rs->http->status != 200 || rs->http->n_headers || rs->changed ||
	    rs->refused || rs->signed_in || rs->html.out.n > PAGE_MOST || rs->html.out.n == 0 ||
	    !key_of(k, rq, &key))
		return;
	pthread_rwlock_wrlock(&k->lock);
	if (date_cmp(k->day, rq->today) != 0) {
		wipe(k);
		k->day = rq->today;
	}
	put_leaf(k, &key, rq, rs);
	pthread_rwlock_unlock(&k->lock);
}

void kept_stats(struct kept *k, struct kept_stats *out)
{
	pthread_rwlock_rdlock(&k->lock);
	*out = (struct kept_stats){ .found = __atomic_load_n(&k->found, __ATOMIC_RELAXED),
		.made = k->made,
		.plain = k->plain,
		.packed = k->packed };
	for (size_t i = 0; i < k->n_places; i++)
		out->pages += stands(k, &k->places[i]);
	pthread_rwlock_unlock(&k->lock);
}
