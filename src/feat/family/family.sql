-- The plan as its family reads it. Each query leaves out what is marked "harm to child" unless the child itself looks.

-- query family_child : one; permit plan.read|step.how|timeline.read|letter.read|letter.write|disagree|hand_on|voice.read|voice.write|story.read|story.write; out name text, person person
SELECT @child_name(c), c.person FROM child c WHERE c.id = :permit.child;

-- query family_plan : maybe; permit plan.read|timeline.read|hand_on; out plan plan, state text, opened date, closed date?, came text?, call text?, contact text?, title text?, unit text?, phone text?
SELECT p.id, p.state, p.opened_on, p.closed_on, p.closed_came, p.closed_call, s.name, a.title, u.name, COALESCE(s.phone, u.phone)
FROM plan p LEFT JOIN assignment a ON a.id = COALESCE(p.contact, p.lead) LEFT JOIN staff s ON s.id = a.staff LEFT JOIN unit u ON u.id = a.unit
WHERE p.child = :permit.child ORDER BY CASE p.state WHEN 'open' THEN 0 ELSE 1 END, p.opened_on DESC, p.id LIMIT 1;

-- query family_needs : many; permit plan.read|hand_on; in plan plan, sees_harm int64; out id need, area text, words text, strength int64, harm int64
SELECT id, area, words, strength, harm FROM need WHERE plan = :plan AND ended_on IS NULL AND (harm = 0 OR :sees_harm = 1) ORDER BY made_ms, id;

-- query family_goals : many; permit plan.read|hand_on; in plan plan, sees_harm int64; out id goal, need need?, words text, followed date?, result text?, harm int64
SELECT g.id, g.need, g.words, g.followed_on, g.result, g.harm FROM goal g LEFT JOIN need n ON n.id = g.need
WHERE g.plan = :plan AND (:sees_harm = 1 OR (g.harm = 0 AND COALESCE(n.harm, 0) = 0)) ORDER BY g.made_ms, g.id;

-- query family_measures : many; permit plan.read|hand_on; in plan plan, sees_harm int64; out id measure, goal goal?, words text, provider text?, who text, title text, from date, to date?, state text, harm int64
SELECT m.id, m.goal, m.words, COALESCE(u.name, y.name), s.name, a.title, m.from_on, m.to_on, m.state, m.harm
FROM measure m JOIN assignment a ON a.id = m.assignment JOIN staff s ON s.id = a.staff LEFT JOIN unit u ON u.id = m.unit LEFT JOIN party y ON y.id = m.party
WHERE m.plan = :plan AND m.child = :permit.child AND (:sees_harm = 1 OR NOT @measure_harm(m)) ORDER BY CASE m.state WHEN 'ended' THEN 1 ELSE 0 END, m.from_on, m.id;

-- query family_steps : many; permit plan.read|hand_on; in plan plan, sees_harm int64; out id step, state text, pattern text?, words text, place text?, due date?, due_minute int64?, done_ms int64?, harm int64, how text?, who text?, owner person?, owner_given text?, version int64
SELECT t.id, t.state, t.pattern, t.words, t.place, t.due_on, t.due_minute, t.done_ms, t.harm, t.how, COALESCE(s.name, y.name), t.owner_person,
	CASE WHEN t.owner_person IS NOT NULL THEN @family_given(t.owner_person) END, t.version
FROM step t LEFT JOIN assignment a ON a.id = t.owner_assignment LEFT JOIN staff s ON s.id = a.staff LEFT JOIN party y ON y.id = t.owner_party
WHERE t.plan = :plan AND (t.harm = 0 OR :sees_harm = 1) AND (t.filler = 0 OR t.state = 'next')
ORDER BY CASE t.state WHEN 'next' THEN 0 WHEN 'later' THEN 1 ELSE 2 END, CASE WHEN t.state IN ('next', 'later') THEN t.due_on END, t.number DESC LIMIT 40;

-- query family_parties : many; permit plan.read; in plan plan; out id party, name text, phone text?, answered_on date?, answered text?
SELECT id, name, phone, answered_on, answered FROM party WHERE plan = :plan ORDER BY name, id;

-- query family_layers : many; permit plan.read; in plan plan; out id layer, kind text, from date, to date?, measures text?, who text?, others text?, main text?
SELECT id, kind, from_on, to_on, measures_words, who_words, others_words, main_words FROM layer WHERE plan = :plan ORDER BY from_on, id;

-- query family_threads : many; permit plan.read|hand_on; in sees_harm int64; out id thread, plan plan?, title text, state text, since date, next date?, regime text, assignment assignment, harm int64
SELECT t.id, t.plan, t.title, t.state, t.since_on, t.next_on, d.regime, t.assignment, t.harm FROM thread t JOIN drawer d ON d.id = t.drawer
WHERE t.child = :permit.child AND t.state <> 'ended' AND (t.harm = 0 OR :sees_harm = 1) ORDER BY t.since_on, t.id;

