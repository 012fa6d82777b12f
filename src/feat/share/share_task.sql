-- query share_task_put : change 1; permit child.register; in id task, child child, assignment assignment, deputy assignment?, item_kind text, item item, words text, due date
INSERT INTO task (id, kind, child, drawer, assignment, deputy, item_kind, item, words, due_on, state, made_ms)
VALUES (:id, 'confirm_engagement', :child, :permit.drawer, :assignment, :deputy, :item_kind, :item, :words, :due, 'open', :permit.now_ms);

-- Nobody confirms themselves: neither in another role nor as the manager's deputy.
-- query share_task_manager : maybe; permit child.register; out assignment assignment, deputy assignment?
SELECT a.id, d.id FROM assignment a JOIN assignment me ON me.id = :permit.assignment LEFT JOIN assignment d ON d.id = a.deputy AND d.staff <> me.staff AND d.staff <> a.staff
WHERE a.unit = :permit.unit AND a.role = 'manager' AND a.staff <> me.staff AND @in_force(a, :permit.day) ORDER BY a.id LIMIT 1;

-- Who says whether a mark by hand holds: the unit's manager, else managers of the drawer, else a colleague in it. Never the one
-- who marked. It tells nothing of the child, so the unit's manager need not be of the same drawer.
-- query share_task_seconds : many; permit child.register; out assignment assignment, staff staff, deputy assignment?
SELECT a.id, a.staff, d.id FROM assignment a JOIN assignment me ON me.id = :permit.assignment LEFT JOIN assignment d ON d.id = a.deputy AND d.staff <> me.staff AND d.staff <> a.staff
WHERE a.staff <> me.staff AND @in_force(a, :permit.day)
AND ((a.unit = :permit.unit AND a.role = 'manager') OR (a.drawer = :permit.drawer AND a.role IN ('manager', 'professional')))
ORDER BY CASE WHEN a.role = 'manager' AND a.unit = :permit.unit THEN 0 WHEN a.role = 'manager' THEN 1 ELSE 2 END, a.id LIMIT 20;

-- query share_task_mark_put : change 1; permit child.register; in id task, child child, to assignment, deputy assignment?, marker item, due date
INSERT INTO task (id, kind, child, drawer, assignment, deputy, item_kind, item, due_on, state, made_ms)
VALUES (:id, 'protected', :child, :permit.drawer, :to, :deputy, 'assignment', :marker, :due, 'open', :permit.now_ms);

-- query task_marker : maybe; permit task.read|task.answer; in marker item; out name text, title text
SELECT s.name, a.title FROM assignment a JOIN staff s ON s.id = a.staff WHERE a.id = :marker;

-- What climbs (feat/climb): one task for each cause and person, however many copies of the program run.
-- query share_task_climb : change; permit task.answer; in id task, kind text, child child, plan plan?, assignment assignment, item_kind text, item item, due date, cause date
INSERT INTO task (id, kind, child, plan, drawer, assignment, deputy, item_kind, item, due_on, state, made_ms, cause_on)
SELECT :id, :kind, :child, :plan, a.drawer, a.id, a.deputy, :item_kind, :item, :due, 'open', :permit.now_ms, :cause FROM assignment a WHERE a.id = :assignment
ON CONFLICT DO NOTHING;
-- query share_task_made : maybe; permit task.answer; in id task; out id task
SELECT id FROM task WHERE id = :id;

-- query share_task_gone : change; permit task.answer; in id task
UPDATE task SET state = 'done', answered_ms = :permit.now_ms, version = version + 1 WHERE id = :id AND state = 'open' AND cause_on IS NOT NULL;
