-- Matching and putting aside. What a drawer may lean on: its own facts, the register's and the family's (promise 7).

-- query import_by_external : maybe; permit child.register|quarantine.answer; in drawer drawer, source text, external_id text; out person person, number_index blob?
SELECT person, number_index FROM identity WHERE drawer = :drawer AND external_id = :external_id AND source = :source ORDER BY id LIMIT 1;

-- query import_external_of : maybe; permit child.register|quarantine.answer; in drawer drawer, source text, person person; out external_id text?
SELECT external_id FROM identity WHERE drawer = :drawer AND source = :source AND person = :person;

-- query import_numbers : one; permit child.register|quarantine.answer; in person person; out n int64
SELECT CAST(COUNT(*) AS BIGINT) FROM person_number WHERE person = :person;

-- query import_marks : one; permit child.register|quarantine.answer; in person person, drawer drawer; out n int64
SELECT CAST(COUNT(*) AS BIGINT) FROM identity WHERE person = :person AND (drawer = :drawer OR source IN ('register', 'family')) AND protection NOT IN ('none', 'unknown');

-- query import_any_mark : one; permit child.register|quarantine.answer; in person person; out n int64
SELECT CAST(COUNT(*) AS BIGINT) FROM identity WHERE person = :person AND protection <> 'none';

-- query import_known_as : many; permit child.register|quarantine.answer; in person person, drawer drawer; out given text, family text, born date?
SELECT given_name, family_name, born_on FROM identity WHERE person = :person AND (drawer = :drawer OR source IN ('register', 'family'));

-- Everybody of that birth date, whoever knows them: an open twin is no less a twin in another drawer. Who has the name is
-- asked in C (i18n_folded).
-- query import_by_born : many; permit child.register|quarantine.answer; in born date; out person person, given text, family text, numbered int64
SELECT i.person, i.given_name, i.family_name, CASE WHEN EXISTS (SELECT 1 FROM person_number n WHERE n.person = i.person) THEN 1 ELSE 0 END
FROM identity i WHERE i.born_on = :born ORDER BY 1;

-- query import_child_of : maybe; permit child.register|quarantine.answer; in person person; out child child, born date?
SELECT id, born_on FROM child WHERE person = :person;

-- query import_relations : many; permit child.register|quarantine.answer; in child child, drawer drawer, source text, day date; out id relation, person person, kind text, from_on date
SELECT id, person, kind, from_on FROM relation WHERE child = :child AND drawer = :drawer AND source = :source AND (to_on IS NULL OR to_on > :day);

-- Who decides for the child, by this drawer or the register.
-- query import_guardians : one; permit child.register|quarantine.answer; in child child, drawer drawer, day date; out n int64
SELECT CAST(COUNT(*) AS BIGINT) FROM relation r WHERE r.child = :child AND r.kind IN ('guardian', 'god_man') AND r.stands = 1
AND @in_force(r, :day) AND (r.drawer = :drawer OR r.source = 'register');

-- Who takes the child in by an import in this drawer, now.
-- query import_engaged : many; permit child.register; in child child, drawer drawer, day date; out assignment assignment
SELECT assignment FROM engagement WHERE child = :child AND drawer = :drawer AND how = 'import' AND to_on IS NULL AND from_on <= :day ORDER BY id;

-- Whom this drawer's source says the adult is responsible for, of those who are still pupils here.
-- query import_responsible : many; permit child.register; in person person, drawer drawer, source text, day date; out id relation, child child, kind text, from_on date
SELECT r.id, r.child, r.kind, r.from_on FROM relation r WHERE r.person = :person AND r.drawer = :drawer AND r.source = :source AND (r.to_on IS NULL OR r.to_on > :day)
AND EXISTS (SELECT 1 FROM engagement e WHERE e.child = r.child AND e.drawer = :drawer AND e.how = 'import' AND e.to_on IS NULL) ORDER BY r.id;

-- query import_receiver : maybe; permit child.register|quarantine.answer; in drawer drawer, enroled_at text, code text, day date; out assignment assignment
SELECT r.assignment FROM receiver r JOIN assignment a ON a.id = r.assignment
WHERE r.drawer = :drawer AND r.enroled_at IN (:enroled_at, :code) AND @in_force(a, :day)
ORDER BY CASE WHEN r.enroled_at = :enroled_at THEN 0 ELSE 1 END LIMIT 1;

