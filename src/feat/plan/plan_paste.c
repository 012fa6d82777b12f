#include "feat/plan/plan_paste.h"

#include <string.h>

#define LINE_MOST 400
#define HEADING_MOST 60

enum section { IN_NOTHING, IN_NEEDS, IN_GOALS, IN_STEPS };

static const struct {
	const char *word;
	enum section section;
} headings[] = {
	{ "behov", IN_NEEDS },
	{ "aktuella behov", IN_NEEDS },
	{ "nuläge", IN_NEEDS },
	{ "mål", IN_GOALS },
	{ "delmål", IN_GOALS },
	{ "målsättning", IN_GOALS },
	{ "huvudmål", IN_GOALS },
	{ "insats", IN_STEPS },
	{ "insatser", IN_STEPS },
	{ "åtgärd", IN_STEPS },
	{ "åtgärder", IN_STEPS },
	{ "aktivitet", IN_STEPS },
	{ "aktiviteter", IN_STEPS },
	{ "planering", IN_STEPS },
	{ "steg", IN_STEPS },
	{ "vem gör vad", IN_STEPS },
	{ "vem, vad, när", IN_STEPS },
	{ "vem-vad-när", IN_STEPS },
	{ "ansvar", IN_STEPS },
	{ "ansvarsfördelning", IN_STEPS },
	{ "deltagare", IN_NOTHING },
	{ "närvarande", IN_NOTHING },
	{ "samtycke", IN_NOTHING },
	{ "uppföljning", IN_NOTHING },
	{ "bakgrund", IN_NOTHING },
	{ "övrigt", IN_NOTHING },
	{ "datum", IN_NOTHING },
	{ "namn", IN_NOTHING },
	{ "personnummer", IN_NOTHING },
};

/* One letter made small: ASCII, and Å Ä Ö É in UTF-8 (their second byte). */
static unsigned char small(const char *p, size_t i)
{
	unsigned char c = (unsigned char)p[i];

	if (c >= 'A' && c <= 'Z')
		return (unsigned char)(c + 32);
	return i && (unsigned char)p[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E
		   ? (unsigned char)(c + 32)
		   : c;
}

static bool same_word(struct str s, const char *word)
{
	if (s.n != strlen(word))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (small(s.p, i) != (unsigned char)word[i])
			return false;
	return true;
}

/* "Mål", "Mål:", "Mål: Ella är med": the section, and in *rest what stands behind the colon. */
static bool heading(struct str line, enum section *out, struct str *rest)
{
	struct str after = line, name = str_cut(&after, ':');

	name = str_trim(name);
	if (name.n > HEADING_MOST)
		return false;
	for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
		if (same_word(name, headings[i].word)) {
			*out = headings[i].section;
			*rest = str_trim(after);
			return true;
		}
	}
	return false;
}

/* Off with what begins an item of a list: "- ", "* ", "• ", "1. ", "2) ". */
static struct str unlisted(struct str line)
{
	size_t i = 0;

	line = str_trim(line);
	if (str_starts(line, S("•")))
		return str_trim((struct str){ line.p + 3, line.n - 3 });
	if (line.n > 1 && (line.p[0] == '-' || line.p[0] == '*') && line.p[1] == ' ')
		return str_trim((struct str){ line.p + 2, line.n - 2 });
	while (i < line.n && i < 2 && line.p[i] >= '0' && line.p[i] <= '9')
		i++;
	if (i && i + 1 < line.n && (line.p[i] == '.' || line.p[i] == ')') && line.p[i + 1] == ' ')
		return str_trim((struct str){ line.p + i + 2, line.n - i - 2 });
	return line;
}

static size_t digits(struct str s, size_t at, int *out)
{
	size_t n = 0;

	*out = 0;
	while (at + n < s.n && n < 4 && s.p[at + n] >= '0' && s.p[at + n] <= '9')
		*out = *out * 10 + (s.p[at + n++] - '0');
	return n;
}

/* The month a word names, from its first three letters; 0: none. */
static int month_of(struct str s, size_t at)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "maj", "jun", "jul",
		"aug", "sep", "okt", "nov", "dec" };

	for (int m = 0; at + 3 <= s.n && m < 12; m++) {
		bool same = true;

		for (size_t k = 0; k < 3; k++)
			same = same && small(s.p, at + k) == (unsigned char)months[m][k];
		if (same)
			return m + 1;
	}
	return 0;
}

