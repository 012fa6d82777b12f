-- A disclosure with a ground, and the tasks that a person has to decide.

-- query disclose_places : many; permit disclose;
--   out id drawer, regime text, authority text, authority_id authority
SELECT d.id, d.regime, a.name, a.id FROM drawer d JOIN authority a ON a.id = d.authority WHERE d.id <> :permit.drawer
ORDER BY CASE WHEN a.id = (SELECT x.authority FROM drawer x WHERE x.id = :permit.drawer) THEN 0
	WHEN a.municipality = (SELECT y.municipality FROM drawer x JOIN authority y ON y.id = x.authority WHERE x.id = :permit.drawer) THEN 1 WHEN a.kind = 'region' THEN 2 ELSE 3 END, a.name, d.regime;

-- What became of the last yes between two drawers; refused and not yet answered are no yes at all.
-- query disclose_past : maybe; permit disclose|task.answer|task.read; in child child, holder drawer, to drawer; out state text, until date
SELECT w.state, w.to_on FROM waiver w
WHERE w.child = :child AND w.state IN ('valid', 'withdrawn') AND EXISTS (SELECT 1 FROM waiver_drawer h WHERE h.waiver = w.id AND h.side = 'holder' AND h.drawer = :holder)
AND EXISTS (SELECT 1 FROM waiver_drawer t WHERE t.waiver = w.id AND t.side = 'recipient' AND t.drawer = :to)
ORDER BY w.asked_ms DESC, w.id LIMIT 1;

-- Who may assess: managers of the same drawer, the own unit's first; where it has none, a colleague in it (OSL 6:3).
-- Never somebody of another drawer, be it of the same authority: a wall inside one is a wall (OSL 8:2). Their deputy is
-- the one they named, if in the drawer too, else another of these. Never the one who asks, in another role either: nobody decides their own question.
-- query disclose_assessors : many; permit disclose; out id assignment, staff staff, name text, title text, unit text, deputy assignment?, deputy_name text?
SELECT a.id, a.staff, s.name, a.title, u.name, da.id, ds.name
FROM assignment a JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
JOIN assignment me ON me.id = :permit.assignment LEFT JOIN assignment da ON da.id = a.deputy AND da.drawer = a.drawer AND da.staff <> me.staff AND da.staff <> a.staff LEFT JOIN staff ds ON ds.id = da.staff
WHERE a.drawer = :permit.drawer AND a.staff <> me.staff AND @in_force(a, :permit.day)
AND (a.role = 'manager' OR (a.role = 'professional' AND NOT EXISTS (SELECT 1 FROM assignment m WHERE m.drawer = :permit.drawer AND m.role = 'manager'
	AND m.staff <> me.staff AND @in_force(m, :permit.day))))
ORDER BY CASE WHEN a.unit = :permit.unit THEN 0 ELSE 1 END, s.name LIMIT 20;

-- query disclose_put_task : change 1; permit disclose;
--   in id task, plan plan?, to assignment, deputy assignment?, item_kind text, item item, to_drawer drawer, ground text?, words text, due date
INSERT INTO task (id, kind, child, plan, drawer, assignment, deputy, item_kind, item, to_drawer, ground, words, due_on, state, made_ms)
VALUES (:id, 'assess_disclosure', :permit.child, :plan, :permit.drawer, :to, :deputy, :item_kind, :item, :to_drawer, :ground, :words, :due, 'open', :permit.now_ms);

-- What waits for me, and for one I cover who is away or did not answer in time. A protected child has no name here.
-- query task_list : many; permit task.read; out id task, kind text, child child?, name text?, shielded int64?, words text?, due date, cover int64, item_kind text?, item item?
SELECT t.id, t.kind, t.child, @child_name(c), c.shielded, t.words, t.due_on, CASE WHEN t.assignment = :permit.assignment THEN 0 ELSE 1 END, t.item_kind, t.item
FROM task t LEFT JOIN child c ON c.id = t.child
WHERE t.state = 'open' AND (t.assignment = :permit.assignment OR (t.deputy = :permit.assignment AND (t.due_on < :permit.day OR EXISTS (
	SELECT 1 FROM assignment a LEFT JOIN absence x ON x.staff = a.staff AND @in_force(x, :permit.day)
	WHERE a.id = t.assignment AND (x.id IS NOT NULL OR (a.to_on IS NOT NULL AND a.to_on < :permit.day))))))
ORDER BY t.due_on, t.id LIMIT 100;

-- query task_one : maybe; permit task.read|task.answer; in id task; out kind text, child child?, name text?, shielded int64?, drawer drawer, item_kind text?, item item?, to_drawer drawer?, ground text?, words text?, due date, made_ms int64, version int64, letter_mine int64
SELECT t.kind, t.child, @child_name(c), c.shielded, t.drawer, t.item_kind, t.item, t.to_drawer, t.ground, t.words, t.due_on, t.made_ms, t.version,
	CASE WHEN t.item_kind = 'letter' AND EXISTS (SELECT 1 FROM letter l WHERE l.id = t.item AND l.to_assignment = :permit.assignment) THEN 1 ELSE 0 END
FROM task t LEFT JOIN child c ON c.id = t.child
WHERE t.id = :id AND t.state = 'open' AND (t.assignment = :permit.assignment OR (t.deputy = :permit.assignment AND (t.due_on < :permit.day OR EXISTS (
	SELECT 1 FROM assignment a LEFT JOIN absence x ON x.staff = a.staff AND @in_force(x, :permit.day)
	WHERE a.id = t.assignment AND (x.id IS NOT NULL OR (a.to_on IS NOT NULL AND a.to_on < :permit.day))))));

-- query task_answer_put : change 1; permit task.answer; in id task, state text, answer text, version int64
UPDATE task SET state = :state, answer = :answer, answered_ms = :permit.now_ms, answered_by = :permit.assignment, version = version + 1
WHERE id = :id AND state = 'open' AND version = :version;
