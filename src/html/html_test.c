#include "t.h"

#include <string.h>

#include "html/html.h"
#include "msg.h"
#include "pen_html.h"
#include "pen_msg.h"

static const struct date today = { 2026, 11, 21 };

static struct html page_in(const struct i18n *l)
{
	struct html h;

	html_init(&h, t_mem(), l, today);
	h.csrf = S("k3y\"");
	return h;
}

TEST(html_template_every_construct)
{
	static const struct pen_row rows[] = {
		{ 7, S("A & <b>"), { 2026, 3, 2 }, true },
		{ 8, S("Åsa"), { 0 }, false },
	};
	struct pen v = { .title = S("T\"<i>"),
		.link = S("javascript:alert(1)"),
		.phone = S("+46 (0)16-12"),
		.n = 3,
		.raw_size = 9,
		.ready = html_raw(S("<hr>")),
		.rows = { rows, 2 } };
	struct html h = page_in(i18n_langs[0]);

	pen_html(&h, &v);
	assert_str(buf_text(&h.out),
	    "<!doctype html><html lang=\"sv\" dir=\"ltr\"><head><title>T&quot;&lt;i&gt;</title></head>"
	    "<body><main><h1 title=\"T&quot;&lt;i&gt;\">T&quot;&lt;i&gt;</h1><ul>"
	    "<li class=\"row late\"><a href=\"/rows/7?q=A%20%26%20%3Cb%3E#7\">A &amp; &lt;b&gt;</a> "
	    "<time datetime=\"2026-03-02\">2 mars</time> <span>7x</span> "
	    "<li class=\"row\"><a href=\"/rows/8?q=%C3%85sa#8\">Åsa</a> "
	    "<time datetime=\"\"></time> <span>8x</span> </ul>"
	    "<a href=\"#\">link</a> <a href=\"tel:+4601612\">call</a><pre>\n a  b </pre>"
	    "<form method=\"post\" action=\"/save\">"
	    "<input type=\"hidden\" name=\"csrf\" value=\"k3y&quot;\"> <textarea name=\"t\">\n"
	    "T&quot;&lt;i&gt;</textarea> <input type=\"text\" value=\"3\" required></form>"
	    "<p>6, -1, 9, a&lt;b <hr> <b>a</b> <i>b</i></p><p>Vi hittar inte sidan, Till första sidan</p>"
	    "<p title=\"Det är vårt fel, inte ditt. Inget nytt har sparats. Det som var sparat finns kvar. "
	    "Försök igen om en stund. Ringer du oss, nämn felets nummer: T&quot;&lt;i&gt;\">"
	    "Det är vårt fel, inte ditt. Inget nytt har sparats. Det som var sparat finns kvar. "
	    "Försök igen om en stund. Ringer du oss, nämn felets nummer: 3</p></main></body></html>");
}

TEST(html_template_other_branches)
{
	struct pen v = { .n = 6 };
	struct html h = page_in(i18n_langs[0]);

	pen_html(&h, &v);
	assert_true(str_has(buf_text(&h.out), S("<p>many</p>")));
	assert_false(str_has(buf_text(&h.out), S("<ul>")));
	v.n = 0;
	h = page_in(i18n_langs[0]);
	pen_html(&h, &v);
	assert_true(str_has(buf_text(&h.out), S("<p>none</p>")));
	assert_true(str_has(buf_text(&h.out), S("value=\"0\" >"))); /* no "required" */
}

