-- The book of looks: a store of its own (SQLite: its own file). Owner of all its tables: access (book.c).
-- docs/book.md says what each byte means and how a stranger checks it.

CREATE TABLE book_chain (               -- one chain per copy of the program
	chain INT8 PRIMARY KEY,         -- random, above zero
	copy TEXT NOT NULL UNIQUE,      -- the copy's name, as configured
	opened_ms INT8 NOT NULL);

CREATE TABLE look (                     -- one record; never changed but by erasing its content
	chain INT8 NOT NULL REFERENCES book_chain (chain),
	seq INT8 NOT NULL CHECK (seq > 0), -- 1, 2, 3 ... in its chain; never shown to anybody but who checks the book
	at_ms INT8 NOT NULL,            -- instant
	id INT8,                        -- random, as in the content; what pages and links may show
	child INT8,                     -- as in the content; NULL: about no child, or erased
	salt BYTES,                      -- 16 random bytes; NULL: erased
	content TEXT,                   -- canonical; NULL: erased
	commitment BYTES NOT NULL,       -- SHA-256 (salt, content)
	link BYTES NOT NULL,             -- SHA-256 (link before, chain, seq, at_ms, commitment)
	erased_by INT8,                 -- seq of the record that says by which rule the content was erased
	PRIMARY KEY (chain, seq),
	CHECK ((content IS NULL) = (salt IS NULL) AND (content IS NULL) = (erased_by IS NOT NULL))) WITHOUT ROWID;
CREATE INDEX look_child ON look (child, at_ms, id) WHERE child IS NOT NULL;

CREATE TABLE look_checkpoint (          -- signed: all records of the chain up to seq are as they were then
	chain INT8 NOT NULL REFERENCES book_chain (chain),
	seq INT8 NOT NULL,
	at_ms INT8 NOT NULL,            -- when it was signed
	link BYTES NOT NULL,             -- that record's link
	key BYTES NOT NULL,              -- Ed25519 public key; trusted only if known from outside the book
	signature BYTES NOT NULL,        -- Ed25519 over the text in docs/book.md
	PRIMARY KEY (chain, seq)) WITHOUT ROWID;

-- A guard against mistakes of our own; that nobody else changed anything is what the chain proves.
-- only sqlite
CREATE TRIGGER look_stays BEFORE DELETE ON look BEGIN SELECT RAISE(ABORT, 'a look stays'); END;
CREATE TRIGGER look_is_only_erased BEFORE UPDATE ON look
WHEN NOT (NEW.chain = OLD.chain AND NEW.seq = OLD.seq AND NEW.at_ms = OLD.at_ms AND NEW.commitment = OLD.commitment
	AND NEW.link = OLD.link AND NEW.content IS NULL AND NEW.id IS NULL AND NEW.child IS NULL)
BEGIN SELECT RAISE(ABORT, 'a look is only erased'); END;
CREATE TRIGGER look_checkpoint_stays BEFORE DELETE ON look_checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint stays'); END;
CREATE TRIGGER look_checkpoint_is_fixed BEFORE UPDATE ON look_checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint stays'); END;
-- end
-- only postgres
CREATE FUNCTION book_stays() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''the book of looks stays'' USING ERRCODE = ''23514''; END';
CREATE TRIGGER look_stays BEFORE DELETE ON look FOR EACH ROW EXECUTE FUNCTION book_stays();
CREATE TRIGGER look_is_only_erased BEFORE UPDATE ON look FOR EACH ROW
WHEN (NOT (NEW.chain = OLD.chain AND NEW.seq = OLD.seq AND NEW.at_ms = OLD.at_ms AND NEW.commitment = OLD.commitment
	AND NEW.link = OLD.link AND NEW.content IS NULL AND NEW.id IS NULL AND NEW.child IS NULL))
EXECUTE FUNCTION book_stays();
CREATE TRIGGER look_checkpoint_stays BEFORE UPDATE OR DELETE ON look_checkpoint FOR EACH ROW EXECUTE FUNCTION book_stays();
-- end
