/*
 * Turns migrations into C, once per engine: see gen/README.md.
 *   migrations OUT.c FILE.sql...
 * A file in a folder named book belongs to the book's store, any other to the main store.
 */
#include "gen/gen.h"

#include "base/err.h"

struct migration {
	const char *path;
	bool book;
	int number;
	struct str name;
	struct str sqlite, pg;
};

static struct arena arena;

/* Puts an expression with each ROW as NEW or OLD; inside a PostgreSQL function's body quotes
 * double. */
static void put_row(struct buf *b, struct str expr, const char *row, bool quoted)
{
	for (size_t i = 0; i < expr.n; i++) {
		bool word = (i == 0 || !is_word(expr.p[i - 1])) && expr.n - i > 4 &&
			    memcmp(expr.p + i, "ROW.", 4) == 0;

		if (word) {
			buf_str(b, str_of(row));
			i += 2; /* the dot stays */
		} else {
			buf_char(b, expr.p[i]);
			if (quoted && expr.p[i] == '\'')
				buf_char(b, '\'');
		}
	}
}

/* The statement that stamps what a row belongs to. */
static void put_stamp(struct buf *b, struct str whose, const char *row, bool quoted)
{
	if (whose.n == 0) {
		buf_fmt(b, "UPDATE org_stamp SET version = version + 1; ");
		return;
	}
	buf_fmt(b, "UPDATE child SET content_version = content_version + 1 WHERE id IN (");
	put_row(b, whose, row, quoted);
	buf_fmt(b, "); ");
}

static void put_lite_trigger(
    struct buf *b, struct str table, struct str columns, struct str whose, const char *when)
{
	buf_fmt(b, "CREATE TRIGGER stamp_%.*s_%s AFTER %s%s%.*s ON %.*s BEGIN ", STR(table), when,
	    when, columns.n ? " OF " : "", STR(columns), STR(table));
	if (when[0] != 'D')
		put_stamp(b, whose, "NEW", false);
	if (when[0] == 'D') {
		put_stamp(b, whose, "OLD", false);
	} else if (when[0] == 'U' && whose.n) {
		/* whose it was before, where it is another's now */
		buf_fmt(b, "UPDATE child SET content_version = content_version + 1 WHERE id IN (");
		put_row(b, whose, "OLD", false);
		buf_fmt(b, ") AND id NOT IN (");
		put_row(b, whose, "NEW", false);
		buf_fmt(b, "); ");
	}
	buf_fmt(b, "END; ");
}

/* Once for each statement, whatever number of rows it changed: a row of PostgreSQL that is changed
 * again and again inside one transaction becomes a long chain. Columns of a trigger and lists of
 * changed rows exclude each other there; then it is once for each row. */
static void put_pg_trigger(
    struct buf *b, struct str table, struct str columns, struct str whose, const char *when)
{
	const char *const rows[] = { "NEW", "OLD" };
	bool each_row = columns.n != 0;

	buf_fmt(b, "CREATE FUNCTION stamp_%.*s_%s() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ",
	    STR(table), when);
	for (size_t i = 0; i < 2; i++) {
		if ((i == 0 && when[0] == 'D') ||
		    (i == 1 && (when[0] == 'I' || (when[0] == 'U' && !whose.n))))
			continue;
		if (each_row || !whose.n) {
			put_stamp(b, whose, rows[i], true);
			continue;
		}
		buf_fmt(b,
		    "UPDATE child SET content_version = content_version + 1 WHERE id IN "
		    "(SELECT x.id FROM %s_rows y CROSS JOIN LATERAL (%s",
		    rows[i], str_starts(whose, S("SELECT ")) ? "" : "SELECT ");
		put_row(b, whose, "y", true);
		buf_fmt(b, ") AS x (id)); ");
	}
	buf_fmt(b, "RETURN NULL; END'; CREATE TRIGGER stamp_%.*s_%s AFTER %s%s%.*s ON %.*s",
	    STR(table), when, when, columns.n ? " OF " : "", STR(columns), STR(table));
	if (!each_row && whose.n)
		buf_fmt(b, " REFERENCING%s%s", when[0] != 'D' ? " NEW TABLE AS NEW_rows" : "",
		    when[0] != 'I' ? " OLD TABLE AS OLD_rows" : "");
	buf_fmt(b, " FOR EACH %s EXECUTE FUNCTION stamp_%.*s_%s(); ",
	    each_row ? "ROW" : "STATEMENT", STR(table), when);
}

/*
 * "-- stamp TABLE child EXPR", "-- stamp TABLE(COLUMN, ...) child EXPR" or "-- stamp TABLE org":
 * triggers that make the version of a child (of the staff's world) grow with every row that comes,
 * goes or changes; with columns, only when one of these changes. All stands in one line, so that
 * lines keep their numbers.
 */
