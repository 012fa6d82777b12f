-- A yes on paper: who has seen it. Nothing here looks at a plan, so nothing here can tell of one (promise 7).

-- Who may confirm: managers of the same drawer, the own unit's first; where it has none, a colleague in it (OSL 6:3). Never
-- the one who writes, in another role either; never somebody of another drawer (OSL 8:2); never one of the child's own family
-- (förvaltningslagen 16 §). Who is away today comes after.
-- query paper_seconds : many; permit waiver.ask|waiver.read|plan.start; out id assignment, staff staff, name text, deputy assignment?
SELECT a.id, a.staff, s.name, da.id
FROM assignment a JOIN staff s ON s.id = a.staff JOIN assignment me ON me.id = :permit.assignment
LEFT JOIN assignment da ON da.id = a.deputy AND da.drawer = a.drawer AND da.staff <> me.staff AND da.staff <> a.staff
WHERE a.drawer = :permit.drawer AND a.staff <> me.staff AND @in_force(a, :permit.day)
AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.child = :permit.child AND r.person = s.person)
AND (a.role = 'manager' OR (a.role = 'professional' AND NOT EXISTS (SELECT 1 FROM assignment m JOIN staff ms ON ms.id = m.staff WHERE m.drawer = :permit.drawer AND m.role = 'manager'
	AND m.staff <> me.staff AND @in_force(m, :permit.day) AND NOT EXISTS (SELECT 1 FROM relation q WHERE q.child = :permit.child AND q.person = ms.person))))
ORDER BY CASE WHEN @away(a.staff, :permit.day) AND da.id IS NULL THEN 1 ELSE 0 END,
	CASE WHEN a.unit = :permit.unit THEN 0 ELSE 1 END, a.id LIMIT 20;

-- query paper_task_put : change 1; permit waiver.ask|plan.start; in id task, to assignment, deputy assignment?, paper item, due date
INSERT INTO task (id, kind, child, drawer, assignment, deputy, item_kind, item, due_on, state, made_ms)
VALUES (:id, 'paper_yes', :permit.child, :permit.drawer, :to, :deputy, 'paper', :paper, :due, 'open', :permit.now_ms);

-- query paper_put : change 1; permit waiver.ask|plan.start; in id paper, kind text, question item, person person, how text, checked text, task task, ends date
INSERT INTO paper (id, child, question_kind, question, person, how, checked, drawer, written_by, written_ms, task, ends_on, state)
VALUES (:id, :permit.child, :kind, :question, :person, :how, :checked, :permit.drawer, :permit.assignment, :permit.now_ms, :task, :ends, 'waiting');

-- query paper_waits : maybe; permit waiver.ask|plan.start; in question item, person person; out id paper
SELECT id FROM paper WHERE question = :question AND person = :person AND state = 'waiting';

-- One that waits for the reader: its task is theirs, or that of one they cover.
-- query paper_one : maybe; permit paper.read|paper.answer; in id paper; out id paper, task task, kind text, question item, person person, written_by assignment, how text, checked text, name text?, writer text, writer_title text, written_ms int64, version int64, due date, ends date, child int64, decides int64, asked int64
SELECT p.id, p.task, p.question_kind, p.question, p.person, p.written_by, p.how, p.checked,
	(SELECT i.given_name || ' ' || i.family_name FROM identity i WHERE i.person = p.person AND (i.drawer = :permit.drawer OR i.source IN ('register', 'family'))
		ORDER BY CASE WHEN i.drawer = :permit.drawer THEN 0 ELSE 1 END, i.id LIMIT 1),
	ws.name, w.title, p.written_ms, p.version, t.due_on, p.ends_on,
	CASE WHEN c.person = p.person THEN 1 ELSE 0 END,
	CASE WHEN c.person = p.person OR EXISTS (SELECT 1 FROM relation r WHERE r.child = p.child AND r.person = p.person AND r.kind IN ('guardian', 'god_man') AND r.stands = 1
		AND @in_force(r, :permit.day)) THEN 1 ELSE 0 END,
	CASE WHEN (p.question_kind = 'waiver' AND EXISTS (SELECT 1 FROM waiver_answer x JOIN waiver q ON q.id = x.waiver WHERE q.id = p.question AND q.state = 'asked' AND q.to_on >= :permit.day AND x.person = p.person AND x.says = 'asked'))
		OR (p.question_kind = 'invitation' AND EXISTS (SELECT 1 FROM invitation_answer x JOIN invitation q ON q.id = x.invitation WHERE q.id = p.question AND q.state = 'asked' AND x.person = p.person AND x.says = 'asked')) THEN 1 ELSE 0 END
