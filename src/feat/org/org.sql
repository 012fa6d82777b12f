-- What it carries: as lead, and as deputy of somebody who has left for good.
-- query org_assignment : one; permit unit.edit|admin.edit; in of assignment; out deputy assignment?, carries int64, here int64
SELECT a.deputy, (SELECT count(*) FROM plan p WHERE p.state = 'open' AND p.lead IN (SELECT l.id FROM assignment l WHERE l.id = a.id UNION ALL SELECT l.id FROM assignment l WHERE l.deputy = a.id AND l.to_on < :permit.day)),
	CASE WHEN (a.to_on IS NULL OR a.to_on >= :permit.day) AND NOT @away(a.staff, :permit.day) THEN 1 ELSE 0 END
FROM assignment a WHERE a.id = :of;

-- At work on that day in the same drawer: else it could open none of what it covers (promise 3).
-- query org_deputy_fits : maybe; permit unit.edit|admin.edit; in of assignment, deputy assignment, day date; out id assignment
SELECT d.id FROM assignment d JOIN assignment a ON a.id = :of WHERE d.id = :deputy AND d.id <> a.id AND d.staff <> a.staff AND d.drawer = a.drawer AND d.role = 'professional'
AND @in_force(d, :day)
AND NOT @away(d.staff, :day);

-- A deputy reads what the one who is away helps with: whoever decides on deputies opens no child to themselves by that, in
-- another role either (promise 3).
-- query org_is_mine : maybe; permit unit.edit|admin.edit; in of assignment; out id assignment
SELECT a.id FROM assignment a JOIN staff s ON s.id = a.staff WHERE a.id = :of AND s.person = :permit.actor;

-- query org_deputies : many; permit unit.read|unit.edit|admin.read|admin.edit; in of assignment; out id assignment, name text, title text, unit text
SELECT d.id, s.name, d.title, u.name FROM assignment d JOIN assignment a ON a.id = :of JOIN staff s ON s.id = d.staff JOIN unit u ON u.id = d.unit
WHERE d.id <> a.id AND d.staff <> a.staff AND d.drawer = a.drawer AND d.role = 'professional' AND @in_force(d, :permit.day)
AND NOT @away(d.staff, :permit.day) AND (s.person <> :permit.actor OR d.id = a.deputy)
ORDER BY CASE WHEN d.unit = a.unit THEN 0 ELSE 1 END, s.name, d.id LIMIT 200;

-- query org_absence_add : change 1; permit unit.edit|admin.edit; in id absence, of assignment, from_on date, to_on date?
INSERT INTO absence (id, staff, from_on, to_on) SELECT :id, staff, :from_on, :to_on FROM assignment WHERE id = :of;
-- query org_absence_drop : change; permit unit.edit|admin.edit; in of assignment, back date
DELETE FROM absence WHERE staff = (SELECT staff FROM assignment WHERE id = :of) AND from_on >= :back;
-- query org_absence_cut : change; permit unit.edit|admin.edit; in of assignment, back date, last date
UPDATE absence SET to_on = :last WHERE staff = (SELECT staff FROM assignment WHERE id = :of) AND from_on < :back AND (to_on IS NULL OR to_on >= :back);

-- query org_deputy_set : change 1; permit unit.edit|admin.edit; in of assignment, deputy assignment?, version int64
UPDATE assignment SET deputy = :deputy, version = version + 1 WHERE id = :of AND version = :version;

-- query org_end : change 1; permit unit.edit|admin.edit; in of assignment, last date, version int64
UPDATE assignment SET to_on = :last, version = version + 1 WHERE id = :of AND version = :version;

-- --- the administrator's pages: counts and staff, nothing of any child ---

