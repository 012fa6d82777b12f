-- Somebody becomes protected in one copy of the program while another, at the same moment, notes that this person stands around
-- a child: neither saw the other's row, and the child would be left unshielded (promise 8; OSL 22:1). So whatever says who
-- somebody is, and whatever ties somebody to a child, changes that person's row: a server lets only one of two such
-- transactions through, and the other is run again on what is true. The same holds for a name that changes then.
-- SQLite has one writer: nothing can come between.
-- only postgres
CREATE FUNCTION person_touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE person SET access_version = access_version WHERE id = CAST(to_jsonb(NEW) ->> TG_ARGV[0] AS BIGINT); RETURN NULL; END';
CREATE TRIGGER identity_touches AFTER INSERT OR UPDATE OF protection, given_name, family_name ON identity FOR EACH ROW EXECUTE FUNCTION person_touched('person');
CREATE TRIGGER relation_touches AFTER INSERT OR UPDATE OF person, to_on, stands ON relation FOR EACH ROW EXECUTE FUNCTION person_touched('person');
CREATE TRIGGER child_touches AFTER INSERT OR UPDATE OF person ON child FOR EACH ROW EXECUTE FUNCTION person_touched('person');
CREATE TRIGGER quarantine_touches AFTER INSERT OR UPDATE OF candidate, marked ON quarantine FOR EACH ROW WHEN (NEW.candidate IS NOT NULL) EXECUTE FUNCTION person_touched('candidate');
-- end
