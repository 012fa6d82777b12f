-- People who come by file: health care's own word for a source, and what a quarantined record needs.

-- 'care': a patient register of health care. A CHECK can't be widened on SQLite, so both tables are made anew.
CREATE TABLE identity_wider (           -- owner: person. What one source says of who somebody is.
	id ID PRIMARY KEY,
	person ID NOT NULL REFERENCES person (id),
	source TEXT NOT NULL CHECK (source IN ('register', 'school', 'care', 'hand', 'family')),
	drawer ID REFERENCES drawer (id), -- who holds it, for 'school', 'care' and 'hand'
	external_id TEXT,               -- the source's own id (SS 12000 person id, FHIR id)
	given_name TEXT NOT NULL,
	family_name TEXT NOT NULL,
	born_on TEXT,                   -- civil day; never from a coordination number (sweden.md 2.14)
	expected_on TEXT,               -- an expected child
	number_kind TEXT,               -- core/number.h; NULL: no number
	number_sealed BYTES,            -- auth/seal.h
	number_index BYTES,             -- keyed, for exact search
	protection TEXT NOT NULL CHECK (protection IN ('none', 'unknown', 'sekretessmarkering',
		'skyddad_folkbokforing', 'fingerade')),
	checked_on TEXT NOT NULL,       -- when the source was asked
	version INT8 NOT NULL DEFAULT 1,
	CHECK ((number_sealed IS NULL) = (number_index IS NULL)),
	CHECK (drawer IS NOT NULL OR source IN ('register', 'family')));
INSERT INTO identity_wider (id, person, source, drawer, external_id, given_name, family_name, born_on, expected_on, number_kind, number_sealed, number_index, protection, checked_on, version)
	SELECT id, person, source, drawer, external_id, given_name, family_name, born_on, expected_on, number_kind, number_sealed, number_index, protection, checked_on, version FROM identity;
DROP TABLE identity;
ALTER TABLE identity_wider RENAME TO identity;
CREATE INDEX identity_person ON identity (person);
CREATE UNIQUE INDEX identity_once ON identity (person, source, drawer);
CREATE INDEX identity_external ON identity (drawer, external_id);
CREATE INDEX identity_name ON identity (born_on, family_name); -- who has this name and birth date (promise 8: no open twin)

CREATE TABLE relation_wider (           -- owner: child. Guardian, carer and others; never self-declared.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	person ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('guardian', 'carer', 'god_man', 'parent', 'other')),
	from_on TEXT NOT NULL,
	to_on TEXT,                     -- last day; NULL: goes on
	source TEXT NOT NULL CHECK (source IN ('register', 'school', 'care', 'hand')),
	drawer ID REFERENCES drawer (id), -- who entered it; NULL: the register
	checked_on TEXT NOT NULL,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (to_on IS NULL OR to_on >= from_on));
INSERT INTO relation_wider (id, child, person, kind, from_on, to_on, source, drawer, checked_on, version)
	SELECT id, child, person, kind, from_on, to_on, source, drawer, checked_on, version FROM relation;
DROP TABLE relation;
ALTER TABLE relation_wider RENAME TO relation;
CREATE INDEX relation_child ON relation (child);
CREATE INDEX relation_person ON relation (person);
CREATE UNIQUE INDEX relation_once ON relation (child, person, kind, from_on);

ALTER TABLE quarantine ADD COLUMN payload_index BYTES; -- keyed: the same record again is no new case
ALTER TABLE quarantine ADD COLUMN marked INT8 NOT NULL DEFAULT 0; -- 1: it speaks of protection: shields the candidate until answered
CREATE INDEX quarantine_candidate ON quarantine (candidate) WHERE state = 'open';

CREATE TABLE receiver (                 -- owner: import. Who takes new pupils in: an enrolment opens an engagement for this assignment.
	enroled_at TEXT NOT NULL,       -- the source's id of the school unit (SS 12000 enroledAt.id), or its school unit code
	drawer ID NOT NULL REFERENCES drawer (id),
	assignment ID NOT NULL REFERENCES assignment (id),
	PRIMARY KEY (drawer, enroled_at));
