-- A person has checked whether somebody is protected, with a source on a day: the only way down from "unknown"
-- (promise 8; sweden.md 1.61). One row a person checked; never changed.
CREATE TABLE protection_check (         -- owner: import.
	id ID PRIMARY KEY,
	person ID NOT NULL REFERENCES person (id),
	drawer ID NOT NULL REFERENCES drawer (id), -- whose facts it speaks of
	says TEXT NOT NULL CHECK (says IN ('none', 'sekretessmarkering')),
	checked_with TEXT NOT NULL CHECK (checked_with IN ('register', 'source', 'meeting')),
	checked_on TEXT NOT NULL,       -- civil day
	words TEXT NOT NULL,            -- how it was checked
	assignment ID NOT NULL REFERENCES assignment (id), -- who says so
	made_ms INT8 NOT NULL);
CREATE INDEX protection_check_person ON protection_check (person);
