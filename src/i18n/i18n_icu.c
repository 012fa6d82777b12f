/*
 * The part of i18n that asks ICU: dates, numbers, order, normal form. What ICU opens is kept per
 * thread and language and closed when the thread ends; shown days are kept in a small table per
 * thread, since ICU takes microseconds for each and a page shows many.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unorm2.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/err.h"
#include "i18n/i18n.h"

#define LANGS 32
#define DAYS 4096 /* of the table; a power of two */
#define DAY_TEXT 56

enum pattern { P_LONG, P_LONG_YEAR, P_DAY, P_DAY_YEAR, P_SHORT, P_SHORT_YEAR, PATTERNS };
static const char *const skeletons[PATTERNS] = { "EEEEdMMMM", "EEEEdMMMMyyyy", "dMMMM", "dMMMMyyyy",
	"dMMM", "dMMMyyyy" };

struct day_text {
	const struct i18n *l; /* NULL: free */
	struct date d;
	uint8_t pattern, n;
	char text[DAY_TEXT];
};

struct tools {
	const struct i18n *l[LANGS]; /* who the tools at this place are for */
	UDateFormat *dates[LANGS][PATTERNS];
	UNumberFormat *numbers[LANGS];
	UCollator *order[LANGS];
	struct day_text days[DAYS];
};

static pthread_key_t tools_key;
static pthread_once_t tools_once = PTHREAD_ONCE_INIT;
static __thread struct tools *tools_mine;

static void tools_close(struct tools *t, int i)
{
	for (int p = 0; p < PATTERNS; p++)
		if (t->dates[i][p])
			udat_close(t->dates[i][p]);
	if (t->numbers[i])
		unum_close(t->numbers[i]);
	if (t->order[i])
		ucol_close(t->order[i]);
	memset(t->dates[i], 0, sizeof t->dates[i]);
	t->numbers[i] = NULL;
	t->order[i] = NULL;
	t->l[i] = NULL;
}

static void tools_end(void *p)
{
	struct tools *t = p;

	for (int i = 0; i < LANGS; i++)
		tools_close(t, i);
	free(t);
}

static void tools_key_make(void)
{
	must(pthread_key_create(&tools_key, tools_end) == 0);
}

/* The place of l's tools in this thread. */
static int place_of(struct tools **out, const struct i18n *l)
{
	int i = l->index;

	must(i >= 0 && i < LANGS);
	if (!tools_mine) {
		must(pthread_once(&tools_once, tools_key_make) == 0);
		tools_mine = calloc(1, sizeof *tools_mine); /* outlives every request */
		must(tools_mine != NULL);
		must(pthread_setspecific(tools_key, tools_mine) == 0);
	}
	if (tools_mine->l[i] != l) { /* another list of languages (tests) */
		tools_close(tools_mine, i);
		tools_mine->l[i] = l;
	}
	*out = tools_mine;
	return i;
}

static UDateFormat *date_format(const struct i18n *l, enum pattern p)
{
	struct tools *t;
	int i = place_of(&t, l);

	if (!t->dates[i][p]) {
		UErrorCode e = U_ZERO_ERROR;
		UDateTimePatternGenerator *g = udatpg_open(l->locale, &e);
		UChar skeleton[32], pattern[96];
		int32_t n;

		u_uastrcpy(skeleton, skeletons[p]);
		n = udatpg_getBestPattern(g, skeleton, -1, pattern, 96, &e);
		udatpg_close(g);
		t->dates[i][p] =
		    udat_open(UDAT_PATTERN, UDAT_PATTERN, l->locale, u"UTC", 3, pattern, n, &e);
		must(U_SUCCESS(e));
	}
	return t->dates[i][p];
}

static struct str utf8_of(struct arena *mem, const UChar *u, int32_t n)
{
	char *p = arena_take(mem, (size_t)n * 3 + 1, 1, 1);
	UErrorCode e = U_ZERO_ERROR;
	int32_t got = 0;

	u_strToUTF8(p, n * 3 + 1, &got, u, n, &e);
	must(U_SUCCESS(e));
	return (struct str){ p, (size_t)got };
}

static struct day_text *day_text(const struct i18n *l, enum pattern p, struct date d)
{
	UDateFormat *f = date_format(l, p);
	size_t h = ((size_t)(d.y * 372 + d.m * 31 + d.d) * PATTERNS + p) * LANGS + (size_t)l->index;
	struct day_text *t = &tools_mine->days[(h * 0x9E3779B97F4A7C15u >> 40) % DAYS];
	UErrorCode e = U_ZERO_ERROR;
	UChar u[64];
	int32_t n, bytes = 0;
	struct date epoch = { 1970, 1, 1 };

