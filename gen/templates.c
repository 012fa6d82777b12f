/*
 * templates OUT.h OUT.c HEADER_NAME FILE.html...: makes C of HTML, as gen/README.md says.
 *
 * One pass: a small HTML state machine knows at each place whether it stands in text, in an
 * attribute, in a URL or where no expression may stand, and a stack of open elements holds the
 * markup to its balance, so that a misnested page never ships. Over 500 lines because the machine
 * and what it writes are one thing read side by side.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define DEPTH 128
#define ATTRS 64

enum place {
	TEXT,
	TAG_NAME,
	IN_TAG, /* between attributes */
	ATTR_NAME,
	AFTER_EQUALS,
	VALUE,
	RCDATA, /* <title>, <textarea>: text without elements */
	RAW     /* <script>, <style>: nothing of ours may stand here */
};

struct element {
	struct str name;
	int line;
	bool posts, has_csrf; /* a form */
};

/* What a block must leave as it found it. */
struct where {
	enum place place;
	bool needs_blank;   /* in a tag: a blank must come before the next attribute */
	bool value_started; /* in a value: something stands before this place */
	size_t value_n;     /* in a value: static bytes so far */
	bool after_block;   /* in text: white space here means nothing */
	int n_open, n_attrs;
};

enum block_kind { VIEW, IF, EACH, WITHIN };

struct block {
	enum block_kind kind;
	int line;
	bool has_else;
	struct where start, merged;
	struct str view, arg; /* WITHIN */
};

struct maker {
	struct arena *mem;
	const char *file;
	struct str in;
	size_t at;
	int line;
	struct buf h, c;
	struct buf lit; /* static text not yet written */
	bool pending;   /* a blank not yet written */
	bool in_view, has_body;
	struct str view, view_arg;
	struct where w;
	struct element open[DEPTH];
	struct str attrs[ATTRS];
	struct str tag, attr;
	struct buf value; /* the static part of the attribute's value so far */
	bool end_tag, self_closing, tag_posts;
	int tag_line;
	char quote;
	struct block blocks[DEPTH];
	int n_blocks;
	int n_loops;
};

__attribute__((format(printf, 3, 4))) static _Noreturn void stop(
    const struct maker *m, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", m->file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static bool one_of(struct str name, const char *list)
{
	for (struct str rest = str_of(list); rest.n;)
		if (str_eq(str_cut(&rest, ' '), name))
			return true;
	return false;
}

static bool is_void(struct str tag)
{
	return one_of(tag, "area base br col embed hr img input link meta param source track wbr");
}

/* Elements beside which white space is not shown. */
static bool is_block(struct str tag)
{
	return one_of(tag,
	    "html head body title meta link base script style main header footer nav section article "
	    "aside address h1 h2 h3 h4 h5 h6 hgroup p div ul ol li dl dt dd table caption colgroup col "
	    "thead tbody tfoot tr td th form fieldset legend details summary dialog figure figcaption "
	    "blockquote pre hr option optgroup datalist br search menu template svg g path rect line "
	    "circle polyline polygon defs");
}

/* Start tags that end an open <p> in every browser. */
static bool ends_paragraph(struct str tag)
{
	return one_of(tag,
	    "main header footer nav section article aside address h1 h2 h3 h4 h5 h6 hgroup p div ul ol "
	    "dl table form fieldset details dialog figure figcaption blockquote pre hr search menu");
}

static bool end_is_optional(struct str tag)
{
	return one_of(tag, "li dt dd tr td th thead tbody tfoot option optgroup");
}

static bool is_url(struct str attr)
{
	return one_of(attr,
	    "href src action formaction poster cite data ping manifest background xlink:href");
}

static struct str lower(struct maker *m, struct str s)
{
	char *p = arena_take(m->mem, s.n + 1, 1, 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)tolower((unsigned char)s.p[i]);
	return (struct str){ p, s.n };
}

static bool is_open(const struct maker *m, const char *tag)
{
	for (int i = 0; i < m->w.n_open; i++)
		if (str_eq(m->open[i].name, str_of(tag)))
			return true;
	return false;
}

static int floor_of(const struct maker *m)
{
	return m->n_blocks ? m->blocks[m->n_blocks - 1].start.n_open : 0;
}

/* ---- writing C ---- */

static void put_c_text(struct buf *b, struct str s)
{
	size_t line = 0;

	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (line > 80 && (c & 0xc0) != 0x80) {
			buf_str(b, S("\"\n\t    \""));
			line = 0;
		}
		if (c == '"' || c == '\\' || c == '?')
			buf_fmt(b, "\\%c", c);
		else if (c == '\n')
			buf_str(b, S("\\n"));
		else if (c < 0x20 || c == 0x7f)
			buf_fmt(b, "\\%03o", c);
		else
			buf_char(b, (char)c);
		line++;
	}
	buf_char(b, '"');
}

static void flush(struct maker *m)
{
	if (m->lit.n == 0)
		return;
	buf_str(&m->c, S("\thtml_lit(h, "));
	put_c_text(&m->c, buf_text(&m->lit));
	buf_fmt(&m->c, ", %zu);\n", m->lit.n);
	m->lit.n = 0;
}

