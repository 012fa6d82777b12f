-- The facts that access.c decides on. Every query here comes before a permit exists.

-- query access_session : maybe; permit none (before a permit); in token_hash blob; out id session, person person, assignment assignment?, ends_ms int64, person_version int64, org_version int64, lang text?
SELECT se.id, se.person, se.assignment, se.ends_ms, p.access_version, (SELECT version FROM org_stamp WHERE one = 1), p.lang
FROM session se JOIN person p ON p.id = se.person WHERE se.token_hash = :token_hash AND se.ended_ms IS NULL;

-- The assignment that somebody at work wears.
-- query access_worn : maybe; permit none (before a permit); in assignment assignment; out staff staff, staff_name text, unit unit, drawer drawer, role text, title text, unit_name text, from_on date, to_on date?, regime text, authority authority
SELECT st.id, st.name, a.unit, a.drawer, a.role, a.title, u.name, a.from_on, a.to_on, d.regime, d.authority
FROM assignment a JOIN staff st ON st.id = a.staff JOIN unit u ON u.id = a.unit JOIN drawer d ON d.id = a.drawer
WHERE a.id = :assignment;

-- query access_child : maybe; permit none (before a permit); in child child; out person person, born date?, shielded int64, version int64, content_version int64
SELECT person, born_on, shielded, access_version, content_version FROM child WHERE id = :child;

-- query access_relation : many; permit none (before a permit); in child child, person person, day date; out kind text
SELECT r.kind FROM relation r WHERE r.child = :child AND r.person = :person AND r.stands = 1 AND @in_force(r, :day);

-- Which kinds of relation open anything stand_of_relation says; a list of them here would cost a table of its own each time.
-- query access_family : many; permit none (before a permit); in person person, day date; out child child, kind text, born date?, shielded int64, version int64, content_version int64, self int64
SELECT c.id, r.kind, c.born_on, c.shielded, c.access_version, c.content_version, 0 FROM relation r JOIN child c ON c.id = r.child
WHERE r.person = :person AND r.stands = 1 AND @in_force(r, :day)
UNION ALL
SELECT c.id, 'self', c.born_on, c.shielded, c.access_version, c.content_version, 1 FROM child c WHERE c.person = :person;

-- A staff member works with a child by an own engagement, or by one of a colleague who is away or has left and
-- named this assignment as deputy (promise 2). A manager hands plans on but opens none: see feat/unit.
-- query access_engagement : many; permit none (before a permit); in child child, assignment assignment, day date; out drawer drawer, earlier_open int64, made_ms int64
SELECT e.drawer, e.earlier_open, e.made_ms FROM engagement e
WHERE e.child = :child AND e.assignment = :assignment AND @in_force(e, :day);

-- query access_deputy : many; permit none (before a permit); in child child, assignment assignment, day date; out drawer drawer, earlier_open int64, made_ms int64
SELECT e.drawer, e.earlier_open, e.made_ms FROM engagement e JOIN assignment a ON a.id = e.assignment
WHERE e.child = :child AND @in_force(e, :day) AND a.deputy = :assignment AND ((a.to_on IS NOT NULL AND a.to_on < :day) OR @away(a.staff, :day));

-- A child's words that the reader has not read in time have climbed to its deputy: these words and nothing else open
-- (promise 11), as long as they wait and for who read them.
-- query access_climbed : maybe; permit none (before a permit); in child child, assignment assignment; out voice voice
SELECT v.id FROM voice v JOIN assignment a ON a.id = v.reader JOIN assignment d ON d.id = a.deputy AND d.drawer = a.drawer
WHERE v.child = :child AND d.id = :assignment AND v.climbed >= 2 AND (v.read_ms IS NULL OR v.read_by = :assignment) LIMIT 1;

-- A yes on paper waits for this assignment, or for one it covers: that question about the child is its to answer, and
-- nothing else of the child opens (feat/share/paper.h).
-- query access_paper : maybe; permit none (before a permit); in child child, assignment assignment, day date; out paper paper
SELECT p.id FROM paper p JOIN task t ON t.id = p.task JOIN assignment a ON a.id = t.assignment
WHERE p.child = :child AND p.state = 'waiting' AND p.ends_on >= :day AND t.state = 'open' AND (a.id = :assignment OR (t.deputy = :assignment AND (
	t.due_on < :day OR (a.to_on IS NOT NULL AND a.to_on < :day)
	OR @away(a.staff, :day)))) LIMIT 1;

