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

-- Units where somebody works and nobody is manager today: what would climb to one (promise 13) is a count here, of what is
-- late and of words that nobody has read in time; never what, never whose.
-- query org_unmanaged : many; permit admin.read|admin.edit; in authority authority; out id unit, name text, late int64
SELECT u.id, u.name, CAST((SELECT count(*) FROM assignment a JOIN task k ON k.assignment = a.id AND k.state = 'open' AND k.due_on < :permit.day WHERE a.unit = u.id)
	+ (SELECT count(*) FROM assignment a JOIN voice v ON v.reader = a.id AND v.read_ms IS NULL AND v.read_by_on < :permit.day WHERE a.unit = u.id) AS BIGINT)
FROM unit u WHERE u.authority = :authority
AND EXISTS (SELECT 1 FROM assignment a WHERE a.unit = u.id AND a.role = 'professional' AND @in_force(a, :permit.day))
AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.unit = u.id AND a.role = 'manager' AND @in_force(a, :permit.day)) ORDER BY u.name, u.id LIMIT 100;

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
-- query org_assignment_add : change 1; permit admin.edit|unit.edit; in id assignment, staff staff, unit unit, drawer drawer, role text, title text, from_on date, to_on date?
INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on, to_on) VALUES (:id, :staff, :unit, :drawer, :role, :title, :from_on, :to_on);

-- --- what an administrator asks for themselves (org_ask.h): no assignment until somebody else has said yes ---

-- query org_staff_of_me : one; permit admin.edit; out staff staff
SELECT staff FROM assignment WHERE id = :permit.assignment;

-- query org_ask_put : change; permit admin.edit; in id ask, staff staff, unit unit, drawer drawer, role text, title text, from_on date, to_on date?
INSERT INTO assignment_ask (id, staff, unit, drawer, role, title, from_on, to_on, asked_by, asked_ms, state)
SELECT :id, :staff, :unit, :drawer, :role, :title, :from_on, :to_on, :permit.assignment, :permit.now_ms, 'open' FROM staff s WHERE s.id = :staff
AND NOT EXISTS (SELECT 1 FROM assignment_ask k WHERE k.staff = :staff AND k.unit = :unit AND k.drawer = :drawer AND k.role = :role AND k.state = 'open');

-- The reader's to know of: an administrator of the unit's authority, or the unit's manager.
-- snippet ask_known : k, u
EXISTS (SELECT 1 FROM assignment me JOIN drawer md ON md.id = me.drawer WHERE me.id = :permit.assignment
	AND ((me.role = 'administrator' AND md.authority = {u}.authority) OR (me.role = 'manager' AND me.unit = {k}.unit)));

-- query org_asks : many; permit admin.read|admin.edit|unit.read|unit.edit; out id ask, name text, title text, role text, unit text
SELECT k.id, s.name, k.title, k.role, u.name FROM assignment_ask k JOIN staff s ON s.id = k.staff JOIN unit u ON u.id = k.unit
WHERE k.state = 'open' AND @ask_known(k, u) ORDER BY k.asked_ms, k.id LIMIT 100;

-- query org_ask : one; permit admin.read|admin.edit|unit.read|unit.edit; in id ask; out staff staff, unit unit, drawer drawer, role text, title text, name text, unit_name text, regime text, from_on date, to_on date?, asked_ms int64, version int64, mine int64
SELECT k.staff, k.unit, k.drawer, k.role, k.title, s.name, u.name, d.regime, k.from_on, k.to_on, k.asked_ms, k.version,
	CASE WHEN s.person = :permit.actor THEN 1 ELSE 0 END
FROM assignment_ask k JOIN staff s ON s.id = k.staff JOIN unit u ON u.id = k.unit JOIN drawer d ON d.id = k.drawer
WHERE k.id = :id AND k.state = 'open' AND @ask_known(k, u);

-- Who may answer: never the one it is for, in whatever role.
-- query org_ask_others : many; permit admin.read|admin.edit|unit.read|unit.edit; in id ask; out name text
SELECT s.name FROM assignment_ask k JOIN assignment a ON a.unit = k.unit AND a.role = 'manager' AND a.staff <> k.staff JOIN staff s ON s.id = a.staff
WHERE k.id = :id AND @in_force(a, :permit.day)
UNION SELECT s.name FROM assignment_ask k JOIN unit u ON u.id = k.unit JOIN unit x ON x.authority = u.authority JOIN assignment a ON a.unit = x.id AND a.role = 'administrator' AND a.staff <> k.staff JOIN staff s ON s.id = a.staff
WHERE k.id = :id AND @in_force(a, :permit.day) ORDER BY 1 LIMIT 20;

-- query org_ask_answer : change 1; permit admin.edit|unit.edit; in id ask, version int64, state text, words text?, assignment assignment?
UPDATE assignment_ask SET state = :state, words = :words, assignment = :assignment, answered_by = :permit.assignment, answered_ms = :permit.now_ms, version = version + 1
WHERE id = :id AND version = :version AND state = 'open' AND NOT EXISTS (SELECT 1 FROM assignment me WHERE me.id = :permit.assignment AND me.staff = assignment_ask.staff);

-- The operator, by command: where nobody else is there to ask.
-- query org_ask_open : many; permit none (an operator at this machine); out id ask, person person, role text, unit unit, drawer drawer
SELECT k.id, s.person, k.role, k.unit, k.drawer FROM assignment_ask k JOIN staff s ON s.id = k.staff WHERE k.state = 'open' ORDER BY k.asked_ms, k.id;
-- query org_ask_operator_add : change 1; permit none (an operator at this machine); in id ask, assignment assignment, today date
INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on, to_on)
SELECT :assignment, k.staff, k.unit, k.drawer, k.role, k.title, CASE WHEN k.from_on < :today THEN :today ELSE k.from_on END, k.to_on FROM assignment_ask k
WHERE k.id = :id AND k.state = 'open' AND (k.to_on IS NULL OR k.to_on >= :today);
-- query org_ask_operator : change 1; permit none (an operator at this machine); in id ask, assignment assignment, now_ms int64
UPDATE assignment_ask SET state = 'yes', assignment = :assignment, answered_ms = :now_ms, words = 'operator', version = version + 1 WHERE id = :id AND state = 'open';