-- The child's own words that it lets stand in the plan (promise 11).
-- query family_voices : many; permit plan.read; out id voice, mood text?, words text?, sent_ms int64, who text
SELECT v.id, v.mood, v.words, v.sent_ms, s.name FROM voice v JOIN assignment a ON a.id = v.reader JOIN staff s ON s.id = a.staff
WHERE v.child = :permit.child AND v.in_plan = 1 ORDER BY v.sent_ms DESC, v.id LIMIT 10;

-- What this reader disputes, or another lets this reader see (promise 20: only when its writer says so).
-- query family_disputes : many; permit plan.read; in guardian int64; out letter letter, about_kind text, about item, mine int64, words text, answer text?
SELECT id, about_kind, about, CASE WHEN author = :permit.actor THEN 1 ELSE 0 END, words, answer FROM letter
WHERE id IN (SELECT l.id FROM letter l WHERE l.child = :permit.child AND l.kind IN ('disagree', 'wrong') AND l.about IS NOT NULL AND l.ended_ms IS NULL
	AND (l.author = :permit.actor OR (l.shared = 1 AND :guardian = 1)) ORDER BY l.sent_ms DESC, l.id LIMIT 60) ORDER BY sent_ms, id;

-- "The time does not suit": the newest that somebody said of a step, as long as it is the step's time. Its writer's alone (promise 20).
-- snippet time_said : l, t
({l}.kind = 'question' AND {l}.about_kind = 'step' AND {t}.state IN ('next', 'later')
	AND COALESCE({l}.about_on, '') = COALESCE({t}.due_on, '') AND COALESCE({l}.about_minute, -1) = COALESCE({t}.due_minute, -1)
	AND NOT EXISTS (SELECT 1 FROM letter nl WHERE nl.child = {l}.child AND nl.author = {l}.author AND nl.about = {l}.about
		AND nl.kind = 'question' AND nl.about_kind = 'step' AND (nl.sent_ms > {l}.sent_ms OR (nl.sent_ms = {l}.sent_ms AND nl.id > {l}.id))));

-- query family_times : many; permit plan.read|step.how|letter.write; in sees_harm int64; out step step, to_name text, sent_ms int64, read_ms int64?, answered_ms int64?
SELECT t.id, s.name, l.sent_ms, l.read_ms, l.answered_ms
FROM letter l JOIN step t ON t.id = l.about JOIN assignment a ON a.id = l.to_assignment JOIN staff s ON s.id = a.staff
WHERE l.child = :permit.child AND l.author = :permit.actor AND @time_said(l, t) AND (t.harm = 0 OR :sees_harm = 1);

-- query family_helper_rows : many; permit plan.read|step.how|letter.read|letter.write|disagree|hand_on|voice.read|voice.write|story.read|story.write; in sees_harm int64; out assignment assignment, name text, title text, unit text, phone text?, contact int64, away_to date?, cover text?
SELECT a.id, s.name, a.title, u.name, COALESCE(s.phone, u.phone), MAX(k.contact),
	(SELECT MAX(COALESCE(x.to_on, '2999-12-31')) FROM absence x WHERE x.staff = a.staff AND @in_force(x, :permit.day)),
	(SELECT ds.name FROM assignment d JOIN staff ds ON ds.id = d.staff WHERE d.id = a.deputy)
FROM (SELECT COALESCE(contact, lead) AS who, 1 AS contact FROM plan WHERE child = :permit.child AND state = 'open'
	UNION ALL SELECT lead, 0 FROM plan WHERE child = :permit.child AND state = 'open'
	UNION ALL SELECT assignment, 0 FROM thread WHERE child = :permit.child AND plan IS NOT NULL AND state <> 'ended' AND (harm = 0 OR :sees_harm = 1)
	UNION ALL SELECT m.assignment, 0 FROM measure m WHERE m.child = :permit.child AND m.state <> 'ended' AND (:sees_harm = 1 OR NOT @measure_harm(m))) k
JOIN assignment a ON a.id = k.who JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE @in_force(a, :permit.day)
GROUP BY a.id, s.name, a.title, u.name, s.phone, u.phone, a.staff, a.deputy ORDER BY 6 DESC, 2, 1;

