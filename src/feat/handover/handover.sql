-- The plan, as far as the asker's drawer may see that there is one (promise 7).
-- query handover_plan : one; permit handover.ask; in plan plan, since int64; out child child, name text, drawer drawer, lead assignment
SELECT c.id, @child_name(c), p.drawer, p.lead FROM plan p JOIN child c ON c.id = p.child
WHERE p.id = :plan AND p.child = :permit.child AND p.state = 'open' AND @seen(p, :since);

-- Who can take over: whoever works with the child, or a colleague of the lead, in a drawer that may read the plan.
-- query handover_receivers : many; permit handover.ask; in plan plan; out assignment assignment, name text, title text, unit text, away int64
SELECT a.id, s.name, a.title, u.name,
	CASE WHEN @away(a.staff, :permit.day) THEN 1 ELSE 0 END
FROM plan p JOIN assignment l ON l.id = p.lead JOIN assignment a ON a.id <> p.lead JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE p.id = :plan AND p.child = :permit.child AND a.role = 'professional' AND @in_force(a, :permit.day)
AND a.id IN (SELECT y.id FROM assignment y WHERE y.unit = l.unit UNION ALL SELECT e.assignment FROM engagement e WHERE e.child = p.child)
AND ((a.unit = l.unit AND a.drawer = p.drawer) OR EXISTS (SELECT 1 FROM engagement e WHERE e.child = p.child AND e.assignment = a.id AND @in_force(e, :permit.day)))
AND @open_to(p, a.drawer)
ORDER BY CASE WHEN a.unit = l.unit THEN 0 ELSE 1 END, s.name LIMIT 200;

-- query handover_add : change 1; permit handover.ask; in id handover, plan plan, giver assignment, receiver assignment, words text
INSERT INTO handover (id, plan, giver, receiver, words, state, asked_ms) VALUES (:id, :plan, :giver, :receiver, :words, 'asked', :permit.now_ms);

-- query handover_before : many; permit handover.ask; in plan plan; out id handover, receiver text, unit text, words text, state text, answer text?, asked_ms int64, version int64
SELECT h.id, s.name, u.name, h.words, h.state, h.answer, h.asked_ms, h.version
FROM handover h JOIN assignment a ON a.id = h.receiver JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE h.plan = :plan ORDER BY h.asked_ms DESC LIMIT 10;

-- query handover_plan_of : one; permit handover.ask; in handover handover; out plan plan
SELECT h.plan FROM handover h JOIN plan p ON p.id = h.plan WHERE h.id = :handover AND p.child = :permit.child;

-- query handover_take_back : change 1; permit handover.ask; in handover handover, version int64
UPDATE handover SET state = 'taken_back', answered_ms = :permit.now_ms, version = version + 1 WHERE id = :handover AND state = 'asked' AND version = :version;

-- Asked of me, while my drawer may read the plan (promise 5). A child with a protected person has no digital plan
-- (promise 8).
-- query handover_mine : many; permit handover.answer; out id handover, plan plan, child child, child_name text, giver text, giver_title text, giver_unit text, words text, asked_ms int64, version int64
SELECT h.id, h.plan, c.id, @child_name(c), s.name, a.title, u.name, h.words, h.asked_ms, h.version
FROM handover h JOIN plan p ON p.id = h.plan JOIN child c ON c.id = p.child JOIN assignment a ON a.id = h.giver JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE h.receiver = :permit.assignment AND h.state = 'asked' AND p.state = 'open' AND c.shielded = 0
AND @open_to(p, :permit.drawer) ORDER BY h.asked_ms LIMIT 40;

-- query handover_one_asked : one; permit handover.answer; in handover handover; out plan plan, child child, giver assignment, open int64, state text, version int64
SELECT h.plan, p.child, h.giver,
	CASE WHEN p.state = 'open' AND @open_to(p, :permit.drawer) THEN 1 ELSE 0 END, h.state, h.version
FROM handover h JOIN plan p ON p.id = h.plan JOIN child c ON c.id = p.child WHERE h.id = :handover AND h.receiver = :permit.assignment AND c.shielded = 0;

-- query handover_accept : change 1; permit handover.answer; in handover handover, version int64
UPDATE handover SET state = 'accepted', answered_ms = :permit.now_ms, version = version + 1 WHERE id = :handover AND receiver = :permit.assignment AND state = 'asked' AND version = :version;

-- query handover_decline : change 1; permit handover.answer; in handover handover, version int64, answer text
UPDATE handover SET state = 'declined', answer = :answer, answered_ms = :permit.now_ms, version = version + 1 WHERE id = :handover AND receiver = :permit.assignment AND state = 'asked' AND version = :version;

-- On behalf of a lead who is away or has left: the manager gives on what the unit carries and sees no content (PDL 4:1).
-- query handover_of_lead : many; permit unit.read|unit.edit; in lead assignment; out plan plan, opened date, drawer drawer, asked int64
SELECT p.id, p.opened_on, p.drawer, CASE WHEN EXISTS (SELECT 1 FROM handover h WHERE h.plan = p.id AND h.state = 'asked') THEN 1 ELSE 0 END
FROM plan p JOIN assignment a ON a.id = p.lead JOIN child c ON c.id = p.child WHERE p.lead = :lead AND p.state = 'open' AND a.unit = :permit.unit AND c.shielded = 0 ORDER BY p.opened_on, p.id LIMIT 200;

-- query handover_colleagues : many; permit unit.read|unit.edit; in drawer drawer, lead assignment; out assignment assignment, name text, title text, plans int64
SELECT a.id, s.name, a.title, (SELECT count(*) FROM plan p WHERE p.lead = a.id AND p.state = 'open')
FROM assignment a JOIN staff s ON s.id = a.staff
WHERE a.unit = :permit.unit AND a.drawer = :drawer AND a.id <> :lead AND a.role = 'professional' AND @in_force(a, :permit.day)
AND NOT @away(a.staff, :permit.day) ORDER BY s.name LIMIT 200;

-- query handover_add_for : change 1; permit unit.edit; in id handover, plan plan, receiver assignment, words text
INSERT INTO handover (id, plan, giver, receiver, words, state, asked_ms)
SELECT :id, p.id, p.lead, r.id, :words, 'asked', :permit.now_ms FROM plan p JOIN assignment l ON l.id = p.lead JOIN assignment r ON r.id = :receiver
WHERE p.id = :plan AND p.state = 'open' AND l.unit = :permit.unit AND r.unit = :permit.unit AND r.drawer = p.drawer AND r.id <> l.id;

-- query handover_plan_closed : change; permit plan.close; in plan plan
UPDATE handover SET state = 'taken_back', answered_ms = :permit.now_ms, version = version + 1 WHERE plan = :plan AND state = 'asked';

-- query handover_count : one; permit work.read|work.save|handover.answer; out n int64
SELECT count(*) FROM handover h JOIN plan p ON p.id = h.plan JOIN child c ON c.id = p.child WHERE h.receiver = :permit.assignment AND h.state = 'asked' AND p.state = 'open' AND c.shielded = 0
AND @open_to(p, :permit.drawer);
