-- A step that is still to come, of this child and for this reader (OSL 12:3).
-- query meet_step : maybe; permit plan.read|letter.write|step.how; in step step, sees_harm int64; out plan plan, how text?, place text?, due date?, due_minute int64?
SELECT t.plan, t.how, t.place, t.due_on, t.due_minute FROM step t JOIN plan p ON p.id = t.plan
WHERE t.id = :step AND p.child = :permit.child AND p.state = 'open' AND t.state IN ('next', 'later') AND (t.harm = 0 OR :sees_harm = 1);

-- What this reader has said of the time that the step has now, the newest first.
-- query meet_said : many; permit letter.write; in step step; out words text, answered_ms int64?
SELECT l.words, l.answered_ms FROM letter l JOIN step t ON t.id = l.about
WHERE l.child = :permit.child AND l.author = :permit.actor AND l.kind = 'question' AND l.about_kind = 'step' AND l.about = :step
	AND COALESCE(l.about_on, '') = COALESCE(t.due_on, '') AND COALESCE(l.about_minute, -1) = COALESCE(t.due_minute, -1) ORDER BY l.sent_ms DESC, l.id DESC LIMIT 20;

-- What has a day, from today on. Neither words nor place: a calendar is seen by others than its owner (promise 8).
-- query meet_calendar : many; permit plan.read; in sees_harm int64; out id step, state text, pattern text?, due date, due_minute int64?, version int64
SELECT t.id, t.state, t.pattern, t.due_on, t.due_minute, t.version FROM step t JOIN plan p ON p.id = t.plan
WHERE p.child = :permit.child AND p.state = 'open' AND t.state IN ('next', 'later') AND t.due_on >= :permit.day AND (t.harm = 0 OR :sees_harm = 1)
AND (t.filler = 0 OR t.state = 'next') ORDER BY t.due_on, t.due_minute, t.id;
