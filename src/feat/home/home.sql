-- Each query here speaks of one child of the permit (permit_children): found by its key, which is several times faster than a
-- list of children inside the query. Sorting is done in C for the same reason.
-- The packed ones are what an overview is made of (overview.h): all that is true of the child, for whoever may look; what this
-- reader sees of it (OSL 12:3) is decided in C, from the mark that stands in each row.

-- The child, its open plan, and whom the family turns to.
-- query home_child : many; permit home.read; packed; in child child; out child child, name text, plan plan?, contact assignment?
SELECT c.id, c.name, p.id, COALESCE(p.contact, p.lead)
FROM child c LEFT JOIN plan p ON p.child = c.id AND p.state = 'open' WHERE c.id = :child;

-- The next step, the three that come then (LATER_SHOWN), and what was done last, not counting the program's own: with and without
-- what is marked "harm to child", so that a marked one takes nobody's place (OSL 12:3).
-- query home_steps : many; permit home.read; packed; in plan plan; out step step, number int64, state text, version int64,
--   pattern text?, words text, place text?, due date?, due_minute int64?, harm int64, done_ms int64?, carries assignment?, party text?,
--   owner_person person?, owner_given text?
SELECT s.id, s.number, s.state, s.version, s.pattern, s.words, s.place, s.due_on, s.due_minute, s.harm, s.done_ms, s.owner_assignment, op.name,
	s.owner_person, CASE WHEN s.owner_person IS NOT NULL THEN @family_given(s.owner_person) END
FROM step s LEFT JOIN party op ON op.id = s.owner_party
WHERE s.plan = :plan AND (s.state = 'next'
	OR s.number IN (SELECT l.number FROM step l WHERE l.plan = :plan AND l.state = 'later' ORDER BY CASE WHEN l.due_on IS NULL THEN 1 ELSE 0 END, l.due_on, l.number LIMIT 3)
	OR s.number IN (SELECT l.number FROM step l WHERE l.plan = :plan AND l.state = 'later' AND l.harm = 0 ORDER BY CASE WHEN l.due_on IS NULL THEN 1 ELSE 0 END, l.due_on, l.number LIMIT 3)
	OR s.number = (SELECT d.number FROM step d WHERE d.plan = :plan AND d.state = 'done' AND d.filler = 0 ORDER BY d.done_ms DESC, d.number DESC LIMIT 1)
	OR s.number = (SELECT d.number FROM step d WHERE d.plan = :plan AND d.state = 'done' AND d.filler = 0 AND d.harm = 0 ORDER BY d.done_ms DESC, d.number DESC LIMIT 1))
ORDER BY s.number;

-- Where no plan is open: the last one, which the family may still read.
-- query home_closed : many; permit home.read; packed; in child child; out closed date, call text?
SELECT closed_on, closed_call FROM plan WHERE child = :child AND state = 'closed' AND closed_on IS NOT NULL ORDER BY opened_on DESC, id LIMIT 1;

-- Of which of these steps somebody in the family has said that the time does not suit: each sees its own alone (promise 20).
-- query home_times : many; permit home.read; packed; in child child, plan plan; out step step, author person, to assignment, sent_ms int64,
--   read_ms int64?, answered_ms int64?
SELECT t.id, l.author, l.to_assignment, l.sent_ms, l.read_ms, l.answered_ms
FROM letter l JOIN step t ON t.id = l.about WHERE l.child = :child AND t.plan = :plan AND @time_said(l, t) ORDER BY l.id;

-- What goes on.
-- query home_threads : many; permit home.read; packed; in child child; out id thread, plan plan?, title text, state text, since date,
--   next date?, next_words text?, meanwhile text?, heard date, drawer drawer, assignment assignment, harm int64
SELECT t.id, t.plan, t.title, t.state, t.since_on, t.next_on, t.next_words, t.meanwhile, t.heard_on, t.drawer, t.assignment, t.harm
FROM thread t WHERE t.child = :child AND t.state <> 'ended' ORDER BY t.id;

-- Those around the child and itself: how each is called at home, and whether something waits for its answer.
-- query home_family : many; permit home.read; packed; in child child; out person person, given text?, asked int64
SELECT f.person, @family_given(f.person),
	CASE WHEN EXISTS (SELECT 1 FROM waiver w JOIN waiver_answer n ON n.waiver = w.id WHERE w.child = :child AND n.person = f.person AND n.says = 'asked')
		OR EXISTS (SELECT 1 FROM invitation i JOIN invitation_answer n ON n.invitation = i.id WHERE i.child = :child AND n.person = f.person AND n.says = 'asked') THEN 1 ELSE 0 END
FROM (SELECT r.person FROM relation r WHERE r.child = :child UNION SELECT c.person FROM child c WHERE c.id = :child) f ORDER BY f.person;

-- For the youth itself: what its words led to, told by who read them.
-- query home_led : many; permit home.read; packed; in child child; out led text, by assignment
SELECT v.led_words, v.read_by FROM voice v
WHERE v.child = :child AND v.led_words IS NOT NULL AND v.read_by IS NOT NULL ORDER BY v.read_ms DESC, v.id LIMIT 1;

-- How somebody is called of whom no child is shown here.
-- query home_person : maybe; permit home.read; out given text
SELECT COALESCE(@family_given(p.id), '') FROM person p WHERE p.id = :permit.actor;

-- What waits for this reader's own answer: a yes to sharing; an invitation to a plan.
-- query home_asks : many; permit home.read; in person person; out kind text, item item, child child, who text, unit text
SELECT 'waiver', w.id, w.child, s.name, u.name FROM waiver_answer n JOIN waiver w ON w.id = n.waiver
JOIN assignment a ON a.id = w.asked_by JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE n.person = :person AND n.says = 'asked' AND w.state = 'asked' AND w.to_on >= :permit.day
UNION ALL
SELECT 'invitation', i.id, i.child, s.name, u.name FROM invitation_answer n JOIN invitation i ON i.id = n.invitation
JOIN assignment a ON a.id = i.assignment JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE n.person = :person AND n.says = 'asked' AND i.state = 'asked';
