-- query plan_step_next : one; permit step.done; in step step; out plan plan, number int64, version int64, drawer drawer, lead assignment, last_step int64, plan_version int64, harm int64, person person?, childs int64
SELECT s.plan, s.number, s.version, p.drawer, p.lead, p.last_step, p.version, s.harm, s.owner_person, CASE WHEN s.owner_person = c.person THEN 1 ELSE 0 END
FROM step s JOIN plan p ON p.id = s.plan JOIN child c ON c.id = p.child
WHERE s.id = :step AND p.child = :permit.child AND p.state = 'open';

-- query plan_step_mark_done : change 1; permit step.done; in plan plan, number int64, version int64
UPDATE step SET state = 'done', done_ms = :permit.now_ms, done_by = :permit.actor, version = version + 1
WHERE plan = :plan AND number = :number AND version = :version AND state = 'next';

-- query plan_step_add : change 1; permit step.done|step.edit|plan.edit|invitation.answer|paper.answer; in plan plan, number int64, id step, drawer drawer, state text, pattern text?, words text, reason text?, place text?, due date?, due_minute int64?, assignment assignment?, person person?, party party?, filler int64, harm int64
INSERT INTO step (plan, number, id, drawer, state, pattern, words, reason, place, due_on, due_minute, owner_assignment, owner_person, owner_party, filler, harm, made_ms)
VALUES (:plan, :number, :id, :drawer, :state, :pattern, :words, :reason, :place, :due, :due_minute, :assignment, :person, :party, :filler, :harm, :permit.now_ms);

-- query plan_points_at : change 1; permit step.done|step.edit; in plan plan, number int64, version int64
UPDATE plan SET next_step = :number, last_step = :number, version = version + 1 WHERE id = :plan AND version = :version AND child = :permit.child;

-- Does the reader's drawer see this step now? (promises 3 and 5)
-- query plan_step_seen : maybe; permit step.done|step.edit; in step step, since int64; out step step
SELECT s.id FROM step s WHERE s.id = :step AND @seen(s, :since);

-- query plan_open_row : change 1; permit invitation.answer|paper.answer; in id plan, drawer drawer, lead assignment, noticed date?, authority authority
INSERT INTO plan (id, child, drawer, state, lead, next_step, opened_on, noticed_on, last_step, made_ms, controller, archive_owner)
VALUES (:id, :permit.child, :drawer, 'open', :lead, 1, :permit.day, :noticed, 1, :permit.now_ms, :authority, :authority);

-- The child's open plan, whoever's drawer it stands in: for what the family's yes does, never for a page of staff.
-- query plan_of_child : maybe; permit invitation.answer|paper.answer; out plan plan, drawer drawer
SELECT id, drawer FROM plan WHERE child = :permit.child AND state = 'open';

-- query plan_party_add : change 1; permit invitation.answer|paper.answer|plan.edit; in id party, plan plan, name text, phone text?
INSERT INTO party (id, plan, name, phone, made_ms) VALUES (:id, :plan, :name, :phone, :permit.now_ms);

-- query plan_party_edit : change 1; permit plan.edit; in party party, plan plan, version int64, name text, phone text?, answered text?, answered_on date?
UPDATE party SET name = :name, phone = :phone, answered = :answered, answered_on = :answered_on, version = version + 1
WHERE id = :party AND plan = :plan AND version = :version AND EXISTS (SELECT 1 FROM plan p WHERE p.id = :plan AND p.child = :permit.child AND p.drawer = :permit.drawer);

-- query plan_party_now : maybe; permit plan.edit; in party party, plan plan; out name text, phone text?, answered text?, answered_on date?, version int64
SELECT y.name, y.phone, y.answered, y.answered_on, y.version FROM party y JOIN plan p ON p.id = y.plan
WHERE y.id = :party AND y.plan = :plan AND p.child = :permit.child AND p.drawer = :permit.drawer;

