-- One whole number finds a record: which chain, and which place in it. With two columns as the key each record had a second home
-- in an index, and each commit wrote its pages too (measured, 14 records a commit: 5.1 pages and 137 us; with one number 3.0
-- pages and 111 us). seq is read off it, so the two can't differ.
ALTER TABLE book_chain ADD COLUMN nth INT8 NOT NULL DEFAULT 0; -- 1, 2, 3 ... among the chains of this book
UPDATE book_chain SET nth = (SELECT count(*) FROM book_chain o WHERE o.chain <= book_chain.chain);
CREATE UNIQUE INDEX book_chain_nth ON book_chain (nth);
-- only sqlite
DROP TRIGGER look_stays;
DROP TRIGGER look_is_only_erased;
-- end
-- only postgres
DROP TRIGGER look_stays ON look;
DROP TRIGGER look_is_only_erased ON look;
-- end
CREATE TABLE look_by_place (            -- one record; never changed but by erasing its content
	place ID PRIMARY KEY CHECK (place > 1099511627776 AND place % 1099511627776 > 0), -- nth * 2^40 + seq
	seq INT8 GENERATED ALWAYS AS (place % 1099511627776) STORED, -- 1, 2, 3 ... in its chain; never shown to anybody but who checks the book
	at_ms INT8 NOT NULL,            -- instant
	id INT8,                        -- random, as in the content; what pages and links may show
	child INT8,                     -- as in the content; NULL: about no child, or erased
	salt BYTES,                      -- 16 random bytes; NULL: erased
	content TEXT,                   -- canonical; NULL: erased
	commitment BYTES NOT NULL,       -- SHA-256 (salt, content)
	link BYTES NOT NULL,             -- SHA-256 (link before, chain, seq, at_ms, commitment)
	erased_by INT8,                 -- seq of the record that says by which rule the content was erased
	CHECK ((content IS NULL) = (salt IS NULL) AND (content IS NULL) = (erased_by IS NOT NULL)));
INSERT INTO look_by_place (place, at_ms, id, child, salt, content, commitment, link, erased_by)
	SELECT c.nth * 1099511627776 + l.seq, l.at_ms, l.id, l.child, l.salt, l.content, l.commitment, l.link, l.erased_by
	FROM look l JOIN book_chain c ON c.chain = l.chain ORDER BY c.nth, l.seq;
DROP TABLE look;
ALTER TABLE look_by_place RENAME TO look;
-- only sqlite
CREATE TRIGGER look_stays BEFORE DELETE ON look BEGIN SELECT RAISE(ABORT, 'a look stays'); END;
CREATE TRIGGER look_is_only_erased BEFORE UPDATE ON look
WHEN NOT (NEW.place = OLD.place AND NEW.at_ms = OLD.at_ms AND NEW.commitment = OLD.commitment
	AND NEW.link = OLD.link AND NEW.content IS NULL AND NEW.id IS NULL AND NEW.child IS NULL)
BEGIN SELECT RAISE(ABORT, 'a look is only erased'); END;
-- end
-- only postgres
CREATE TRIGGER look_stays BEFORE DELETE ON look FOR EACH ROW EXECUTE FUNCTION book_stays();
CREATE TRIGGER look_is_only_erased BEFORE UPDATE ON look FOR EACH ROW
WHEN (NOT (NEW.place = OLD.place AND NEW.at_ms = OLD.at_ms AND NEW.commitment = OLD.commitment
	AND NEW.link = OLD.link AND NEW.content IS NULL AND NEW.id IS NULL AND NEW.child IS NULL))
EXECUTE FUNCTION book_stays();
-- end
