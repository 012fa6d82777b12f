-- A child's looks by segments of the chain. One index over all children dirtied a page a record (measured: twice the
-- writer's time); a segment's part fills in order, a thousand records at a time, and only the last few segments are warm.
DROP INDEX look_child;

CREATE TABLE look_indexed (             -- how far each chain is listed below; records after that are read through
	chain INT8 PRIMARY KEY REFERENCES book_chain (chain),
	seq INT8 NOT NULL);

CREATE TABLE look_segment (             -- which segments of a chain hold anything
	chain INT8 NOT NULL REFERENCES book_chain (chain),
	segment INT8 NOT NULL,          -- seq / 16384
	PRIMARY KEY (chain, segment)) WITHOUT ROWID;

CREATE TABLE look_of_child (            -- not signed: looks verify holds it against the records
	chain INT8 NOT NULL,
	segment INT8 NOT NULL,
	child INT8 NOT NULL,
	seq INT8 NOT NULL,
	PRIMARY KEY (chain, segment, child, seq)) WITHOUT ROWID;