static void lit(struct maker *m, char c)
{
	buf_char(&m->lit, c);
}

/* The compiler's messages about an expression name the template's line. */
static void mark_line(struct maker *m, int line)
{
	flush(m);
	buf_fmt(&m->c, "#line %d ", line);
	put_c_text(&m->c, str_of(m->file));
	buf_char(&m->c, '\n');
}

static void spend_blank(struct maker *m)
{
	if (m->pending && !m->w.after_block)
		lit(m, ' ');
	m->pending = false;
}

/* ---- elements ---- */

static void pop(struct maker *m)
{
	const struct element *e = &m->open[m->w.n_open - 1];

	if (e->posts && !e->has_csrf)
		stop(m, e->line,
		    "<form method=\"post\"> holds no {{csrf}}: the server would refuse it; put "
		    "{{csrf}} inside the form");
	m->w.n_open--;
}

static void pop_optional(struct maker *m, int least)
{
	while (m->w.n_open > least && end_is_optional(m->open[m->w.n_open - 1].name))
		pop(m);
}

/* An end that HTML lets us leave out: <li> ends the <li> before it, and so on. */
static void imply_ends(struct maker *m, struct str tag)
{
	const char *ends = NULL;

	if (one_of(tag, "li"))
		ends = "li";
	else if (one_of(tag, "dt dd"))
		ends = "dt dd";
	else if (one_of(tag, "td th"))
		ends = "td th";
	else if (one_of(tag, "tr"))
		ends = "td th tr";
	else if (one_of(tag, "thead tbody tfoot"))
		ends = "td th tr thead tbody tfoot";
	else if (one_of(tag, "option"))
		ends = "option";
	else if (one_of(tag, "optgroup"))
		ends = "option optgroup";
	while (ends && m->w.n_open > floor_of(m) && one_of(m->open[m->w.n_open - 1].name, ends))
		pop(m);
}

static void close_element(struct maker *m)
{
	const struct element *top;

	if (is_void(m->tag))
		stop(m, m->tag_line, "<%.*s> has no content and no end tag: take </%.*s> away",
		    STR(m->tag), STR(m->tag));
	while (m->w.n_open > floor_of(m) && !str_eq(m->open[m->w.n_open - 1].name, m->tag) &&
	       end_is_optional(m->open[m->w.n_open - 1].name))
		pop(m);
	if (m->w.n_open == 0)
		stop(
		    m, m->tag_line, "</%.*s> closes nothing: no element is open here", STR(m->tag));
	top = &m->open[m->w.n_open - 1];
	if (m->w.n_open == floor_of(m))
		stop(m, m->tag_line,
		    "</%.*s> closes an element from outside this {{...}} block: open and close it on the "
		    "same side of the block",
		    STR(m->tag));
	if (!str_eq(top->name, m->tag))
		stop(m, m->tag_line,
		    "</%.*s> comes while <%.*s> of line %d is open: write </%.*s> first",
		    STR(m->tag), STR(top->name), top->line, STR(top->name));
	pop(m);
}

static void open_element(struct maker *m)
{
	bool svg = is_open(m, "svg") || is_open(m, "math");

	imply_ends(m, m->tag);
	if (ends_paragraph(m->tag) && m->w.n_open && str_eq(m->open[m->w.n_open - 1].name, S("p")))
		stop(m, m->tag_line,
		    "<%.*s> can't stand inside <p> of line %d (browsers end the paragraph there): write "
		    "</p> first",
		    STR(m->tag), m->open[m->w.n_open - 1].line);
	if (m->self_closing && !svg && !str_eq(m->tag, S("svg")) && !is_void(m->tag))
		stop(m, m->tag_line, "<%.*s/> is not closed in HTML: write <%.*s></%.*s>",
		    STR(m->tag), STR(m->tag), STR(m->tag));
	if (m->self_closing || (is_void(m->tag) && !svg))
		return;
	if (str_eq(m->tag, S("style")))
		stop(m, m->tag_line,
		    "<style> is refused by our Content-Security-Policy: put it in a "
		    "stylesheet file");
	if (m->w.n_open == DEPTH)
		stop(m, m->tag_line, "more than %d elements inside each other: split the view",
		    DEPTH);
	m->open[m->w.n_open++] =
	    (struct element){ .name = m->tag, .line = m->tag_line, .posts = m->tag_posts };
	if (!svg && one_of(m->tag, "title textarea"))
		m->w.place = RCDATA;
	else if (str_eq(m->tag, S("script")))
		m->w.place = RAW;
}

static void finish_tag(struct maker *m)
{
	m->w.place = TEXT;
	if (m->end_tag)
		close_element(m);
	else
		open_element(m);
	m->w.after_block = is_block(m->tag);
	m->w.n_attrs = 0;
}