	if (t->l == l && t->pattern == p && date_cmp(t->d, d) == 0)
		return t;
	n = udat_format(f, 864e5 * date_days_between(epoch, d), u, 64, NULL, &e);
	must(U_SUCCESS(e) && n <= 64);
	u_strToUTF8(t->text, DAY_TEXT, &bytes, u, n, &e);
	must(U_SUCCESS(e));
	t->l = l;
	t->d = d;
	t->pattern = (uint8_t)p;
	t->n = (uint8_t)bytes;
	return t;
}

struct str i18n_date(struct arena *mem, const struct i18n *l, struct date today,
    enum i18n_style style, struct date d)
{
	enum pattern p = P_DAY;
	const struct day_text *t;

	if (!date_known(d))
		return (struct str){ "", 0 };
	if (style == I18N_LONG)
		p = P_LONG;
	else if (style == I18N_SHORT)
		p = P_SHORT;
	if (d.y != today.y)
		p++;
	t = day_text(l, p, d);
	return str_copy(mem, (struct str){ t->text, t->n });
}

struct str i18n_instant(struct arena *mem, const struct i18n *l, struct date today,
    enum i18n_style style, int64_t at_ms)
{
	int minute = minute_of_ms(at_ms);
	struct str day;

	/* The 24-hour clock in every language, as timetables and letters in Sweden have it. */
	if (style == I18N_CLOCK)
		return str_fmt(mem, "%02d:%02d", minute / 60, minute % 60);
	day = i18n_date(mem, l, today, style == I18N_TIME ? I18N_DAY : style, date_of_ms(at_ms));
	if (style != I18N_TIME)
		return day;
	return str_fmt(mem, "%.*s %02d:%02d", STR(day), minute / 60, minute % 60);
}

struct str i18n_number(struct arena *mem, const struct i18n *l, int64_t v)
{
	UErrorCode e = U_ZERO_ERROR;
	struct tools *t;
	int i = place_of(&t, l);
	UChar u[64];
	int32_t n;

	if (!t->numbers[i])
		t->numbers[i] = unum_open(UNUM_DECIMAL, NULL, 0, l->locale, NULL, &e);
	n = unum_formatInt64(t->numbers[i], v, u, 64, NULL, &e);
	must(U_SUCCESS(e) && n <= 64);
	return utf8_of(mem, u, n);
}

int i18n_collate(const struct i18n *l, struct str a, struct str b)
{
	UErrorCode e = U_ZERO_ERROR;
	struct tools *t;
	int i = place_of(&t, l);
	UCollationResult r;

	if (!t->order[i]) {
		t->order[i] = ucol_open(l->locale, &e);
		/* Marks may come in any order; without this two ways to write one name sort apart.
		 */
		if (U_SUCCESS(e))
			ucol_setAttribute(t->order[i], UCOL_NORMALIZATION_MODE, UCOL_ON, &e);
	}
	r = ucol_strcollUTF8(
	    t->order[i], a.p ? a.p : "", (int32_t)a.n, b.p ? b.p : "", (int32_t)b.n, &e);
	must(U_SUCCESS(e));
	return r == UCOL_LESS ? -1 : r == UCOL_GREATER;
}

/* The most that each form grows UTF-16 text (UAX 15 section 9). */
#define NFC_GROWS 3
#define NFKC_GROWS 18

static struct str normal(struct arena *mem, const UNormalizer2 *form, int32_t grows, struct str s)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar *in, *out;
	int32_t n = 0, m;

	must(form && s.n < INT32_MAX / 64);
	in = arena_array(mem, UChar, s.n + 1);
	u_strFromUTF8(in, (int32_t)s.n, &n, s.p, (int32_t)s.n, &e);
	must(U_SUCCESS(e)); /* well-formed: the wire and the importers see to it */
	if (unorm2_isNormalized(form, in, n, &e) && U_SUCCESS(e))
		return s;
	out = arena_array(mem, UChar, (size_t)(grows * n));
	m = unorm2_normalize(form, in, n, out, grows * n, &e);
	must(U_SUCCESS(e));
	return utf8_of(mem, out, m);
}

struct str i18n_nfc(struct arena *mem, struct str s)
{
	UErrorCode e = U_ZERO_ERROR;
	size_t i = 0;

	while (i < s.n && (unsigned char)s.p[i] < 0x80)
		i++;
	if (i == s.n) /* ASCII is its own normal form */
		return s;
	return normal(mem, unorm2_getNFCInstance(&e), NFC_GROWS, s);
}

struct str i18n_folded(struct arena *mem, struct str s)
{
	UErrorCode e = U_ZERO_ERROR;

	return s.n ? normal(mem, unorm2_getNFKCCasefoldInstance(&e), NFKC_GROWS, s) : s;
}