-- The open plan as the reader's drawer may change it. reaches: what this drawer writes can be read where the plan
-- is carried, so that its next step may be written here (promise 1).
-- query plan_now : maybe; permit step.done|step.edit|plan.edit|thread.edit|plan.start; in since int64; out plan plan, drawer drawer, lead assignment, lead_name text, last_step int64, version int64, reaches int64
SELECT p.id, p.drawer, p.lead, s.name, p.last_step, p.version,
	CASE WHEN p.drawer = :permit.drawer OR EXISTS (SELECT 1 FROM waiver w JOIN waiver_drawer h ON h.waiver = w.id AND h.side = 'holder' AND h.drawer = :permit.drawer
		JOIN waiver_drawer r ON r.waiver = w.id AND r.side = 'recipient' AND r.drawer = p.drawer
		WHERE w.child = p.child AND w.state = 'valid' AND w.content IN ('plan', 'steps') AND w.from_on <= :permit.day AND w.to_on >= :permit.day) THEN 1 ELSE 0 END
FROM plan p JOIN assignment a ON a.id = p.lead JOIN staff s ON s.id = a.staff
WHERE p.child = :permit.child AND p.state = 'open' AND @seen(p, :since);

-- query plan_step_now : maybe; permit step.done|step.edit; in step step; out plan plan, number int64, id step, drawer drawer, state text, pattern text?, words text, reason text?, place text?, due date?, due_minute int64?, assignment assignment?, person person?, party party?, harm int64, version int64
SELECT s.plan, s.number, s.id, s.drawer, s.state, s.pattern, s.words, CASE WHEN s.drawer = :permit.drawer THEN s.reason END, s.place, s.due_on, s.due_minute, s.owner_assignment, s.owner_person, s.owner_party, s.harm, s.version
FROM step s JOIN plan p ON p.id = s.plan WHERE s.id = :step AND p.child = :permit.child AND p.state = 'open';

-- query plan_step_change : change 1; permit step.edit; in step step, version int64, pattern text?, words text, reason text?, place text?, due date?, due_minute int64?, assignment assignment?, person person?, party party?, harm int64
UPDATE step SET pattern = :pattern, words = :words, reason = :reason, place = :place, due_on = :due, due_minute = :due_minute, owner_assignment = :assignment, owner_person = :person,
	owner_party = :party, harm = :harm, filler = 0, version = version + 1
WHERE id = :step AND version = :version AND drawer = :permit.drawer AND state IN ('next', 'later');

-- query plan_step_state : change 1; permit step.edit; in plan plan, number int64, from text, to text
UPDATE step SET state = :to, version = version + 1 WHERE plan = :plan AND number = :number AND state = :from;

-- query plan_step_drop_row : change 1; permit step.edit; in step step, version int64
UPDATE step SET state = 'dropped', version = version + 1 WHERE id = :step AND version = :version AND drawer = :permit.drawer AND state = 'later';

-- query plan_next_now : maybe; permit step.edit; in plan plan; out number int64, step step
SELECT s.number, s.id FROM step s WHERE s.plan = :plan AND s.state = 'next';

-- query plan_gives_number : change 1; permit step.edit|plan.edit; in plan plan, number int64, version int64
UPDATE plan SET last_step = :number, version = version + 1 WHERE id = :plan AND version = :version AND child = :permit.child AND state = 'open';

-- Who can do something in the plan: the one who writes, the lead, colleagues of the own drawer, the family as this
-- drawer knows it, outside parties.
-- query plan_people : many; permit step.done|step.edit|plan.edit; in plan plan; out kind text, who int64, name text, rank int64
SELECT 'a', a.id, s.name, 0 FROM assignment a JOIN staff s ON s.id = a.staff WHERE a.id = :permit.assignment
UNION SELECT 'a', a.id, s.name, 1 FROM plan p JOIN assignment a ON a.id = p.lead JOIN staff s ON s.id = a.staff WHERE p.id = :plan AND p.child = :permit.child AND a.id <> :permit.assignment
UNION SELECT 'a', a.id, s.name, 2 FROM engagement e JOIN assignment a ON a.id = e.assignment JOIN staff s ON s.id = a.staff JOIN plan p ON p.child = e.child
	WHERE p.id = :plan AND e.child = :permit.child AND e.drawer = :permit.drawer AND @in_force(e, :permit.day) AND a.id <> :permit.assignment AND a.id <> p.lead
