/*
 * Turns every .sql file of the program into C: see gen/README.md.
 *   queries OUTDIR FILE.sql...           q_FILE.h and q_FILE.c for each, and q_all.c
 *   queries --unkept OUTDIR FILE.sql...  the same without q_all.c: statements that are prepared
 *                                        anew each time (for tests)
 * A long file: reading and writing share one model of a query, and a program here is one file.
 */
#include "gen/gen.h"

#include <inttypes.h>

#include "gen/queries_snippet.h"

#include "base/err.h"
#include "core/act.h"
#include "core/ids.h"

#define MOST 64 /* fields in, fields out, acts of one query; as DB_MOST_INS in db/db_engine.h */

enum shape { ONE, MAYBE, MANY, CHANGE, CHANGE_1 };

struct field {
	struct str name, type; /* type: as written, without '?' */
	bool null;
	bool used;
};

struct fields {
	struct field v[MOST];
	int n;
};

struct query {
	const char *file;
	int line;
	struct str name;
	enum shape shape;
	bool book, writes, free; /* free: permit none */
	bool packed;             /* its rows can be kept as bytes */
	const char *acts[MOST];
	int n_acts;
	struct fields in, out,
	    params; /* params: as the SQL numbers them; permit's begin with '.' */
	struct buf sqlite, pg;
	int index;
};

struct source {
	const char *path;
	struct str name;
	int from, to; /* its queries */
};

static struct arena arena;
static struct query *queries;
static int n_queries, room_queries;

static const char *const id_types[] = {
#define X(name) #name,
	ID_TABLE(X)
#undef X
};

static const struct {
	const char *name, *code;
} acts[] = {
#define X(name, code, writes, users, subject) { "ACT_" #name, code },
	ACT_TABLE(X)
#undef X
};

/* What :permit.x is, and the call that gives it. */
static const struct {
	const char *name, *type, *value;
} permit_words[] = {
	{ ".child", "int64", "permit_child(permit).v" },
	{ ".actor", "int64", "permit_actor(permit).v" },
	{ ".staff", "int64", "permit_staff(permit).v" },
	{ ".assignment", "int64", "permit_assignment(permit).v" },
	{ ".drawer", "int64", "permit_drawer(permit).v" },
	{ ".unit", "int64", "permit_unit(permit).v" },
	{ ".day", "date", "permit_day(permit)" },
	{ ".now_ms", "int64", "permit_now_ms(permit)" },
};

/* Words of C that can't name a field. */
static const char *const c_words[] = { "auto", "bool", "break", "case", "char", "const", "continue",
	"default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline",
	"int", "long", "register", "return", "short", "signed", "sizeof", "static", "struct",
	"switch", "typedef", "union", "unsigned", "void", "volatile", "while", "db", "mem",
	"permit", "out" };

static bool is(struct str s, const char *c)
{
	return str_eq(s, str_of(c));
}

static bool plain_type(struct str t)
{
	return is(t, "int64") || is(t, "text") || is(t, "date") || is(t, "blob");
}

static void check_name(const struct query *q, struct str name)
{
	if (name.n == 0 || !(name.p[0] >= 'a' && name.p[0] <= 'z'))
		die(q->file, q->line, "a name begins with a small letter: \"%.*s\"", STR(name));
	for (size_t i = 0; i < name.n; i++) {
		if (!is_word(name.p[i]) || (name.p[i] >= 'A' && name.p[i] <= 'Z'))
			die(q->file, q->line, "a name is a-z, 0-9 and _: \"%.*s\"", STR(name));
	}
	for (size_t i = 0; i < sizeof c_words / sizeof *c_words; i++) {
		if (is(name, c_words[i]))
			die(q->file, q->line, "\"%.*s\" means something in C", STR(name));
	}
}

static void check_type(const struct query *q, struct str type)
{
	if (plain_type(type))
		return;
	for (size_t i = 0; i < sizeof id_types / sizeof *id_types; i++) {
		if (is(type, id_types[i]))
			return;
	}
	die(q->file, q->line, "no type \"%.*s\": int64, text, date, blob or an id of core/ids.h",
	    STR(type));
}

static struct field *field_by_name(struct fields *f, struct str name)
{
	for (int i = 0; i < f->n; i++) {
		if (str_eq(f->v[i].name, name))
			return &f->v[i];
	}
	return NULL;
}

