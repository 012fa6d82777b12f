-- The manager's page: counts and names of staff, never content and never a child's name (PDL 4:1; OSL 26:1).

-- query unit_staff : many; permit unit.read; in silent date; out id assignment, name text, title text, role text, to_on date?, plans int64, silent int64, late int64, voices int64, tasks int64, away_from date?, away_to date?, deputy text?, left int64
SELECT a.id, s.name, a.title, a.role, a.to_on,
	(SELECT count(*) FROM plan p WHERE p.lead = a.id AND p.state = 'open'),
	(SELECT count(*) FROM thread t WHERE t.assignment = a.id AND t.state <> 'ended' AND t.heard_on < :silent),
	(SELECT count(*) FROM step st WHERE st.owner_assignment = a.id AND st.state = 'next' AND st.filler = 1 AND st.due_on < :permit.day),
	(SELECT count(*) FROM voice v WHERE v.reader = a.id AND v.read_ms IS NULL AND v.read_by_on < :permit.day),
	(SELECT count(*) FROM task k WHERE k.assignment = a.id AND k.state = 'open' AND k.due_on < :permit.day),
	x.from_on, x.to_on, ds.name, CASE WHEN a.to_on < :permit.day THEN 1 ELSE 0 END
FROM assignment a JOIN staff s ON s.id = a.staff
LEFT JOIN absence x ON x.id = (SELECT y.id FROM absence y WHERE y.staff = a.staff AND (y.to_on IS NULL OR y.to_on >= :permit.day) ORDER BY y.from_on, y.id LIMIT 1)
LEFT JOIN assignment d ON d.id = a.deputy LEFT JOIN staff ds ON ds.id = d.staff
WHERE a.unit = :permit.unit AND a.role <> 'administrator' AND a.from_on <= :permit.day
AND (a.to_on IS NULL OR a.to_on >= :permit.day OR EXISTS (SELECT 1 FROM plan p WHERE p.lead = a.id AND p.state = 'open'))
ORDER BY s.name, a.id LIMIT 300;

-- query unit_handovers : many; permit unit.read; out giver text, receiver text, asked_ms int64
SELECT g.name, r.name, h.asked_ms FROM handover h JOIN assignment ga ON ga.id = h.giver JOIN staff g ON g.id = ga.staff JOIN assignment ra ON ra.id = h.receiver JOIN staff r ON r.id = ra.staff
WHERE h.state = 'asked' AND h.id IN (SELECT y.id FROM assignment m JOIN handover y ON y.giver = m.id WHERE m.unit = :permit.unit
	UNION ALL SELECT y.id FROM assignment m JOIN handover y ON y.receiver = m.id AND y.state = 'asked' WHERE m.unit = :permit.unit) ORDER BY h.asked_ms LIMIT 100;

-- Why somebody said no: the answer is for the giver and the manager.
-- query unit_declined : many; permit unit.read; in since int64; out giver text, receiver text, answer text, answered_ms int64
SELECT g.name, r.name, h.answer, h.answered_ms FROM handover h JOIN assignment ga ON ga.id = h.giver JOIN staff g ON g.id = ga.staff JOIN assignment ra ON ra.id = h.receiver JOIN staff r ON r.id = ra.staff
WHERE h.state = 'declined' AND h.giver IN (SELECT m.id FROM assignment m WHERE m.unit = :permit.unit) AND h.answered_ms >= :since ORDER BY h.answered_ms DESC LIMIT 20;

-- query unit_one : one; permit unit.read|unit.edit; in id assignment; out name text, title text, to_on date?, deputy assignment?, plans int64, away_from date?, away_to date?, version int64
SELECT s.name, a.title, a.to_on, a.deputy, (SELECT count(*) FROM plan p WHERE p.lead = a.id AND p.state = 'open'), x.from_on, x.to_on, a.version
FROM assignment a JOIN staff s ON s.id = a.staff
LEFT JOIN absence x ON x.id = (SELECT y.id FROM absence y WHERE y.staff = a.staff AND (y.to_on IS NULL OR y.to_on >= :permit.day) ORDER BY y.from_on, y.id LIMIT 1)
WHERE a.id = :id AND a.unit = :permit.unit AND a.role <> 'administrator';
