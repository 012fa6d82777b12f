-- query plan_correct_step : one; permit child.correct; in step step; out plan plan, drawer drawer, state text, lead assignment?, last_step int64
SELECT p.id, p.drawer, s.state, p.lead, p.last_step FROM step s JOIN plan p ON p.id = s.plan WHERE s.id = :step AND p.child = :permit.child AND s.drawer = :permit.drawer;

-- query plan_correct_step_gone : change 1; permit child.correct; in step step
DELETE FROM step WHERE id = :step AND drawer = :permit.drawer AND plan IN (SELECT id FROM plan WHERE child = :permit.child);

-- query plan_correct_filler : change 1; permit child.correct; in plan plan, number int64, id step, drawer drawer, pattern text, words text, due date, assignment assignment
INSERT INTO step (plan, number, id, drawer, state, pattern, words, due_on, owner_assignment, filler, made_ms)
VALUES (:plan, :number, :id, :drawer, 'next', :pattern, :words, :due, :assignment, 1, :permit.now_ms);

-- query plan_correct_points : change 1; permit child.correct; in plan plan, number int64
UPDATE plan SET next_step = :number, last_step = :number, version = version + 1 WHERE id = :plan AND child = :permit.child AND state = 'open';

-- query plan_correct_goals : change; permit child.correct; in need need
UPDATE goal SET need = NULL, version = version + 1 WHERE need = :need;

-- query plan_correct_need_gone : change 1; permit child.correct; in need need
DELETE FROM need WHERE id = :need AND drawer = :permit.drawer AND plan IN (SELECT id FROM plan WHERE child = :permit.child);
