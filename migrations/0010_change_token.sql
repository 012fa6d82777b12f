CREATE TABLE change_token (             -- owner: access (book.c). A ring: the last changes of each copy of the program.
	chain INT8 NOT NULL,            -- that copy's chain in the book of looks
	slot INT8 NOT NULL,             -- 0 to 255
	token INT8 NOT NULL,            -- id of the change's record, written in the change's own transaction
	after_seq INT8 NOT NULL,        -- the book was at least this long when the change was made
	PRIMARY KEY (chain, slot)) WITHOUT ROWID;
