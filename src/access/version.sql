-- Whom a page was decided for, and what that person may see: these versions grow here and nowhere else (scripts/owners
-- holds it). What a page shows has stamps of its own (migrations/0046_stamp.sql).

-- query version_child : change 1; permit none (a version only grows: the caller's change had a permit); in child child
UPDATE child SET access_version = access_version + 1 WHERE id = :child;

-- query version_plan : change 1; permit none (a version only grows: the caller's change had a permit); in plan plan
UPDATE child SET access_version = access_version + 1 WHERE id = (SELECT child FROM plan WHERE id = :plan);

-- query version_person : change 1; permit none (a version only grows: the caller's change had a permit); in person person
UPDATE person SET access_version = access_version + 1 WHERE id = :person;

-- query version_assignment : change 1; permit none (a version only grows: the caller's change had a permit); in of assignment
UPDATE person SET access_version = access_version + 1 WHERE id = (SELECT s.person FROM staff s JOIN assignment a ON a.staff = s.id WHERE a.id = :of);

-- The person itself, who covers it now, and who did before: each may see something else from now.
-- query version_covered : change; permit none (a version only grows: the caller's change had a permit); in of assignment, before assignment?
UPDATE person SET access_version = access_version + 1 WHERE id IN (SELECT s.person FROM staff s JOIN assignment a ON a.staff = s.id
	WHERE a.id = :of OR a.id = :before OR a.id IN (SELECT o.deputy FROM assignment o WHERE o.staff = (SELECT m.staff FROM assignment m WHERE m.id = :of)));
