-- query plan_close_set : change 1; permit plan.close; in plan plan, version int64, came text, view text?, no_view text?, call text
UPDATE plan SET state = 'closed', next_step = NULL, closed_on = :permit.day, closed_came = :came, closed_view = :view, closed_no_view = :no_view, closed_call = :call, version = version + 1
WHERE id = :plan AND child = :permit.child AND state = 'open' AND version = :version;

-- query plan_close_done : change; permit plan.close; in plan plan
UPDATE step SET state = 'done', done_ms = :permit.now_ms, done_by = :permit.actor, version = version + 1 WHERE plan = :plan AND state = 'next';

-- query plan_close_dropped : change; permit plan.close; in plan plan
UPDATE step SET state = 'dropped', version = version + 1 WHERE plan = :plan AND state IN ('next', 'later');

-- query plan_close_goal : change; permit plan.close; in plan plan, goal goal, result text
UPDATE goal SET result = :result, version = version + 1 WHERE id = :goal AND plan = :plan AND drawer = :permit.drawer AND result IS NULL
AND EXISTS (SELECT 1 FROM plan p WHERE p.id = :plan AND p.child = :permit.child);

-- query plan_layer_add : change 1; permit plan.edit; in id layer, plan plan, kind text, from_on date, to_on date?, measures text?, who text?, others text?, main text?, consent waiver?
INSERT INTO layer (id, plan, kind, drawer, from_on, to_on, measures_words, who_words, others_words, main_words, consent, made_ms)
SELECT :id, p.id, :kind, :permit.drawer, :from_on, :to_on, :measures, :who, :others, :main, :consent, :permit.now_ms FROM plan p WHERE p.id = :plan AND p.child = :permit.child AND p.state = 'open';
