-- Who is meant. Every write here is also the only one of its kind in the program.

-- query person_by_index : maybe; permit child.find|child.register|child.correct|quarantine.read|quarantine.answer; in number_index blob; out person person
SELECT person FROM person_number WHERE number_index = :number_index;

-- query person_numbers : many; permit child.register|child.correct|quarantine.answer; in person person; out number_index blob
SELECT number_index FROM person_number WHERE person = :person;

-- query person_new : change 1; permit child.register|child.correct|quarantine.answer; in person person
INSERT INTO person (id) VALUES (:person);

-- query person_number_give : change 1; permit child.register|child.correct|quarantine.answer; in number_index blob, person person, number_sealed blob
INSERT INTO person_number (number_index, person, number_sealed) VALUES (:number_index, :person, :number_sealed);

-- query person_identity_of : maybe; permit child.register|child.correct|quarantine.answer; in person person, source text, drawer drawer; out id identity, external_id text?, given text, family text, born date?, expected date?, number_kind text?, number_index blob?, protection text, checked date
SELECT id, external_id, given_name, family_name, born_on, expected_on, number_kind, number_index, protection, checked_on
FROM identity WHERE person = :person AND source = :source AND COALESCE(drawer, 0) = :drawer;

-- What this drawer may lean on where a source is silent about protection: the register, and its own people.
-- query person_known_none : one; permit child.register|child.correct|quarantine.answer; in person person, drawer drawer; out says int64
SELECT CAST(COUNT(*) AS BIGINT) FROM identity
WHERE person = :person AND protection = 'none' AND (source = 'register' OR (source = 'hand' AND drawer = :drawer));

-- query person_identity_new : change 1; permit child.register|child.correct|quarantine.answer; in id identity, person person, source text, drawer drawer?, external_id text?, given text, family text, born date?, expected date?, number_kind text?, number_sealed blob?, number_index blob?, protection text, checked date
INSERT INTO identity (id, person, source, drawer, external_id, given_name, family_name, born_on, expected_on, number_kind, number_sealed, number_index, protection, checked_on)
VALUES (:id, :person, :source, :drawer, :external_id, :given, :family, :born, :expected, :number_kind, :number_sealed, :number_index, :protection, :checked);

-- query person_identity_facts : change 1; permit child.register|child.correct|quarantine.answer; in id identity, external_id text?, given text, family text, born date?, expected date?, protection text, checked date
UPDATE identity SET external_id = :external_id, given_name = :given, family_name = :family, born_on = :born, expected_on = :expected,
	protection = :protection, checked_on = :checked, version = version + 1 WHERE id = :id;

-- query person_identity_number : change 1; permit child.register|child.correct|quarantine.answer; in id identity, number_kind text, number_sealed blob, number_index blob
UPDATE identity SET number_kind = :number_kind, number_sealed = :number_sealed, number_index = :number_index, version = version + 1 WHERE id = :id;

-- query person_identity_checked : change 1; permit child.register|child.correct|quarantine.answer; in id identity, checked date
UPDATE identity SET checked_on = :checked WHERE id = :id;

-- query person_protection_say_rows : change; permit child.register|child.correct|quarantine.answer; in person person, drawer drawer, says text, checked date
UPDATE identity SET protection = :says, checked_on = :checked, version = version + 1
WHERE person = :person AND drawer = :drawer AND source IN ('hand', 'school', 'care') AND protection <> :says;

-- What staff marked by hand, and whether it holds (migrations/0071). Only what raised something is a mark.
-- query person_mark_put : change 1; permit child.register|child.correct|quarantine.answer; in id item, person person, drawer drawer, says text
INSERT INTO protection_mark (id, person, drawer, says, assignment, made_ms) VALUES (:id, :person, :drawer, :says, :permit.assignment, :permit.now_ms);

-- query person_marks_unasked : one; permit child.register; out n int64
SELECT CAST(count(*) AS BIGINT) FROM protection_mark WHERE assignment = :permit.assignment AND task IS NULL AND made_ms = :permit.now_ms;

-- query person_marks_to : change; permit child.register; in task task
UPDATE protection_mark SET task = :task WHERE assignment = :permit.assignment AND task IS NULL AND made_ms = :permit.now_ms;

-- Nobody answers for their own mark, in whatever role.
-- query person_marks_of : many; permit task.answer; in task task; out person person, drawer drawer
SELECT m.person, m.drawer FROM protection_mark m JOIN assignment w ON w.id = m.assignment JOIN assignment me ON me.id = :permit.assignment
WHERE m.task = :task AND m.holds IS NULL AND me.staff <> w.staff ORDER BY m.person;