static void finish_attr_name(struct maker *m)
{
	m->attr = lower(m, m->attr);
	if (m->attr.n > 2 && str_starts(m->attr, S("on")))
		stop(m, m->line,
		    "attribute %.*s: scripts inside pages are refused by our "
		    "Content-Security-Policy; listen from a script file",
		    STR(m->attr));
	if (str_eq(m->attr, S("style")))
		stop(m, m->line,
		    "a style attribute is refused by our Content-Security-Policy; use a class");
	for (int i = 0; i < m->w.n_attrs; i++)
		if (str_eq(m->attrs[i], m->attr))
			stop(m, m->line, "attribute %.*s stands twice in this tag; keep one",
			    STR(m->attr));
	if (m->w.n_attrs == ATTRS)
		stop(m, m->line, "more than %d attributes in a tag", ATTRS);
	m->attrs[m->w.n_attrs++] = m->attr;
	m->w.needs_blank = true;
}

/* What stands first in a URL decides where it leads, so that is static and of a kind we know. */
static void check_url(struct maker *m)
{
	struct str v = lower(m, buf_text(&m->value));

	if (!is_url(m->attr) || v.n == 0 || m->w.value_started)
		return;
	if (str_starts(v, S("//")) || str_starts(v, S("/\\")))
		stop(m, m->line, "%.*s=\"%.*s\" leads to another host: begin with one '/'",
		    STR(m->attr), STR(v));
	if (!str_starts(v, S("/")) && !str_starts(v, S("#")) && !str_starts(v, S("?")) &&
	    !str_starts(v, S("tel:")) && !str_starts(v, S("mailto:")) &&
	    !str_starts(v, S("sms:")) && !str_starts(v, S("https://")))
		stop(m, m->line,
		    "%.*s=\"%.*s\" is no URL of a kind we send: begin with '/', '#', '?', tel:, mailto: or "
		    "https://",
		    STR(m->attr), STR(v));
}

static void finish_value(struct maker *m)
{
	check_url(m);
	if (str_eq(m->tag, S("form")) && str_eq(m->attr, S("method")) &&
	    str_eq(lower(m, buf_text(&m->value)), S("post")))
		m->tag_posts = true;
	m->w.place = IN_TAG;
	m->w.needs_blank = true;
	m->value.n = 0;
	m->w.value_started = false;
}

static void start_tag(struct maker *m)
{
	size_t at = m->at + 1, from;

	m->end_tag = at < m->in.n && m->in.p[at] == '/';
	at += m->end_tag;
	from = at;
	while (at < m->in.n && (isalnum((unsigned char)m->in.p[at]) || m->in.p[at] == '-'))
		at++;
	if (at == from)
		stop(m, m->line,
		    at + 1 < m->in.n && m->in.p[at] == '{'
			? "an expression can't be a tag's name: write the tag out, with {{if}} around it"
			: "'<' begins no tag: write &lt; if the sign itself is meant");
	m->tag = lower(m, (struct str){ m->in.p + from, at - from });
	if (!m->pending || is_block(m->tag))
		m->pending = false;
	spend_blank(m);
	for (size_t i = m->at; i < at; i++)
		lit(m, m->in.p[i]);
	m->at = at;
	m->tag_line = m->line;
	m->self_closing = m->tag_posts = false;
	m->w.place = IN_TAG;
	m->w.needs_blank = true;
	m->w.n_attrs = 0;
}

