-- query home_person : maybe; permit home.read; out given text
SELECT given_name FROM identity WHERE person = :permit.actor ORDER BY CASE source WHEN 'family' THEN 0 WHEN 'register' THEN 1 ELSE 2 END LIMIT 1;

-- query home_child : one; permit home.read; in child child; out name text, plan plan?, version int64?,
--   lead_name text?, lead_title text?, lead_unit text?, lead_phone text?,
--   step step?, step_version int64?, pattern text?, words text?, place text?, due date?, due_minute int64?, filler int64?,
--   who text?, owner_person person?
SELECT c.name, p.id, p.version, ls.name, la.title, lu.name, COALESCE(ls.phone, lu.phone),
	s.id, s.version, s.pattern, s.words, s.place, s.due_on, s.due_minute, s.filler,
	COALESCE(os.name, op.name), s.owner_person
FROM child c LEFT JOIN plan p ON p.child = c.id AND p.state = 'open'
LEFT JOIN assignment la ON la.id = COALESCE(p.contact, p.lead) LEFT JOIN staff ls ON ls.id = la.staff LEFT JOIN unit lu ON lu.id = la.unit
LEFT JOIN step s ON s.plan = p.id AND s.number = p.next_step
LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff
LEFT JOIN party op ON op.id = s.owner_party
WHERE c.id = :child;

-- What goes on, as far as OSL 12:3 lets this reader see it: what a holder marked "harm to child" is not there.
-- query home_threads : many; permit home.read; in child child, sees_harm int64; out id thread, title text, state text, since date, next date?, next_words text?, meanwhile text?, heard date, unit text
SELECT t.id, t.title, t.state, t.since_on, t.next_on, t.next_words, t.meanwhile, t.heard_on, u.name
FROM thread t JOIN unit u ON u.id = t.unit
WHERE t.child = :child AND t.state <> 'ended' AND (t.harm = 0 OR :sees_harm = 1)
ORDER BY CASE t.state WHEN 'waiting_you' THEN 0 ELSE 1 END, t.next_on;
