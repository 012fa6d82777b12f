#include "feat/child/child_web.h"

#include "child_html.h"
#include "feat/child/child.h"
#include "web/kept.h"

static enum err child_show(struct request *rq, struct response *rs)
{
	struct child_page v;

	if (kept_again(rq, rs))
		return OK;
	TRY(child_page_load(rq, &v));
	rs->wide = true;
	/* Never the name: a title stays in the browser's history and on shared screens. */
	rs_page(rs, 200, web_text(rq, MSG_child_title));
	child_show_html(&rs->html, &v);
	kept_this(rq, rs);
	return OK;
}

const struct route child_routes[] = {
	{ HTTP_GET, "/children/{child}", child_show, ACT_CHILD_SHOW },
	{ 0 },
};
