-- Each request asks who has come and for whom: fewer places to look. A session is found by its token, in the row itself; a
-- reader's relations are read from the index alone.
-- only sqlite
CREATE TABLE session_by_token (
	token_hash BYTES PRIMARY KEY,
	id ID NOT NULL UNIQUE,
	person ID NOT NULL REFERENCES person (id),
	assignment ID REFERENCES assignment (id),
	made_ms INT8 NOT NULL,
	ends_ms INT8 NOT NULL,
	ended_ms INT8) WITHOUT ROWID;
INSERT INTO session_by_token (token_hash, id, person, assignment, made_ms, ends_ms, ended_ms)
	SELECT token_hash, id, person, assignment, made_ms, ends_ms, ended_ms FROM session ORDER BY token_hash;
DROP TABLE session;
ALTER TABLE session_by_token RENAME TO session;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_worn ON session (assignment) WHERE assignment IS NOT NULL AND ended_ms IS NULL;
-- end
DROP INDEX relation_person;
CREATE INDEX relation_person ON relation (person, stands, child, kind, from_on, to_on);
