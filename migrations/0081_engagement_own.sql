-- Whether somebody works with a child is asked before every page: by one key, not by reading all who work with it.
CREATE INDEX engagement_own ON engagement (child, assignment);
DROP INDEX engagement_child;
