/*
 * Text from outside through what shows it: the language a browser asks for, the normal form of
 * input, and the escapers, whose result never leaves its place in the page.
 */
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "html/html.h"
#include "i18n/i18n.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool has_any(struct str s, const char *bytes)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] && strchr(bytes, s.p[i]))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena mem;
	struct str s = { (const char *)data, n }, first, rest = s;
	struct html h;

	if (!mem.base)
		arena_init(&mem, (size_t)64 << 20);
	first = str_cut(&rest, '\n');
	must(i18n_choose(first, rest) != NULL);
	if (str_is_clean(s)) {
		struct str nfc = i18n_nfc(&mem, s);

		must(str_is_clean(nfc));
		must(str_eq(nfc, i18n_nfc(&mem, nfc))); /* once is enough */
		must(i18n_collate(i18n_langs[0], s, nfc) == 0 || s.n > 512);
		must(i18n_collate(i18n_langs[0], first, rest) ==
		     -i18n_collate(i18n_langs[0], rest, first));
	}
	html_init(&h, &mem, i18n_langs[0], (struct date){ 2026, 11, 21 });
	html_text(&h, s);
	must(!has_any(buf_text(&h.out), "<>\"'"));
	h.out.n = 0;
	html_attr(&h, s);
	must(!has_any(buf_text(&h.out), "<>\"'\n\r\t"));
	h.out.n = 0;
	html_part(&h, s);
	must(!has_any(buf_text(&h.out), "<>\"'\n\r\t /?#&:=\\"));
	h.out.n = 0;
	html_url(&h, s);
	must(h.out.n > 0 && (strchr("/#?", h.out.p[0]) || str_starts(buf_text(&h.out), S("tel:")) ||
				str_starts(buf_text(&h.out), S("mailto:"))));
	must(!str_starts(buf_text(&h.out), S("//")));
	must(!has_any(buf_text(&h.out), "<>\"'\n\r\t \\"));
	arena_rewind(&mem, 0);
	return 0;
}
