-- A plan opens with the family's yes, and everybody who decides for the child has to say it (FB 6:13): what each
-- has said, and what the asker wants to begin with.
ALTER TABLE invitation ADD COLUMN with_whom TEXT CHECK (with_whom IN ('family', 'own', 'several')); -- who takes part from the start
ALTER TABLE invitation ADD COLUMN parties TEXT;        -- names of outside parties, one a line
ALTER TABLE invitation ADD COLUMN next_words TEXT;     -- the first step, by the asker; NULL: the asker says what happens next
ALTER TABLE invitation ADD COLUMN next_on TEXT;
ALTER TABLE invitation ADD COLUMN child_view TEXT CHECK (child_view IN ('agrees', 'objects', 'unknown')); -- as a guardian tells it (SoL 3:1)
CREATE TABLE invitation_answer (        -- owner: plan.
	invitation ID NOT NULL REFERENCES invitation (id),
	person ID NOT NULL REFERENCES person (id),
	says TEXT NOT NULL CHECK (says IN ('asked', 'yes', 'no')),
	how TEXT CHECK (how IN ('signed_in', 'meeting', 'letter')),
	checked TEXT,                   -- how staff knew who it was; NULL: signed in
	recorded_by ID REFERENCES assignment (id),
	at_ms INT8,
	PRIMARY KEY (invitation, person),
	CHECK ((says = 'asked') = (at_ms IS NULL)));
CREATE INDEX invitation_answer_person ON invitation_answer (person);
CREATE UNIQUE INDEX invitation_one ON invitation (child, assignment) WHERE state = 'asked';
