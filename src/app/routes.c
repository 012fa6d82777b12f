/* The route table: one line a feature. */
#include "app/app.h"
#include "feat/child/child_web.h"
#include "feat/close/close_web.h"
#include "feat/correct/correct_web.h"
#include "feat/demo/demo_web.h"
#include "feat/door/door_web.h"
#include "feat/family/family_web.h"
#include "feat/handover/handover_web.h"
#include "feat/home/home_web.h"
#include "feat/import/import_web.h"
#include "feat/import/left_web.h"
#include "feat/import/protection_web.h"
#include "feat/letter/letter_web.h"
#include "feat/looks/looks_web.h"
#include "feat/measure/measure_web.h"
#include "feat/meet/meet_web.h"
#include "feat/org/org_web.h"
#include "feat/plan/plan_web.h"
#include "feat/share/share_web.h"
#include "feat/story/story_web.h"
#include "feat/thread/thread_web.h"
#include "feat/unit/unit_web.h"
#include "feat/voice/voice_web.h"
#include "feat/work/work_web.h"

const struct route *const app_routes[] = {
	door_routes,
	find_routes,
	register_routes,
	engage_routes,
	thread_routes,
	child_routes,
	demo_routes,
	home_routes,
	import_routes,
	left_routes,
	protection_routes,
	family_routes,
	name_routes,
	letter_routes,
	meet_routes,
	voice_routes,
	story_routes,
	plan_routes,
	start_routes,
	paper_routes,
	step_routes,
	parts_routes,
	paste_routes,
	looks_routes,
	waiver_routes,
	waiver_ask_routes,
	disclose_routes,
	handover_routes,
	measure_routes,
	close_routes,
	layer_routes,
	unit_routes,
	org_routes,
	correct_routes,
	work_routes,
	NULL,
};

static enum err no_page(struct request *rq, struct response *rs)
{
	(void)rq;
	(void)rs;
	return ERR_NOT_FOUND;
}

/* Where no route fits: the page 404 in the design, for everybody the same. */
const struct route app_no_page = { HTTP_GET, "", no_page, ACT_PUBLIC };

const struct route *app_route(struct http_request *rq)
{
	enum http_method method = rq->method == HTTP_HEAD ? HTTP_GET : rq->method;

	for (size_t t = 0; app_routes[t]; t++)
		for (const struct route *r = app_routes[t]; r->path; r++)
			if (r->method == method && http_route_match(r->path, rq))
				return r;
	return &app_no_page;
}
