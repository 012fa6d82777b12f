-- People, authorities and who works where. Owner of each table: the feature named beside it.

CREATE TABLE setting (                  -- owner: app. What this database is.
	key TEXT PRIMARY KEY,           -- 'mode': 'demo' or 'live'; 'made_ms'
	value TEXT NOT NULL);

CREATE TABLE authority (                -- owner: org. Who holds secrecy (OSL 8:1).
	id ID PRIMARY KEY,
	name TEXT NOT NULL,             -- as on its letterhead
	kind TEXT NOT NULL CHECK (kind IN ('board', 'region', 'independent', 'association')),
	municipality TEXT NOT NULL,     -- official code, '0483'; a Region: its own, '0004'
	version INT8 NOT NULL DEFAULT 1);

CREATE TABLE drawer (                   -- owner: org. One authority's one secrecy regime (OSL 8:2).
	id ID PRIMARY KEY,
	authority ID NOT NULL REFERENCES authority (id),
	regime TEXT NOT NULL CHECK (regime IN ('MHV', 'BVC', 'VC', 'BUP', 'HAB', 'DENTAL', 'SOC', 'PRESCHOOL',
		'SCHOOL_TEACHER', 'SCHOOL_PSYCHOSOCIAL', 'SCHOOL_NURSE', 'INDEPENDENT_SCHOOL', 'NGO')),
	UNIQUE (authority, regime));

CREATE TABLE unit (                     -- owner: org. A school, a clinic, an office.
	id ID PRIMARY KEY,
	authority ID NOT NULL REFERENCES authority (id),
	name TEXT NOT NULL,
	municipality TEXT NOT NULL,     -- where it stands
	phone TEXT,
	school_code TEXT,               -- school unit register; NULL: not a school
	version INT8 NOT NULL DEFAULT 1);
CREATE INDEX unit_authority ON unit (authority);
CREATE UNIQUE INDEX unit_school_code ON unit (school_code);

CREATE TABLE person (                   -- owner: person. Somebody who may sign in, or a child.
	id ID PRIMARY KEY,
	access_version INT8 NOT NULL DEFAULT 1, -- +1 when what this person may see changes
	lang TEXT,                      -- chosen language; NULL: ask the browser
	phone TEXT,                     -- given by the person
	version INT8 NOT NULL DEFAULT 1);

CREATE TABLE identity (                 -- owner: person. What one source says of who somebody is.
	id ID PRIMARY KEY,
	person ID NOT NULL REFERENCES person (id),
	source TEXT NOT NULL CHECK (source IN ('register', 'school', 'hand', 'family')),
	drawer ID REFERENCES drawer (id), -- who holds it, for 'school' and 'hand'
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
CREATE INDEX identity_person ON identity (person);
CREATE UNIQUE INDEX identity_once ON identity (person, source, drawer);
CREATE INDEX identity_external ON identity (drawer, external_id);

CREATE TABLE person_number (            -- owner: person. One person per number, so no open twin (promise 8).
	number_index BYTES PRIMARY KEY,
	person ID NOT NULL REFERENCES person (id));
CREATE INDEX person_number_person ON person_number (person);

CREATE TABLE staff (                    -- owner: org. A person at work.
	id ID PRIMARY KEY,
	person ID NOT NULL UNIQUE REFERENCES person (id),
	name TEXT NOT NULL,             -- as at work
	phone TEXT,
	version INT8 NOT NULL DEFAULT 1);

CREATE TABLE assignment (               -- owner: org. A role at a unit for a time.
	id ID PRIMARY KEY,
	staff ID NOT NULL REFERENCES staff (id),
	unit ID NOT NULL REFERENCES unit (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	role TEXT NOT NULL CHECK (role IN ('professional', 'manager', 'administrator')),
	title TEXT NOT NULL,            -- 'lärare', 'kurator': as the unit says it
	from_on TEXT NOT NULL,
	to_on TEXT,                     -- last day; NULL: goes on
	deputy ID REFERENCES assignment (id), -- covers leave and absence (promise 2)
	version INT8 NOT NULL DEFAULT 1,
	CHECK (deputy IS NULL OR deputy <> id));
CREATE INDEX assignment_staff ON assignment (staff);
CREATE INDEX assignment_unit ON assignment (unit);

CREATE TABLE absence (                  -- owner: org. A colleague's leave or illness.
	id ID PRIMARY KEY,
	staff ID NOT NULL REFERENCES staff (id),
	from_on TEXT NOT NULL,
	to_on TEXT,                     -- last day; NULL: not known
	CHECK (to_on IS NULL OR to_on >= from_on));
CREATE INDEX absence_staff ON absence (staff);

CREATE TABLE session (                  -- owner: auth. A signed-in browser.
	token_hash BYTES PRIMARY KEY,   -- never the token
	id ID NOT NULL UNIQUE,
	person ID NOT NULL REFERENCES person (id),
	assignment ID REFERENCES assignment (id), -- worn now; NULL: family
	made_ms INT8 NOT NULL,
	ends_ms INT8 NOT NULL,
	ended_ms INT8);                 -- signed out
CREATE INDEX session_person ON session (person);

CREATE TABLE form_once (                -- owner: web. Forms answered already: sent twice is harmless.
	token BYTES PRIMARY KEY,
	person ID NOT NULL,
	location TEXT NOT NULL,         -- where the first one led
	at_ms INT8 NOT NULL);
CREATE INDEX form_once_at ON form_once (at_ms);

