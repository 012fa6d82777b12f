-- What a staff member may see of a child (promise 3): what the own drawer holds, and what was disclosed to it
-- and is still open (promise 5). since: where an engagement by oneself is not confirmed yet, what came before is
-- closed. Every query narrows by itself: a list never counts what its reader may not see.

-- Each source keeps its own facts (design.md section 4): the own drawer's come first, then the register's, then
-- the family's. Another drawer's are not there.
-- query child_show_person : one; permit child.show; out identity identity?, given text?, family text?, born date?, expected date?, number_of identity?, number_sealed blob?
SELECT i.id, i.given_name, i.family_name, COALESCE(i.born_on, c.born_on), COALESCE(i.expected_on, c.expected_on), n.id, n.number_sealed
FROM child c LEFT JOIN identity i ON i.id = @identity_of(c.person, :permit.drawer)
LEFT JOIN identity n ON n.id = (SELECT x.id FROM identity x WHERE x.person = c.person AND x.number_sealed IS NOT NULL AND (x.drawer = :permit.drawer OR x.source IN ('register', 'family'))
	ORDER BY CASE WHEN x.drawer = :permit.drawer THEN 0 ELSE 1 END, x.id LIMIT 1)
WHERE c.id = :permit.child;

-- query child_show_relations : many; permit child.show; out person person, kind text, given text, family text, phone text?
SELECT r.person, r.kind, i.given_name, i.family_name, p.phone
FROM relation r JOIN person p ON p.id = r.person
JOIN identity i ON i.id = @identity_of(r.person, :permit.drawer)
WHERE r.child = :permit.child AND (r.drawer = :permit.drawer OR r.drawer IS NULL) AND @in_force(r, :permit.day)
ORDER BY r.kind, r.person, r.id;

-- A plan that is not disclosed to the reader's drawer does not exist for it.
-- query child_show_plan : maybe; permit child.show; in since int64; out plan plan, drawer drawer, version int64, opened date, lead assignment, lead_name text, lead_title text, lead_unit text, lead_phone text?
SELECT p.id, p.drawer, p.version, p.opened_on, p.lead, s.name, a.title, u.name, COALESCE(s.phone, u.phone)
FROM plan p JOIN assignment a ON a.id = p.lead JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE p.child = :permit.child AND p.state = 'open' AND @seen(p, :since);

-- A reason stays in its drawer: a step can be shared without it (promise 4).
-- query child_show_steps : many; permit child.show; in plan plan, since int64; out id step, number int64, drawer drawer, state text, pattern text?, words text, reason text?, place text?, due date?, due_minute int64?, filler int64, done_ms int64?, version int64, owner_assignment assignment?, owner text?, owner_person person?, how text?
SELECT s.id, s.number, s.drawer, s.state, s.pattern, s.words, CASE WHEN s.drawer = :permit.drawer THEN s.reason END, s.place, s.due_on, s.due_minute, s.filler, s.done_ms, s.version,
	s.owner_assignment, COALESCE(os.name, op.name, i.given_name), s.owner_person, s.how
FROM step s LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff
LEFT JOIN party op ON op.id = s.owner_party
LEFT JOIN identity i ON i.id = @identity_of(s.owner_person, :permit.drawer)
WHERE s.plan = :plan AND s.state <> 'dropped' AND @seen(s, :since)
ORDER BY CASE s.state WHEN 'next' THEN 0 WHEN 'later' THEN 1 ELSE 2 END, CASE WHEN s.state = 'done' THEN -s.number ELSE 0 END, s.due_on, s.number
LIMIT 60;

-- query child_show_threads : many; permit child.show; in since int64; out id thread, drawer drawer, title text, state text, since_on date, next date?, next_words text?, meanwhile text?, unit text, who text
SELECT t.id, t.drawer, t.title, t.state, t.since_on, t.next_on, t.next_words, t.meanwhile, u.name, s.name
FROM thread t JOIN unit u ON u.id = t.unit JOIN assignment a ON a.id = t.assignment JOIN staff s ON s.id = a.staff
WHERE t.child = :permit.child AND t.state <> 'ended' AND @seen(t, :since)
ORDER BY CASE WHEN t.drawer = :permit.drawer THEN 0 ELSE 1 END, t.next_on, t.id LIMIT 60;

