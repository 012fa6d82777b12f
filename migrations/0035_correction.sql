CREATE TABLE correction (               -- owner: correct. What was written about the wrong child and taken back (GDPR art. 16, 33).
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id), -- the child it was wrong about
	drawer ID NOT NULL REFERENCES drawer (id), -- whose it is; nobody else sees it
	item_kind TEXT NOT NULL CHECK (item_kind IN ('step', 'need', 'measure', 'thread')),
	item ID NOT NULL,
	words TEXT NOT NULL,            -- as it stood: an official document is corrected, not destroyed
	reason TEXT NOT NULL,
	written_ms INT8 NOT NULL,       -- from then until at_ms it could be read
	assignment ID NOT NULL REFERENCES assignment (id), -- who took it back
	at_ms INT8 NOT NULL,
	controller ID NOT NULL REFERENCES authority (id),
	archive_owner ID NOT NULL REFERENCES authority (id),
	UNIQUE (item_kind, item));
CREATE INDEX correction_child ON correction (child);
