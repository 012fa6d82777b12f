-- The child, who is around it, and the plan.

CREATE TABLE child (                    -- owner: child. A person the authorities care for together.
	id ID PRIMARY KEY,
	person ID NOT NULL UNIQUE REFERENCES person (id),
	name TEXT NOT NULL,             -- what the family calls the child
	born_on TEXT,                   -- NULL: unknown or expected
	expected_on TEXT,               -- not yet born
	shielded INT8 NOT NULL DEFAULT 0 CHECK (shielded IN (0, 1)), -- 1: somebody here is protected, or may be: no digital plan (promise 8)
	access_version INT8 NOT NULL DEFAULT 1, -- +1 when anybody's right to anything of the child changes
	content_version INT8 NOT NULL DEFAULT 1, -- +1 when anything of the child changes: rendered pages are keyed by it
	made_ms INT8 NOT NULL,
	controller ID NOT NULL REFERENCES authority (id),    -- GDPR art. 4(7)
	archive_owner ID NOT NULL REFERENCES authority (id), -- arkivlagen 3 §
	version INT8 NOT NULL DEFAULT 1);

CREATE TABLE relation (                 -- owner: child. Guardian, carer and others; never self-declared.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	person ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL CHECK (kind IN ('guardian', 'carer', 'god_man', 'parent', 'other')),
	from_on TEXT NOT NULL,
	to_on TEXT,                     -- last day; NULL: goes on
	source TEXT NOT NULL CHECK (source IN ('register', 'school', 'hand')),
	drawer ID REFERENCES drawer (id), -- who entered it; NULL: the register
	checked_on TEXT NOT NULL,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (to_on IS NULL OR to_on >= from_on));
CREATE INDEX relation_child ON relation (child);
CREATE INDEX relation_person ON relation (person);
CREATE UNIQUE INDEX relation_once ON relation (child, person, kind, from_on);

