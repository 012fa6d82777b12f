-- query plan_step_next : one; permit step.done; in step step; out plan plan, number int64, version int64, drawer drawer, lead assignment, last_step int64, plan_version int64, harm int64
SELECT s.plan, s.number, s.version, p.drawer, p.lead, p.last_step, p.version, s.harm FROM step s JOIN plan p ON p.id = s.plan
WHERE s.id = :step AND p.child = :permit.child AND p.state = 'open';

-- query plan_step_mark_done : change 1; permit step.done; in plan plan, number int64, version int64
UPDATE step SET state = 'done', done_ms = :permit.now_ms, done_by = :permit.actor, version = version + 1
WHERE plan = :plan AND number = :number AND version = :version AND state = 'next';

-- query plan_step_add : change 1; permit step.done; in plan plan, number int64, id step, drawer drawer, pattern text?, words text, reason text?, place text?, due date, due_minute int64?, assignment assignment?, person person?, party party?, filler int64
INSERT INTO step (plan, number, id, drawer, state, pattern, words, reason, place, due_on, due_minute, owner_assignment, owner_person, owner_party, filler, made_ms)
VALUES (:plan, :number, :id, :drawer, 'next', :pattern, :words, :reason, :place, :due, :due_minute, :assignment, :person, :party, :filler, :permit.now_ms);

-- query plan_points_at : change 1; permit step.done; in plan plan, number int64, version int64
UPDATE plan SET next_step = :number, last_step = :number, version = version + 1 WHERE id = :plan AND version = :version AND child = :permit.child;

-- query plan_child_changed : change 1; permit step.done
UPDATE child SET content_version = content_version + 1 WHERE id = :permit.child;

-- query plan_step_back : maybe; permit step.done; in step step; out plan plan
SELECT s.plan FROM step s JOIN plan p ON p.id = s.plan WHERE s.id = :step AND p.child = :permit.child;

-- Does the reader's drawer see this step now? (promises 3 and 5)
-- query plan_step_seen : maybe; permit step.done; in step step, since int64; out step step
SELECT s.id FROM step s WHERE s.id = :step AND ((s.drawer = :permit.drawer AND s.made_ms >= :since) OR
	EXISTS (SELECT 1 FROM disclosure_live l WHERE l.item_kind = 'step' AND l.item = s.id AND l.to_drawer = :permit.drawer AND l.at_ms >= :since AND l.from_on <= :permit.day AND l.to_on >= :permit.day));