/* "name text, born date?" */
static void read_fields(const struct query *q, struct str text, struct fields *out)
{
	while ((text = str_trim(text)).n) {
		struct str one = str_trim(str_cut(&text, ','));
		struct str name = str_cut(&one, ' ');
		struct field f = { .name = name, .type = str_trim(one) };

		if (str_ends(f.type, S("?"))) {
			f.null = true;
			f.type.n--;
		}
		check_name(q, f.name);
		check_type(q, f.type);
		if (field_by_name(out, f.name))
			die(q->file, q->line, "two fields \"%.*s\"", STR(f.name));
		if (out->n == MOST)
			die(q->file, q->line, "more than %d fields", MOST);
		out->v[out->n++] = f;
	}
	if (out->n == 0)
		die(q->file, q->line, "a list without fields");
}

/* Acts of a file that many of its queries share: "-- acts saves : plan.edit|step.edit", then
 * "permit @saves". */
#define GROUPS 8
static struct {
	struct str name, acts;
} groups[GROUPS];
static int n_groups;

static void read_group(const char *path, int line, struct str text)
{
	struct str name = str_trim(str_cut(&text, ':'));

	text = str_trim(text);
	if (!name.n || !text.n)
		die(path, line, "acts of a group: \"-- acts NAME : act|act\"");
	if (n_groups == GROUPS)
		die(path, line, "more than %d groups of acts", GROUPS);
	groups[n_groups].name = str_copy(&arena, name);
	groups[n_groups++].acts = str_copy(&arena, text);
}

static void read_permit(struct query *q, struct str who)
{
	if (str_starts(who, S("@"))) {
		struct str name = { who.p + 1, who.n - 1 };

		for (int i = 0; i < n_groups; i++) {
			if (str_eq(groups[i].name, name)) {
				read_permit(q, groups[i].acts);
				return;
			}
		}
		die(q->file, q->line, "no group of acts \"%.*s\" above in this file", STR(name));
	}
	if (str_starts(who, S("none"))) {
		struct str why = str_trim((struct str){ who.p + 4, who.n - 4 });

		if (why.n < 3 || why.p[0] != '(' || why.p[why.n - 1] != ')')
			die(q->file, q->line, "permit none needs its reason: none (sign-in)");
		q->free = true;
		return;
	}
	while (who.n) {
		struct str code = str_trim(str_cut(&who, '|'));
		const char *name = NULL;

		for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
			name = is(code, acts[i].code) ? acts[i].name : name;
		if (!name)
			die(q->file, q->line, "no act \"%.*s\" in core/act.h", STR(code));
		if (q->n_acts == MOST)
			die(q->file, q->line, "more than %d acts", MOST);
		q->acts[q->n_acts++] = name;
	}
}

static void read_shape(struct query *q, struct str s)
{
	static const char *const names[] = { "one", "maybe", "many", "change", "change 1" };

	for (int i = 0; i <= CHANGE_1; i++) {
		if (is(s, names[i])) {
			q->shape = (enum shape)i;
			return;
		}
	}
	die(q->file, q->line, "no shape \"%.*s\": one, maybe, many, change or change 1", STR(s));
}

static bool after(struct str *s, struct str word)
{
	if (!str_starts(*s, word) || s->n == word.n || s->p[word.n] != ' ')
		return false;
	*s = str_trim((struct str){ s->p + word.n, s->n - word.n });
	return true;
}