-- query child_show_needs : many; permit child.show; in plan plan, since int64; out id need, drawer drawer, area text, words text, strength int64
SELECT n.id, n.drawer, n.area, n.words, n.strength FROM need n
WHERE n.plan = :plan AND n.ended_on IS NULL AND @seen(n, :since)
ORDER BY n.strength, n.made_ms, n.id LIMIT 60;

-- query child_show_goals : many; permit child.show; in plan plan, since int64; out id goal, drawer drawer, need need?, words text, followed date?, result text?
SELECT g.id, g.drawer, g.need, g.words, g.followed_on, g.result FROM goal g
WHERE g.plan = :plan AND @seen(g, :since)
ORDER BY g.made_ms, g.id LIMIT 60;

-- query child_show_measures : many; permit child.show; in plan plan, since int64; out id measure, drawer drawer, goal goal?, kind text?, words text, state text, from_on date, to_on date?, who text?, result text?
SELECT m.id, m.drawer, m.goal, m.kind, m.words, m.state, m.from_on, m.to_on, COALESCE(u.name, y.name), m.result
FROM measure m LEFT JOIN unit u ON u.id = m.unit LEFT JOIN party y ON y.id = m.party
WHERE m.plan = :plan AND @seen(m, :since)
ORDER BY CASE m.state WHEN 'ended' THEN 1 ELSE 0 END, m.from_on, m.id LIMIT 60;

-- What an outside party said stays with the drawer that wrote it down; that it takes part is the plan's.
-- query child_show_parties : many; permit child.show; in plan plan; out id party, name text, phone text?, answered_on date?, answered text?
SELECT y.id, y.name, y.phone, CASE WHEN p.drawer = :permit.drawer THEN y.answered_on END, CASE WHEN p.drawer = :permit.drawer THEN y.answered END
FROM party y JOIN plan p ON p.id = y.plan WHERE y.plan = :plan AND p.child = :permit.child ORDER BY y.made_ms, y.id LIMIT 40;

-- Why each item from another drawer may be seen.
-- query child_show_whys : many; permit child.show; in since int64; out kind text, item item, ground text, waiver waiver?, to_on date?, at_ms int64, who text, regime text
SELECT d.item_kind, d.item, d.ground, d.waiver, CASE WHEN d.waiver IS NOT NULL THEN d.to_on END, d.at_ms, s.name, f.regime
FROM @live_to_me(:since) d JOIN assignment a ON a.id = d.decided_by JOIN staff s ON s.id = a.staff JOIN drawer f ON f.id = d.from_drawer
WHERE d.child = :permit.child ORDER BY d.at_ms DESC, d.id LIMIT 400;

-- query child_show_said_yes : many; permit child.show; out waiver waiver, given text
SELECT wa.waiver, i.given_name FROM waiver_answer wa JOIN waiver w ON w.id = wa.waiver
JOIN identity i ON i.id = @identity_of(wa.person, :permit.drawer)
WHERE w.child = :permit.child AND wa.says = 'yes' AND EXISTS (SELECT 1 FROM waiver_drawer wd WHERE wd.waiver = w.id AND wd.drawer = :permit.drawer AND wd.side = 'recipient')
ORDER BY wa.waiver, wa.at_ms, i.given_name LIMIT 100;