/* The year behind a day, else the one in which it comes next. */
static struct date with_year(struct str s, size_t at, int m, int d, struct date today)
{
	int y = 0;
	struct date day;

	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '.' || s.p[at] == '-' || s.p[at] == '/'))
		at++;
	if (digits(s, at, &y) != 4)
		y = 0;
	if (y && date_exists(y, m, d))
		return (struct date){ (int16_t)y, (int8_t)m, (int8_t)d };
	for (y = today.y; y < today.y + 5; y++) {
		day = (struct date){ (int16_t)y, (int8_t)m, (int8_t)d };
		if (date_exists(y, m, d) && date_cmp(day, today) >= 0)
			return day;
	}
	return (struct date){ 0 };
}

static struct date day_at(struct str s, size_t at, size_t *used, struct date today)
{
	struct date day = { 0 };
	int a, m;
	size_t n = digits(s, at, &a), k;

	*used = n;
	if (n == 4 && at + 10 <= s.n && date_parse((struct str){ s.p + at, 10 }, &day)) {
		*used = 10;
		return day;
	}
	if (n == 0 || n > 2 || a < 1 || a > 31)
		return (struct date){ 0 };
	at += n;
	if (at < s.n && s.p[at] == '/' && (k = digits(s, at + 1, &m)) > 0 && k <= 2)
		return with_year(s, at + 1 + k, m, a, today);
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == ':'))
		at++;
	m = month_of(s, at);
	while (m && at < s.n && s.p[at] != ' ' && s.p[at] != '.' && s.p[at] != ',')
		at++;
	return m ? with_year(s, at, m, a, today) : (struct date){ 0 };
}

struct date plan_paste_day(struct str text, struct date today)
{
	for (size_t i = 0; i < text.n;) {
		size_t used = 0;
		struct date day = day_at(text, i, &used, today);

		if (date_known(day))
			return day;
		i += used ? used : 1;
	}
	return (struct date){ 0 };
}

/* "Vem: Anna", "Vad: ...", "När: ..." or cells of a table: put in order, its labels off. */
static struct str step_words(struct arena *mem, struct str line)
{
	char sep = str_has(line, S("|"))    ? '|'
		   : str_has(line, S("\t")) ? '\t'
		   : str_has(line, S(";"))  ? ';'
					    : 0;
	struct buf b;

	if (!sep)
		return line;
	buf_init(&b, mem, line.n + 8);
	for (int cell = 0; line.n; cell++) {
		struct str c = str_trim(str_cut(&line, sep)), value = c,
			   label = str_trim(str_cut(&value, ':'));

		if (same_word(label, "vem") || same_word(label, "vad") || same_word(label, "när"))
			c = str_trim(value);
		if (c.n && b.n)
			buf_str(&b, cell == 1 ? S(": ") : S(", "));
		buf_str(&b, c);
	}
	return buf_text(&b);
}

static void add(struct arena *mem, struct paste *out, enum section in, struct str line,
    struct date today, struct buf *rest)
{
	struct paste_item item = { .kind = in == IN_NEEDS   ? PASTE_NEED
					   : in == IN_GOALS ? PASTE_GOAL
							    : PASTE_STEP };

	item.words = in == IN_STEPS ? step_words(mem, line) : line;
	item.due = in == IN_NEEDS ? (struct date){ 0 } : plan_paste_day(item.words, today);
	if (in == IN_NOTHING || out->n == PASTE_MOST || item.words.n == 0 ||
	    item.words.n > LINE_MOST) {
		buf_str(rest, line);
		buf_char(rest, '\n');
		return;
	}
	out->v[out->n++] = item;
}

void plan_paste(struct arena *mem, struct str text, struct date today, struct paste *out)
{
	enum section in = IN_NOTHING;
	struct buf rest;

	*out = (struct paste){ 0 };
	buf_init(&rest, mem, 256);
	while (text.n) {
		struct str line = unlisted(str_cut(&text, '\n')), behind;

		if (line.n == 0)
			continue;
		if (!heading(line, &in, &behind))
			behind = line;
		else if (behind.n == 0 || in == IN_NOTHING)
			behind = in == IN_NOTHING ? line : S("");
		if (behind.n)
			add(mem, out, in, behind, today, &rest);
	}
	out->rest = str_trim(buf_text(&rest));
}
