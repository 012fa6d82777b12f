-- Run by the job climb.c with a job's permit (access_job); the act is that of what it makes.
-- Each query finds what waits at one rung and whom it has not reached yet; child.shielded keeps protected children out (promise 8).
-- A row whose unit has no manager is no row of the manager's rung: it would stand first for ever and let others starve.

-- Who is told for a unit: a manager of it, rather one who is at work.
-- snippet manager_of : unit
(SELECT y.id FROM assignment y WHERE y.unit = {unit} AND y.role = 'manager' AND @in_force(y, :permit.day)
	ORDER BY CASE WHEN @away(y.staff, :permit.day) THEN 1 ELSE 0 END, y.id LIMIT 1);

-- Rung 1: the plan's lead. Rung 2: the reader's deputy. Rung 3: the manager of the reader's unit.
-- query climb_voices : many; permit task.answer; in most int64, rung int64, before date; out voice voice, child child, plan plan?, cause date, lead assignment?, deputy assignment?, manager assignment?, reader assignment
SELECT v.id, v.child, p.id, v.read_by_on, p.lead, a.deputy, m.id, v.reader
FROM voice v JOIN child c ON c.id = v.child AND c.shielded = 0 JOIN assignment a ON a.id = v.reader
LEFT JOIN plan p ON p.child = v.child AND p.state = 'open'
LEFT JOIN assignment m ON m.id = @manager_of(a.unit)
WHERE v.read_ms IS NULL AND v.read_by_on < :before AND v.climbed < :rung ORDER BY v.read_by_on, v.id LIMIT :most;

-- A letter is its reader's alone (promise 20): the lead is told only in the reader's own drawer, for in another it would
-- learn that somebody there helps the child (promise 7); else the reader is reminded.
-- query climb_letters : many; permit task.answer; in most int64, before_ms int64, manager int64; out letter letter, child child, plan plan?, sent_ms int64, lead assignment?, manager assignment?, reader assignment
SELECT l.id, l.child, p.id, l.sent_ms, CASE WHEN pa.drawer = a.drawer THEN p.lead END, m.id, l.to_assignment
FROM letter l JOIN child c ON c.id = l.child AND c.shielded = 0 JOIN assignment a ON a.id = l.to_assignment
LEFT JOIN plan p ON p.child = l.child AND p.state = 'open' LEFT JOIN assignment pa ON pa.id = p.lead
LEFT JOIN assignment m ON m.id = @manager_of(a.unit)
WHERE l.read_ms IS NULL AND l.sent_ms < :before_ms AND (:manager = 0 OR m.id IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM task t JOIN assignment ta ON ta.id = t.assignment
	WHERE t.kind = 'read_voice' AND t.item_kind = 'letter' AND t.item = l.id AND (:manager = 0 OR ta.role = 'manager')) ORDER BY l.sent_ms, l.id LIMIT :most;

-- The step that the program put there, and that its day has passed (promise 1).
-- query climb_fillers : many; permit task.answer; in most int64, before date, manager int64; out step step, child child, plan plan, cause date, lead assignment, manager_of assignment?
SELECT s.id, p.child, p.id, s.due_on, p.lead, m.id
FROM step s JOIN plan p ON p.id = s.plan AND p.state = 'open' JOIN child c ON c.id = p.child AND c.shielded = 0 JOIN assignment a ON a.id = p.lead
LEFT JOIN assignment m ON m.id = @manager_of(a.unit)
WHERE s.filler = 1 AND s.state = 'next' AND s.due_on < :before AND (:manager = 0 OR m.id IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM task t JOIN assignment ta ON ta.id = t.assignment
	WHERE t.kind = 'say_next' AND t.item = s.id AND t.cause_on = s.due_on AND (:manager = 0 OR ta.role = 'manager')) ORDER BY s.due_on, s.id LIMIT :most;

-- A thread whose own next date has passed without a word: opening a page does not end a silence (promise 13). A lead who
-- may not read the thread learns of it in no other way either (promises 5 and 7): then its own assignment is told.
-- query climb_silent : many; permit task.answer; in most int64, before date, manager int64; out thread thread, child child, plan plan?, cause date, lead assignment, manager_of assignment?
SELECT t.id, t.child, t.plan, t.next_on,
	COALESCE((SELECT l.id FROM assignment l WHERE l.id = p.lead AND @open_to(t, l.drawer)), t.assignment), m.id
