/*
 * messages OUT.h OUT.c [--prefix NAME] SV.po OTHER.po... [--used FILE...]: makes C of the words, as
 * gen/README.md says. messages --check SV.po... [--used FILE...] looks and makes nothing;
 * messages --missing SV.po OTHER.po... lists what each language takes from Swedish.
 *
 * Reads .po by libgettextpo. Long: reading, checking and writing share one table; plural rules have
 * a file of their own.
 */
#include <ctype.h>
#include <gettext-po.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/gen.h"
#include "messages.h"

void wrong(struct all *a, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	a->errors++;
}

/* ---- reading ---- */

static struct all *reading; /* libgettextpo's handler has no argument of ours */
static const char *reading_file;

static void on_error(int severity, __attribute__((unused)) po_message_t message, const char *file,
    size_t line, __attribute__((unused)) size_t column, __attribute__((unused)) int multiline,
    const char *text)
{
	if (severity == PO_SEVERITY_WARNING)
		return;
	wrong(reading, file ? file : reading_file, line == (size_t)-1 ? 1 : (int)line, "%s", text);
	if (severity == PO_SEVERITY_FATAL_ERROR)
		exit(1);
}

static void on_error2(int severity, po_message_t m1, const char *file1, size_t line1,
    size_t column1, int multi1, const char *text1, __attribute__((unused)) po_message_t m2,
    __attribute__((unused)) const char *file2, __attribute__((unused)) size_t line2,
    __attribute__((unused)) size_t column2, __attribute__((unused)) int multi2,
    __attribute__((unused)) const char *text2)
{
	on_error(severity, m1, file1, line1, column1, multi1, text1);
}

static struct str header_field(struct all *a, const char *header, const char *name)
{
	char *v = header ? po_header_field(header, name) : NULL;
	struct str s = str_copy(a->mem, str_trim(str_of(v)));

	free(v);
	return s;
}

/* The line of a key in the file's text (libgettextpo does not say). */
static int line_of(struct str text, struct str key)
{
	int line = 1;

	for (struct str rest = text; rest.n; line++) {
		struct str one = str_trim(str_cut(&rest, '\n'));

		if (str_starts(one, S("msgid \"")) && one.n == key.n + 8 &&
		    memcmp(one.p + 7, key.p, key.n) == 0)
			return line;
	}
	return 1;
}

static bool is_key(struct str s)
{
	if (s.n == 0 || s.p[0] < 'a' || s.p[0] > 'z' || s.p[s.n - 1] == '_' || str_eq(s, S("none")))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!islower((unsigned char)s.p[i]) && !isdigit((unsigned char)s.p[i]) &&
		    s.p[i] != '_')
			return false;
	return true;
}

static struct entry *find(struct all *a, struct str key)
{
	for (size_t i = 0; i < a->n; i++)
		if (str_eq(a->v[i].key, key))
			return &a->v[i];
	return NULL;
}

static struct entry *add(struct all *a, struct str key)
{
	if (a->n == a->room) {
		struct entry *more = arena_array(a->mem, struct entry, a->room ? 2 * a->room : 512);

		if (a->n)
			memcpy(more, a->v, a->n * sizeof *more);
		a->v = more;
		a->room = a->room ? 2 * a->room : 512;
	}
	a->v[a->n] = (struct entry){ .key = str_copy(a->mem, key) };
	return &a->v[a->n++];
}

static const char *const styles[] = { "long", "day", "short", "time", "clock", "num" };
static const char *const style_names[] = { "I18N_LONG", "I18N_DAY", "I18N_SHORT", "I18N_TIME",
	"I18N_CLOCK", "I18N_NUM" };

/*
 * Takes the next piece of a form: words up to the next argument into *words ({{ and }} are braces
 * themselves), and the argument. Returns NULL, or what is wrong.
 */