/* "NAME : SHAPE; permit WHO; in ...; out ..." */
static void read_header(struct query *q, struct str text)
{
	bool rows;

	if (!str_has(text, S(":")))
		die(q->file, q->line, "a header is \"-- query NAME : SHAPE; permit WHO; ...\"");
	q->name = str_trim(str_cut(&text, ':'));
	check_name(q, q->name);
	for (int i = 0; i < n_queries; i++) {
		if (str_eq(queries[i].name, q->name))
			die(q->file, q->line, "query %.*s stands at %s:%d already", STR(q->name),
			    queries[i].file, queries[i].line);
	}
	read_shape(q, str_trim(str_cut(&text, ';')));
	while ((text = str_trim(text)).n) {
		struct str part = str_trim(str_cut(&text, ';'));

		if (after(&part, S("permit")) && !q->free && q->n_acts == 0)
			read_permit(q, part);
		else if (after(&part, S("in")) && q->in.n == 0)
			read_fields(q, part, &q->in);
		else if (after(&part, S("out")) && q->out.n == 0)
			read_fields(q, part, &q->out);
		else if (is(part, "store book"))
			q->book = true;
		else if (is(part, "packed") && q->shape == MANY)
			q->packed = true;
		else
			die(q->file, q->line, "not understood in a header: \"%.*s\"", STR(part));
	}
	if (!q->free && q->n_acts == 0)
		die(q->file, q->line,
		    "no permit: \"permit child.read\", or \"permit none (reason)\"");
	rows = q->shape == ONE || q->shape == MAYBE || q->shape == MANY;
	if (rows && q->out.n == 0)
		die(q->file, q->line, "one, maybe and many need \"out\"");
	if (!rows && q->out.n)
		die(q->file, q->line, "a change has no \"out\"; with RETURNING it is one or many");
	if (q->shape == MAYBE && field_by_name(&q->out, S("found")))
		die(q->file, q->line, "maybe has a field found of its own");
}

/* The place of a parameter (from 1); a new one takes the next. */
static int param(struct query *q, int line, struct str name)
{
	struct field *f = field_by_name(&q->params, name), *in = field_by_name(&q->in, name);

	if (f)
		return (int)(f - q->params.v) + 1;
	if (name.p[0] == '.') {
		for (size_t i = 0; i < sizeof permit_words / sizeof *permit_words; i++) {
			if (!is(name, permit_words[i].name))
				continue;
			if (q->free)
				die(q->file, line, ":permit%.*s, but the permit is none",
				    STR(name));
			f = &q->params.v[q->params.n++];
			*f = (struct field){ .name = name, .type = str_of(permit_words[i].type) };
		}
	} else if (in) {
		in->used = true;
		f = &q->params.v[q->params.n++];
		*f = *in;
	}
	if (!f)
		die(q->file, line, "no parameter :%s%.*s", name.p[0] == '.' ? "permit" : "",
		    STR(name));
	if (q->params.n == MOST)
		die(q->file, line, "more than %d parameters", MOST - 1);
	return (int)(f - q->params.v) + 1;
}

static void put_both(struct query *q, char c)
{
	buf_char(&q->sqlite, c);
	buf_char(&q->pg, c);
}

/* Reads one statement from text; *line follows. Returns the bytes read. */
static size_t read_sql(struct query *q, struct str text, int *line)
{
	size_t i = 0, k;
	char before = ' ';

	buf_init(&q->sqlite, &arena, 512);
	buf_init(&q->pg, &arena, 512);
	for (; i < text.n && text.p[i] != ';'; before = text.p[i - 1]) {
		const char *p = text.p + i;

		if ((k = sql_span(text, i)) != 0) {
			if (k > text.n - i)
				die(q->file, *line, "no end of what begins here");
			if (*p == '\'' && memchr(p, '\n', k))
				die(q->file, *line, "a string goes over several lines");
			for (size_t j = 0; j < k; j++)
				*line += p[j] == '\n';
			for (size_t j = 0; j < k && !is_comment(p); j++)
				put_both(q, p[j]);
			i += k;
		} else if (*p == ':' && i + 1 < text.n && p[1] == ':') {
			die(q->file, *line, ":: is not portable; write CAST(x AS type)");
		} else if (*p == '?' || (*p == '$' && !is_word(before))) {
			die(q->file, *line, "a parameter is written :name");
		} else if (*p == ':') {
			struct str name;
			int at;

			for (k = 1; i + k < text.n && (is_word(p[k]) || p[k] == '.'); k++)
				;
			name = (struct str){ p + 1, k - 1 };
			if (str_starts(name, S("permit.")))
				name = (struct str){ name.p + 6, name.n - 6 };
			if (name.n == 0)
				die(q->file, *line, "a colon without a name");
			at = param(q, *line, name);
			buf_fmt(&q->sqlite, "?%d", at);
			buf_fmt(&q->pg, "$%d", at);
			i += k;
		} else if (is_word(*p) && !is_word(before)) {
			for (k = 1; i + k < text.n && is_word(p[k]); k++)
				;
			q->writes = q->writes || (k == 6 && (strncasecmp(p, "insert", k) == 0 ||
								strncasecmp(p, "update", k) == 0 ||
								strncasecmp(p, "delete", k) == 0));
			for (size_t j = 0; j < k; j++)
				put_both(q, p[j]);
			i += k;
		} else {
			*line += *p == '\n';
			put_both(q, *p);
			i++;
		}
	}
	if (i == text.n)
		die(q->file, q->line, "query %.*s does not end with ;", STR(q->name));
	for (i++; i < text.n && text.p[i] != '\n'; i += k ? k : 1) {
		k = sql_span(text, i);
		if (!k && text.p[i] != ' ' && text.p[i] != '\t' && text.p[i] != '\r')
			die(q->file, *line, "the ; of a query ends its line");
	}
	if (str_trim(buf_text(&q->pg)).n == 0)
		die(q->file, q->line, "query %.*s has no SQL", STR(q->name));
	for (int j = 0; j < q->in.n; j++) {
		if (!q->in.v[j].used)
			die(q->file, q->line, "the SQL does not use :%.*s", STR(q->in.v[j].name));
	}
	if (q->writes != (q->shape == CHANGE || q->shape == CHANGE_1) && !q->writes)
		die(q->file, q->line, "a change that changes nothing");
	return i;
}

