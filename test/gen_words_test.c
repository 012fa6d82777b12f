/* The workshop says no: each thing that gen/templates and gen/messages refuse, with file and line.
 */
#include "t.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

/* Runs a generator of this build in the test's folder; returns its exit code, *said what it said.
 */
static int run(const char *args, struct str *said)
{
	char self[PATH_MAX] = "", command[PATH_MAX + 512], part[4096];
	struct buf b;
	size_t n;
	FILE *p;
	int code;

	assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
	snprintf(command, sizeof command, "cd '%s' && ASAN_OPTIONS=detect_leaks=0 '%s'/%s 2>&1",
	    t_dir(), dirname(self), args);
	p = popen(command, "r");
	assert_non_null(p);
	buf_init(&b, t_mem(), 256);
	while ((n = fread(part, 1, sizeof part, p)) > 0)
		buf_put(&b, part, n);
	code = pclose(p);
	*said = buf_text(&b);
	return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static void put_in_dir(const char *name, const char *text)
{
	put_file(str_c(t_mem(), str_fmt(t_mem(), "%s/%s", t_dir(), name)), text);
}

static int make_page(const char *html, struct str *said)
{
	put_in_dir("a.html", html);
	return run("templates a.h a.c a.h a.html", said);
}

#define V "{{view a : const struct a *v}}\n"

static void refuses(const char *html, const char *want)
{
	struct str said;

	assert_int_equal(make_page(html, &said), 1);
	if (!str_starts(said, str_of(want)))
		fail_msg("wanted '%s', got '%.*s'", want, STR(said));
}

TEST(gen_templates_refuses_places_that_cannot_be_escaped)
{
	refuses(V "<a onclick=\"{{v->x}}\">x</a>{{end}}", "a.html:2: attribute onclick");
	refuses(V "<a ONCLICK=\"x\">x</a>{{end}}", "a.html:2: attribute onclick");
	refuses(V "<p style=\"{{v->x}}\">x</p>{{end}}", "a.html:2: a style attribute");
	refuses(V "<{{v->x}}>{{end}}", "a.html:2: an expression can't be a tag's name");
	refuses(V "<p {{v->x}}=\"1\">x</p>{{end}}", "a.html:2: {{v->x}} stands inside a tag");
	refuses(V "<p da{{v->x}}=\"1\">x</p>{{end}}",
	    "a.html:2: {{v->x}} stands in an attribute's name");
	refuses(V "<p class={{v->x}}>x</p>{{end}}",
	    "a.html:2: {{v->x}} stands before an attribute's value");
	refuses(
	    V "<p class=x>x</p>{{end}}", "a.html:2: the value of class stands without quotation");
	refuses(V "<script>{{v->x}}</script>{{end}}", "a.html:2: {{v->x}} stands in <script>");
	refuses(V "<script>alert(1)</script>{{end}}", "a.html:2: a script inside a page");
	refuses(V "<style>p { }</style>{{end}}", "a.html:2: <style> is refused");
	refuses(V "<iframe srcdoc=\"{{v->x}}\"></iframe>{{end}}",
	    "a.html:2: no expression may stand in");
	refuses(
	    V "<p title=\"{{raw v->x}}\">x</p>{{end}}", "a.html:2: {{raw}} can't stand in an attr");
}

TEST(gen_templates_refuses_urls_that_lead_away)
{
	refuses(V "<a href=\"javascript:{{v->x}}\">x</a>{{end}}",
	    "a.html:2: href=\"javascript:\" is no");
	refuses(
	    V "<a href=\"javascript:x\">x</a>{{end}}", "a.html:2: href=\"javascript:x\" is no URL");
	refuses(V "<a href=\" javascript:x\">x</a>{{end}}",
	    "a.html:2: href=\" javascript:x\" is no URL");
	refuses(
	    V "<a href=\"//{{v->x}}\">x</a>{{end}}", "a.html:2: href=\"//\" leads to another host");
	refuses(V "<a href=\"https://{{v->x}}/\">x</a>{{end}}",
	    "a.html:2: the host in href must be static");
	refuses(V "<a href=\"{{if v->x}}/a{{else}}java{{end}}script:{{v->y}}\">x</a>{{end}}",
	    "a.html:2: href=\"java\" is no URL");
	refuses(V "<a href=\"{{t x}}\">x</a>{{end}}", "a.html:2: a message can't be a URL");
}

TEST(gen_templates_refuses_misnested_pages)
{
	refuses(V "<p>\n<b>x</p>\n</b>{{end}}", "a.html:3: </p> comes while <b> of line 3 is open");
	refuses(V "<div>\n{{end}}", "a.html:3: <div> of line 2 is still open");
	refuses(V "</div>{{end}}", "a.html:2: </div> closes nothing");
	refuses(V "{{if v->x}}<b>{{end}}x</b>{{end}}", "a.html:2: <b> of line 2 is still open");
	refuses(
	    V "<b>{{if v->x}}</b>{{end}}{{end}}", "a.html:2: </b> closes an element from outside");
	refuses(V "{{if v->x}}<b>{{else}}<i>x</i>{{end}}{{end}}", "a.html:2: <b> of line 2");
	refuses(V "<p><div>x</div></p>{{end}}", "a.html:2: <div> can't stand inside <p>");
	refuses(V "<div/>{{end}}", "a.html:2: <div/> is not closed");
	refuses(V "<br></br>{{end}}", "a.html:2: <br> has no content");
	refuses(
	    V "<p class=\"a\" class=\"b\">x</p>{{end}}", "a.html:2: attribute class stands twice");
	refuses(V "<p class=\"a\"id=\"b\">x</p>{{end}}", "a.html:2: a blank is missing");
	refuses(V "<p{{if v->x}}class=\"a\"{{end}}>x</p>{{end}}", "a.html:2: a blank is missing");
	refuses(V "<p title=\"{{if v->x}}\">{{end}}</p>{{end}}",
	    "a.html:2: this branch begins in an attr");
	refuses(V "<p title=\"x>{{end}}", "a.html:2: the view ends in an attribute's value");
	refuses(V "a < b{{end}}", "a.html:2: '<' begins no tag");
	refuses(V "<!-- x {{end}}", "a.html:2: comment without an end");
	refuses(V "<form method=\"post\" action=\"/x\">\n</form>{{end}}",
	    "a.html:2: <form method=\"post\">");
}

TEST(gen_templates_refuses_wrong_blocks_and_directives)
{
	refuses(V "\n{{if v->x}}x", "a.html:3: this {{if}} has no {{end}}");
	refuses(V "x", "a.html:1: this {{view}} has no {{end}}");
	refuses(V "{{end}}\n{{end}}", "a.html:3: {{end}} stands outside every view");
	refuses(V "{{else}}{{end}}", "a.html:2: {{else}} stands in no {{if}}");
	refuses(V "{{each struct r *p : v->rows}}{{else}}{{end}}{{end}}",
	    "a.html:2: {{else}} stands in no");
	refuses(V "{{if a}}{{else}}{{else}}{{end}}{{end}}", "a.html:2: {{else}} after {{else}}");
	refuses(V "{{if a}}{{else}}{{elif b}}{{end}}{{end}}", "a.html:2: {{elif}} after {{else}}");
	refuses(V "{{loop x}}{{end}}", "a.html:2: unknown directive {{loop");
	refuses(V "{{each p : v->rows}}{{end}}{{end}}", "a.html:2: {{each p : v->rows}}: write");
	refuses(V "{{if}}{{end}}{{end}}", "a.html:2: something is missing");
	refuses(V "{{}}{{end}}", "a.html:2: something is missing");
	refuses(V "{{tn x}}{{end}}", "a.html:2: {{tn x}} counts nothing");
	refuses(V "{{tx : 3}}{{end}}", "a.html:2: something is missing");
	refuses(V "{{v->x; y}}{{end}}", "a.html:2: ';' in an expression");
	refuses(V "{{v->x", "a.html:2: {{ without }}");
	refuses("x" V "{{end}}", "a.html:1: markup outside every view");
	refuses(V V "{{end}}", "a.html:2: {{view}} inside the view");
	refuses(V "{{if x}}{{body}}{{end}}{{end}}", "a.html:2: {{body}} stands once");
}

TEST(gen_templates_takes_what_is_right)
{
	struct str said, c;

	assert_int_equal(
	    make_page(V "<!-- {{nonsense here}} -->\n<table><tr><td>a<td>b<tr><td>c</table>"
			"<svg viewBox=\"0 0 1 1\"><title>x</title><path d=\"M{{v->x}}\"/></svg>"
			"<dl><dt>a<dd>b<dt>c<dd>d</dl><p>1 &lt; 2<br>x</p>{{end}}",
		&said),
	    0);
	assert_int_equal(said.n, 0);
	c = t_file(t_mem(), str_c(t_mem(), str_fmt(t_mem(), "%s/a.c", t_dir())));
	assert_true(str_has(c, S("#line 3 \"a.html\"")));
	assert_true(str_has(c, S("void a_html(struct html *h, const struct a *v)")));
	assert_false(str_has(c, S("nonsense")));
	/* one call per run of static text */
	assert_true(str_has(c, S("html_lit(h, \"\\\"/></svg><dl>")));
}

/* ---- messages ---- */

#define HEAD(lang, plural) \
	"msgid \"\"\nmsgstr \"\"\n\"Language: " lang \
	"\\n\"\n\"X-Name: N\\n\"\n\"X-Direction: ltr\\n\"\n" \
	"\"X-Locale: sv_SE\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: " plural \
	"\\n\"\n\n"
#define SV HEAD("sv", "nplurals=2; plural=(n != 1);")
#define EN HEAD("en", "nplurals=2; plural=(n != 1);")

static void words_refused(const char *sv, const char *en, const char *used, const char *want)
{
	struct str said;

	put_in_dir("sv.po", sv);
	put_in_dir("en.po", en ? en : EN);
	put_in_dir("u.c", used ? used : "");
	assert_int_equal(
	    run(used ? "messages --check sv.po en.po --used u.c" : "messages m.h m.c sv.po en.po",
		&said),
	    want ? 1 : 0);
	if (want && !str_starts(said, str_of(want)))
		fail_msg("wanted '%s', got '%.*s'", want, STR(said));
	if (!want)
		assert_int_equal(said.n, 0);
}

TEST(gen_messages_refuses_bad_words)
{
	words_refused(SV "msgid \"a\"\nmsgstr \"x\"\n", NULL, NULL, NULL);
	words_refused(SV "msgid \"a\"\nmsgstr \"\"\n", NULL, NULL, "sv.po:10: a has no words");
	words_refused(SV "msgid \"A b\"\nmsgstr \"x\"\n", NULL, NULL, "sv.po:10: 'A b' is no key");
	words_refused(
	    SV "msgid \"none\"\nmsgstr \"x\"\n", NULL, NULL, "sv.po:10: 'none' is no key");
	words_refused(
	    SV "msgid \"a\"\nmsgstr \"{x}\"\n", NULL, NULL, "sv.po:10: a: an argument is {1}");
	words_refused(
	    SV "msgid \"a\"\nmsgstr \"{1\"\n", NULL, NULL, "sv.po:10: a: '{' without '}'");
	words_refused(
	    SV "msgid \"a\"\nmsgstr \"1}\"\n", NULL, NULL, "sv.po:10: a: '}' without '{'");
	words_refused(
	    SV "msgid \"a\"\nmsgstr \"{1:fat}\"\n", NULL, NULL, "sv.po:10: a: unknown format");
	words_refused(
	    SV "msgid \"a\"\nmsgstr \"{2}\"\n", NULL, NULL, "sv.po:10: a has {2} or more but no");
	words_refused(
	    SV "#, fuzzy\nmsgid \"a\"\nmsgstr \"x\"\n", NULL, NULL, "sv.po:11: a is marked fuzzy");
	words_refused(
	    SV "msgid \"a\"\nmsgstr \"x\"\n\nmsgid \"a\"\nmsgstr \"y\"\n", NULL, NULL, "sv.po:1");
	words_refused(SV "msgid \"a\nmsgstr \"x\"\n", NULL, NULL, "sv.po:1");
	words_refused(EN, NULL, NULL, "sv.po:1: the first file is Swedish");
}

TEST(gen_messages_holds_languages_together)
{
	words_refused(SV "msgid \"a\"\nmsgstr \"{1} {2}\"\n",
	    EN "msgid \"a\"\nmsgstr \"{2:long} {1}\"\n", NULL, NULL);
	words_refused(SV "msgid \"a\"\nmsgstr \"{1}\"\n", EN "msgid \"a\"\nmsgstr \"x\"\n", NULL,
	    "en.po:10: a has other arguments {n} than in Swedish (sv.po:10)");
	words_refused(SV "msgid \"a\"\nmsgstr \"x\"\n", EN "\nmsgid \"b\"\nmsgstr \"x\"\n", NULL,
	    "en.po:11: b is not in sv.po");
	words_refused(SV "msgid \"a\"\nmsgstr \"x\"\n",
	    EN "msgid \"a\"\nmsgid_plural \"a\"\nmsgstr[0] \"x\"\nmsgstr[1] \"y\"\n", NULL,
	    "en.po:10: a has a msgid_plural, unlike Swedish");
}

TEST(gen_messages_checks_plural_rules)
{
	static const char *const bad[] = { "nplurals=2; plural=(n != ;", "nplurals=2; plural=n;",
		"nplurals=3; plural=(n != 1);", "nplurals=2; plural=(n % 0);",
		"nplurals=2; plural=system(n);", "nplurals=99; plural=0;", "plural=0;" };
	struct str said;

	put_in_dir("sv.po", SV "msgid \"a\"\nmsgstr \"x\"\n");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		put_in_dir("xx.po", str_c(t_mem(), str_fmt(t_mem(), HEAD("xx", "%s"), bad[i])));
		assert_int_equal(run("messages m.h m.c sv.po xx.po", &said), 1);
		assert_true(str_starts(said, S("xx.po:1: ")));
	}
}

