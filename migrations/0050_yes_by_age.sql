-- A yes ends the day before a birthday from which somebody has to say more than was said (sweden.md 1.36, 1.37; promise 12):
-- at 15 the youth agrees itself, at 12 its view has to be on record. What was given before this rule is made to.
-- only sqlite
UPDATE waiver SET to_on = (SELECT date(c.born_on, '+15 years', '-1 day') FROM child c WHERE c.id = waiver.child)
WHERE state IN ('asked', 'valid') AND EXISTS (SELECT 1 FROM child c WHERE c.id = waiver.child AND waiver.from_on < date(c.born_on, '+15 years') AND waiver.to_on >= date(c.born_on, '+15 years')
	AND NOT EXISTS (SELECT 1 FROM waiver_answer a WHERE a.waiver = waiver.id AND a.person = c.person AND a.says = 'yes'));
UPDATE waiver SET to_on = (SELECT date(c.born_on, '+12 years', '-1 day') FROM child c WHERE c.id = waiver.child)
WHERE state IN ('asked', 'valid') AND child_view = 'unknown' AND EXISTS (SELECT 1 FROM child c WHERE c.id = waiver.child AND waiver.from_on < date(c.born_on, '+12 years') AND waiver.to_on >= date(c.born_on, '+12 years'));
-- end
-- only postgres
UPDATE waiver SET to_on = (SELECT to_char(CAST(c.born_on AS date) + INTERVAL '15 years' - INTERVAL '1 day', 'YYYY-MM-DD') FROM child c WHERE c.id = waiver.child)
WHERE state IN ('asked', 'valid') AND EXISTS (SELECT 1 FROM child c WHERE c.id = waiver.child AND waiver.from_on < to_char(CAST(c.born_on AS date) + INTERVAL '15 years', 'YYYY-MM-DD')
	AND waiver.to_on >= to_char(CAST(c.born_on AS date) + INTERVAL '15 years', 'YYYY-MM-DD')
	AND NOT EXISTS (SELECT 1 FROM waiver_answer a WHERE a.waiver = waiver.id AND a.person = c.person AND a.says = 'yes'));
UPDATE waiver SET to_on = (SELECT to_char(CAST(c.born_on AS date) + INTERVAL '12 years' - INTERVAL '1 day', 'YYYY-MM-DD') FROM child c WHERE c.id = waiver.child)
WHERE state IN ('asked', 'valid') AND child_view = 'unknown' AND EXISTS (SELECT 1 FROM child c WHERE c.id = waiver.child AND waiver.from_on < to_char(CAST(c.born_on AS date) + INTERVAL '12 years', 'YYYY-MM-DD')
	AND waiver.to_on >= to_char(CAST(c.born_on AS date) + INTERVAL '12 years', 'YYYY-MM-DD'));
-- end
-- How the child was asked before a yes on paper to begin a plan (SoL 3:1).
ALTER TABLE invitation ADD COLUMN child_how TEXT;
