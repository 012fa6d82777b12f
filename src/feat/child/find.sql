-- query find_forget : change; permit child.find|child.register; in before int64
DELETE FROM find_try WHERE at_ms < :before;
-- query find_count : one; permit child.find|child.register; out tries int64
SELECT CAST(count(*) AS BIGINT) FROM find_try WHERE assignment = :permit.assignment;
-- query find_note : change 1; permit child.find|child.register; in id item
INSERT INTO find_try (id, person, assignment, at_ms) VALUES (:id, :permit.actor, :permit.assignment, :permit.now_ms);

-- query find_child : maybe; permit child.find; in person person; out child child
SELECT id FROM child WHERE person = :person;

-- The children that I help: the only list there is to look in. A protected child has no name on any list (promise 8).
-- query find_mine : many; permit child.find; out child child, given text, family text
SELECT DISTINCT c.id, i.given_name, i.family_name FROM engagement e JOIN child c ON c.id = e.child AND c.shielded = 0
JOIN identity i ON i.id = @identity_of(c.person, :permit.drawer)
WHERE e.assignment = :permit.assignment AND e.drawer = :permit.drawer AND @in_force(e, :permit.day)
ORDER BY i.given_name, i.family_name, c.id LIMIT 2000;

-- An engagement by oneself: an empty folder until somebody confirms (design.md section 4).
-- query register_engage : change 1; permit child.register; in id engagement, child child, reason text
INSERT INTO engagement (id, child, unit, drawer, assignment, how, reason, from_on, earlier_open, made_ms)
VALUES (:id, :child, :permit.unit, :permit.drawer, :permit.assignment, 'self', :reason, :permit.day, 0, :permit.now_ms);
-- query register_engaged : maybe; permit child.register; in child child; out id engagement
SELECT e.id FROM engagement e WHERE e.child = :child AND e.assignment = :permit.assignment AND @in_force(e, :permit.day) ORDER BY e.id LIMIT 1;
-- Said no to before, and not yes since: then the door stays closed until somebody else opens it. Each drawer for itself.
-- query register_refused : maybe; permit child.register; in child child; out id task
SELECT t.id FROM task t JOIN engagement e ON e.id = t.item JOIN assignment a ON a.id = e.assignment JOIN assignment me ON me.id = :permit.assignment
WHERE t.child = :child AND t.kind = 'confirm_engagement' AND t.state = 'denied' AND a.staff = me.staff AND e.drawer = :permit.drawer
AND NOT EXISTS (SELECT 1 FROM task o JOIN engagement oe ON oe.id = o.item JOIN assignment oa ON oa.id = oe.assignment
	WHERE o.child = :child AND o.kind = 'confirm_engagement' AND o.state = 'allowed' AND oa.staff = me.staff AND oe.drawer = :permit.drawer AND o.answered_ms >= t.answered_ms) LIMIT 1;
-- query register_waits : maybe; permit child.register; in child child; out id task
SELECT t.id FROM task t JOIN engagement e ON e.id = t.item WHERE t.child = :child AND t.kind = 'confirm_engagement' AND t.state = 'open'
AND e.assignment = :permit.assignment AND e.to_on < e.from_on LIMIT 1;
-- Its last day lies before its first: it opens nothing until it is confirmed (person_engagement_confirmed).
-- query register_engage_closed : change 1; permit child.register; in id engagement, child child, reason text, before date
INSERT INTO engagement (id, child, unit, drawer, assignment, how, reason, from_on, to_on, earlier_open, made_ms)
VALUES (:id, :child, :permit.unit, :permit.drawer, :permit.assignment, 'self', :reason, :permit.day, :before, 0, :permit.now_ms);
-- Whose word on who decides for the child gives a view: one who works with it, and not only by an own opening of a
-- folder while others know the child.
-- query register_proven : maybe; permit child.register; in child child; out id engagement
SELECT e.id FROM engagement e WHERE e.child = :child AND e.assignment = :permit.assignment AND @in_force(e, :permit.day)
AND (e.how <> 'self' OR e.earlier_open = 1 OR (NOT EXISTS (SELECT 1 FROM engagement x WHERE x.child = :child AND x.assignment <> :permit.assignment)
	AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.child = :child AND COALESCE(r.drawer, 0) <> :permit.drawer))) ORDER BY e.id LIMIT 1;

-- Without a number a name is all there is: those of this drawer's own books with that name, and no other day. Nobody
-- else's: that a child is known somewhere is a secret too (promise 7).
-- since: nobody born before an expected child was conceived is that child. Which of them have the name is asked in C
-- (i18n_folded): the engines fold other letters than a-z each in its own way.
-- query register_same_days : many; permit child.register; in born date?, expected date?, since date?; out person person, given text, family text
SELECT i.person, i.given_name, i.family_name FROM identity i JOIN child c ON c.person = i.person
WHERE i.drawer = :permit.drawer AND (:born IS NULL OR i.born_on IS NULL OR i.born_on = :born) AND (:since IS NULL OR i.born_on IS NULL OR i.born_on >= :since)
AND (:expected IS NULL OR i.expected_on IS NULL OR i.expected_on = :expected) ORDER BY i.person;

-- Which name is right (register_names.h): what stands is the own drawer's own word, by hand; nobody else's (promise 7).
-- query register_stands : maybe; permit child.register; in person person; out given text, family text, version int64
SELECT given_name, family_name, version FROM identity WHERE person = :person AND source = 'hand' AND drawer = :permit.drawer;
-- A child whom the reader works with today.
-- query register_mine : maybe; permit child.register; in child child; out person person
SELECT c.person FROM child c WHERE c.id = :child AND EXISTS (SELECT 1 FROM engagement e WHERE e.child = c.id AND e.assignment = :permit.assignment AND @in_force(e, :permit.day));
-- query register_child_of : maybe; permit child.register; in person person; out child child, shielded int64
SELECT id, shielded FROM child WHERE person = :person;
-- Whom this drawer has written down around the child, by hand.
-- query register_around : many; permit child.register; in child child, kind text; out person person, given text, family text
SELECT r.person, i.given_name, i.family_name FROM relation r JOIN identity i ON i.person = r.person AND i.source = 'hand' AND i.drawer = :permit.drawer
WHERE r.child = :child AND r.kind = :kind AND r.source = 'hand' AND r.drawer = :permit.drawer AND @in_force(r, :permit.day) ORDER BY r.person;