-- query family_item_need : maybe; permit plan.read|disagree|hand_on; in id item, sees_harm int64; out words text, harm int64
SELECT n.words, n.harm FROM need n JOIN plan p ON p.id = n.plan WHERE n.id = :id AND p.child = :permit.child AND (n.harm = 0 OR :sees_harm = 1);
-- query family_item_goal : maybe; permit plan.read|disagree|hand_on; in id item, sees_harm int64; out words text, harm int64
SELECT g.words, g.harm FROM goal g JOIN plan p ON p.id = g.plan LEFT JOIN need n ON n.id = g.need WHERE g.id = :id AND p.child = :permit.child AND (:sees_harm = 1 OR (g.harm = 0 AND COALESCE(n.harm, 0) = 0));
-- query family_item_measure : maybe; permit plan.read|disagree|hand_on; in id item, sees_harm int64; out words text, harm int64
SELECT m.words, m.harm FROM measure m WHERE m.id = :id AND m.child = :permit.child AND (:sees_harm = 1 OR NOT @measure_harm(m));
-- query family_item_step : maybe; permit plan.read|disagree|hand_on|letter.write|step.how; in id item, sees_harm int64; out words text, harm int64, pattern text?, due date?, due_minute int64?, who text?, owner person?, owner_given text?
SELECT t.words, t.harm, t.pattern, t.due_on, t.due_minute, COALESCE(s.name, y.name), t.owner_person,
	CASE WHEN t.owner_person IS NOT NULL THEN @family_given(t.owner_person) END
FROM step t JOIN plan p ON p.id = t.plan LEFT JOIN assignment a ON a.id = t.owner_assignment LEFT JOIN staff s ON s.id = a.staff LEFT JOIN party y ON y.id = t.owner_party
WHERE t.id = :id AND p.child = :permit.child AND (t.harm = 0 OR :sees_harm = 1);
-- query family_item_thread : maybe; permit plan.read|disagree|hand_on; in id item, sees_harm int64; out words text, harm int64, plan plan?, regime text
SELECT t.title, t.harm, t.plan, d.regime FROM thread t JOIN drawer d ON d.id = t.drawer WHERE t.id = :id AND t.child = :permit.child AND (t.harm = 0 OR :sees_harm = 1);

-- What happened, by day. Newest first; the page cuts it.
-- query family_days : many; permit timeline.read; in sees_harm int64; out kind text, id item, day date, words text, state text, regime text, in_plan int64, harm int64
SELECT 'began', p.id, p.opened_on, '', '', '', 1, 0 FROM plan p WHERE p.child = :permit.child
UNION ALL SELECT 'closed', p.id, p.closed_on, COALESCE(p.closed_came, ''), '', '', 1, 0 FROM plan p WHERE p.child = :permit.child AND p.closed_on IS NOT NULL
UNION ALL SELECT 'thread', t.id, t.since_on, t.title, t.state, d.regime, CASE WHEN t.plan IS NULL THEN 0 ELSE 1 END, t.harm FROM thread t JOIN drawer d ON d.id = t.drawer WHERE t.child = :permit.child AND (t.harm = 0 OR :sees_harm = 1)
UNION ALL SELECT 'measure', m.id, m.from_on, m.words, '', '', 1, m.harm FROM measure m WHERE m.child = :permit.child AND m.state <> 'planned' AND m.from_on <= :permit.day AND (:sees_harm = 1 OR NOT @measure_harm(m))
UNION ALL SELECT 'measure_end', m.id, m.to_on, m.words, '', '', 1, m.harm FROM measure m WHERE m.child = :permit.child AND m.state = 'ended' AND m.to_on IS NOT NULL AND m.to_on <= :permit.day AND (:sees_harm = 1 OR NOT @measure_harm(m))
UNION ALL SELECT 'layer', l.id, l.from_on, l.kind, '', '', 1, 0 FROM layer l JOIN plan p ON p.id = l.plan WHERE p.child = :permit.child AND l.from_on <= :permit.day
ORDER BY 3 DESC, 2 LIMIT 400;

-- query family_moments : many; permit timeline.read; in sees_harm int64; out kind text, id item, at_ms int64, words text, pattern text?, due date?, due_minute int64?, who text?, owner person?, owner_given text?, harm int64
SELECT 'step', t.id, t.done_ms, t.words, t.pattern, t.due_on, t.due_minute, COALESCE(s.name, y.name), t.owner_person,
	CASE WHEN t.owner_person IS NOT NULL THEN @family_given(t.owner_person) END, t.harm
FROM step t JOIN plan p ON p.id = t.plan LEFT JOIN assignment a ON a.id = t.owner_assignment LEFT JOIN staff s ON s.id = a.staff LEFT JOIN party y ON y.id = t.owner_party
WHERE p.child = :permit.child AND t.state = 'done' AND t.filler = 0 AND (t.harm = 0 OR :sees_harm = 1)
UNION ALL SELECT 'strength', n.id, n.made_ms, n.words, NULL, NULL, NULL, NULL, NULL, NULL, n.harm FROM need n JOIN plan p ON p.id = n.plan
WHERE p.child = :permit.child AND n.strength = 1 AND (n.harm = 0 OR :sees_harm = 1)
ORDER BY 3 DESC, 2 LIMIT 400;
