/* Snippets: text for text, before gen/queries reads a query. */
#include "gen/queries_snippet.h"

#include "gen/gen.h"

#define ARGS 8
#define GUARDS 4
#define SNIPPETS 64
#define DEPTH 4 /* a snippet in a snippet in ... */

struct snippet {
	const char *file;
	int line;
	struct str name, body;
	struct str args[ARGS], guards[GUARDS];
	int n_args, n_guards;
	bool used;
};

static struct snippet snippets[SNIPPETS];
static int n_snippets;

/* Where a use stands: what is wrong in what it is made of is said of this place. */
struct place {
	const char *file;
	int line;
	int depth;
	struct str statement; /* the whole, to find which table a short name means */
};

static struct snippet *snippet_by_name(struct str name)
{
	for (int i = 0; i < n_snippets; i++) {
		if (str_eq(snippets[i].name, name))
			return &snippets[i];
	}
	return NULL;
}

static size_t word_at(struct str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && is_word(s.p[at + n]))
		n++;
	return n;
}

static struct str rest(struct str s, size_t from)
{
	return (struct str){ s.p + from, s.n - from };
}

/* The place of the ; that ends the statement at the beginning of s; s.n: none does. */
static size_t statement_end(struct str s)
{
	size_t i = 0, k;

	while (i < s.n && s.p[i] != ';') {
		k = sql_span(s, i);
		i += k ? k : 1;
	}
	return i < s.n ? i : s.n;
}

/* --- definitions --- */

static bool heads(struct str line)
{
	return str_starts(str_trim(line), S("-- snippet "));
}

/* Takes the header's lines (it goes on over lines that begin with "--   ") off *all. */
static struct str take_header(struct arena *mem, struct str *all, int *lines)
{
	struct str head = str_trim(str_cut(all, '\n'));

	for (*lines = 1; str_starts(*all, S("--   ")); ++*lines) {
		struct str more = str_cut(all, '\n');

		head = str_fmt(mem, "%.*s %.*s", STR(head), (int)more.n - 5, more.p + 5);
	}
	return rest(head, 11);
}

static void read_list(const struct snippet *s, struct str text, struct str *out, int most, int *n)
{
	while ((text = str_trim(text)).n) {
		struct str one = str_trim(str_cut(&text, ','));

		if (one.n == 0 || word_at(one, 0) != one.n)
			die(s->file, s->line, "a snippet's list has plain names: \"%.*s\"",
			    STR(one));
		if (*n == most)
			die(s->file, s->line, "more than %d names in a snippet's list", most);
		out[(*n)++] = one;
	}
}

/* "NAME : ARG, ARG; guards TABLE, TABLE" */
static void read_snippet(
    struct arena *mem, const char *path, int line, struct str head, struct str body)
{
	struct snippet *s = &snippets[n_snippets];
	const struct snippet *before;
	struct str part;

	head = str_copy(mem, head);
	if (n_snippets == SNIPPETS)
		die(path, line, "more than %d snippets", SNIPPETS);
	*s = (struct snippet){ .file = path, .line = line };
	s->name = str_trim(str_cut(&head, ':'));
	if (s->name.n == 0 || word_at(s->name, 0) != s->name.n)
		die(path, line, "a snippet is \"-- snippet NAME : ARG, ...; guards TABLE, ...\"");
	if ((before = snippet_by_name(s->name)) != NULL)
		die(path, line, "snippet %.*s stands at %s:%d already", STR(s->name), before->file,
		    before->line);
	read_list(s, str_cut(&head, ';'), s->args, ARGS, &s->n_args);
	part = str_trim(head);
	if (str_starts(part, S("guards ")))
		read_list(s, rest(part, 7), s->guards, GUARDS, &s->n_guards);
	else if (part.n)
		die(path, line, "not understood in a snippet: \"%.*s\"", STR(part));
	s->body = str_trim(body);
	if (s->body.n == 0)
		die(path, line, "snippet %.*s has no SQL", STR(s->name));
	n_snippets++;
}