CREATE TABLE engagement (               -- owner: child. The only door to a child inside a drawer (promise 3).
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	unit ID NOT NULL REFERENCES unit (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	assignment ID NOT NULL REFERENCES assignment (id),
	how TEXT NOT NULL CHECK (how IN ('import', 'invitation', 'handover', 'self', 'manager')),
	reason TEXT,                    -- needed for 'self'
	from_on TEXT NOT NULL,
	to_on TEXT,                     -- last day; NULL: goes on
	earlier_open INT8 NOT NULL DEFAULT 1 CHECK (earlier_open IN (0, 1)), -- 0: sees only what came after made_ms ('self', not confirmed)
	made_ms INT8 NOT NULL,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (how <> 'self' OR reason IS NOT NULL));
CREATE INDEX engagement_child ON engagement (child);
CREATE INDEX engagement_assignment ON engagement (assignment);
CREATE UNIQUE INDEX engagement_open ON engagement (child, assignment) WHERE to_on IS NULL;

CREATE TABLE plan (                     -- owner: plan. The one shared plan.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	drawer ID NOT NULL REFERENCES drawer (id), -- where it was started
	state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
	lead ID REFERENCES assignment (id), -- promise 2: exactly one per open plan
	contact ID REFERENCES assignment (id), -- the family's contact where it is another than the lead
	next_step INT8,                 -- promise 1: number of the step that is next
	next_state TEXT GENERATED ALWAYS AS (CASE WHEN state = 'open' THEN 'next' END) STORED,
	opened_on TEXT NOT NULL,
	noticed_on TEXT,                -- "first noticed when?"
	closed_on TEXT,
	closed_came TEXT,               -- what came of it
	closed_view TEXT,               -- the child's view; or
	closed_no_view TEXT,            -- why it was not asked (promise 11)
	closed_call TEXT,               -- whom to call if it comes back
	last_step INT8 NOT NULL DEFAULT 0, -- highest number given
	made_ms INT8 NOT NULL,
	controller ID NOT NULL REFERENCES authority (id),
	archive_owner ID NOT NULL REFERENCES authority (id),
	version INT8 NOT NULL DEFAULT 1,
	CHECK ((state = 'open') = (next_step IS NOT NULL)),
	CHECK (state <> 'open' OR lead IS NOT NULL),
	CHECK ((state = 'closed') = (closed_on IS NOT NULL)),
	CHECK (state <> 'closed' OR (closed_came IS NOT NULL AND closed_call IS NOT NULL AND (closed_view IS NOT NULL OR closed_no_view IS NOT NULL)))
-- only sqlite
	, FOREIGN KEY (id, next_step, next_state) REFERENCES step (plan, number, state) DEFERRABLE INITIALLY DEFERRED
-- end
	);
CREATE UNIQUE INDEX plan_one_open ON plan (child) WHERE state = 'open';
CREATE INDEX plan_child ON plan (child);
CREATE INDEX plan_lead ON plan (lead) WHERE state = 'open';

CREATE TABLE party (                    -- owner: plan. Takes part without an account; the lead writes for it.
	id ID PRIMARY KEY,
	plan ID NOT NULL REFERENCES plan (id),
	name TEXT NOT NULL,
	phone TEXT,
	drawer ID REFERENCES drawer (id), -- the regime that holds, where known
	answered_on TEXT,               -- when it last said something
	answered TEXT,                  -- "for BUP, by phone": what it said
	made_ms INT8 NOT NULL,
	version INT8 NOT NULL DEFAULT 1);
CREATE INDEX party_plan ON party (plan);

CREATE TABLE step (                     -- owner: plan. Who does what by when.
	plan ID NOT NULL REFERENCES plan (id),
	number INT8 NOT NULL,           -- 1, 2, ... inside the plan
	id ID NOT NULL UNIQUE,          -- what addresses show
	drawer ID NOT NULL REFERENCES drawer (id), -- who holds it
	state TEXT NOT NULL CHECK (state IN ('next', 'later', 'done', 'dropped')),
	pattern TEXT,                   -- a sentence pattern (message pattern_...); NULL: free text
	words TEXT NOT NULL,            -- free text, or what fills the pattern
	reason TEXT,                    -- stays in the drawer: a step can be shared without it (promise 4)
	place TEXT,                     -- where
	due_on TEXT,
	due_minute INT8,                -- minutes after midnight; NULL: no time of day
	owner_assignment ID REFERENCES assignment (id),
	owner_person ID REFERENCES person (id),
	owner_party ID REFERENCES party (id),
	filler INT8 NOT NULL DEFAULT 0 CHECK (filler IN (0, 1)), -- 1: the program put it there: "[lead] says what happens next"
	harm INT8 NOT NULL DEFAULT 0 CHECK (harm IN (0, 1)), -- 1: marked "harm to child" towards guardians (OSL 12:3)
	done_ms INT8,
	done_by ID REFERENCES person (id),
	made_ms INT8 NOT NULL,
	version INT8 NOT NULL DEFAULT 1,
	PRIMARY KEY (plan, number),
	UNIQUE (plan, number, state),
	CHECK (state <> 'next' OR (due_on IS NOT NULL AND length(words) > 0 AND
		(owner_assignment IS NOT NULL OR owner_person IS NOT NULL OR owner_party IS NOT NULL))),
	CHECK ((state = 'done') = (done_ms IS NOT NULL)));
CREATE UNIQUE INDEX step_one_next ON step (plan) WHERE state = 'next';
CREATE INDEX step_owner ON step (owner_assignment) WHERE state = 'next';
-- only postgres
ALTER TABLE plan ADD CONSTRAINT plan_next_step FOREIGN KEY (id, next_step, next_state)
	REFERENCES step (plan, number, state) DEFERRABLE INITIALLY DEFERRED;
-- end

CREATE TABLE handover (                 -- owner: plan. Counts when accepted (promise 2).
	id ID PRIMARY KEY,
	plan ID NOT NULL REFERENCES plan (id),
	giver ID NOT NULL REFERENCES assignment (id),
	receiver ID NOT NULL REFERENCES assignment (id),
	words TEXT NOT NULL,            -- what the receiver needs to know
	state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'declined', 'taken_back')),
	answer TEXT,                    -- the reason for a no
	asked_ms INT8 NOT NULL,
	answered_ms INT8,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (giver <> receiver),
	CHECK (state <> 'declined' OR answer IS NOT NULL));
CREATE UNIQUE INDEX handover_one ON handover (plan) WHERE state = 'asked';
CREATE INDEX handover_receiver ON handover (receiver) WHERE state = 'asked';

CREATE TABLE thread (                   -- owner: thread. What goes on at one service.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	plan ID REFERENCES plan (id),   -- NULL: not part of a plan
	drawer ID NOT NULL REFERENCES drawer (id),
	unit ID NOT NULL REFERENCES unit (id),
	assignment ID NOT NULL REFERENCES assignment (id), -- who answers for it
	title TEXT NOT NULL,            -- plain words
	state TEXT NOT NULL CHECK (state IN ('waiting_us', 'waiting_you', 'queue', 'active', 'decided', 'ended')),
	since_on TEXT NOT NULL,         -- in this state since
	next_on TEXT,                   -- its own next date; NULL only when ended
	next_words TEXT,                -- "nothing new, back on ..."
	meanwhile TEXT,                 -- what helps while waiting
	heard_on TEXT NOT NULL,         -- last time somebody said something new (promise 13)
	harm INT8 NOT NULL DEFAULT 0 CHECK (harm IN (0, 1)),
	made_ms INT8 NOT NULL,
	controller ID NOT NULL REFERENCES authority (id),
	archive_owner ID NOT NULL REFERENCES authority (id),
	version INT8 NOT NULL DEFAULT 1,
	CHECK (state = 'ended' OR next_on IS NOT NULL));
