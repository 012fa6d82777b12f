-- What somebody in a drawer says of who decides for a child that others know already is that drawer's own note: it
-- gives nobody a view and asks nobody (FB 6:11; OSL 12:3). 0: until the register, a source that is trusted, or a
-- colleague who works with the child says so too.
ALTER TABLE relation ADD COLUMN stands INT8 NOT NULL DEFAULT 1;
