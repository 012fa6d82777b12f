-- "The time does not suit": which time it was said of, so that it stands where the step stands until there is an answer or
-- another time, and no longer. Owner: letter.
ALTER TABLE letter ADD COLUMN about_on TEXT;     -- the step's day when it was said; NULL: it had none, or the letter says nothing of a time
ALTER TABLE letter ADD COLUMN about_minute INT8; -- minutes after midnight; NULL: no time of day
UPDATE letter SET about_on = (SELECT s.due_on FROM step s WHERE s.id = letter.about),
	about_minute = (SELECT s.due_minute FROM step s WHERE s.id = letter.about)
WHERE kind = 'question' AND about_kind = 'step' AND answered_ms IS NULL;
CREATE INDEX letter_time ON letter (child, author, about, sent_ms) WHERE kind = 'question' AND about_kind = 'step';
-- The overview has that, and who answers for what goes on: those made before have other columns and are made anew (0080).
DELETE FROM overview;
INSERT INTO overview_due (child) SELECT id FROM child WHERE true ON CONFLICT (child) DO NOTHING;
