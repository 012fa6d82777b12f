/* What frame.html and error.html are filled with. */
#ifndef WEB_FRAME_VIEWS_H
#define WEB_FRAME_VIEWS_H

#include "web/web.h"

struct error_words {
	struct str text;
	int64_t number; /* which of them, from 1 */
};

struct error_page {
	struct str title, text;
	struct {
		struct error_words *v;
		size_t n;
	} words;                  /* what the user wrote, given back */
	struct str way, way_text; /* back to what it was about; empty: only the first page */
	struct str also_title,
	    also_text; /* the same in English, where nobody's language is known */
};

struct frame_link {
	struct str path, text;
	bool here;
};

struct frame {
	const struct request *rq;
	const struct response *rs;
	struct str said; /* a notice that is shown once; empty: none */
	struct str lang_tag, lang_dir;
	struct str wide; /* class of a page with tables */
	bool family, worker;
	bool unknown; /* somebody signed in whom an error kept us from knowing */
	struct {
		struct frame_link *v;
		size_t n;
	} nav;
};

#endif