static void read_source(const char *path)
{
	struct str all = snippets_apply(&arena, path, file_need(&arena, path)), head;
	int line = 1;

	n_groups = 0;
	while (all.n) {
		struct str text = str_trim(str_cut(&all, '\n'));
		struct query q = { .file = path, .line = line, .index = n_queries };

		line++;
		if (after(&text, S("-- acts"))) {
			while (str_starts(all, S("--   "))) {
				struct str more = str_cut(&all, '\n');

				text = str_fmt(
				    &arena, "%.*s%.*s", STR(text), (int)more.n - 5, more.p + 5);
				line++;
			}
			read_group(path, q.line, text);
			continue;
		}
		if (!after(&text, S("-- query"))) {
			if (text.n && !str_starts(text, S("--")))
				die(path, q.line, "SQL outside a query");
			if (str_starts(text, S("--query")))
				die(path, q.line, "a header begins with \"-- query \"");
			continue;
		}
		head = str_copy(&arena, text);
		while (str_starts(all, S("--   "))) {
			struct str more = str_cut(&all, '\n');

			head = str_fmt(&arena, "%.*s %.*s", STR(head), (int)more.n - 5, more.p + 5);
			line++;
		}
		read_header(&q, head);
		size_t used = read_sql(&q, all, &line);
		all = (struct str){ all.p + used, all.n - used };
		if (n_queries == room_queries) {
			size_t was = (size_t)room_queries * sizeof q;

			room_queries = room_queries ? 2 * room_queries : 64;
			queries = arena_grow(&arena, queries, was, (size_t)room_queries * sizeof q);
		}
		queries[n_queries++] = q;
	}
}

static const char *c_type(struct str type)
{
	if (is(type, "int64"))
		return "int64_t ";
	if (is(type, "date"))
		return "struct date ";
	if (is(type, "text") || is(type, "blob"))
		return "struct str ";
	return str_c(&arena, str_fmt(&arena, "struct %.*s_id ", STR(type)));
}

static const char *db_type(struct str type)
{
	if (is(type, "date"))
		return "DB_DATE";
	if (is(type, "text"))
		return "DB_TEXT";
	return is(type, "blob") ? "DB_BLOB" : "DB_INT64";
}

static void put_call(struct buf *b, const struct query *q)
{
	bool rows = q->out.n > 0;

	buf_fmt(b, "enum err q_%.*s(struct db *db", STR(q->name));
	if (!q->free)
		buf_fmt(b, ", const struct permit *permit");
	if (rows)
		buf_fmt(b, ", struct arena *mem");
	for (int i = 0; i < q->in.n; i++) {
		const struct field *f = &q->in.v[i];

		buf_fmt(b, ", %s%.*s", c_type(f->type), STR(f->name));
		if (f->null && is(f->type, "int64"))
			buf_fmt(b, ", bool %.*s_null", STR(f->name));
	}
	if (rows)
		buf_fmt(b, ", struct q_%.*s%s *out", STR(q->name), q->shape == MANY ? "_list" : "");
	buf_char(b, ')');
}

