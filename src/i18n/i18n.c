#include "i18n/i18n.h"

#include <string.h>

#include "base/err.h"

const struct msg_form *i18n_form(
    const struct i18n *l, int msg, int64_t count, const struct i18n **from)
{
	const struct msg_entry *e;
	unsigned form = 0;

	must(msg > 0 && msg < l->n_entries);
	while (l->entries[msg].n == 0) {
		must(l->behind != NULL); /* Swedish is whole: the build holds it */
		l = l->behind;
	}
	e = &l->entries[msg];
	if (e->n > 1)
		form = l->plural(count < 0 ? 0 - (uint64_t)count : (uint64_t)count);
	must(form < (unsigned)e->n);
	*from = l;
	return &e->forms[form];
}

int64_t i18n_count(const struct msg_arg *args, int n)
{
	return n > 0 && args[0].type == MSG_ARG_INT ? args[0].i : 0;
}

struct str i18n_arg(struct arena *mem, const struct i18n *l, struct date today,
    const struct msg_seg *seg, const struct msg_arg *args, int n)
{
	const struct msg_arg *a;
	enum i18n_style style = (enum i18n_style)seg->style;

	must(seg->arg >= 1 && seg->arg <= n);
	a = &args[seg->arg - 1];
	switch (a->type) {
	case MSG_ARG_TEXT:
		must(style == I18N_PLAIN);
		return a->s;
	case MSG_ARG_DATE:
		must(style != I18N_TIME && style != I18N_CLOCK && style != I18N_NUM);
		return i18n_date(mem, l, today, style, a->d);
	case MSG_ARG_INT:
		if (style == I18N_PLAIN)
			return str_of_i64(mem, a->i);
		if (style == I18N_NUM)
			return i18n_number(mem, l, a->i);
		return i18n_instant(mem, l, today, style, a->i);
	}
	must(false);
	return (struct str){ 0 };
}

struct str i18n_text(struct arena *mem, const struct i18n *l, struct date today, int msg,
    const struct msg_arg *args, int n)
{
	const struct i18n *from;
	const struct msg_form *form = i18n_form(l, msg, i18n_count(args, n), &from);
	struct buf b;

	buf_init(&b, mem, 128);
	for (int i = 0; i < form->n; i++) {
		buf_put(&b, form->v[i].p, form->v[i].n);
		if (form->v[i].arg)
			buf_str(&b, i18n_arg(mem, from, today, &form->v[i], args, n));
	}
	return buf_text(&b);
}

static bool same_tag(struct str a, const char *b)
{
	return a.n == strlen(b) && strncasecmp(a.p, b, a.n) == 0;
}

const struct i18n *i18n_by_tag(struct str tag)
{
	for (int i = 0; i < i18n_langs_n; i++)
		if (same_tag(tag, i18n_langs[i]->tag))
			return i18n_langs[i];
	return NULL;
}

/* "0.8" as 800; 1000 when left out; -1: not one (RFC 9110 12.4.2). */
static int quality(struct str params)
{
	struct str q = str_trim(params);
	int v, place = 100;

	if (q.n == 0)
		return 1000;
	if (q.n < 3 || (q.p[0] != 'q' && q.p[0] != 'Q') || q.p[1] != '=' || q.n > 7 ||
	    (q.p[2] != '0' && q.p[2] != '1') || (q.n > 3 && q.p[3] != '.'))
		return -1;
	v = (q.p[2] - '0') * 1000;
	for (size_t i = 4; i < q.n; i++, place /= 10) {
		if (q.p[i] < '0' || q.p[i] > '9')
			return -1;
		v += (q.p[i] - '0') * place;
	}
	return v <= 1000 ? v : -1;
}

/* The language a range asks for: by its whole tag, else by ever shorter beginnings of it (RFC 4647
 * 3.4, lookup). */
static const struct i18n *lookup(struct str range)
{
	while (range.n) {
		const struct i18n *l = i18n_by_tag(range);

		if (l)
			return l;
		while (range.n && range.p[range.n - 1] != '-')
			range.n--;
		range.n -= range.n > 0;
	}
	return NULL;
}

const struct i18n *i18n_choose(struct str chosen, struct str accept_language)
{
	const struct i18n *best = i18n_by_tag(chosen);
	int best_q = 0;

	if (best)
		return best;
	for (int i = 0; i < 32 && accept_language.n; i++) {
		struct str part = str_cut(&accept_language, ','), range = str_cut(&part, ';');
		const struct i18n *l = lookup(str_trim(range));
		int q = quality(part);

		if (l && q > best_q) { /* the first of equals */
			best = l;
			best_q = q;
		}
	}
	return best ? best : i18n_langs[0];
}
