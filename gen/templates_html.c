/* The HTML machine of gen/templates: where in the markup each byte stands, and whether it balances.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "templates.h"

void stop(const struct maker *m, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", m->file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

bool one_of(struct str name, const char *list)
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

bool is_url(struct str attr)
{
	return one_of(attr,
	    "href src action formaction poster cite data ping manifest background xlink:href");
}

struct str lower(struct maker *m, struct str s)
{
	char *p = arena_take(m->mem, s.n + 1, 1, 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)tolower((unsigned char)s.p[i]);
	return (struct str){ p, s.n };
}

bool is_open(const struct maker *m, const char *tag)
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

void flush(struct maker *m)
{
	if (m->lit.n == 0)
		return;
	buf_str(&m->c, S("\thtml_lit(h, "));
	put_c_text(&m->c, buf_text(&m->lit));
	buf_fmt(&m->c, ", %zu);\n", m->lit.n);
	m->lit.n = 0;
}

void lit(struct maker *m, char c)
{
	buf_char(&m->lit, c);
}

/* The compiler's messages about an expression name the template's line. */
void mark_line(struct maker *m, int line)
{
	flush(m);
	buf_fmt(&m->c, "#line %d ", line);
	put_c_text(&m->c, str_of(m->file));
	buf_char(&m->c, '\n');
}

void spend_blank(struct maker *m)
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

void pop_optional(struct maker *m, int least)
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

void finish_attr_name(struct maker *m)
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
void check_url(struct maker *m)
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

bool here(const struct maker *m, const char *what)
{
	return str_starts((struct str){ m->in.p + m->at, m->in.n - m->at }, str_of(what));
}

bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

void skip_comment(struct maker *m)
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
void take_static(struct maker *m)
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