static void put_pack(struct buf *b, const struct query *q)
{
	buf_fmt(b, "void q_%.*s_pack(const struct q_%.*s_list *rows, struct buf *out)",
	    STR(q->name), STR(q->name));
}

static void put_unpack(struct buf *b, const struct query *q)
{
	buf_fmt(b,
	    "bool q_%.*s_unpack(struct arena *mem, struct str *bytes, struct q_%.*s_list *out)",
	    STR(q->name), STR(q->name));
}

static void put_header(struct buf *b, const struct source *src)
{
	buf_fmt(b, "/* Made by gen/queries from %.*s.sql. */\n#ifndef Q_%.*s_MADE\n",
	    STR(src->name), STR(src->name));
	buf_fmt(b, "#define Q_%.*s_MADE\n\n#include \"access/access.h\"\n", STR(src->name));
	buf_fmt(b, "#include \"core/ids.h\"\n#include \"db/db.h\"\n");
	for (int i = src->from; i < src->to; i++) {
		const struct query *q = &queries[i];

		buf_fmt(b, "\n");
		if (q->out.n) {
			buf_fmt(b, "struct q_%.*s {\n", STR(q->name));
			for (int j = 0; j < q->out.n; j++) {
				const struct field *f = &q->out.v[j];

				buf_fmt(b, "\t%s%.*s;\n", c_type(f->type), STR(f->name));
				if (f->null && is(f->type, "int64"))
					buf_fmt(b, "\tbool %.*s_null;\n", STR(f->name));
			}
			buf_fmt(b, q->shape == MAYBE ? "\tbool found;\n};\n" : "};\n");
		}
		if (q->shape == MANY)
			buf_fmt(b, "struct q_%.*s_list {\n\tstruct q_%.*s *v;\n\tsize_t n;\n};\n",
			    STR(q->name), STR(q->name));
		put_call(b, q);
		buf_fmt(b, ";\n");
		if (q->packed) {
			put_pack(b, q);
			buf_fmt(b, ";\n");
			put_unpack(b, q);
			buf_fmt(b, ";\n");
		}
	}
	buf_fmt(b, "\n#endif\n");
}

static void put_sql(struct buf *b, const char *name, const struct buf *sql)
{
	struct str text = str_trim(buf_text(sql));

	buf_fmt(b, "\t.%s =", name);
	while (text.n) {
		struct str line = str_trim(str_cut(&text, '\n'));

		if (line.n == 0)
			continue;
		buf_fmt(b, "\n\t    ");
		put_literal(b, line);
		buf_fmt(b, " \"\\n\"");
	}
	buf_fmt(b, ",\n");
}

/* As enum db_type numbers them (src/db/db.h). */
static unsigned type_number(struct str type)
{
	if (is(type, "text"))
		return 1;
	if (is(type, "date"))
		return 2;
	return is(type, "blob") ? 3 : 0;
}

/* As db_shape (src/db/db_pack.c): FNV-1a over the names and types of the columns. */
static uint64_t shape_of(const struct query *q)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (int i = 0; i < q->out.n; i++) {
		const struct field *f = &q->out.v[i];

		for (size_t k = 0; k < f->name.n; k++)
			h = (h ^ (unsigned char)f->name.p[k]) * UINT64_C(1099511628211);
		h = (h ^ (type_number(f->type) * 2 + f->null)) * UINT64_C(1099511628211);
	}
	return h;
}

