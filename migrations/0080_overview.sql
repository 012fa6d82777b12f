-- What the family's home is made of, beside each other in one row a child: the rows of the child lie all over the database,
-- and reading them anew for each look was most of what a page cost. Made at write time from the same queries
-- (feat/home/overview.h); good only while its version is the child's content_version (0046), else the page reads the rows
-- themselves. Nothing stands here that does not stand there.
CREATE TABLE overview (                -- owner: home
	child ID PRIMARY KEY REFERENCES child (id) ON DELETE CASCADE,
	version INT8 NOT NULL,
	body BYTES NOT NULL);
CREATE TABLE overview_due (            -- owner: home
	child ID PRIMARY KEY REFERENCES child (id) ON DELETE CASCADE);
-- only sqlite
CREATE TRIGGER overview_new AFTER INSERT ON child BEGIN
	INSERT INTO overview_due (child) VALUES (NEW.id) ON CONFLICT (child) DO NOTHING;
END;
CREATE TRIGGER overview_changed AFTER UPDATE OF content_version ON child BEGIN
	INSERT INTO overview_due (child) VALUES (NEW.id) ON CONFLICT (child) DO NOTHING;
END;
-- end
-- only postgres
CREATE FUNCTION overview_is_due() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO overview_due (child) VALUES (NEW.id) ON CONFLICT (child) DO NOTHING; RETURN NULL; END';
CREATE TRIGGER overview_new AFTER INSERT ON child FOR EACH ROW EXECUTE FUNCTION overview_is_due();
CREATE TRIGGER overview_changed AFTER UPDATE OF content_version ON child FOR EACH ROW EXECUTE FUNCTION overview_is_due();
-- end
INSERT INTO overview_due (child) SELECT id FROM child;