CREATE INDEX thread_child ON thread (child);
CREATE INDEX thread_assignment ON thread (assignment) WHERE state <> 'ended';

CREATE TABLE need (                     -- owner: plan.
	id ID PRIMARY KEY,
	plan ID NOT NULL REFERENCES plan (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	area TEXT NOT NULL,             -- neutral need area (sweden.md 4.7); message area_...
	words TEXT NOT NULL,
	harm INT8 NOT NULL DEFAULT 0 CHECK (harm IN (0, 1)),
	strength INT8 NOT NULL DEFAULT 0 CHECK (strength IN (0, 1)), -- 1: what works well
	made_ms INT8 NOT NULL,
	ended_on TEXT,
	version INT8 NOT NULL DEFAULT 1);
CREATE INDEX need_plan ON need (plan);

CREATE TABLE goal (                     -- owner: plan.
	id ID PRIMARY KEY,
	plan ID NOT NULL REFERENCES plan (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	need ID REFERENCES need (id),
	words TEXT NOT NULL,
	harm INT8 NOT NULL DEFAULT 0 CHECK (harm IN (0, 1)),
	followed_on TEXT,               -- when we look at it again
	result TEXT CHECK (result IN ('reached', 'partly', 'not', 'stopped')),
	made_ms INT8 NOT NULL,
	version INT8 NOT NULL DEFAULT 1);
CREATE INDEX goal_plan ON goal (plan);

CREATE TABLE kind (                     -- owner: measure. Catalogue of kinds of measure; names are messages kind_CODE.
	code TEXT PRIMARY KEY,
	does TEXT NOT NULL,             -- kinds with the same word here do the same thing
	layer TEXT NOT NULL CHECK (layer IN ('promoting', 'preventive', 'remedial')),
	area TEXT NOT NULL,
	age_from INT8 NOT NULL, age_to INT8 NOT NULL,
	provider TEXT NOT NULL,         -- usual regime
	assessed INT8 NOT NULL CHECK (assessed IN (0, 1))); -- 1: needs an individual assessment (SoL 11:5)

CREATE TABLE measure (                  -- owner: measure.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	plan ID NOT NULL REFERENCES plan (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	goal ID REFERENCES goal (id),
	kind TEXT REFERENCES kind (code), -- NULL: free text only
	words TEXT NOT NULL,            -- what it is, for this child
	layer TEXT NOT NULL CHECK (layer IN ('promoting', 'preventive', 'remedial')),
	area TEXT NOT NULL,
	unit ID REFERENCES unit (id),   -- who gives it; or
	party ID REFERENCES party (id),
	assignment ID NOT NULL REFERENCES assignment (id), -- who answers for it
	from_on TEXT NOT NULL,
	to_on TEXT,                     -- last day planned; NULL: until further notice
	state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'ended')),
	result TEXT,                    -- known result, when ended
	replaces ID REFERENCES measure (id),
	chosen TEXT CHECK (chosen IN ('replace', 'complement', 'same')), -- what was answered when a similar one was caught (promise 15)
	harm INT8 NOT NULL DEFAULT 0 CHECK (harm IN (0, 1)),
	made_ms INT8 NOT NULL,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (state <> 'ended' OR result IS NOT NULL));
CREATE INDEX measure_child ON measure (child);
CREATE INDEX measure_plan ON measure (plan);

CREATE TABLE layer (                    -- owner: plan. A legal form laid on the plan's timeline.
	id ID PRIMARY KEY,
	plan ID NOT NULL REFERENCES plan (id),
	kind TEXT NOT NULL CHECK (kind IN ('coordination', 'sip', 'school_programme', 'care_plan', 'implementation_plan')),
	drawer ID NOT NULL REFERENCES drawer (id),
	from_on TEXT NOT NULL,
	to_on TEXT,
	measures_words TEXT,            -- SIP's four blocks (SoL 10:8, HSL 16:4): measures needed,
	who_words TEXT,                 -- who of the principals does which,
	others_words TEXT,              -- measures by others,
	main_words TEXT,                -- which principal answers for the whole
	consent ID,                     -- waiver that carries the consent
	made_ms INT8 NOT NULL,
	version INT8 NOT NULL DEFAULT 1,
	CHECK (kind <> 'sip' OR (measures_words IS NOT NULL AND who_words IS NOT NULL AND others_words IS NOT NULL AND main_words IS NOT NULL)));
CREATE INDEX layer_plan ON layer (plan);
