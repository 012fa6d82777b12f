-- What a member of the family writes to one reader. Separate boxes: what one guardian writes is never shown to
-- the other unless the writer says so (promise 20).

-- However much another shows, sixty of one's own stand there: nobody hides another's letters and their answers by writing many.
-- query letter_box : many; permit letter.read; in guardian int64; out id letter, kind text, mine int64, about_kind text?, about item?, to_name text?, to_words text?, words text, shared int64, sent_ms int64, read_ms int64?, answer text?, answered_ms int64?, ended_ms int64?
SELECT l.id, l.kind, CASE WHEN l.author = :permit.actor THEN 1 ELSE 0 END, l.about_kind, l.about, s.name, l.to_words, l.words, l.shared, l.sent_ms, l.read_ms, l.answer, l.answered_ms, l.ended_ms
FROM letter l LEFT JOIN assignment a ON a.id = l.to_assignment LEFT JOIN staff s ON s.id = a.staff
WHERE l.child = :permit.child AND (l.author = :permit.actor OR (:guardian = 1 AND l.id IN (SELECT o.id FROM letter o
	WHERE o.child = :permit.child AND o.shared = 1 AND o.author <> :permit.actor ORDER BY o.sent_ms DESC, o.id LIMIT 40)))
ORDER BY l.sent_ms DESC, l.id LIMIT 100;

-- A letter of one's own that leaves the program: its text, to print or copy.
-- query letter_own : maybe; permit letter.read; in id letter; out to_words text?, words text, sent_ms int64
SELECT to_words, words, sent_ms FROM letter WHERE id = :id AND child = :permit.child AND author = :permit.actor AND kind = 'hand_on' AND to_words IS NOT NULL;

-- query letter_other_guardian : one; permit letter.read|letter.write|plan.read|disagree; out n int64
SELECT CAST(count(*) AS BIGINT) FROM relation r WHERE r.child = :permit.child AND r.kind = 'guardian' AND r.stands = 1 AND r.person <> :permit.actor AND @in_force(r, :permit.day);

-- query letter_send : change 1; permit letter.write|disagree|hand_on; in id letter, kind text, about_kind text?, about item?, to assignment?, to_words text?, words text, shared int64
INSERT INTO letter (id, child, author, kind, about_kind, about, to_assignment, to_words, words, shared, sent_ms, read_ms)
VALUES (:id, :permit.child, :permit.actor, :kind, :about_kind, :about, :to, :to_words, :words, :shared, :permit.now_ms, CASE WHEN :to_words IS NULL THEN NULL ELSE :permit.now_ms END);

-- The same about a step's time, with the time it is about.
-- query letter_send_time : change 1; permit letter.write; in id letter, step step, due date?, due_minute int64?, to assignment, words text
INSERT INTO letter (id, child, author, kind, about_kind, about, about_on, about_minute, to_assignment, words, shared, sent_ms)
VALUES (:id, :permit.child, :permit.actor, 'question', 'step', :step, :due, :due_minute, :to, :words, 0, :permit.now_ms);

-- Staff: letters to the assignment worn now, or to a colleague who is away or has left and named it as deputy (promise 2).
-- What waits for the reader comes first: nothing unread or unanswered falls out behind sixty newer ones that are done (promise 17).
-- query letter_inbox : many; permit letter.read|letter.answer; out id letter, kind text, author text?, about_kind text?, about item?, to_name text, words text, sent_ms int64, read_ms int64?, answer text?, answered_ms int64?, ended_ms int64?, version int64
SELECT l.id, l.kind, @given_of(l.author, :permit.drawer),
	l.about_kind, l.about, s.name, l.words, l.sent_ms, l.read_ms, l.answer, l.answered_ms, l.ended_ms, l.version
FROM letter l JOIN assignment a ON a.id = l.to_assignment JOIN staff s ON s.id = a.staff
WHERE l.child = :permit.child AND @covered(a, :permit.assignment, :permit.day)
ORDER BY CASE WHEN l.read_ms IS NULL THEN 0 WHEN l.answer IS NULL THEN 1 ELSE 2 END, l.sent_ms DESC, l.id LIMIT 60;

-- query letter_to_me : maybe; permit letter.read|letter.answer; in id letter; out id letter
SELECT l.id FROM letter l JOIN assignment a ON a.id = l.to_assignment WHERE l.id = :id AND l.child = :permit.child AND @covered(a, :permit.assignment, :permit.day);

-- query letter_mark_read : change; permit letter.read; in id letter
UPDATE letter SET read_ms = :permit.now_ms, read_by = :permit.assignment, version = version + 1
WHERE id = :id AND child = :permit.child AND read_ms IS NULL AND EXISTS (SELECT 1 FROM assignment a WHERE a.id = letter.to_assignment AND @covered(a, :permit.assignment, :permit.day));

-- query letter_put_answer : change 1; permit letter.answer; in id letter, version int64, answer text
UPDATE letter SET answer = :answer, answered_ms = :permit.now_ms, answered_by = :permit.assignment, version = version + 1
WHERE id = :id AND child = :permit.child AND version = :version AND read_ms IS NOT NULL AND to_assignment IS NOT NULL;

-- Who disputed it says that it is right now: nobody else, and once (SoL 14:6).
-- query letter_end_dispute : change 1; permit disagree; in id letter
UPDATE letter SET ended_ms = :permit.now_ms, version = version + 1
WHERE id = :id AND child = :permit.child AND author = :permit.actor AND kind IN ('disagree', 'wrong') AND ended_ms IS NULL;
-- query letter_dispute_of : maybe; permit disagree; in id letter; out ended_ms int64?
SELECT ended_ms FROM letter WHERE id = :id AND child = :permit.child AND author = :permit.actor AND kind IN ('disagree', 'wrong');
