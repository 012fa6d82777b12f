CREATE TABLE find_try (                 -- owner: child. Tries to find a child by number: too many in a short time are stopped.
	id ID PRIMARY KEY,
	person ID NOT NULL REFERENCES person (id),
	at_ms INT8 NOT NULL);           -- older than the time that counts: removed at the next try
CREATE INDEX find_try_person ON find_try (person, at_ms);