-- What was received and is closed since: the receiver's own record (TF 2:6, OSL 12:2), marked; nothing new comes.
-- why: the yes was taken back, its day has passed, the item changed after it was shared once by a law, or it still
-- stands though the plan around it is not shared with the reader's drawer. A later row of the same item tells it all.
-- query child_show_received : many; permit child.show; in since int64; out id disclosure, kind text, words text, at_ms int64, regime text, why text, ground text, closed_ms int64?, item item, until_ms int64?, until date?
SELECT d.id, d.item_kind, d.received, d.at_ms, f.regime,
	CASE WHEN EXISTS (SELECT 1 FROM correction k WHERE k.item_kind = d.item_kind AND k.item = d.item) THEN 'wrong' WHEN w.state = 'withdrawn' THEN 'withdrawn' WHEN w.to_on < :permit.day THEN 'expired' WHEN d.ended_ms IS NOT NULL THEN 'changed' ELSE 'open' END, d.ground, w.ended_ms, d.item, COALESCE(d.ended_ms, w.ended_ms), w.to_on
FROM disclosure d LEFT JOIN waiver w ON w.id = d.waiver JOIN drawer f ON f.id = d.from_drawer
WHERE d.child = :permit.child AND d.to_drawer = :permit.drawer AND d.at_ms >= :since
AND (d.ended_ms IS NOT NULL OR (d.waiver IS NOT NULL AND (w.state <> 'valid' OR w.to_on < :permit.day))
	OR (d.item_kind NOT IN ('plan', 'thread') AND NOT EXISTS (SELECT 1 FROM plan p WHERE p.child = d.child AND p.state = 'open' AND @seen(p, :since))))
AND NOT EXISTS (SELECT 1 FROM disclosure x WHERE x.item_kind = d.item_kind AND x.item = d.item AND x.to_drawer = d.to_drawer AND x.at_ms > d.at_ms)
ORDER BY d.at_ms DESC, d.id LIMIT 60;

-- The child's own words as far as the child lets them stand here, and no other (promise 11).
-- query child_show_voices : many; permit child.show; in since int64; out id voice, words text?, mood text?, sent_ms int64, drawer drawer
SELECT v.id, v.words, v.mood, v.sent_ms, v.drawer FROM voice v
WHERE v.child = :permit.child AND ((v.drawer = :permit.drawer AND v.sent_ms >= :since AND (v.in_plan = 1 OR (v.read_ms IS NOT NULL AND v.reader = :permit.assignment)))
	OR (v.in_plan = 1 AND @live('voice', v.id, :since)))
ORDER BY v.sent_ms DESC, v.id LIMIT 5;

-- What the family says against an item stands with it for all who see the item (SoL 14:6): neither who nor the
-- words, which are their reader's alone (promise 20). to_me: the reader of the page is the letter's reader. to_us: it was
-- written to this drawer. sent_ms: the first.
-- query child_show_disputes : many; permit child.show; out kind text, item item, to_me int64, to_us int64, sent_ms int64
SELECT l.about_kind, l.about, CAST(MAX(CASE WHEN l.to_assignment = :permit.assignment THEN 1 ELSE 0 END) AS BIGINT), CAST(MAX(CASE WHEN a.drawer = :permit.drawer THEN 1 ELSE 0 END) AS BIGINT),
	CAST(MIN(l.sent_ms) AS BIGINT) FROM letter l LEFT JOIN assignment a ON a.id = l.to_assignment
WHERE l.child = :permit.child AND l.kind IN ('disagree', 'wrong') AND l.ended_ms IS NULL AND l.about_kind IS NOT NULL AND l.about IS NOT NULL
GROUP BY l.about_kind, l.about ORDER BY l.about_kind, l.about LIMIT 400;

-- query child_show_asked : maybe; permit child.show; out made_ms int64
SELECT made_ms FROM invitation WHERE child = :permit.child AND assignment = :permit.assignment AND state = 'asked';

-- An engagement ends; who carries the plan hands it over first (promise 2).
-- query engage_end : change; permit engagement.edit
UPDATE engagement SET to_on = :permit.day, version = version + 1 WHERE child = :permit.child AND assignment = :permit.assignment AND (to_on IS NULL OR to_on > :permit.day);
-- query engage_leads : maybe; permit engagement.edit; out plan plan
SELECT id FROM plan WHERE child = :permit.child AND lead = :permit.assignment AND state = 'open';
-- query engage_name : one; permit engagement.edit; out name text
SELECT @child_name(c) FROM child c WHERE c.id = :permit.child;
