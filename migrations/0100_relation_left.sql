-- A source has let go of somebody around a child, but the relation stands: whoever it is has a mark of protected identity, or
-- nobody knows, and an import takes no shield away (promise 8). A person says whether the relation has ended.
CREATE TABLE relation_left (            -- owner: import.
	id ID PRIMARY KEY,
	relation ID NOT NULL REFERENCES relation (id),
	drawer ID NOT NULL REFERENCES drawer (id), -- whose source let go
	why TEXT NOT NULL CHECK (why IN ('deleted', 'unlisted')), -- the source has deleted the person; no longer names it around the child
	state TEXT NOT NULL CHECK (state IN ('open', 'ended', 'kept', 'named')), -- named: the source names it again, nothing to answer
	made_ms INT8 NOT NULL,
	last_on TEXT,                   -- ended: the relation's last day
	checked_on TEXT,                -- ended: the day the population register was asked
	words TEXT,                     -- how one knows; no personal data
	answered_by ID REFERENCES assignment (id),
	answered_ms INT8,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (state = 'named' OR (state = 'open') = (answered_by IS NULL)), -- a decision stays on record when the source names it again
	CHECK ((answered_by IS NULL) = (answered_ms IS NULL)),
	CHECK ((answered_by IS NULL) = (words IS NULL)),
	CHECK ((state = 'ended') = (last_on IS NOT NULL)),
	CHECK ((state = 'ended') = (checked_on IS NOT NULL)));
-- What was answered is asked again only after the source has named it once more.
CREATE UNIQUE INDEX relation_left_once ON relation_left (relation) WHERE state <> 'named';
CREATE INDEX relation_left_open ON relation_left (drawer) WHERE state = 'open';
