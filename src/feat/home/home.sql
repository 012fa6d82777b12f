-- query home_person : maybe; permit home.read; out given text
SELECT given_name FROM identity WHERE person = :permit.actor ORDER BY CASE source WHEN 'family' THEN 0 WHEN 'register' THEN 1 ELSE 2 END LIMIT 1;

-- All children of this home at once: plan, next step and who carries it. A step marked "harm to child" (OSL 12:3) is no step for
-- the others. Which of them the reader may see the permit says (permit_children); the rest is not looked at.
-- query home_child : many; permit home.read; out child child, name text, plan plan?, version int64?,
--   contact assignment?, lead_name text?, lead_title text?, lead_unit text?, lead_phone text?, away_to date?,
--   step step?, step_version int64?, pattern text?, words text?, place text?, due date?, due_minute int64?,
--   who text?, owner_person person?, owner_given text?
SELECT c.id, c.name, p.id, p.version, la.id, ls.name, la.title, lu.name, COALESCE(ls.phone, lu.phone),
	CASE WHEN la.to_on < :permit.day THEN '2999-12-31' ELSE (SELECT MAX(COALESCE(x.to_on, '2999-12-31')) FROM absence x WHERE x.staff = la.staff AND x.from_on <= :permit.day AND (x.to_on IS NULL OR x.to_on >= :permit.day)) END,
	s.id, s.version, s.pattern, s.words, s.place, s.due_on, s.due_minute,
	COALESCE(os.name, op.name), s.owner_person,
	CASE WHEN s.owner_person IS NOT NULL THEN (SELECT i.given_name FROM identity i WHERE i.person = s.owner_person ORDER BY CASE i.source WHEN 'family' THEN 0 WHEN 'register' THEN 1 ELSE 2 END LIMIT 1) END
FROM child c LEFT JOIN plan p ON p.child = c.id AND p.state = 'open'
LEFT JOIN assignment la ON la.id = COALESCE(p.contact, p.lead) LEFT JOIN staff ls ON ls.id = la.staff LEFT JOIN unit lu ON lu.id = la.unit
LEFT JOIN step s ON s.plan = p.id AND s.number = p.next_step AND (s.harm = 0 OR c.person = :permit.actor)
LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff
LEFT JOIN party op ON op.id = s.owner_party
WHERE c.id IN (SELECT r.child FROM relation r WHERE r.person = :permit.actor AND r.from_on <= :permit.day AND (r.to_on IS NULL OR r.to_on >= :permit.day) AND r.kind IN ('guardian', 'carer', 'god_man') UNION SELECT k.id FROM child k WHERE k.person = :permit.actor);

-- What goes on, as far as OSL 12:3 lets this reader see it: what a holder marked "harm to child" is not there.
-- query home_threads : many; permit home.read; out child child, id thread, plan plan?, title text, state text, since date, next date?, next_words text?, meanwhile text?, heard date, unit text, regime text, harm int64
SELECT t.child, t.id, t.plan, t.title, t.state, t.since_on, t.next_on, t.next_words, t.meanwhile, t.heard_on, u.name, d.regime, t.harm
FROM thread t JOIN child c ON c.id = t.child JOIN unit u ON u.id = t.unit JOIN drawer d ON d.id = t.drawer
WHERE t.child IN (SELECT r.child FROM relation r WHERE r.person = :permit.actor AND r.from_on <= :permit.day AND (r.to_on IS NULL OR r.to_on >= :permit.day) AND r.kind IN ('guardian', 'carer', 'god_man') UNION SELECT k.id FROM child k WHERE k.person = :permit.actor) AND t.state <> 'ended' AND (t.harm = 0 OR c.person = :permit.actor)
ORDER BY CASE t.state WHEN 'waiting_you' THEN 0 ELSE 1 END, t.next_on;

-- What waits for this reader's own answer: a yes to sharing; an invitation to a plan.
-- query home_asks : many; permit home.read; in person person; out kind text, item item, child child, who text, unit text
SELECT 'waiver', w.id, w.child, s.name, u.name FROM waiver_answer n JOIN waiver w ON w.id = n.waiver
JOIN assignment a ON a.id = w.asked_by JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE n.person = :person AND n.says = 'asked' AND w.state = 'asked' AND w.to_on >= :permit.day
UNION ALL
SELECT 'invitation', i.id, i.child, s.name, u.name FROM invitation_answer n JOIN invitation i ON i.id = n.invitation
JOIN assignment a ON a.id = i.assignment JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE n.person = :person AND n.says = 'asked' AND i.state = 'asked';

-- For the youth itself: what its words led to, told by who read them.
-- query home_led : maybe; permit home.read; in child child; out led text, who text
SELECT v.led_words, s.name FROM voice v JOIN assignment a ON a.id = v.read_by JOIN staff s ON s.id = a.staff
WHERE v.child = :child AND v.led_words IS NOT NULL ORDER BY v.read_ms DESC, v.id LIMIT 1;