TEST(gen_messages_unused_and_unknown_keys)
{
	const char *sv =
	    SV "msgid \"a\"\nmsgstr \"x\"\n\n#. family\nmsgid \"kind_b\"\nmsgstr \"y\"\n";

	words_refused(sv, NULL, "f(MSG_a); /* the MSG_kind_ family, MSG_ARGS_a */", NULL);
	words_refused(sv, NULL, "{{t a}}", NULL);
	words_refused(sv, NULL, "{{tn a : 3}}", NULL);
	words_refused(sv, NULL, "xMSG_a", "sv.po:10: a is used nowhere");
	words_refused(sv, NULL, "\n\nf(MSG_a, MSG_c);", "u.c:3: message c is not in sv.po");
	words_refused(sv, NULL, "{{t a}}\n{{t  a_b }}", "u.c:2: message a_b is not in sv.po");
}

/* One file more is one language more, right to left if it says so; what it lacks comes from
 * Swedish. */
TEST(promise_18_a_language_is_added_by_one_file)
{
	struct str said, made;

	put_in_dir("ar.po",
	    "msgid \"\"\nmsgstr \"\"\n\"Language: ar\\n\"\n\"X-Name: Arabic\\n\"\n\"X-Direction: rtl\\n\"\n"
	    "\"X-Locale: ar_SA\\n\"\n\"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
	    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n\"\n\nmsgid \"home_next\"\nmsgstr \"NEXT-AR\"\n");
	assert_int_equal(
	    run(str_c(t_mem(),
		    str_fmt(t_mem(),
			"messages m.h m.c %s/lang/sv.po %s/lang/sv-x-easy.po %s/lang/en.po ar.po",
			t_source(), t_source(), t_source())),
		&said),
	    0);
	made = t_file(t_mem(), str_c(t_mem(), str_fmt(t_mem(), "%s/m.c", t_dir())));
	assert_true(str_has(made, S("NEXT-AR")));
	assert_true(str_has(made, S("\"ar\"")));
	assert_true(str_has(made, S("rtl")));
}

/* The family's English is whole: no page of theirs is half in Swedish. */
TEST(promise_18_english_lacks_nothing)
{
	struct str said;

	assert_int_equal(
	    run(str_c(t_mem(), str_fmt(t_mem(), "messages --missing %s/lang/sv.po %s/lang/en.po",
				   t_source(), t_source())),
		&said),
	    0);
	assert_str(said, "");
}
