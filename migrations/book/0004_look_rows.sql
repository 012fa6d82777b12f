-- Records in the order in which they came. As a table WITHOUT ROWID each full page was split with its neighbours (measured: nine
-- pages written a commit of fourteen records, in place of four); rows of a number of SQLite's own are put behind the last page.
-- only sqlite
DROP TRIGGER look_stays;
DROP TRIGGER look_is_only_erased;
CREATE TABLE look_in_rows (
	chain INT8 NOT NULL REFERENCES book_chain (chain),
	seq INT8 NOT NULL CHECK (seq > 0),
	at_ms INT8 NOT NULL,
	id INT8,
	child INT8,
	salt BYTES,
	content TEXT,
	commitment BYTES NOT NULL,
	link BYTES NOT NULL,
	erased_by INT8,
	PRIMARY KEY (chain, seq),
	CHECK ((content IS NULL) = (salt IS NULL) AND (content IS NULL) = (erased_by IS NOT NULL)));
INSERT INTO look_in_rows (chain, seq, at_ms, id, child, salt, content, commitment, link, erased_by)
	SELECT chain, seq, at_ms, id, child, salt, content, commitment, link, erased_by FROM look ORDER BY chain, seq;
DROP TABLE look;
ALTER TABLE look_in_rows RENAME TO look;
CREATE TRIGGER look_stays BEFORE DELETE ON look BEGIN SELECT RAISE(ABORT, 'a look stays'); END;
CREATE TRIGGER look_is_only_erased BEFORE UPDATE ON look
WHEN NOT (NEW.chain = OLD.chain AND NEW.seq = OLD.seq AND NEW.at_ms = OLD.at_ms AND NEW.commitment = OLD.commitment
	AND NEW.link = OLD.link AND NEW.content IS NULL AND NEW.id IS NULL AND NEW.child IS NULL)
BEGIN SELECT RAISE(ABORT, 'a look is only erased'); END;
-- end