TEST(html_url_lets_through_only_ours)
{
	static const struct {
		const char *in;
		bool good;
	} rows[] = {
		{ "/", true },
		{ "/plans/7?x=1&y=2#a", true },
		{ "#top", true },
		{ "?page=2", true },
		{ "tel:+46-16-123", true },
		{ "mailto:a.b+c@example.se", true },
		{ "", false },
		{ "//evil.example", false },
		{ "/\\evil.example", false },
		{ "/\t/evil.example", false },
		{ "\t//evil", false },
		{ " /x", false },
		{ "javascript:alert(1)", false },
		{ "JaVaScRiPt:1", false },
		{ "data:text/html,x", false },
		{ "https://evil.example", false },
		{ "plans/7", false },
		{ "tel:", false },
		{ "tel:1;phone-context=x", false },
		{ "mailto:a@b?subject=x", false },
		{ "/a\"b", false },
		{ "/å", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct html h = page_in(i18n_langs[0]), want = page_in(i18n_langs[0]);

		html_url(&h, str_of(rows[i].in));
		html_attr(&want, rows[i].good ? str_of(rows[i].in) : S("#"));
		assert_true(str_eq(buf_text(&h.out), buf_text(&want.out)));
	}
}

/* What a browser makes of it again. */
static struct str unescape(struct str s)
{
	static const struct {
		const char *from, *to;
	} rows[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&#39;", "'" }, { "&#10;", "\n" }, { "&#13;", "\r" }, { "&#9;", "\t" } };
	struct buf b;

	buf_init(&b, t_mem(), s.n + 1);
	for (size_t i = 0; i < s.n;) {
		size_t k = 0;

		while (k < 8 && !str_starts((struct str){ s.p + i, s.n - i }, str_of(rows[k].from)))
			k++;
		buf_char(&b, k < 8 ? rows[k].to[0] : s.p[i]);
		i += k < 8 ? strlen(rows[k].from) : 1;
	}
	return buf_text(&b);
}

TEST(html_escapes_every_byte_at_every_place)
{
	char text[40];

	for (int c = 1; c < 256; c++) {
		for (size_t at = 0; at < 20; at++) {
			struct html t = page_in(i18n_langs[0]), a = page_in(i18n_langs[0]);
			struct str s = { text, 20 };
			size_t mark = arena_mark(t_mem());

			memset(text, at % 2 ? 'x' : '=', sizeof text);
			text[at] = text[19 - at] = (char)c;
			html_text(&t, s);
			html_attr(&a, s);
			assert_true(str_eq(unescape(buf_text(&t.out)), s));
			assert_true(str_eq(unescape(buf_text(&a.out)), s));
			assert_null(memchr(t.out.p, '<', t.out.n));
			assert_null(memchr(a.out.p, '"', a.out.n));
			assert_null(memchr(a.out.p, '\'', a.out.n));
			assert_null(memchr(a.out.p, '\n', a.out.n));
			arena_rewind(t_mem(), mark);
		}
		arena_rewind(t_mem(), 0);
	}
}

TEST(html_messages_in_text_and_values)
{
	const struct i18n *sv = pen_i18n_langs[0], *ar = pen_i18n_langs[1];
	const struct msg_arg at[] = { msg_arg(((struct date){ 2027, 1, 3 })),
		msg_arg((int64_t)1795249800123) };
	const struct msg_arg call[] = { msg_arg("<Eva>"),
		msg_arg(((struct date){ 2026, 10, 14 })) };
	struct html h = page_in(sv);

	html_msg(&h, HTML_TEXT, PEN_MSG_meets, at, 2);
	assert_str(buf_text(&h.out), "3 jan. 2027 &amp; 21 november 09:30, &lt;09:30&gt;");
	h = page_in(sv);
	html_msg(&h, HTML_ATTR, PEN_MSG_braces, NULL, 0);
	assert_str(buf_text(&h.out), "{1} &quot;så&quot;");
	/* words of another language say so, where an element may stand (WCAG 3.1.2) */
	h = page_in(ar);
	html_msg(&h, HTML_TEXT, PEN_MSG_calls, call, 2);
	assert_str(buf_text(&h.out),
	    "<span lang=\"sv\" dir=\"ltr\">&lt;Eva&gt; ringer dig onsdag 14 "
	    "oktober.</span>");
	h = page_in(ar);
	html_msg(&h, HTML_BARE, PEN_MSG_calls, call, 2);
	assert_str(buf_text(&h.out), "&lt;Eva&gt; ringer dig onsdag 14 oktober.");
}
