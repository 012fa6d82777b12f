-- What climbs (promises 1, 11, 13): words nobody has read, fillers nobody has answered, silence.
-- The day of what a climbing task is about: one task for each cause and person, however many copies of the program run.
ALTER TABLE task ADD COLUMN cause_on TEXT; -- owner: share; NULL: made by a person
CREATE UNIQUE INDEX task_climb ON task (kind, item, assignment, cause_on) WHERE cause_on IS NOT NULL;
CREATE INDEX voice_late ON voice (read_by_on) WHERE read_ms IS NULL;
CREATE INDEX letter_late ON letter (sent_ms) WHERE read_ms IS NULL;
CREATE INDEX step_filler ON step (due_on) WHERE filler = 1 AND state = 'next';
CREATE INDEX thread_late ON thread (next_on) WHERE state <> 'ended';