-- query org_units : many; permit admin.read|admin.edit; in authority authority; out id unit, name text, municipality text, phone text?, staff int64, managers text?
SELECT u.id, u.name, u.municipality, u.phone, (SELECT count(DISTINCT a.staff) FROM assignment a WHERE a.unit = u.id AND @in_force(a, :permit.day)),
	(SELECT min(s.name) FROM assignment a JOIN staff s ON s.id = a.staff WHERE a.unit = u.id AND a.role = 'manager' AND @in_force(a, :permit.day))
FROM unit u WHERE u.authority = :authority ORDER BY u.name, u.id LIMIT 500;

-- query org_unit : one; permit admin.read|admin.edit; in id unit, authority authority; out id unit, name text, phone text?
SELECT id, name, phone FROM unit WHERE id = :id AND authority = :authority;

-- query org_authority : one; permit admin.read|admin.edit; in id authority; out name text, municipality text
SELECT name, municipality FROM authority WHERE id = :id;

-- query org_drawers : many; permit admin.read|admin.edit; in authority authority; out id drawer, regime text
SELECT id, regime FROM drawer WHERE authority = :authority ORDER BY regime;

-- query org_unit_staff : many; permit admin.read|admin.edit; in unit unit; out id assignment, name text, title text, role text, regime text, from_on date, to_on date?, deputy text?, carries int64
SELECT a.id, s.name, a.title, a.role, d.regime, a.from_on, a.to_on, ds.name, (SELECT count(*) FROM plan p WHERE p.lead = a.id AND p.state = 'open')
FROM assignment a JOIN staff s ON s.id = a.staff JOIN drawer d ON d.id = a.drawer LEFT JOIN assignment da ON da.id = a.deputy LEFT JOIN staff ds ON ds.id = da.staff
WHERE a.unit = :unit ORDER BY CASE WHEN a.to_on IS NOT NULL AND a.to_on < :permit.day THEN 1 ELSE 0 END, s.name, a.id LIMIT 500;

-- query org_one : one; permit admin.read|admin.edit; in id assignment, authority authority; out unit unit, unit_name text, name text, title text, role text, regime text, from_on date, to_on date?, deputy assignment?, deputy_name text?, carries int64, version int64
SELECT u.id, u.name, s.name, a.title, a.role, d.regime, a.from_on, a.to_on, a.deputy, ds.name, (SELECT count(*) FROM plan p WHERE p.state = 'open' AND p.lead IN (SELECT l.id FROM assignment l WHERE l.id = a.id UNION ALL SELECT l.id FROM assignment l WHERE l.deputy = a.id AND l.to_on < :permit.day)), a.version
FROM assignment a JOIN unit u ON u.id = a.unit JOIN staff s ON s.id = a.staff JOIN drawer d ON d.id = a.drawer LEFT JOIN assignment da ON da.id = a.deputy LEFT JOIN staff ds ON ds.id = da.staff
WHERE a.id = :id AND u.authority = :authority;

-- query org_colleagues : many; permit admin.read|admin.edit; in authority authority; out id staff, name text
SELECT s.id, s.name FROM staff s WHERE s.id IN (SELECT a.staff FROM unit u JOIN assignment a ON a.unit = u.id WHERE u.authority = :authority) ORDER BY s.name, s.id LIMIT 1000;

-- query org_unit_add : change 1; permit admin.edit; in id unit, authority authority, name text, phone text?
INSERT INTO unit (id, authority, name, municipality, phone) SELECT :id, id, :name, municipality, :phone FROM authority WHERE id = :authority;

-- query org_person_add : change 1; permit admin.edit; in id person, phone text?
INSERT INTO person (id, phone) VALUES (:id, :phone);
-- query org_staff_add : change 1; permit admin.edit; in id staff, person person, name text, phone text?
INSERT INTO staff (id, person, name, phone) VALUES (:id, :person, :name, :phone);
-- query org_assignment_add : change 1; permit admin.edit; in id assignment, staff staff, unit unit, drawer drawer, role text, title text, from_on date, to_on date?
INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on, to_on) VALUES (:id, :staff, :unit, :drawer, :role, :title, :from_on, :to_on);