UNION SELECT 'p', r.person, i.given_name, 3 FROM relation r JOIN identity i ON i.person = r.person AND (i.drawer = :permit.drawer OR i.source IN ('register', 'family'))
	WHERE r.child = :permit.child AND @in_force(r, :permit.day) AND (r.drawer = :permit.drawer OR r.drawer IS NULL)
UNION SELECT 'p', c.person, @child_name(c), 4 FROM child c WHERE c.id = :permit.child
UNION SELECT 'y', y.id, y.name, 5 FROM party y JOIN plan p ON p.id = y.plan WHERE y.plan = :plan AND p.child = :permit.child
ORDER BY 4, 3, 2;

-- query plan_need_add : change 1; permit plan.edit; in id need, plan plan, area text, words text, strength int64, harm int64
INSERT INTO need (id, plan, drawer, area, words, harm, strength, made_ms) VALUES (:id, :plan, :permit.drawer, :area, :words, :harm, :strength, :permit.now_ms);

-- query plan_need_now : maybe; permit plan.edit; in need need, since int64; out plan plan, area text, words text, strength int64, harm int64, version int64
SELECT n.plan, n.area, n.words, n.strength, n.harm, n.version FROM need n JOIN plan p ON p.id = n.plan
WHERE n.id = :need AND @own(n, :since) AND p.child = :permit.child AND p.state = 'open' AND n.ended_on IS NULL;

-- query plan_need_change : change 1; permit plan.edit; in need need, version int64, area text, words text, strength int64, harm int64, ended date?
UPDATE need SET area = :area, words = :words, strength = :strength, harm = :harm, ended_on = :ended, version = version + 1
WHERE id = :need AND version = :version AND drawer = :permit.drawer AND ended_on IS NULL;

-- What a goal can be for: needs that go on, and the one that it is for already (kept; 0: none).
-- query plan_needs : many; permit plan.edit; in plan plan, since int64, kept need; out id need, words text
SELECT id, words FROM need n WHERE n.plan = :plan AND @own(n, :since) AND strength = 0 AND (ended_on IS NULL OR id = :kept)
ORDER BY CASE WHEN id = :kept THEN 0 ELSE 1 END, made_ms, id LIMIT 100;

-- query plan_goal_add : change 1; permit plan.edit; in id goal, plan plan, need need?, words text, followed date?, harm int64
INSERT INTO goal (id, plan, drawer, need, words, harm, followed_on, made_ms) VALUES (:id, :plan, :permit.drawer, :need, :words, :harm, :followed, :permit.now_ms);

-- query plan_goal_now : maybe; permit plan.edit; in goal goal, since int64; out plan plan, need need?, words text, followed date?, result text?, harm int64, version int64
SELECT g.plan, g.need, g.words, g.followed_on, g.result, g.harm, g.version FROM goal g JOIN plan p ON p.id = g.plan
WHERE g.id = :goal AND @own(g, :since) AND p.child = :permit.child AND p.state = 'open';

-- query plan_goal_change : change 1; permit plan.edit; in goal goal, version int64, need need?, words text, followed date?, result text?, harm int64
UPDATE goal SET need = :need, words = :words, followed_on = :followed, result = :result, harm = :harm, version = version + 1
WHERE id = :goal AND version = :version AND drawer = :permit.drawer;

-- query plan_moves_next : change 1; permit step.edit; in plan plan, number int64, version int64
UPDATE plan SET next_step = :number, version = version + 1 WHERE id = :plan AND version = :version AND child = :permit.child AND state = 'open';

-- Two copies of the program meet at this row: what is hung on a plan and its closing can't both go through unseen.
-- query plan_hold_open : change 1; permit handover.ask|unit.edit; in plan plan
UPDATE plan SET made_ms = made_ms WHERE id = :plan AND state = 'open';

-- How the youth wants to meet; the step itself is as it was.
-- query plan_step_how : change 1; permit step.how; in step step, how text
UPDATE step SET how = :how WHERE id = :step AND state IN ('next', 'later') AND plan IN (SELECT p.id FROM plan p WHERE p.child = :permit.child AND p.state = 'open');
