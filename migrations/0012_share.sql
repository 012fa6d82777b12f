-- Sharing is an act (promises 4 and 5): what the database itself holds of it. Owner: share.

-- Who wrote down a yes that was given on paper or at a meeting, and how that person was known.
ALTER TABLE waiver_answer ADD COLUMN recorded_by ID REFERENCES assignment (id);
ALTER TABLE waiver_answer ADD COLUMN checked TEXT;
-- How the child was asked, or why not (SoL 3:1-4; sweden.md 1.37).
ALTER TABLE waiver ADD COLUMN child_how TEXT;
-- The task whose assessment the disclosure stands on (HUMAN).
ALTER TABLE disclosure ADD COLUMN task ID REFERENCES task (id);
CREATE INDEX task_child ON task (child);

-- THE live view: what other drawers hold that a drawer may see now. Every page, list, print and search
-- of staff goes through it, always with from_on <= :permit.day AND to_on >= :permit.day (feat/share/share.h).
CREATE VIEW disclosure_live AS
SELECT d.id, d.child, d.item_kind, d.item, d.from_drawer, d.to_drawer, d.ground, d.waiver, d.need, d.received, d.decided_by, d.at_ms,
	COALESCE(w.from_on, '0000-00-00') AS from_on, COALESCE(w.to_on, '9999-12-31') AS to_on
FROM disclosure d LEFT JOIN waiver w ON w.id = d.waiver
WHERE d.ended_ms IS NULL AND (d.waiver IS NULL OR w.state = 'valid');

-- No disclosure ever stands on a yes that did not hold at that instant, between others than it names, or
-- about another child. (The day is compared in UTC, which never lies behind Sweden's: it never refuses a
-- day that counts.) And a yes that was taken back or refused never comes to life again: a new one is asked.
-- only sqlite
CREATE TRIGGER disclosure_stands_on_a_yes BEFORE INSERT ON disclosure WHEN NEW.waiver IS NOT NULL AND NOT EXISTS (
	SELECT 1 FROM waiver w WHERE w.id = NEW.waiver AND w.child = NEW.child AND w.valid_ms <= NEW.at_ms
	AND (w.ended_ms IS NULL OR NEW.at_ms < w.ended_ms) AND w.state <> 'asked' AND w.state <> 'refused'
	AND strftime('%Y-%m-%d', NEW.at_ms / 1000, 'unixepoch') <= w.to_on
	AND EXISTS (SELECT 1 FROM waiver_drawer h WHERE h.waiver = w.id AND h.drawer = NEW.from_drawer AND h.side = 'holder')
	AND EXISTS (SELECT 1 FROM waiver_drawer t WHERE t.waiver = w.id AND t.drawer = NEW.to_drawer AND t.side = 'recipient'))
BEGIN SELECT RAISE(ABORT, 'disclosure_stands_on_a_yes'); END;
CREATE TRIGGER waiver_ends_for_good BEFORE UPDATE OF state ON waiver WHEN OLD.state IN ('withdrawn', 'refused') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'waiver_ends_for_good'); END;
-- What was received is the receiver's own record (TF 2:6): it is not rewritten.
CREATE TRIGGER disclosure_stays BEFORE UPDATE OF child, item_kind, item, from_drawer, to_drawer, ground, waiver, received, decided_by, at_ms ON disclosure
BEGIN SELECT RAISE(ABORT, 'disclosure_stays'); END;
-- end
-- only postgres
CREATE FUNCTION share_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''%'', TG_NAME USING ERRCODE = ''integrity_constraint_violation''; END';
CREATE FUNCTION share_stands() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.waiver IS NOT NULL AND NOT EXISTS (SELECT 1 FROM waiver w WHERE w.id = NEW.waiver AND w.child = NEW.child AND w.valid_ms <= NEW.at_ms AND (w.ended_ms IS NULL OR NEW.at_ms < w.ended_ms) AND w.state <> ''asked'' AND w.state <> ''refused'' AND to_char(to_timestamp(NEW.at_ms / 1000) AT TIME ZONE ''UTC'', ''YYYY-MM-DD'') <= w.to_on AND EXISTS (SELECT 1 FROM waiver_drawer h WHERE h.waiver = w.id AND h.drawer = NEW.from_drawer AND h.side = ''holder'') AND EXISTS (SELECT 1 FROM waiver_drawer t WHERE t.waiver = w.id AND t.drawer = NEW.to_drawer AND t.side = ''recipient'')) THEN RAISE EXCEPTION ''disclosure_stands_on_a_yes'' USING ERRCODE = ''integrity_constraint_violation''; END IF; RETURN NEW; END';
CREATE TRIGGER disclosure_stands_on_a_yes BEFORE INSERT ON disclosure FOR EACH ROW EXECUTE FUNCTION share_stands();
CREATE TRIGGER waiver_ends_for_good BEFORE UPDATE OF state ON waiver FOR EACH ROW
	WHEN (OLD.state IN ('withdrawn', 'refused') AND NEW.state <> OLD.state) EXECUTE FUNCTION share_refuse();
CREATE TRIGGER disclosure_stays BEFORE UPDATE OF child, item_kind, item, from_drawer, to_drawer, ground, waiver, received, decided_by, at_ms ON disclosure
	FOR EACH ROW EXECUTE FUNCTION share_refuse();
-- end
