/* Plural rules: the C subset of gettext, checked, tried and written out with all brackets. */
#include <ctype.h>
#include <gettext-po.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"

/* ---- plural rules: the C subset of gettext, checked, tried and written out with all brackets ----
 */

struct rule {
	struct all *a;
	const char *file, *p;
	uint64_t n; /* the number tried */
	struct buf out;
	bool bad;
};

static uint64_t rule_cond(struct rule *r);

static bool eat(struct rule *r, const char *op)
{
	size_t n = strlen(op);

	while (isspace((unsigned char)*r->p))
		r->p++;
	if (strncmp(r->p, op, n) != 0)
		return false;
	if (n == 1 && strchr("<>!=", *op) && r->p[1] == '=')
		return false;
	r->p += n;
	return true;
}

static uint64_t rule_value(struct rule *r)
{
	if (eat(r, "!")) {
		buf_str(&r->out, S("!"));
		return !rule_value(r);
	}
	if (eat(r, "(")) {
		uint64_t v;

		buf_char(&r->out, '(');
		v = rule_cond(r);
		r->bad |= !eat(r, ")");
		buf_char(&r->out, ')');
		return v;
	}
	if (eat(r, "n")) {
		buf_char(&r->out, 'n');
		return r->n;
	}
	if (isdigit((unsigned char)*r->p)) {
		char *end;
		uint64_t v = strtoull(r->p, &end, 10);

		r->p = end;
		buf_fmt(&r->out, "%lluu", (unsigned long long)v);
		return v;
	}
	r->bad = true;
	return 0;
}

static uint64_t rule_op(const char *op, uint64_t x, uint64_t y, bool *bad)
{
	switch (op[0]) {
	case '*':
		return x * y;
	case '/':
	case '%':
		*bad |= y == 0;
		return y == 0 ? 0 : op[0] == '/' ? x / y : x % y;
	case '+':
		return x + y;
	case '-':
		return x - y;
	case '<':
		return op[1] ? x <= y : x < y;
	case '>':
		return op[1] ? x >= y : x > y;
	case '=':
		return x == y;
	case '!':
		return x != y;
	case '&':
		return x && y;
	default:
		return x || y;
	}
}

/* Binary operators by how tightly they bind, loosest first. */
static uint64_t rule_level(struct rule *r, int level)
{
	static const char *const ops[6][5] = { { "||" }, { "&&" }, { "==", "!=" },
		{ "<=", ">=", "<", ">" }, { "+", "-" }, { "*", "/", "%" } };
	size_t start = r->out.n;
	uint64_t v;

	if (level == 6)
		return rule_value(r);
	v = rule_level(r, level + 1);
	for (int i = 0; i < 5 && ops[level][i];) {
		struct str left;

		if (!eat(r, ops[level][i])) {
			i++;
			continue;
		}
		left = str_copy(r->a->mem, (struct str){ r->out.p + start, r->out.n - start });
		r->out.n = start;
		buf_fmt(&r->out, "(%.*s %s ", STR(left), ops[level][i]);
		v = rule_op(ops[level][i], v, rule_level(r, level + 1), &r->bad);
		buf_char(&r->out, ')');
		i = 0;
	}
	return v;
}

static uint64_t rule_cond(struct rule *r)
{
	size_t start = r->out.n;
	uint64_t v = rule_level(r, 0), yes, no;
	struct str left;

	if (!eat(r, "?"))
		return v;
	left = str_copy(r->a->mem, (struct str){ r->out.p + start, r->out.n - start });
	r->out.n = start;
	buf_fmt(&r->out, "(%.*s ? ", STR(left));
	yes = rule_cond(r);
	r->bad |= !eat(r, ":");
	buf_str(&r->out, S(" : "));
	no = rule_cond(r);
	buf_char(&r->out, ')');
	return v ? yes : no;
}

void compile_rule(struct all *a, struct lang *l, const char *header)
{
	const char *at = header ? strstr(header, "nplurals=") : NULL;
	const char *plural = at ? strstr(at, "plural=") : NULL;
	struct rule r = { .a = a, .file = l->file };
	unsigned seen = 0;

	while (plural && plural > at && plural[-1] == 'n') /* not the one in nplurals */
		plural = strstr(plural + 7, "plural=");
	l->n_plurals = at ? atoi(at + 9) : 0;
	if (!plural || l->n_plurals < 1 || l->n_plurals > FORMS) {
		wrong(a, l->file, 1,
		    "the header lacks a Plural-Forms line like \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"");
		l->n_plurals = 1;
		return;
	}
	for (uint64_t n = 0; n <= 1000 && !r.bad; n++) {
		uint64_t v;

		r.p = plural + 7;
		r.n = n;
		buf_init(&r.out, a->mem, 256);
		v = rule_cond(&r);
		if (v >= (uint64_t)l->n_plurals) {
			wrong(a, l->file, 1,
			    "the plural rule gives form %llu for n = %llu, but nplurals is %d",
			    (unsigned long long)v, (unsigned long long)n, l->n_plurals);
			return;
		}
		seen |= 1u << v;
	}
	r.bad |= !eat(&r, ";") && *r.p != '\0';
	if (r.bad)
		wrong(a, l->file, 1, "the plural rule can't be read at '%.20s'", r.p);
	else if (seen != (1u << l->n_plurals) - 1)
		wrong(
		    a, l->file, 1, "the plural rule never gives one of its %d forms", l->n_plurals);
	l->rule = buf_text(&r.out);
}