static const char *next_piece(struct str *s, struct buf *words, int *arg, int *style)
{
	*arg = 0;
	*style = -1;
	words->n = 0;
	while (s->n) {
		char c = s->p[0];
		bool twice = s->n > 1 && s->p[1] == c;

		if ((c == '{' || c == '}') && twice) {
			buf_char(words, c);
			*s = (struct str){ s->p + 2, s->n - 2 };
			continue;
		}
		if (c == '}')
			return "'}' without '{' (write }} for the sign itself)";
		if (c == '{') {
			struct str inner = { s->p + 1, s->n - 1 }, number;

			if (!memchr(inner.p, '}', inner.n))
				return "'{' without '}' (write {{ for the sign itself)";
			inner = str_cut(&inner, '}');
			*s = (struct str){ inner.p + inner.n + 1, s->n - inner.n - 2 };
			number = str_cut(&inner, ':');
			if (number.n != 1 || number.p[0] < '1' || number.p[0] > '9')
				return "an argument is {1} to {9}";
			*arg = number.p[0] - '0';
			if (inner.n == 0)
				return NULL;
			for (int i = 0; i < 6; i++)
				if (str_eq(inner, str_of(styles[i])))
					*style = i;
			return *style < 0
				   ? "unknown format: known are long day short time clock num"
				   : NULL;
		}
		buf_char(words, c);
		*s = (struct str){ s->p + 1, s->n - 1 };
	}
	return NULL;
}

static void check_form(
    struct all *a, const struct lang *l, struct text *t, struct str key, struct str form)
{
	struct buf words;

	buf_init(&words, a->mem, form.n + 1);
	for (struct str rest = form; rest.n;) {
		int arg, style;
		const char *bad = next_piece(&rest, &words, &arg, &style);

		if (bad) {
			wrong(a, l->file, t->line, "%.*s: %s", STR(key), bad);
			return;
		}
		if (arg)
			t->args |= 1u << arg;
	}
	if (!str_is_clean(form))
		wrong(a, l->file, t->line, "%.*s: is not clean UTF-8", STR(key));
}

static void read_message(struct all *a, int lang, struct str text, po_message_t msg)
{
	const struct lang *l = &a->langs[lang];
	struct str key = str_of(po_message_msgid(msg));
	struct entry *e = find(a, key);
	struct text t = { .line = line_of(text, key),
		.plural = po_message_msgid_plural(msg) != NULL };
	bool missing = false;

	if (!is_key(key)) {
		wrong(
		    a, l->file, t.line, "'%.*s' is no key: a-z, 0-9 and '_', not 'none'", STR(key));
		return;
	}
	if (!e && lang > 0) {
		wrong(a, l->file, t.line,
		    "%.*s is not in %s: Swedish is whole; add it there or take it away", STR(key),
		    a->langs[0].file);
		return;
	}
	if (po_message_is_fuzzy(msg)) {
		wrong(a, l->file, t.line,
		    "%.*s is marked fuzzy: check the words and take the mark away", STR(key));
		return;
	}
	if (!e)
		e = add(a, key);
	for (int i = 0; i < (t.plural ? l->n_plurals : 1); i++) {
		const char *words =
		    t.plural ? po_message_msgstr_plural(msg, i) : po_message_msgstr(msg);

		t.forms[i] = str_copy(a->mem, str_of(words));
		missing |= t.forms[i].n == 0;
		check_form(a, l, &t, key, t.forms[i]);
	}
	if (t.plural && po_message_msgstr_plural(msg, l->n_plurals))
		wrong(a, l->file, t.line, "%.*s has more plural forms than nplurals=%d", STR(key),
		    l->n_plurals);
	if (missing && lang > 0)
		return; /* falls back */
	if (missing)
		wrong(a, l->file, t.line, "%.*s has no words: Swedish is whole", STR(key));
	t.n = t.plural ? l->n_plurals : 1;
	if (lang == 0) {
		const char *note = po_message_extracted_comments(msg);

		e->family = str_has(str_of(note), S("family"));
		for (int i = 1; i <= ARGS; i++)
			if ((t.args >> i) > 1 && !(t.args & 1u << i))
				wrong(a, l->file, t.line, "%.*s has {%d} or more but no {%d}",
				    STR(key), i + 1, i);
	} else if (t.args != e->text[0].args) {
		wrong(a, l->file, t.line,
		    "%.*s has other arguments {n} than in Swedish (%s:%d): use the same ones",
		    STR(key), a->langs[0].file, e->text[0].line);
	} else if (t.plural != e->text[0].plural) {
		wrong(a, l->file, t.line, "%.*s %s msgid_plural, unlike Swedish (%s:%d)", STR(key),
		    t.plural ? "has a" : "has no", a->langs[0].file, e->text[0].line);
	}
	e->text[lang] = t;
}

