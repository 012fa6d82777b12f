-- The way back from a mark of protected identity that staff made by hand. A mark only rises, so that nobody is left unprotected
-- by a mistake; but whoever knows a child's number could shield it for good. So somebody else says whether it holds (promise 8).
CREATE TABLE protection_mark (          -- owner: person. One row a person whom staff marked by hand, where that raised something.
	id ID PRIMARY KEY,
	person ID NOT NULL REFERENCES person (id),
	drawer ID NOT NULL REFERENCES drawer (id), -- whose own word it is: nothing else is ever lowered
	says TEXT NOT NULL CHECK (says <> 'none'),
	assignment ID NOT NULL REFERENCES assignment (id), -- who marked
	made_ms INT8 NOT NULL,
	task ID REFERENCES task (id),   -- of who says whether it holds; NULL: nobody was there to ask
	holds INT8 CHECK (holds IN (0, 1)), -- NULL: not answered
	checked_on TEXT,                -- the day the register was asked
	answered_by ID REFERENCES assignment (id),
	answered_ms INT8,
	CHECK ((holds IS NULL) = (answered_ms IS NULL)),
	CHECK (holds IS NULL OR answered_by IS NOT NULL),
	CHECK (holds IS NULL OR holds = 1 OR checked_on IS NOT NULL));
CREATE INDEX protection_mark_task ON protection_mark (task);
CREATE INDEX protection_mark_person ON protection_mark (person);
CREATE INDEX protection_mark_new ON protection_mark (assignment) WHERE task IS NULL;

-- Since when: who carries the plan is told once each time (feat/climb).
ALTER TABLE child ADD COLUMN shielded_ms INT8; -- owner: person; NULL: not shielded, or since before this was noted
CREATE INDEX child_shielded ON child (id) WHERE shielded = 1;