-- query import_receiver_drop : change; permit child.register; in drawer drawer, enroled_at text
DELETE FROM receiver WHERE drawer = :drawer AND enroled_at = :enroled_at;
-- query import_receiver_add : change 1; permit child.register; in drawer drawer, enroled_at text, assignment assignment
INSERT INTO receiver (enroled_at, drawer, assignment) SELECT :enroled_at, :drawer, a.id FROM assignment a WHERE a.id = :assignment AND a.drawer = :drawer;

-- query import_drawers : many; permit none (for an operator at this machine); out id drawer, authority authority, name text, regime text
SELECT d.id, d.authority, a.name, d.regime FROM drawer d JOIN authority a ON a.id = d.authority ORDER BY a.name, d.regime;

-- query quarantine_open_case : maybe; permit child.register|quarantine.answer; in drawer drawer, source text, external_id text; out id quarantine, reason text, payload_index blob?, candidate person?, marked int64
SELECT id, reason, payload_index, candidate, marked FROM quarantine WHERE drawer = :drawer AND source = :source AND external_id = :external_id AND state = 'open';

-- query quarantine_answered : maybe; permit child.register|quarantine.answer; in drawer drawer, source text, external_id text, payload_index blob, reason text; out state text, candidate person?
SELECT state, candidate FROM quarantine WHERE drawer = :drawer AND source = :source AND external_id = :external_id AND payload_index = :payload_index
AND reason = :reason AND state <> 'open' AND answered_by IS NOT NULL ORDER BY answered_ms DESC LIMIT 1;

-- query quarantine_new : change 1; permit child.register|quarantine.answer; in id quarantine, drawer drawer, source text, external_id text, reason text, payload blob, payload_index blob, candidate person?, marked int64
INSERT INTO quarantine (id, drawer, source, external_id, reason, payload, payload_index, candidate, marked, state, made_ms)
VALUES (:id, :drawer, :source, :external_id, :reason, :payload, :payload_index, :candidate, :marked, 'open', :permit.now_ms);

-- query quarantine_renew : change 1; permit child.register|quarantine.answer; in id quarantine, reason text, payload blob, payload_index blob, candidate person?, marked int64
UPDATE quarantine SET reason = :reason, payload = :payload, payload_index = :payload_index, candidate = :candidate, marked = :marked, version = version + 1
WHERE id = :id AND state = 'open';

-- The source has mended it by itself: the next delivery could be read in.
-- query quarantine_settled : change; permit child.register|quarantine.answer; in drawer drawer, source text, external_id text
UPDATE quarantine SET state = 'joined', answered_ms = :permit.now_ms, answer = 'import', version = version + 1
WHERE drawer = :drawer AND source = :source AND external_id = :external_id AND state = 'open';

-- The reader, or somebody around the same child: who stands there answers nothing about it (förvaltningslagen 16 §).
-- snippet own_family : person
({person} = :permit.actor OR EXISTS (SELECT 1 FROM relation fm JOIN child fc ON fc.id = fm.child WHERE fm.person = :permit.actor
	AND (fc.person = {person} OR EXISTS (SELECT 1 FROM relation fo WHERE fo.child = fm.child AND fo.person = {person}))));

-- query quarantine_list : many; permit quarantine.read; out id quarantine, reason text, made_ms int64, drawer drawer, authority text, regime text, source text, seen int64
SELECT q.id, q.reason, q.made_ms, q.drawer, a.name, d.regime, q.source,
	CASE WHEN q.candidate IS NULL OR EXISTS (SELECT 1 FROM identity i WHERE i.person = q.candidate AND (i.drawer = q.drawer OR i.source IN ('register', 'family'))) THEN 1 ELSE 0 END
FROM quarantine q JOIN drawer d ON d.id = q.drawer JOIN authority a ON a.id = d.authority
WHERE q.state = 'open' AND d.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer) AND (q.candidate IS NULL OR NOT @own_family(q.candidate)) ORDER BY q.made_ms, q.id LIMIT 200;