static void read_lang(struct all *a, const char *path)
{
	static const struct po_xerror_handler handler = { on_error, on_error2 };
	struct lang *l = &a->langs[a->n_langs];
	struct str text = file_need(a->mem, path);
	po_message_iterator_t it;
	const char *header;
	po_message_t msg;
	po_file_t po;

	if (a->n_langs == LANGS) {
		wrong(a, path, 1, "more than %d languages", LANGS);
		return;
	}
	reading = a;
	reading_file = path;
	po = po_file_read(path, &handler);
	if (!po || a->errors) {
		if (!a->errors)
			wrong(a, path, 1, "can't be read as .po");
		return;
	}
	header = po_file_domain_header(po, NULL);
	l->file = path;
	l->tag = header_field(a, header, "Language");
	l->name = header_field(a, header, "X-Name");
	l->dir = header_field(a, header, "X-Direction");
	l->locale = header_field(a, header, "X-Locale");
	if (l->tag.n == 0 || l->name.n == 0 || l->locale.n == 0)
		wrong(a, path, 1,
		    "the header lacks Language, X-Name (its name of itself) or X-Locale (sv_SE)");
	if (!str_eq(l->dir, S("ltr")) && !str_eq(l->dir, S("rtl")))
		wrong(a, path, 1, "the header lacks X-Direction: ltr or rtl");
	if (a->n_langs == 0 && !str_eq(l->tag, S("sv")))
		wrong(a, path, 1, "the first file is Swedish (Language: sv)");
	compile_rule(a, l, header);
	it = po_message_iterator(po, NULL);
	while ((msg = po_next_message(it)) != NULL)
		if (!po_message_is_obsolete(msg) && po_message_msgid(msg)[0] != '\0')
			read_message(a, a->n_langs, text, msg);
	po_message_iterator_free(it);
	po_file_free(po);
	a->n_langs++;
}

/* ---- what the program uses ---- */

static size_t key_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && (isalnum((unsigned char)s.p[n]) || s.p[n] == '_'))
		n++;
	return n;
}

static void note_use(struct all *a, const char *file, int line, struct str key)
{
	struct entry *e;

	if (!is_key(key))
		return; /* MSG_ARGS_x, a family's beginning in a comment */
	e = find(a, key);
	if (e)
		e->used = true;
	else
		wrong(a, file, line, "message %.*s is not in %s: add it there, or mend the key",
		    STR(key), a->langs[0].file);
}

static void scan_use(struct all *a, const char *path)
{
	struct str text = file_need(a->mem, path);
	int line = 1;

	for (size_t i = 0; i < text.n; i++) {
		struct str at = { text.p + i, text.n - i };
		bool fresh = i == 0 || !(isalnum((unsigned char)at.p[-1]) || at.p[-1] == '_');
		size_t skip = 0;

		line += at.p[0] == '\n';
		if (fresh && str_starts(at, S("MSG_")))
			skip = 4;
		else if (str_starts(at, S("{{t ")))
			skip = 4;
		else if (str_starts(at, S("{{tn ")))
			skip = 5;
		if (!skip)
			continue;
		at = (struct str){ at.p + skip, at.n - skip };
		if (skip == 5 || at.p[-1] == ' ')
			at = str_trim(at);
		note_use(a, path, line, (struct str){ at.p, key_length(at) });
	}
}

static void check_used(struct all *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (!a->v[i].used && !a->v[i].family)
			wrong(a, a->langs[0].file, a->v[i].text[0].line,
			    "%.*s is used nowhere: take it away, or write '#. family' above it if data names it",
			    STR(a->v[i].key));
}

/* ---- writing ---- */

static int by_key(const void *x, const void *y)
{
	return str_cmp(((const struct entry *)x)->key, ((const struct entry *)y)->key);
}

static void put_c_text(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\' || c == '?')
			buf_fmt(b, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_fmt(b, "\\%03o", c);
		else
			buf_char(b, (char)c);
	}
	buf_char(b, '"');
}

static void put_form(struct all *a, struct buf *c, size_t key, int lang, int form, struct str s)
{
	struct buf words;

	buf_init(&words, a->mem, s.n + 1);
	buf_fmt(c, "static const struct msg_seg s_%zu_%d_%d[] = {\n", key, lang, form);
	while (s.n) {
		int arg, style;
		bool safe = true;

		next_piece(&s, &words, &arg, &style);
		for (size_t i = 0; i < words.n; i++)
			safe &= !strchr("&<>\"'\n\r\t", words.p[i]);
		buf_str(c, S("\t{ "));
		put_c_text(c, buf_text(&words));
		buf_fmt(c, ", %zu, %s, %d, %s },\n", words.n, safe ? "true" : "false", arg,
		    style < 0 ? "I18N_PLAIN" : style_names[style]);
	}
	buf_str(c, S("};\n"));
}

