-- "Ja till att dela". Families see all about their child; staff what their own drawer asked, and what others asked
-- that speaks of their drawer once the family has said yes: a question is no act of sharing (promise 4).

-- query waiver_list : many; permit waiver.read|waiver.answer|waiver.ask|paper.read|paper.answer;
--   in child child, since int64; out id waiver, purpose text, content text, from date, until date, state text, child_view text, child_how text?, asked_ms int64, ended_ms int64?, asker text, asker_unit text, asker_drawer drawer, my text?, version int64
SELECT w.id, w.purpose, w.content, w.from_on, w.to_on, w.state, w.child_view, w.child_how, w.asked_ms, w.ended_ms, s.name, u.name, a.drawer,
	(SELECT x.says FROM waiver_answer x WHERE x.waiver = w.id AND x.person = :permit.actor), w.version
FROM waiver w JOIN assignment a ON a.id = w.asked_by JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE w.child = :child AND (:permit.drawer = 0 OR (a.drawer = :permit.drawer AND w.asked_ms >= :since)
	OR (w.valid_ms >= :since AND EXISTS (SELECT 1 FROM waiver_drawer d WHERE d.waiver = w.id AND d.drawer = :permit.drawer)))
ORDER BY w.asked_ms DESC, w.id;

-- Between whom: the units that work with the child there now, else nothing but the authority.
-- query waiver_sides : many; permit waiver.read|waiver.answer|waiver.ask|paper.read|paper.answer;
--   in child child; out waiver waiver, side text, drawer drawer, regime text, authority text, unit text?
SELECT DISTINCT d.waiver, d.side, d.drawer, dr.regime, au.name, u.name
FROM waiver w JOIN waiver_drawer d ON d.waiver = w.id JOIN drawer dr ON dr.id = d.drawer JOIN authority au ON au.id = dr.authority
LEFT JOIN engagement e ON e.child = w.child AND e.drawer = d.drawer AND @in_force(e, :permit.day)
LEFT JOIN unit u ON u.id = e.unit
WHERE w.child = :child ORDER BY d.waiver, d.side, d.drawer, u.name;

-- Who has to say yes. Only the one who asked sees what each has answered.
-- query waiver_answers : many; permit waiver.read|waiver.ask;
--   in waiver waiver; out person person, says text, name text?, at_ms int64?, how text?
SELECT a.person, a.says, @given_of(a.person, :permit.drawer), a.at_ms, a.how
FROM waiver_answer a JOIN waiver w ON w.id = a.waiver JOIN assignment x ON x.id = w.asked_by
WHERE a.waiver = :waiver AND w.child = :permit.child AND x.drawer = :permit.drawer ORDER BY a.person;

-- Those who decide today, and may so be asked.
-- query waiver_deciders : many; permit waiver.ask|waiver.answer;
--   out person person, name text?
SELECT DISTINCT r.person, @given_of(r.person, :permit.drawer)
FROM relation r WHERE r.child = :permit.child AND r.kind IN ('guardian', 'god_man') AND r.stands = 1 AND @in_force(r, :permit.day) ORDER BY r.person;

-- Every drawer of the county: a list that says nothing about who helps this child (promise 7).
-- query waiver_places : many; permit waiver.ask;
--   out id drawer, regime text, authority text
SELECT d.id, d.regime, a.name FROM drawer d JOIN authority a ON a.id = d.authority
WHERE d.id <> :permit.drawer
ORDER BY CASE WHEN a.id = (SELECT x.authority FROM drawer x WHERE x.id = :permit.drawer) THEN 0
	WHEN a.municipality = (SELECT y.municipality FROM drawer x JOIN authority y ON y.id = x.authority WHERE x.id = :permit.drawer) THEN 1 WHEN a.kind = 'region' THEN 2 ELSE 3 END, a.name, d.regime;

-- query waiver_put : change 1; permit waiver.ask;
--   in id waiver, purpose text, content text, until date, child_view text, child_how text?
INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, child_how, how_checked, asked_ms)
VALUES (:id, :permit.child, :permit.assignment, :purpose, :content, :permit.day, :until, 'asked', :child_view, :child_how, 'signed_in', :permit.now_ms);

