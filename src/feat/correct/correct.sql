-- What the own drawer has written about this child and can take back.
-- query correct_items : many; permit child.correct; in since int64; out kind text, item item, words text, pattern text?, who text?, due date?, made_ms int64
SELECT 'step', s.id, s.words, s.pattern, COALESCE(os.name, op.name), s.due_on, s.made_ms FROM step s JOIN plan p ON p.id = s.plan
LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff LEFT JOIN party op ON op.id = s.owner_party
WHERE p.child = :permit.child AND @own(s, :since) AND s.filler = 0
UNION ALL SELECT 'need', n.id, n.words, NULL, NULL, NULL, n.made_ms FROM need n JOIN plan p ON p.id = n.plan WHERE p.child = :permit.child AND @own(n, :since)
UNION ALL SELECT 'measure', m.id, m.words, NULL, NULL, NULL, m.made_ms FROM measure m WHERE m.child = :permit.child AND @own(m, :since)
UNION ALL SELECT 'thread', t.id, t.title, NULL, NULL, NULL, t.made_ms FROM thread t WHERE t.child = :permit.child AND @own(t, :since)
ORDER BY 7 DESC, 2 LIMIT 100;

-- query correct_child : one; permit child.correct; out name text
SELECT @child_name(c) FROM child c WHERE c.id = :permit.child;

-- query correct_add : change 1; permit child.correct; in id item, kind text, item item, words text, reason text, written_ms int64
INSERT INTO correction (id, child, drawer, item_kind, item, words, reason, written_ms, assignment, at_ms, controller, archive_owner)
SELECT :id, :permit.child, d.id, :kind, :item, :words, :reason, :written_ms, :permit.assignment, :permit.now_ms, d.authority, d.authority FROM drawer d WHERE d.id = :permit.drawer;

-- query correct_before : many; permit child.correct; in since int64; out kind text, item item, words text, reason text, who text, written_ms int64, at_ms int64
SELECT k.item_kind, k.item, k.words, k.reason, s.name, k.written_ms, k.at_ms FROM correction k JOIN assignment a ON a.id = k.assignment JOIN staff s ON s.id = a.staff
WHERE k.child = :permit.child AND k.drawer = :permit.drawer AND k.written_ms >= :since ORDER BY k.at_ms DESC, k.id LIMIT 10;

-- One who looked: only where the item stood open to that drawer, the own one or one that received it.
-- query correct_reader : maybe; permit child.correct; in assignment assignment, kind text, item item; out name text, unit text
SELECT s.name, u.name FROM assignment a JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE a.id = :assignment AND (a.drawer = :permit.drawer OR EXISTS (SELECT 1 FROM disclosure d WHERE d.item_kind = :kind AND d.item = :item AND d.from_drawer = :permit.drawer AND d.to_drawer = a.drawer));