FROM paper p JOIN task t ON t.id = p.task JOIN child c ON c.id = p.child JOIN assignment w ON w.id = p.written_by JOIN staff ws ON ws.id = w.staff
WHERE p.id = :id AND p.child = :permit.child AND p.drawer = :permit.drawer AND p.state = 'waiting' AND p.ends_on >= :permit.day AND t.state = 'open'
AND (t.assignment = :permit.assignment OR (t.deputy = :permit.assignment AND (t.due_on < :permit.day OR EXISTS (
	SELECT 1 FROM assignment a LEFT JOIN absence x ON x.staff = a.staff AND @in_force(x, :permit.day)
	WHERE a.id = t.assignment AND (x.id IS NOT NULL OR (a.to_on IS NOT NULL AND a.to_on < :permit.day))))));

-- Nobody confirms what they wrote themselves, in whatever role.
-- query paper_answered : change 1; permit paper.answer; in id paper, state text, words text?, version int64
UPDATE paper SET state = :state, words = :words, answered_by = :permit.assignment, answered_ms = :permit.now_ms, version = version + 1
WHERE id = :id AND child = :permit.child AND drawer = :permit.drawer AND state = 'waiting' AND version = :version AND ends_on >= :permit.day
AND NOT EXISTS (SELECT 1 FROM assignment w JOIN assignment m ON m.staff = w.staff WHERE w.id = paper.written_by AND m.id = :permit.assignment)
AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.child = :permit.child AND r.person = :permit.actor) AND person <> :permit.actor;

-- query paper_task_answered : change 1; permit paper.answer; in task task, state text, words text?
UPDATE task SET state = :state, answer = :words, answered_ms = :permit.now_ms, answered_by = :permit.assignment, version = version + 1 WHERE id = :task AND state = 'open';

-- The one who wrote it is told that it does not count, by whoever ends it; it says no more than that.
-- query paper_not : change 1; permit paper.answer|task.answer; in id task, paper paper, words text?, due date
INSERT INTO task (id, kind, child, drawer, assignment, deputy, item_kind, item, words, due_on, state, made_ms)
SELECT :id, 'paper_not', p.child, p.drawer, p.written_by, w.deputy, 'paper', p.id, :words, :due, 'open', :permit.now_ms
FROM paper p JOIN assignment w ON w.id = p.written_by WHERE p.id = :paper;

-- The question has its answer already, or waits for none: nothing is left to confirm.
-- query paper_gone : change; permit waiver.answer|waiver.ask|invitation.answer|plan.start|paper.answer; in question item
UPDATE paper SET state = 'gone', ended_ms = :permit.now_ms, version = version + 1
WHERE question = :question AND child = :permit.child AND state = 'waiting'
AND NOT EXISTS (SELECT 1 FROM waiver_answer x JOIN waiver q ON q.id = x.waiver WHERE q.id = paper.question AND q.state = 'asked' AND x.person = paper.person AND x.says = 'asked')
AND NOT EXISTS (SELECT 1 FROM invitation_answer x JOIN invitation q ON q.id = x.invitation WHERE q.id = paper.question AND q.state = 'asked' AND x.person = paper.person AND x.says = 'asked');

