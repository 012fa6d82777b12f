-- My work: one row per child that I help, or that a colleague helps who is away and has me as deputy. What is
-- late comes first. A protected child has no name and no age on a list (promise 8). Narrowed as the child page is: an own engagement's confirmation counts before a colleague's.
-- query work_rows : many; permit work.read|work.save; in most int64, skip int64; out child child, given text?, family text?, born date?, shielded int64, version int64, deputy int64, plan plan?, step step?, step_version int64?, pattern text?, words text?, due date?, due_minute int64?, owner text?, owner_assignment assignment?, thread thread?, thread_version int64?, title text?, state text?, next date?, at date?
WITH mine AS (
	SELECT e.child, MIN(CASE WHEN e.assignment = :permit.assignment THEN 0 ELSE 1 END) AS deputy,
		COALESCE(MIN(CASE WHEN e.assignment = :permit.assignment THEN CASE WHEN e.earlier_open = 1 THEN 0 ELSE e.made_ms END END),
			MIN(CASE WHEN e.earlier_open = 1 THEN 0 ELSE e.made_ms END)) AS since
	FROM engagement e JOIN assignment a ON a.id = e.assignment
	WHERE e.assignment IN (SELECT y.id FROM assignment y WHERE y.id = :permit.assignment UNION ALL SELECT y.id FROM assignment y WHERE y.deputy = :permit.assignment)
	AND e.drawer = :permit.drawer AND @in_force(e, :permit.day)
	AND @covered(a, :permit.assignment, :permit.day)
	GROUP BY e.child),
seen AS (
	SELECT m.child, m.deputy, CASE WHEN c.shielded = 0 THEN i.given_name END AS given_name, CASE WHEN c.shielded = 0 THEN i.family_name END AS family_name, CASE WHEN c.shielded = 0 THEN COALESCE(i.born_on, c.born_on) END AS born, c.shielded, c.access_version, p.id AS plan,
		s.id AS step, s.version AS step_version, s.pattern, s.words, s.due_on, s.due_minute, COALESCE(os.name, op.name, oi.given_name) AS owner, s.owner_assignment,
		t.id AS thread, t.version AS thread_version, t.title, t.state, t.next_on,
		CASE WHEN t.next_on IS NULL THEN s.due_on WHEN s.due_on IS NULL OR t.next_on <= s.due_on THEN t.next_on ELSE s.due_on END AS at_on
	FROM mine m JOIN child c ON c.id = m.child
	LEFT JOIN identity i ON i.id = @identity_of(c.person, :permit.drawer)
	LEFT JOIN plan p ON p.child = c.id AND p.state = 'open' AND c.shielded = 0 AND @seen(p, m.since)
	LEFT JOIN step s ON s.plan = p.id AND s.number = p.next_step AND @seen(s, m.since)
	LEFT JOIN assignment oa ON oa.id = s.owner_assignment LEFT JOIN staff os ON os.id = oa.staff LEFT JOIN party op ON op.id = s.owner_party
	LEFT JOIN identity oi ON oi.id = @identity_of(s.owner_person, :permit.drawer)
	LEFT JOIN thread t ON t.id = (SELECT y.id FROM thread y JOIN assignment ya ON ya.id = y.assignment WHERE y.child = c.id AND @own(y, m.since) AND y.state <> 'ended'
		AND c.shielded = 0 AND (y.assignment = :permit.assignment OR ya.deputy = :permit.assignment)
		ORDER BY CASE WHEN y.assignment = :permit.assignment THEN 0 ELSE 1 END, y.next_on, y.id LIMIT 1))
SELECT child, given_name, family_name, born, shielded, access_version, deputy, plan, step, step_version, pattern, words, due_on, due_minute, owner, owner_assignment,
	thread, thread_version, title, state, next_on, at_on
FROM seen ORDER BY CASE WHEN at_on IS NULL THEN 1 ELSE 0 END, at_on, given_name, child LIMIT :most OFFSET :skip;

-- Whose thread it is, and how it stands now: only one that stands in my table.
-- query work_thread : maybe; permit work.save; in thread thread; out child child, given text?, family text?, title text, state text, next date?, version int64, stand_deputy int64
SELECT t.child, i.given_name, i.family_name, t.title, t.state, t.next_on, t.version,
	(SELECT MIN(CASE WHEN e.assignment = :permit.assignment THEN 0 ELSE 1 END) FROM engagement e WHERE e.child = t.child AND e.drawer = :permit.drawer AND @in_force(e, :permit.day))
FROM thread t JOIN child c ON c.id = t.child JOIN assignment ta ON ta.id = t.assignment
LEFT JOIN identity i ON i.id = @identity_of(c.person, :permit.drawer)
WHERE t.id = :thread AND t.drawer = :permit.drawer AND c.shielded = 0 AND (t.assignment = :permit.assignment OR ta.deputy = :permit.assignment)
AND EXISTS (SELECT 1 FROM engagement e JOIN assignment a ON a.id = e.assignment
	WHERE e.child = t.child AND e.drawer = :permit.drawer AND @in_force(e, :permit.day) AND (e.earlier_open = 1 OR e.made_ms <= t.made_ms)
	AND @covered(a, :permit.assignment, :permit.day));
