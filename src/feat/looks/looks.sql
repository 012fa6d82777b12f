-- "Vem har läst": what the family's extract needs beside the book.

-- query looks_child : one; permit looks.read; out name text, born date?, expected date?, protection text?
SELECT c.name, c.born_on, c.expected_on,
	(SELECT max(i.protection) FROM identity i WHERE i.protection <> 'none' AND (i.person = c.person OR i.person IN (SELECT r.person FROM relation r WHERE r.child = c.id)))
FROM child c WHERE c.id = :permit.child;

-- query looks_who : maybe; permit looks.read; in assignment assignment; out unit text, drawer drawer, regime text
SELECT u.name, a.drawer, d.regime FROM assignment a JOIN unit u ON u.id = a.unit JOIN drawer d ON d.id = a.drawer WHERE a.id = :assignment;

-- Does the family know that this drawer works with the child? agreed: in the plan, by a yes, by a question to the
-- family. thread: something goes on there that is not marked. marked: the drawer holds something marked "harm".
-- query looks_drawer : one; permit looks.read; in drawer drawer; out agreed int64, thread int64, marked int64
SELECT CASE WHEN EXISTS (SELECT 1 FROM plan p WHERE p.child = c.id AND p.drawer = :drawer)
		OR EXISTS (SELECT 1 FROM step s JOIN plan p ON p.id = s.plan WHERE p.child = c.id AND s.drawer = :drawer AND s.harm = 0)
		OR EXISTS (SELECT 1 FROM measure m WHERE m.child = c.id AND m.drawer = :drawer AND m.harm = 0)
		OR EXISTS (SELECT 1 FROM waiver w JOIN waiver_drawer d ON d.waiver = w.id WHERE w.child = c.id AND d.drawer = :drawer)
		OR EXISTS (SELECT 1 FROM waiver w JOIN assignment a ON a.id = w.asked_by WHERE w.child = c.id AND a.drawer = :drawer)
		OR EXISTS (SELECT 1 FROM invitation i JOIN assignment a ON a.id = i.assignment WHERE i.child = c.id AND a.drawer = :drawer)
	THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM thread t WHERE t.child = c.id AND t.drawer = :drawer AND t.harm = 0) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM thread t WHERE t.child = c.id AND t.drawer = :drawer AND t.harm = 1)
		OR EXISTS (SELECT 1 FROM step s JOIN plan p ON p.id = s.plan WHERE p.child = c.id AND s.drawer = :drawer AND s.harm = 1)
		OR EXISTS (SELECT 1 FROM need n JOIN plan p ON p.id = n.plan WHERE p.child = c.id AND n.drawer = :drawer AND n.harm = 1)
		OR EXISTS (SELECT 1 FROM goal g JOIN plan p ON p.id = g.plan WHERE p.child = c.id AND g.drawer = :drawer AND g.harm = 1)
		OR EXISTS (SELECT 1 FROM measure m WHERE m.child = c.id AND m.drawer = :drawer AND m.harm = 1) THEN 1 ELSE 0 END
FROM child c WHERE c.id = :permit.child;

-- The mark of the very item that was looked at; gone: as marked.
-- query looks_item : maybe; permit looks.read; in kind text, item item; out harm int64
SELECT s.harm FROM step s WHERE :kind = 'step' AND s.id = :item
UNION ALL SELECT t.harm FROM thread t WHERE :kind = 'thread' AND t.id = :item
UNION ALL SELECT n.harm FROM need n WHERE :kind = 'need' AND n.id = :item
UNION ALL SELECT g.harm FROM goal g WHERE :kind = 'goal' AND g.id = :item
UNION ALL SELECT m.harm FROM measure m WHERE :kind = 'measure' AND m.id = :item
UNION ALL SELECT 0 FROM plan p WHERE :kind = 'plan' AND p.id = :item;
