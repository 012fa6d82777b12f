-- query demo_roles : many; permit none (demo mode only: checked by the caller); out role text, person person, assignment assignment?, child child?, plan plan?, start text, rank int64, name text?, title text?, unit text?
SELECT r.role, r.person, r.assignment, r.child, r.plan, r.start, r.rank,
	COALESCE(s.name, (SELECT i.given_name || ' ' || i.family_name FROM identity i WHERE i.person = r.person ORDER BY i.source DESC LIMIT 1)), a.title, u.name
FROM demo_role r LEFT JOIN assignment a ON a.id = r.assignment LEFT JOIN staff s ON s.id = a.staff LEFT JOIN unit u ON u.id = a.unit
ORDER BY r.rank;

-- query demo_role_by_person : maybe; permit none (demo mode only: checked by the caller); in person person; out role text, assignment assignment?, start text
SELECT role, assignment, start FROM demo_role WHERE person = :person ORDER BY rank LIMIT 1;

-- query demo_any_person : maybe; permit none (demo mode only: checked by the caller); in person person, day date; out person person, assignment assignment?
SELECT p.id, (SELECT a.id FROM staff s JOIN assignment a ON a.staff = s.id WHERE s.person = p.id AND @in_force(a, :day) ORDER BY a.id LIMIT 1)
FROM person p WHERE p.id = :person;
