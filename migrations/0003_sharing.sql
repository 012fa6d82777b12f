-- Sharing is an act: waivers, disclosures, and what people write.

CREATE TABLE waiver (                   -- owner: waiver. "Ja till att dela" (OSL 10:1, 12:2, 12:3). Not a GDPR consent.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	asked_by ID NOT NULL REFERENCES assignment (id),
	purpose TEXT NOT NULL,          -- plain words
	content TEXT NOT NULL CHECK (content IN ('plan', 'steps', 'school', 'health', 'social')),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,            -- last day
	state TEXT NOT NULL CHECK (state IN ('asked', 'valid', 'refused', 'withdrawn')),
	child_view TEXT NOT NULL CHECK (child_view IN ('agrees', 'objects', 'unknown')),
	how_checked TEXT NOT NULL,      -- how identity was checked: 'signed_in', 'meeting', 'letter'
	asked_ms INT8 NOT NULL,
	valid_ms INT8,
	ended_ms INT8,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (state <> 'withdrawn' OR ended_ms IS NOT NULL),
	CHECK (state <> 'valid' OR valid_ms IS NOT NULL));
CREATE INDEX waiver_child ON waiver (child);

CREATE TABLE waiver_drawer (            -- owner: waiver. Between whom.
	waiver ID NOT NULL REFERENCES waiver (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	side TEXT NOT NULL CHECK (side IN ('holder', 'recipient')),
	PRIMARY KEY (waiver, drawer, side));

CREATE TABLE waiver_answer (            -- owner: waiver. What each who must say yes has said.
	waiver ID NOT NULL REFERENCES waiver (id),
	person ID NOT NULL REFERENCES person (id),
	says TEXT NOT NULL CHECK (says IN ('asked', 'yes', 'no', 'withdrawn')),
	at_ms INT8,
	how TEXT,                       -- 'signed_in', 'meeting', 'letter'
	PRIMARY KEY (waiver, person));
CREATE INDEX waiver_answer_person ON waiver_answer (person);

CREATE TABLE disclosure (               -- owner: disclosure. One act of sharing.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	item_kind TEXT NOT NULL CHECK (item_kind IN ('plan', 'step', 'thread', 'need', 'goal', 'measure', 'voice')),
	item ID NOT NULL,
	from_drawer ID NOT NULL REFERENCES drawer (id),
	to_drawer ID NOT NULL REFERENCES drawer (id),
	ground TEXT NOT NULL,           -- code of access/ground.h
	waiver ID REFERENCES waiver (id), -- the waiver it stands on: when that ends, the live view ends
	need TEXT,                      -- why the receiver needs it, where the ground asks for it
	received TEXT NOT NULL,         -- the text as it was received: the receiver's own record (TF 2:6)
	decided_by ID NOT NULL REFERENCES assignment (id),
	at_ms INT8 NOT NULL,
	ended_ms INT8,                  -- taken back by the holder: the live view ends
	CHECK (ground <> 'WAIVER' OR waiver IS NOT NULL),
	CHECK (from_drawer <> to_drawer));
CREATE INDEX disclosure_item ON disclosure (item_kind, item, to_drawer);
CREATE INDEX disclosure_to ON disclosure (to_drawer, child);
CREATE INDEX disclosure_waiver ON disclosure (waiver);

CREATE TABLE task (                     -- owner: task. Something a named person must decide or answer.
	id ID PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('assess_disclosure', 'confirm_engagement', 'read_voice', 'silence', 'say_next', 'protected')),
	child ID REFERENCES child (id),
	plan ID REFERENCES plan (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	assignment ID NOT NULL REFERENCES assignment (id),
	deputy ID REFERENCES assignment (id),
	item_kind TEXT, item ID,        -- what it is about
	to_drawer ID REFERENCES drawer (id),
	ground TEXT,
	words TEXT,                     -- the question
	due_on TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'allowed', 'denied', 'done')),
	answer TEXT,                    -- the assessment
	made_ms INT8 NOT NULL,
	answered_ms INT8,
	answered_by ID REFERENCES assignment (id),
	version INT8 NOT NULL DEFAULT 1,
	CHECK (state = 'open' OR answered_ms IS NOT NULL));
CREATE INDEX task_assignment ON task (assignment) WHERE state = 'open';