-- query waiver_put_drawer : change 1; permit waiver.ask;
--   in waiver waiver, drawer drawer, side text
INSERT INTO waiver_drawer (waiver, drawer, side) VALUES (:waiver, :drawer, :side);

-- query waiver_put_answer : change 1; permit waiver.ask|waiver.answer;
--   in waiver waiver, person person, says text
INSERT INTO waiver_answer (waiver, person, says) VALUES (:waiver, :person, :says);

-- What one says, while the question is open. One's own, or what staff wrote down with how they knew.
-- query waiver_say : change 1; permit waiver.answer|waiver.ask|paper.answer;
--   in waiver waiver, person person, says text, how text, by assignment?, checked text?
UPDATE waiver_answer SET says = :says, at_ms = :permit.now_ms, how = :how, recorded_by = :by, checked = :checked
WHERE waiver = :waiver AND person = :person AND says IN ('asked', 'yes', 'no')
AND EXISTS (SELECT 1 FROM waiver w WHERE w.id = :waiver AND w.child = :permit.child AND w.state = 'asked');

-- query waiver_count : one; permit waiver.answer|waiver.ask|paper.answer;
--   in waiver waiver; out yes int64, no int64, waiting int64, state text
SELECT CAST((SELECT count(*) FROM waiver_answer a WHERE a.waiver = w.id AND a.says = 'yes') AS BIGINT),
	CAST((SELECT count(*) FROM waiver_answer a WHERE a.waiver = w.id AND a.says IN ('no', 'withdrawn')) AS BIGINT),
	CAST((SELECT count(*) FROM waiver_answer a WHERE a.waiver = w.id AND a.says = 'asked') AS BIGINT), w.state
FROM waiver w WHERE w.id = :waiver AND w.child = :permit.child;

-- query waiver_becomes_valid : change 1; permit waiver.answer|waiver.ask|paper.answer;
--   in waiver waiver, how text
UPDATE waiver SET state = 'valid', valid_ms = :permit.now_ms, how_checked = :how, version = version + 1
WHERE id = :waiver AND child = :permit.child AND state = 'asked' AND to_on >= :permit.day;

-- query waiver_is_refused : change 1; permit waiver.answer|waiver.ask|paper.answer;
--   in waiver waiver
UPDATE waiver SET state = 'refused', ended_ms = :permit.now_ms, version = version + 1 WHERE id = :waiver AND child = :permit.child AND state = 'asked';

-- query waiver_unsay : change 1; permit waiver.answer;
--   in waiver waiver
UPDATE waiver_answer SET says = 'asked', at_ms = NULL, how = NULL, recorded_by = NULL, checked = NULL
WHERE waiver = :waiver AND person = :permit.actor AND says = 'yes' AND recorded_by IS NOT NULL
AND EXISTS (SELECT 1 FROM waiver w WHERE w.id = :waiver AND w.child = :permit.child AND w.state = 'asked');

-- query waiver_take_back : change 1; permit waiver.answer;
--   in waiver waiver
UPDATE waiver_answer SET says = 'withdrawn', at_ms = :permit.now_ms, how = 'signed_in' WHERE waiver = :waiver AND person = :permit.actor AND says <> 'withdrawn';

-- query waiver_ends : change 1; permit waiver.answer;
--   in waiver waiver
UPDATE waiver SET state = 'withdrawn', ended_ms = :permit.now_ms, version = version + 1 WHERE id = :waiver AND child = :permit.child AND state = 'valid';

-- What a yes has opened: before it is taken back, the family sees it.
-- query waiver_opened : many; permit waiver.answer;
--   in waiver waiver; out kind text, item item, drawer drawer, from drawer, received text
SELECT l.item_kind, l.item, l.to_drawer, l.from_drawer, l.received FROM @live_rows l WHERE l.waiver = :waiver AND l.child = :permit.child ORDER BY l.at_ms, l.id LIMIT 40;
