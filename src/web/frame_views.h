/* What frame.html and error.html are filled with. */
#ifndef WEB_FRAME_VIEWS_H
#define WEB_FRAME_VIEWS_H

#include "web/web.h"

struct error_words {
	struct str text;
};

struct error_page {
	enum msg title, text;
	struct str title_text, text_text;
	struct {
		struct error_words *v;
		size_t n;
	} words; /* what the user wrote, given back */
	bool demo;
};

struct frame {
	const struct request *rq;
	const struct response *rs;
	struct html_raw inside;
	struct str said; /* a notice that is shown once; empty: none */
	struct str path, lang_tag, lang_dir, css;
	bool family, staff, manager, admin;
};

#endif