-- query paper_tasks_gone : change; permit waiver.answer|waiver.ask|invitation.answer|plan.start|paper.answer|task.answer; in question item
UPDATE task SET state = 'done', answered_ms = :permit.now_ms, version = version + 1
WHERE kind = 'paper_yes' AND state = 'open' AND id IN (SELECT p.task FROM paper p WHERE p.question = :question AND p.state IN ('gone', 'taken_back'));

-- query paper_mine : maybe; permit waiver.answer|invitation.answer; in question item; out id paper, state text
SELECT id, state FROM paper WHERE question = :question AND child = :permit.child AND person = :permit.actor AND state IN ('waiting', 'confirmed') ORDER BY written_ms DESC, id LIMIT 1;

-- query paper_back : change 1; permit waiver.answer|invitation.answer; in id paper
UPDATE paper SET state = 'taken_back', ended_ms = :permit.now_ms, version = version + 1 WHERE id = :id AND person = :permit.actor AND state IN ('waiting', 'confirmed');

-- query paper_tell_lead : change 1; permit invitation.answer; in id task, plan plan, due date
INSERT INTO task (id, kind, child, plan, drawer, assignment, deputy, item_kind, item, due_on, state, made_ms)
SELECT :id, 'paper_not', p.child, p.id, a.drawer, a.id, a.deputy, 'plan', p.id, :due, 'open', :permit.now_ms
FROM plan p JOIN assignment a ON a.id = p.lead WHERE p.id = :plan AND p.child = :permit.child AND p.state = 'open';

-- Nobody has answered by its last day (climb). Its task ends as it does.
-- query paper_lapsed : change 1; permit task.answer; in id paper
UPDATE paper SET state = 'lapsed', ended_ms = :permit.now_ms, version = version + 1 WHERE id = :id AND state = 'waiting' AND ends_on < :permit.day;
-- query paper_task_lapsed : change; permit task.answer; in paper paper
UPDATE task SET state = 'lapsed', answered_ms = :permit.now_ms, version = version + 1 WHERE id = (SELECT p.task FROM paper p WHERE p.id = :paper) AND state = 'open';
-- query paper_late : maybe; permit task.answer; in id paper; out child child
SELECT child FROM paper WHERE id = :id AND state = 'waiting' AND ends_on < :permit.day;

-- On the page of the question. The family: one's own paper always, another's once the question is answered by all, which
-- tells what each has said (promise 20). Staff: those of the drawer that asked.
-- query paper_rows : many; permit waiver.read|waiver.ask|waiver.answer|invitation.answer|plan.start; in question item; out id paper, person person, mine int64, how text, checked text, writer text, writer_unit text, written_ms int64, state text, ends date, second text?, second_unit text?, answered_ms int64?, ended_ms int64?, words text?, name text?, waits_for text
SELECT p.id, p.person, CASE WHEN p.person = :permit.actor THEN 1 ELSE 0 END, p.how, p.checked, ws.name, wu.name, p.written_ms, p.state, p.ends_on, cs.name, cu.name, p.answered_ms, p.ended_ms, p.words,
	@given_of(p.person, :permit.drawer), ts.name
FROM paper p JOIN assignment w ON w.id = p.written_by JOIN staff ws ON ws.id = w.staff JOIN unit wu ON wu.id = w.unit
JOIN task t ON t.id = p.task JOIN assignment ta ON ta.id = t.assignment JOIN staff ts ON ts.id = ta.staff
LEFT JOIN assignment c ON c.id = p.answered_by LEFT JOIN staff cs ON cs.id = c.staff LEFT JOIN unit cu ON cu.id = c.unit
WHERE p.question = :question AND p.child = :permit.child AND ((:permit.drawer <> 0 AND p.drawer = :permit.drawer)
	OR (:permit.drawer = 0 AND (p.person = :permit.actor OR (p.state = 'confirmed'
		AND (EXISTS (SELECT 1 FROM waiver q WHERE q.id = p.question AND q.state IN ('valid', 'withdrawn')) OR EXISTS (SELECT 1 FROM invitation q WHERE q.id = p.question AND q.state = 'yes'))))))
ORDER BY p.written_ms, p.person, p.id;
