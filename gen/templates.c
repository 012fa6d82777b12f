/*
 * templates OUT.h OUT.c HEADER_NAME FILE.html...: makes C of HTML, as gen/README.md says.
 *
 * One pass: a small HTML state machine knows at each place whether it stands in text, in an
 * attribute, in a URL or where no expression may stand, and a stack of open elements holds the
 * markup to its balance, so that a misnested page never ships. The machine stands in
 * templates_html.c, what stands in {{ and }} in templates_words.c.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>

#include "gen/gen.h"
#include "templates.h"

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
		m->in = file_need(&mem, argv[i]);
		buf_init(&m->lit, &mem, 4096);
		buf_init(&m->value, &mem, 256);
		make(m);
		h = m->h;
		c = m->c;
	}
	buf_str(&h, S("\n#endif\n"));
	file_write(&mem, argv[1], buf_text(&h));
	file_write(&mem, argv[2], buf_text(&c));
	arena_fini(&mem);
	return 0;
}