-- query access_holds : one; permit none (the writer checks the permit itself); in child child, person person, session session; out child_version int64?, person_version int64?, session_open int64?
SELECT (SELECT access_version FROM child WHERE id = :child), (SELECT access_version FROM person WHERE id = :person),
	(SELECT CASE WHEN ended_ms IS NULL THEN 1 ELSE 0 END FROM session WHERE id = :session);

-- query access_of_plan : maybe; permit none (finds the subject); in id plan; out child child
SELECT child FROM plan WHERE id = :id;
-- query access_of_step : maybe; permit none (finds the subject); in id step; out child child
SELECT p.child FROM step s JOIN plan p ON p.id = s.plan WHERE s.id = :id;
-- query access_of_thread : maybe; permit none (finds the subject); in id thread; out child child
SELECT child FROM thread WHERE id = :id;
-- query access_of_need : maybe; permit none (finds the subject); in id need; out child child
SELECT p.child FROM need n JOIN plan p ON p.id = n.plan WHERE n.id = :id;
-- query access_of_goal : maybe; permit none (finds the subject); in id goal; out child child
SELECT p.child FROM goal g JOIN plan p ON p.id = g.plan WHERE g.id = :id;
-- query access_of_measure : maybe; permit none (finds the subject); in id measure; out child child
SELECT child FROM measure WHERE id = :id;
-- query access_of_waiver : maybe; permit none (finds the subject); in id waiver; out child child
SELECT child FROM waiver WHERE id = :id;
-- query access_of_paper : maybe; permit none (finds the subject); in id paper; out child child
SELECT child FROM paper WHERE id = :id;
-- query access_of_voice : maybe; permit none (finds the subject); in id voice; out child child
SELECT child FROM voice WHERE id = :id;
-- query access_of_letter : maybe; permit none (finds the subject); in id letter; out child child
SELECT child FROM letter WHERE id = :id;
-- query access_of_invitation : maybe; permit none (finds the subject); in id invitation; out child child
SELECT child FROM invitation WHERE id = :id;
-- query access_of_handover : maybe; permit none (finds the subject); in id handover; out child child
SELECT p.child FROM handover h JOIN plan p ON p.id = h.plan WHERE h.id = :id;
-- query access_of_disclosure : maybe; permit none (finds the subject); in id disclosure; out child child
SELECT child FROM disclosure WHERE id = :id;

-- All that a staff member's own lists may speak of: one's children and those of colleagues one stands in for. When a
-- right to any of them changes, so does the sum (versions only grow): a list being made then is made again.
-- query access_work : one; permit none (before a permit); in assignment assignment, day date; out children int64, versions int64
SELECT CAST(count(*) AS BIGINT), CAST(COALESCE(sum(c.access_version), 0) AS BIGINT)
FROM engagement e JOIN child c ON c.id = e.child
WHERE e.assignment IN (SELECT y.id FROM assignment y WHERE y.id = :assignment UNION ALL SELECT y.id FROM assignment y WHERE y.deputy = :assignment) AND @in_force(e, :day);

-- What waits for a staff member's answer names children whom it may help in no other way: when a right to any of them
-- changes (somebody is protected, a yes is taken back), a list or a page of it being made then is made again too.
-- query access_waiting : one; permit none (before a permit); in assignment assignment; out children int64, versions int64
SELECT CAST(count(*) AS BIGINT), CAST(COALESCE(sum(c.access_version), 0) AS BIGINT) FROM child c WHERE c.id IN (
	SELECT t.child FROM task t WHERE t.assignment = :assignment AND t.state = 'open'
	UNION SELECT t.child FROM task t WHERE t.deputy = :assignment AND t.state = 'open'
	UNION SELECT p.child FROM handover h JOIN plan p ON p.id = h.plan WHERE h.receiver = :assignment AND h.state = 'asked');