static bool here(const struct maker *m, const char *what)
{
	return str_starts((struct str){ m->in.p + m->at, m->in.n - m->at }, str_of(what));
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void skip_comment(struct maker *m)
{
	int line = m->line;

	for (; !here(m, "-->"); m->at++) {
		if (m->at >= m->in.n)
			stop(m, line, "comment without an end: write -->");
		m->line += m->in.p[m->at] == '\n';
	}
	m->at += 3;
}

static bool keeps_space(const struct maker *m)
{
	return is_open(m, "pre");
}

/* Takes one character (or tag start, or comment) of static markup. */
static void take_static(struct maker *m)
{
	char c = m->in.p[m->at];
	bool blank = is_space(c);

	m->line += c == '\n';
	switch (m->w.place) {
	case TEXT:
		if (here(m, "<!--")) {
			skip_comment(m);
			return;
		}
		if (here(m, "<!")) {
			m->pending = false;
			while (m->at < m->in.n && m->in.p[m->at] != '>')
				lit(m, m->in.p[m->at++]);
			m->w.after_block = true;
			c = '>';
		} else if (c == '<') {
			start_tag(m);
			return;
		} else if (blank && !keeps_space(m)) {
			m->pending = true;
			m->at++;
			return;
		} else {
			spend_blank(m);
			m->w.after_block = false;
		}
		break;
	case RCDATA:
	case RAW: {
		struct str name = m->open[m->w.n_open - 1].name;

		if (here(m, "</") && m->at + 2 + name.n <= m->in.n &&
		    strncasecmp(m->in.p + m->at + 2, name.p, name.n) == 0) {
			m->pending = false;
			start_tag(m);
			return;
		}
		if (m->w.place == RAW && !blank)
			stop(m, m->line,
			    "a script inside a page is refused by our Content-Security-Policy: put it in a file "
			    "and name it with src=\"/...\"");
		break;
	}
	case TAG_NAME:
	case IN_TAG:
		if (c == '>') {
			lit(m, c);
			m->at++;
			finish_tag(m);
			return;
		}
		if (blank) {
			if (m->w.needs_blank)
				lit(m, ' ');
			m->w.needs_blank = false;
			m->at++;
			return;
		}
		if (c == '/') {
			if (m->at + 1 >= m->in.n || m->in.p[m->at + 1] != '>')
				stop(m, m->line, "'/' inside a tag: it may stand only before '>'");
			m->self_closing = true;
			break;
		}
		if (m->end_tag)
			stop(m, m->line, "an end tag takes no attributes: write </%.*s>",
			    STR(m->tag));
		if (c == '=' || c == '"' || c == '\'' || c == '<' || c == '{' || c == '}')
			stop(m, m->line,
			    "'%c' in the tag <%.*s>: an attribute's name is expected (is a quotation mark "
			    "missing?)",
			    c, STR(m->tag));
		if (m->w.needs_blank)
			stop(m, m->line, "a blank is missing before this attribute of <%.*s>",
			    STR(m->tag));
		m->attr = (struct str){ m->in.p + m->at, 0 };
		m->w.place = ATTR_NAME;
		return;
	case ATTR_NAME:
		if (blank || c == '>' || c == '/' || c == '=') {
			finish_attr_name(m);
			m->w.place = c == '=' ? AFTER_EQUALS : IN_TAG;
			if (c != '=') {
				m->line -= c == '\n';
				return;
			}
			break;
		}
		m->attr.n++;
		break;
	case AFTER_EQUALS:
		if (c != '"' && c != '\'')
			stop(m, m->line,
			    "the value of %.*s stands without quotation marks: write %.*s=\"...\"",
			    STR(m->attr), STR(m->attr));
		m->quote = c;
		m->value.n = 0;
		m->w.value_started = false;
		m->w.place = VALUE;
		break;
	case VALUE:
		if (c == m->quote)
			finish_value(m);
		else
			buf_char(&m->value, c);
		break;
	}
	if (m->at < m->in.n)
		lit(m, c);
	m->at++;
}

/* ---- directives ---- */

/* The text of the {{...}} that starts here, trimmed; moves behind it. */
static struct str take_directive(struct maker *m)
{
	size_t from = m->at + 2, at = from;
	int line = m->line, braces = 0;
	char quote = 0;

	for (;; at++) {
		char c = at < m->in.n ? m->in.p[at] : 0;

		if (at + 1 >= m->in.n || (c == '\n' && quote))
			stop(m, line,
			    quote ? "a quotation mark inside {{...}} is not closed"
				  : "{{ without }}: close it");
		if (quote) {
			if (c == '\\')
				at++;
			else if (c == quote)
				quote = 0;
			continue;
		}
		if (c == '"' || c == '\'')
			quote = c;
		else if (c == '{')
			braces++;
		else if (c == '}' && braces > 0)
			braces--;
		else if (c == '}' && m->in.p[at + 1] == '}')
			break;
		m->line += c == '\n';
	}
	m->at = at + 2;
	return str_trim((struct str){ m->in.p + from, at - from });
}

/* Cuts s at the first sep outside quotes and brackets; rest.p is NULL when there is none. */
static struct str cut_outside(struct str s, char sep, struct str *rest)
{
	int depth = 0;
	char quote = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quote) {
			if (c == '\\')
				i++;
			else if (c == quote)
				quote = 0;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '(' || c == '[' || c == '{') {
			depth++;
		} else if (c == ')' || c == ']' || c == '}') {
			depth--;
		} else if (c == sep && depth == 0) {
			*rest = str_trim((struct str){ s.p + i + 1, s.n - i - 1 });
			return str_trim((struct str){ s.p, i });
		}
	}
	*rest = (struct str){ 0 };
	return str_trim(s);
}

