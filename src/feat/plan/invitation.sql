-- A plan opens with the family's yes: the invitation, and what each who decides has said.

-- query invitation_put : change 1; permit plan.start; in id invitation, words text, noticed date?, with_whom text, parties text?, next_words text?, next date?, child_view text?, child_how text?
INSERT INTO invitation (id, child, assignment, words, noticed_on, state, made_ms, with_whom, parties, next_words, next_on, child_view, child_how)
VALUES (:id, :permit.child, :permit.assignment, :words, :noticed, 'asked', :permit.now_ms, :with_whom, :parties, :next_words, :next, :child_view, :child_how);

-- query invitation_ask : change 1; permit plan.start|invitation.answer|paper.answer; in invitation invitation, person person
INSERT INTO invitation_answer (invitation, person, says) VALUES (:invitation, :person, 'asked');

-- Who decides for the child that day (FB 6:11, lag 2005:429); the asker's form names those that its drawer knows.
-- query invitation_deciders : many; permit plan.start|invitation.answer|paper.answer; out person person, name text?
SELECT DISTINCT r.person, (SELECT i.given_name || ' ' || i.family_name FROM identity i WHERE i.person = r.person AND (i.drawer = :permit.drawer OR i.source IN ('register', 'family'))
	ORDER BY CASE WHEN i.drawer = :permit.drawer THEN 0 ELSE 1 END, i.id LIMIT 1)
FROM relation r WHERE r.child = :permit.child AND r.kind IN ('guardian', 'god_man') AND r.stands = 1 AND @in_force(r, :permit.day) ORDER BY 1;

-- query invitation_child : one; permit plan.start|invitation.answer|paper.read|paper.answer; out person person, name text, expected date?
SELECT c.person, @child_name(c), c.expected_on FROM child c WHERE c.id = :permit.child;

-- query invitation_open : maybe; permit plan.start; out id invitation, made_ms int64
SELECT id, made_ms FROM invitation WHERE child = :permit.child AND assignment = :permit.assignment AND state = 'asked';

-- query invitation_show : maybe; permit invitation.answer|plan.start|paper.read|paper.answer; in invitation invitation; out words text, state text, noticed date?, made_ms int64, with_whom text?, parties text?, next_words text?, next date?, child_view text?, child_how text?, version int64, asker assignment, drawer drawer, authority authority, name text, title text, unit text, phone text?, says text?, plan plan?, waiver waiver?
SELECT i.words, i.state, i.noticed_on, i.made_ms, i.with_whom, i.parties, i.next_words, i.next_on, i.child_view, i.child_how, i.version, a.id, a.drawer, d.authority, s.name, a.title, u.name, COALESCE(s.phone, u.phone), x.says, i.plan, i.waiver
FROM invitation i JOIN assignment ia ON ia.id = i.assignment
JOIN assignment a ON a.id = COALESCE((SELECT y.id FROM assignment y WHERE ia.to_on IS NOT NULL AND ia.to_on < :permit.day AND y.id = ia.deputy AND y.drawer = ia.drawer), ia.id)
JOIN drawer d ON d.id = a.drawer JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
LEFT JOIN invitation_answer x ON x.invitation = i.id AND x.person = :permit.actor
WHERE i.id = :invitation AND i.child = :permit.child;

-- query invitation_say : change 1; permit invitation.answer|paper.answer; in invitation invitation, person person, says text, how text, by assignment?, checked text?
UPDATE invitation_answer SET says = :says, at_ms = :permit.now_ms, how = :how, recorded_by = :by, checked = :checked
WHERE invitation = :invitation AND person = :person AND says = 'asked'
AND EXISTS (SELECT 1 FROM invitation i WHERE i.id = :invitation AND i.child = :permit.child AND i.state = 'asked');

-- A yes on paper that counted, while the question is open: its person's to take back.
-- query invitation_unsay : change 1; permit invitation.answer; in invitation invitation
UPDATE invitation_answer SET says = 'asked', at_ms = NULL, how = NULL, recorded_by = NULL, checked = NULL
WHERE invitation = :invitation AND person = :permit.actor AND says = 'yes' AND recorded_by IS NOT NULL
AND EXISTS (SELECT 1 FROM invitation i WHERE i.id = :invitation AND i.child = :permit.child AND i.state = 'asked');

-- Who is asked still, by the names that the asker's drawer knows.
-- query invitation_waiting : many; permit plan.start; in invitation invitation; out person person, name text?
SELECT x.person, (SELECT n.given_name || ' ' || n.family_name FROM identity n WHERE n.id = @identity_of(x.person, :permit.drawer))
FROM invitation_answer x JOIN invitation i ON i.id = x.invitation WHERE i.id = :invitation AND i.child = :permit.child AND i.assignment = :permit.assignment AND x.says = 'asked' ORDER BY x.person;

-- As the child told staff, before a yes on paper that came later.
-- query invitation_view_told : change 1; permit plan.start; in invitation invitation, view text, how text?
UPDATE invitation SET child_view = :view, child_how = :how, version = version + 1 WHERE id = :invitation AND child = :permit.child AND assignment = :permit.assignment AND state = 'asked';

-- query invitation_view : change 1; permit invitation.answer; in invitation invitation, view text
UPDATE invitation SET child_view = :view, child_how = NULL, version = version + 1 WHERE id = :invitation AND child = :permit.child AND state = 'asked';

-- query invitation_answers : many; permit invitation.answer|plan.start|paper.answer; in invitation invitation; out person person, says text, how text?, by assignment?, checked text?
SELECT x.person, x.says, x.how, x.recorded_by, x.checked FROM invitation_answer x JOIN invitation i ON i.id = x.invitation
WHERE x.invitation = :invitation AND i.child = :permit.child ORDER BY x.at_ms, x.person;

-- query invitation_ends : change 1; permit invitation.answer|paper.answer; in invitation invitation, state text, plan plan?, waiver waiver?, by person?
UPDATE invitation SET state = :state, plan = :plan, waiver = :waiver, answered_by = :by, answered_ms = :permit.now_ms, version = version + 1
WHERE id = :invitation AND child = :permit.child AND state = 'asked';