static void put_query(struct buf *b, const struct query *q)
{
	if (q->out.n) {
		buf_fmt(b, "\nstatic const struct db_column cols_%.*s[] = {\n", STR(q->name));
		for (int i = 0; i < q->out.n; i++) {
			const struct field *f = &q->out.v[i];

			buf_fmt(b, "\t{ \"%.*s\", %s, %s, offsetof(struct q_%.*s, %.*s), ",
			    STR(f->name), db_type(f->type), f->null ? "true" : "false",
			    STR(q->name), STR(f->name));
			if (f->null && is(f->type, "int64"))
				buf_fmt(b, "offsetof(struct q_%.*s, %.*s_null) },\n", STR(q->name),
				    STR(f->name));
			else
				buf_fmt(b, "0 },\n");
		}
		buf_fmt(b, "};\n");
	}
	buf_fmt(b, "\nconst struct db_query q_%.*s_query = {\n\t.name = \"%.*s\",\n", STR(q->name),
	    STR(q->name));
	put_sql(b, "sqlite", &q->sqlite);
	put_sql(b, "pg", &q->pg);
	buf_fmt(
	    b, "\t.index = %d,\n\t.ins = %d,\n\t.outs = %d,\n", q->index, q->params.n, q->out.n);
	if (q->params.n) {
		buf_fmt(b, "\t.in_types = (const enum db_type[]){ ");
		for (int i = 0; i < q->params.n; i++)
			buf_fmt(b, "%s%s", i ? ", " : "", db_type(q->params.v[i].type));
		buf_fmt(b, " },\n");
	}
	if (q->out.n)
		buf_fmt(b, "\t.cols = cols_%.*s,\n\t.row = sizeof(struct q_%.*s),\n", STR(q->name),
		    STR(q->name));
	if (q->packed)
		buf_fmt(b, "\t.shape = UINT64_C(%" PRIu64 "),\n", shape_of(q));
	buf_fmt(b, "\t.writes = %s,\n\t.store = %s,\n};\n", q->writes ? "true" : "false",
	    q->book ? "DB_STORE_BOOK" : "DB_STORE_MAIN");
}

static void put_value(struct buf *b, const struct field *f)
{
	struct str n = f->name;

	buf_fmt(b, "\t\t{ .type = %s, ", db_type(f->type));
	if (n.p[0] == '.') {
		for (size_t i = 0; i < sizeof permit_words / sizeof *permit_words; i++) {
			if (is(n, permit_words[i].name))
				buf_fmt(b, "%s = %s },\n", is(f->type, "date") ? ".d" : ".i",
				    permit_words[i].value);
		}
	} else if (is(f->type, "date")) {
		buf_fmt(b, ".null = !date_known(%.*s), .d = %.*s },\n", STR(n), STR(n));
	} else if (is(f->type, "text") || is(f->type, "blob")) {
		if (f->null)
			buf_fmt(b, ".null = %.*s.p == NULL, ", STR(n));
		buf_fmt(b, ".s = %.*s },\n", STR(n));
	} else if (is(f->type, "int64")) {
		if (f->null)
			buf_fmt(b, ".null = %.*s_null, ", STR(n));
		buf_fmt(b, ".i = %.*s },\n", STR(n));
	} else {
		if (f->null)
			buf_fmt(b, ".null = %.*s.v == 0, ", STR(n));
		buf_fmt(b, ".i = %.*s.v },\n", STR(n));
	}
}

static void put_body(struct buf *b, const struct query *q)
{
	const char *in = q->params.n ? "in" : "NULL";

	buf_char(b, '\n');
	put_call(b, q);
	buf_fmt(b, "\n{\n");
	if (q->params.n) {
		buf_fmt(b, "\tconst struct db_value in[] = {\n");
		for (int i = 0; i < q->params.n; i++)
			put_value(b, &q->params.v[i]);
		buf_fmt(b, "\t};\n");
	}
	if (q->shape == MANY)
		buf_fmt(b, "\tvoid *v;\n\tsize_t n;\n");
	if (q->params.n || q->shape == MANY)
		buf_char(b, '\n');
	if (q->n_acts == 1) {
		buf_fmt(b, "\tpermit_need(permit, %s);\n", q->acts[0]);
	} else if (q->n_acts) {
		buf_fmt(b, "\tpermit_need_any(permit, (const enum act[]){ ");
		for (int i = 0; i < q->n_acts; i++)
			buf_fmt(b, "%s%s", i ? ", " : "", q->acts[i]);
		buf_fmt(b, " }, %d);\n", q->n_acts);
	}
	switch (q->shape) {
	case ONE:
		buf_fmt(b, "\treturn db_one(db, &q_%.*s_query, %s, mem, out);\n", STR(q->name), in);
		break;
	case MAYBE:
		buf_fmt(b, "\treturn db_maybe(db, &q_%.*s_query, %s, mem, out, &out->found);\n",
		    STR(q->name), in);
		break;
	case MANY:
		buf_fmt(
		    b, "\tTRY(db_many(db, &q_%.*s_query, %s, mem, &v, &n));\n", STR(q->name), in);
		buf_fmt(b, "\tout->v = v;\n\tout->n = n;\n\treturn OK;\n");
		break;
	case CHANGE:
	case CHANGE_1:
		buf_fmt(b, "\treturn db_change(db, &q_%.*s_query, %s, %s);\n", STR(q->name), in,
		    q->shape == CHANGE ? "DB_ANY" : "1");
		break;
	}
	buf_fmt(b, "}\n");
	if (!q->packed)
		return;
	buf_char(b, '\n');
	put_pack(b, q);
	buf_fmt(b, "\n{\n\tdb_pack(&q_%.*s_query, rows->v, rows->n, out);\n}\n\n", STR(q->name));
	put_unpack(b, q);
	buf_fmt(b,
	    "\n{\n\tvoid *v = NULL;\n\tbool whole = db_unpack(&q_%.*s_query, mem, bytes, &v, "
	    "&out->n);\n\n\tout->v = v;\n\treturn whole;\n}\n",
	    STR(q->name));
}

