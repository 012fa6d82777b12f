-- query share_task_put : change 1; permit child.register; in id task, child child, assignment assignment, deputy assignment?, item_kind text, item item, words text, due date
INSERT INTO task (id, kind, child, drawer, assignment, deputy, item_kind, item, words, due_on, state, made_ms)
VALUES (:id, 'confirm_engagement', :child, :permit.drawer, :assignment, :deputy, :item_kind, :item, :words, :due, 'open', :permit.now_ms);

-- query share_task_manager : maybe; permit child.register; out assignment assignment, deputy assignment?
SELECT a.id, a.deputy FROM assignment a WHERE a.unit = :permit.unit AND a.role = 'manager' AND a.from_on <= :permit.day AND (a.to_on IS NULL OR a.to_on >= :permit.day) ORDER BY a.id LIMIT 1;
