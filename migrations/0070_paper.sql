-- A yes on paper opens nothing by one person's word, and nothing at once: it counts when somebody else of the drawer that
-- asked has seen the paper. So whoever wrote it down learns nothing of what there is elsewhere (promises 4 and 7; OSL 10:1, 12:2).

-- Two more kinds of task, and one more end of one. SQLite changes no CHECK: the table is made again, and what points at it
-- lets go meanwhile.
-- only sqlite
CREATE TABLE task_pointed (disclosure ID PRIMARY KEY, task ID NOT NULL);
INSERT INTO task_pointed (disclosure, task) SELECT id, task FROM disclosure WHERE task IS NOT NULL;
UPDATE disclosure SET task = NULL WHERE task IS NOT NULL;
CREATE TABLE task_again (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('assess_disclosure', 'confirm_engagement', 'read_voice', 'silence', 'say_next', 'protected', 'paper_yes', 'paper_not')),
	child ID REFERENCES child (id),
	plan ID REFERENCES plan (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	assignment ID NOT NULL REFERENCES assignment (id),
	deputy ID REFERENCES assignment (id),
	item_kind TEXT, item ID,
	to_drawer ID REFERENCES drawer (id),
	ground TEXT,
	words TEXT,
	due_on TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'allowed', 'denied', 'done', 'lapsed')),
	answer TEXT,
	made_ms INT8 NOT NULL,
	answered_ms INT8,
	answered_by ID REFERENCES assignment (id),
	version INT8 NOT NULL DEFAULT 1,
	cause_on TEXT,
	CHECK (state = 'open' OR answered_ms IS NOT NULL));
INSERT INTO task_again (id, kind, child, plan, drawer, assignment, deputy, item_kind, item, to_drawer, ground, words, due_on, state, answer, made_ms, answered_ms, answered_by, version, cause_on)
SELECT id, kind, child, plan, drawer, assignment, deputy, item_kind, item, to_drawer, ground, words, due_on, state, answer, made_ms, answered_ms, answered_by, version, cause_on FROM task;
DROP TABLE task;
ALTER TABLE task_again RENAME TO task;
CREATE INDEX task_assignment ON task (assignment) WHERE state = 'open';
CREATE INDEX task_child ON task (child);
CREATE INDEX task_deputy ON task (deputy) WHERE state = 'open';
CREATE INDEX task_item ON task (kind, item);
CREATE UNIQUE INDEX task_climb ON task (kind, item, assignment, cause_on) WHERE cause_on IS NOT NULL;
UPDATE disclosure SET task = (SELECT p.task FROM task_pointed p WHERE p.disclosure = disclosure.id) WHERE id IN (SELECT disclosure FROM task_pointed);
DROP TABLE task_pointed;
-- end
-- only postgres
ALTER TABLE task DROP CONSTRAINT task_kind_check;
ALTER TABLE task ADD CONSTRAINT task_kind_check CHECK (kind IN ('assess_disclosure', 'confirm_engagement', 'read_voice', 'silence', 'say_next', 'protected', 'paper_yes', 'paper_not'));
ALTER TABLE task DROP CONSTRAINT task_state_check;
ALTER TABLE task ADD CONSTRAINT task_state_check CHECK (state IN ('open', 'allowed', 'denied', 'done', 'lapsed'));
-- end

CREATE TABLE paper (                    -- owner: share. A yes on paper or at a meeting, that staff wrote down.
	id ID PRIMARY KEY,
	child ID NOT NULL REFERENCES child (id),
	question_kind TEXT NOT NULL CHECK (question_kind IN ('waiver', 'invitation')),
	question ID NOT NULL,           -- which one; what its person says stays 'asked' until another has seen the paper
	person ID NOT NULL REFERENCES person (id), -- whose yes it is
	how TEXT NOT NULL CHECK (how IN ('meeting', 'letter')),
	checked TEXT NOT NULL,          -- how the writer knew who it was
	drawer ID NOT NULL REFERENCES drawer (id), -- that asked: writer and the one who confirms are both of it
	written_by ID NOT NULL REFERENCES assignment (id),
	written_ms INT8 NOT NULL,
	task ID NOT NULL REFERENCES task (id), -- of the one who confirms
	ends_on TEXT NOT NULL,          -- last day to answer; after it the paper has lapsed
	state TEXT NOT NULL CHECK (state IN ('waiting', 'confirmed', 'denied', 'lapsed', 'taken_back', 'gone')), -- gone: the question has its answer already
	answered_by ID REFERENCES assignment (id),
	answered_ms INT8,
	words TEXT,                     -- why not
	ended_ms INT8,                  -- lapsed, taken back, gone
	version INT8 NOT NULL DEFAULT 1,
	CHECK (state <> 'waiting' OR (answered_ms IS NULL AND ended_ms IS NULL)),
	CHECK (state NOT IN ('confirmed', 'denied') OR (answered_by IS NOT NULL AND answered_ms IS NOT NULL)),
	CHECK (state <> 'denied' OR words IS NOT NULL),
	CHECK (state NOT IN ('lapsed', 'taken_back', 'gone') OR ended_ms IS NOT NULL));
