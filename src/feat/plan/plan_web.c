#include "feat/plan/plan_web.h"

#include <inttypes.h>

#include "feat/plan/plan.h"

static enum err step_done(struct request *rq, struct response *rs)
{
	struct step_id step = { web_id(rq, "step") };
	int64_t version = web_version(rq);

	if (rq->form.bad)
		return ERR_INVALID;
	TRY(plan_step_done(rq->db, rq->permit, rq->mem, step, version, NULL));
	if (permit_family(rq->permit))
		return rs_go_said(rq, rs, MSG_said_step_done, "/home");
	return rs_go_said(rq, rs, MSG_said_step_done, "/children/%" PRId64, rq->child.v);
}

const struct route plan_routes[] = {
	{ HTTP_POST, "/steps/{step}/done", step_done, ACT_STEP_DONE },
	{ 0 },
};
