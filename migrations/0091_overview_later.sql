-- An overview holds the three steps that come next for each who may look, no longer all: every one is made again (0080).
INSERT INTO overview_due (child) SELECT id FROM child WHERE id NOT IN (SELECT child FROM overview_due);