FROM thread t JOIN child c ON c.id = t.child AND c.shielded = 0 LEFT JOIN plan p ON p.id = t.plan AND p.state = 'open'
LEFT JOIN assignment m ON m.id = @manager_of(t.unit)
WHERE t.state <> 'ended' AND t.next_on < :before AND (:manager = 0 OR m.id IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM task k JOIN assignment ka ON ka.id = k.assignment
	WHERE k.kind = 'silence' AND k.item = t.id AND k.cause_on = t.next_on AND (:manager = 0 OR ka.role = 'manager')) ORDER BY t.next_on, t.id LIMIT :most;

-- A child has been shielded: who carries its plan is told, once each time, to follow the routine (promise 8).
-- query climb_shielded : many; permit task.answer; in most int64; out plan plan, child child, lead assignment
SELECT p.id, c.id, p.lead FROM child c CROSS JOIN plan p WHERE c.shielded = 1 AND p.child = c.id AND p.state = 'open' AND p.lead IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'protected' AND t.item_kind = 'plan' AND t.item = p.id AND t.assignment = p.lead
	AND (t.state = 'open' OR t.cause_on = :permit.day OR t.made_ms >= COALESCE(c.shielded_ms, 0)))
ORDER BY p.id LIMIT :most;

-- A yes on paper whose last day has passed: nobody has said that it was seen (feat/share/paper.h).
-- query climb_papers : many; permit task.answer; in most int64; out paper paper, child child
SELECT id, child FROM paper WHERE state = 'waiting' AND ends_on < :permit.day ORDER BY ends_on, id LIMIT :most;

-- The cause is gone: somebody has read, said what happens next, or told something new.
-- query climb_gone : many; permit task.answer; in most int64; out task task, child child, kind text
SELECT id, child, kind FROM task WHERE state = 'open' AND cause_on IS NOT NULL AND (
	(kind = 'read_voice' AND item_kind = 'voice' AND EXISTS (SELECT 1 FROM voice v WHERE v.id = task.item AND v.read_ms IS NOT NULL)) OR
	(kind = 'read_voice' AND item_kind = 'letter' AND EXISTS (SELECT 1 FROM letter l WHERE l.id = task.item AND l.read_ms IS NOT NULL)) OR
	(kind = 'say_next' AND EXISTS (SELECT 1 FROM step s WHERE s.id = task.item AND s.state <> 'next')) OR
	(kind = 'protected' AND item_kind = 'plan' AND NOT EXISTS (SELECT 1 FROM plan p JOIN child c ON c.id = p.child WHERE p.id = task.item AND p.state = 'open' AND p.lead = task.assignment AND c.shielded = 1)) OR
	(kind = 'silence' AND EXISTS (SELECT 1 FROM thread t WHERE t.id = task.item AND (t.state = 'ended' OR t.next_on > task.cause_on))))
ORDER BY due_on, id LIMIT :most;

-- Asked again before anything is made: between the search (a reader's snapshot) and the change it may have been read,
-- answered or told.
-- query climb_still : maybe; permit task.answer; in kind text, item item, cause date; out item item
SELECT v.id FROM voice v JOIN child c ON c.id = v.child WHERE :kind = 'voice' AND v.id = :item AND v.read_ms IS NULL AND c.shielded = 0
UNION ALL
SELECT l.id FROM letter l JOIN child c ON c.id = l.child WHERE :kind = 'letter' AND l.id = :item AND l.read_ms IS NULL AND c.shielded = 0
UNION ALL
SELECT s.id FROM step s JOIN plan p ON p.id = s.plan AND p.state = 'open' JOIN child c ON c.id = p.child
WHERE :kind = 'step' AND s.id = :item AND s.state = 'next' AND s.filler = 1 AND s.due_on = :cause AND c.shielded = 0
UNION ALL
SELECT p.id FROM plan p JOIN child c ON c.id = p.child WHERE :kind = 'plan' AND p.id = :item AND p.state = 'open' AND c.shielded = 1 AND :cause IS NOT NULL
UNION ALL
SELECT t.id FROM thread t JOIN child c ON c.id = t.child
WHERE :kind = 'thread' AND t.id = :item AND t.state <> 'ended' AND t.next_on = :cause AND c.shielded = 0;
