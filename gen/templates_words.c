/* The directives of gen/templates: what stands in {{ and }}, and the C it becomes. Long:
 * each directive is read beside the one that ends it. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "templates.h"

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

void take(struct maker *m)
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

void make(struct maker *m)
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