-- query person_marks_answer : change; permit task.answer; in task task, holds int64, checked date?
UPDATE protection_mark SET holds = :holds, checked_on = :checked, answered_by = :permit.assignment, answered_ms = :permit.now_ms WHERE task = :task AND holds IS NULL;

-- What that drawer wrote by hand, as far as it stands as it was marked: never the register's word, an import's, another
-- drawer's, or a stronger one that came since.
-- query person_mark_lower : change; permit task.answer; in person person, task task, checked date
UPDATE identity SET protection = 'none', checked_on = :checked, version = version + 1
WHERE person = :person AND source = 'hand' AND EXISTS (SELECT 1 FROM protection_mark m WHERE m.task = :task AND m.person = identity.person
	AND m.drawer = identity.drawer AND m.says = identity.protection AND m.holds = 0);

-- The family's own word for the child. It says nothing of protection, and lowers none.
-- query person_called : one; permit child.name; out given text, family text?, version int64, id identity?
SELECT c.name, i.family_name, c.version, i.id FROM child c LEFT JOIN identity i ON i.id = (SELECT f.id FROM identity f WHERE f.person = c.person AND f.source = 'family' ORDER BY f.id LIMIT 1)
WHERE c.id = :permit.child;

-- query person_called_put : change 1; permit child.name; in id identity, given text, family text
INSERT INTO identity (id, person, source, given_name, family_name, protection, checked_on)
SELECT :id, c.person, 'family', :given, :family, 'none', :permit.day FROM child c WHERE c.id = :permit.child;

-- query person_called_change : change 1; permit child.name; in id identity, given text, family text
UPDATE identity SET given_name = :given, family_name = :family, checked_on = :permit.day, version = version + 1 WHERE id = :id AND source = 'family';

-- query person_called_child : change 1; permit child.name; in given text, version int64
UPDATE child SET name = :given, version = version + 1 WHERE id = :permit.child AND version = :version;

-- query person_child_of_person : maybe; permit child.register|child.correct|quarantine.answer; in person person; out id child, born date?
SELECT id, born_on FROM child WHERE person = :person;

-- query person_child_new : change 1; permit child.register|child.correct|quarantine.answer; in id child, person person, name text, born date?, expected date?, authority authority
INSERT INTO child (id, person, name, born_on, expected_on, made_ms, controller, archive_owner)
VALUES (:id, :person, :name, :born, :expected, :permit.now_ms, :authority, :authority);

-- query person_child_is_born : change 1; permit child.register|child.correct|quarantine.answer; in id child, born date
UPDATE child SET born_on = :born, version = version + 1 WHERE id = :id;

-- query person_relation_now : many; permit child.register|child.correct|quarantine.answer; in child child, person person, kind text, day date; out id relation, from_on date, to_on date?, checked date, source text, stands int64
SELECT id, from_on, to_on, checked_on, source, stands FROM relation
WHERE child = :child AND person = :person AND kind = :kind AND (to_on IS NULL OR to_on >= :day) ORDER BY from_on;

-- query person_relation_new : change 1; permit child.register|child.correct|quarantine.answer; in id relation, child child, person person, kind text, from_on date, to_on date?, source text, drawer drawer?, checked date, stands int64
INSERT INTO relation (id, child, person, kind, from_on, to_on, source, drawer, checked_on, stands)
VALUES (:id, :child, :person, :kind, :from_on, :to_on, :source, :drawer, :checked, :stands);

-- One that has ended and began that day: who comes back begins the day after it ended.
-- query person_relation_began : maybe; permit child.register|child.correct|quarantine.answer; in child child, person person, kind text, from_on date; out to_on date?
SELECT to_on FROM relation WHERE child = :child AND person = :person AND kind = :kind AND from_on = :from_on;

-- query person_relation_stands : change 1; permit child.register|child.correct|quarantine.answer; in id relation
UPDATE relation SET stands = 1, version = version + 1 WHERE id = :id;

-- Ended by the register: no drawer's word brings it back.
-- query person_relation_ended : one; permit child.register|child.correct|quarantine.answer; in child child, person person, kind text, day date; out n int64
SELECT CAST(COUNT(*) AS BIGINT) FROM relation WHERE child = :child AND person = :person AND kind = :kind AND source = 'register' AND to_on < :day;

-- query person_relation_checked : change 1; permit child.register|child.correct|quarantine.answer; in id relation, checked date
UPDATE relation SET checked_on = :checked WHERE id = :id;

