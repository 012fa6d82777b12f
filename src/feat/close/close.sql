-- query close_plan : one; permit plan.close; in plan plan, since int64; out child child, name text, lead assignment, version int64, step_words text, step_pattern text?, step_due date, step_minute int64?, step_who text?, step_mine int64
SELECT c.id, @child_name(c), p.lead, p.version, s.words, s.pattern, s.due_on, s.due_minute, COALESCE(os.name, op.name), CASE WHEN @own(s, :since) THEN 1 ELSE 0 END
FROM plan p JOIN child c ON c.id = p.child JOIN step s ON s.plan = p.id AND s.number = p.next_step
LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff LEFT JOIN party op ON op.id = s.owner_party
WHERE p.id = :plan AND p.child = :permit.child AND p.state = 'open' AND @seen(p, :since);

-- query close_me : one; permit plan.close; out name text, phone text?
SELECT s.name, COALESCE(s.phone, u.phone) FROM assignment a JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit WHERE a.id = :permit.assignment;

-- The own drawer's: another service ends what it gives itself. All of them: one that a limit left out would stay open
-- in a closed plan.
-- query close_measures : many; permit plan.close; in plan plan; out id measure, kind text?, words text
SELECT id, kind, words FROM measure WHERE plan = :plan AND child = :permit.child AND drawer = :permit.drawer AND state <> 'ended' ORDER BY from_on, id;

-- query close_goals : many; permit plan.close; in plan plan; out id goal, words text
SELECT g.id, g.words FROM goal g JOIN plan p ON p.id = g.plan WHERE g.plan = :plan AND p.child = :permit.child AND g.drawer = :permit.drawer AND g.result IS NULL ORDER BY g.made_ms, g.id;

-- query layer_plan : one; permit plan.edit; in plan plan, since int64; out child child, name text, drawer drawer
SELECT c.id, @child_name(c), p.drawer FROM plan p JOIN child c ON c.id = p.child
WHERE p.id = :plan AND p.child = :permit.child AND p.state = 'open' AND @seen(p, :since);

-- The own drawer's forms, and those made together by a drawer that has disclosed the plan.
-- query layer_list : many; permit plan.edit; in plan plan, since int64; out id layer, kind text, drawer_regime text, from_on date, to_on date?, measures text?, who text?, others text?, main text?, consent waiver?
SELECT y.id, y.kind, d.regime, y.from_on, y.to_on, y.measures_words, y.who_words, y.others_words, y.main_words, y.consent
FROM layer y JOIN drawer d ON d.id = y.drawer
WHERE y.plan = :plan AND (@own(y, :since) OR (y.kind IN ('coordination', 'sip') AND @live_from('plan', y.plan, y.drawer, :since)))
ORDER BY y.from_on DESC, y.made_ms DESC LIMIT 40;

-- The consent of a SIP: a yes that holds today and reaches both social services and health care.
-- query layer_consent : maybe; permit plan.edit; out id waiver, to_on date
SELECT w.id, w.to_on FROM waiver w WHERE w.child = :permit.child AND w.state = 'valid' AND w.from_on <= :permit.day AND w.to_on >= :permit.day
AND EXISTS (SELECT 1 FROM waiver_drawer a WHERE a.waiver = w.id AND a.drawer = :permit.drawer)
AND EXISTS (SELECT 1 FROM waiver_drawer a JOIN drawer d ON d.id = a.drawer WHERE a.waiver = w.id AND d.regime = 'SOC')
AND EXISTS (SELECT 1 FROM waiver_drawer a JOIN drawer d ON d.id = a.drawer WHERE a.waiver = w.id AND d.regime IN ('MHV', 'BVC', 'VC', 'BUP', 'HAB', 'DENTAL'))
ORDER BY w.to_on DESC, w.id LIMIT 1;