CREATE UNIQUE INDEX paper_one ON paper (question, person) WHERE state = 'waiting';
CREATE INDEX paper_question ON paper (question);
CREATE INDEX paper_child ON paper (child);
CREATE INDEX paper_task ON paper (task);
CREATE INDEX paper_ends ON paper (ends_on) WHERE state = 'waiting';

-- What a yes to an invitation became where the family had a plan: the yes to sharing that can be taken back.
ALTER TABLE invitation ADD COLUMN waiver ID REFERENCES waiver (id);

-- One person's word stood behind these, and they have opened nothing yet: the family is asked itself again.
UPDATE invitation_answer SET says = 'asked', at_ms = NULL, how = NULL, recorded_by = NULL, checked = NULL
WHERE says = 'yes' AND recorded_by IS NOT NULL AND EXISTS (SELECT 1 FROM invitation i WHERE i.id = invitation_answer.invitation AND i.state = 'asked');
UPDATE waiver_answer SET says = 'asked', at_ms = NULL, how = NULL, recorded_by = NULL, checked = NULL
WHERE says = 'yes' AND recorded_by IS NOT NULL AND EXISTS (SELECT 1 FROM waiver w WHERE w.id = waiver_answer.waiver AND w.state = 'asked');

-- Held by the database: the two are two people of one drawer, and no answer from paper counts without them.
-- only sqlite
CREATE TRIGGER paper_two_people BEFORE UPDATE OF state ON paper WHEN NEW.state = 'confirmed' AND NOT EXISTS (
	SELECT 1 FROM assignment w JOIN staff ws ON ws.id = w.staff JOIN assignment c ON c.id = NEW.answered_by JOIN staff cs ON cs.id = c.staff
	WHERE w.id = NEW.written_by AND w.drawer = NEW.drawer AND c.drawer = NEW.drawer AND ws.person <> cs.person)
BEGIN SELECT RAISE(ABORT, 'paper_two_people'); END;
CREATE TRIGGER waiver_paper_is_seen BEFORE UPDATE OF says ON waiver_answer WHEN NEW.says = 'yes' AND NEW.recorded_by IS NOT NULL AND NOT EXISTS (
	SELECT 1 FROM paper p WHERE p.question = NEW.waiver AND p.question_kind = 'waiver' AND p.person = NEW.person AND p.state = 'confirmed' AND p.written_by = NEW.recorded_by)
BEGIN SELECT RAISE(ABORT, 'waiver_paper_is_seen'); END;
CREATE TRIGGER invitation_paper_is_seen BEFORE UPDATE OF says ON invitation_answer WHEN NEW.says = 'yes' AND NEW.recorded_by IS NOT NULL AND NOT EXISTS (
	SELECT 1 FROM paper p WHERE p.question = NEW.invitation AND p.question_kind = 'invitation' AND p.person = NEW.person AND p.state = 'confirmed' AND p.written_by = NEW.recorded_by)
BEGIN SELECT RAISE(ABORT, 'invitation_paper_is_seen'); END;
-- end
-- only postgres
CREATE FUNCTION paper_two() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NOT EXISTS (SELECT 1 FROM assignment w JOIN staff ws ON ws.id = w.staff JOIN assignment c ON c.id = NEW.answered_by JOIN staff cs ON cs.id = c.staff WHERE w.id = NEW.written_by AND w.drawer = NEW.drawer AND c.drawer = NEW.drawer AND ws.person <> cs.person) THEN RAISE EXCEPTION ''paper_two_people'' USING ERRCODE = ''integrity_constraint_violation''; END IF; RETURN NEW; END';
CREATE FUNCTION paper_seen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NOT EXISTS (SELECT 1 FROM paper p WHERE p.question = CAST(to_jsonb(NEW) ->> TG_ARGV[0] AS BIGINT) AND p.question_kind = TG_ARGV[0] AND p.person = NEW.person AND p.state = ''confirmed'' AND p.written_by = NEW.recorded_by) THEN RAISE EXCEPTION ''%'', TG_NAME USING ERRCODE = ''integrity_constraint_violation''; END IF; RETURN NEW; END';
CREATE TRIGGER paper_two_people BEFORE UPDATE OF state ON paper FOR EACH ROW WHEN (NEW.state = 'confirmed') EXECUTE FUNCTION paper_two();
CREATE TRIGGER waiver_paper_is_seen BEFORE UPDATE OF says ON waiver_answer FOR EACH ROW WHEN (NEW.says = 'yes' AND NEW.recorded_by IS NOT NULL) EXECUTE FUNCTION paper_seen('waiver');
CREATE TRIGGER invitation_paper_is_seen BEFORE UPDATE OF says ON invitation_answer FOR EACH ROW WHEN (NEW.says = 'yes' AND NEW.recorded_by IS NOT NULL) EXECUTE FUNCTION paper_seen('invitation');
-- end