CREATE TABLE letter (                   -- owner: letter. What a family member writes; separate boxes (promise 20).
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	author ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('words', 'question', 'disagree', 'wrong', 'hand_on')),
	about_kind TEXT, about ID,      -- the item it is about
	to_assignment ID REFERENCES assignment (id),
	to_words TEXT,                  -- a reader outside the program (hand_on)
	words TEXT NOT NULL,
	shared INT8 NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)), -- 1: its writer shows it to the other guardian
	sent_ms INT8 NOT NULL,
	read_ms INT8, read_by ID REFERENCES assignment (id),
	answer TEXT, answered_ms INT8, answered_by ID REFERENCES assignment (id),
	version INT8 NOT NULL DEFAULT 1,
	CHECK ((to_assignment IS NULL) <> (to_words IS NULL)));
CREATE INDEX letter_child ON letter (child);
CREATE INDEX letter_author ON letter (author);
CREATE INDEX letter_unread ON letter (to_assignment) WHERE read_ms IS NULL;

CREATE TABLE voice (                    -- owner: voice. The child's own words or pictures (promise 11).
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	author ID NOT NULL REFERENCES person (id), -- the child, or staff who wrote it down
	written_down_by ID REFERENCES assignment (id), -- staff who wrote down what the child said
	drawer ID NOT NULL REFERENCES drawer (id), -- the reader's drawer holds it
	reader ID NOT NULL REFERENCES assignment (id), -- chosen before writing
	mood TEXT,                      -- a picture chosen instead of words; message mood_...
	words TEXT,
	sent_ms INT8 NOT NULL,
	read_by_on TEXT NOT NULL,       -- promised: read at the latest
	read_ms INT8, read_by ID REFERENCES assignment (id),
	climbed INT8 NOT NULL DEFAULT 0, -- 0 reader, 1 lead, 2 deputy, 3 manager
	in_plan INT8 NOT NULL DEFAULT 0 CHECK (in_plan IN (0, 1)), -- 1: the child lets it stand in the plan
	version INT8 NOT NULL DEFAULT 1,
	CHECK (mood IS NOT NULL OR words IS NOT NULL));
CREATE INDEX voice_child ON voice (child);
CREATE INDEX voice_unread ON voice (reader) WHERE read_ms IS NULL;

CREATE TABLE story (                    -- owner: story. "Tell it once": a text the family owns and lends out.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	author ID NOT NULL REFERENCES person (id),
	words TEXT NOT NULL,
	version INT8 NOT NULL DEFAULT 1,
	changed_ms INT8 NOT NULL);
CREATE UNIQUE INDEX story_one ON story (child, author);

CREATE TABLE story_loan (               -- owner: story.
	id ID PRIMARY KEY,
	story ID NOT NULL REFERENCES story (id),
	assignment ID NOT NULL REFERENCES assignment (id),
	from_ms INT8 NOT NULL,
	to_on TEXT NOT NULL,
	ended_ms INT8);
CREATE INDEX story_loan_story ON story_loan (story);
CREATE INDEX story_loan_assignment ON story_loan (assignment);

CREATE TABLE invitation (               -- owner: plan. A plan opens with the family's yes.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	assignment ID NOT NULL REFERENCES assignment (id), -- who asks
	plan ID REFERENCES plan (id),   -- what came of it
	words TEXT NOT NULL,            -- why, to the family
	noticed_on TEXT,
	state TEXT NOT NULL CHECK (state IN ('asked', 'yes', 'no', 'taken_back')),
	answered_by ID REFERENCES person (id),
	made_ms INT8 NOT NULL,
	answered_ms INT8,
	version INT8 NOT NULL DEFAULT 1);
CREATE INDEX invitation_child ON invitation (child);

CREATE TABLE quarantine (               -- owner: person. Imported people that do not match; never an open twin.
	id ID PRIMARY KEY,
	drawer ID NOT NULL REFERENCES drawer (id),
	source TEXT NOT NULL,
	external_id TEXT NOT NULL,
	reason TEXT NOT NULL,           -- message quarantine_...
	payload BYTES NOT NULL,         -- sealed
	candidate ID REFERENCES person (id), -- whom it may be
	state TEXT NOT NULL CHECK (state IN ('open', 'joined', 'made', 'thrown')),
	made_ms INT8 NOT NULL,
	answered_ms INT8,
	answered_by ID REFERENCES assignment (id),
	answer TEXT,
	version INT8 NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX quarantine_once ON quarantine (drawer, source, external_id) WHERE state = 'open';

CREATE TABLE term (                     -- owner: org. School terms: no due dates in the holidays (promise 2).
	authority ID NOT NULL REFERENCES authority (id),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	PRIMARY KEY (authority, from_on));