static void put_all(struct buf *b)
{
	buf_fmt(
	    b, "/* Made by gen/queries: every query of the program. */\n#include \"db/db.h\"\n\n");
	for (int i = 0; i < n_queries; i++)
		buf_fmt(b, "extern const struct db_query q_%.*s_query;\n", STR(queries[i].name));
	buf_fmt(b, "\nconst struct db_query *const db_queries[] = {\n");
	for (int i = 0; i < n_queries; i++)
		buf_fmt(b, "\t&q_%.*s_query,\n", STR(queries[i].name));
	buf_fmt(b, "\tNULL,\n};\nconst int db_query_count = %d;\n", n_queries);
}

static void write_source(const char *dir, const struct source *src)
{
	struct buf b;

	buf_init(&b, &arena, 16384);
	put_header(&b, src);
	file_write(&arena, str_c(&arena, str_fmt(&arena, "%s/q_%.*s.h", dir, STR(src->name))),
	    buf_text(&b));
	buf_init(&b, &arena, 16384);
	buf_fmt(&b, "/* Made by gen/queries from %.*s.sql. */\n#include \"q_%.*s.h\"\n\n",
	    STR(src->name), STR(src->name));
	buf_fmt(&b, "#include <stddef.h>\n");
	for (int i = src->from; i < src->to; i++) {
		put_query(&b, &queries[i]);
		put_body(&b, &queries[i]);
	}
	file_write(&arena, str_c(&arena, str_fmt(&arena, "%s/q_%.*s.c", dir, STR(src->name))),
	    buf_text(&b));
}

static struct str base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str s = str_of(slash ? slash + 1 : path);

	if (!str_ends(s, S(".sql")))
		die(path, 0, "not a .sql file");
	s.n -= 4;
	return s;
}

int main(int argc, char **argv)
{
	bool unkept = argc > 1 && strcmp(argv[1], "--unkept") == 0;
	int first = unkept ? 2 : 1;
	struct source *sources;
	struct buf b;

	arena_init(&arena, (size_t)1 << 30);
	if (argc <= first) {
		fprintf(stderr, "usage: queries [--unkept] OUTDIR FILE.sql...\n");
		return 2;
	}
	sources = arena_array(&arena, struct source, (size_t)argc);
	for (int i = first + 1; i < argc; i++)
		snippets_read(&arena, argv[i], file_need(&arena, argv[i]));
	for (int i = first + 1; i < argc; i++) {
		struct source *src = &sources[i];

		*src = (struct source){ argv[i], base_name(argv[i]), n_queries, 0 };
		for (int j = first + 1; j < i; j++) {
			if (str_eq(sources[j].name, src->name))
				die(argv[i], 0, "has the same name as %s", argv[j]);
		}
		read_source(argv[i]);
		src->to = n_queries;
	}
	snippets_used();
	for (int i = 0; unkept && i < n_queries; i++)
		queries[i].index = -1;
	for (int i = first + 1; i < argc; i++)
		write_source(argv[first], &sources[i]);
	buf_init(&b, &arena, 16384);
	put_all(&b);
	if (!unkept)
		file_write(&arena, str_c(&arena, str_fmt(&arena, "%s/q_all.c", argv[first])),
		    buf_text(&b));
	return 0;
}
