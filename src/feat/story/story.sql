-- "Tell it once": a text that its writer owns and lends out. Never shown to another guardian (promise 20).

-- query story_mine : maybe; permit story.read|story.write; out id story, words text, version int64, changed_ms int64
SELECT id, words, version, changed_ms FROM story WHERE child = :permit.child AND author = :permit.actor;

-- query story_new : change 1; permit story.write; in id story, words text
INSERT INTO story (id, child, author, words, changed_ms) VALUES (:id, :permit.child, :permit.actor, :words, :permit.now_ms);

-- query story_save : change 1; permit story.write; in id story, version int64, words text
UPDATE story SET words = :words, version = version + 1, changed_ms = :permit.now_ms WHERE id = :id AND child = :permit.child AND author = :permit.actor AND version = :version;

-- query story_loans : many; permit story.read|story.write; in id story; out loan story_loan, assignment assignment, who text, unit text, to date
SELECT l.id, l.assignment, s.name, u.name, l.to_on FROM story_loan l JOIN assignment a ON a.id = l.assignment JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
WHERE l.story = :id AND l.ended_ms IS NULL AND l.to_on >= :permit.day ORDER BY l.to_on, l.id;

-- query story_lend : change 1; permit story.write; in id story_loan, story story, assignment assignment, to date
INSERT INTO story_loan (id, story, assignment, from_ms, to_on) VALUES (:id, :story, :assignment, :permit.now_ms, :to);

-- query story_end : change; permit story.write; in story story, assignment assignment
UPDATE story_loan SET ended_ms = :permit.now_ms WHERE story = :story AND assignment = :assignment AND ended_ms IS NULL;

-- Lent to the assignment worn now, to its last day.
-- query story_lent : many; permit story.read; out id story, author text?, words text, changed_ms int64, to date
SELECT y.id, @given_of(y.author, :permit.drawer), y.words, y.changed_ms, l.to_on
FROM story_loan l JOIN story y ON y.id = l.story WHERE y.child = :permit.child AND l.assignment = :permit.assignment AND l.ended_ms IS NULL AND l.to_on >= :permit.day ORDER BY y.changed_ms DESC, y.id;