-- query quarantine_count : one; permit quarantine.read; out n int64
SELECT CAST(COUNT(*) AS BIGINT) FROM quarantine q JOIN drawer d ON d.id = q.drawer
WHERE q.state = 'open' AND d.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer) AND (q.candidate IS NULL OR NOT @own_family(q.candidate));

-- query quarantine_case : one; permit quarantine.read|quarantine.answer; in id quarantine; out reason text, made_ms int64, drawer drawer, authority authority, name text, regime text, source text, external_id text, payload blob, candidate person?, version int64
SELECT q.reason, q.made_ms, q.drawer, d.authority, a.name, d.regime, q.source, q.external_id, q.payload, q.candidate, q.version
FROM quarantine q JOIN drawer d ON d.id = q.drawer JOIN authority a ON a.id = d.authority
WHERE q.id = :id AND q.state = 'open' AND d.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer) AND (q.candidate IS NULL OR NOT @own_family(q.candidate));

-- query quarantine_candidate : many; permit quarantine.read|quarantine.answer; in person person, drawer drawer; out id identity, given text, family text, born date?, number_sealed blob?, source text, checked date
SELECT id, given_name, family_name, born_on, number_sealed, source, checked_on FROM identity
WHERE person = :person AND (drawer = :drawer OR source IN ('register', 'family')) ORDER BY CASE source WHEN 'register' THEN 0 ELSE 1 END, id;

-- query quarantine_candidate_marked : one; permit quarantine.read|quarantine.answer; in person person; out n int64
SELECT CAST(COUNT(*) AS BIGINT) FROM identity WHERE person = :person AND protection <> 'none';

-- query quarantine_candidate_child : maybe; permit quarantine.read|quarantine.answer; in person person; out child child
SELECT id FROM child WHERE person = :person;

-- query quarantine_answer : change 1; permit quarantine.answer; in id quarantine, version int64, state text, answer text, candidate person?
UPDATE quarantine SET state = :state, answer = :answer, candidate = :candidate, answered_ms = :permit.now_ms, answered_by = :permit.assignment, version = version + 1
WHERE id = :id AND version = :version AND state = 'open' AND drawer IN (SELECT x.id FROM drawer x WHERE x.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer));

-- What the person who had the missing part read in says of it.
-- query quarantine_say : change 1; permit quarantine.answer; in id quarantine, answer text
UPDATE quarantine SET answer = :answer, answered_by = :permit.assignment, version = version + 1 WHERE id = :id AND state = 'joined' AND answer = 'import';

-- Relations that a source has let go of and a mark keeps (migrations/0100). Asked once; again only when the source has
-- named the relation since.
-- query left_put : change; permit child.register; in id left, relation relation, drawer drawer, why text
INSERT INTO relation_left (id, relation, drawer, why, state, made_ms)
SELECT :id, r.id, :drawer, :why, 'open', :permit.now_ms FROM relation r WHERE r.id = :relation
AND NOT EXISTS (SELECT 1 FROM relation_left l WHERE l.relation = r.id AND l.state <> 'named');

-- query left_named : change; permit child.register|quarantine.answer; in child child, person person, kind text, drawer drawer
UPDATE relation_left SET state = 'named', version = version + 1 WHERE state <> 'named' AND state <> 'ended' AND drawer = :drawer
AND relation IN (SELECT r.id FROM relation r WHERE r.child = :child AND r.person = :person AND r.kind = :kind);

-- query left_list : many; permit quarantine.read; out id left, why text, made_ms int64, source text, authority text, regime text
SELECT l.id, l.why, l.made_ms, r.source, a.name, d.regime FROM relation_left l JOIN relation r ON r.id = l.relation JOIN drawer d ON d.id = l.drawer JOIN authority a ON a.id = d.authority
WHERE l.state = 'open' AND (r.to_on IS NULL OR r.to_on >= :permit.day) AND d.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer)
AND NOT @own_family(r.person)
ORDER BY l.made_ms, l.id LIMIT 200;

