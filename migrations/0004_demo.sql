CREATE TABLE demo_role (                -- owner: demo. One person per role, one click away; only in a demo database.
	role TEXT PRIMARY KEY,          -- message role_...
	rank INT8 NOT NULL,             -- order on the start page
	person ID NOT NULL REFERENCES person (id),
	assignment ID REFERENCES assignment (id),
	child ID REFERENCES child (id),
	plan ID REFERENCES plan (id),
	start TEXT NOT NULL);           -- path of the first page