-- query person_relation_ends : change; permit child.register|child.correct|quarantine.answer; in child child, person person, kind text, last date
UPDATE relation SET to_on = :last, version = version + 1
WHERE child = :child AND person = :person AND kind = :kind AND from_on <= :last AND (to_on IS NULL OR to_on > :last);

-- One relation, by a person who has checked.
-- query person_relation_ends_one : change 1; permit quarantine.answer; in relation relation, last date
UPDATE relation SET to_on = :last, version = version + 1 WHERE id = :relation AND from_on <= :last AND (to_on IS NULL OR to_on > :last);

-- The child, and whoever stands around it now or soon, in any source: unknown counts as protected for those who may
-- see the child's page; a mark counts for everybody named there. A quarantined record that speaks of protection shields
-- the one whom it may be about until a person has answered (promise 8). A relation that a person ended because a source let
-- go of it gives no view, but its mark shields on: who is protected may be gone from a source for that very reason (state <> 'named'
-- finds it in the index relation_left_once).
-- query person_protection_recompute_one : change; permit child.register|child.correct|quarantine.answer|task.answer; in child child, day date
UPDATE child SET shielded = 1 - shielded, access_version = access_version + 1, shielded_ms = CASE WHEN shielded = 0 THEN :permit.now_ms END
WHERE id = :child AND shielded <> CASE WHEN
	EXISTS (SELECT 1 FROM child c JOIN identity i ON i.person = c.person WHERE c.id = :child AND i.protection <> 'none')
	OR EXISTS (SELECT 1 FROM relation r JOIN identity i ON i.person = r.person
		WHERE r.child = :child AND (r.to_on IS NULL OR r.to_on >= :day
			OR EXISTS (SELECT 1 FROM relation_left l WHERE l.relation = r.id AND l.state <> 'named' AND l.state = 'ended'))
		AND i.protection <> 'none' AND (i.protection <> 'unknown' OR r.kind IN ('guardian', 'carer', 'god_man')))
	OR EXISTS (SELECT 1 FROM child c JOIN quarantine q ON q.candidate = c.person WHERE c.id = :child AND q.state = 'open' AND q.marked = 1)
	OR EXISTS (SELECT 1 FROM relation r JOIN quarantine q ON q.candidate = r.person
		WHERE r.child = :child AND (r.to_on IS NULL OR r.to_on >= :day) AND q.state = 'open' AND q.marked = 1)
THEN 1 ELSE 0 END;

-- query person_protection_children_around : many; permit child.register|child.correct|quarantine.answer|task.answer; in person person; out child child
SELECT id FROM child WHERE person = :person UNION SELECT child FROM relation WHERE person = :person;

-- query person_external_drops : change; permit child.register|quarantine.answer; in person person, source text, drawer drawer
UPDATE identity SET external_id = NULL, version = version + 1 WHERE person = :person AND source = :source AND COALESCE(drawer, 0) = :drawer;

-- query person_engaged : maybe; permit child.register|quarantine.answer|handover.answer; in child child, assignment assignment; out id engagement, from_on date, how text
SELECT id, from_on, how FROM engagement WHERE child = :child AND assignment = :assignment AND to_on IS NULL;

-- query person_engage : change 1; permit child.register|quarantine.answer; in id engagement, child child, assignment assignment, from_on date
INSERT INTO engagement (id, child, unit, drawer, assignment, how, from_on, made_ms)
SELECT :id, :child, a.unit, a.drawer, a.id, 'import', :from_on, :permit.now_ms FROM assignment a WHERE a.id = :assignment;

-- query person_take_over : change 1; permit handover.answer; in id engagement, child child
INSERT INTO engagement (id, child, unit, drawer, assignment, how, from_on, made_ms)
VALUES (:id, :child, :permit.unit, :permit.drawer, :permit.assignment, 'handover', :permit.day, :permit.now_ms);

-- Who carries the plan reads it: what an engagement by oneself kept closed opens with the hand-over.
-- query person_earlier_opens : change; permit handover.answer; in child child
UPDATE engagement SET earlier_open = 1, version = version + 1
WHERE child = :child AND assignment = :permit.assignment AND earlier_open = 0 AND (to_on IS NULL OR to_on >= :permit.day);

-- Who carries the plan hands it over first: never nobody (promise 2).
-- query person_carries : maybe; permit child.register|quarantine.answer; in child child, assignment assignment; out plan plan
SELECT id FROM plan WHERE child = :child AND lead = :assignment AND state = 'open' LIMIT 1;