static void expand_stamp(const char *path, int line, struct buf *b, struct str l, bool sqlite)
{
	static const char *const when[] = { "INSERT", "UPDATE", "DELETE" };
	struct str rest = str_trim((struct str){ l.p + 9, l.n - 9 }), table = rest, columns = { 0 };
	struct str whose;
	size_t n = 0;

	while (n < rest.n && is_word(rest.p[n]))
		n++;
	table.n = n;
	rest = (struct str){ rest.p + n, rest.n - n };
	if (str_starts(rest, S("("))) {
		columns = (struct str){ rest.p + 1, rest.n - 1 };
		columns = str_cut(&columns, ')');
		rest = (struct str){ columns.p + columns.n + 1, rest.n - columns.n - 2 };
	}
	rest = str_trim(rest);
	whose = str_starts(rest, S("child ")) ? str_trim((struct str){ rest.p + 6, rest.n - 6 })
					      : S("");
	if (table.n == 0 || (whose.n == 0 && !str_eq(rest, S("org"))))
		die(path, line, "\"-- stamp TABLE child EXPR\" or \"-- stamp TABLE org\"");
	if (whose.n && !str_has(whose, S("ROW.")))
		die(path, line, "which child? EXPR names a column of the row as ROW.column");
	for (size_t i = 0; i < sizeof when / sizeof *when; i++) {
		if (columns.n && when[i][0] != 'U')
			continue;
		if (sqlite)
			put_lite_trigger(b, table, columns, whose, when[i]);
		else
			put_pg_trigger(b, table, columns, whose, when[i]);
	}
}

/* Blanks the sections of the other engine and the section marks; lines keep their numbers. */
static struct str only_for(const char *path, struct str text, bool sqlite)
{
	struct str mine = sqlite ? S("-- only sqlite") : S("-- only postgres");
	struct str other = sqlite ? S("-- only postgres") : S("-- only sqlite");
	bool in_section = false, drop = false;
	struct buf b;
	int began = 0;

	buf_init(&b, &arena, text.n + 1);
	for (int line = 1; text.n; line++) {
		struct str l = str_cut(&text, '\n'), t = str_trim(l);
		bool mark = str_eq(t, mine) || str_eq(t, other), end = str_eq(t, S("-- end"));

		if (str_starts(t, S("-- only")) && !mark)
			die(path, line, "\"-- only sqlite\" or \"-- only postgres\"");
		if (mark && in_section)
			die(path, line, "the section of line %d has no \"-- end\"", began);
		if (end && !in_section)
			die(path, line, "\"-- end\" without a section");
		if (mark)
			began = line;
		if (mark || end) {
			in_section = mark;
			drop = str_eq(t, other);
		} else if (!drop && str_starts(t, S("-- stamp "))) {
			expand_stamp(path, line, &b, t, sqlite);
		} else if (!drop) {
			buf_str(&b, l);
		}
		buf_char(&b, '\n');
	}
	if (in_section)
		die(path, began, "this section has no \"-- end\"");
	return buf_text(&b);
}

/* Where the words of one statement stand. */
struct place {
	bool table;   /* CREATE TABLE */
	bool alter;   /* ALTER TABLE */
	bool closed;  /* behind the table's last ) */
	int words;    /* words read */
	int depth;    /* open ( */
	int begins;   /* open BEGIN and CASE of a trigger's body */
	bool create;  /* the first word is CREATE */
	bool trigger; /* CREATE TRIGGER */
};

static bool word_is(struct str w, const char *upper)
{
	return w.n == strlen(upper) && strncasecmp(w.p, upper, w.n) == 0;
}

static void read_word(struct place *at, struct str w)
{
	at->words++;
	if (at->words == 1) {
		at->create = word_is(w, "CREATE");
		at->alter = word_is(w, "ALTER");
	}
	if (at->create && at->words <= 3) {
		at->table = at->table || word_is(w, "TABLE");
		at->trigger = at->trigger || word_is(w, "TRIGGER");
	}
	if (at->trigger && (word_is(w, "BEGIN") || word_is(w, "CASE")))
		at->begins++;
	else if (at->trigger && word_is(w, "END"))
		at->begins--;
}

/* The engine's word for a type of ours, or the word itself. */
static struct str type_of(const struct place *at, struct str w, bool sqlite)
{
	bool column = (at->table && at->depth == 1) || (at->alter && at->depth == 0);

	if (str_eq(w, S("ID")) || str_eq(w, S("INT8")))
		return sqlite ? S("INTEGER") : S("BIGINT");
	if (str_eq(w, S("BYTES")))
		return sqlite ? S("BLOB") : S("BYTEA");
	if (column && !sqlite && str_eq(w, S("TEXT")))
		return S("TEXT COLLATE \"C\"");
	return w;
}

/* What stands between a table's last ) and its ;: nothing, or WITHOUT ROWID. */
static void end_table(const char *path, int line, struct buf *b, struct str options, bool sqlite)
{
	struct str o = str_trim(options);

	if (o.n && !(o.n == 13 && strncasecmp(o.p, "WITHOUT ROWID", 13) == 0))
		die(path, line, "behind a table's ) stands nothing or WITHOUT ROWID");
	if (sqlite)
		buf_str(b, o.n ? S(" WITHOUT ROWID, STRICT") : S(" STRICT"));
}

