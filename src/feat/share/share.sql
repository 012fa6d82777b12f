-- Who can read what, and the rows of disclosure. Acts: all that save or show something of a child.

-- acts sharing : step.done|step.edit|plan.edit|plan.start|plan.close|thread.edit|measure.edit|disclose|
--   handover.ask|handover.answer|invitation.answer|waiver.ask|waiver.read|waiver.answer|paper.read|paper.answer|
--   voice.read|voice.write|work.read|work.save|task.read|task.answer|child.show|child.correct|
--   engagement.edit|letter.answer|disagree|journal.copy

-- What the rules of secrecy look at. protection: any but 'none' on the child or one of its family.
-- query share_facts : maybe; permit @sharing;
--   in child child; out person person, born date?, expected date?, guardians int64, protection text?, name text
SELECT c.person, c.born_on, c.expected_on,
	CAST((SELECT count(DISTINCT r.person) FROM relation r WHERE r.child = c.id AND r.kind IN ('guardian', 'god_man') AND r.stands = 1 AND @in_force(r, :permit.day)) AS BIGINT),
	(SELECT max(i.protection) FROM identity i WHERE i.protection <> 'none' AND (i.person = c.person OR i.person IN (SELECT r.person FROM relation r WHERE r.child = c.id))),
	@child_name(c)
FROM child c WHERE c.id = :child;

-- Drawers that a yes opens for what one drawer holds. agreeing: guardians of today who said yes.
-- query share_openings : many; permit @sharing;
--   in child child, holder drawer; out waiver waiver, drawer drawer, regime text, authority authority, content text, until date, child_view text, child_says text?, agreeing int64, asked_by assignment
SELECT w.id, d.id, d.regime, d.authority, w.content, w.to_on, w.child_view,
	(SELECT a.says FROM waiver_answer a JOIN child c ON c.person = a.person WHERE c.id = w.child AND a.waiver = w.id),
	CAST((SELECT count(DISTINCT a.person) FROM waiver_answer a JOIN relation r ON r.person = a.person WHERE a.waiver = w.id AND a.says = 'yes'
		AND r.child = w.child AND r.kind IN ('guardian', 'god_man') AND r.stands = 1 AND @in_force(r, :permit.day)) AS BIGINT),
	w.asked_by
FROM waiver w JOIN waiver_drawer h ON h.waiver = w.id AND h.side = 'holder' AND h.drawer = :holder
JOIN waiver_drawer t ON t.waiver = w.id AND t.side = 'recipient' AND t.drawer <> :holder JOIN drawer d ON d.id = t.drawer
WHERE w.child = :child AND w.state = 'valid' AND w.from_on <= :permit.day AND w.to_on >= :permit.day
ORDER BY d.id, w.to_on DESC, w.id;

-- query share_drawer : maybe; permit @sharing;
--   in drawer drawer; out regime text, authority authority, name text
SELECT d.regime, d.authority, a.name FROM drawer d JOIN authority a ON a.id = d.authority WHERE d.id = :drawer;

-- Which drawer, which mark, in a plan or not. A voice stands in the plan only if the child lets it.
-- query share_item : maybe; permit @sharing;
--   in kind text, item item, child child; out drawer drawer, harm int64, in_plan int64
SELECT p.drawer, 0, 1 FROM plan p WHERE :kind = 'plan' AND p.id = :item AND p.child = :child
UNION ALL SELECT s.drawer, s.harm, 1 FROM step s JOIN plan p ON p.id = s.plan WHERE :kind = 'step' AND s.id = :item AND p.child = :child
UNION ALL SELECT t.drawer, t.harm, CASE WHEN t.plan IS NULL THEN 0 ELSE 1 END FROM thread t WHERE :kind = 'thread' AND t.id = :item AND t.child = :child
UNION ALL SELECT n.drawer, n.harm, 1 FROM need n JOIN plan p ON p.id = n.plan WHERE :kind = 'need' AND n.id = :item AND p.child = :child
UNION ALL SELECT g.drawer, g.harm, 1 FROM goal g JOIN plan p ON p.id = g.plan WHERE :kind = 'goal' AND g.id = :item AND p.child = :child
UNION ALL SELECT m.drawer, m.harm, 1 FROM measure m WHERE :kind = 'measure' AND m.id = :item AND m.child = :child
UNION ALL SELECT v.drawer, 0, v.in_plan FROM voice v WHERE :kind = 'voice' AND v.id = :item AND v.child = :child;