-- query person_disengage : change 1; permit child.register|quarantine.answer; in id engagement, last date
UPDATE engagement SET to_on = :last, version = version + 1 WHERE id = :id AND to_on IS NULL;

-- Who was refused before and asked again has a door with its last day before its first (register_engage_closed): it opens now.
-- Who let themselves in works with the child: what came before opens, on somebody else's word than their own. Or does not: the door closes at once.
-- query person_engagement_confirmed : change 1; permit task.answer; in engagement engagement, child child
UPDATE engagement SET earlier_open = 1, version = version + 1,
	to_on = CASE WHEN to_on < from_on AND NOT EXISTS (SELECT 1 FROM engagement o WHERE o.child = engagement.child AND o.assignment = engagement.assignment AND o.to_on IS NULL) THEN NULL ELSE to_on END
WHERE id = :engagement AND child = :child AND how = 'self'
AND NOT EXISTS (SELECT 1 FROM assignment a JOIN assignment m ON m.staff = a.staff WHERE a.id = engagement.assignment AND m.id = :permit.assignment);

-- query person_engagement_refused : change 1; permit task.answer; in engagement engagement, child child, last date
UPDATE engagement SET to_on = :last, version = version + 1 WHERE id = :engagement AND child = :child AND how = 'self';

-- What such a one said of who decides gives no view then, unless somebody who works with the child stands behind that drawer's
-- word. The rows stay: a mark on whom they name shields the child as before (promise 8).
-- query person_engagement_refused_said : change; permit task.answer; in engagement engagement, child child
UPDATE relation SET stands = 0, version = version + 1 WHERE child = :child AND source = 'hand' AND stands = 1
AND drawer = (SELECT e.drawer FROM engagement e WHERE e.id = :engagement AND e.child = :child AND e.how = 'self')
AND NOT EXISTS (SELECT 1 FROM engagement x WHERE x.child = :child AND x.id <> :engagement AND x.drawer = relation.drawer AND (x.how <> 'self' OR x.earlier_open = 1));

-- The master key changes hands (person_keys.c). version: the newest, one byte, as a sealed text begins.

-- query person_keys_old : many; permit none (an operator's command over the whole database); in after person, version blob, most int64; out person person
SELECT DISTINCT person FROM identity
WHERE person > :after AND number_sealed IS NOT NULL AND substr(number_sealed, 1, 1) <> :version ORDER BY person LIMIT :most;

-- query person_keys_of : many; permit none (an operator's command over the whole database); in person person, version blob; out id identity, number_sealed blob, number_index blob
SELECT id, number_sealed, number_index FROM identity
WHERE person = :person AND number_sealed IS NOT NULL AND substr(number_sealed, 1, 1) <> :version ORDER BY id;

-- query person_keys_renew : change 1; permit none (an operator's command over the whole database); in id identity, was blob, number_sealed blob, number_index blob
UPDATE identity SET number_sealed = :number_sealed, number_index = :number_index WHERE id = :id AND number_index = :was;

-- query person_keys_renew_index : change; permit none (an operator's command over the whole database); in person person, was blob, number_index blob
UPDATE person_number SET number_index = :number_index WHERE person = :person AND number_index = :was;

-- query person_keys_old_numbers : many; permit none (an operator's command over the whole database); in after person, version blob, most int64; out person person, number_index blob, number_sealed blob
SELECT person, number_index, number_sealed FROM person_number
WHERE person >= :after AND number_sealed IS NOT NULL AND substr(number_sealed, 1, 1) <> :version ORDER BY person LIMIT :most;

-- query person_keys_renew_number : change 1; permit none (an operator's command over the whole database); in person person, was blob, number_index blob, number_sealed blob
UPDATE person_number SET number_index = :number_index, number_sealed = :number_sealed WHERE person = :person AND number_index = :was;

-- What is sealed with another key than this, and numbers in the index alone, which nobody can read back.
-- query person_keys_left : one; permit none (an operator's command over the whole database); in version blob; out identities int64, numbers int64, bare int64
SELECT (SELECT CAST(count(*) AS BIGINT) FROM identity WHERE number_sealed IS NOT NULL AND substr(number_sealed, 1, 1) <> :version),
	(SELECT CAST(count(*) AS BIGINT) FROM person_number WHERE number_sealed IS NOT NULL AND substr(number_sealed, 1, 1) <> :version),
	(SELECT CAST(count(*) AS BIGINT) FROM person_number n WHERE n.number_sealed IS NULL
		AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.person = n.person AND i.number_index = n.number_index));