-- Names nobody: who it is says the source's own register, by its ids (promise 8).
-- query left_one : one; permit quarantine.read|quarantine.answer; in id left; out relation relation, child child, kind text, from_on date, why text, made_ms int64, source text, name text, regime text, child_external text?, external text?, version int64
SELECT r.id, r.child, r.kind, r.from_on, l.why, l.made_ms, r.source, a.name, d.regime,
	(SELECT MIN(i.external_id) FROM child c JOIN identity i ON i.person = c.person WHERE c.id = r.child AND i.drawer = l.drawer AND i.source = r.source),
	(SELECT MIN(i.external_id) FROM identity i WHERE i.person = r.person AND i.drawer = l.drawer AND i.source = r.source), l.version
FROM relation_left l JOIN relation r ON r.id = l.relation JOIN drawer d ON d.id = l.drawer JOIN authority a ON a.id = d.authority
WHERE l.id = :id AND l.state = 'open' AND (r.to_on IS NULL OR r.to_on >= :permit.day) AND d.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer)
AND NOT @own_family(r.person);

-- query left_answer : change 1; permit quarantine.answer; in id left, version int64, state text, last date?, checked date?, words text
UPDATE relation_left SET state = :state, last_on = :last, checked_on = :checked, words = :words, answered_by = :permit.assignment, answered_ms = :permit.now_ms, version = version + 1
WHERE id = :id AND version = :version AND state = 'open';

-- The master key changes hands (import_keys.c).
-- query quarantine_keys_old : many; permit none (an operator's command over the whole database); in after quarantine, version blob, most int64; out id quarantine, payload blob
SELECT id, payload FROM quarantine WHERE id > :after AND substr(payload, 1, 1) <> :version ORDER BY id LIMIT :most;

-- query quarantine_keys_renew : change 1; permit none (an operator's command over the whole database); in id quarantine, was blob, payload blob, payload_index blob
UPDATE quarantine SET payload = :payload, payload_index = :payload_index WHERE id = :id AND payload = :was;

-- query quarantine_keys_left : one; permit none (an operator's command over the whole database); in version blob; out n int64
SELECT CAST(count(*) AS BIGINT) FROM quarantine WHERE substr(payload, 1, 1) <> :version;

-- Whose protection nobody has checked, in the drawers of the reader's authority. Who has a mark there too, or in
-- the register, is not among them: a mark is not lowered here, and who has one stands on no list. What others know of the person makes no difference (promise 7).
-- query protection_unknown : many; permit quarantine.read|quarantine.answer; in after person; out person person, drawer drawer, given text, family text, born date?, source text, checked date, child child?
SELECT i.person, i.drawer, MIN(i.given_name), MIN(i.family_name), MIN(i.born_on), MIN(i.source), MIN(i.checked_on), MIN(c.id)
FROM identity i JOIN drawer d ON d.id = i.drawer LEFT JOIN child c ON c.person = i.person
WHERE i.protection = 'unknown' AND i.source IN ('hand', 'school', 'care') AND i.person > :after
AND d.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer) AND NOT @own_family(i.person)
AND NOT EXISTS (SELECT 1 FROM identity o WHERE o.person = i.person AND (o.drawer = i.drawer OR o.source IN ('register', 'family')) AND o.protection NOT IN ('none', 'unknown'))
GROUP BY i.person, i.drawer ORDER BY i.person, i.drawer LIMIT 51;

-- query protection_unknown_one : maybe; permit quarantine.answer; in person person, drawer drawer; out child child?
SELECT MIN(c.id) FROM identity i JOIN drawer d ON d.id = i.drawer LEFT JOIN child c ON c.person = i.person
WHERE i.person = :person AND i.drawer = :drawer AND i.protection = 'unknown' AND i.source IN ('hand', 'school', 'care')
AND d.authority = (SELECT m.authority FROM drawer m WHERE m.id = :permit.drawer) AND NOT @own_family(i.person)
AND NOT EXISTS (SELECT 1 FROM identity o WHERE o.person = i.person AND (o.drawer = i.drawer OR o.source IN ('register', 'family')) AND o.protection NOT IN ('none', 'unknown'))
GROUP BY i.person, i.drawer;

-- query protection_check_put : change 1; permit quarantine.answer; in id item, person person, drawer drawer, says text, checked_with text, checked date, words text
INSERT INTO protection_check (id, person, drawer, says, checked_with, checked_on, words, assignment, made_ms)
VALUES (:id, :person, :drawer, :says, :checked_with, :checked, :words, :permit.assignment, :permit.now_ms);