static int count_pieces(struct all *a, struct str s)
{
	struct buf words;
	int n = 0, arg, style;

	for (buf_init(&words, a->mem, s.n + 1); s.n; n++)
		next_piece(&s, &words, &arg, &style);
	return n;
}

static void put_header(struct all *a, struct buf *h)
{
	buf_fmt(h,
	    "/* Made by gen/messages. */\n#ifndef MADE_%.*sMESSAGES_H\n#define MADE_%.*sMESSAGES_H\n\n"
	    "#include \"i18n/i18n.h\"\n\nenum %.*smsg {\n\t%.*sMSG_none,\n",
	    STR(a->PREFIX), STR(a->PREFIX), STR(a->prefix), STR(a->PREFIX));
	for (size_t i = 0; i < a->n; i++)
		buf_fmt(h, "\t%.*sMSG_%.*s,\n", STR(a->PREFIX), STR(a->v[i].key));
	buf_fmt(h, "};\n#define %.*sMSG_COUNT %zu\n\n", STR(a->PREFIX), a->n + 1);
	for (size_t i = 0; i < a->n; i++) {
		const struct text *t = &a->v[i].text[0];
		int args = 0;

		while (t->args >> (args + 1))
			args++;
		if (t->plural && args == 0)
			args = 1; /* counted even where the number is not said */
		buf_fmt(h, "#define %.*sMSG_ARGS_%.*s %d\n#define %.*sMSG_PLURAL_%.*s %d\n",
		    STR(a->PREFIX), STR(a->v[i].key), args, STR(a->PREFIX), STR(a->v[i].key),
		    t->plural);
	}
	buf_fmt(h,
	    "\n/* The message by that key (\"kind_\" and the name of a kind). false: none such. */\n"
	    "bool %.*smsg_of_key(struct str key, enum %.*smsg *out);\n"
	    "extern const char *const %.*smsg_keys[];\n",
	    STR(a->prefix), STR(a->prefix), STR(a->prefix));
	if (a->prefix.n)
		buf_fmt(h,
		    "extern const struct i18n *const %.*si18n_langs[];\nextern const int %.*si18n_langs_n;\n",
		    STR(a->prefix), STR(a->prefix));
	buf_str(h, S("\n#endif\n"));
}

static void put_lang(struct all *a, struct buf *c, int lang)
{
	const struct lang *l = &a->langs[lang];

	for (size_t i = 0; i < a->n; i++) {
		const struct text *t = &a->v[i].text[lang];

		for (int f = 0; f < t->n; f++)
			put_form(a, c, i + 1, lang, f, t->forms[f]);
		if (t->n == 0)
			continue;
		buf_fmt(c, "static const struct msg_form f_%zu_%d[] = { ", i + 1, lang);
		for (int f = 0; f < t->n; f++)
			buf_fmt(c, "{ s_%zu_%d_%d, %d }, ", i + 1, lang, f,
			    count_pieces(a, t->forms[f]));
		buf_str(c, S("};\n"));
	}
	buf_fmt(c, "static const struct msg_entry e_%d[] = {\n\t{ NULL, 0 },\n", lang);
	for (size_t i = 0; i < a->n; i++) {
		int n = a->v[i].text[lang].n;

		if (n)
			buf_fmt(c, "\t{ f_%zu_%d, %d },\n", i + 1, lang, n);
		else
			buf_str(c, S("\t{ NULL, 0 },\n"));
	}
	buf_fmt(c,
	    "};\nstatic unsigned p_%d(__attribute__((unused)) uint64_t n)\n{\n\treturn (unsigned)%.*s;\n}\n",
	    lang, STR(l->rule));
	buf_fmt(c, "static const struct i18n l_%d = {\n\t.tag = ", lang);
	put_c_text(c, l->tag);
	buf_str(c, S(", .name = "));
	put_c_text(c, l->name);
	buf_str(c, S(", .dir = "));
	put_c_text(c, l->dir);
	buf_str(c, S(", .locale = "));
	put_c_text(c, l->locale);
	buf_fmt(c,
	    ",\n\t.behind = %s, .plural = p_%d, .entries = e_%d, .n_entries = %zu, .index = %d\n};\n",
	    lang ? "&l_0" : "NULL", lang, lang, a->n + 1, lang);
}