-- query share_engaged : many; permit @sharing;
--   in child child, drawer drawer; out unit text
SELECT DISTINCT u.name FROM engagement e JOIN unit u ON u.id = e.unit
WHERE e.child = :child AND e.drawer = :drawer AND @in_force(e, :permit.day) ORDER BY u.name;

-- query share_family : many; permit @sharing;
--   in child child; out kind text, name text?
SELECT r.kind, @given_of(r.person, :permit.drawer)
FROM relation r WHERE r.child = :child AND r.kind IN ('guardian', 'god_man', 'carer') AND r.stands = 1 AND @in_force(r, :permit.day)
ORDER BY CASE r.kind WHEN 'carer' THEN 1 ELSE 0 END, r.id;

-- Live rows of an item, whatever their ground.
-- query share_live : many; permit @sharing;
--   in kind text, item item; out id disclosure, drawer drawer, ground text, waiver waiver?, received text
SELECT l.id, l.to_drawer, l.ground, l.waiver, l.received FROM @live_rows l
WHERE l.item_kind = :kind AND l.item = :item;

-- query share_put : change 1; permit @sharing;
--   in id disclosure, child child, kind text, item item, from drawer, to drawer, ground text, waiver waiver?, need text?, received text, decided_by assignment, task task?
INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, waiver, need, received, decided_by, at_ms, task)
VALUES (:id, :child, :kind, :item, :from, :to, :ground, :waiver, :need, :received, :decided_by, :permit.now_ms, :task);

-- query share_end : change; permit @sharing;
--   in id disclosure
UPDATE disclosure SET ended_ms = :permit.now_ms WHERE id = :id AND ended_ms IS NULL;

-- All that can be shared of a child's open plan and of what goes on.
-- query share_items : many; permit @sharing;
--   in child child; out kind text, item item
SELECT 'plan', p.id FROM plan p WHERE p.child = :child AND p.state = 'open'
UNION ALL SELECT 'step', s.id FROM step s JOIN plan p ON p.id = s.plan WHERE p.child = :child AND p.state = 'open' AND s.state IN ('next', 'later')
UNION ALL SELECT 'thread', t.id FROM thread t WHERE t.child = :child AND t.state <> 'ended'
UNION ALL SELECT 'need', n.id FROM need n JOIN plan p ON p.id = n.plan WHERE p.child = :child AND p.state = 'open' AND n.ended_on IS NULL
UNION ALL SELECT 'goal', g.id FROM goal g JOIN plan p ON p.id = g.plan WHERE p.child = :child AND p.state = 'open' AND g.result IS NULL
UNION ALL SELECT 'measure', m.id FROM measure m JOIN plan p ON p.id = m.plan WHERE p.child = :child AND p.state = 'open' AND m.state <> 'ended'
UNION ALL SELECT 'voice', v.id FROM voice v WHERE v.child = :child AND v.in_plan = 1;

-- What an item says, for the one who receives it. A step's reason is not there (promise 4).
-- A name in it is the one by which its holder knows somebody, never another drawer's.
-- query share_words : maybe; permit @sharing;
--   in kind text, item item, holder drawer; out words text, pattern text?, due date?, due_minute int64?, who text?
SELECT s.words, s.pattern, s.due_on, s.due_minute, COALESCE(os.name, op.name, @given_of(s.owner_person, :holder))
FROM step s LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff LEFT JOIN party op ON op.id = s.owner_party
WHERE :kind = 'step' AND s.id = :item
UNION ALL SELECT t.title, NULL, t.next_on, NULL, t.next_words FROM thread t WHERE :kind = 'thread' AND t.id = :item
UNION ALL SELECT n.words, NULL, NULL, NULL, NULL FROM need n WHERE :kind = 'need' AND n.id = :item
UNION ALL SELECT g.words, NULL, g.followed_on, NULL, NULL FROM goal g WHERE :kind = 'goal' AND g.id = :item
UNION ALL SELECT m.words, NULL, m.from_on, NULL, NULL FROM measure m WHERE :kind = 'measure' AND m.id = :item
UNION ALL SELECT COALESCE(v.words, v.mood), NULL, NULL, NULL, NULL FROM voice v WHERE :kind = 'voice' AND v.id = :item;

-- query share_called : maybe; permit @sharing;
--   in child child, holder drawer; out name text?
SELECT @given_of(c.person, :holder) FROM child c WHERE c.id = :child;

-- query share_correct_end : change; permit child.correct; in kind text, item item
UPDATE disclosure SET ended_ms = :permit.now_ms WHERE item_kind = :kind AND item = :item AND child = :permit.child AND from_drawer = :permit.drawer AND ended_ms IS NULL;
