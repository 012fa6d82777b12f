-- What was answered when a similar measure was caught (promise 15). Owner: measure.
ALTER TABLE measure ADD COLUMN beside ID REFERENCES measure (id); -- complements that one
ALTER TABLE measure ADD COLUMN beside_words TEXT;                 -- how, so that the family understands why there are two