static void put_code(struct all *a, struct buf *c, const char *header)
{
	buf_fmt(
	    c, "/* Made by gen/messages. */\n#include \"%s\"\n\n#include <string.h>\n\n", header);
	for (int i = 0; i < a->n_langs; i++)
		put_lang(a, c, i);
	buf_fmt(c, "const struct i18n *const %.*si18n_langs[] = { ", STR(a->prefix));
	for (int i = 0; i < a->n_langs; i++)
		buf_fmt(c, "&l_%d, ", i);
	buf_fmt(c,
	    "};\nconst int %.*si18n_langs_n = %d;\nconst char *const %.*smsg_keys[] = {\n\t\"\",\n",
	    STR(a->prefix), a->n_langs, STR(a->prefix));
	for (size_t i = 0; i < a->n; i++)
		buf_fmt(c, "\t\"%.*s\",\n", STR(a->v[i].key));
	buf_fmt(c,
	    "};\n\nbool %.*smsg_of_key(struct str key, enum %.*smsg *out)\n{\n"
	    "\tint low = 1, high = %zu;\n\n"
	    "\twhile (low <= high) {\n\t\tint mid = (low + high) / 2;\n"
	    "\t\tint c = str_cmp(key, str_of(%.*smsg_keys[mid]));\n\n"
	    "\t\tif (c == 0) {\n\t\t\t*out = (enum %.*smsg)mid;\n\t\t\treturn true;\n\t\t}\n"
	    "\t\tif (c < 0)\n\t\t\thigh = mid - 1;\n\t\telse\n\t\t\tlow = mid + 1;\n\t}\n"
	    "\treturn false;\n}\n",
	    STR(a->prefix), STR(a->prefix), a->n, STR(a->prefix), STR(a->prefix));
}

static void list_missing(const struct all *a)
{
	for (int l = 1; l < a->n_langs; l++)
		for (size_t i = 0; i < a->n; i++)
			if (a->v[i].text[l].n == 0)
				printf("%s: %.*s: taken from Swedish (%s:%d)\n", a->langs[l].file,
				    STR(a->v[i].key), a->langs[0].file, a->v[i].text[0].line);
}

int main(int argc, char **argv)
{
	bool check = argc > 1 && strcmp(argv[1], "--check") == 0;
	bool missing = argc > 1 && strcmp(argv[1], "--missing") == 0;
	bool used = false, any_used = false;
	struct arena mem;
	struct all *a;
	struct buf h, c;

	if (argc < (check || missing ? 3 : 4)) {
		fprintf(stderr,
		    "use: messages OUT.h OUT.c [--prefix NAME] SV.po OTHER.po... [--used FILE...]\n"
		    "     messages --check SV.po OTHER.po... [--used FILE...]\n"
		    "     messages --missing SV.po OTHER.po...\n");
		return 1;
	}
	arena_init(&mem, (size_t)1 << 30);
	a = arena_new(&mem, struct all);
	a->mem = &mem;
	for (int i = check || missing ? 2 : 3; i < argc && (used || a->errors == 0); i++) {
		if (strcmp(argv[i], "--used") == 0) {
			used = any_used = true;
		} else if (strcmp(argv[i], "--prefix") == 0 && i + 1 < argc) {
			a->prefix = str_fmt(&mem, "%s_", argv[++i]);
			a->PREFIX = str_copy(&mem, a->prefix);
			for (size_t k = 0; k < a->PREFIX.n; k++)
				((char *)a->PREFIX.p)[k] =
				    (char)toupper((unsigned char)a->PREFIX.p[k]);
		} else if (used) {
			scan_use(a, argv[i]);
		} else {
			read_lang(a, argv[i]);
		}
	}
	if (any_used)
		check_used(a);
	if (a->errors)
		return 1;
	if (missing)
		list_missing(a);
	if (!check && !missing) {
		const char *name = strrchr(argv[1], '/');

		qsort(a->v, a->n, sizeof *a->v, by_key);
		buf_init(&h, &mem, 65536);
		buf_init(&c, &mem, 1 << 20);
		put_header(a, &h);
		put_code(a, &c, name ? name + 1 : argv[1]);
		file_write(&mem, argv[1], buf_text(&h));
		file_write(&mem, argv[2], buf_text(&c));
	}
	arena_fini(&mem);
	return 0;
}