static bool is_name(struct str s)
{
	if (s.n == 0 || isdigit((unsigned char)s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!isalnum((unsigned char)s.p[i]) && s.p[i] != '_')
			return false;
	return true;
}

/* The name a declaration gives: its last word. */
static struct str declared(struct str decl)
{
	size_t at = decl.n;

	while (at > 0 && (isalnum((unsigned char)decl.p[at - 1]) || decl.p[at - 1] == '_'))
		at--;
	return (struct str){ decl.p + at, decl.n - at };
}

static void put_unused(struct maker *m, struct str args)
{
	buf_str(&m->c, S("\t(void)h;\n"));
	for (struct str rest = args; rest.n;) {
		struct str one = cut_outside(rest, ',', &rest);

		if (one.n)
			buf_fmt(&m->c, "\t(void)%.*s;\n", STR(declared(one)));
	}
}

static void put_function(struct maker *m, const char *part)
{
	const char *comma = m->view_arg.n ? ", " : "";

	buf_fmt(&m->h, "void %.*s%s_html(struct html *h%s%.*s);\n", STR(m->view), part, comma,
	    STR(m->view_arg));
	buf_fmt(&m->c, "\nvoid %.*s%s_html(struct html *h%s%.*s)\n{\n", STR(m->view), part, comma,
	    STR(m->view_arg));
	put_unused(m, m->view_arg);
}

static struct block *push_block(struct maker *m, enum block_kind kind, int line)
{
	if (m->n_blocks == DEPTH)
		stop(m, line, "more than %d blocks inside each other: split the view", DEPTH);
	m->w.value_n = m->value.n;
	m->blocks[m->n_blocks] = (struct block){ .kind = kind, .line = line, .start = m->w };
	return &m->blocks[m->n_blocks++];
}

static const char *place_name(enum place p)
{
	switch (p) {
	case TEXT:
		return "in text";
	case TAG_NAME:
	case IN_TAG:
		return "inside a tag";
	case ATTR_NAME:
		return "in an attribute's name";
	case AFTER_EQUALS:
		return "before an attribute's value";
	case VALUE:
		return "in an attribute's value";
	case RCDATA:
		return "in <title> or <textarea>";
	case RAW:
		return "in <script>";
	}
	return "?";
}

/* One branch of a block ends here: it must leave the page where it found it. */
static void end_branch(struct maker *m, struct block *b, int line, bool first)
{
	if (m->w.place == VALUE)
		check_url(m);
	if (m->w.place == TEXT)
		pop_optional(m, b->start.n_open);
	if (m->w.place != b->start.place)
		stop(m, line,
		    "this branch begins %s (line %d) and ends %s: begin and end it at the same place",
		    place_name(b->start.place), b->line, place_name(m->w.place));
	if (m->w.n_open > b->start.n_open)
		stop(m, line,
		    "<%.*s> of line %d is still open where its {{...}} block ends: close it first",
		    STR(m->open[m->w.n_open - 1].name), m->open[m->w.n_open - 1].line);
	if (first) {
		b->merged = m->w;
		return;
	}
	b->merged.needs_blank |= m->w.needs_blank;
	b->merged.value_started |= m->w.value_started;
	b->merged.after_block &= m->w.after_block;
}

static void next_branch(struct maker *m, struct block *b)
{
	m->w = b->start;
	m->value.n = b->start.value_n;
}

static void settle_name(struct maker *m, int line)
{
	if (m->w.place == ATTR_NAME) {
		finish_attr_name(m);
		m->w.place = IN_TAG;
	}
	if (m->w.place == AFTER_EQUALS || m->w.place == RAW || m->w.place == TAG_NAME)
		stop(m, line, "{{...}} can't stand %s%s", place_name(m->w.place),
		    m->w.place == AFTER_EQUALS ? ": put quotation marks around it" : "");
}

static void need_text(struct maker *m, int line, const char *what)
{
	if (m->w.place != TEXT)
		stop(m, line, "{{%s}} can't stand %s: it writes markup", what,
		    place_name(m->w.place));
	spend_blank(m);
	m->w.after_block = false;
	for (int i = 0; i < m->w.n_open; i++)
		m->open[i].has_csrf = true; /* a called view may hold the field */
}

/* Before something of the program's is written: is it allowed here, and as what? */
static const char *escaper(struct maker *m, int line, struct str e)
{
	struct str v = lower(m, buf_text(&m->value));

	switch (m->w.place) {
	case TEXT:
		spend_blank(m);
		m->w.after_block = false;
		return "html_put";
	case RCDATA:
		return "html_put";
	case VALUE:
		break;
	case TAG_NAME:
	case IN_TAG:
	case ATTR_NAME:
	case AFTER_EQUALS:
	case RAW:
		stop(m, line, "{{%.*s}} stands %s, where nothing can be escaped: %s", STR(e),
		    place_name(m->w.place),
		    m->w.place == AFTER_EQUALS ? "put quotation marks around the value"
					       : "use {{if}} around static markup");
	}
	if (one_of(m->attr, "srcdoc srcset http-equiv"))
		stop(m, line, "no expression may stand in the attribute %.*s", STR(m->attr));
	if (!is_url(m->attr)) {
		m->w.value_started = true;
		return "html_put_attr";
	}
	check_url(m);
	if (str_starts(v, S("https://")) && !m->w.value_started && !memchr(v.p + 8, '/', v.n - 8))
		stop(m, line,
		    "the host in %.*s must be static: write it out with the '/' behind it",
		    STR(m->attr));
	if (m->value.n == 0 && !m->w.value_started) {
		m->w.value_started = true;
		return "html_put_url";
	}
	m->w.value_started = true;
	return str_starts(v, S("tel:")) || str_starts(v, S("sms:")) ? "html_put_tel"
								    : "html_put_part";
}

static void need_args(struct maker *m, int line, struct str e, const char *how)
{
	if (e.n == 0)
		stop(m, line, "something is missing here: write %s", how);
}

/* Where a message stands, as html_msg knows it. */
static const char *message_place(struct maker *m, int line, struct str key)
{
	if (m->w.place == VALUE && is_url(m->attr))
		stop(m, line, "a message can't be a URL: write the path out");
	escaper(m, line, key);
	if (m->w.place == VALUE)
		return "HTML_ATTR";
	if (m->w.place == RCDATA || is_open(m, "option") || is_open(m, "svg"))
		return "HTML_BARE"; /* no element may stand inside */
	return "HTML_TEXT";
}

static void put_msg_call(
    struct maker *m, const char *place, const char *prefix, struct str key, struct str args, int n)
{
	buf_fmt(&m->c, "\thtml_msg(h, %s, %s(%.*s), ", place, prefix, STR(key));
	if (n == 0) {
		buf_str(&m->c, S("NULL, 0);\n"));
		return;
	}
	buf_str(&m->c, S("(const struct msg_arg[]){ "));
	for (struct str rest = args; rest.n;) {
		struct str one = cut_outside(rest, ',', &rest);

		buf_fmt(&m->c, "msg_arg(%.*s), ", STR(one));
	}
	buf_fmt(&m->c, "}, %d);\n", n);
}

/* {{t key}}, {{tn key : count}}, and {{tx EXPRESSION}} for a message that data choose. */
static void put_message(struct maker *m, int line, struct str word, struct str e)
{
	bool plural = str_eq(word, S("tn")), chosen = str_eq(word, S("tx"));
	const char *how = plural   ? "{{tn key : count}}"
			  : chosen ? "{{tx EXPRESSION}}"
				   : "{{t key}}";
	struct str args, key = cut_outside(e, ':', &args);
	const char *place;
	int n = 0;

	need_args(m, line, key, how);
	if (!chosen && !is_name(key))
		stop(m, line, "'%.*s' is no message key: write %s", STR(key), how);
	if (plural && args.n == 0)
		stop(m, line, "{{tn %.*s}} counts nothing: write {{tn %.*s : count}}", STR(key),
		    STR(key));
	place = message_place(m, line, key);
	for (struct str rest = args; rest.n; n++)
		if (cut_outside(rest, ',', &rest).n == 0)
			stop(
			    m, line, "an argument of %.*s is missing between the commas", STR(key));
	mark_line(m, line);
	if (!chosen) {
		buf_fmt(&m->c,
		    "\t_Static_assert(MSG_ARGS_%.*s == %d, \"the message takes another number of "
		    "arguments\");\n",
		    STR(key), n);
		buf_fmt(&m->c, "\t_Static_assert(MSG_PLURAL_%.*s == %d, \"%s\");\n", STR(key),
		    plural,
		    plural ? "the message has no plural forms: use {{t}}"
			   : "the message has plural forms: use {{tn}}");
		key = str_fmt(m->mem, "MSG_%.*s", STR(key));
	}
	put_msg_call(m, place, chosen ? "(int)" : "", key, args, n);
}

static void put_each(struct maker *m, int line, struct str e)
{
	struct str list, decl = cut_outside(e, ':', &list), name = declared(decl);

	if (list.n == 0 || !is_name(name) || !str_has(decl, S("*")))
		stop(m, line, "{{each %.*s}}: write {{each const struct x *p : list}}", STR(e));
	mark_line(m, line);
	buf_fmt(&m->c,
	    "\tfor (size_t i_%d = 0; i_%d < (size_t)(%.*s).n; i_%d++) {\n\t%.*s = &(%.*s).v[i_%d];\n"
	    "\t(void)%.*s;\n",
	    m->n_loops, m->n_loops, STR(list), m->n_loops, STR(decl), STR(list), m->n_loops,
	    STR(name));
	m->n_loops++;
}

static void put_call(struct maker *m, int line, struct str e, const char *part, const char *how)
{
	struct str arg, view = cut_outside(e, ':', &arg);

	if (!is_name(view))
		stop(m, line, "'%.*s' is no view: write %s", STR(view), how);
	mark_line(m, line);
	buf_fmt(&m->c, "\t%.*s%s_html(h%s%.*s);\n", STR(view), part, arg.n ? ", " : "", STR(arg));
}

static void end_view(struct maker *m, int line)
{
	m->pending = false;
	if (m->w.place != TEXT)
		stop(m, line, "the view ends %s: close what is open", place_name(m->w.place));
	pop_optional(m, 0);
	if (m->w.n_open)
		stop(m, line, "<%.*s> of line %d is still open where the view ends: write </%.*s>",
		    STR(m->open[m->w.n_open - 1].name), m->open[m->w.n_open - 1].line,
		    STR(m->open[m->w.n_open - 1].name));
	flush(m);
	buf_str(&m->c, S("}\n"));
	m->in_view = false;
}

static void put_end(struct maker *m, int line)
{
	struct block *b;

	if (m->n_blocks == 0)
		stop(m, line, "{{end}} ends nothing: no block is open");
	b = &m->blocks[m->n_blocks - 1];
	if (b->kind == VIEW) {
		end_view(m, line);
		m->n_blocks--;
		return;
	}
	settle_name(m, line);
	end_branch(m, b, line, b->kind != IF || (!b->has_else && b->merged.n_open == -1));
	if (b->kind == WITHIN) {
		flush(m);
		m->pending = false;
		m->n_blocks--;
		mark_line(m, b->line);
		buf_fmt(&m->c, "\t%.*s_end_html(h%s%.*s);\n\t}\n", STR(b->view),
		    b->arg.n ? ", " : "", STR(b->arg));
		m->w.after_block = false;
		return;
	}
	spend_blank(m);
	flush(m);
	buf_str(&m->c, S("\t}\n"));
	if (!b->has_else) { /* nothing may have been written at all */
		b->merged.needs_blank |= b->start.needs_blank;
		b->merged.value_started |= b->start.value_started;
		b->merged.after_block &= b->start.after_block;
	}
	m->w = b->merged;
	m->n_blocks--;
}

static void put_else(struct maker *m, int line, struct str cond, bool is_else)
{
	struct block *b = m->n_blocks ? &m->blocks[m->n_blocks - 1] : NULL;

	if (!b || b->kind != IF)
		stop(m, line, "{{%s}} stands in no {{if}}%s", is_else ? "else" : "elif",
		    b && b->kind == EACH ? ": close the {{each}} of this line's block first" : "");
	if (b->has_else)
		stop(m, line, "{{%s}} after {{else}}: {{else}} comes last",
		    is_else ? "else" : "elif");
	settle_name(m, line);
	end_branch(m, b, line, b->merged.n_open == -1);
	spend_blank(m);
	flush(m);
	next_branch(m, b);
	b->has_else = is_else;
	if (is_else) {
		buf_str(&m->c, S("\t} else {\n"));
		return;
	}
	need_args(m, line, cond, "{{elif EXPRESSION}}");
	buf_fmt(&m->c, "\t} else if (%.*s) {\n", STR(cond));
}

static void put_view(struct maker *m, int line, struct str e)
{
	m->view = cut_outside(e, ':', &m->view_arg);
	if (m->in_view)
		stop(
		    m, line, "{{view}} inside the view %.*s: is an {{end}} missing?", STR(m->view));
	if (!is_name(m->view))
		stop(m, line,
		    "'%.*s' is no name for a view: write {{view name : const struct x *v}}",
		    STR(m->view));
	m->w = (struct where){ .place = TEXT, .after_block = true };
	push_block(m, VIEW, line);
	m->in_view = true;
	m->has_body = false;
	m->pending = false;
	/* Whether it is a layout is known at its {{body}}: look ahead. */
	struct str rest = { m->in.p + m->at, m->in.n - m->at };
	const char *body = rest.n ? memmem(rest.p, rest.n, "{{body}}", 8) : NULL;
	const char *next = rest.n ? memmem(rest.p, rest.n, "{{view ", 7) : NULL;
	m->has_body = body && (!next || body < next);
	mark_line(m, line);
	put_function(m, m->has_body ? "_begin" : "");
}

static void put_body(struct maker *m, int line)
{
	need_text(m, line, "body");
	if (m->n_blocks != 1 || !m->has_body)
		stop(m, line, "{{body}} stands once in a view and in no {{if}} or {{each}}");
	m->has_body = false;
	flush(m);
	buf_str(&m->c, S("}\n"));
	put_function(m, "_end");
	m->w.after_block = true;
}

static struct str word_of(struct str e, struct str *rest)
{
	size_t n = 0;

	while (n < e.n && (isalnum((unsigned char)e.p[n]) || e.p[n] == '_'))
		n++;
	*rest = str_trim((struct str){ e.p + n, e.n - n });
	return n < e.n && !is_space(e.p[n]) ? (struct str){ e.p, 0 } : (struct str){ e.p, n };
}

static void put_block_start(struct maker *m, int line, struct str word, struct str rest)
{
	struct block *b;

	settle_name(m, line);
	if (str_eq(word, S("within"))) {
		struct str arg, view = cut_outside(rest, ':', &arg);

		need_text(m, line, "within");
		flush(m);
		buf_str(&m->c, S("\t{\n"));
		put_call(m, line, rest, "_begin", "{{within VIEW : ARG}}");
		b = push_block(m, WITHIN, line);
		b->view = view;
		b->arg = arg;
		m->w.after_block = true;
		return;
	}
	if (!str_eq(word, S("if")) || m->w.place != TEXT)
		spend_blank(m);
	if (str_eq(word, S("if"))) {
		need_args(m, line, rest, "{{if EXPRESSION}}");
		spend_blank(m);
		b = push_block(m, IF, line);
		b->merged.n_open = -1; /* no branch has ended yet */
		mark_line(m, line);
		buf_fmt(&m->c, "\tif (%.*s) {\n", STR(rest));
		return;
	}
	m->w.after_block = false; /* the second time, something stands before */
	push_block(m, EACH, line);
	put_each(m, line, rest);
}

static void put_expression(struct maker *m, int line, struct str e)
{
	struct str rest, word = word_of(e, &rest);
	const char *put;

	need_args(m, line, e, "{{EXPRESSION}}");
	if (word.n && rest.n && (isalpha((unsigned char)rest.p[0]) || rest.p[0] == '"') &&
	    !one_of(word, "sizeof"))
		stop(m, line,
		    "unknown directive {{%.*s ...}}: known are if elif else each end t tn tx raw call "
		    "within body csrf let view include",
		    STR(word));
	if (memchr(e.p, ';', e.n))
		stop(m, line, "';' in an expression: {{...}} holds one C expression");
	put = escaper(m, line, e);
	mark_line(m, line);
	buf_fmt(&m->c, "\t%s(h, %.*s);\n", put, STR(e));
}

static void take(struct maker *m)
{
	int line = m->line;
	struct str e = take_directive(m), rest, word = word_of(e, &rest);

	if (str_eq(word, S("include"))) {
		if (m->in_view || rest.n < 3 || rest.p[0] != '"')
			stop(m, line, "{{include \"room/x.h\"}} stands before the first view");
		buf_fmt(&m->h, "#include %.*s\n", STR(rest));
		return;
	}
	if (str_eq(word, S("view"))) {
		put_view(m, line, rest);
		return;
	}
	if (!m->in_view)
		stop(m, line,
		    "{{%.*s}} stands outside every view: begin with {{view name : const struct x *v}}",
		    STR(e));
	if (one_of(word, "if each within"))
		put_block_start(m, line, word, rest);
	else if (str_eq(word, S("elif")))
		put_else(m, line, rest, false);
	else if (str_eq(e, S("else")))
		put_else(m, line, rest, true);
	else if (str_eq(e, S("end")))
		put_end(m, line);
	else if (str_eq(e, S("body")))
		put_body(m, line);
	else if (one_of(word, "t tn tx") && rest.n)
		put_message(m, line, word, rest);
	else if (str_eq(e, S("csrf"))) {
		need_text(m, line, "csrf");
		flush(m);
		buf_str(&m->c, S("\thtml_csrf(h);\n"));
	} else if (str_eq(word, S("call"))) {
		need_text(m, line, "call");
		put_call(m, line, rest, "", "{{call VIEW : ARG}}");
	} else if (str_eq(word, S("raw"))) {
		need_text(m, line, "raw");
		need_args(m, line, rest, "{{raw EXPRESSION}}");
		mark_line(m, line);
		buf_fmt(&m->c, "\thtml_put_raw(h, %.*s);\n", STR(rest));
	} else if (str_eq(word, S("let"))) {
		if (!memchr(rest.p, '=', rest.n))
			stop(m, line, "{{let %.*s}}: write {{let TYPE NAME = EXPRESSION}}",
			    STR(rest));
		mark_line(m, line);
		buf_fmt(&m->c, "\t%.*s;\n", STR(rest));
	} else
		put_expression(m, line, e);
}

static void make(struct maker *m)
{
	while (m->at < m->in.n) {
		if (here(m, "{{")) {
			take(m);
		} else if (m->in_view) {
			take_static(m);
		} else if (here(m, "<!--")) {
			skip_comment(m);
		} else if (is_space(m->in.p[m->at])) {
			m->line += m->in.p[m->at++] == '\n';
		} else {
			stop(m, m->line,
			    "markup outside every view: begin with {{view name : const struct x *v}}");
		}
	}
	if (m->n_blocks) {
		const struct block *b = &m->blocks[m->n_blocks - 1];

		stop(m, b->line, "this {{%s}} has no {{end}}",
		    b->kind == VIEW   ? "view"
		    : b->kind == IF   ? "if"
		    : b->kind == EACH ? "each"
				      : "within");
	}
}

/* ---- files ---- */

static struct str read_file(struct arena *mem, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct buf b;
	char part[4096];
	size_t n;

	if (!f) {
		fprintf(stderr, "%s:1: can't be read\n", path);
		exit(1);
	}
	buf_init(&b, mem, 4096);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_put(&b, part, n);
	fclose(f);
	return buf_text(&b);
}

static void write_file(const char *path, struct str text)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0) {
		fprintf(stderr, "%s:1: can't be written\n", path);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	struct arena mem;
	struct maker *m;
	struct buf h, c;
	struct str guard;

	if (argc < 5) {
		fprintf(stderr, "use: templates OUT.h OUT.c HEADER_NAME FILE.html...\n");
		return 1;
	}
	arena_init(&mem, (size_t)256 << 20);
	m = arena_new(&mem, struct maker);
	buf_init(&h, &mem, 4096);
	buf_init(&c, &mem, 65536);
	guard = str_copy(&mem, str_of(argv[3]));
	for (size_t i = 0; i < guard.n; i++)
		((char *)guard.p)[i] =
		    (char)(isalnum((unsigned char)guard.p[i]) ? toupper(guard.p[i]) : '_');
	buf_fmt(&h,
	    "/* Made by gen/templates. */\n#ifndef %.*s\n#define %.*s\n\n#include \"html/html.h\"\n",
	    STR(guard), STR(guard));
	buf_fmt(
	    &c, "/* Made by gen/templates. */\n#include \"%s\"\n\n#include \"msg.h\"\n", argv[3]);
	for (int i = 4; i < argc; i++) {
		*m = (struct maker){ .mem = &mem, .file = argv[i], .line = 1, .h = h, .c = c };
		m->in = read_file(&mem, argv[i]);
		buf_init(&m->lit, &mem, 4096);
		buf_init(&m->value, &mem, 256);
		make(m);
		h = m->h;
		c = m->c;
	}
	buf_str(&h, S("\n#endif\n"));
	write_file(argv[1], buf_text(&h));
	write_file(argv[2], buf_text(&c));
	arena_fini(&mem);
	return 0;
}