void snippets_read(struct arena *mem, const char *path, struct str all)
{
	for (int line = 1; all.n;) {
		struct str before = all, head;
		int lines, from = line;
		size_t end;

		if (!heads(str_cut(&all, '\n'))) {
			line++;
			continue;
		}
		all = before;
		head = take_header(mem, &all, &lines);
		end = statement_end(all);
		if (end == all.n)
			die(path, from, "a snippet that does not end with ;");
		read_snippet(mem, path, from, head, (struct str){ all.p, end });
		line += lines;
		for (size_t i = 0; i < end; i++)
			line += all.p[i] == '\n';
		all = rest(all, end + 1);
	}
}

/* --- uses --- */

/* The table that a short name means in this statement: "FROM step s", "JOIN step AS s". */
static struct str table_of(const struct place *at, struct str name)
{
	struct str s = at->statement, table = { 0 }, word[4] = { 0 };
	size_t i = 0, k;

	while (i < s.n) {
		if ((k = sql_span(s, i)) != 0 || (k = word_at(s, i)) == 0) {
			i += k ? k : 1;
			continue;
		}
		word[0] = word[1], word[1] = word[2], word[2] = word[3];
		word[3] = (struct str){ s.p + i, k };
		i += k;
		bool as = str_eq(word[2], S("AS"));
		struct str from = word[as ? 0 : 1], what = word[as ? 1 : 2];

		if (!str_eq(word[3], name) ||
		    (!str_eq(from, S("FROM")) && !str_eq(from, S("JOIN"))))
			continue;
		if (table.n && !str_eq(table, what))
			die(at->file, at->line, "%.*s is both %.*s and %.*s in this query",
			    STR(name), STR(table), STR(what));
		table = what;
	}
	if (table.n == 0)
		die(at->file, at->line, "no table is called %.*s in this query: FROM TABLE %.*s",
		    STR(name), STR(name));
	return table;
}

/* The value of {name} or {name.table}. */
static struct str value(
    const struct place *at, const struct snippet *s, const struct str *given, struct str name)
{
	struct str arg = str_cut(&name, '.');

	for (int i = 0; i < s->n_args; i++) {
		if (str_eq(s->args[i], arg) && name.n == 0)
			return given[i];
		if (str_eq(s->args[i], arg) && str_eq(name, S("table")))
			return table_of(at, given[i]);
	}
	die(s->file, s->line, "snippet %.*s has no {%.*s}", STR(s->name), STR(arg));
}

/* Splits what stands in the brackets at text; returns the bytes up to and with the ). */
static size_t read_given(
    const struct place *at, const struct snippet *s, struct str text, struct str *given)
{
	size_t from = 1, i = 1, k;
	int open = 0, n = 0;

	for (; i < text.n; i += k) {
		char c = text.p[i];

		k = sql_span(text, i);
		if (k == 0) {
			k = 1;
			if (c == '(') {
				open++;
			} else if (c == ')' && open) {
				open--;
			} else if (!open && (c == ',' || c == ')')) {
				struct str one = str_trim((struct str){ text.p + from, i - from });

				if (one.n == 0)
					die(at->file, at->line, "an argument of @%.*s is empty",
					    STR(s->name));
				if (n < ARGS)
					given[n] = one;
				n++;
				from = i + 1;
				if (c == ')')
					break;
			}
		}
	}
	if (i >= text.n)
		die(at->file, at->line, "no ) ends @%.*s(", STR(s->name));
	if (n != s->n_args)
		die(at->file, at->line, "@%.*s takes %d arguments, not %d", STR(s->name), s->n_args,
		    n);
	return i + 1;
}

static void put(struct arena *mem, struct buf *out, struct place at, struct str text);

static void put_flat(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i]);
}

/* The body on one line, its comments left out. */
static void put_body(
    struct arena *mem, struct buf *out, struct place at, struct snippet *s, const struct str *given)
{
	struct buf b;
	size_t i = 0, k;

