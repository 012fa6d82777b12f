/* Somebody who tries one number after another is stopped, by whatever form: finding or registering.
 */
#include "feat/child/child_web.h"
#include "q_find.h"

#define TRIES_MOST 30
#define TRIES_MS INT64_C(600000)

enum err find_too_many(struct request *rq, struct response *rs, bool *out)
{
	struct q_find_count count;

	TRY(q_find_forget(rq->db, rq->permit, rq->now_ms - TRIES_MS));
	TRY(q_find_count(rq->db, rq->permit, rq->mem, &count));
	*out = count.tries >= TRIES_MOST;
	if (!*out)
		return q_find_note(rq->db, rq->permit, (struct item_id){ id_random() });
	rs->refused = true;
	http_header(rs->http, S("Retry-After"), S("60"));
	return OK;
}
