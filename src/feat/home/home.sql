-- Each query here speaks of one child of the permit (permit_children): found by its key, which is several times faster than a
-- list of children inside the query. Sorting is done in C for the same reason.

-- asked: something may wait for this reader's answer.
-- query home_person : maybe; permit home.read; out given text, asked int64
SELECT COALESCE(@family_given(:permit.actor), ''),
	CASE WHEN EXISTS (SELECT 1 FROM waiver_answer n WHERE n.person = :permit.actor AND n.says = 'asked')
		OR EXISTS (SELECT 1 FROM invitation_answer n WHERE n.person = :permit.actor AND n.says = 'asked') THEN 1 ELSE 0 END;

-- The child, its open plan, and who leads it or is the family's contact.
-- query home_child : maybe; permit home.read; in child child; out child child, name text, plan plan?,
--   contact assignment?, lead_name text?, lead_title text?, lead_unit text?, lead_phone text?, away_to date?
SELECT c.id, c.name, p.id, la.id, ls.name, la.title, lu.name, COALESCE(ls.phone, lu.phone),
	CASE WHEN la.to_on < :permit.day THEN '2999-12-31' ELSE (SELECT MAX(COALESCE(x.to_on, '2999-12-31')) FROM absence x WHERE x.staff = la.staff AND @in_force(x, :permit.day)) END
FROM child c LEFT JOIN plan p ON p.child = c.id AND p.state = 'open'
LEFT JOIN assignment la ON la.id = COALESCE(p.contact, p.lead) LEFT JOIN staff ls ON ls.id = la.staff LEFT JOIN unit lu ON lu.id = la.unit
WHERE c.id = :child;

-- own: the reader is the child itself.
-- The next step, what comes then, and what was done last, not counting the program's own. A step marked "harm to child" (OSL 12:3) is no
-- step for the others: it is not there, and nothing counts it.
-- query home_steps : many; permit home.read; in plan plan, own int64; out step step, number int64, state text, version int64,
--   pattern text?, words text, place text?, due date?, due_minute int64?, filler int64, done_ms int64?, who text?, owner_person person?, owner_given text?
SELECT s.id, s.number, s.state, s.version, s.pattern, s.words, s.place, s.due_on, s.due_minute, s.filler, s.done_ms, COALESCE(os.name, op.name), s.owner_person,
	CASE WHEN s.owner_person IS NOT NULL THEN @family_given(s.owner_person) END
FROM step s LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff LEFT JOIN party op ON op.id = s.owner_party
WHERE s.plan = :plan AND (s.state IN ('next', 'later') OR s.number = (SELECT d.number FROM step d WHERE d.plan = :plan AND d.state = 'done' AND d.filler = 0
	AND (d.harm = 0 OR :own = 1) ORDER BY d.done_ms DESC, d.number DESC LIMIT 1))
AND (s.harm = 0 OR :own = 1)
ORDER BY s.number LIMIT 60;

-- What goes on, as far as OSL 12:3 lets this reader see it: what a holder marked "harm to child" is not there.
-- query home_threads : many; permit home.read; in child child, own int64; out child child, id thread, plan plan?, title text, state text, since date, next date?, next_words text?, meanwhile text?, heard date, unit text, regime text, harm int64
SELECT t.child, t.id, t.plan, t.title, t.state, t.since_on, t.next_on, t.next_words, t.meanwhile, t.heard_on, u.name, d.regime, t.harm
FROM thread t JOIN unit u ON u.id = t.unit JOIN drawer d ON d.id = t.drawer
WHERE t.child = :child AND t.state <> 'ended' AND (t.harm = 0 OR :own = 1);

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
