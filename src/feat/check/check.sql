-- The promises over a whole database (design.md section 3): each query finds what breaks one. Ids only. At most
-- 1000 rows a query: who has more has enough to begin with.

-- query check_plan_next : many; permit none (an operator's check of the whole database); out id plan
SELECT p.id FROM plan p LEFT JOIN step s ON s.plan = p.id AND s.number = p.next_step
WHERE p.state = 'open' AND (s.plan IS NULL OR s.state <> 'next' OR s.due_on IS NULL OR s.words = ''
	OR (s.owner_assignment IS NULL AND s.owner_person IS NULL AND s.owner_party IS NULL)) ORDER BY p.id LIMIT 1000;

-- query check_plan_two_next : many; permit none (an operator's check of the whole database); out id plan
SELECT s.plan FROM step s JOIN plan p ON p.id = s.plan
WHERE s.state = 'next' AND (p.state <> 'open' OR p.next_step IS NULL OR p.next_step <> s.number) ORDER BY s.plan LIMIT 1000;

-- Somebody at work today: the owner, a deputy, or the unit's manager (promise 2).
-- query check_step_uncovered : many; permit none (an operator's check of the whole database); in day date; out id step
SELECT s.id FROM step s JOIN assignment a ON a.id = s.owner_assignment
WHERE s.state = 'next' AND NOT EXISTS (SELECT 1 FROM assignment x WHERE (x.id = a.id OR x.id = a.deputy)
	AND @in_force(x, :day)
	AND NOT @away(x.staff, :day))
AND NOT EXISTS (SELECT 1 FROM assignment x WHERE x.unit = a.unit AND x.role = 'manager'
	AND @in_force(x, :day)
	AND NOT @away(x.staff, :day))
ORDER BY s.id LIMIT 1000;

-- query check_thread_next : many; permit none (an operator's check of the whole database); out id thread
SELECT id FROM thread WHERE state <> 'ended' AND next_on IS NULL ORDER BY id LIMIT 1000;

-- What the program itself put there: no finding, but told, and those that are late apart.
-- query check_fillers : one; permit none (an operator's check of the whole database); in day date; out n int64, late int64
SELECT CAST(count(*) AS BIGINT), CAST(COALESCE(sum(CASE WHEN due_on < :day THEN 1 ELSE 0 END), 0) AS BIGINT) FROM step WHERE state = 'next' AND filler = 1;

-- query check_plan_lead : many; permit none (an operator's check of the whole database); out id plan
SELECT p.id FROM plan p LEFT JOIN assignment a ON a.id = p.lead WHERE p.state = 'open' AND a.id IS NULL ORDER BY p.id LIMIT 1000;

-- query check_lead_uncovered : many; permit none (an operator's check of the whole database); in day date; out id plan
SELECT p.id FROM plan p JOIN assignment a ON a.id = p.lead
WHERE p.state = 'open' AND NOT EXISTS (SELECT 1 FROM assignment x WHERE (x.id = a.id OR x.id = a.deputy)
	AND @in_force(x, :day)
	AND NOT @away(x.staff, :day))
AND NOT EXISTS (SELECT 1 FROM assignment x WHERE x.unit = a.unit AND x.role = 'manager'
	AND @in_force(x, :day)
	AND NOT @away(x.staff, :day))
ORDER BY p.id LIMIT 1000;

-- query check_plan_two_open : many; permit none (an operator's check of the whole database); out id child
SELECT child FROM plan WHERE state = 'open' GROUP BY child HAVING count(*) > 1 ORDER BY child LIMIT 1000;

-- query check_handover : many; permit none (an operator's check of the whole database); out id handover
SELECT h.id FROM handover h WHERE (h.state IN ('accepted', 'declined') AND h.answered_ms IS NULL)
	OR (h.state = 'asked' AND EXISTS (SELECT 1 FROM handover o WHERE o.plan = h.plan AND o.state = 'asked' AND o.id <> h.id)) ORDER BY h.id LIMIT 1000;

-- A door into another drawer than the one that the assignment stands in.
-- query check_engagement_drawer : many; permit none (an operator's check of the whole database); out id engagement
SELECT e.id FROM engagement e JOIN assignment a ON a.id = e.assignment
WHERE e.drawer <> a.drawer OR (e.how = 'self' AND e.reason IS NULL) ORDER BY e.id LIMIT 1000;

-- query check_assignment_drawer : many; permit none (an operator's check of the whole database); out id assignment
SELECT a.id FROM assignment a JOIN drawer d ON d.id = a.drawer JOIN unit u ON u.id = a.unit WHERE d.authority <> u.authority ORDER BY a.id LIMIT 1000;

-- query check_disclosure_item : many; permit none (an operator's check of the whole database); out id disclosure
SELECT d.id FROM disclosure d LEFT JOIN plan x ON x.id = d.item WHERE d.item_kind = 'plan' AND (x.id IS NULL OR x.child <> d.child OR x.drawer <> d.from_drawer)
UNION ALL SELECT d.id FROM disclosure d LEFT JOIN step x ON x.id = d.item LEFT JOIN plan p ON p.id = x.plan WHERE d.item_kind = 'step' AND (x.id IS NULL OR p.child <> d.child OR x.drawer <> d.from_drawer)
UNION ALL SELECT d.id FROM disclosure d LEFT JOIN thread x ON x.id = d.item WHERE d.item_kind = 'thread' AND (x.id IS NULL OR x.child <> d.child OR x.drawer <> d.from_drawer)
UNION ALL SELECT d.id FROM disclosure d LEFT JOIN need x ON x.id = d.item LEFT JOIN plan p ON p.id = x.plan WHERE d.item_kind = 'need' AND (x.id IS NULL OR p.child <> d.child OR x.drawer <> d.from_drawer)
UNION ALL SELECT d.id FROM disclosure d LEFT JOIN goal x ON x.id = d.item LEFT JOIN plan p ON p.id = x.plan WHERE d.item_kind = 'goal' AND (x.id IS NULL OR p.child <> d.child OR x.drawer <> d.from_drawer)
UNION ALL SELECT d.id FROM disclosure d LEFT JOIN measure x ON x.id = d.item WHERE d.item_kind = 'measure' AND (x.id IS NULL OR x.child <> d.child OR x.drawer <> d.from_drawer)
UNION ALL SELECT d.id FROM disclosure d LEFT JOIN voice x ON x.id = d.item WHERE d.item_kind = 'voice' AND (x.id IS NULL OR x.child <> d.child OR x.drawer <> d.from_drawer)
LIMIT 1000;

-- query check_disclosure_scope : many; permit none (an operator's check of the whole database); out id disclosure
SELECT d.id FROM disclosure d LEFT JOIN waiver w ON w.id = d.waiver
WHERE (d.waiver IS NOT NULL OR d.ground = 'WAIVER') AND (w.id IS NULL OR w.child <> d.child
	OR NOT EXISTS (SELECT 1 FROM waiver_drawer x WHERE x.waiver = w.id AND x.drawer = d.from_drawer AND x.side = 'holder')
	OR NOT EXISTS (SELECT 1 FROM waiver_drawer x WHERE x.waiver = w.id AND x.drawer = d.to_drawer AND x.side = 'recipient')) ORDER BY d.id LIMIT 1000;

-- All grounds but a yes: held against the rules of today's table in check.c, one by one.
-- query check_disclosures : many; permit none (an operator's check of the whole database); out id disclosure, ground text, need text?, task task?, born date?, expected date?, at_ms int64, holder text, recipient text, from_authority authority, to_authority authority
SELECT d.id, d.ground, d.need, d.task, c.born_on, c.expected_on, d.at_ms, f.regime, t.regime, f.authority, t.authority
FROM disclosure d JOIN child c ON c.id = d.child JOIN drawer f ON f.id = d.from_drawer JOIN drawer t ON t.id = d.to_drawer
WHERE d.waiver IS NULL AND d.ground <> 'WAIVER' ORDER BY d.id;

-- Two people of the drawer that asked, and nothing counts before (feat/share/paper.h). What was written down before that rule
-- has no paper: it stands.
-- query check_paper : many; permit none (an operator's check of the whole database); out id paper
SELECT p.id FROM paper p JOIN assignment w ON w.id = p.written_by LEFT JOIN assignment c ON c.id = p.answered_by
WHERE w.drawer <> p.drawer OR (p.state = 'confirmed' AND (c.id IS NULL OR c.staff = w.staff OR c.drawer <> p.drawer))
OR (p.state IN ('waiting', 'denied', 'lapsed') AND (
	EXISTS (SELECT 1 FROM waiver_answer x WHERE p.question_kind = 'waiver' AND x.waiver = p.question AND x.person = p.person AND x.says = 'yes' AND x.recorded_by IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM paper o WHERE o.question = p.question AND o.person = p.person AND o.answered_ms IS NOT NULL AND o.state IN ('confirmed', 'taken_back')))
	OR EXISTS (SELECT 1 FROM invitation_answer x WHERE p.question_kind = 'invitation' AND x.invitation = p.question AND x.person = p.person AND x.says = 'yes' AND x.recorded_by IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM paper o WHERE o.question = p.question AND o.person = p.person AND o.answered_ms IS NOT NULL AND o.state IN ('confirmed', 'taken_back')))))
ORDER BY p.id LIMIT 1000;

-- query check_after_end : many; permit none (an operator's check of the whole database); out id disclosure
SELECT d.id FROM disclosure d JOIN waiver w ON w.id = d.waiver
WHERE w.valid_ms IS NULL OR d.at_ms < w.valid_ms OR (w.ended_ms IS NOT NULL AND d.at_ms >= w.ended_ms) ORDER BY d.id LIMIT 1000;

-- The waiver's own last day, as an instant reckoned in check.c.
-- query check_waiver_ends : many; permit none (an operator's check of the whole database); out id waiver, to_on date, last_ms int64
SELECT w.id, w.to_on, CAST(max(d.at_ms) AS BIGINT) FROM waiver w JOIN disclosure d ON d.waiver = w.id GROUP BY w.id, w.to_on;

-- query check_waiver_answers : many; permit none (an operator's check of the whole database); in day date; out id waiver
SELECT w.id FROM waiver w WHERE w.state = 'valid' AND w.to_on >= :day AND (w.valid_ms IS NULL
	OR EXISTS (SELECT 1 FROM waiver_answer a WHERE a.waiver = w.id AND a.says <> 'yes')
	OR EXISTS (SELECT 1 FROM relation r JOIN child c ON c.id = r.child WHERE r.child = w.child AND r.kind IN ('guardian', 'god_man')
		AND r.from_on <= w.from_on AND (r.to_on IS NULL OR r.to_on >= :day)
		AND (c.born_on IS NULL OR CAST(CAST(substr(c.born_on, 1, 4) AS BIGINT) + 18 AS TEXT) || substr(c.born_on, 5) > :day)
		AND NOT EXISTS (SELECT 1 FROM waiver_answer a WHERE a.waiver = w.id AND a.person = r.person AND a.says = 'yes'))) ORDER BY w.id LIMIT 1000;

-- query check_waiver_withdrawn : many; permit none (an operator's check of the whole database); out id waiver
SELECT w.id FROM waiver w WHERE (w.state = 'withdrawn' AND w.ended_ms IS NULL) OR (w.state = 'valid' AND w.ended_ms IS NOT NULL) ORDER BY w.id LIMIT 1000;

-- query check_token_look : maybe; store book; permit none (an operator's check of the whole database); in chain int64, after int64, token int64; out seq int64
SELECT seq FROM look WHERE @look_after(:chain, :after) AND id = :token LIMIT 1;
-- query check_token_after : many; permit none (an operator's check of the whole database); out chain int64, token int64, after int64
SELECT chain, token, after_seq FROM change_token;

-- query check_shielded_plan : many; permit none (an operator's check of the whole database); out id plan
SELECT p.id FROM plan p JOIN child c ON c.id = p.child WHERE p.state = 'open' AND c.shielded = 1 ORDER BY p.id LIMIT 1000;

-- Weaker than the strongest source: somebody of the family is protected, or may be, and the child is not shielded.
-- query check_protection : many; permit none (an operator's check of the whole database); in day date; out id child
SELECT c.id FROM child c WHERE c.shielded = 0 AND (EXISTS (SELECT 1 FROM identity i WHERE i.person = c.person AND i.protection <> 'none')
	OR EXISTS (SELECT 1 FROM relation r JOIN identity i ON i.person = r.person WHERE r.child = c.id AND i.protection <> 'none'
		AND r.kind IN ('guardian', 'carer', 'god_man', 'parent') AND (r.to_on IS NULL OR r.to_on >= :day))) ORDER BY c.id LIMIT 1000;

-- query check_mark : many; permit none (an operator's check of the whole database); out id item
SELECT m.id FROM protection_mark m JOIN assignment w ON w.id = m.assignment LEFT JOIN assignment a ON a.id = m.answered_by
WHERE m.holds IS NOT NULL AND (a.id IS NULL OR a.staff = w.staff OR (m.holds = 0 AND m.checked_on IS NULL)) ORDER BY m.id LIMIT 1000;

-- query check_own_ask : many; permit none (an operator's check of the whole database); out id ask
SELECT k.id FROM assignment_ask k LEFT JOIN assignment a ON a.id = k.answered_by
WHERE a.staff = k.staff OR (k.state = 'yes') <> (k.assignment IS NOT NULL) ORDER BY k.id LIMIT 1000;

-- query check_left : many; permit none (an operator's check of the whole database); out id left
SELECT l.id FROM relation_left l JOIN relation r ON r.id = l.relation
WHERE l.state = 'ended' AND (l.last_on IS NULL OR r.to_on IS NULL OR r.to_on > l.last_on) ORDER BY l.id LIMIT 1000;

-- query check_twin : many; permit none (an operator's check of the whole database); out id identity
SELECT i.id FROM identity i LEFT JOIN person_number n ON n.number_index = i.number_index
WHERE i.number_index IS NOT NULL AND (n.person IS NULL OR n.person <> i.person) ORDER BY i.id LIMIT 1000;

-- query check_voice_unread : many; permit none (an operator's check of the whole database); in day date; out id voice
SELECT id FROM voice WHERE read_ms IS NULL AND read_by_on < :day AND climbed = 0 ORDER BY id LIMIT 1000;

-- query check_voice_drawer : many; permit none (an operator's check of the whole database); out id voice
SELECT v.id FROM voice v JOIN assignment a ON a.id = v.reader WHERE a.drawer <> v.drawer ORDER BY v.id LIMIT 1000;

-- query check_closed_view : many; permit none (an operator's check of the whole database); out id plan
SELECT id FROM plan WHERE state = 'closed' AND (closed_on IS NULL OR closed_came IS NULL OR closed_call IS NULL
	OR (closed_view IS NULL AND closed_no_view IS NULL)) ORDER BY id LIMIT 1000;

-- An adult decides alone (FB 9:1): a live yes about somebody of 18 without that person's own.
-- query check_adult_waiver : many; permit none (an operator's check of the whole database); in day date; out id waiver
SELECT w.id FROM waiver w JOIN child c ON c.id = w.child WHERE w.state = 'valid' AND w.to_on >= :day
	AND CAST(CAST(substr(c.born_on, 1, 4) AS BIGINT) + 18 AS TEXT) || substr(c.born_on, 5) <= :day
	AND NOT EXISTS (SELECT 1 FROM waiver_answer a WHERE a.waiver = w.id AND a.person = c.person AND a.says = 'yes') ORDER BY w.id LIMIT 1000;

-- From 15 the youth agrees itself, from 12 its view is on record (1.37): a live yes without that.
-- query check_youth_waiver : many; permit none (an operator's check of the whole database); in day date; out id waiver
SELECT w.id FROM waiver w JOIN child c ON c.id = w.child WHERE w.state = 'valid' AND w.from_on <= :day AND w.to_on >= :day
	AND NOT EXISTS (SELECT 1 FROM waiver_answer a WHERE a.waiver = w.id AND a.person = c.person AND a.says = 'yes')
	AND (CAST(CAST(substr(c.born_on, 1, 4) AS BIGINT) + 15 AS TEXT) || substr(c.born_on, 5) <= :day
		OR (w.child_view = 'unknown' AND CAST(CAST(substr(c.born_on, 1, 4) AS BIGINT) + 12 AS TEXT) || substr(c.born_on, 5) <= :day)) ORDER BY w.id LIMIT 1000;

-- query check_similar : many; permit none (an operator's check of the whole database); out id measure
SELECT b.id FROM measure a JOIN kind ka ON ka.code = a.kind JOIN measure b ON b.child = a.child AND b.id <> a.id JOIN kind kb ON kb.code = b.kind AND kb.does = ka.does
WHERE a.state <> 'ended' AND b.state <> 'ended' AND a.area = b.area AND b.chosen IS NULL AND a.chosen IS NULL AND (b.made_ms > a.made_ms OR (b.made_ms = a.made_ms AND b.id > a.id))
	AND (a.to_on IS NULL OR a.to_on >= b.from_on) AND (b.to_on IS NULL OR b.to_on >= a.from_on) ORDER BY b.id LIMIT 1000;

-- Who writes in the family's letter boxes belongs to the family.
-- query check_letter_author : many; permit none (an operator's check of the whole database); out id letter
SELECT l.id FROM letter l JOIN child c ON c.id = l.child WHERE l.author <> c.person AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.child = l.child AND r.person = l.author) ORDER BY l.id LIMIT 1000;

-- query check_story_author : many; permit none (an operator's check of the whole database); out id story
SELECT s.id FROM story s JOIN child c ON c.id = s.child WHERE s.author <> c.person AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.child = s.child AND r.person = s.author) ORDER BY s.id LIMIT 1000;