	if (++at.depth > DEPTH)
		die(s->file, s->line, "snippet %.*s stands in itself", STR(s->name));
	s->used = true;
	buf_init(&b, mem, 512);
	for (; i < s->body.n; i += k) {
		const char *p = s->body.p + i, *end;

		k = 1;
		if (is_comment(p)) {
			k = sql_span(s->body, i);
		} else if (*p == '{') {
			if ((end = memchr(p, '}', s->body.n - i)) == NULL)
				die(s->file, s->line, "no } in snippet %.*s", STR(s->name));
			put_flat(
			    &b, value(&at, s, given, (struct str){ p + 1, (size_t)(end - p) - 1 }));
			k = (size_t)(end - p) + 1;
		} else {
			put_flat(&b, (struct str){ p, 1 });
		}
	}
	put(mem, out, at, buf_text(&b));
}

/* A use at text, which begins with @; returns its bytes. */
static size_t put_use(struct arena *mem, struct buf *out, struct place at, struct str text)
{
	struct str given[ARGS] = { 0 }, name = { text.p + 1, word_at(text, 1) };
	struct snippet *s = snippet_by_name(name);
	size_t n = 1 + name.n;

	if (!s)
		die(at.file, at.line, "no snippet \"@%.*s\"", STR(name));
	if (s->n_args) {
		if (n == text.n || text.p[n] != '(')
			die(at.file, at.line, "@%.*s takes %d arguments in brackets", STR(name),
			    s->n_args);
		n += read_given(&at, s, rest(text, n), given);
	}
	put_body(mem, out, at, s, given);
	for (size_t i = 0; i < n && at.depth == 0; i++) {
		if (text.p[i] == '\n')
			buf_char(out, '\n');
	}
	return n;
}

static void check_guarded(const struct place *at, struct str word)
{
	for (int i = 0; i < n_snippets; i++) {
		for (int j = 0; j < snippets[i].n_guards; j++) {
			if (str_eq(snippets[i].guards[j], word))
				die(at->file, at->line,
				    "%.*s stands only in snippets (%s:%d): @%.*s and those beside it",
				    STR(word), snippets[i].file, snippets[i].line,
				    STR(snippets[i].name));
		}
	}
}

static void put(struct arena *mem, struct buf *out, struct place at, struct str text)
{
	size_t i = 0, k;

	for (; i < text.n; i += k) {
		if ((k = sql_span(text, i)) != 0) {
			k = k > text.n - i ? text.n - i : k;
		} else if (text.p[i] == '@') {
			k = put_use(mem, out, at, rest(text, i));
			for (size_t j = i; j < i + k; j++)
				at.line += at.depth == 0 && text.p[j] == '\n';
			continue;
		} else if ((k = word_at(text, i)) != 0) {
			if (at.depth == 0)
				check_guarded(&at, (struct str){ text.p + i, k });
		} else {
			k = 1;
		}
		for (size_t j = i; j < i + k; j++)
			at.line += at.depth == 0 && text.p[j] == '\n';
		buf_put(out, text.p + i, k);
	}
}

struct str snippets_apply(struct arena *mem, const char *path, struct str all)
{
	struct buf out;
	int line = 1;

	buf_init(&out, mem, all.n + 1024);
	while (all.n) {
		struct str before = all, first = str_cut(&all, '\n');
		bool defines = heads(first);
		int lines = 1;
		size_t n;

		if (!defines && (str_trim(first).n == 0 || str_starts(str_trim(first), S("--")))) {
			buf_put(&out, before.p, before.n - all.n);
			line++;
			continue;
		}
		all = before;
		if (defines)
			take_header(mem, &all, &lines);
		n = statement_end(all);
		n += n < all.n;
		if (defines) {
			for (int i = 0; i < lines; i++)
				buf_char(&out, '\n');
		} else {
			put(mem, &out, (struct place){ path, line, 0, { all.p, n } },
			    (struct str){ all.p, n });
			lines = 0;
		}
		line += lines;
		for (size_t i = 0; i < n; i++) {
			line += all.p[i] == '\n';
			if (defines && all.p[i] == '\n')
				buf_char(&out, '\n');
		}
		all = rest(all, n);
	}
	return buf_text(&out);
}

void snippets_used(void)
{
	for (int i = 0; i < n_snippets; i++) {
		if (!snippets[i].used)
			die(snippets[i].file, snippets[i].line, "nobody uses snippet %.*s",
			    STR(snippets[i].name));
	}
}
