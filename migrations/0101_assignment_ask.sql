-- An assignment that an administrator gives themselves counts when somebody else has said yes: until then there is none, so it
-- opens nothing, answers nothing and stands on no list of who may be asked. Rights are given by somebody who answers for them
-- (PDL 4:2; HSLF-FS 2016:40 4 kap.), and nobody confirms themselves (promise 3).
CREATE TABLE assignment_ask (           -- owner: org. Asked for by the one it is for.
	id ID PRIMARY KEY,
	staff ID NOT NULL REFERENCES staff (id),
	unit ID NOT NULL REFERENCES unit (id),
	drawer ID NOT NULL REFERENCES drawer (id),
	role TEXT NOT NULL CHECK (role IN ('professional', 'manager', 'administrator')),
	title TEXT NOT NULL,
	from_on TEXT NOT NULL,
	to_on TEXT,
	asked_by ID NOT NULL REFERENCES assignment (id), -- the administrator's own, worn then
	asked_ms INT8 NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'yes', 'no')),
	answered_by ID REFERENCES assignment (id), -- another administrator, or the unit's manager; NULL: the operator, by command
	answered_ms INT8,
	words TEXT,                     -- why
	assignment ID REFERENCES assignment (id), -- what came of a yes
	version INT8 NOT NULL DEFAULT 1,
	CHECK ((state = 'open') = (answered_ms IS NULL)),
	CHECK ((state = 'yes') = (assignment IS NOT NULL)),
	CHECK (answered_by IS NULL OR state <> 'open'));
CREATE UNIQUE INDEX assignment_ask_once ON assignment_ask (staff, unit, drawer, role) WHERE state = 'open';
CREATE INDEX assignment_ask_open ON assignment_ask (unit) WHERE state = 'open';
CREATE INDEX assignment_ask_made ON assignment_ask (assignment);

-- Held by the database: whoever answers is another person than the one it is for.
-- only sqlite
CREATE TRIGGER assignment_ask_two BEFORE UPDATE OF state ON assignment_ask WHEN NEW.answered_by IS NOT NULL AND EXISTS (
	SELECT 1 FROM assignment a WHERE a.id = NEW.answered_by AND a.staff = NEW.staff)
BEGIN SELECT RAISE(ABORT, 'assignment_ask_two'); END;
-- end
-- only postgres
CREATE FUNCTION assignment_ask_other() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF EXISTS (SELECT 1 FROM assignment a WHERE a.id = NEW.answered_by AND a.staff = NEW.staff) THEN RAISE EXCEPTION ''assignment_ask_two'' USING ERRCODE = ''integrity_constraint_violation''; END IF; RETURN NEW; END';
CREATE TRIGGER assignment_ask_two BEFORE UPDATE OF state ON assignment_ask FOR EACH ROW WHEN (NEW.answered_by IS NOT NULL) EXECUTE FUNCTION assignment_ask_other();
-- end