static struct str translate(const char *path, struct str whole, bool sqlite)
{
	struct str s = only_for(path, whole, sqlite);
	struct place at = { 0 };
	size_t k, options = 0;
	struct buf b;
	int line = 1;

	buf_init(&b, &arena, s.n + 64);
	for (size_t i = 0; i < s.n;) {
		const char *p = s.p + i;

		if ((k = sql_span(s, i)) != 0) {
			if (k > s.n - i)
				die(path, line, "no end of what begins here");
			if (*p == '\'' && memchr(p, '\n', k))
				die(path, line, "a string goes over several lines");
			for (size_t j = 0; j < k; j++)
				line += p[j] == '\n';
			if (!is_comment(p) && !at.closed)
				buf_put(&b, p, k);
			if (!is_comment(p))
				at.words += at.words == 0;
			i += k;
			continue;
		}
		if (is_word(*p)) {
			struct str w = { p, 1 };

			while (i + w.n < s.n && is_word(p[w.n]))
				w.n++;
			read_word(&at, w);
			if (!at.closed)
				buf_str(&b, type_of(&at, w, sqlite));
			i += w.n;
			continue;
		}
		line += *p == '\n';
		at.depth += (*p == '(') - (*p == ')');
		if (at.depth < 0)
			die(path, line, "a ) too many");
		if (*p == ';' && at.begins <= 0) {
			if (at.depth)
				die(path, line, "a ( is open at the end of the statement");
			if (at.table && !at.closed)
				die(path, line, "CREATE TABLE without columns");
			if (at.closed)
				end_table(path, line, &b,
				    (struct str){ s.p + options, i - options }, sqlite);
			at = (struct place){ 0 };
		}
		if (!at.closed)
			buf_char(&b, *p);
		i++;
		if (*p == ')' && at.table && at.depth == 0 && !at.closed) {
			at.closed = true;
			options = i;
		}
	}
	if (at.words)
		die(path, line, "the last statement does not end with ;");
	return buf_text(&b);
}

static struct migration read_migration(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_of(slash ? slash + 1 : path), all = file_need(&arena, path);
	struct str folder = { path, slash ? (size_t)(slash - path) : 0 };
	int64_t number;

	if (name.n < 10 || name.p[4] != '_' || !str_ends(name, S(".sql")) ||
	    !str_to_i64((struct str){ name.p, 4 }, 1, 9999, &number))
		die(path, 0, "a migration is named NNNN_name.sql");
	name = (struct str){ name.p + 5, name.n - 9 };
	for (size_t i = 0; i < name.n; i++) {
		if (!is_word(name.p[i]))
			die(path, 0, "a migration is named NNNN_name.sql");
	}
	return (struct migration){ .path = path,
		.book = str_eq(folder, S("book")) || str_ends(folder, S("/book")),
		.number = (int)number,
		.name = name,
		.sqlite = translate(path, all, true),
		.pg = translate(path, all, false) };
}

static int by_number(const void *a, const void *b)
{
	const struct migration *x = a, *y = b;

	return x->book != y->book ? x->book - y->book : x->number - y->number;
}

static void put_text(struct buf *b, const char *name, struct str text)
{
	buf_fmt(b, "\t\t.%s =", name);
	for (struct str line; text.n;) {
		line = str_trim(str_cut(&text, '\n'));
		if (line.n == 0)
			continue;
		buf_fmt(b, "\n\t\t    ");
		put_literal(b, line);
		buf_fmt(b, " \"\\n\"");
	}
	buf_fmt(b, " \"\",\n");
}

static void put_store(struct buf *b, const struct migration *v, int n, bool book)
{
	buf_fmt(b, "\nconst struct db_migration db_migrations_%s[] = {\n", book ? "book" : "main");
	for (int i = 0; i < n; i++) {
		if (v[i].book != book)
			continue;
		buf_fmt(b, "\t{\n\t\t.number = %d,\n\t\t.name = \"%.*s\",\n", v[i].number,
		    STR(v[i].name));
		put_text(b, "sqlite", v[i].sqlite);
		put_text(b, "pg", v[i].pg);
		buf_fmt(b, "\t},\n");
	}
	buf_fmt(b, "\t{ .name = NULL },\n};\n");
}

int main(int argc, char **argv)
{
	struct migration *v;
	int n = argc - 2;
	struct buf b;

	arena_init(&arena, (size_t)1 << 30);
	if (argc < 2) {
		fprintf(stderr, "usage: migrations OUT.c FILE.sql...\n");
		return 2;
	}
	v = arena_array(&arena, struct migration, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		v[i] = read_migration(argv[i + 2]);
	qsort(v, (size_t)n, sizeof *v, by_number);
	for (int i = 1; i < n; i++) {
		if (by_number(&v[i - 1], &v[i]) == 0)
			die(v[i].path, 0, "has the same number as %s", v[i - 1].path);
	}
	buf_init(&b, &arena, 65536);
	buf_fmt(&b, "/* Made by gen/migrations. */\n#include \"db/db.h\"\n");
	put_store(&b, v, n, false);
	put_store(&b, v, n, true);
	file_write(&arena, argv[1], buf_text(&b));
	return 0;
}
