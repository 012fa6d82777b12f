-- A child's looks, listed by parts: a row holds which records of a segment of the chain are about the children of one bucket.
-- A row a record made the list the dearest part of the book (measured: a third of its time); a segment is listed at once, when
-- it is full, in 64 rows, and a bucket's rows lie beside each other for who reads them. Lists anew from the records.
DROP TABLE look_of_child;
DROP TABLE look_segment;
DELETE FROM look_indexed;
CREATE TABLE look_part (                -- not signed: looks verify holds it against the records
	chain INT8 NOT NULL,
	bucket INT8 NOT NULL,           -- child modulo 64
	segment INT8 NOT NULL,          -- (seq - 1) / 2048
	entries BYTES NOT NULL,          -- 10 bytes each, ascending: child (8, big-endian), (seq - 1) modulo 2048 (2, big-endian)
	PRIMARY KEY (chain, bucket, segment)) WITHOUT ROWID;
